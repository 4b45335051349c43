import { directionOf } from '../../domain/locale.ts'
import type { ConceptContent, TermView } from '../../http/term-schemas.ts'
import { t, tx } from '../i18n.ts'
import { localeName } from '../words.ts'
import { byLocale, CASE_WORDS, STATUS_WORDS } from './term-words.ts'

/** What a concept says: its meaning, and its terms in every language. */
export function ConceptBody({ content }: { readonly content: ConceptContent }) {
  const { definition, subject, source, terms } = content
  return (
    <>
      {definition !== '' && <p class="concept-definition">{definition}</p>}
      {(subject !== '' || source !== '') && (
        <dl class="concept-meta">
          {subject !== '' && (
            <div>
              <dt>{t('Subject')}</dt>
              <dd>{subject}</dd>
            </div>
          )}
          {source !== '' && (
            <div>
              <dt>{t('Source')}</dt>
              <dd>{source}</dd>
            </div>
          )}
        </dl>
      )}
      <div class="concept-locales">
        {byLocale(terms).map(([locale, ofLocale]) => (
          <section key={locale} class="concept-locale" aria-label={localeName(locale)}>
            <h3>
              {localeName(locale)} <code>{locale}</code>
            </h3>
            <ul>
              {ofLocale.map((term) => (
                <li key={term.text} data-status={term.status}>
                  <TermLine term={term} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  )
}

function TermLine({ term }: { readonly term: TermView }) {
  const { locale, text, status, caseMode, inflecting, forms, note } = term
  return (
    <>
      <p class="term-line">
        <bdi class="term-text" lang={locale} dir={directionOf(locale)}>
          {text}
        </bdi>
        <span class="term-mark">{STATUS_WORDS[status]}</span>
      </p>
      <p class="term-traits">
        {CASE_WORDS[caseMode]}, {inflecting ? t('takes endings') : t('never changes')}
        {forms.length > 0 && (
          <>
            {'; '}
            {tx('also {forms}', { forms: <bdi lang={locale}>{forms.join(', ')}</bdi> })}
          </>
        )}
      </p>
      {note !== undefined && <p class="term-note">{note}</p>}
    </>
  )
}
