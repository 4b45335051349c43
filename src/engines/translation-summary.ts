import type { ErrorCode } from '../domain/errors.ts'
import type { Verdict, VerdictStatus } from '../domain/term.ts'
import type { EngineUsage } from './engine.ts'
import type { TermTrail } from './trail.ts'

export type SegmentTranslation = {
  readonly id: string
  /** With code characters; null when no engine could. */
  readonly text: string | null
  /**
   * The engine that wrote it; `deepl+llm` where the second mended what the first wrote; `copy` where there was
   * nothing to translate; null for none.
   */
  readonly engine: string | null
  /** Output of an engine for trying things out: must not be published. */
  readonly pretend: boolean
  /** One per occurrence of a term in the source, for the text given here. */
  readonly verdicts: readonly Verdict[]
  /** The way of each of these occurrences up the ladder, in the same order. */
  readonly trails: readonly TermTrail[]
  /** What each question did, in order, one line each. */
  readonly rungs: readonly string[]
  /** Words that the engine did not know and left as they were. */
  readonly unknownWords: readonly string[]
  /** True when nothing had to be sent for it. */
  readonly fromLedger: boolean
  /** Unicode code points sent for it in this run to an engine that costs money. */
  readonly billedCharacters: number
}

export type EngineProblem = { readonly engine: string; readonly code: ErrorCode; readonly message: string }

export type TranslationSummary = {
  readonly segments: number
  readonly translated: number
  readonly untranslated: number
  readonly fromLedger: number
  readonly billedCharacters: number
  /** Requests on the wire, those that failed included. */
  readonly requests: number
  /** What engines that bill by tokens cost in this run. */
  readonly usage: Readonly<Record<string, EngineUsage>>
  /**
   * Milliseconds until the first paused engine may be asked again that could do what was left untranslated; null
   * where nothing was, or where no engine can.
   */
  readonly retryAfterMs: number | null
  /** Segments by the engine that wrote them. */
  readonly byEngine: Readonly<Record<string, number>>
  readonly terms: Readonly<Record<VerdictStatus, number>>
  /** What went wrong with engines, in order. */
  readonly problems: readonly EngineProblem[]
  /** One plain sentence for people when something needs their hand; null when all went well. */
  readonly notice: string | null
}

/** Counts results as they are told. */
export type Tally = {
  readonly add: (result: SegmentTranslation) => void
  readonly totals: () => Omit<
    TranslationSummary,
    'requests' | 'problems' | 'notice' | 'usage' | 'retryAfterMs'
  >
}

/** @param segments how many there are to translate */
export function createTally(segments: number): Tally {
  let [translated, fromLedger, billedCharacters] = [0, 0, 0]
  const byEngine: Record<string, number> = {}
  const terms: Record<VerdictStatus, number> = { ok: 0, variant: 0, missing: 0, forbidden: 0, waived: 0 }
  return {
    add(result) {
      if (result.text !== null) translated++
      if (result.fromLedger) fromLedger++
      billedCharacters += result.billedCharacters
      if (result.engine !== null) byEngine[result.engine] = (byEngine[result.engine] ?? 0) + 1
      for (const verdict of result.verdicts) terms[verdict.status]++
    },
    totals: () => {
      const untranslated = segments - translated
      return { segments, translated, untranslated, fromLedger, billedCharacters, byEngine, terms }
    },
  }
}

/** What people should hear about engines, in one sentence; null when there is nothing. */
export function noticeOf(problems: readonly EngineProblem[], untranslated: number): string | null {
  const messages = [...new Set(problems.map(({ message }) => message))]
  if (messages.length === 0) return null
  const rest = untranslated === 0 ? '' : `; ${untranslated} segments were left untranslated`
  return `${messages.join('; ')}${rest}`
}

/** Adds up what requests cost, by engine. A cost that is not known once is not known. */
export function createUsageTally() {
  const usage: Record<string, EngineUsage> = {}
  return {
    usage,
    add(engine: string, { inputTokens, outputTokens, cost }: EngineUsage): void {
      const before = usage[engine] ?? { inputTokens: 0, outputTokens: 0, cost: 0 }
      usage[engine] = {
        inputTokens: before.inputTokens + inputTokens,
        outputTokens: before.outputTokens + outputTokens,
        cost: before.cost === null || cost === null ? null : before.cost + cost,
      }
    },
  }
}
