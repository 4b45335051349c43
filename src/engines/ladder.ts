import { codeIndexAt, codesIn } from '../domain/document.ts'
import { languageOf } from '../domain/locale.ts'
import type { Glossary, Occurrence } from '../domain/term.ts'
import type { TermIndex } from '../domain/term-index.ts'
import { conceptOf } from '../domain/term-lookup.ts'
import { hasWords } from './answer-errors.ts'
import { type Candidate, isFailure } from './candidate.ts'
import type { Engine, EngineText, GlossaryEntry, LocalePair, TermBaseIdentity } from './engine.ts'
import { preferredTerm, versionOfEntries } from './glossary-entries.ts'
import { ledgerKey } from './ledger.ts'
import { isOnlyMasks, type MaskedText, maskText, type Replacement } from './mask.ts'
import { isPlural, pluralOf } from './noun-plural.ts'
import { hintsFor } from './term-hints.ts'

/**
 * What is done about one occurrence of a term before an engine sees its sentence: the line in the engine's own
 * glossary; a hint to an engine that reads; a mask; the target term in its place in the source; nothing. `repair`
 * is asked of a language model about a finished sentence.
 */
export type Way = 'glossary' | 'hints' | 'mask' | 'in-source' | 'plain' | 'repair'

/** One segment (or several with the same text) on its way up the ladder of one engine. */
export type Climb = {
  readonly text: EngineText
  readonly occurrences: readonly Occurrence[]
  /** The lines of the engine's glossary that concern this segment. */
  readonly entries: readonly GlossaryEntry[]
}

/** What everything on the ladder needs to know. */
export type LadderContext = LocalePair & {
  readonly glossaries: readonly Glossary[]
  readonly targetIndex: TermIndex
  readonly termBase: TermBaseIdentity
}

/** One question to an engine. */
export type Attempt = {
  /** What is done about each occurrence. */
  readonly ways: readonly Way[]
  /** How high on its ladder each occurrence stands. */
  readonly levels: readonly number[]
  /** The ways in one word, for people. */
  readonly label: Way
  readonly maskedCodes: boolean
  readonly masked: MaskedText
  /** What goes out. */
  readonly text: EngineText
  readonly key: string
  /** Terms that were put into the source because the target language allows it. */
  readonly placed: number
  /** Nothing but masks: the answer is the text itself. */
  readonly needsNoEngine: boolean
  /** Nothing is done about terms or codes: asked when no other answer was usable. */
  readonly isLastResort: boolean
}

/**
 * Target languages whose nouns hardly inflect, so that a term's base form may be put into a sentence. In
 * every other language (ru, be, uk, de, pl among them) only invariant terms are placed.
 */
const LIGHTLY_INFLECTING = new Set('ca en es fr gl id it ja ko ms nl oc pt th vi zh'.split(' '))

/**
 * The ladder of one occurrence at one engine, the first way first: what the engine itself can do about terms, then
 * a mask and the term in the source for invariant terms, the other way round for those that inflect a little.
 * A term that inflects richly, or that cannot be cut out of its sentence, stays with the engine; only where it is all
 * of the text (a headline, a cell of a table) its dictionary form is right in any language.
 */
export function waysFor(
  engine: Engine,
  climb: Climb,
  occurrence: Occurrence,
  context: LadderContext,
): readonly [Way, ...Way[]] {
  const concept = conceptOf(occurrence, context.glossaries)
  const term = concept === undefined ? undefined : preferredTerm(concept, context.target)
  if (term === undefined) return ['plain']
  const { glossary, hints } = engine.capabilities
  const light = LIGHTLY_INFLECTING.has(languageOf(context.target))
  const ours: readonly Way[] = !standsAlone(climb.text.text, occurrence.start, occurrence.end)
    ? []
    : term.inflecting
      ? light
        ? ['in-source', 'mask']
        : isAlone(climb.text.text, occurrence, context)
          ? ['mask']
          : []
      : ['mask', 'in-source']
  if (glossary(context)) return ['glossary', ...ours]
  if (hints === true) return ['hints', ...ours]
  const [first = 'plain', ...rest] = ours
  return [first, ...rest]
}

/**
 * Prepares what an engine is asked.
 * @param levels how high each occurrence stands on its own ladder; null: nothing is done about any
 */
export function prepareAttempt(
  engine: Engine,
  climb: Climb,
  levels: readonly number[] | null,
  maskedCodes: boolean,
  context: LadderContext,
): Attempt {
  const ways = climb.occurrences.map((occurrence, place): Way => {
    const ladder = waysFor(engine, climb, occurrence, context)
    return levels === null ? 'plain' : (ladder[levels[place] ?? 0] ?? ladder[0])
  })
  const replacements = replacementsFor(climb, ways, context)
  const masked = maskText(climb.text.text, replacements, maskedCodes)
  const hinted = climb.occurrences.filter((_, place) => ways[place] === 'hints')
  const hints = hintsFor(climb.text.text, hinted, context.glossaries, context.target)
  const text = {
    text: masked.text,
    codes: maskedCodes ? [] : climb.text.codes,
    ...(hints.length === 0 ? {} : { hints }),
  }
  const glossaryVersion =
    engine.capabilities.glossary(context) && climb.entries.length > 0
      ? versionOfEntries(climb.entries).slice(0, 32)
      : ''
  const { name, settings } = engine
  return {
    ways,
    levels: levels ?? [],
    label: levels === null ? 'plain' : labelOf(engine, ways, context),
    maskedCodes,
    masked,
    text,
    key: ledgerKey({ ...context, engine: name, settings, glossaryVersion, ...text }),
    placed: replacements.filter((replacement) => replacement.how === 'place').length,
    needsNoEngine: isOnlyMasks(masked),
    isLastResort: levels === null,
  }
}

