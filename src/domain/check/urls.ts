import type { Finding } from '../finding.ts'
import { type Check, hideCodes } from './check.ts'

/**
 * `urls-differ`: an address (web or mail) of the source is not in the target, or the target has another one.
 * Addresses inside codes are not text and can not be changed.
 */
export const checkUrls: Check = ({ source, target }) => {
  const expected = addressesIn(source)
  const found = addressesIn(target)
  const findings: Finding[] = []
  const missing = [...expected.keys()].filter((address) => !found.has(address))
  for (const address of missing) {
    findings.push({
      check: 'urls-differ',
      severity: 'warning',
      message: `The address ${shorten(address)} of the source is missing.`,
    })
  }
  for (const [address, { start, end }] of found) {
    if (expected.has(address)) continue
    findings.push({
      check: 'urls-differ',
      severity: 'warning',
      message: `The address ${shorten(address)} is not in the source.`,
      start,
      end,
    })
  }
  return findings
}

/** Web and mail addresses in running text. The repeats are bounded so that hostile text stays cheap. */
export const URLS =
  /(?:https?:\/\/|www\.)[^\s<>"«»“”„\ufffc]{1,2000}|(?<![\p{L}\p{N}._%+-])[\w.%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu

function addressesIn(text: string): ReadonlyMap<string, { readonly start: number; readonly end: number }> {
  const addresses = new Map<string, { start: number; end: number }>()
  for (const match of hideCodes(text).matchAll(URLS)) {
    const address = trimAddress(match[0])
    addresses.set(address.toLowerCase(), { start: match.index, end: match.index + address.length })
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
