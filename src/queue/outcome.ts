import { DomainError } from '../domain/errors.ts'

/** What a worker does about an error. */
export type Outcome =
  /** Trying again cannot help: the row says why, people decide. */
  | { readonly kind: 'permanent' }
  /** Not a failure: come back later. */
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'retry' }

export function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof DomainError)) return { kind: 'retry' }
  switch (error.code) {
    case 'engine-rate-limited':
      return { kind: 'wait', ms: error.retryAfterMs ?? 10_000 }
    case 'engine-quota':
      return { kind: 'wait', ms: error.retryAfterMs ?? 15 * 60_000 }
    case 'not-ready':
      return { kind: 'wait', ms: error.retryAfterMs ?? 2_000 }
    case 'engine-unavailable':
    case 'engine-bad-answer':
    case 'conflict':
    case 'precondition-failed':
      return { kind: 'retry' }
    case 'invalid-input':
    case 'unsupported-format':
    case 'too-large':
    case 'unknown-locale':
    case 'same-locale':
    case 'not-found':
    case 'gone':
    case 'unauthorized':
    case 'forbidden':
    case 'precondition-required':
    case 'blocked':
    case 'engine-refused':
    case 'misconfigured':
      return { kind: 'permanent' }
  }
}

/** A sentence for the row that people read; never a stack, never text of a document. */
export function sayWhy(error: unknown): string {
  if (error instanceof DomainError) return error.message
  return 'something failed on our side; it is in the log'
}
