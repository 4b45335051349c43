import type { InlineCode } from '../domain/document.ts'
import type { XmlElement, XmlNode } from '../xml/tree.ts'
import { describeInline1 } from './xliff-inline-1.ts'
import { describeInline2 } from './xliff-inline-2.ts'
import { type InlineShape, shorten } from './xliff-inline-shape.ts'

/** What stands in a `source` or `target`, in order. Offsets point into the decoded document. */
export type Piece = TextPiece | CodePiece

export type TextPiece = {
  readonly kind: 'text'
  /** Decoded: references resolved, line ends as LF. */
  readonly text: string
  /** Of the raw characters; of a CDATA section with its delimiters. */
  readonly start: number
  readonly end: number
  readonly cdata: boolean
}

export type CodePiece = {
  readonly kind: 'code'
  /** Equal for a code of the source and its counterpart in the target. */
  readonly key: string
  /** Equal for the halves of a pair; undefined where there is no other half. */
  readonly partner: string | undefined
  readonly code: Omit<InlineCode, 'pair' | 'data'>
  readonly start: number
  readonly end: number
}

/** The major version of XLIFF. */
export type Major = '1' | '2'

/** The content of an element as text and codes. Comments are passed over. Linear. */
export function readPieces(element: XmlElement, major: Major): readonly Piece[] {
  const describe = major === '1' ? describeInline1 : describeInline2
  const pieces: Piece[] = []
  const pending: (XmlNode | Piece)[] = element.children.toReversed()
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.kind === 'code') pieces.push(next)
    else if (next.kind === 'text') pieces.push(next)
    else if (next.kind === 'instruction') pieces.push(instruction(next))
    else if (next.kind === 'element') {
      const shape = describe(next)
      if (shape.as === 'pair' && !next.selfClosing) {
        const [open, close] = halves(next, shape)
        pieces.push(open)
        pending.push(close)
        for (const child of next.children.toReversed()) pending.push(child)
      } else pieces.push(codeOf(next, shape))
    }
  }
  return pieces
}

function halves(element: XmlElement, { id, code, endLabel }: InlineShape): readonly [CodePiece, CodePiece] {
  const partner = `element ${element.start}`
  const closing = { ...code, label: endLabel ?? `/${code.label}`, equiv: '' }
  const { start, contentStart, contentEnd, end } = element
  return [
    {
      kind: 'code',
      key: `open ${id}`,
      partner,
      code: { ...code, kind: 'open' },
      start,
      end: contentStart,
    },
    {
      kind: 'code',
      key: `close ${id}`,
      partner,
      code: { ...closing, kind: 'close' },
      start: contentEnd,
      end,
    },
  ]
}

/** A pair that closes itself is one code, since there is nothing in it to translate. */
function codeOf({ start, end }: XmlElement, { as, id, code }: InlineShape): CodePiece {
  const kind = as === 'pair' ? 'single' : as
  const partner = kind === 'single' ? undefined : `id ${id}`
  return { kind: 'code', key: `${kind} ${id}`, partner, code: { ...code, kind }, start, end }
}

function instruction({ text, start, end }: { text: string; start: number; end: number }): CodePiece {
  const label = shorten(text)
  const code = { kind: 'single', type: 'other', label, equiv: '' } as const
  return { kind: 'code', key: `instruction ${text}`, partner: undefined, code, start, end }
}

/** Of each code the index of its other half: the nearest open one with the same partner’s name; null for none. */
export function pairUp(codes: readonly CodePiece[]): readonly (number | null)[] {
  const pairs: (number | null)[] = codes.map(() => null)
  const open = new Map<string, number[]>()
  for (const [index, { code, partner }] of codes.entries()) {
    if (partner === undefined) continue
    const waiting = open.get(partner)
    if (code.kind === 'open') {
      if (waiting === undefined) open.set(partner, [index])
      else waiting.push(index)
      continue
    }
    const other = waiting?.pop()
    if (other === undefined) continue
    pairs[other] = index
    pairs[index] = other
  }
  return pairs
}
