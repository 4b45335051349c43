import type { Assessment } from '../domain/assessment.ts'
import { plainText, type Segment } from '../domain/document.ts'
import type { Target } from '../domain/target.ts'
import type { VerdictStatus } from '../domain/term.ts'
import type { EngineUsage } from '../engines/engine.ts'
import type { TermStep, TermTrail } from '../engines/trail.ts'

export type LocaleReport = {
  readonly locale: string
  readonly file: string
  readonly segments: number
  readonly fromMemory: number
  /** Translations that the file brought along (bilingual XLIFF). */
  readonly fromDocument: number
  /** Segments by engine. */
  readonly fromMachine: Readonly<Record<string, number>>
  readonly untranslated: number
  /** Machine translations that were paid for (or asked for) before and not sent again. */
  readonly fromLedger: number
  readonly billedCharacters: number
  /** What engines that bill by tokens cost. */
  readonly usage: Readonly<Record<string, EngineUsage>>
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
  /** What was done about each occurrence of a term in machine translations, step by step. */
  readonly ladder: readonly {
    readonly segment: string
    readonly concept: string
    readonly source: string
    readonly steps: readonly TermStep[]
    readonly status: VerdictStatus
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
  /** Segments whose translation the file brought along. */
  readonly brought: ReadonlySet<string>
  readonly billedCharacters: number
  readonly fromLedger: number
  readonly usage: Readonly<Record<string, EngineUsage>>
  /** By segment id. */
  readonly trails: ReadonlyMap<string, readonly TermTrail[]>
  readonly notice: string | null
  readonly seconds: number
}): LocaleReport {
  const { assessed, brought, trails, ...rest } = input
  const terms = { ok: 0, variant: 0, missing: 0, forbidden: 0, waived: 0 }
  const fromMachine: Record<string, number> = {}
  const findings: Record<string, number> = {}
  let fromMemory = 0
  for (const { segment, target, assessment } of assessed) {
    // What the file brought is neither memory nor machine, whatever it says of how it came about.
    const made = brought.has(segment.id) ? undefined : target
    if (made?.origin === 'mt') fromMachine[made.by] = (fromMachine[made.by] ?? 0) + 1
    else if (made !== undefined) fromMemory += 1
    for (const verdict of assessment?.verdicts ?? []) terms[verdict.status] += 1
    for (const finding of assessment?.findings ?? [])
      findings[finding.check] = (findings[finding.check] ?? 0) + 1
  }
  return {
    ...rest,
    segments: assessed.length,
    fromMemory,
    fromDocument: brought.size,
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
    ladder: assessed.flatMap(({ segment }) =>
      (trails.get(segment.id) ?? []).map(({ conceptId, source, steps, status }) => ({
        segment: segment.id,
        concept: conceptId,
        source,
        steps,
        status,
      })),
    ),
    findings,
  }
}

/** The summary for a terminal: one line a locale, notices under it. */
export function describeRun(report: RunReport): string {
  const brings = report.locales.some(({ fromDocument }) => fromDocument > 0)
  const rows = report.locales.map((locale) => [
    locale.locale,
    String(locale.segments),
    String(locale.fromMemory),
    ...(brings ? [String(locale.fromDocument)] : []),
    Object.entries(locale.fromMachine)
      .map(([engine, count]) => `${count} ${engine}`)
      .join(', ') || '0',
    String(locale.untranslated),
    String(locale.billedCharacters),
    String(locale.terms.ok + locale.terms.variant + locale.terms.waived),
    String(locale.terms.missing + locale.terms.forbidden),
    `${locale.seconds.toFixed(1)} s`,
  ])
  const head = [
    'locale',
    'segments',
    'memory',
    ...(brings ? ['in file'] : []),
    'machine',
    'open',
    'billed',
    'terms ok',
    'flagged',
    'time',
  ]
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
  const ladders = report.locales.flatMap((locale) => {
    const line = describeLadder(locale)
    return line === '' ? [] : [`${locale.locale}: ${line}`]
  })
  const costs = report.locales.flatMap(({ locale, usage }) =>
    Object.entries(usage).map(
      ([engine, { inputTokens, outputTokens, cost }]) =>
        `${locale}: ${engine} used ${inputTokens} tokens in and ${outputTokens} out` +
        (cost === null ? '' : `, cost ${cost.toFixed(4)}`),
    ),
  )
  return [
    `${report.file}: ${report.segments} segments, ${report.words} words, ${report.seconds.toFixed(1)} s`,
    line(head),
    ...rows.map(line),
    ...ladders,
    ...costs,
    ...notices,
  ].join('\n')
}

/** `terms: 12 by deepl glossary, 3 by deepl mask, 1 by llm repair; 1 flagged`; empty where there were none. */
function describeLadder({ ladder }: LocaleReport): string {
  const ways = new Map<string, number>()
  let flagged = 0
  for (const { steps, status } of ladder) {
    const isWrong = status === 'missing' || status === 'forbidden'
    const step = steps.find((one) => one.status === status)
    if (isWrong) flagged++
    else if (step !== undefined) {
      const way = step.way === 'plain' ? step.engine : `${step.engine} ${step.way}`
      ways.set(way, (ways.get(way) ?? 0) + 1)
    }
  }
  const done = [...ways].sort((a, b) => b[1] - a[1]).map(([way, count]) => `${count} by ${way}`)
  const parts = [
    ...(done.length === 0 ? [] : [done.join(', ')]),
    ...(flagged === 0 ? [] : [`${flagged} flagged`]),
  ]
  return parts.length === 0 ? '' : `terms: ${parts.join('; ')}`
}
