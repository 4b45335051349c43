import type { DomainError } from '../domain/errors.ts'
import { packTexts } from './batch.ts'
import { betterOf, type Candidate, isFailure, judgeAnswer } from './candidate.ts'
import type { Engine, TermHint } from './engine.ts'
import type { ClimbInput, Traveller } from './engine-climb.ts'
import { limitsFor, openDesk, type Question } from './engine-desk.ts'
import type { Attempt, Climb, LadderContext, Way } from './ladder.ts'
import { findAll, ledgerKey } from './ledger.ts'
import { hintsFor } from './term-hints.ts'
import { describeAnswer } from './trail.ts'

export type RepairOutcome = { readonly requests: number; readonly problem?: DomainError }

/** Has the best answer lost a term, so that a model should be asked to mend it? */
export function needsRepair({ best }: Traveller): boolean {
  return best?.verdicts.some(isFailure) ?? false
}

/**
 * The last rung but the flag: a language model gets a finished sentence that has lost terms, with their lemmas and
 * features, and gives it back mended. Its answer counts only if it is better by the same verification as every
 * answer, keeps the sentence's numbers and codes, and is still the same sentence; otherwise the flagged one stays.
 */
export async function repairTravellers(
  repairer: Engine,
  travellers: readonly Traveller[],
  input: Pick<ClimbInput, 'context' | 'ledger' | 'health' | 'signal' | 'onUsage'>,
): Promise<RepairOutcome> {
  const { context, health, ledger } = input
  const desk = openDesk({ ...input, engine: repairer, entries: [], neededEntries: [], hasSuccessor: false })
  const questions = travellers.flatMap((traveller): Question[] =>
    traveller.best === null
      ? []
      : [
          {
            attempt: repairAttempt(repairer, traveller.climb, traveller.best.text, context),
            travellers: [traveller],
          },
        ],
  )
  const known = await findAll(
    ledger,
    questions.map(({ attempt }) => attempt.key),
  )
  const open: Question[] = []
  for (const question of questions) {
    const entry = known.get(question.attempt.key)
    if (entry === undefined) open.push(question)
    else take(repairer, question, entry.targetText, context)
  }
  const sizes = open.map(({ attempt }) => repairer.bytesOf(attempt.text, context))
  const packing = packTexts(sizes, limitsFor(repairer, open))
  const say = (question: Question | undefined, what: string) => {
    for (const { rungs } of question?.travellers ?? []) rungs.push(`${repairer.name} repair: ${what}`)
  }
  for (const index of packing.tooLarge) say(open[index], 'too large for one request')
  for (const [place, batch] of packing.batches.entries()) {
    const result = await desk.ask(batch.flatMap((index) => open[index] ?? []))
    for (const { question, text } of result.answers) take(repairer, question, text, context)
    for (const question of result.failed) say(question, 'unusable answer')
    if (result.problem !== undefined) {
      health.pause(repairer.name, result.problem)
      for (const index of packing.batches.slice(place + 1).flat()) {
        say(open[index], `stopped (${result.problem.code})`)
      }
      return { requests: desk.requests(), problem: result.problem }
    }
  }
  return { requests: desk.requests() }
}

function repairAttempt(repairer: Engine, climb: Climb, draft: string, context: LadderContext): Attempt {
  const { text: source, codes } = climb.text
  const hints = hintsFor(source, climb.occurrences, context.glossaries, context.target)
  const text = { text: source, codes, hints, draft }
  const { name, settings } = repairer
  return {
    ways: climb.occurrences.map((): Way => 'repair'),
    levels: [],
    label: 'repair',
    maskedCodes: false,
    masked: { text: source, slots: [] },
    text,
    key: ledgerKey({ ...context, engine: name, settings, glossaryVersion: '', ...text }),
    placed: 0,
    needsNoEngine: false,
    isLastResort: false,
  }
}

function take(
  repairer: Engine,
  { attempt, travellers }: Question,
  answer: string,
  context: LadderContext,
): void {
  for (const traveller of travellers) {
    const draft = traveller.best
    if (draft === null) continue
    const candidate = judgeAnswer(answer, traveller.climb, attempt, context)
    const answered = { engine: repairer.name, attempt, candidate }
    traveller.answered.push(answered)
    const objection = objectionTo(candidate, draft, attempt.text.hints ?? [])
    traveller.rungs.push(`${describeAnswer(answered)}${objection === null ? '' : `, refused: ${objection}`}`)
    if (objection !== null) continue
    traveller.best = candidate
    traveller.repairedBy = repairer.name
  }
}

const CODES_WORTH = { broken: 0, moved: 1, intact: 2 } as const

/** Why a mended sentence is not taken; null when it is. */
function objectionTo(mended: Candidate, draft: Candidate, hints: readonly TermHint[]): string | null {
  if (betterOf(draft, mended) !== mended) return 'no better'
  if (CODES_WORTH[mended.codes] < CODES_WORTH[draft.codes]) return 'codes lost'
  if (!keepsNumbers(mended.text, draft.text, hints)) return 'numbers changed'
  return isSameSentence(mended.text, draft.text) ? null : 'another sentence'
}

/** All numbers of the draft are there, and what is new belongs to a term (Decree No. 3). */
function keepsNumbers(mended: string, draft: string, hints: readonly TermHint[]): boolean {
  const left = [...numbersIn(mended)]
  for (const number of numbersIn(draft)) {
    const place = left.indexOf(number)
    if (place === -1) return false
    left.splice(place, 1)
  }
  const ofTerms = new Set(hints.flatMap(({ lemma, alsoRight }) => numbersIn([lemma, ...alsoRight].join(' '))))
  return left.every((number) => ofTerms.has(number))
}

function numbersIn(text: string): readonly string[] {
  return text.match(/\d+/g) ?? []
}

/** At least half of the longer words of the draft stand in the mended sentence, and it is not much longer. */
function isSameSentence(mended: string, draft: string): boolean {
  if (mended.length > draft.length * 2 + 80) return false
  const there = new Set(stemsIn(mended))
  const wanted = stemsIn(draft)
  const kept = wanted.filter((stem) => there.has(stem)).length
  return kept * 2 >= wanted.length
}

/** First letters of words: agreement may change their ends. */
function stemsIn(text: string): readonly string[] {
  return (text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []).map((word) => word.slice(0, 4))
}
