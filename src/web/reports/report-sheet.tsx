import type { ReportView } from '../../http/report-schemas.ts'
import { interfaceLocale, t, tn } from '../i18n.ts'
import { count, localeName } from '../words.ts'
import { Figure, Table } from './report-table.tsx'
import { WorkSheet } from './work-sheet.tsx'

type ReportSheetProps = {
  readonly report: ReportView
  /** Shows one person's part; null: people cannot be chosen. */
  readonly onPerson: ((name: string) => void) | null
}

/** The report itself, as it is printed. */
export function ReportSheet({ report, onPerson }: ReportSheetProps) {
  const { from, to, only, languages, people, work } = report
  const words = languages.reduce((sum, language) => sum + language.words, 0)
  if (languages.length === 0 && people.length === 0 && isIdle(work)) {
    return (
      <div class="empty">
        <p class="empty-title">{t('Nothing happened in this period')}</p>
        <p>{t('Choose a longer one, or another language.')}</p>
      </div>
    )
  }
  return (
    <article class="report" aria-labelledby="report-title">
      <header>
        <p class="report-kind">{t('Translation report')}</p>
        <h2 id="report-title" class="report-title">
          {t('{from} to {to}', { from: dayWords(from), to: dayWords(to) })}
        </h2>
        <p class="report-scope">
          {[
            only.locale === null ? t('All languages') : localeName(only.locale),
            ...(only.person === null ? [] : [only.person]),
          ].join(' · ')}
        </p>
      </header>
      <dl class="figures">
        <Figure words={t('words approved')} value={count(words)} />
        {work !== null && (
          <>
            <Figure
              words={tn(work.finished, 'translation finished', 'translations finished')}
              value={count(work.finished)}
            />
            <Figure words={t('words saved (estimate)')} value={count(work.effort.savedWords)} />
          </>
        )}
        <Figure
          words={tn(people.length, 'person took part', 'people took part')}
          value={count(people.length)}
        />
        <Figure words={tn(languages.length, 'language', 'languages')} value={count(languages.length)} />
      </dl>
      {languages.length > 0 && (
        <Table
          title={t('Languages')}
          head={[t('Language'), t('Documents finished'), t('Sentences approved'), t('Words approved')]}
          rows={languages.map(({ locale, finished, segments, words: approved }) => ({
            key: locale,
            cells: [localeName(locale), count(finished), count(segments), count(approved)],
          }))}
        />
      )}
      {people.length > 0 && (
        <Table
          title={t('People')}
          note={t(
            'Under the names they chose. Words of the source; a sentence counts once a person and kind of work.',
          )}
          head={[
            t('Name'),
            t('Words translated'),
            t('Words reviewed'),
            t('Words approved'),
            t('Comments'),
            t('Terms'),
          ]}
          rows={people.map((person) => ({
            key: person.name,
            cells: [
              onPerson === null ? (
                person.name
              ) : (
                <button type="button" class="link-button" onClick={() => onPerson(person.name)}>
                  {person.name}
                </button>
              ),
              count(person.translated.words),
              count(person.reviewed.words),
              count(person.approved.words),
              count(person.comments),
              count(person.terms),
            ],
          }))}
        />
      )}
      {work !== null && <WorkSheet work={work} />}
    </article>
  )
}

function isIdle(work: ReportView['work']): boolean {
  if (work === null) return true
  const published = Object.values(work.published).some((number) => number > 0)
  return work.bands.length === 0 && work.machine.length === 0 && work.finished === 0 && !published
}

/** A day in words: “31 January 2026”. */
function dayWords(day: string): string {
  const style = { dateStyle: 'long', timeZone: 'UTC' } as const
  const locale = interfaceLocale()
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, style).format(
    new Date(`${day}T00:00:00Z`),
  )
}
