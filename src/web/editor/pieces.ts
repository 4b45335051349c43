import { codeIndexAt } from '../../domain/document.ts'

/** A stretch of text to highlight. Offsets in UTF-16 code units. */
export type Mark = { readonly start: number; readonly end: number }

export type Piece =
  | {
      readonly kind: 'text'
      readonly text: string
      readonly start: number
      readonly marks: readonly number[]
    }
  | {
      readonly kind: 'code'
      readonly index: number
      readonly start: number
      readonly marks: readonly number[]
    }

/**
 * Cuts a text at its codes and at the borders of its marks, so that it can be drawn piece by piece. Marks may
 * overlap; each piece names those that cover it. Marks outside the text are cut to it, empty ones ignored.
 */
export function piecesOf(text: string, marks: readonly Mark[]): readonly Piece[] {
  const opens = new Map<number, number[]>()
  const closes = new Map<number, number[]>()
  marks.forEach((mark, number) => {
    const start = Math.max(0, mark.start)
    const end = Math.min(text.length, mark.end)
    if (start >= end) return
    put(opens, start, number)
    put(closes, end, number)
  })
  const pieces: Piece[] = []
  const covering = new Set<number>()
  let from = 0
  const flush = (to: number) => {
    if (to > from)
      pieces.push({ kind: 'text', text: text.slice(from, to), start: from, marks: [...covering] })
    from = to
  }
  for (let offset = 0; offset <= text.length; offset++) {
    const closing = closes.get(offset)
    const opening = opens.get(offset)
    if (closing !== undefined || opening !== undefined) flush(offset)
    for (const number of closing ?? []) covering.delete(number)
    for (const number of opening ?? []) covering.add(number)
    const index = offset < text.length ? codeIndexAt(text, offset) : -1
    if (index === -1) continue
    flush(offset)
    pieces.push({ kind: 'code', index, start: offset, marks: [...covering] })
    from = offset + 1
  }
  flush(text.length)
  return pieces
}

function put(map: Map<number, number[]>, key: number, value: number): void {
  const there = map.get(key)
  if (there === undefined) map.set(key, [value])
  else there.push(value)
}
