import { type CodeType, codeCharacter, FIRST_CODE, LAST_CODE, MAX_CODES } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import type { XmlElement } from '../xml/tree.ts'
import type { ReadCode } from './xliff-model.ts'

/** What one inline element stands for. */
export type Mark = {
  readonly kind: ReadCode['kind']
  /** Names the code among those of its kind; the halves of a pair have the same. */
  readonly key: string
  readonly id: string
  readonly type: CodeType
  readonly data: string
  readonly raw: string
  readonly label: string
  readonly equiv: string
  readonly deletable?: boolean
  readonly reorderable?: boolean
}

/** What one inline element is in a text. */
export type Reading =
  | { readonly as: 'text'; readonly text: string }
  | { readonly as: 'code'; readonly mark: Mark }
  | { readonly as: 'pair'; readonly start: Mark; readonly end: Mark }
  /** Its content counts, it does not. */
  | { readonly as: 'content' }

/** Says what an inline element is, in one format. */
export type InlineDialect = (element: XmlElement) => Reading

type OpenCode = { -readonly [K in keyof ReadCode]: ReadCode[K] }

/** Above this many codes they are found through a map. */
const FEW = 12

/**
 * Reads the content of `source` and `target` elements of one segment into text with code characters.
 * `source` first: its codes are numbered as they appear, and the target's are matched with them by kind and
 * id. Annotations (`mrk`, `sm`, `em`) are passed through; unknown elements are codes.
 */
export class InlineReader {
  readonly #dialect: InlineDialect
  readonly #ours: boolean
  readonly #onCode: ((index: number, mark: Mark) => void) | undefined
  readonly #codes: OpenCode[] = []
  /** By code: its key, which copy of it this is, and (of first copies) how many the present text has. */
  readonly #keys: string[] = []
  readonly #copies: number[] = []
  readonly #counts: number[] = []
  #byName: Map<string, number> | undefined
  #sourceCount = -1
  #parts: string[] = []

  /**
   * @param ours whether this program wrote the file: then ids say how codes are numbered
   * @param onCode told of every code as it is met, in the source and in the target
   */
  constructor(dialect: InlineDialect, ours = false, onCode?: (index: number, mark: Mark) => void) {
    this.#dialect = dialect
    this.#ours = ours
    this.#onCode = onCode
  }

  /** All codes met so far: the source's, then those that only the target has. */
  get codes(): readonly ReadCode[] {
    return this.#codes
  }

  /** @throws DomainError `too-large`: more codes than a segment can hold */
  read(element: XmlElement): string {
    this.#parts = []
    this.#counts.fill(0)
    this.#readChildren(element, element)
    if (this.#sourceCount === -1) this.#sourceCount = this.#codes.length
    return this.#parts.length === 1 ? (this.#parts[0] ?? '') : this.#parts.join('')
  }

  /** Elements are nested no deeper than the parser allows, so this calls itself no deeper either. */
  #readChildren(parent: XmlElement, whole: XmlElement): void {
    for (const node of parent.children) {
      if (node.kind === 'text') this.#plain(node.text, whole)
      if (node.kind !== 'element') continue
      const reading = this.#dialect(node)
      switch (reading.as) {
        case 'text':
          this.#plain(reading.text, whole)
          break
        case 'code':
          this.#parts.push(this.#characterOf(reading.mark, whole))
          break
        case 'content':
          this.#readChildren(node, whole)
          break
        case 'pair':
          this.#parts.push(this.#characterOf(reading.start, whole))
          this.#readChildren(node, whole)
          this.#parts.push(this.#characterOf(reading.end, whole))
          break
      }
    }
  }

