/**
 * The one error type of the project. `code` is a closed union: HTTP maps it to a status, workers to
 * "give up", "wait" or "try again", the command line to an exit code (see `http/problem.ts`,
 * `queue/outcome.ts`, `cli/exit.ts`).
 */
export type ErrorCode =
  | 'invalid-input' // the caller's data is wrong; `place` says where
  | 'unsupported-format'
  | 'too-large'
  | 'unknown-locale'
  | 'same-locale'
  | 'not-found'
  | 'unauthorized'
  | 'forbidden'
  | 'conflict' // a version, or a state that does not allow it
  | 'precondition-failed' // If-Match named an old version
  | 'precondition-required' // If-Match is missing
  | 'blocked' // findings forbid it
  | 'not-ready' // it will exist, but not yet
  | 'gone' // it was published and has been withdrawn
  | 'engine-rate-limited' // wait `retryAfterMs`
  | 'engine-quota' // this engine has no quota left
  | 'engine-unavailable' // time-out, 5xx, connection refused
  | 'engine-bad-answer' // wrong count, empty text, not the format it promised
  | 'engine-refused' // bad key, unsupported pair: trying again cannot help
  | 'misconfigured'

export type Place = {
  readonly file?: string
  /** 1-based. */
  readonly line?: number
  /** 1-based, in UTF-16 code units. */
  readonly column?: number
  /** Unit or segment id. */
  readonly segment?: string
}

export type ErrorDetails = {
  readonly place?: Place
  readonly cause?: unknown
  readonly retryAfterMs?: number
  /** Machine-readable extras for the caller, JSON values only (becomes extension members of problem+json). */
  readonly extra?: Readonly<Record<string, unknown>>
}

export class DomainError extends Error {
  readonly code: ErrorCode
  readonly place: Place | undefined
  readonly retryAfterMs: number | undefined
  readonly extra: Readonly<Record<string, unknown>> | undefined

  /** @param message one sentence for the person who can mend it, without the place. */
  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'DomainError'
    this.code = code
    this.place = details.place
    this.retryAfterMs = details.retryAfterMs
    this.extra = details.extra
  }
}

/** `file:line:column (segment)` for messages; empty when nothing is known. */
export function describePlace(place: Place | undefined): string {
  if (place === undefined) return ''
  const position = [place.file, place.line, place.line === undefined ? undefined : place.column]
    .filter((part) => part !== undefined)
    .join(':')
  return [position, place.segment === undefined ? '' : `segment ${place.segment}`]
    .filter((part) => part !== '')
    .join(' ')
}
