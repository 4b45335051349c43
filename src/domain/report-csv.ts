import { EFFORT_KINDS, type Report, termsHeld } from './report.ts'

/**
 * A report as a table of one figure a line (RFC 4180, with a header): `section,name,measure,value`. Numbers have a full
 * stop and no separators. Spreadsheets can pivot it as they like.
 */
export function writeReportCsv(report: Report): string {
  const lines = [['section', 'name', 'measure', 'value'], ...rowsOf(report)]
  return `${lines.map((cells) => cells.map((cell) => csvCell(String(cell))).join(',')).join('\r\n')}\r\n`
}

/**
 * A cell of a CSV. One that a spreadsheet would take for a formula, as a person may call themselves, gets an apostrophe
 * in front. Source: OWASP, CSV Injection.
 */
export function csvCell(text: string): string {
  const guarded = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text
  return /[",;\t\r\n]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}

type Row = readonly [section: string, name: string, measure: string, value: string | number]

function rowsOf(report: Report): readonly Row[] {
  const { only, work } = report
  return [
    ['report', '', 'from', report.from],
    ['report', '', 'to', report.to],
    ...Object.entries(only).flatMap(([name, value]): Row[] =>
      value === null ? [] : [['report', '', name, value]],
    ),
    ...report.languages.flatMap(({ locale, finished, segments, words }): Row[] => [
      ['language', locale, 'documents finished', finished],
      ['language', locale, 'segments approved', segments],
      ['language', locale, 'words approved', words],
    ]),
    ...report.people.flatMap(({ name, translated, reviewed, approved, comments, terms }): Row[] => [
      ['person', name, 'words translated', translated.words],
      ['person', name, 'words reviewed', reviewed.words],
      ['person', name, 'words approved', approved.words],
      ['person', name, 'comments', comments],
      ['person', name, 'terms', terms],
    ]),
    ...(work === null ? [] : workRows(work)),
  ]
}

function workRows(work: NonNullable<Report['work']>): readonly Row[] {
  const held = termsHeld(work.terms)
  return [
    ...work.bands.flatMap(({ band, engine, segments, words }): Row[] => {
      const name = engine === null ? band : `${band}: ${engine}`
      return [
        ['beginning', name, 'segments', segments],
        ['beginning', name, 'words', words],
      ]
    }),
    ...EFFORT_KINDS.map((kind): Row => ['effort', kind, 'words approved', work.effort[kind].words]),
    ['effort', '', 'words saved (estimate)', work.effort.savedWords],
    ...work.machine.flatMap(({ engine, characters, inputTokens, outputTokens, cost }): Row[] => [
      ['machine', engine, 'characters', characters],
      ['machine', engine, 'input tokens', inputTokens],
      ['machine', engine, 'output tokens', outputTokens],
      ...(cost === null ? [] : [['machine', engine, 'cost', cost] as const]),
    ]),
    ['time', '', 'documents finished', work.finished],
    ...work.passages.flatMap(({ state, median, mean }): Row[] => [
      ['time', state, 'median hours', median],
      ['time', state, 'mean hours', mean],
    ]),
    ...Object.entries(work.terms).map(([status, count]): Row => ['terms', status, 'occurrences', count]),
    ...(held === null ? [] : [['terms', '', 'percent held', held] as const]),
    ...Object.entries(work.published).map(([kind, count]): Row => ['published', kind, 'number', count]),
  ]
}
