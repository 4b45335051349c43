import { EFFORT_KINDS, EFFORT_SHARES, type ReportBand, termsHeld } from '../../domain/report.ts'
import type { ReportView } from '../../http/report-schemas.ts'
import { t } from '../i18n.ts'
import { count, engineName } from '../words.ts'
import { Table } from './report-table.tsx'

type Work = NonNullable<ReportView['work']>

const BAND_WORDS: Readonly<Record<ReportBand, string>> = {
  kept: t('Kept from the revision before'),
  context: t('Memory, same context'),
  exact: t('Memory, exact match'),
  '95-99': t('Memory, 95 to 99 % alike'),
  '85-94': t('Memory, 85 to 94 % alike'),
  '70-84': t('Memory, 70 to 84 % alike'),
  repetition: t('Repeated in the article'),
  machine: t('Machine'),
  copied: t('Copied, nothing to translate'),
  person: t('A person, without a draft'),
}
const EFFORT_WORDS = {
  untouched: t('Drafts approved as they were'),
  changed: t('Drafts that people changed'),
  scratch: t('Written without a draft'),
} as const
const PASSAGE_WORDS = {
  machine: t('With memory and machine'),
  translation: t('In translation'),
  review: t('In review'),
  embargo: t('Finished, until published'),
} as const
const STATUS_WORDS = {
  ok: t('As the glossary says'),
  variant: t('An admitted variant'),
  missing: t('Missing'),
  forbidden: t('A forbidden word'),
  waived: t('Waived with a reason'),
} as const
const PUBLISHED_WORDS = {
  bundles: t('Languages published'),
  releases: t('Releases of all languages'),
  corrections: t('of them corrections'),
  retractions: t('Documents withdrawn'),
} as const

/** What has no person: how translations began, what that saved and cost, how long it took, which terms held. */
export function WorkSheet({ work }: { readonly work: Work }) {
  const { bands, effort, machine, passages, terms, published } = work
  const begun = bands.reduce((sum, { words }) => sum + words, 0)
  const approved = EFFORT_KINDS.reduce((sum, kind) => sum + effort[kind].words, 0)
  const held = termsHeld(terms)
  const occurrences = Object.values(terms).reduce((sum, number) => sum + number, 0)
  return (
    <>
      {bands.length > 0 && (
        <Table
          title={t('How translations began')}
          head={[t('Beginning'), t('Sentences'), t('Words')]}
          rows={bands.map(({ band, engine, segments, words }) => ({
            key: `${band} ${engine ?? ''}`,
            share: begun === 0 ? 0 : words / begun,
            cells: [
              engine === null ? BAND_WORDS[band] : t('Machine · {engine}', { engine: engineName(engine) }),
              count(segments),
              count(words),
            ],
          }))}
        />
      )}
      {approved > 0 && (
        <Table
          title={t('What people approved, and the work it took')}
          note={t(
            'The effort is a convention of the trade, by which the words saved are estimated: {words} of {all}.',
            { words: count(effort.savedWords), all: count(approved) },
          )}
          head={[t('Draft'), t('Sentences'), t('Words'), t('Effort')]}
          rows={EFFORT_KINDS.map((kind) => ({
            key: kind,
            share: effort[kind].words / approved,
            cells: [
              EFFORT_WORDS[kind],
              count(effort[kind].segments),
              count(effort[kind].words),
              `${Math.round(100 * EFFORT_SHARES[kind])} %`,
            ],
          }))}
        />
      )}
      {machine.length > 0 && (
        <Table
          title={t('Machine translation')}
          note={t('Cost in your currency where prices are set.')}
          head={[t('Engine'), t('Characters'), t('Tokens'), t('Cost')]}
          rows={machine.map(({ engine, characters, inputTokens, outputTokens, cost }) => ({
            key: engine,
            cells: [
              engineName(engine),
              count(characters),
              count(inputTokens + outputTokens),
              cost === null ? t('no price set') : cost.toFixed(2),
            ],
          }))}
        />
      )}
      {passages.length > 0 && (
        <Table
          title={t('Time in each state')}
          note={t(
            'Of translations that were finished in this period; half of them took less than the median.',
          )}
          head={[t('State'), t('Median'), t('Mean')]}
          rows={passages.map(({ state, median, mean }) => ({
            key: state,
            cells: [PASSAGE_WORDS[state], timeWords(median), timeWords(mean)],
          }))}
        />
      )}
      {occurrences > 0 && (
        <Table
          title={t('Terms')}
          {...(held === null ? {} : { note: t('{percent} % held.', { percent: held }) })}
          head={[t('In what was approved'), t('Occurrences')]}
          rows={(['ok', 'variant', 'waived', 'missing', 'forbidden'] as const).map((status) => ({
            key: status,
            share: terms[status] / occurrences,
            cells: [STATUS_WORDS[status], count(terms[status])],
          }))}
        />
      )}
      {Object.values(published).some((number) => number > 0) && (
        <Table
          title={t('Published')}
          head={[t('What'), t('Number')]}
          rows={(['bundles', 'corrections', 'releases', 'retractions'] as const).map((kind) => ({
            key: kind,
            cells: [PUBLISHED_WORDS[kind], count(published[kind])],
          }))}
        />
      )}
    </>
  )
}

/** Hours in words that a person can picture: “45 min”, “3.5 h”, “2.1 days”. */
function timeWords(hours: number): string {
  if (hours < 1 / 60) return t('under a minute')
  if (hours < 1) return t('{minutes} min', { minutes: Math.round(60 * hours) })
  if (hours < 48) return t('{hours} h', { hours: Math.round(10 * hours) / 10 })
  return t('{days} days', { days: Math.round((10 * hours) / 24) / 10 })
}
