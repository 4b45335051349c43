/** A run of terminals with everything that closes after it. */
import {
  CLOSE_BRACKET,
  DASH,
  DIGIT,
  EXTEND,
  flagsAt,
  LETTER,
  LOWER,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
  SUPERSCRIPT,
  TERMINAL,
  TRANSPARENT,
  UNSPACED_TERMINAL,
  UPPER,
  WORD,
} from './characters.ts'

export type Cluster = {
  /** Past the last character that belongs to the sentence. */
  readonly end: number
  /** Past the first run of terminals, before any closing mark. */
  readonly firstEnd: number
  /** ! or ? is among them. */
  readonly strong: boolean
  /** Two or more full stops, or an ellipsis character. */
  readonly ellipsis: boolean
  readonly unspaced: boolean
  /** Flags of the marks after the terminals: QUOTE, CLOSE_BRACKET, SUPERSCRIPT, TRANSPARENT. */
  readonly closed: number
  /** A footnote mark is among what follows: `[3]`, `(5)`, `¹`. */
  readonly note: boolean
}

/** Reads the cluster that begins at the terminal at `offset`. */
export function readCluster(text: string, offset: number): Cluster {
  let strong = false
  let dots = 0
  let unspaced = false
  let closed = 0
  let note = false
  let firstEnd = -1
  let at = offset
  for (;;) {
    const flags = flagsAt(text, at)
    // The first one counts whatever it is: the colon of Armenian, the question mark of Greek.
    if ((flags & TERMINAL) !== 0 || at === offset) {
      const character = text.charAt(at)
      if (character === '.') dots++
      else if (character === '…' || character === '‥') dots += 3
      else strong = true
      unspaced = unspaced || (flags & UNSPACED_TERMINAL) !== 0
      at++
      continue
    }
    if (firstEnd === -1) firstEnd = at
    if ((flags & (TRANSPARENT | EXTEND)) !== 0 || isClosing(text, at, flags)) {
      closed |= flags & (QUOTE | CLOSE_BRACKET | TRANSPARENT | SUPERSCRIPT)
      note = note || (flags & SUPERSCRIPT) !== 0
      at++
      continue
    }
    const mark = dots > 0 && (flags & DIGIT) !== 0 ? bareNoteEnd(text, at, firstEnd) : noteEnd(text, at)
    if (mark !== -1) {
      note = true
      at = mark
      continue
    }
    if ((flags & SPACE) !== 0) {
      // Chicago style: `…compounds. . . . The practice`: the sentence ends before the ellipsis.
      const attached = at === offset + 1 && dots === 1 && (flagsAt(text, offset - 1) & WORD) !== 0
      if (attached && opensWithEllipsis(text, at + 1)) break
      const spaced = spacedCloser(text, at + 1, (flagsAt(text, offset - 1) & SPACE) !== 0)
      if (spaced === at + 1) break
      const last = flagsAt(text, spaced - 1)
      if ((last & QUOTE) !== 0) closed |= QUOTE
      else if ((last & TERMINAL) !== 0) dots += text.charAt(spaced - 1) === '…' ? 3 : spaced - at - 1
      else note = true
      at = spaced
      continue
    }
    break
  }
  return { end: at, firstEnd, strong, ellipsis: dots > 1, unspaced, closed, note }
}

/** Marks that open in every language, so they never close what stands before them. */
const OPENING_ONLY = '„‚「『'

function isClosing(text: string, at: number, flags: number): boolean {
  if ((flags & (CLOSE_BRACKET | SUPERSCRIPT)) !== 0) return true
  if ((flags & QUOTE) === 0 || OPENING_ONLY.includes(text.charAt(at))) return false
  // `.“Next`: two sentences glued together, the mark opens the second; `."Next` stays undecided: closing.
  const mark = text.charAt(at)
  const opens = mark === '“' || mark === '‘' || mark === '«' || mark === '»' || mark === '‹' || mark === '›'
  return !(opens && (flagsAt(text, at + 1) & WORD) !== 0)
}

