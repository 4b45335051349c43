import { codeIndexAt, codesIn } from '../domain/document.ts'
import { languageOf } from '../domain/locale.ts'
import type { Glossary, Occurrence, Verdict } from '../domain/term.ts'
import type { TermIndex } from '../domain/term-index.ts'
import { conceptOf } from '../domain/term-lookup.ts'
import { judgeTerms } from '../domain/term-verdict.ts'
import { type CodesGrade, gradeCodes, withoutStrayCodes } from './code-grade.ts'
import type { Engine, EngineText, GlossaryEntry, LocalePair } from './engine.ts'
import { preferredTerm, versionOfEntries } from './glossary-entries.ts'
import { ledgerKey } from './ledger.ts'
import { isOnlyMasks, type MaskedText, maskText, type Replacement, restoreText } from './mask.ts'

/**
 * What is done to the terms of a segment before an engine sees it, in the order of the ladder: the engine's own
 * glossary; invariant terms masked (and, without a glossary, the others placed in the source); all terms placed
 * in the source; all terms masked. The last two touch inflecting terms only where the target language hardly
 * inflects. `plain` does nothing.
 */
export type Rung = 'glossary' | 'mask' | 'in-source' | 'mask-all' | 'plain'

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
}

/** One question to an engine. */
export type Attempt = {
  readonly rung: Rung
  readonly maskedCodes: boolean
  readonly masked: MaskedText
  /** What goes out. */
  readonly text: EngineText
  readonly key: string
  /** Terms that were put into the source because the target language allows it. */
  readonly placed: number
  /** Nothing but masks: the answer is the text itself. */
  readonly needsNoEngine: boolean
}

/** One answer, restored and judged. */
export type Candidate = {
  readonly text: string
  readonly verdicts: readonly Verdict[]
  readonly codes: CodesGrade
  /** False when a mask came back twice or an unknown one appeared: such a text is never used. */
  readonly usable: boolean
  readonly lostMasks: number
}

/**
 * Target languages whose nouns hardly inflect, so that a term's base form may be put into a sentence. In
 * every other language (ru, be, uk, de, pl among them) only invariant terms are placed.
 */
const LIGHTLY_INFLECTING = new Set('ca en es fr gl id it ja ko ms nl oc pt th vi zh'.split(' '))

/** Rungs in order for an engine and a pair. `plain` is the last resort where no other answer is usable. */
export function rungsOf(engine: Engine, pair: LocalePair): readonly Rung[] {
  const rungs = ['mask', 'in-source', 'mask-all'] as const
  return engine.capabilities.glossary(pair) ? ['glossary', ...rungs] : rungs
}

/** Prepares what an engine is asked on a rung. */
export function prepareAttempt(
  engine: Engine,
  climb: Climb,
  rung: Rung,
  maskedCodes: boolean,
  context: LadderContext,
): Attempt {
  const takesGlossary = engine.capabilities.glossary(context)
  const replacements = replacementsFor(climb, rung, takesGlossary, context)
  const masked = maskText(climb.text.text, replacements, maskedCodes)
  const text = { text: masked.text, codes: maskedCodes ? [] : climb.text.codes }
  const glossaryVersion =
    takesGlossary && climb.entries.length > 0 ? versionOfEntries(climb.entries).slice(0, 32) : ''
  const { name, settings } = engine
  return {
    rung,
    maskedCodes,
    masked,
    text,
    key: ledgerKey({ ...context, engine: name, settings, glossaryVersion, ...text }),
    placed: replacements.filter((replacement) => replacement.how === 'place').length,
    needsNoEngine: isOnlyMasks(masked),
  }
}

function replacementsFor(
  climb: Climb,
  rung: Rung,
  takesGlossary: boolean,
  context: LadderContext,
): readonly Replacement[] {
  if (rung === 'glossary' || rung === 'plain') return []
  const light = LIGHTLY_INFLECTING.has(languageOf(context.target))
  const replacements: Replacement[] = []
  let from = 0
  for (const occurrence of climb.occurrences) {
    const { start, end } = occurrence
    const concept = conceptOf(occurrence, context.glossaries)
    const term = concept === undefined ? undefined : preferredTerm(concept, context.target)
    if (term === undefined || start < from || !standsAlone(climb.text.text, start, end)) continue
    if (term.inflecting && !light) continue
    const mask = rung === 'mask-all' || (rung === 'mask' && !term.inflecting)
    // After an engine's own glossary, inflecting terms get one more try by it.
    if (!mask && rung === 'mask' && takesGlossary) continue
    const caseFixed = term.caseMode === 'sensitive'
    replacements.push({ start, end, target: term.text, how: mask ? 'mask' : 'place', caseFixed })
    from = end
  }
  return replacements
}

