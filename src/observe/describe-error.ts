import { DomainError } from '../domain/errors.ts'

/**
 * An error for the log: a message of ours names no text of a document; a foreign one may (a parser quotes what it
 * cannot read, a database the value that it refuses), so of those only the name, the code and the stack's frames.
 */
export function describeError(error: unknown): string {
  if (error instanceof DomainError) return `${error.code}: ${error.message}`
  if (!(error instanceof Error)) return `a thrown ${typeof error}`
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code.slice(0, 40)}` : ''
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  return `${error.name}${code} ${frames
    .slice(0, 6)
    .map((line) => line.trim())
    .join(' ')}`
}
