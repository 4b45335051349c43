import { DomainError } from '../domain/errors.ts'
import { badAnswer, countBilledCharacters } from './answer-errors.ts'
import { joinContexts, type PackingLimits } from './batch.ts'
import type { Engine, EngineAnswer, EngineUsage } from './engine.ts'
import type { ClimbInput, Traveller } from './engine-climb.ts'
import type { Attempt, LadderContext } from './ladder.ts'
import type { LedgerEntry } from './ledger.ts'

/** One text as it goes out, for all travellers that would send the same. */
export type Question = { readonly attempt: Attempt; readonly travellers: readonly Traveller[] }

/** Room for neighbouring text in a request, in bytes on the wire: a quarter of it, this much at most. */
const CONTEXT_BYTES = 16 * 1024
const contextBytes = ({ capabilities }: Engine) =>
  Math.min(CONTEXT_BYTES, Math.floor(capabilities.maxBytes / 4))
/** A rate limit is sat out this often, this long at most, before a worse engine takes over. */
const PATIENCE = { waits: 2, longestMs: 5_000 }

/** Leaves room for neighbouring text where there is some and the engine takes it. */
export function limitsFor(engine: Engine, questions: readonly Question[]): PackingLimits {
  const { maxTexts, maxBytes, context } = engine.capabilities
  const hasContext =
    context && questions.some(({ travellers }) => travellers.some(({ around }) => around !== undefined))
  return { maxTexts, maxBytes, fillBytes: hasContext ? maxBytes - contextBytes(engine) : maxBytes }
}

type Received = {
  readonly question: Question
  readonly text: string
  readonly unknownWords: readonly string[]
  /** The text has terms, and the engine could not use its glossary for them. */
  readonly glossaryRefused: boolean
}
export type AskResult = {
  readonly answers: readonly Received[]
  readonly failed: readonly Question[]
  readonly problem?: DomainError
}

/** What the desk has to know of a climb. */
export type DeskInput = Pick<
  ClimbInput,
  | 'engine'
  | 'context'
  | 'entries'
  | 'neededEntries'
  | 'ledger'
  | 'health'
  | 'signal'
  | 'hasSuccessor'
  | 'onUsage'
>

