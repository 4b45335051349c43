import { say } from '../saying.ts'
import { type Check, type Fault, hideCodes } from './check.ts'

/**
 * `urls-differ`: an address (web or mail) of the source is not in the target, or the target has another one.
 * Addresses inside codes are not text and can not be changed.
 */
export const checkUrls: Check = ({ source, target }) => {
  const expected = addressesIn(source)
  const found = addressesIn(target)
  const findings: Fault[] = []
  const foundFamilies = familiesOf(found.keys())
  const expectedFamilies = familiesOf(expected.keys())
  const missing = [...expected.keys()].filter(
    (address) => !found.has(address) && !foundFamilies.has(familyOf(address)),
  )
  const [only] = missing
  const wanted = missing.length === 1 && only !== undefined ? expected.get(only)?.address : undefined
  const strangers = [...found.keys()].filter(
    (address) => !expected.has(address) && !expectedFamilies.has(familyOf(address)),
  )
  for (const address of missing) {
    findings.push({
      check: 'urls-differ',
      ...say('The address {address} of the source is missing.', { address: shorten(address) }),
    })
  }
  for (const address of strangers) {
    const place = found.get(address)
    if (place === undefined) continue
    const { start, end } = place
    findings.push({
      check: 'urls-differ',
      ...say('The address {address} is not in the source.', { address: shorten(address) }),
      start,
      end,
      ...(wanted !== undefined && strangers.length === 1 ? { fix: { start, end, text: wanted } } : {}),
    })
  }
  return findings
}

type Place = { readonly start: number; readonly end: number; readonly address: string }

/** The same pages in another language: `en.wikipedia.org`, `/en/`. */
function familiesOf(addresses: Iterable<string>): ReadonlySet<string> {
  return new Set([...addresses].filter((address) => LANGUAGE_PART.test(address)).map(familyOf))
}

/** The address without its language; of a Wikipedia page, whose title is translated, only the host. */
function familyOf(address: string): string {
  const host = address.replace(LANGUAGE_PART, '$1*$2')
  return /wikipedia\.org/.test(host) ? host.slice(0, host.indexOf('wikipedia.org')) : host
}

const LANGUAGE_PART = /(:\/\/|\/)[a-z]{2}(\.|\/|$)/

/** Web and mail addresses in running text. The repeats are bounded so that hostile text stays cheap. */
export const URLS =
  /(?:https?:\/\/|www\.)[^\s<>"«»“”„\ufffc]{1,2000}|(?<![\p{L}\p{N}._%+-])[\w.%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu

function addressesIn(text: string): ReadonlyMap<string, Place> {
  const addresses = new Map<string, Place>()
  for (const match of hideCodes(text).matchAll(URLS)) {
    const address = trimAddress(match[0])
    addresses.set(address.toLowerCase(), {
      start: match.index,
      end: match.index + address.length,
      address,
    })
  }
  return addresses
}

/** The punctuation of the sentence behind an address is not part of it; a closing bracket is if it was opened. */
function trimAddress(address: string): string {
  let end = address.length
  let surplus = address.split('(').length - address.split(')').length
  while (end > 0) {
    const last = address.charAt(end - 1)
    if (!/[.,;:!?…)\]}'’*_。、，！？]/.test(last) || (last === ')' && surplus >= 0)) break
    if (last === ')') surplus++
    end--
  }
  return address.slice(0, end)
}

function shorten(address: string): string {
  return address.length > 60 ? `${address.slice(0, 59)}…` : address
}
