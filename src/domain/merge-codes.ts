import { codeCharacter, codeIndexAt, codesIn, type InlineCode, isDeletable } from './document.ts'
import type { Finding } from './finding.ts'
import { type Said, say } from './saying.ts'

/** What comparing the codes of a returned target with those of its segment gives. */
export type CodeComparison = {
  /** The target, with codes put back where that was certain. */
  readonly text: string
  readonly repaired: boolean
  /** Whether the document can be written with this target and stay well-formed. */
  readonly safe: boolean
  readonly findings: readonly Finding[]
}

/**
 * Compares the inline codes of a target with its segment's as inventories.
 *
 * - A code before the source's first or after its last character of text that the target lacks is put back
 *   there, unless it belongs to a pair whose other half is inside the sentence. That is the only repair.
 * - Not safe: a code the segment does not have; half a pair; a pair the wrong way round, or crossing another
 *   while the source's pairs do not cross; a half whose partner is in another sentence missing, doubled or
 *   out of order. Writing these would break mark-up, so such a target is held back.
 * - Safe, but a finding: a whole pair or single code missing (an image, a link, a footnote mark; only an info where
 *   it is deletable) or doubled, and codes that are not reorderable in another order than in the source.
 *
 * @param text with code characters; those from `codes.length` on are codes that the segment does not have
 */
export function compareCodes(source: string, text: string, codes: readonly InlineCode[]): CodeComparison {
  const mended = withEdgeCodes(source, text, codes)
  const present = codesIn(mended)
  const findings = [
    ...strangers(present, codes),
    ...inventory(present, codes),
    ...moved(source, present, codes),
  ]
  const broken = nestingFindings(source, present, codes)
  const safe = broken.length === 0 && present.every((index) => index < codes.length)
  const repaired = mended !== text
  const repair: readonly Finding[] = repaired
    ? [{ check: 'codes-repaired', severity: 'info', ...say('Codes missing at the edge were put back.') }]
    : []
  return { text: mended, repaired, safe, findings: [...findings, ...broken, ...repair] }
}

/** Puts back what is missing of the codes before the source's first and after its last character of text. */
function withEdgeCodes(source: string, text: string, codes: readonly InlineCode[]): string {
  const [lead, tail] = edgesOf(source)
  const outer = new Set([...lead, ...tail])
  const present = new Set(codesIn(text))
  // Half a pair inside the sentence is somewhere, but nobody knows where.
  const certain = (index: number): boolean => {
    const pair = codes[index]?.pair ?? null
    return !present.has(index) && (pair === null || outer.has(pair))
  }
  if (![...outer].some(certain)) return text
  const [first, last] = edgesOf(text)
  const edge = (wanted: readonly number[], had: readonly number[]): string => {
    const strange = had.filter((index) => !wanted.includes(index))
    const ours = wanted.filter((index) => certain(index) || had.includes(index))
    return [...strange, ...ours].map(codeCharacter).join('')
  }
  return edge(lead, first) + text.slice(first.length, text.length - last.length) + edge(tail, last)
}

/** The codes before the first and after the last character of text; all are before where there is no text. */
function edgesOf(text: string): readonly [lead: readonly number[], tail: readonly number[]] {
  let start = 0
  while (start < text.length && codeIndexAt(text, start) !== -1) start++
  let end = text.length
  while (end > start && codeIndexAt(text, end - 1) !== -1) end--
  return [codesIn(text.slice(0, start)), codesIn(text.slice(end))]
}

function strangers(present: readonly number[], codes: readonly InlineCode[]): readonly Finding[] {
  const count = present.filter((index) => index >= codes.length).length
  if (count === 0) return []
  const said =
    count === 1
      ? say('The target has {count} inline code that the source does not have.', { count })
      : say('The target has {count} inline codes that the source does not have.', { count })
  return [finding('codes-unknown', 'error', said)]
}

