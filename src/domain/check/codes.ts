import { codeIndexAt } from '../document.ts'
import type { Finding } from '../finding.ts'
import type { Check, CheckInput } from './check.ts'

/**
 * `codes-missing`, `codes-extra`, `codes-order`: every inline code of the source stands in the target exactly once,
 * and pairs are nested as mark-up must be. Anything else breaks the document.
 */
export const checkCodes: Check = (input) => {
  const expected = placesOf(input.source)
  const found = placesOf(input.target)
  if (expected.length === 0 && found.length === 0) return []
  const counted = countFindings(input, expected, found)
  return counted.length > 0 ? counted : orderFindings(input, expected, found)
}

type CodePlace = { readonly index: number; readonly offset: number }

function placesOf(text: string): readonly CodePlace[] {
  const places: CodePlace[] = []
  for (let offset = 0; offset < text.length; offset++) {
    const index = codeIndexAt(text, offset)
    if (index !== -1) places.push({ index, offset })
  }
  return places
}

function countFindings(
  input: CheckInput,
  expected: readonly CodePlace[],
  found: readonly CodePlace[],
): readonly Finding[] {
  const left = new Map<number, number>()
  for (const { index } of expected) left.set(index, (left.get(index) ?? 0) + 1)
  const extra: Finding[] = []
  for (const { index, offset } of found) {
    const rest = left.get(index) ?? 0
    left.set(index, rest - 1)
    if (rest > 0) continue
    extra.push({
      check: 'codes-extra',
      severity: 'error',
      message: `The code ${labelOf(input, index)} stands here once too often. Remove it.`,
      start: offset,
      end: offset + 1,
    })
  }
  const missing = [...left].filter(([, count]) => count > 0).map(([index]) => labelOf(input, index))
  if (missing.length === 0) return extra
  const message =
    missing.length === 1
      ? `The code ${missing[0]} of the source is missing. Put it where it belongs.`
      : `Codes of the source are missing: ${missing.slice(0, 8).join(' ')}${missing.length > 8 ? ' …' : ''}. Put them where they belong.`
  return [{ check: 'codes-missing', severity: 'error', message }, ...extra]
}

function orderFindings(
  input: CheckInput,
  expected: readonly CodePlace[],
  found: readonly CodePlace[],
): readonly Finding[] {
  const wrong = firstMisnested(input, found)
  if (wrong === undefined || firstMisnested(input, expected) !== undefined) return []
  return [
    {
      check: 'codes-order',
      severity: 'error',
      message: `The code ${labelOf(input, wrong.index)} closes or opens out of order. Codes must enclose each other.`,
      start: wrong.offset,
      end: wrong.offset + 1,
    },
  ]
}

/** The first code that is not nested. A code whose partner is in another segment encloses nothing here. */
function firstMisnested(input: CheckInput, places: readonly CodePlace[]): CodePlace | undefined {
  const here = new Set(places.map(({ index }) => index))
  const open: number[] = []
  for (const place of places) {
    const code = input.sourceCodes[place.index]
    if (code === undefined || code.kind === 'single' || code.pair === null || !here.has(code.pair)) continue
    if (code.kind === 'open') open.push(place.index)
    else if (open.pop() !== code.pair) return place
  }
  return undefined
}

function labelOf(input: CheckInput, index: number): string {
  const label = input.sourceCodes[index]?.label ?? ''
  return `‹${label === '' ? String(index + 1) : label}›`
}
