/**
 * Brackets and quotations that are kept whole: pairs found in one pass with a stack, so the cost is linear
 * whatever the text. What has no partner protects nothing.
 */
import {
  CLOSE_BRACKET,
  DIGIT,
  flagsAt,
  INVERTED,
  LETTER,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
  TRANSPARENT,
} from './characters.ts'

/** Half-open ranges, ascending, outermost only: `starts[i]` is the opening mark, `ends[i]` is past the closing one. */
export type Enclosures = { readonly starts: readonly number[]; readonly ends: readonly number[] }

export type EnclosureKinds = { readonly brackets: boolean; readonly quotes: boolean }

/** A pair further apart than this is a stray mark, not an enclosure (code units). */
const LONGEST = 2_000
/** How deep a closing mark looks for its partner; deeper nesting is not prose. */
const DEEPEST = 8

/** Opening mark, then the closing marks it accepts. Title brackets 《》 are kept whole in every mode. */
const PARTNERS = [
  ...['()', '[]', '{}', '（）', '［］', '【】', '〔〕', '《》', '〈〉', '⟨⟩', '「」', '『』'],
  ...['“”"', '””', '„“”"‟', '‚‘’', '‘’', '«»', '»«', '‹›', '›‹', '""', "''", "`'"],
]

/** Closing mark → a bit of its own; opening mark → the bits of the closing marks it accepts. */
const closingBits = new Map<number, number>()
const acceptedBits = new Map<number, number>()

for (const [opening = '', ...closing] of PARTNERS) {
  for (const mark of closing) {
    const unit = mark.charCodeAt(0)
    const bit = closingBits.get(unit) ?? 1 << closingBits.size
    closingBits.set(unit, bit)
    acceptedBits.set(opening.charCodeAt(0), (acceptedBits.get(opening.charCodeAt(0)) ?? 0) | bit)
  }
}

const TITLES = '《〈'

/** Finds what must stay whole. Linear in the length of the text; `text` may hold code characters. */
export function findEnclosures(text: string, kinds: EnclosureKinds): Enclosures {
  const marks: number[] = [] // offsets of open marks, the innermost last
  const pairs: number[] = [] // start, end, start, end …, in order of their ends
  for (let offset = 0; offset < text.length; offset++) {
    const flags = flagsAt(text, offset)
    if ((flags & (OPEN_BRACKET | CLOSE_BRACKET | QUOTE)) === 0) continue
    if ((flags & QUOTE) !== 0) {
      if (kinds.quotes) takeQuote(text, offset, marks, pairs)
    } else if ((flags & OPEN_BRACKET) !== 0) {
      if ((flags & INVERTED) !== 0) continue
      if (kinds.brackets || TITLES.includes(text.charAt(offset))) marks.push(offset)
    } else close(text, offset, marks, pairs)
  }
  return outermost(pairs)
}

/** Tells opening from closing by what stands on both sides, as typesetters do; apostrophes are left alone. */
function takeQuote(text: string, offset: number, marks: number[], pairs: number[]): void {
  const mark = text.charAt(offset)
  const before = neighbour(text, offset, -1)
  const after = neighbour(text, offset, 1)
  if (mark === "'" || mark === '’' || mark === '`' || mark === '´') {
    const word = LETTER | DIGIT
    if ((before & word) !== 0 && (after & word) !== 0) return
    if (mark !== '’' && (before & word) === 0 && (after & word) !== 0) {
      if (!isElision(text, offset)) marks.push(offset)
    } else if (
      !close(text, offset, marks, pairs) &&
      mark !== '’' &&
      before === SPACE &&
      !isBeforeStop(text, offset)
    ) {
      marks.push(offset)
    }
    return
  }
  if ('„‚「『'.includes(mark)) marks.push(offset)
  else if ('」』'.includes(mark)) close(text, offset, marks, pairs)
  else {
    const spaceBefore = (before & SPACE) !== 0
    const spaceAfter = (after & SPACE) !== 0 || '.,;:!?…)'.includes(text.charAt(offset + 1))
    if (spaceAfter && !spaceBefore) close(text, offset, marks, pairs)
    else if (spaceBefore && !spaceAfter) marks.push(offset)
    else if (!close(text, offset, marks, pairs)) marks.push(offset)
  }
}

/** ’nineties, ’80s, ’tis, ’em: an apostrophe for letters left out, not a quotation. */
function isElision(text: string, offset: number): boolean {
  const head = text.slice(offset + 1, offset + 9).toLowerCase()
  return /^(?:\d|tis\b|twas\b|em\b|til\b|cause\b|nineti|eighti|sevent|sixti|fiftie|twenti|n\b|round\b|bout\b|neath\b|fore\b|cept\b|tween\b|gainst\b|s\b|re\b|ll\b|ve\b|d\b|m\b)/.test(
    head,
  )
}

/** `Condom ' , in which`: what stands alone before punctuation cannot open. */
function isBeforeStop(text: string, offset: number): boolean {
  return '.,;:!?)'.includes(text.charAt(offset + 2) || ',') && !text.startsWith('..', offset + 2)
}

/** Flags of the next character that is no inline code; a text edge counts as white space. */
function neighbour(text: string, offset: number, step: 1 | -1): number {
  for (let at = offset + step, seen = 0; seen < 8; at += step, seen++) {
    if (at < 0 || at >= text.length) return SPACE
    const flags = flagsAt(text, at)
    if ((flags & TRANSPARENT) === 0) return (flags & SPACE) !== 0 ? SPACE : flags
  }
  return SPACE
}

function close(text: string, offset: number, marks: number[], pairs: number[]): boolean {
  const bit = closingBits.get(text.charCodeAt(offset)) ?? 0
  for (let depth = 0; depth < DEEPEST && depth < marks.length; depth++) {
    const index = marks.length - 1 - depth
    const start = marks[index] ?? 0
    if (offset - start > LONGEST) return false
    if (((acceptedBits.get(text.charCodeAt(start)) ?? 0) & bit) === 0) continue
    marks.length = index
    pairs.push(start, offset + 1)
    return true
  }
  return false
}

/** Pairs come in order of their ends, an outer one after its inner ones: so look from the end. */
function outermost(pairs: readonly number[]): Enclosures {
  const starts: number[] = []
  const ends: number[] = []
  let limit = Number.POSITIVE_INFINITY
  for (let index = pairs.length - 2; index >= 0; index -= 2) {
    const start = pairs[index] ?? 0
    if (start >= limit) continue
    limit = start
    starts.push(start)
    ends.push(pairs[index + 1] ?? 0)
  }
  return { starts: starts.reverse(), ends: ends.reverse() }
}
