import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import type { HttpEnv } from './context.ts'

export type Content = {
  readonly bytes: Uint8Array | string
  /** Hex SHA-256 of the bytes, where it is known. */
  readonly sha256?: string
  readonly lastModified: Date
  readonly type: string
  /** Never changes at this address. */
  readonly immutable?: boolean
  /** Shared caches may keep it. */
  readonly isPublic: boolean
  readonly headers?: Readonly<Record<string, string>>
}

const YEAR = 31_536_000

/**
 * Answers with what was asked for, or that it has not changed (RFC 9110, 13), or a part of it (14). Its tag is strong:
 * the SHA-256 of the bytes.
 */
export function answerWith(c: Context<HttpEnv>, content: Content): Response {
  const bytes = typeof content.bytes === 'string' ? new TextEncoder().encode(content.bytes) : content.bytes
  const etag = `"${content.sha256 ?? createHash('sha256').update(bytes).digest('hex')}"`
  const scope = content.isPublic ? 'public' : 'private'
  const headers: Record<string, string> = {
    ETag: etag,
    'Last-Modified': content.lastModified.toUTCString(),
    'Cache-Control': content.immutable ? `${scope}, max-age=${YEAR}, immutable` : `${scope}, no-cache`,
    Vary: content.isPublic ? 'Accept' : 'Accept, Authorization, Cookie',
    'Accept-Ranges': 'bytes',
    ...content.headers,
  }
  if (isUnchanged(c, etag, content.lastModified)) return c.body(null, 304, headers)
  headers['Content-Type'] = content.type
  const range = rangeOf(c, etag, content.lastModified, bytes.length)
  if (range === 'impossible') {
    return c.body(null, 416, { ...headers, 'Content-Range': `bytes */${bytes.length}` })
  }
  if (range === undefined) {
    return c.body(new Uint8Array(bytes), 200, { ...headers, 'Content-Length': String(bytes.length) })
  }
  const part = new Uint8Array(bytes.subarray(range.start, range.end + 1))
  return c.body(part, 206, {
    ...headers,
    'Content-Range': `bytes ${range.start}-${range.end}/${bytes.length}`,
    'Content-Length': String(part.length),
  })
}

function isUnchanged(c: Context<HttpEnv>, etag: string, lastModified: Date): boolean {
  const known = c.req.header('if-none-match')
  if (known !== undefined) {
    return known.trim() === '*' || known.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
  }
  const since = Date.parse(c.req.header('if-modified-since') ?? '')
  // HTTP dates have whole seconds.
  return Number.isFinite(since) && Math.floor(lastModified.getTime() / 1000) * 1000 <= since
}

type Range = { readonly start: number; readonly end: number }

/** One range of bytes, as a download goes on with; several at once are answered with the whole. */
function rangeOf(
  c: Context<HttpEnv>,
  etag: string,
  lastModified: Date,
  length: number,
): Range | 'impossible' | undefined {
  const header = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(c.req.header('range')?.trim() ?? '')
  const condition = c.req.header('if-range')
  if (
    header === null ||
    (condition !== undefined && condition !== etag && condition !== lastModified.toUTCString())
  )
    return undefined
  const [, first = '', last = ''] = header
  if (first === '' && last === '') return undefined
  if (first === '') {
    const count = Math.min(Number(last), length)
    return count === 0 ? 'impossible' : { start: length - count, end: length - 1 }
  }
  const start = Number(first)
  const end = last === '' ? length - 1 : Math.min(Number(last), length - 1)
  if (last !== '' && Number(last) < start) return undefined
  return start >= length ? 'impossible' : { start, end }
}
