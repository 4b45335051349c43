import type { InlineCode, Unit, UnitKind } from '../domain/document.ts'
import { type CodeType, codeCharacter, FIRST_CODE, LAST_CODE, MAX_CODES } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import { lineAndColumn } from '../domain/line-column.ts'
import { type CodeAtom, simplifyCodes } from './inline-codes.ts'

/** A unit before all units of a document are known and numbered. */
export type UnitDraft = Omit<Unit, 'id'>

/** An inline code as a reader sees it, before partners are found. */
export type CodeDraft = {
  readonly kind: InlineCode['kind']
  readonly type: CodeType
  readonly label: string
  readonly equiv?: string
  /** What partners have in common: the element's name, or the place of a Markdown node. */
  readonly partner?: string
  /** Says nothing to a translator at the ends of a unit, so it is left outside there. */
  readonly trim?: boolean
  /** Never merged with its neighbours: the writer has to know it by itself. */
  readonly solo?: boolean
  /** As `InlineCode` has it; of a pair the opening code says it. */
  readonly deletable?: boolean
  readonly reorderable?: boolean
}

export type FinishOptions = {
  readonly kind: UnitKind
  readonly escape: string
  readonly source: string
  readonly file?: string | undefined
}

const PLACEHOLDER = codeCharacter(0)
const HAS_WORD = /[\p{L}\p{N}]/u

/**
 * Collects one unit: text and codes in document order, each with the document offset where it begins. What
 * lies between two items in the document belongs to the first of them.
 */
export class UnitBuilder {
  #text = ''
  /** Pieces: each `#lengths[i]` code units long, and standing code unit by code unit from `#starts[i]` on. */
  readonly #lengths: number[] = []
  readonly #starts: number[] = []
  readonly #codes: CodeDraft[] = []
  #end = 0

  get isEmpty(): boolean {
    return this.#lengths.length === 0
  }

  /** Document offset behind the last item. */
  get end(): number {
    return this.#end
  }

  /** Text that stands in the document as it is, from document offset `start`. */
  verbatim(text: string, start: number): void {
    this.#add(text, text.length, start, start + text.length)
  }

  /** Text that the document spells otherwise (a reference, an escape, collapsed white space). */
  decoded(text: string, start: number, end: number): void {
    this.#add(text.charAt(0), 1, start, end)
    for (let at = 1; at < text.length; at++) this.#add(text.charAt(at), 1, end, end)
  }

  code(code: CodeDraft, start: number, end: number): void {
    this.#codes.push(code)
    this.#add(PLACEHOLDER, 1, start, end)
  }

