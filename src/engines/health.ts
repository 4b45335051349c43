import { setTimeout } from 'node:timers/promises'
import { DomainError, type ErrorCode } from '../domain/errors.ts'

/** An engine that is left alone for a while, and why. */
export type EnginePause = {
  readonly engine: string
  readonly reason: ErrorCode
  /** A sentence for people. */
  readonly message: string
  /** Milliseconds since the epoch. */
  readonly until: number
}

export type EngineHealth = {
  /** The pause that holds now, if any. */
  readonly pauseOf: (engine: string) => EnginePause | undefined
  /** Leaves an engine alone after an error; repeated errors without a success between them double the time. */
  readonly pause: (engine: string, error: DomainError) => EnginePause
  /** The engine answered: the next pause is short again. */
  readonly succeeded: (engine: string) => void
  /** Milliseconds until a pause ends, at least 0. */
  readonly remaining: (pause: EnginePause) => number
  /** Resolves after so many milliseconds; throws the signal's reason when it is aborted before. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

/** First pause by reason, in milliseconds, where the engine did not name one itself. */
const FIRST_PAUSE: Partial<Record<ErrorCode, number>> = {
  'engine-rate-limited': 2_000,
  'engine-unavailable': 15_000,
  'engine-bad-answer': 30_000,
  'engine-refused': 600_000,
  'engine-quota': 3_600_000,
}
const LONGEST_PAUSE = 3_600_000

/**
 * Keeps in memory which engines are to be left alone. One for a process.
 * @param options `now` is the clock, in milliseconds since the epoch; `onPause` is told each pause once;
 * `sleep` replaces the timer where no time shall pass
 */
export function createEngineHealth(options: {
  readonly now: () => number
  readonly onPause?: (pause: EnginePause) => void
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>
}): EngineHealth {
  const pauses = new Map<string, EnginePause>()
  const strikes = new Map<string, number>()
  return {
    pauseOf(engine) {
      const pause = pauses.get(engine)
      return pause !== undefined && pause.until > options.now() ? pause : undefined
    },
    pause(engine, error) {
      const strike = strikes.get(engine) ?? 0
      strikes.set(engine, strike + 1)
      const first = error.retryAfterMs ?? FIRST_PAUSE[error.code] ?? 60_000
      const length = Math.min(first * 2 ** Math.min(strike, 10), LONGEST_PAUSE)
      const until = options.now() + length
      const pause = { engine, reason: error.code, message: error.message, until }
      pauses.set(engine, pause)
      options.onPause?.(pause)
      return pause
    },
    succeeded(engine) {
      strikes.delete(engine)
      pauses.delete(engine)
    },
    remaining: (pause) => Math.max(0, pause.until - options.now()),
    wait: options.sleep ?? sleepFor,
  }
}

/** The error that tells a caller to come back when a pause ends. */
export function errorOfPause(pause: EnginePause, health: EngineHealth): DomainError {
  return new DomainError(pause.reason, pause.message, { retryAfterMs: health.remaining(pause) })
}

/** May the engine be back soon, so that waiting is better than giving up? */
export function isTemporary(code: ErrorCode): boolean {
  return code === 'engine-rate-limited' || code === 'engine-unavailable' || code === 'engine-bad-answer'
}

async function sleepFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(milliseconds, undefined, { signal })
  } catch (error) {
    signal.throwIfAborted()
    throw error
  }
}
