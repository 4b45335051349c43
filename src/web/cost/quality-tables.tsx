import type { QualityView } from '../../http/cost-schemas.ts'
import { t } from '../i18n.ts'
import { count, engineName, localeName } from '../words.ts'
import { ScrollBox } from './scroll-box.tsx'

type LocaleQuality = QualityView['locales'][number]

const MEMORY: Readonly<Record<string, string>> = {
  'tm-exact': t('Memory, the same sentence'),
  'tm-context': t('Memory, in context'),
  'tm-fuzzy': t('Memory, a similar sentence'),
}

/** How much people changed of drafts: by engine and language, and by term. */
export function QualityTables({ quality }: { readonly quality: QualityView }) {
  const measured = quality.locales.filter(({ bySource }) => bySource.length > 0)
  if (measured.length === 0) {
    return <p class="empty">{t('Nobody has confirmed or changed a draft of this version yet.')}</p>
  }
  const termed = measured.filter(({ byTerm }) => byTerm.length > 0)
  return (
    <>
      <p class="hint">
        {t(
          'Only what somebody has looked at. 0 % was confirmed as it stood. Small numbers of sentences say little.',
        )}
      </p>
      <SourceTable locales={measured} />
      {termed.length > 0 && (
        <>
          <h3>{t('By term')}</h3>
          <TermTable locales={termed} />
        </>
      )}
    </>
  )
}

function SourceTable({ locales }: { readonly locales: readonly LocaleQuality[] }) {
  return (
    <ScrollBox label={t('Changes by engine')}>
      <table class="cost-table">
        <caption class="visually-hidden">{t('Changes by language and engine')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('Language')}</th>
            <th scope="col">{t('Draft by')}</th>
            <th scope="col">{t('Sentences')}</th>
            <th scope="col">{t('Words')}</th>
            <th scope="col">{t('Confirmed as they were')}</th>
            <th scope="col">{t('Changed')}</th>
          </tr>
        </thead>
        <tbody>
          {locales.flatMap(({ locale, bySource }) =>
            bySource.map(({ name, segments, words, untouched, distance }) => (
              <tr key={`${locale} ${name}`}>
                <th scope="row">{localeName(locale)}</th>
                <td class="cost-words">{MEMORY[name] ?? engineName(name)}</td>
                <td>{count(segments)}</td>
                <td>{count(words)}</td>
                <td>{count(untouched)}</td>
                <td>{percent(distance)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </ScrollBox>
  )
}

function TermTable({ locales }: { readonly locales: readonly LocaleQuality[] }) {
  return (
    <ScrollBox label={t('Changes by term')}>
      <table class="cost-table">
        <caption class="visually-hidden">{t('Changes by language and term')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('Language')}</th>
            <th scope="col">{t('Term')}</th>
            <th scope="col">{t('Sentences')}</th>
            <th scope="col">{t('Right in the draft')}</th>
            <th scope="col">{t('Sentences changed')}</th>
          </tr>
        </thead>
        <tbody>
          {locales.flatMap(({ locale, byTerm }) =>
            byTerm.map(({ name, source, wanted, segments, right, distance }) => (
              <tr key={`${locale} ${name}`} data-wrong={right < segments}>
                <th scope="row">{localeName(locale)}</th>
                <td class="cost-words">
                  {source}
                  {wanted !== null && ` → ${wanted}`}
                </td>
                <td>{count(segments)}</td>
                <td>{t('{right} of {all}', { right: count(right), all: count(segments) })}</td>
                <td>{percent(distance)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </ScrollBox>
  )
}

const percent = (distance: number) => `${distance.toFixed(1)} %`