/** End of a footnote mark glued to what stands before: `[3]`, `[note 2]`, `(5)`; -1 where there is none. */
function noteEnd(text: string, at: number): number {
  const open = text.charAt(at)
  if (open !== '[' && open !== '(') return -1
  const close = open === '[' ? ']' : ')'
  let digits = 0
  for (let inner = at + 1; inner < at + 14; inner++) {
    const character = text.charAt(inner)
    if (character === close) {
      const after = flagsAt(text, inner + 1)
      const free = inner + 1 >= text.length || (after & (WORD | UPPER)) === 0
      return inner > at + 1 && free && (digits > 0 || inner === at + 2) ? inner + 1 : -1
    }
    const flags = flagsAt(text, inner)
    if ((flags & DIGIT) !== 0) digits++
    else if (open === '(' || ((flags & (LETTER | SPACE | DASH)) === 0 && character !== ',')) return -1
  }
  return -1
}

/** End of footnote numbers that lost their superscript: `consultation.11 12 Take`; -1 where there is none. */
function bareNoteEnd(text: string, at: number, firstEnd: number): number {
  const before = flagsAt(text, firstEnd - 2)
  if ((before & (LOWER | QUOTE | CLOSE_BRACKET)) === 0 || text.charAt(firstEnd - 1) !== '.') return -1
  let end = at
  let past = at
  for (let numbers = 0; numbers < 4; numbers++) {
    const from = past
    while (past < from + 3 && (flagsAt(text, past) & DIGIT) !== 0) past++
    if (past === from) break
    if (past >= text.length) return past
    if ((flagsAt(text, past) & SPACE) === 0) return -1
    end = past
    past++
  }
  return (flagsAt(text, past) & UPPER) !== 0 && end > at ? end : -1
}

/** Past a closing mark that French or tokenised text sets off with a space; `at` itself where there is none. */
function spacedCloser(text: string, at: number, isTokenized: boolean): number {
  const character = text.charAt(at)
  const after = flagsAt(text, at + 1)
  const alone = at + 1 >= text.length || (after & (WORD | OPEN_BRACKET)) === 0
  if ((character === '»' || character === '”') && alone) return at + 1
  if (character === '"' || character === "'") {
    const double = character === "'" && text.charAt(at + 1) === "'"
    const end = double ? at + 2 : at + 1
    const isAlone = end >= text.length || (flagsAt(text, end) & SPACE) !== 0
    return isAlone && (isTokenized || isOpened(text, at, character)) ? end : at
  }
  if (character === '[') {
    const end = noteEnd(text, at)
    return end === -1 ? at : end
  }
  // `. . .`, `! ...`: an ellipsis set with spaces.
  if (character !== '.' && character !== '…') return at
  let end = at + 1
  while (text.charAt(end) === character) end++
  if (end < text.length && (flagsAt(text, end) & (SPACE | QUOTE | CLOSE_BRACKET)) === 0) return at
  return end
}

/** Whether a straight quotation mark set between spaces closes: one stands open within the last 300 code units. */
function isOpened(text: string, at: number, mark: string): boolean {
  const unit = mark.charCodeAt(0)
  let count = 0
  for (let back = at - 1; back >= 0 && back > at - 300; back--) {
    if (text.charCodeAt(back) !== unit) continue
    const inWord = (flagsAt(text, back - 1) & WORD) !== 0 && (flagsAt(text, back + 1) & WORD) !== 0
    if (inWord) continue
    if (text.charCodeAt(back - 1) === unit) back--
    count++
  }
  return count % 2 === 1
}

/** `...and so on`, `. . . The rest`: an ellipsis that stands for what was left out before a sentence. */
export function opensWithEllipsis(text: string, at: number): boolean {
  if (text.startsWith('. . . ', at)) return (flagsAt(text, at + 6) & UPPER) !== 0
  const end = text.startsWith('...', at) ? at + 3 : text.charAt(at) === '…' ? at + 1 : at
  return end > at && (flagsAt(text, end) & LETTER) !== 0
}
