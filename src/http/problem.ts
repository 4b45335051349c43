import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { DomainError, describePlace, type ErrorCode } from '../domain/errors.ts'

/** RFC 9457. The only place where an error becomes a status. */
const STATUS: Readonly<Record<ErrorCode, ContentfulStatusCode>> = {
  'invalid-input': 400,
  'unsupported-format': 415,
  'too-large': 413,
  'unknown-locale': 400,
  'same-locale': 400,
  'not-found': 404,
  unauthorized: 401,
  forbidden: 403,
  conflict: 409,
  'precondition-failed': 412,
  'precondition-required': 428,
  blocked: 409,
  'not-ready': 409,
  gone: 410,
  'engine-rate-limited': 503,
  'engine-quota': 503,
  'engine-unavailable': 503,
  'engine-bad-answer': 502,
  'engine-refused': 502,
  misconfigured: 500,
}

const TITLE: Readonly<Record<ErrorCode, string>> = {
  'invalid-input': 'The input cannot be read',
  'unsupported-format': 'The format is not supported',
  'too-large': 'It is too large',
  'unknown-locale': 'Unknown locale',
  'same-locale': 'Source and target are the same locale',
  'not-found': 'Not found',
  unauthorized: 'Sign in first',
  forbidden: 'Not allowed',
  conflict: 'It does not fit what stands now',
  'precondition-failed': 'Somebody was faster',
  'precondition-required': 'Say which version you saw',
  blocked: 'Findings stand against it',
  'not-ready': 'Not ready yet',
  gone: 'Withdrawn',
  'engine-rate-limited': 'The engine is busy',
  'engine-quota': 'The engine has no quota left',
  'engine-unavailable': 'The engine cannot be reached',
  'engine-bad-answer': 'The engine answered nonsense',
  'engine-refused': 'The engine refuses',
  misconfigured: 'Wrong configuration',
}

/** What Hono's own middleware refuses. */
const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  403: 'forbidden',
  404: 'not-found',
  413: 'too-large',
  415: 'unsupported-format',
}

export type ProblemLog = (error: unknown, status: number) => void

/** Hono's `onError`: what we said ourselves is told; anything else is logged and told as “our fault”. */
export function problemHandler(log: ProblemLog) {
  return (error: unknown, c: Context): Response => {
    if (error instanceof DomainError) {
      const status = STATUS[error.code]
      if (status >= 500) log(error, status)
      return problem(c, status, TITLE[error.code], detailOf(error), error.code, {
        ...error.extra,
        ...(error.place === undefined ? {} : { place: error.place }),
      })
    }
    if (error instanceof HTTPException) {
      const code = CODE_OF_STATUS[error.status] ?? 'invalid-input'
      const detail = error.message === '' ? TITLE[code] : error.message
      return problem(c, error.status, TITLE[code], detail, code, {})
    }
    if (isUnstorableText(error)) {
      const detail = 'a text holds a NUL character or damaged characters: take them out'
      return problem(c, 400, TITLE['invalid-input'], detail, 'invalid-input', {})
    }
    // Nobody is left to read it; and whoever breaks off must not fill the log with faults of ours.
    if (isBrokenOff(error))
      return problem(c, 400, TITLE['invalid-input'], 'it ended too early', 'invalid-input', {})
    log(error, 500)
    return problem(
      c,
      500,
      'Something failed on our side',
      'It is in the log; nothing was lost.',
      'internal',
      {},
    )
  }
}

/**
 * PostgreSQL keeps neither NUL characters (22021, and 22P05 in JSON) nor halves of surrogate pairs. Most are refused
 * before (`json-texts.ts`); these came in a form or a file.
 */
function isUnstorableText(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '22021' || error.code === '22P05')
}

/** Node’s error for a request whose connection ended before its body did. */
function isBrokenOff(error: unknown): boolean {
  return (
    error instanceof Error && error.message === 'aborted' && 'code' in error && error.code === 'ECONNRESET'
  )
}

/** One sentence for whoever asked, where the answer has begun already. */
export function describeProblem(error: unknown): { readonly code: string; readonly detail: string } {
  if (error instanceof DomainError) return { code: error.code, detail: detailOf(error) }
  return { code: 'internal', detail: 'Something failed on our side; it is in the log.' }
}

export function problem(
  c: Context,
  status: ContentfulStatusCode,
  title: string,
  detail: string,
  code: string,
  extra: Readonly<Record<string, unknown>>,
): Response {
  const body = { ...extra, type: `urn:talmach:problem:${code}`, title, status, detail, code }
  return c.body(JSON.stringify(body), status, {
    'Content-Type': 'application/problem+json; charset=utf-8',
    // Some statuses may be cached unless that is said (RFC 9110, 15.1): “gone” would outlive its end.
    'Cache-Control': 'no-store',
    ...(status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
  })
}

function detailOf(error: DomainError): string {
  const place = describePlace(error.place)
  return place === '' ? error.message : `${place}: ${error.message}`
}
