import type { DomainError } from '../domain/errors.ts'
import { packTexts } from './batch.ts'
import { betterOf, type Candidate, judgeAnswer } from './candidate.ts'
import type { Engine, EngineUsage, GlossaryEntry } from './engine.ts'
import { type AskResult, limitsFor, openDesk, type Question } from './engine-desk.ts'
import { type EngineHealth, isTemporary } from './health.ts'
import { type Attempt, type Climb, type LadderContext, nextAttempt, prepareAttempt } from './ladder.ts'
import { findAll, type Ledger } from './ledger.ts'
import { type Answered, describeAnswer } from './trail.ts'

/** A text on its way through engines and rungs; changed in place by the climb that has it. */
export type Traveller = {
  readonly ids: string[]
  readonly climb: Climb
  readonly around: string | undefined
  asked: Attempt[]
  best: Candidate | null
  /** All answers of all engines, with their questions. */
  readonly answered: Answered[]
  /** The engine that mended the best answer, if one did. */
  repairedBy: string | null
  readonly rungs: string[]
  unknownWords: readonly string[]
  /** Something went out on the wire for it in this run. */
  sent: boolean
  billedCharacters: number
}

export type ClimbInput = {
  readonly engine: Engine
  readonly travellers: readonly Traveller[]
  readonly context: LadderContext
  /** The engine's own glossary for the pair. */
  readonly entries: readonly GlossaryEntry[]
  /** Those of them that the travellers need. */
  readonly neededEntries: readonly GlossaryEntry[]
  /** Told what requests cost beside their characters. */
  readonly onUsage: (engine: string, usage: EngineUsage) => void
  readonly ledger: Ledger
  readonly health: EngineHealth
  readonly signal: AbortSignal
  /** Another engine can go on with the pair. */
  readonly hasSuccessor: boolean
  /** There will be no other run: give the best there is. */
  readonly finalAttempt: boolean
  /** Takes travellers whose result is final. */
  readonly settle: (done: readonly Traveller[]) => Promise<void>
}

export type ClimbOutcome = {
  /** Travellers without a final result. */
  readonly left: readonly Traveller[]
  readonly requests: number
  /** Why the engine was paused, if it was. */
  readonly problem?: DomainError
}

/**
 * Leads texts up one engine's ladder, wave by wave: all first questions in batches, then what must be asked
 * again on the next rung, until every text is settled, given up by this engine, or the engine is paused.
 */
export async function climbEngine(input: ClimbInput): Promise<ClimbOutcome> {
  const { engine, context, health } = input
  const left: Traveller[] = []
  let done: Traveller[] = []
  let nextWave: [Traveller, Attempt][] = []
  const desk = openDesk(input)

  const settle = async () => {
    const settled = done
    done = []
    if (settled.length > 0) await input.settle(settled)
  }
  const giveUp = (traveller: Traveller, reason: string) => {
    traveller.rungs.push(`${engine.name}: ${reason}`)
    const list = traveller.best === null ? left : done
    list.push(traveller)
  }
  const receive = ({ attempt, travellers }: Question, answer: string, unknownWords: readonly string[]) => {
    for (const traveller of travellers) {
      const candidate = judgeAnswer(answer, traveller.climb, attempt, context)
      const answered = { engine: engine.name, attempt, candidate }
      traveller.asked.push(attempt)
      traveller.answered.push(answered)
      traveller.rungs.push(describeAnswer(answered))
      const best = betterOf(traveller.best, candidate)
      if (best === candidate) traveller.unknownWords = unknownWords
      traveller.best = best
      const next = nextAttempt(engine, traveller.climb, traveller.asked, candidate, best, context)
      if (next !== null) nextWave.push([traveller, next])
      else if (best === null) left.push(traveller)
      else done.push(traveller)
    }
  }
  /** The engine stops: what has no answer waits for another engine, or for this one to come back. */
  const stop = async (problem: DomainError, unasked: readonly Traveller[]): Promise<ClimbOutcome> => {
    const keepBest = input.hasSuccessor || input.finalAttempt || !isTemporary(problem.code)
    for (const traveller of [...unasked, ...nextWave.map(([waiting]) => waiting)]) {
      if (traveller.best === null) left.push(traveller)
      else if (keepBest) giveUp(traveller, `stopped (${problem.code})`)
      else left.push(traveller)
    }
    health.pause(engine.name, problem)
    await settle()
    return { left, requests: desk.requests(), problem }
  }

  let wave = input.travellers.map((traveller): [Traveller, Attempt] => {
    traveller.asked = []
    const maskedCodes = !engine.capabilities.tags(context)
    const lowest = traveller.climb.occurrences.map(() => 0)
    return [traveller, prepareAttempt(engine, traveller.climb, lowest, maskedCodes, context)]
  })
  while (wave.length > 0) {
    nextWave = []
    const open: Question[] = []
    const questions = group(wave)
    const keys = questions.filter(({ attempt }) => !attempt.needsNoEngine).map(({ attempt }) => attempt.key)
    const known = await findAll(input.ledger, keys)
    for (const question of questions) {
      const entry = known.get(question.attempt.key)
      if (question.attempt.needsNoEngine) receive(question, question.attempt.text.text, [])
      else if (entry !== undefined) receive(question, entry.targetText, entry.unknownWords)
      else open.push(question)
    }
    await settle()
    const sizes = open.map(({ attempt }) => engine.bytesOf(attempt.text, context))
    const packing = packTexts(sizes, limitsFor(engine, open))
    for (const index of packing.tooLarge) {
      for (const traveller of open[index]?.travellers ?? []) giveUp(traveller, 'too large for one request')
    }
    const batches = packing.batches.map((batch) => batch.flatMap((index) => open[index] ?? []))
    let asking = askNext(desk, batches, 0)
    for (const place of batches.keys()) {
      const result = await asking
      if (result === undefined) break
      // What was received is in the ledger: while it is judged and stored, the next batch is on its way.
      if (result.problem === undefined) asking = askNext(desk, batches, place + 1)
      for (const { question, text, unknownWords, glossaryRefused } of result.answers) {
        if (glossaryRefused) {
          for (const { rungs } of question.travellers) rungs.push(`${engine.name}: no glossary can be used`)
        }
        receive(question, text, unknownWords)
      }
      if (result.problem !== undefined) {
        const unasked = [...result.failed, ...batches.slice(place + 1).flat()]
        return await stop(
          result.problem,
          unasked.flatMap(({ travellers }) => travellers),
        )
      }
      for (const { travellers } of result.failed) {
        for (const traveller of travellers) giveUp(traveller, 'unusable answer')
      }
      await settle()
    }
    await settle()
    wave = nextWave
  }
  return { left, requests: desk.requests() }
}

/** One batch is on the wire at a time. If nobody comes to hear of its failure, that is no failure of the process. */
function askNext(
  desk: ReturnType<typeof openDesk>,
  batches: readonly (readonly Question[])[],
  place: number,
): Promise<AskResult | undefined> {
  const batch = batches[place]
  const asking = batch === undefined ? Promise.resolve(undefined) : desk.ask(batch)
  asking.catch(() => {})
  return asking
}

function group(wave: readonly (readonly [Traveller, Attempt])[]): readonly Question[] {
  const questions = new Map<string, { attempt: Attempt; travellers: Traveller[] }>()
  for (const [traveller, attempt] of wave) {
    const question = questions.get(attempt.key)
    if (question === undefined) questions.set(attempt.key, { attempt, travellers: [traveller] })
    else question.travellers.push(traveller)
  }
  return [...questions.values()]
}
