import { type CodeType, codeIndexAt, type InlineCode, isDeletable } from '../domain/document.ts'

/**
 * Text with code characters, laid out for an XML writer. A pair that nests becomes an element around its
 * content; one that crosses another pair becomes two empty elements that name each other; half a pair, whose
 * other half stands in another sentence, becomes a placeholder (translators' tools show halves badly).
 */
export type InlinePiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'start'; readonly id: string; readonly open: number; readonly close: number }
  | { readonly kind: 'end'; readonly id: string; readonly code: number }
  | { readonly kind: 'span-start'; readonly id: string; readonly code: number }
  | { readonly kind: 'span-end'; readonly id: string; readonly startId: string; readonly code: number }
  | { readonly kind: 'placeholder'; readonly id: string; readonly code: number }

/** Deeper nesting is written as empty elements, so that no reader's depth limit is met. */
const MAX_NESTING = 50

/**
 * Lays out a text. Ids are the code's index + 1, with `_n` for its nth copy in the same text, so that source
 * and target name the same code alike and no id comes twice. Linear in the text.
 *
 * @param codes those of the segment; characters beyond them are left out
 */
export function layOutInline(text: string, codes: readonly InlineCode[]): readonly InlinePiece[] {
  const pieces: InlinePiece[] = []
  const seen: (number | undefined)[] = []
  const open = new OpenCodes()
  let from = 0
  for (let offset = nextCode(text, 0); offset <= text.length; offset = nextCode(text, offset + 1)) {
    const index = offset === text.length ? undefined : codeIndexAt(text, offset)
    if (offset > from) pieces.push({ kind: 'text', text: text.slice(from, offset) })
    from = offset + 1
    const code = index === undefined ? undefined : codes[index]
    if (index === undefined || code === undefined) continue
    const copies = (seen[index] ?? 0) + 1
    seen[index] = copies
    const id = copies === 1 ? `${index + 1}` : `${index + 1}_${copies}`
    const at = pieces.push({ kind: 'placeholder', id, code: index }) - 1
    if (code.kind === 'open' && code.pair !== null) open.push(index, id, at)
    if (code.kind !== 'close' || code.pair === null) continue
    const start = open.close(code.pair)
    if (start === undefined) continue
    pieces[start.at] = start.nests
      ? { kind: 'start', id: start.id, open: code.pair, close: index }
      : { kind: 'span-start', id: start.id, code: code.pair }
    pieces[at] = start.nests
      ? { kind: 'end', id: start.id, code: index }
      : { kind: 'span-end', id, startId: start.id, code: index }
  }
  return pieces
}

/** The offset of the next code character; the text's length, and then one more, where there is none. */
function nextCode(text: string, from: number): number {
  let at = from
  while (at < text.length && codeIndexAt(text, at) === -1) at++
  return at
}

type OpenCode = { readonly index: number; readonly id: string; readonly at: number; crossed: boolean }

/** The pairs that are open at some point of the text. */
class OpenCodes {
  readonly #nesting: OpenCode[] = []
  readonly #byIndex: (OpenCode[] | undefined)[] = []

  push(index: number, id: string, at: number): void {
    this.#dropCrossed()
    const crossed = this.#nesting.length >= MAX_NESTING
    const opened = { index, id, at, crossed }
    if (!crossed) this.#nesting.push(opened)
    const same = this.#byIndex[index]
    if (same === undefined) this.#byIndex[index] = [opened]
    else same.push(opened)
  }

  /** Closes the innermost open code of this index. */
  close(index: number): { id: string; at: number; nests: boolean } | undefined {
    const opened = this.#byIndex[index]?.pop()
    if (opened === undefined) return undefined
    this.#dropCrossed()
    const nests = !opened.crossed && this.#nesting.at(-1) === opened
    if (nests) this.#nesting.pop()
    opened.crossed = true
    return { id: opened.id, at: opened.at, nests }
  }

  #dropCrossed(): void {
    while (this.#nesting.at(-1)?.crossed === true) this.#nesting.pop()
  }
}

/** `ctype` of XLIFF 1.2 for a code; one half of a pair says so, since it is written as a placeholder. */
export function ctypeOf(code: InlineCode, written: 'pair' | 'placeholder'): string {
  if (written === 'placeholder' && code.kind !== 'single') return `x-${code.kind}-${code.type}`
  if (written === 'pair' && code.type === 'format') return STYLE_OF_LABEL.get(code.label) ?? 'x-format'
  if (written === 'pair' && code.type === 'link') return 'link'
  if (written === 'placeholder' && code.type === 'image') return 'image'
  if (written === 'placeholder' && code.type === 'break') return 'lb'
  return `x-${code.type}`
}

const STYLE_OF_LABEL: ReadonlyMap<string, string> = new Map([
  ...['b', 'strong', '**', '__'].map((label) => [label, 'bold'] as const),
  ...['i', 'em', '*', '_'].map((label) => [label, 'italic'] as const),
  ['u', 'underlined'],
])

/**
 * The editing hints of XLIFF 2.x for a code (§4.7.3 of 2.1): what may be left out may stand twice, too. Codes that
 * are not reorderable are one sequence a segment, which `firstNo` begins; one alone is free to go anywhere. Such a
 * code must not be deletable or copied either.
 *
 * @param codes those of the segment, in the order of its source
 */
export function editingHints(
  codes: readonly InlineCode[],
  index: number,
): { canCopy?: string; canDelete?: string; canReorder?: string } {
  const code = codes[index]
  if (code === undefined) return {}
  if (isDeletable(code) && code.reorderable !== false) return { canDelete: 'yes' }
  const kept = { canCopy: 'no', canDelete: 'no' }
  const isFixed = ({ reorderable }: InlineCode): boolean => reorderable === false
  if (!isFixed(code)) return kept
  const first = codes.findIndex(isFixed)
  if (first === codes.findLastIndex(isFixed)) return kept
  return { ...kept, canReorder: index === first ? 'firstNo' : 'no' }
}

/** `type` of XLIFF 2.x for a code (§4.3.1.38 of 2.1); the exact type stands in `subType`. */
export const TYPE_2: Readonly<Record<CodeType, string>> = {
  format: 'fmt',
  break: 'fmt',
  code: 'fmt',
  link: 'link',
  image: 'image',
  note: 'other',
  char: 'other',
  other: 'other',
}