/** The place where requests go out and answers are written down before anyone reads them. */
export function openDesk(input: DeskInput) {
  const { engine, context, health, ledger, signal } = input
  let [requests, waits, succeeded] = [0, 0, false]

  /** One request, waiting out short rate limits where only a worse engine could go on. */
  async function request(batch: readonly Question[]): Promise<EngineAnswer> {
    const texts = batch.map(({ attempt }) => attempt.text)
    const glossary = batch.some(({ travellers }) => travellers.some(({ climb }) => climb.entries.length > 0))
    const size = texts.reduce((sum, text) => sum + engine.bytesOf(text, context), 0)
    const around = engine.capabilities.context
      ? joinContexts(
          batch.flatMap(({ travellers }) => travellers.map((traveller) => traveller.around)),
          Math.min(contextBytes(engine), engine.capabilities.maxBytes - size),
          (text) => engine.bytesOf({ text, codes: [] }, context),
        )
      : undefined
    for (;;) {
      const usage: EngineUsage[] = []
      try {
        requests++
        return await engine.translate({
          source: context.source,
          target: context.target,
          texts,
          glossary: glossary ? input.entries : [],
          termBase: context.termBase,
          neededGlossary: input.neededEntries,
          signal,
          onUsage: (one) => usage.push(one),
          ...(around === undefined ? {} : { context: around }),
        })
      } catch (error) {
        const pause = error instanceof DomainError ? (error.retryAfterMs ?? 1_000) : 0
        const isPatient = input.hasSuccessor && waits < PATIENCE.waits && pause <= PATIENCE.longestMs
        if (!isPatient || !(error instanceof DomainError) || error.code !== 'engine-rate-limited') throw error
        waits++
        await health.wait(pause, signal)
      } finally {
        for (const one of usage) {
          input.onUsage(engine.name, one)
          await ledger.charge?.({ ...one, engine: engine.name, targetLocale: context.target })
        }
      }
    }
  }

  /** Sends and keeps; undefined when the answer was unusable. */
  async function tryBatch(batch: readonly Question[]): Promise<readonly Received[] | undefined> {
    let answer: EngineAnswer
    try {
      answer = await request(batch)
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof DomainError && error.code === 'engine-bad-answer') return undefined
      throw error
    } finally {
      for (const traveller of batch.flatMap(({ travellers }) => travellers)) traveller.sent = true
    }
    const received = batch.map(
      (question, place): Received => ({
        question,
        text: answer.texts[place] ?? '',
        unknownWords: answer.unknownWords?.[place] ?? [],
        glossaryRefused:
          engine.capabilities.glossary(context) &&
          !answer.glossaryApplied &&
          question.travellers.some(({ climb }) => climb.entries.length > 0),
      }),
    )
    await ledger.keep(received.map((one) => entryOf(one, engine, context)))
    for (const { question } of received) bill(question, engine)
    health.succeeded(engine.name)
    succeeded = true
    waits = 0
    return received
  }

  /**
   * Halves a batch whose answer was unusable: where one half is good the fault is in the other, which is
   * halved again; where both are bad the engine is at fault.
   */
  async function askHalves(batch: readonly Question[]): Promise<AskResult> {
    if (batch.length === 1) {
      const again = await tryBatch(batch)
      if (again !== undefined) return { answers: again, failed: [] }
      return { answers: [], failed: batch, ...(succeeded ? {} : { problem: systemic(engine) }) }
    }
    const middle = Math.ceil(batch.length / 2)
    const halves = [batch.slice(0, middle), batch.slice(middle)]
    const answers: Received[] = []
    const bad: (readonly Question[])[] = []
    try {
      for (const half of halves) {
        const received = await tryBatch(half)
        if (received === undefined) bad.push(half)
        else answers.push(...received)
      }
      if (bad.length === 2) return { answers, failed: batch, problem: systemic(engine) }
      const rest = bad[0] === undefined ? { answers: [], failed: [] } : await askHalves(bad[0])
      return { ...rest, answers: [...answers, ...rest.answers] }
    } catch (error) {
      const there = new Set(answers.map(({ question }) => question))
      return { answers, failed: batch.filter((one) => !there.has(one)), problem: engineError(error, signal) }
    }
  }

  async function ask(batch: readonly Question[]): Promise<AskResult> {
    try {
      const answers = await tryBatch(batch)
      return answers === undefined ? await askHalves(batch) : { answers, failed: [] }
    } catch (error) {
      return { answers: [], failed: batch, problem: engineError(error, signal) }
    }
  }

  return { ask, requests: () => requests }
}

function systemic(engine: Engine): DomainError {
  return badAnswer(engine.name, 'several requests in a row were answered wrongly')
}

/** Errors of the engine end its climb; everything else is not ours to handle. */
function engineError(error: unknown, signal: AbortSignal): DomainError {
  signal.throwIfAborted()
  if (error instanceof DomainError && error.code.startsWith('engine-')) return error
  throw error
}

function entryOf(
  { question, text, unknownWords }: Received,
  engine: Engine,
  context: LadderContext,
): LedgerEntry {
  return {
    key: question.attempt.key,
    engine: engine.name,
    settings: engine.settings,
    sourceLocale: context.source,
    targetLocale: context.target,
    sourceText: question.attempt.text.text,
    targetText: text,
    billedCharacters: billedFor(question, engine),
    unknownWords,
  }
}

function billedFor(question: Question, engine: Engine): number {
  return engine.capabilities.billed ? countBilledCharacters(question.attempt.text.text) : 0
}

function bill(question: Question, engine: Engine): void {
  const first = question.travellers[0]
  if (first !== undefined) first.billedCharacters += billedFor(question, engine)
}
