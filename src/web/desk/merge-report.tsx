import { runsOf } from '../../domain/document.ts'
import type { MergeReportView } from '../../http/file-schemas.ts'
import { interfaceLocale, t, tn } from '../i18n.ts'
import { count, moment } from '../words.ts'

/** Shown first comes first; what needs no attention is only counted. */
const SHOWN = ['conflict', 'skipped', 'taken'] as const
const TITLES: Readonly<Record<string, string>> = {
  conflict: t('Changed on both sides: an editor chooses'),
  skipped: t('Left out'),
  taken: t('Taken over'),
  unchanged: t('Not touched by the translator'),
  same: t('Already the same here'),
  'keep-current': t('Changed here only'),
}
const MOST_ROWS = 200

type MergeReportProps = { readonly report: MergeReportView; readonly targetLocale: string }

/** What a returned XLIFF does, or did, segment by segment. */
export function MergeReport({ report, targetLocale }: MergeReportProps) {
  const titles = report.dryRun ? { ...TITLES, taken: t('Would be taken over') } : TITLES
  return (
    <div class="merge-report" role="status">
      {report.before !== null && (
        <p class="notice">
          {t('{name} returned this very file before, {when}. It changes nothing now.', {
            name: report.before.by,
            when: moment(report.before.at),
          })}
        </p>
      )}
      {report.warnings.length > 0 && (
        <details>
          <summary>
            {tn(report.warnings.length, '{count} remark on the file', '{count} remarks on the file')}
          </summary>
          <ul class="outcomes">
            {report.warnings.slice(0, MOST_ROWS).map(({ message, line, column }) => (
              <li key={`${line}:${column}:${message}`}>{t('Line {line}: {message}', { line, message })}</li>
            ))}
          </ul>
        </details>
      )}
      <ul class="counts">
        {Object.entries(report.counts).map(([outcome, number]) => (
          <li key={outcome} data-outcome={outcome}>
            <strong>{count(number)}</strong> {titles[outcome] ?? outcome}
          </li>
        ))}
      </ul>
      {SHOWN.map((outcome) => {
        const rows = report.outcomes.filter((row) => row.outcome === outcome)
        return (
          rows.length > 0 && (
            <details key={outcome} open={outcome !== 'taken'}>
              <summary>
                {titles[outcome]} ({tn(rows.length, '{count} segment', '{count} segments')})
              </summary>
              <ul class="outcomes">
                {rows.slice(0, MOST_ROWS).map((row) => (
                  <li key={row.segment}>
                    <code>{row.segment}</code> {row.reason}
                    <dl lang={targetLocale}>
                      <Version words={t('Here now')} text={row.current} />
                      <Version words={t('In the file')} text={row.returned} />
                    </dl>
                  </li>
                ))}
              </ul>
              {rows.length > MOST_ROWS && (
                <p>{t('… and {count} more.', { count: count(rows.length - MOST_ROWS) })}</p>
              )}
            </details>
          )
        )
      })}
    </div>
  )
}

function Version({ words, text }: { readonly words: string; readonly text: string | undefined }) {
  if (text === undefined) return null
  return (
    <>
      <dt lang={interfaceLocale()}>{words}</dt>
      <dd dir="auto">{text === '' ? t('(empty)') : visible(text)}</dd>
    </>
  )
}

/** Codes have no labels here: they show as numbers, ‹1›. */
function visible(text: string): string {
  return [...runsOf(text)].map((run) => (typeof run === 'string' ? run : `‹${run + 1}›`)).join('')
}
