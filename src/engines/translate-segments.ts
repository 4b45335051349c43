import type { InlineCode } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import type { Glossary } from '../domain/term.ts'
import { buildTermIndex, type TermIndex } from '../domain/term-index.ts'
import { hasWords } from './answer-errors.ts'
import type { Engine } from './engine.ts'
import { climbEngine, type Traveller } from './engine-climb.ts'
import { glossaryEntries, termBaseIdentity } from './glossary-entries.ts'
import { type EngineHealth, errorOfPause, isTemporary } from './health.ts'
import type { LadderContext } from './ladder.ts'
import type { Ledger } from './ledger.ts'
import { needsRepair, repairTravellers } from './repair.ts'
import { trailsOf } from './trail.ts'
import {
  createTally,
  createUsageTally,
  type EngineProblem,
  noticeOf,
  type SegmentTranslation,
  type Tally,
  type TranslationSummary,
} from './translation-summary.ts'
import { neededBy, travellersOf } from './travellers.ts'

export type { SegmentTranslation, TranslationSummary } from './translation-summary.ts'

export type SegmentToTranslate = {
  readonly id: string
  /** With code characters, see `domain/document.ts`. */
  readonly text: string
  readonly codes: readonly InlineCode[]
  /** Plain text around it, in the source language; helps engines that take context. */
  readonly context?: string
}

export type TranslationInput = {
  readonly segments: readonly SegmentToTranslate[]
  readonly sourceLocale: string
  readonly targetLocale: string
  readonly glossaries: readonly Glossary[]
  /** In order of preference. */
  readonly engines: readonly Engine[]
  /** Asked to mend sentences whose terms are wrong when their engine can do no more; none unless configured. */
  readonly repairer?: Engine | undefined
  readonly health: EngineHealth
  readonly ledger: Ledger
  readonly signal: AbortSignal
  /** Called after each batch with the segments whose result is final; never twice for one segment. */
  readonly onBatch: (results: readonly SegmentTranslation[]) => Promise<void>
  /** Do not throw for an engine that may come back: leave its segments untranslated. */
  readonly finalAttempt?: boolean
  /** Indexes of the glossaries in the two locales, where the caller keeps them; made here otherwise. */
  readonly sourceIndex?: TermIndex
  readonly targetIndex?: TermIndex
}

/**
 * Translates segments with the ladder of term enforcement around every engine. Each answer is kept in the
 * ledger before anything else happens to it and found there first, so a run after a crash sends again at
 * most the batch that was in flight. Identical texts are sent once.
 * @throws DomainError `engine-rate-limited`, `engine-unavailable` or `engine-bad-answer` with `retryAfterMs`
 * when segments are left that only a paused engine could do, after everything received has been kept and
 * told; the signal's reason when aborted
 */
export async function translateSegments(input: TranslationInput): Promise<TranslationSummary> {
  const context = contextOf(input)
  const problems: EngineProblem[] = []
  const tally = createTally(input.segments.length)
  const travellers = travellersOf(input, context)
  let open = await settleTrivial(input, travellers, tally)
  let comeBack: DomainError | undefined
  let requests = 0
  const tokens = createUsageTally()
  const shared = {
    context,
    ledger: input.ledger,
    health: input.health,
    signal: input.signal,
    onUsage: tokens.add,
  }
  for (const engine of input.engines) {
    if (open.length === 0) break
    if (!engine.capabilities.supports(context)) continue
    const pause = input.health.pauseOf(engine.name)
    if (pause !== undefined) {
      problems.push({ engine: engine.name, code: pause.reason, message: pause.message })
      if (isTemporary(pause.reason)) comeBack ??= errorOfPause(pause, input.health)
      continue
    }
    const flagged: Traveller[] = []
    const outcome = await climbEngine({
      ...shared,
      engine,
      travellers: open,
      entries: engine.capabilities.glossary(context)
        ? glossaryEntries(input.glossaries, input.sourceLocale, input.targetLocale)
        : [],
      neededEntries: neededBy(travellers),
      hasSuccessor: hasSuccessor(input, engine, context),
      finalAttempt: input.finalAttempt ?? false,
      settle: async (done) => {
        const waits = (traveller: Traveller) => canRepair(input, context) && needsRepair(traveller)
        flagged.push(...done.filter(waits))
        await tell(
          input,
          tally,
          done.filter((traveller) => !waits(traveller)),
          authorOf(engine),
        )
      },
    })
    requests += outcome.requests
    if (flagged.length > 0 && input.repairer !== undefined) {
      const repaired = await repairTravellers(input.repairer, flagged, shared)
      requests += repaired.requests
      if (repaired.problem !== undefined) {
        const { code, message } = repaired.problem
        problems.push({ engine: input.repairer.name, code, message })
      }
      await tell(input, tally, flagged, authorOf(engine))
    }
    if (outcome.problem !== undefined) {
      const { code, message } = outcome.problem
      problems.push({ engine: engine.name, code, message })
      if (isTemporary(code)) comeBack ??= whenToComeBack(outcome.problem, engine, input.health)
    }
    open = outcome.left
  }
  if (open.length > 0 && comeBack !== undefined && input.finalAttempt !== true) throw comeBack
  await tell(input, tally, open, NO_ENGINE)
  const totals = tally.totals()
  return {
    ...totals,
    requests,
    problems,
    usage: tokens.usage,
    retryAfterMs: totals.untranslated === 0 ? null : firstReturn(input, context),
    notice: noticeOf(problems, totals.untranslated),
  }
}

