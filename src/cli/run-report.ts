import type { Assessment } from '../domain/assessment.ts'
import { plainText, type Segment } from '../domain/document.ts'
import type { Target } from '../domain/target.ts'
import type { VerdictStatus } from '../domain/term.ts'

export type LocaleReport = {
  readonly locale: string
  readonly file: string
  readonly segments: number
  readonly fromMemory: number
  /** Segments by engine. */
  readonly fromMachine: Readonly<Record<string, number>>
  readonly untranslated: number
  /** Machine translations that were paid for (or asked for) before and not sent again. */
  readonly fromLedger: number
  readonly billedCharacters: number
  readonly terms: Readonly<Record<VerdictStatus, number>>
  /** Every term that people must look at. */
  readonly flagged: readonly {
    readonly segment: string
    readonly concept: string
    readonly status: VerdictStatus
    readonly hard: boolean
    readonly source: string
    readonly expected: readonly string[]
    readonly target: string
  }[]
  /** Findings by check. */
  readonly findings: Readonly<Record<string, number>>
  readonly notice: string | null
  readonly seconds: number
}

export type RunReport = {
  readonly file: string
  readonly format: string
  readonly sourceLocale: string
  readonly units: number
  readonly segments: number
  readonly words: number
  readonly glossaries: readonly { readonly name: string; readonly version: string }[]
  readonly segmentation: string
  readonly locales: readonly LocaleReport[]
  readonly seconds: number
}

type Assessed = {
  readonly segment: Segment
  readonly target: Target | undefined
  readonly assessment: Assessment | undefined
}

/** Counts what became of one locale. */
export function reportLocale(input: {
  readonly locale: string
  readonly file: string
  readonly assessed: readonly Assessed[]
  readonly billedCharacters: number
  readonly fromLedger: number
  readonly notice: string | null
  readonly seconds: number
}): LocaleReport {
  const { assessed, ...rest } = input
  const terms = { ok: 0, variant: 0, missing: 0, forbidden: 0, waived: 0 }
  const fromMachine: Record<string, number> = {}
  const findings: Record<string, number> = {}
  let fromMemory = 0
  for (const { target, assessment } of assessed) {
    if (target?.origin === 'mt') fromMachine[target.by] = (fromMachine[target.by] ?? 0) + 1
    else if (target !== undefined) fromMemory += 1
    for (const verdict of assessment?.verdicts ?? []) terms[verdict.status] += 1
    for (const finding of assessment?.findings ?? [])
      findings[finding.check] = (findings[finding.check] ?? 0) + 1
  }
  return {
    ...rest,
    segments: assessed.length,
    fromMemory,
    fromMachine,
    untranslated: assessed.filter(({ target }) => target === undefined).length,
    terms,
    flagged: assessed.flatMap(({ segment, target, assessment }) =>
      (assessment?.verdicts ?? [])
        .filter(({ status }) => status === 'missing' || status === 'forbidden')
        .map((verdict) => ({
          segment: segment.id,
          concept: verdict.conceptId,
          status: verdict.status,
          hard: verdict.hard,
          source: segment.text.slice(verdict.sourceStart, verdict.sourceEnd),
          expected: verdict.expected,
          target: plainText(target?.text ?? '', segment.codes),
        })),
    ),
    findings,
  }
}

/** The summary for a terminal: one line a locale, notices under it. */
export function describeRun(report: RunReport): string {
  const rows = report.locales.map((locale) => [
    locale.locale,
    String(locale.segments),
    String(locale.fromMemory),
    Object.entries(locale.fromMachine)
      .map(([engine, count]) => `${count} ${engine}`)
      .join(', ') || '0',
    String(locale.untranslated),
    String(locale.billedCharacters),
    String(locale.terms.ok + locale.terms.variant + locale.terms.waived),
    String(locale.terms.missing + locale.terms.forbidden),
    `${locale.seconds.toFixed(1)} s`,
  ])
  const head = ['locale', 'segments', 'memory', 'machine', 'open', 'billed', 'terms ok', 'flagged', 'time']
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  )
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
  const notices = [
    ...new Set(
      report.locales.flatMap(({ locale, notice }) => (notice === null ? [] : [`${locale}: ${notice}`])),
    ),
  ]
  return [
    `${report.file}: ${report.segments} segments, ${report.words} words, ${report.seconds.toFixed(1)} s`,
    line(head),
    ...rows.map(line),
    ...notices,
  ].join('\n')
}