/** Restores an engine's answer and judges it: masks, then terms, then codes. */
export function judgeAnswer(
  answer: string,
  climb: Climb,
  attempt: Attempt,
  context: LadderContext,
): Candidate {
  const source = climb.text.text
  const restored = restoreText(answer, attempt.masked)
  const codes = gradeCodes(source, restored.text, climb.text.codes)
  const text = codes === 'broken' ? withoutStrayCodes(source, restored.text) : restored.text
  const verdicts =
    climb.occurrences.length === 0
      ? []
      : judgeTerms({
          source,
          target: text,
          occurrences: climb.occurrences,
          glossaries: context.glossaries,
          sourceLocale: context.source,
          targetLocale: context.target,
          targetIndex: context.targetIndex,
        })
  return { text, verdicts, codes, usable: restored.doubled === 0, lostMasks: restored.lost }
}

/**
 * The next question for a segment, each at most once per engine; null when the ladder ends.
 * Terms that failed climb to the next rung; codes that failed are masked; a segment without any usable
 * answer is asked plainly at last, even at the price of its codes.
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
  if (previous === undefined) return null
  const tried = new Set(asked.map((attempt) => attempt.key))
  const isNew = (attempt: Attempt) => !tried.has(attempt.key)
  const prepare = (rung: Rung, maskedCodes: boolean) =>
    prepareAttempt(engine, climb, rung, maskedCodes, context)
  const maskedCodes =
    previous.maskedCodes || (latest.codes !== 'intact' && codesIn(climb.text.text).length > 0)
  const rungs = rungsOf(engine, context)
  if (previous.rung === 'plain') return null
  const higher = termsFailed(latest) ? rungs.slice(rungs.indexOf(previous.rung) + 1) : []
  for (const rung of [...higher, previous.rung]) {
    const attempt = prepare(rung, maskedCodes)
    if (isNew(attempt)) return attempt
  }
  if (best !== null) return null
  const plain = prepare('plain', false)
  return isNew(plain) ? plain : null
}

function termsFailed(candidate: Candidate): boolean {
  return !candidate.usable || candidate.lostMasks > 0 || candidate.verdicts.some(isFailure)
}

function isFailure(verdict: Verdict): boolean {
  return verdict.status === 'missing' || verdict.status === 'forbidden'
}

/** The better of two answers: fewer failures of hard terms, more terms right, codes kept; the earlier on a tie. */
export function betterOf(best: Candidate | null, next: Candidate): Candidate | null {
  if (!next.usable) return best
  if (best === null) return next
  const [one, other] = [scoreOf(best), scoreOf(next)]
  for (const [place, score] of one.entries()) {
    const difference = (other[place] ?? 0) - score
    if (difference !== 0) return difference > 0 ? next : best
  }
  return best
}

function scoreOf(candidate: Candidate): readonly number[] {
  const count = (test: (verdict: Verdict) => boolean) => candidate.verdicts.filter(test).length
  return [
    -count((verdict) => verdict.hard && isFailure(verdict)),
    -count(isFailure),
    count((verdict) => verdict.status === 'ok'),
    candidate.codes === 'broken' ? 0 : 1,
    -candidate.lostMasks,
    candidate.codes === 'intact' ? 1 : 0,
  ]
}

/** One line on what a rung did, for the history of the segment. */
export function describeRung(engine: string, attempt: Attempt, candidate: Candidate): string {
  const masks = attempt.masked.slots.filter((slot) => slot.kind === 'term').length
  const counts = new Map<string, number>()
  for (const { status } of candidate.verdicts) counts.set(status, (counts.get(status) ?? 0) + 1)
  const facts = [
    masks > 0 ? `${masks} masked` : '',
    candidate.lostMasks > 0 ? `${candidate.lostMasks} lost` : '',
    candidate.usable ? '' : 'masks came back wrong',
    attempt.placed > 0 ? `${attempt.placed} placed in the source` : '',
    attempt.maskedCodes && attempt.masked.slots.length > masks ? 'codes masked' : '',
    candidate.codes === 'intact' ? '' : `codes ${candidate.codes}`,
    ...[...counts].map(([status, count]) => `${count} ${status}`),
  ].filter((fact) => fact !== '')
  return `${engine} ${attempt.rung}: ${facts.length === 0 ? 'no terms' : facts.join(', ')}`
}

/** Is it neither cut by codes nor part of a longer word? Only then may something else stand there. */
function standsAlone(text: string, start: number, end: number): boolean {
  for (let offset = start; offset < end; offset++) if (codeIndexAt(text, offset) !== -1) return false
  return (
    !/[\p{L}\p{M}\p{N}]$/u.test(text.slice(Math.max(0, start - 2), start)) &&
    !/^[\p{L}\p{M}\p{N}]/u.test(text.slice(end, end + 2))
  )
}
