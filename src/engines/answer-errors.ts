import { DomainError } from '../domain/errors.ts'

/** How long to leave an engine alone that did not say so itself, in milliseconds. */
const RATE_LIMIT_PAUSE = 2_000
const OUTAGE_PAUSE = 15_000
/** Nobody waits longer than this on the word of a header. */
const LONGEST_PAUSE = 3_600_000

/**
 * The DomainError for an HTTP status of a translation service.
 * 429 and 529 → `engine-rate-limited`, other 5xx and 408 → `engine-unavailable`, 456 (and 402) →
 * `engine-quota`, 401 and 403 → `engine-refused`, 413 and other 4xx → `engine-refused`, as the same request
 * would be refused again.
 * @param detail what the service said, already shortened
 * @param retryAfterMs what its Retry-After header asked for
 */
export function errorOfStatus(
  engine: string,
  status: number,
  detail: string,
  retryAfterMs?: number,
): DomainError {
  const said = detail === '' ? `HTTP ${status}` : `HTTP ${status}: ${detail}`
  if (status === 429 || status === 529) {
    return new DomainError('engine-rate-limited', `${engine} asks us to slow down (${said})`, {
      retryAfterMs: Math.min(retryAfterMs ?? RATE_LIMIT_PAUSE, LONGEST_PAUSE),
    })
  }
  if (status >= 500 || status === 408) {
    return new DomainError('engine-unavailable', `${engine} is out of order (${said})`, {
      retryAfterMs: Math.min(retryAfterMs ?? OUTAGE_PAUSE, LONGEST_PAUSE),
    })
  }
  if (status === 456 || status === 402) {
    return new DomainError(
      'engine-quota',
      `${engine} has no characters left in this billing period (${said}); raise the limit or name another engine in TALMACH_MT`,
    )
  }
  if (status === 401 || status === 403) {
    return new DomainError('engine-refused', `${engine} does not accept the key (${said}); check it`)
  }
  return new DomainError('engine-refused', `${engine} refused the request (${said})`, { extra: { status } })
}

/** The error of a connection that failed or broke. */
export function connectionError(engine: string, cause: unknown): DomainError {
  return new DomainError(
    'engine-unavailable',
    `${engine} cannot be reached; check its address and the network`,
    {
      retryAfterMs: OUTAGE_PAUSE,
      cause,
    },
  )
}

/** The error of an engine that has not answered in time. */
export function timeoutError(engine: string, timeoutMs: number): DomainError {
  return new DomainError('engine-unavailable', `${engine} has not answered within ${timeoutMs} ms`, {
    retryAfterMs: OUTAGE_PAUSE,
  })
}

/** The error of an answer that cannot be used. */
export function badAnswer(engine: string, what: string, cause?: unknown): DomainError {
  return new DomainError('engine-bad-answer', `${engine} gave an unusable answer: ${what}`, { cause })
}

/**
 * Checks that an engine kept its promise: as many texts as asked, none empty that had letters or digits.
 * @throws DomainError `engine-bad-answer`
 */
export function requireFullAnswer(
  engine: string,
  asked: readonly string[],
  answered: readonly string[],
): void {
  if (answered.length !== asked.length) {
    throw badAnswer(engine, `${answered.length} texts for ${asked.length}`)
  }
  for (const [index, text] of answered.entries()) {
    if (!hasWords(text) && hasWords(asked[index] ?? '')) throw badAnswer(engine, `text ${index + 1} is empty`)
  }
}

/** Is there anything in it to translate: a letter or a digit in any script? */
export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text)
}

/** Unicode code points of a text without its code characters: what engines bill. */
export function countBilledCharacters(text: string): number {
  let count = 0
  for (const character of text) if (character < '\ue000' || character > '\uf8ff') count++
  return count
}

/** First characters of what a service said, on one line, for a message. */
export function shorten(text: string): string {
  const line = text.slice(0, 400).replace(/\s+/g, ' ').trim()
  return line.length > 160 ? `${line.slice(0, 160)}…` : line
}

/** A Retry-After header (RFC 9110 §10.2.3) in milliseconds; undefined when there is none or it is no number. */
export function parseRetryAfter(value: string | null): number | undefined {
  return value !== null && /^\d{1,9}$/.test(value.trim()) ? Number(value) * 1000 : undefined
}

/**
 * Runs `work` with a time limit of its own under the caller's signal.
 * @param work gets a signal that fires at the limit or with the caller's
 * @throws the caller's abort reason; `engine-unavailable` at the limit; what `work` throws
 */
export async function withTimeout<Result>(
  engine: string,
  timeoutMs: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted()
  const timeout = AbortSignal.timeout(timeoutMs)
  const either = AbortSignal.any([signal, timeout])
  let stop = () => {}
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal.aborted ? signal.reason : timeoutError(engine, timeoutMs))
    either.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([work(either), stopped])
  } catch (error) {
    signal.throwIfAborted()
    if (timeout.aborted) throw timeoutError(engine, timeoutMs)
    throw error
  } finally {
    either.removeEventListener('abort', stop)
  }
}