function canRepair({ repairer, health }: TranslationInput, context: LadderContext): boolean {
  return (
    repairer?.capabilities.repairs === true &&
    repairer.capabilities.supports(context) &&
    health.pauseOf(repairer.name) === undefined
  )
}

/** When the first of the engines that stopped may be asked again, in milliseconds from now; null when none stopped. */
function firstReturn({ engines, health }: TranslationInput, context: LadderContext): number | null {
  const pauses = engines
    .filter(({ capabilities }) => capabilities.supports(context))
    .flatMap(({ name }) => health.pauseOf(name) ?? [])
  return pauses.length === 0 ? null : Math.min(...pauses.map((pause) => health.remaining(pause)))
}

/** The same error with the time at which the engine may be asked again. */
function whenToComeBack(problem: DomainError, engine: Engine, health: EngineHealth): DomainError {
  const pause = health.pauseOf(engine.name)
  if (pause === undefined) return problem
  const { code, message } = problem
  return new DomainError(code, message, { retryAfterMs: health.remaining(pause), cause: problem })
}

function hasSuccessor(input: TranslationInput, engine: Engine, context: LadderContext): boolean {
  return input.engines
    .slice(input.engines.indexOf(engine) + 1)
    .some((next) => next.capabilities.supports(context) && input.health.pauseOf(next.name) === undefined)
}

function contextOf(input: TranslationInput): LadderContext {
  const { sourceLocale: source, targetLocale: target, glossaries } = input
  const targetIndex = input.targetIndex ?? buildTermIndex(glossaries, target)
  return { source, target, glossaries, targetIndex, termBase: termBaseIdentity(glossaries) }
}

/** Segments without letters and digits (`***`, an image) are their own translation. */
async function settleTrivial(
  input: TranslationInput,
  travellers: readonly Traveller[],
  tally: Tally,
): Promise<readonly Traveller[]> {
  const worded: Traveller[] = []
  const trivial: Traveller[] = []
  for (const traveller of travellers) {
    const list = hasWords(traveller.climb.text.text) ? worded : trivial
    list.push(traveller)
  }
  for (const traveller of trivial) {
    const { text } = traveller.climb.text
    traveller.best = {
      text,
      verdicts: [],
      codes: 'intact',
      usable: true,
      lostMasks: 0,
      lostOccurrences: [],
      joined: 0,
    }
    traveller.rungs.push('nothing to translate')
  }
  await tell(input, tally, trivial, COPY)
  return worded
}

/** Most results in one call of `onBatch`: what was found in the ledger comes all at once. */
const MOST_TOLD = 500

type Author = { readonly name: string | null; readonly pretend: boolean; readonly usesLedger: boolean }

const NO_ENGINE: Author = { name: null, pretend: false, usesLedger: false }
const COPY: Author = { name: 'copy', pretend: false, usesLedger: false }

function authorOf({ name, capabilities }: Engine): Author {
  return { name, pretend: capabilities.pretend, usesLedger: true }
}

/** Hands final results on. Characters are billed to the first of identical segments. */
async function tell(
  input: TranslationInput,
  tally: Tally,
  done: readonly Traveller[],
  author: Author,
): Promise<void> {
  const results = done.flatMap((traveller) => {
    const { best, rungs, unknownWords, sent, repairedBy } = traveller
    const trails = trailsOf(traveller.climb, traveller.answered, best)
    const writer = repairedBy === null || author.name === null ? author.name : `${author.name}+${repairedBy}`
    return traveller.ids.map((id, place): SegmentTranslation => {
      return {
        id,
        text: best === null ? null : best.text,
        engine: best === null ? null : writer,
        pretend: author.pretend,
        verdicts: best?.verdicts ?? [],
        trails,
        rungs: [...rungs],
        unknownWords,
        fromLedger: best !== null && author.usesLedger && !sent,
        billedCharacters: place === 0 ? traveller.billedCharacters : 0,
      }
    })
  })
  for (const result of results) tally.add(result)
  for (let from = 0; from < results.length; from += MOST_TOLD) {
    await input.onBatch(results.slice(from, from + MOST_TOLD))
  }
}
