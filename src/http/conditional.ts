import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import type { HttpEnv } from './context.ts'
import { chooseEncoding, encode } from './encoding.ts'

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
  /** Request headers that decide what this is, besides `Accept`. */
  readonly vary?: readonly string[]
  readonly headers?: Readonly<Record<string, string>>
}

const YEAR = 31_536_000

/**
 * Answers with what was asked for, or that it has not changed (RFC 9110, 13), or a part of it (14). Its tag is strong:
 * the SHA-256 of the bytes, with `-br` or `-gzip` behind it where they are sent compressed, for those are other bytes.
 * Parts are parts of the bytes as they are: whoever asks for one gets no compression.
 */
export async function answerWith(c: Context<HttpEnv>, content: Content): Promise<Response> {
  const { lastModified } = content
  const bytes = typeof content.bytes === 'string' ? new TextEncoder().encode(content.bytes) : content.bytes
  const sha256 = content.sha256 ?? createHash('sha256').update(bytes).digest('hex')
  const ranged = c.req.header('range') !== undefined
  const encoding = ranged
    ? undefined
    : chooseEncoding(c.req.header('accept-encoding'), content.type, bytes.length)
  const etag = encoding === undefined ? `"${sha256}"` : `"${sha256}-${encoding}"`
  const scope = content.isPublic ? 'public' : 'private'
  const vary = ['Accept', 'Accept-Encoding', ...(content.vary ?? [])]
  const headers: Record<string, string> = {
    ETag: etag,
    'Last-Modified': lastModified.toUTCString(),
    'Cache-Control': content.immutable ? `${scope}, max-age=${YEAR}, immutable` : `${scope}, no-cache`,
    Vary: (content.isPublic ? vary : [...vary, 'Authorization', 'Cookie']).join(', '),
    'Accept-Ranges': 'bytes',
    ...content.headers,
  }
  if (isUnchanged(c, etag, lastModified)) {
    if (!ranged) c.set('shelved', { body: undefined, etag })
    return c.body(null, 304, headers)
  }
  headers['Content-Type'] = content.type
  const range = rangeOf(c, etag, lastModified, bytes.length)
  if (range === 'impossible') {
    return c.body(null, 416, { ...headers, 'Content-Range': `bytes */${bytes.length}` })
  }
  if (range !== undefined) {
    const part = new Uint8Array(bytes.subarray(range.start, range.end + 1))
    return c.body(part, 206, {
      ...headers,
      'Content-Range': `bytes ${range.start}-${range.end}/${bytes.length}`,
      'Content-Length': String(part.length),
    })
  }
  if (encoding !== undefined) headers['Content-Encoding'] = encoding
  const body = new Uint8Array(encoding === undefined ? bytes : await encode(bytes, encoding))
  headers['Content-Length'] = String(body.length)
  // For `shelf.ts`; a part is no answer to anybody else.
  if (!ranged) c.set('shelved', { body, etag })
  return c.body(body, 200, headers)
}

function isUnchanged(c: Context<HttpEnv>, etag: string, lastModified: Date): boolean {
  const known = c.req.header('if-none-match')
  if (known !== undefined) return matchesTag(known, etag)
  const since = Date.parse(c.req.header('if-modified-since') ?? '')
  // HTTP dates have whole seconds.
  return Number.isFinite(since) && Math.floor(lastModified.getTime() / 1000) * 1000 <= since
}

/** `If-None-Match` against a tag: the weak comparison (RFC 9110, 13.1.2). */
export function matchesTag(known: string, etag: string): boolean {
  return known.trim() === '*' || known.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
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
  const condition = c.req.header('if-range')?.trim()
  if (header === null || (condition !== undefined && !isSame(condition, etag, lastModified))) return undefined
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

/**
 * `If-Range` (RFC 9110, 13.1.5): the strong comparison of tags. A date counts only when it is exactly the last change and
 * that is more than a second ago (8.8.2.2): within a second something else may have stood here.
 */
function isSame(condition: string, etag: string, lastModified: Date): boolean {
  if (condition === etag) return true
  return condition === lastModified.toUTCString() && Date.now() - lastModified.getTime() > 2000
}
