import { DomainError, describePlace, type ErrorCode } from '../domain/errors.ts'

/** 0 done · 1 failed · 2 wrong use · 3 conflicts or findings that block. */
export const EXIT = { done: 0, failed: 1, wrongUse: 2, blocked: 3 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

const WRONG_USE: ReadonlySet<ErrorCode> = new Set(['unknown-locale', 'same-locale', 'misconfigured'])

/** One line for stderr, without a stack, and the exit code that goes with it. */
export function explainFailure(error: unknown): { readonly line: string; readonly code: ExitCode } {
  if (error instanceof DomainError) {
    const place = describePlace(error.place)
    const code = WRONG_USE.has(error.code)
      ? EXIT.wrongUse
      : error.code === 'blocked'
        ? EXIT.blocked
        : EXIT.failed
    return { line: `talmach: ${place === '' ? '' : `${place}: `}${oneLine(error.message)}`, code }
  }
  const message = error instanceof Error ? error.message : String(error)
  return { line: `talmach: ${oneLine(message)}`, code: EXIT.failed }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
