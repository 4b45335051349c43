import type { z } from '@hono/zod-openapi'
import { Problem } from './schemas.ts'

/** Pieces of OpenAPI descriptions. */
export function json<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

const problemJson = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
})

export const errorResponses = {
  400: problemJson('the request is wrong; `place` says where'),
  401: problemJson('sign in first'),
  403: problemJson('your role does not allow it'),
  404: problemJson('no such thing'),
  409: problemJson('it does not fit what stands now'),
  410: problemJson('it was published and has been withdrawn'),
  412: problemJson('somebody was faster'),
  413: problemJson('too large'),
  415: problemJson('a format we do not read'),
  428: problemJson('`If-Match` is missing'),
} as const

/** `Content-Disposition` with an ASCII fall-back and the real name (RFC 6266, RFC 8187); a name is never a path. */
export function attachment(name: string): string {
  const safe = name.toWellFormed().replace(UNSAFE_IN_NAMES, '').replace(/[/\\]/g, '_')
  const ascii = safe.replace(/[^\w.() -]/g, '_')
  const exact = encodeURIComponent(safe).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${exact}`
}

/** Control characters, and those that turn the order of letters round so that “gpj.exe” reads as “exe.jpg”. */
export const UNSAFE_IN_NAMES = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
