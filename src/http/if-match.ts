import type { Context } from 'hono'
import { DomainError } from '../domain/errors.ts'
import type { HttpEnv } from './context.ts'

/** The version that the person saw. @throws DomainError `precondition-required` */
export function readIfMatch(c: Context<HttpEnv>): number {
  const match = /^(?:W\/)?"?(\d{1,9})"?$/.exec(c.req.header('if-match') ?? '')
  if (match?.[1] !== undefined) return Number.parseInt(match[1], 10)
  throw new DomainError('precondition-required', 'send If-Match with the version you saw, "0" for none')
}