const BY_EFFORT = ['mask', 'in-source', 'hints', 'glossary'] as const

function labelOf(engine: Engine, ways: readonly Way[], context: LadderContext): Way {
  const highest = BY_EFFORT.find((way) => ways.includes(way))
  return highest ?? (engine.capabilities.glossary(context) ? 'glossary' : 'plain')
}

function replacementsFor(climb: Climb, ways: readonly Way[], context: LadderContext): readonly Replacement[] {
  return climb.occurrences.flatMap((occurrence, place): readonly Replacement[] => {
    const way = ways[place]
    if (way !== 'mask' && way !== 'in-source') return []
    const concept = conceptOf(occurrence, context.glossaries)
    const term = concept === undefined ? undefined : preferredTerm(concept, context.target)
    if (term === undefined) return []
    const { start, end } = occurrence
    const how = way === 'mask' ? 'mask' : 'place'
    const caseFixed = term.caseMode === 'sensitive'
    const target = formFor(climb.text.text.slice(start, end), occurrence.term.text, term.text, context)
    return [{ start, end, target, how, caseFixed, occurrence: place }]
  })
}

/** The target term in the number that the source has, where that is certain. */
function formFor(stands: string, sourceTerm: string, target: string, context: LadderContext): string {
  if (!isPlural(stands, sourceTerm, languageOf(context.source))) return target
  return pluralOf(target, languageOf(context.target)) ?? target
}

/**
 * The next question for a segment, each at most once per engine; null when the ladder ends.
 * Each occurrence whose concept failed climbs one step of its own ladder, the others stay; codes that failed are
 * masked; a segment without any usable answer is asked plainly at last, even at the price of its codes.
 * @param asked what was asked so far, the latest last
 */
export function nextAttempt(
  engine: Engine,
  climb: Climb,
  asked: readonly Attempt[],
  latest: Candidate,
  best: Candidate | null,
  context: LadderContext,
): Attempt | null {
  const previous = asked.at(-1)
  if (previous === undefined || previous.isLastResort) return null
  const tried = new Set(asked.map((attempt) => attempt.key))
  const maskedCodes =
    previous.maskedCodes || (latest.codes !== 'intact' && codesIn(climb.text.text).length > 0)
  const failed = failedOccurrences(climb, previous, latest)
  for (let levels = previous.levels; ; ) {
    const higher = levels.map((level, place) => {
      const occurrence = climb.occurrences[place]
      if (occurrence === undefined || !failed.has(place)) return level
      return Math.min(level + 1, waysFor(engine, climb, occurrence, context).length - 1)
    })
    const isEnd = higher.every((level, place) => level === levels[place])
    const attempt = prepareAttempt(engine, climb, isEnd ? previous.levels : higher, maskedCodes, context)
    if (!tried.has(attempt.key)) return attempt
    if (isEnd) break
    levels = higher
  }
  if (best !== null) return null
  const plain = prepareAttempt(engine, climb, null, false, context)
  return tried.has(plain.key) ? null : plain
}

/** Places of the occurrences that have to be tried another way. */
function failedOccurrences(climb: Climb, attempt: Attempt, latest: Candidate): ReadonlySet<number> {
  const concepts = new Set(latest.verdicts.filter(isFailure).map(({ conceptId }) => conceptId))
  const lost = new Set(latest.lostOccurrences)
  return new Set(
    climb.occurrences.flatMap(({ conceptId }, place) => {
      // A mask that came twice, or that nobody sent, makes every mask of the sentence doubtful.
      const doubtful = !latest.usable && attempt.ways[place] === 'mask'
      return doubtful || lost.has(place) || concepts.has(conceptId) ? [place] : []
    }),
  )
}

/** Is there nothing else to the text, and the term in the singular? */
function isAlone(text: string, { start, end, term }: Occurrence, context: LadderContext): boolean {
  const others = text.slice(0, start) + text.slice(end)
  return !hasWords(others) && !isPlural(text.slice(start, end), term.text, languageOf(context.source))
}

/** Is it neither cut by codes nor part of a longer word? Only then may something else stand there. */
function standsAlone(text: string, start: number, end: number): boolean {
  for (let offset = start; offset < end; offset++) if (codeIndexAt(text, offset) !== -1) return false
  return (
    !/[\p{L}\p{M}\p{N}]$/u.test(text.slice(Math.max(0, start - 2), start)) &&
    !/^[\p{L}\p{M}\p{N}]/u.test(text.slice(end, end + 2))
  )
}