  /** A private use character in the file's own text is a code, as everywhere in the domain. */
  #plain(text: string, whole: XmlElement): void {
    if (text === '') return
    if (!PRIVATE_USE.test(text)) {
      this.#parts.push(text)
      return
    }
    for (const data of text.split(EACH_PRIVATE_USE)) {
      if (data === '') continue
      if (data.length > 1 || !PRIVATE_USE.test(data)) {
        this.#parts.push(data)
        continue
      }
      const id = data.charCodeAt(0).toString(16)
      const words = { data, raw: data, label: data, equiv: data }
      const mark = { kind: 'single', key: `char ${id}`, id, type: 'char', ...words } as const
      this.#parts.push(this.#characterOf(mark, whole))
    }
  }

  #characterOf(mark: Mark, whole: XmlElement): string {
    const index = this.#indexOf(mark, whole)
    this.#onCode?.(index, mark)
    return codeCharacter(index)
  }

  #indexOf(mark: Mark, whole: XmlElement): number {
    const { kind, key } = mark
    const first = this.#find(kind, key, 1)
    const copy = first === -1 ? 1 : (this.#counts[first] ?? 0) + 1
    if (first !== -1) this.#counts[first] = copy
    if (this.#sourceCount !== -1) {
      const known = copy === 1 ? first : this.#find(kind, key, copy)
      if (known !== -1) return known
      if (first !== -1) return first
      const ours = this.#ours ? this.#findOurs(mark) : -1
      if (ours !== -1) return ours
    }
    return this.#add(mark, copy, whole)
  }

  #add(mark: Mark, copy: number, whole: XmlElement): number {
    const { kind, key, id, type, data, raw, label, equiv } = mark
    const index = this.#codes.length
    if (index >= MAX_CODES) {
      const place = { line: whole.line, column: whole.column }
      throw new DomainError('too-large', `a segment has more than ${MAX_CODES} inline codes`, { place })
    }
    const partner = PARTNER[kind]
    const pair = partner === undefined ? -1 : this.#find(partner, key, copy)
    const code: OpenCode = { kind, pair: pair === -1 ? null : pair, type, data, label, equiv, id, raw }
    if (mark.deletable === true) code.deletable = true
    if (mark.reorderable === false) code.reorderable = false
    const other = this.#codes[pair]
    if (other !== undefined) {
      other.pair = index
      // The end of a pair says its type nowhere, in neither version; nor in 1.2 whether it may be left out.
      if (kind === 'close') {
        code.type = other.type
        if (other.deletable === true) code.deletable = true
      }
    }
    this.#codes.push(code)
    this.#keys.push(key)
    this.#copies.push(copy)
    this.#counts.push(1)
    if (index === FEW) {
      this.#byName = new Map(this.#codes.map((one, at) => [this.#nameOf(one.kind, at), at]))
    } else if (index > FEW) {
      this.#byName?.set(this.#nameOf(kind, index), index)
    }
    return index
  }

  #nameOf(kind: ReadCode['kind'], index: number): string {
    return `${kind} ${this.#copies[index]} ${this.#keys[index]}`
  }

  /** @returns the index of the nth copy of a code; -1 where there is none */
  #find(kind: ReadCode['kind'], key: string, copy: number): number {
    if (this.#byName !== undefined) return this.#byName.get(`${kind} ${copy} ${key}`) ?? -1
    for (let at = 0; at < this.#codes.length; at++) {
      if (this.#keys[at] === key && this.#copies[at] === copy && this.#codes[at]?.kind === kind) return at
    }
    return -1
  }

  /** Our own writer names a copy `3_2` and a lone half of a pair by its own index + 1. */
  #findOurs({ kind, key, id }: Mark): number {
    const original = this.#find(kind, withoutCopy(key), 1)
    if (original !== -1) return original
    const number = withoutCopy(id)
    const index = /^\d{1,5}$/.test(number) ? Number(number) - 1 : -1
    return index < this.#sourceCount && this.#codes[index]?.kind === kind ? index : -1
  }
}

function withoutCopy(id: string): string {
  return id.split('_', 1)[0] ?? ''
}

const PARTNER: Readonly<Record<ReadCode['kind'], ReadCode['kind'] | undefined>> = {
  open: 'close',
  close: 'open',
  single: undefined,
}

const PRIVATE_USE = new RegExp(`[${String.fromCharCode(FIRST_CODE)}-${String.fromCharCode(LAST_CODE)}]`)
const EACH_PRIVATE_USE = new RegExp(`(${PRIVATE_USE.source})`)

/** The two halves of an element that stands around its content; their data are its tags. */
export function pairOf(
  element: XmlElement,
  mark: Omit<Mark, 'kind'>,
  text: string,
): { readonly as: 'pair'; readonly start: Mark; readonly end: Mark } {
  const opening = text.slice(element.start, element.contentStart)
  const closing = element.selfClosing ? '' : text.slice(element.contentEnd, element.end)
  const { key, id, type, label, equiv, ...flags } = mark
  const end = {
    kind: 'close',
    key,
    id,
    type,
    data: closing,
    raw: closing,
    label: `/${label}`,
    equiv,
  } as const
  const start = { kind: 'open', key, id, type, data: opening, raw: opening, label, equiv } as const
  if (flags.deletable === undefined && flags.reorderable === undefined) return { as: 'pair', start, end }
  const { deletable = false, reorderable = true } = flags
  return { as: 'pair', start: { ...start, deletable, reorderable }, end: { ...end, deletable, reorderable } }
}

/** `other` for a name that is none of ours. */
export function codeType(name: string): CodeType {
  return CODE_TYPES.find((type) => type === name) ?? 'other'
}

const CODE_TYPES: readonly CodeType[] = ['format', 'link', 'image', 'code', 'break', 'note', 'char', 'other']
