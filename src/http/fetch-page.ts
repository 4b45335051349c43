import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { DomainError } from '../domain/errors.ts'
import { type AddressLookup, parseWebAddress, pinnedLookup, resolvePublic } from '../net/safe-address.ts'
import { unlessAborted } from '../net/unless-aborted.ts'
import { readPageBody } from './page-body.ts'

export type FetchPageOptions = {
  /** Also private addresses and other ports: of all hosts, or of these. Never true for an address from outside. */
  readonly allowPrivate?: boolean | ReadonlySet<string>
  /** Of the page, both as sent and unpacked; 5 MiB by default. */
  readonly maxBytes?: number
  /** For everything, redirects included; 20,000 by default. A connection gets at most half of it. */
  readonly timeoutMs?: number
  /** 5 by default. */
  readonly maxRedirects?: number
  /** Instead of the system's name resolution. It is asked once for each address that is opened. */
  readonly lookup?: AddressLookup
  /** Certificate authorities (PEM) in place of those that Node knows and of NODE_EXTRA_CA_CERTS. */
  readonly ca?: string
}

export type FetchedPage = {
  /** Where the page was found in the end, without the fragment. */
  readonly url: string
  /** Unpacked. */
  readonly bytes: Uint8Array
  /** Lower case, without parameters: `text/html`. */
  readonly contentType: string
  /** The `charset` parameter of the media type, as sent. */
  readonly charset?: string
}

const MEDIA_TYPES = new Set([
  'text/html',
  'application/xhtml+xml',
  'text/markdown',
  'text/x-markdown',
  'text/plain',
])
const REDIRECTS = new Set([301, 302, 303, 307, 308])
const HEADERS = {
  'user-agent': 'Talmach/0.1 (+translation desk)',
  accept: 'text/html, application/xhtml+xml, text/markdown, text/plain;q=0.8',
  'accept-encoding': 'gzip, br',
}

/**
 * A page of the public web: HTML, Markdown or plain text. Names are resolved here, every address is checked
 * (`isPublicAddress`) and the connection goes to exactly the checked ones; each redirect is checked the same
 * way, and none leads from https to http. Sends no cookies and no referrer.
 *
 * @param url absolute http or https address
 * @throws DomainError `invalid-input` for an address that is refused, a server that does not answer in time
 * or not with a page; `unsupported-format` for other media types; `too-large`
 */
export async function fetchPage(url: string, options: FetchPageOptions = {}): Promise<FetchedPage> {
  const rules = { allowPrivate: options.allowPrivate ?? false }
  const limits = {
    maxBytes: options.maxBytes ?? 5 * 1024 * 1024,
    timeoutMs: options.timeoutMs ?? 20_000,
    maxRedirects: options.maxRedirects ?? 5,
  }
  const signal = AbortSignal.timeout(limits.timeoutMs)
  let target = parseWebAddress(url, rules)
  try {
    for (let redirects = 0; ; redirects++) {
      const addresses = await unlessAborted(resolvePublic(target, rules, options.lookup), signal)
      const response = await open(target, {
        lookup: pinnedLookup(addresses),
        connectMs: limits.timeoutMs / 2,
        signal,
        ca: options.ca,
      })
      try {
        const location = redirectOf(response)
        if (location === undefined) return await readPage(target, response, limits.maxBytes, signal)
        if (redirects >= limits.maxRedirects) {
          throw new DomainError(
            'invalid-input',
            `the page redirects more than ${limits.maxRedirects} times; give the address it ends at`,
          )
        }
        target = follow(target, parseWebAddress(location, rules, target))
      } finally {
        response.destroy()
      }
    }
  } catch (error) {
    if (error instanceof DomainError) throw error
    if (signal.aborted || error instanceof ConnectionTimeout) {
      throw failed(target, `did not answer within ${Math.ceil(limits.timeoutMs / 1000)} seconds`)
    }
    // Without the cause, which names the address that was connected to.
    const certificate = certificateFault(error)
    if (certificate !== undefined) throw failed(target, certificate)
    throw failed(target, 'could not be read: the connection failed')
  }
}

