import type { InlineCode } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import type { Glossary } from '../domain/term.ts'
import { buildTermIndex, findOccurrences, type TermIndex } from '../domain/term-index.ts'
import { conceptOf } from '../domain/term-lookup.ts'
import { hasWords } from './answer-errors.ts'
import type { Engine, GlossaryEntry } from './engine.ts'
import { climbEngine, type Traveller } from './engine-climb.ts'
import { glossaryEntries, preferredTerm } from './glossary-entries.ts'
import { type EngineHealth, errorOfPause, isTemporary } from './health.ts'
import type { LadderContext } from './ladder.ts'
import type { Ledger } from './ledger.ts'
import {
  createTally,
  type EngineProblem,
  noticeOf,
  type SegmentTranslation,
  type Tally,
  type TranslationSummary,
} from './translation-summary.ts'

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
  let open = await settleTrivial(input, travellersOf(input, context), tally)
  let comeBack: DomainError | undefined
  let requests = 0
  for (const engine of input.engines) {
    if (open.length === 0) break
    if (!engine.capabilities.supports(context)) continue
    const pause = input.health.pauseOf(engine.name)
    if (pause !== undefined) {
      problems.push({ engine: engine.name, code: pause.reason, message: pause.message })
      if (isTemporary(pause.reason)) comeBack ??= errorOfPause(pause, input.health)
      continue
    }
    const outcome = await climbEngine({
      engine,
      travellers: open,
      context,
      entries: engine.capabilities.glossary(context)
        ? glossaryEntries(input.glossaries, input.sourceLocale, input.targetLocale)
        : [],
      ledger: input.ledger,
      health: input.health,
      signal: input.signal,
      hasSuccessor: hasSuccessor(input, engine, context),
      finalAttempt: input.finalAttempt ?? false,
      settle: (done) => tell(input, tally, done, authorOf(engine)),
    })
    requests += outcome.requests
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
  return { ...totals, requests, problems, notice: noticeOf(problems, totals.untranslated) }
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
  return { source, target, glossaries, targetIndex }
}

/** One traveller for all segments with the same text and the same kinds of codes. */
function travellersOf(input: TranslationInput, context: LadderContext): readonly Traveller[] {
  const index = input.sourceIndex ?? buildTermIndex(input.glossaries, input.sourceLocale)
  const travellers = new Map<string, Traveller>()
  for (const { id, text, codes, context: around } of input.segments) {
    const same = JSON.stringify([text, codes.map((code) => [code.kind, code.pair])])
    const known = travellers.get(same)
    if (known !== undefined) {
      known.ids.push(id)
      continue
    }
    const occurrences = findOccurrences(index, text)
    const entries = occurrences.flatMap((occurrence) => {
      const concept = conceptOf(occurrence, input.glossaries)
      const target = concept === undefined ? undefined : preferredTerm(concept, context.target)
      return target === undefined ? [] : [[occurrence.term.text, target.text] as const]
    })
    travellers.set(same, {
      ids: [id],
      climb: { text: { text, codes }, occurrences, entries: [...new Map(entries)].map(toEntry) },
      around: around === undefined ? undefined : withoutCodes(around),
      asked: [],
      best: null,
      rungs: [],
      unknownWords: [],
      sent: false,
      billedCharacters: 0,
    })
  }
  return [...travellers.values()]
}

/** Neighbouring text is only read, never written back. */
function withoutCodes(text: string): string {
  return text.replace(/[\ue000-\uf8ff]/g, '')
}

function toEntry([source, target]: readonly [string, string]): GlossaryEntry {
  return { source, target }
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
    traveller.best = { text, verdicts: [], codes: 'intact', usable: true, lostMasks: 0 }
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
  const results = done.flatMap((traveller) =>
    traveller.ids.map((id, place): SegmentTranslation => {
      const { best, rungs, unknownWords, sent } = traveller
      return {
        id,
        text: best === null ? null : best.text,
        engine: best === null ? null : author.name,
        pretend: author.pretend,
        verdicts: best?.verdicts ?? [],
        rungs: [...rungs],
        unknownWords,
        fromLedger: best !== null && author.usesLedger && !sent,
        billedCharacters: place === 0 ? traveller.billedCharacters : 0,
      }
    }),
  )
  for (const result of results) tally.add(result)
  for (let from = 0; from < results.length; from += MOST_TOLD) {
    await input.onBatch(results.slice(from, from + MOST_TOLD))
  }
}
