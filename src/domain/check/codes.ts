import { codeIndexAt, isDeletable } from '../document.ts'
import { say } from '../saying.ts'
import type { Check, CheckInput, Fault } from './check.ts'

/**
 * `codes-missing`, `codes-extra`, `codes-order`: every inline code of the source stands in the target exactly once,
 * pairs are nested as mark-up must be, and codes that are not reorderable follow each other as in the source.
 * Anything else breaks the document, but for codes that are deletable: those may be left out (an info) and stand
 * twice (a warning), pairs as a whole.
 */
export const checkCodes: Check = (input) => {
  const expected = placesOf(input.source)
  const found = placesOf(input.target)
  if (expected.length === 0 && found.length === 0) return []
  const counted = countFindings(input, expected, found)
  if (counted.some(({ severity }) => severity === 'error')) return counted
  return [...counted, ...orderFindings(input, expected, found)]
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
): readonly Fault[] {
  const left = new Map<number, number>()
  for (const { index } of expected) left.set(index, (left.get(index) ?? 0) + 1)
  const surplus: CodePlace[] = []
  for (const place of found) {
    const rest = left.get(place.index) ?? 0
    left.set(place.index, rest - 1)
    if (rest <= 0) surplus.push(place)
  }
  const free = (index: number): boolean => isFree(input, index, left)
  const extra = surplus.map(({ index, offset }): Fault => {
    return {
      check: 'codes-extra',
      severity: free(index) ? 'warning' : 'error',
      ...say('The code {code} stands here once too often. Remove it.', { code: labelOf(input, index) }),
      start: offset,
      end: offset + 1,
    }
  })
  const absent = [...left].filter(([, count]) => count > 0).map(([index]) => index)
  const missing = absent.filter((index) => !free(index)).map((index) => labelOf(input, index))
  const dropped = absent.filter(free).map((index) => labelOf(input, index))
  if (dropped.length > 0) {
    const said = say('The source has {codes} here, which a translation may leave out.', {
      codes: listed(dropped),
    })
    extra.unshift({ check: 'codes-missing', severity: 'info', ...said })
  }
  if (missing.length === 0) return extra
  const codes = listed(missing)
  const said =
    missing.length === 1
      ? say('The code {codes} of the source is missing. Put it where it belongs.', { codes })
      : say('Codes of the source are missing: {codes}. Put them where they belong.', { codes })
  return [{ check: 'codes-missing', severity: 'error', ...said }, ...extra]
}

const listed = (labels: readonly string[]): string =>
  `${labels.slice(0, 8).join(' ')}${labels.length > 8 ? ' …' : ''}`

/** True for a code that may come less or more often than in the source; of a pair both halves have to agree. */
function isFree(input: CheckInput, index: number, left: ReadonlyMap<number, number>): boolean {
  const code = input.sourceCodes[index]
  if (code === undefined || !isDeletable(code)) return false
  return code.pair === null || left.get(code.pair) === left.get(index)
}

function orderFindings(
  input: CheckInput,
  expected: readonly CodePlace[],
  found: readonly CodePlace[],
): readonly Fault[] {
  const moved = firstMoved(input, expected, found)
  if (moved !== undefined) {
    return [
      {
        check: 'codes-order',
        severity: 'error',
        ...say(
          'The code {code} stands in another order than in the source. A program fills such codes in one after the other.',
          { code: labelOf(input, moved.index) },
        ),
        start: moved.offset,
        end: moved.offset + 1,
      },
    ]
  }
  const wrong = firstMisnested(input, found)
  if (wrong === undefined || firstMisnested(input, expected) !== undefined) return []
  return [
    {
      check: 'codes-order',
      severity: 'error',
      ...say('The code {code} closes or opens out of order. Codes must enclose each other.', {
        code: labelOf(input, wrong.index),
      }),
      start: wrong.offset,
      end: wrong.offset + 1,
    },
  ]
}

/** The first of the codes that are not reorderable that is not where the source has it among them. */
function firstMoved(
  input: CheckInput,
  expected: readonly CodePlace[],
  found: readonly CodePlace[],
): CodePlace | undefined {
  const isFixed = ({ index }: CodePlace): boolean => input.sourceCodes[index]?.reorderable === false
  const order = expected.filter(isFixed)
  return found.filter(isFixed).find(({ index }, at) => order[at]?.index !== index)
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
