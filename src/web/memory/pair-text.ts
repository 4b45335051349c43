/** A place in a text, in UTF-16 code units. */
export type Place = { readonly start: number; readonly end: number }

export type Piece = {
  readonly kind: 'text' | 'code'
  /** Of a code: its number from 1. */
  readonly text: string
  readonly marked: boolean
}

const FIRST = 0xe000
const LAST = 0xf8ff
const isCode = (unit: number) => unit >= FIRST && unit <= LAST

/**
 * A text as it is shown: its inline codes as numbers, what was searched for marked.
 * @param marks in order, not overlapping
 */
export function piecesOf(text: string, marks: readonly Place[]): readonly Piece[] {
  const pieces: Piece[] = []
  const push = (from: number, to: number, marked: boolean) => {
    let start = from
    for (let at = from; at < to; at++) {
      const unit = text.charCodeAt(at)
      if (!isCode(unit)) continue
      if (at > start) pieces.push({ kind: 'text', text: text.slice(start, at), marked })
      pieces.push({ kind: 'code', text: `${unit - FIRST + 1}`, marked })
      start = at + 1
    }
    if (to > start) pieces.push({ kind: 'text', text: text.slice(start, to), marked })
  }
  let at = 0
  for (const { start, end } of marks) {
    push(at, start, false)
    push(start, end, true)
    at = end
  }
  push(at, text.length, false)
  return pieces
}

/** A text to be edited in a plain field: `⟦1⟧` stands for its first inline code. */
export const toEditable = (text: string) =>
  text.replace(/[\ue000-\uf8ff]/g, (code) => `⟦${code.charCodeAt(0) - FIRST + 1}⟧`)

/** What was edited, back with its inline codes; marks with numbers that the pair does not have stay as they are. */
export const fromEditable = (edited: string, original: string) =>
  edited.replace(/⟦(\d{1,4})⟧/g, (mark, number: string) => {
    const code = String.fromCharCode(FIRST + Number(number) - 1)
    return original.includes(code) ? code : mark
  })
