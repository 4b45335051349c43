import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import type { ArticlePreview } from '../../http/file-schemas.ts'
import { dateLocale, t, tn } from '../i18n.ts'
import { localeName } from '../words.ts'
import { paragraphsOf } from './article-text.ts'

/** Which part of a saved page is to be translated. */
export type PagePart = 'article' | 'page'

type ArticlePreviewProps = {
  readonly article: ArticlePreview
  /** null: an address, of which only the article can be taken. */
  readonly part: PagePart | null
  readonly onChoose: (part: PagePart) => void
}

/** What would be taken from a page and what would not, shown before anything is queued. */
export function ArticlePreviewPanel({ article, part, onChoose }: ArticlePreviewProps) {
  const { title, byline, publishedAt, language, words, html, leftOut } = article
  const paragraphs = useMemo(() => paragraphsOf(html), [html])
  return (
    <section class="card preview" aria-label={t('What is taken of the page')}>
      {part !== null && (
        <fieldset class="page-part">
          <legend>{t('This looks like a saved web page. Take only the article?')}</legend>
          <PartChoice part={part} value="article" onChoose={onChoose}>
            {t('Only the article')}{' '}
            <small>{tn(words, '{count} word, shown below', '{count} words, shown below')}</small>
          </PartChoice>
          <PartChoice part={part} value="page" onChoose={onChoose}>
            {t('The whole page')} <small>{t('with menus, footers and everything else on it')}</small>
          </PartChoice>
        </fieldset>
      )}
      {part !== 'page' && (
        <div class="preview-article">
          <h3 class="card-title" dir="auto">
            {title === '' ? t('An article without a title') : title}
          </h3>
          <dl class="facts">
            <Fact name={t('Author')}>{byline}</Fact>
            <Fact name={t('Published')}>{publishedAt === null ? null : day(publishedAt)}</Fact>
            <Fact name={t('Language')}>{language === null ? null : localeName(language)}</Fact>
            <Fact name={t('Length')}>{tn(words, '{count} word', '{count} words')}</Fact>
          </dl>
          <details>
            <summary>{t('Read what is taken')}</summary>
            <div class="taken" dir="auto" lang={language ?? undefined}>
              {paragraphs.map(({ kind, text }, index) => (
                <p key={index} class={kind} dir="auto">
                  {text}
                </p>
              ))}
            </div>
          </details>
          {leftOut.length === 0 ? (
            <p class="hint">{t('Nothing else of the page is left out.')}</p>
          ) : (
            <details>
              <summary>
                {tn(
                  leftOut.length,
                  '{count} part of the page left out',
                  '{count} parts of the page left out',
                )}
              </summary>
              <dl class="left-out">
                {leftOut.map(({ what, text }, index) => (
                  <div key={index}>
                    <dt>{what}</dt>
                    <dd dir="auto">{text === '' ? t('(no text)') : text}</dd>
                  </div>
                ))}
              </dl>
            </details>
          )}
        </div>
      )}
    </section>
  )
}

function PartChoice({
  part,
  value,
  onChoose,
  children,
}: {
  readonly part: PagePart
  readonly value: PagePart
  readonly onChoose: (part: PagePart) => void
  readonly children: ComponentChildren
}) {
  return (
    <label>
      <input type="radio" name="page-part" checked={part === value} onChange={() => onChoose(value)} />
      <span>{children}</span>
    </label>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: string | null }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd dir="auto">
        {children === null || children === '' ? <span class="hint">{t('not given')}</span> : children}
      </dd>
    </div>
  )
}

/** The day of an ISO 8601 date as its page says it, in whatever zone that was: “14 May 2024”. */
function day(published: string): string {
  return days.format(new Date(`${published.slice(0, 10)}T00:00:00Z`))
}
const days = new Intl.DateTimeFormat(dateLocale(), { dateStyle: 'long', timeZone: 'UTC' })