  /** @returns undefined when there is no letter and no digit to translate */
  finish(options: FinishOptions): UnitDraft | undefined {
    const all = this.#text
    if (!HAS_WORD.test(all)) return undefined
    let from = 0
    let firstCode = 0
    for (; from < all.length; from++) {
      const unit = all.charCodeAt(from)
      if (unit === FIRST_CODE) {
        if (this.#codes[firstCode]?.trim !== true) break
        firstCode++
      } else if (!isBlank(unit)) break
    }
    let to = all.length
    let codesEnd = this.#codes.length
    for (; to > from; to--) {
      const unit = all.charCodeAt(to - 1)
      if (unit === FIRST_CODE) {
        if (this.#codes[codesEnd - 1]?.trim !== true) break
        codesEnd--
      } else if (!isBlank(unit)) break
    }
    const offsets = this.#offsets()
    const whole = from === 0 && to === all.length
    return assemble(
      whole ? all : all.slice(from, to),
      whole ? offsets : offsets.slice(from, to + 1),
      this.#codes.slice(firstCode, codesEnd),
      options,
    )
  }

  #add(text: string, length: number, start: number, end: number): void {
    this.#text += text
    this.#lengths.push(length)
    this.#starts.push(start)
    this.#end = end
  }

  #offsets(): Uint32Array {
    const offsets = new Uint32Array(this.#text.length + 1)
    let at = 0
    for (let piece = 0; piece < this.#lengths.length; piece++) {
      const start = (this.#starts[piece] ?? 0) - at
      const end = at + (this.#lengths[piece] ?? 0)
      for (; at < end; at++) offsets[at] = start + at
    }
    offsets[at] = this.#end
    return offsets
  }
}

/**
 * Units in document order with their ids.
 *
 * @param drafts in any order; a unit that begins where another begins keeps its place after it
 */
export function numberUnits(drafts: readonly UnitDraft[]): readonly Unit[] {
  const sorted = drafts.toSorted((a, b) => (a.offsets[0] ?? 0) - (b.offsets[0] ?? 0))
  const standfirst = findStandfirst(sorted)
  return sorted.map((draft, index) => ({
    id: `u${index + 1}`,
    kind: draft === standfirst ? 'standfirst' : draft.kind,
    text: draft.text,
    codes: draft.codes,
    offsets: draft.offsets,
    escape: draft.escape,
  }))
}

/** The paragraph after the first headline is the standfirst when it is emphasised as a whole. */
function findStandfirst(drafts: readonly UnitDraft[]): UnitDraft | undefined {
  const headline = drafts.findIndex((draft) => draft.kind === 'headline')
  if (headline === -1) return undefined
  let at = headline + 1
  while (drafts[at]?.kind === 'metadata' || drafts[at]?.kind === 'attribute') at++
  const next = drafts[at]
  const first = next?.codes[0]
  if (next?.kind !== 'paragraph' || first?.type !== 'format' || first.kind !== 'open') return undefined
  const whole =
    first.pair === next.codes.length - 1 &&
    next.text.charCodeAt(0) === FIRST_CODE &&
    next.text.charCodeAt(next.text.length - 1) === FIRST_CODE + first.pair
  return whole ? next : undefined
}

function assemble(
  text: string,
  offsets: Uint32Array,
  codes: readonly CodeDraft[],
  options: FinishOptions,
): UnitDraft {
  const { kind, escape: mode, source } = options
  if (codes.length === 0) return { kind, text, codes: NO_CODES, offsets, escape: mode }
  const positions: number[] = []
  for (let at = text.indexOf(PLACEHOLDER); at !== -1; at = text.indexOf(PLACEHOLDER, at + 1))
    positions.push(at)
  const atoms = simplifyCodes(codes, positions)
  if (atoms.length > MAX_CODES) {
    throw new DomainError('invalid-input', `one paragraph has more than ${MAX_CODES} tags; split it`, {
      place: { ...(options.file && { file: options.file }), ...lineAndColumn(source, offsets[0] ?? 0) },
    })
  }
  const merged = text.length - codes.length + atoms.length
  const kept = merged === text.length ? offsets : new Uint32Array(merged + 1)
  let joined = ''
  let from = 0
  let to = 0
  const plain = (end: number): void => {
    joined += text.slice(from, end)
    if (kept !== offsets) kept.set(offsets.subarray(from, end), to)
    to += end - from
    from = end
  }
  const finished = atoms.map((atom: CodeAtom, index): InlineCode => {
    const start = positions[atom.first] ?? 0
    const end = (positions[atom.last] ?? 0) + 1
    plain(start)
    joined += codeCharacter(index)
    if (kept !== offsets) kept[to] = offsets[start] ?? 0
    to++
    from = end
    return {
      kind: atom.kind,
      pair: atom.pair,
      type: atom.type,
      data: source.slice(offsets[start], offsets[end]),
      label: atom.label,
      equiv: atom.equiv,
      ...(atom.deletable && { deletable: true }),
      ...(!atom.reorderable && { reorderable: false }),
    }
  })
  plain(text.length)
  kept[to] = offsets[text.length] ?? 0
  return { kind, text: joined, codes: finished, offsets: kept, escape: mode }
}

const NO_CODES: readonly InlineCode[] = []

/**
 * True for a character that cannot stand in a text as it is: the private use characters that mean codes, and
 * what XML 1.0 (§2.2) cannot carry to a translator. Readers make an inline code of it.
 */
export function needsCode(unit: number): boolean {
  if (unit < 0x20) return unit !== 9 && unit !== 10
  return (unit >= FIRST_CODE && unit <= LAST_CODE) || unit === 0xfffe || unit === 0xffff
}

/** The code for such a character. */
export function characterCode(character: string): CodeDraft {
  const name = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  return { kind: 'single', type: 'char', label: name, equiv: character }
}

function isBlank(unit: number): boolean {
  return unit === 32 || (unit >= 9 && unit <= 13)
}