function inventory(present: readonly number[], codes: readonly InlineCode[]): readonly Finding[] {
  const counts = new Map<number, number>()
  for (const index of present) counts.set(index, (counts.get(index) ?? 0) + 1)
  const labels = (wrong: (count: number) => boolean): string =>
    codes
      .flatMap((code, index) => (wrong(counts.get(index) ?? 0) ? [code.label] : []))
      .slice(0, 10)
      .join(' ')
  const missing = codes.filter((_, index) => !counts.has(index))
  // Whether both halves of a pair are missing is judged with the nesting.
  const severity = missing.every(isDeletable) ? 'info' : 'error'
  const doubled = [...counts].some(([index, count]) => count > 1 && index < codes.length)
  return [
    ...(missing.length > 0
      ? [
          finding(
            'codes-missing',
            severity,
            say('Missing in the target: {codes}', { codes: labels((count) => count === 0) }),
          ),
        ]
      : []),
    ...(doubled
      ? [
          finding(
            'codes-extra',
            'warning',
            say('More than once in the target: {codes}', { codes: labels((count) => count > 1) }),
          ),
        ]
      : []),
  ]
}

/** Codes that are not reorderable, where those that are there do not follow each other as in the source. */
function moved(source: string, present: readonly number[], codes: readonly InlineCode[]): readonly Finding[] {
  const isFixed = (index: number): boolean => codes[index]?.reorderable === false
  const places = new Map(codesIn(source).map((index, place) => [index, place]))
  const order = present.filter(isFixed).map((index) => places.get(index) ?? -1)
  if (order.every((place, at) => place >= (order[at - 1] ?? -1))) return []
  return [
    finding('codes-order', 'error', say('Codes that a program fills in one after the other changed places.')),
  ]
}

/** One finding where the order of the codes cannot be written back; empty where it can. */
function nestingFindings(
  source: string,
  present: readonly number[],
  codes: readonly InlineCode[],
): readonly Finding[] {
  const known = present.filter((index) => index < codes.length)
  const sound =
    halvesInOrder(known, codes) &&
    balanced(known, codes) &&
    (nests(known, codes) || !nests(codesIn(source), codes))
  if (sound) return []
  return [
    finding('codes-nesting', 'error', say('Codes that belong together are torn apart or out of order.')),
  ]
}

/** Every pair is opened before it is closed and closed as often as opened. */
function balanced(present: readonly number[], codes: readonly InlineCode[]): boolean {
  const open = new Map<number, number>()
  for (const index of present) {
    const code = codes[index]
    if (code === undefined || code.kind === 'single' || code.pair === null) continue
    const [pair, step] = code.kind === 'open' ? [index, 1] : [code.pair, -1]
    const count = (open.get(pair) ?? 0) + step
    if (count < 0) return false
    open.set(pair, count)
  }
  return [...open.values()].every((count) => count === 0)
}

/** Halves whose partners are in other sentences: all there, once, in the source's order (their own indexes). */
function halvesInOrder(present: readonly number[], codes: readonly InlineCode[]): boolean {
  const isHalf = (index: number): boolean => codes[index]?.kind !== 'single' && codes[index]?.pair === null
  const halves = present.filter(isHalf)
  const expected = codes.flatMap((_, index) => (isHalf(index) ? [index] : []))
  return halves.length === expected.length && halves.every((index, at) => index === expected[at])
}

/** Pairs lie in or beside each other, and halves of other sentences' pairs outside all of them. */
function nests(present: readonly number[], codes: readonly InlineCode[]): boolean {
  const open: number[] = []
  for (const index of present) {
    const code = codes[index]
    if (code === undefined || code.kind === 'single') continue
    if (code.pair === null) {
      if (open.length > 0) return false
    } else if (code.kind === 'open') open.push(index)
    else if (open.pop() !== code.pair) return false
  }
  return open.length === 0
}

function finding(check: string, severity: Finding['severity'], said: Said): Finding {
  return { check, severity, ...said }
}