class ConnectionTimeout extends Error {}

/** Where a redirect may lead. What was asked for over https is not read where anybody on the way can change it. */
function follow(from: URL, to: URL): URL {
  if (from.protocol !== 'https:' || to.protocol !== 'http:') return to
  throw new DomainError(
    'invalid-input',
    `${from.hostname} leads on to an address without encryption (http://); if you trust it, give that address itself`,
  )
}

/** @see https://nodejs.org/docs/latest-v24.x/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE_FAULTS: ReadonlyMap<string, string> = new Map([
  ['CERT_HAS_EXPIRED', 'its certificate has expired'],
  ['CERT_NOT_YET_VALID', 'its certificate is not valid yet'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is for another name'],
  ['CERT_REVOKED', 'its certificate was revoked'],
  ...[
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'CERT_UNTRUSTED',
    'INVALID_CA',
  ].map((code) => [code, 'its certificate is from nobody this server trusts'] as const),
])

function certificateFault(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const fault = CERTIFICATE_FAULTS.get(code)
  return fault === undefined ? undefined : `cannot be read safely: ${fault}`
}

type Connecting = {
  readonly lookup: ReturnType<typeof pinnedLookup>
  readonly connectMs: number
  readonly signal: AbortSignal
  readonly ca: string | undefined
}

async function open(url: URL, { lookup, connectMs, signal, ca }: Connecting): Promise<IncomingMessage> {
  const { request } = url.protocol === 'https:' ? https : http
  return await new Promise((resolve, reject) => {
    // A connection of its own: a pooled one may go to an address that was checked for somebody else.
    const trust = ca === undefined ? {} : { ca }
    const outgoing = request(url, { method: 'GET', headers: HEADERS, lookup, agent: false, signal, ...trust })
    const timer = setTimeout(() => outgoing.destroy(new ConnectionTimeout('no connection')), connectMs)
    outgoing.once('socket', (socket) => {
      const ready = url.protocol === 'https:' ? 'secureConnect' : 'connect'
      socket.once(ready, () => clearTimeout(timer))
    })
    outgoing.once('close', () => clearTimeout(timer))
    outgoing.once('response', resolve)
    outgoing.on('error', reject)
    outgoing.end()
  })
}

async function readPage(
  url: URL,
  response: IncomingMessage,
  maxBytes: number,
  signal: AbortSignal,
): Promise<FetchedPage> {
  const status = response.statusCode ?? 0
  if (status !== 200) throw failed(url, `answered with status ${status} instead of a page`)
  const { contentType, charset } = parseMediaType(response.headers['content-type'] ?? '')
  if (!MEDIA_TYPES.has(contentType)) {
    const what = contentType === '' ? 'something without a media type' : contentType.slice(0, 60)
    throw new DomainError(
      'unsupported-format',
      `${url.hostname} sent ${what}; only HTML, Markdown and plain text are read from the web`,
    )
  }
  const bytes = await unlessAborted(readPageBody(response, maxBytes, signal), signal)
  return { url: url.href, bytes, contentType, ...(charset === undefined ? {} : { charset }) }
}

/** Where a redirect goes; undefined for an answer that is none. */
function redirectOf(response: IncomingMessage): string | undefined {
  return REDIRECTS.has(response.statusCode ?? 0) ? response.headers.location : undefined
}

function parseMediaType(header: string): { contentType: string; charset: string | undefined } {
  const [type = '', ...parameters] = header.slice(0, 400).split(';')
  const charset = parameters
    .map((parameter) => /^\s*charset\s*=\s*"?([^\s"]+)"?\s*$/i.exec(parameter)?.[1])
    .find((value) => value !== undefined)
  return { contentType: type.trim().toLowerCase(), charset }
}

function failed(url: URL, what: string): DomainError {
  return new DomainError(
    'invalid-input',
    `${url.hostname} ${what}; try again later, or save the page in the browser and upload the file`,
  )
}
