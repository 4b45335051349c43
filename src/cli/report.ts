import type { Command } from 'commander'
import { ReportView } from '../http/report-schemas.ts'
import type { ApiClient } from './api-client.ts'
import { jsonOption, type Output } from './program.ts'

type ReportOptions = {
  readonly from: string
  readonly to: string
  readonly locale?: string
  readonly document?: string
  readonly person?: string
  readonly csv?: true
  readonly json?: true
}

/** `talmach report`: what was done in a period, as text, CSV or JSON. */
export function addReportCommand(
  program: Command,
  deps: { readonly api: () => ApiClient },
  output: Output,
): void {
  program
    .command('report')
    .description('who did what in a period, what machines did, what it cost and how long it took')
    .requiredOption('--from <day>', 'first day, as 2026-01-01 (UTC)')
    .requiredOption('--to <day>', 'last day')
    .option('--locale <locale>', 'only this language')
    .option('--document <document>', 'only this document')
    .option('--person <name>', 'only this person, by their public name')
    .option('--csv', 'print CSV')
    .addOption(jsonOption().conflicts('csv'))
    .action(async ({ csv, json, ...wish }: ReportOptions) => {
      const query = new URLSearchParams({ ...wish, format: csv === true ? 'csv' : 'json' })
      const response = await deps.api()(`/api/reports?${query}`)
      // The output ends the last line itself.
      if (csv === true) return output.print((await response.text()).trimEnd())
      const report = ReportView.parse(await response.json())
      output.print(json === true ? JSON.stringify(report) : describeReport(report))
    })
}

/** A report for a terminal: one figure a line, in the order of the page. */
export function describeReport({ from, to, languages, people, work }: ReportView): string {
  const lines = [`${from} to ${to}`]
  const add = (title: string, rows: readonly (readonly [name: string, text: string])[]) => {
    if (rows.length === 0) return
    const width = Math.max(...rows.map(([name]) => name.length))
    lines.push('', title, ...rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`))
  }
  add(
    'Languages',
    languages.map(({ locale, finished, words }) => [
      locale,
      `${words} words approved, ${finished} documents finished`,
    ]),
  )
  add(
    'People',
    people.map(({ name, translated, reviewed, approved, comments, terms }) => [
      name,
      [
        `${translated.words} words translated, ${reviewed.words} reviewed, ${approved.words} approved`,
        ...(comments > 0 ? [`${comments} comments`] : []),
        ...(terms > 0 ? [`${terms} terms`] : []),
      ].join(', '),
    ]),
  )
  if (work === null) return lines.join('\n')
  add(
    'How translations began',
    work.bands.map(({ band, engine, words }) => [
      engine === null ? band : `${band}: ${engine}`,
      `${words} words`,
    ]),
  )
  const { untouched, changed, scratch, savedWords } = work.effort
  add('What people approved', [
    ['drafts as they were', `${untouched.words} words`],
    ['drafts they changed', `${changed.words} words`],
    ['without a draft', `${scratch.words} words`],
    ['saved (estimate)', `${savedWords} words`],
  ])
  add(
    'Machine',
    work.machine.map(({ engine, characters, inputTokens, outputTokens, cost }) => [
      engine,
      [
        ...(characters > 0 ? [`${characters} characters`] : []),
        ...(inputTokens + outputTokens > 0 ? [`${inputTokens + outputTokens} tokens`] : []),
        ...(cost === null ? [] : [`cost ${cost}`]),
      ].join(', '),
    ]),
  )
  add(
    `Hours in each state, ${work.finished} finished`,
    work.passages.map(({ state, median, mean }) => [state, `median ${median}, mean ${mean}`]),
  )
  add(
    'Terms',
    Object.entries(work.terms).map(([status, count]) => [status, String(count)]),
  )
  add(
    'Published',
    Object.entries(work.published).map(([kind, count]) => [kind, String(count)]),
  )
  return lines.join('\n')
}
