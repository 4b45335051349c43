import { lookup as systemLookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { DomainError } from '../domain/errors.ts'

/** An IP address in its textual form and its version. */
export type Address = { readonly address: string; readonly family: number }

/** Resolves a host name to all its addresses, as `dns.promises.lookup(host, { all: true })` does. */
export type AddressLookup = (hostname: string) => Promise<readonly Address[]>

export type AddressRules = {
  /**
   * Lets through private addresses and other ports than 80 and 443, for tests and closed networks: of every
   * host, or only of these (as `URL.hostname` writes them).
   */
  readonly allowPrivate: boolean | ReadonlySet<string>
}

function isPrivateAllowed({ allowPrivate }: AddressRules, host: string): boolean {
  return typeof allowPrivate === 'boolean' ? allowPrivate : allowPrivate.has(host)
}

const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Whether an address is an ordinary public one. Private, loopback, link-local, carrier-grade NAT, multicast,
 * reserved, and every IPv6 form that carries an IPv4 address (mapped, compatible, NAT64, 6to4, Teredo) are not.
 * Source: the IANA special-purpose address registries, as `ipaddr.js` lists them; of IPv6 only 2000::/3.
 *
 * @param address textual IP address
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_IPV6)
}

/**
 * A web address that may be asked for: http or https, without user name and password, on port 80 or 443.
 * Unusual spellings of an IP address (`2130706433`, `0x7f.1`, `017700000001`) come out in the usual one.
 *
 * @param base what a relative address is relative to
 * @throws DomainError `invalid-input`
 */
export function parseWebAddress(text: string, rules: AddressRules, base?: URL): URL {
  if (text.length > MAX_URL_LENGTH) {
    throw new DomainError('invalid-input', `the address has more than ${MAX_URL_LENGTH} characters`)
  }
  const url = URL.parse(text, base?.href)
  if (url === null) throw refused(text, 'is not a web address')
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refused(text, 'begins with neither http:// nor https://')
  }
  if (url.username !== '' || url.password !== '') {
    // The address itself is not repeated: it holds a password.
    throw new DomainError(
      'invalid-input',
      'the address holds a user name or password; give one that anybody may open',
    )
  }
  if (url.port !== '' && url.port !== '80' && url.port !== '443' && !isPrivateAllowed(rules, url.hostname)) {
    throw refused(text, `asks for port ${url.port}; only the usual web ports 80 and 443 are read`)
  }
  url.hash = ''
  return url
}

/**
 * The addresses to connect to, each of them checked. Resolve once and connect to exactly these
 * (`pinnedLookup`): a name that is asked again may answer differently (DNS rebinding).
 *
 * @throws DomainError `invalid-input`, in the same words for a name without an address as for one with a
 * private address, so that the names of an internal network cannot be guessed
 */
export async function resolvePublic(
  url: URL,
  rules: AddressRules,
  lookup: AddressLookup = lookupAll,
): Promise<readonly Address[]> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const family = isIP(host)
  const addresses = family === 0 ? await lookUp(host, lookup) : [{ address: host, family }]
  const allowed = isPrivateAllowed(rules, url.hostname)
  const usable = addresses.every(({ address }) => allowed || isPublicAddress(address))
  if (addresses.length > 0 && usable) return addresses
  throw notPublic(url)
}

/** A `lookup` for `node:http` that knows only these addresses and never asks a name server. */
export function pinnedLookup(addresses: readonly Address[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses
    if (first === undefined) callback(new Error('no address'), '', 0)
    else if (options.all === true) callback(null, [...addresses])
    else callback(null, first.address, first.family)
  }
}

async function lookUp(host: string, lookup: AddressLookup): Promise<readonly Address[]> {
  try {
    const found = await lookup(host)
    // Only what is an IP address: a socket would resolve anything else by itself.
    return found.flatMap(({ address }) => {
      const family = isIP(address)
      return family === 0 ? [] : [{ address, family }]
    })
  } catch {
    return []
  }
}

async function lookupAll(hostname: string): Promise<readonly Address[]> {
  return await systemLookup(hostname, { all: true, order: 'verbatim' })
}

const MAX_URL_LENGTH = 2048

function notPublic(url: URL): DomainError {
  return new DomainError(
    'invalid-input',
    `“${url.hostname.slice(0, 100)}” is not a website that can be reached from the public internet; check the address`,
  )
}

function refused(text: string, why: string): DomainError {
  return new DomainError('invalid-input', `“${text.slice(0, 100)}” ${why}`)
}
