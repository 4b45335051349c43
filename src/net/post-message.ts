import http from 'node:http'
import https from 'node:https'
import { type AddressLookup, parseWebAddress, pinnedLookup, resolvePublic } from './safe-address.ts'
import { unlessAborted } from './unless-aborted.ts'

export type PostOptions = {
  /** Also private addresses and other ports than 80 and 443. */
  readonly allowPrivate: boolean
  /** For everything; 15,000 by default. */
  readonly timeoutMs?: number
  /** Who is asked for the addresses of a name; the system by default. */
  readonly lookup?: AddressLookup
}

/**
 * Posts JSON to an address that somebody gave. It is resolved once, checked, and connected to as it was checked;
 * redirects are not followed, and of the answer only the status is read.
 *
 * @returns the status, and how many seconds the receiver asked to wait
 * @throws DomainError `invalid-input` for an address that is refused; Error when there is no answer
 */
export async function postMessage(
  address: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  options: PostOptions,
): Promise<{ readonly status: number; readonly retryAfter: number | undefined }> {
  const rules = { allowPrivate: options.allowPrivate }
  const url = parseWebAddress(address, rules)
  const signal = AbortSignal.timeout(options.timeoutMs ?? 15_000)
  const addresses = await unlessAborted(resolvePublic(url, rules, options.lookup), signal)
  const lookup = pinnedLookup(addresses)
  const { request } = url.protocol === 'https:' ? https : http
  return await new Promise((resolve, reject) => {
    const length = String(Buffer.byteLength(body))
    const outgoing = request(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'content-length': length },
      ...{ lookup, agent: false, signal },
    })
    outgoing.once('response', (response) => {
      const seconds = Number(response.headers['retry-after'])
      const retryAfter = Number.isFinite(seconds) && seconds > 0 ? seconds : undefined
      resolve({ status: response.statusCode ?? 0, retryAfter })
      response.on('error', () => {})
      response.destroy()
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
