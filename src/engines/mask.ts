import { codeIndexAt } from '../domain/document.ts'
import { hasWords } from './answer-errors.ts'

/** A stretch of the source that something else stands in for while the engine has it. Offsets in UTF-16 code units. */
export type Replacement = {
  readonly start: number
  readonly end: number
  /** What the target shall have there. */
  readonly target: string
  /** `mask`: a placeholder noun goes out and the target term comes in afterwards. `place`: the target term itself goes out. */
  readonly how: 'mask' | 'place'
  /** The term may not be capitalised at the start of a sentence. */
  readonly caseFixed: boolean
  /** Which occurrence of the segment it is. */
  readonly occurrence?: number
}

/** One placeholder that was sent and must come back exactly once. */
export type Slot = {
  readonly mark: string
  readonly kind: 'term' | 'code'
  /** What stands there in the end: a target term, or a code character. */
  readonly put: string
  readonly caseFixed: boolean
  readonly occurrence?: number | undefined
  /** Spaces that were added around the mark so that the engine sees a word. */
  readonly spaceBefore: boolean
  readonly spaceAfter: boolean
}

export type MaskedText = { readonly text: string; readonly slots: readonly Slot[] }

/**
 * Puts placeholders (`_T1_` for a term, `_C1_` for a code) and target terms into a source text. Numbers
 * start after any such placeholder that the text itself has, so that nothing is ambiguous.
 * Source of the shape: DESIGN §6, `_T1_` survives as a noun where brackets do not.
 * @param replacements sorted by start, not overlapping
 * @param maskCodes put codes out of sight too, for engines that keep no mark-up
 */
export function maskText(text: string, replacements: readonly Replacement[], maskCodes: boolean): MaskedText {
  const slots: Slot[] = []
  let number = highestNumber(text)
  let out = ''
  let spaceOwed = false
  const append = (piece: string) => {
    if (piece === '') return
    if (spaceOwed && !/^\s/.test(piece)) out += ' '
    spaceOwed = false
    out += piece
  }
  const plain = (from: number, to: number) => {
    let start = from
    for (let offset = from; maskCodes && offset < to; offset++) {
      const index = codeIndexAt(text, offset)
      if (index === -1) continue
      append(text.slice(start, offset))
      start = offset + 1
      const mark = `_C${++number}_`
      const spaceBefore = out !== '' && !/\s$/.test(out) && !spaceOwed
      const spaceAfter = offset + 1 < text.length && !/\s/.test(text.charAt(offset + 1))
      slots.push({ mark, kind: 'code', put: text.charAt(offset), caseFixed: true, spaceBefore, spaceAfter })
      append(spaceBefore ? ` ${mark}` : mark)
      spaceOwed = spaceAfter
    }
    append(text.slice(start, to))
  }
  let from = 0
  for (const replacement of replacements) {
    plain(from, replacement.start)
    if (replacement.how === 'place') {
      const first = !hasWords(out) && !replacement.caseFixed
      append(first ? capitalize(replacement.target) : replacement.target)
    } else {
      const mark = `_T${++number}_`
      const { target: put, caseFixed, occurrence } = replacement
      slots.push({ mark, kind: 'term', put, caseFixed, occurrence, spaceBefore: false, spaceAfter: false })
      append(mark)
    }
    from = replacement.end
  }
  plain(from, text.length)
  return { text: out, slots }
}

export type RestoredText = {
  readonly text: string
  /** Term marks that did not come back; their terms are not in the text. */
  readonly lost: number
  /** The occurrences that they stood for. */
  readonly lostOccurrences: readonly number[]
  /** Marks that came back more than once, or that were never sent: the text cannot be trusted. */
  readonly doubled: number
}

/**
 * Puts terms and codes back. A mark is recognised in any case and with a space inside its underscores
 * (`_ t1 _`), as engines like to write it. Repeated marks stay out after the first, and are counted.
 * A term that now begins the text gets a capital letter unless its case is fixed.
 */
export function restoreText(answer: string, masked: MaskedText): RestoredText {
  const open = new Map(masked.slots.map((slot) => [slot.mark, slot]))
  const sent = new Set(open.keys())
  let doubled = 0
  let out = ''
  let from = 0
  let dropSpace = false
  const append = (piece: string) => {
    out += dropSpace && /^[ \u00a0]/.test(piece) ? piece.slice(1) : piece
    if (piece !== '') dropSpace = false
  }
  for (const found of answer.matchAll(MARK)) {
    const mark = `_${(found[1] ?? '').toUpperCase()}${found[2]}_`
    if (!sent.has(mark)) continue
    append(answer.slice(from, found.index))
    from = found.index + found[0].length
    const slot = open.get(mark)
    if (slot === undefined) {
      doubled++
      continue
    }
    open.delete(mark)
    if (slot.spaceBefore && /[ \u00a0]$/.test(out)) out = out.slice(0, -1)
    append(slot.kind === 'term' && !slot.caseFixed && !hasWords(out) ? capitalize(slot.put) : slot.put)
    dropSpace = slot.spaceAfter
  }
  append(answer.slice(from))
  const lost = [...open.values()].filter((slot) => slot.kind === 'term')
  const lostOccurrences = lost.flatMap(({ occurrence }) => (occurrence === undefined ? [] : [occurrence]))
  return { text: out, lost: lost.length, lostOccurrences, doubled: doubled + strangers(out, masked) }
}

/** Is there nothing to translate beside the masks? Then no engine need be asked. */
export function isOnlyMasks(masked: MaskedText): boolean {
  return masked.slots.length > 0 && !hasWords(masked.text.replace(MARK, ' '))
}

/** Marks in the result that the source had no business with, such as an invented `_T7_`. */
function strangers(text: string, masked: MaskedText): number {
  if (masked.slots.length === 0) return 0
  const inSource = new Set([...masked.text.matchAll(MARK)].map((found) => found[0]))
  return [...text.matchAll(MARK)].filter((found) => !inSource.has(found[0])).length
}

function highestNumber(text: string): number {
  let highest = 0
  for (const found of text.matchAll(MARK)) highest = Math.max(highest, Number(found[2]))
  return highest
}

function capitalize(term: string): string {
  const first = String.fromCodePoint(term.codePointAt(0) ?? 0x20)
  return first.toUpperCase() + term.slice(first.length)
}

const MARK = /_ ?([TC])(\d{1,4}) ?_/gi
