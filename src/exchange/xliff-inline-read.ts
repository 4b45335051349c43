import { type CodeType, codeCharacter, FIRST_CODE, LAST_CODE, MAX_CODES } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import type { XmlElement, XmlNode } from '../xml/tree.ts'
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

/**
 * Reads the content of `source` and `target` elements of one segment into text with code characters.
 * `source` first: its codes are numbered as they appear, and the target's are matched with them by kind and
 * id. Annotations (`mrk`, `sm`, `em`) are passed through; unknown elements are codes.
 */
export class InlineReader {
  readonly #dialect: InlineDialect
  readonly #ours: boolean
  readonly #codes: { -readonly [K in keyof ReadCode]: ReadCode[K] }[] = []
  readonly #indexes = new Map<string, number>()
  #sourceCount: number | undefined

  /** @param ours whether this program wrote the file: then ids say how codes are numbered */
  constructor(dialect: InlineDialect, ours = false) {
    this.#dialect = dialect
    this.#ours = ours
  }

  /** All codes met so far: the source's, then those that only the target has. */
  get codes(): readonly ReadCode[] {
    return this.#codes
  }

  /** @throws DomainError `too-large`: more codes than a segment can hold */
  read(element: XmlElement): string {
    const parts: string[] = []
    const copies = new Map<string, number>()
    const pending: (XmlNode | Mark)[] = element.children.toReversed()
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if ('key' in next) parts.push(this.#characterOf(next, copies, element))
      else if (next.kind === 'text') parts.push(this.#plain(next.text, copies, element))
      else if (next.kind === 'element') {
        const reading = this.#dialect(next)
        if (reading.as === 'text') parts.push(this.#plain(reading.text, copies, element))
        if (reading.as === 'code') parts.push(this.#characterOf(reading.mark, copies, element))
        if (reading.as === 'pair') parts.push(this.#characterOf(reading.start, copies, element))
        if (reading.as === 'pair') pending.push(reading.end)
        if (reading.as === 'pair' || reading.as === 'content') {
          for (const child of next.children.toReversed()) pending.push(child)
        }
      }
    }
    this.#sourceCount ??= this.#codes.length
    return parts.join('')
  }

  /** A private use character in the file's own text is a code, as everywhere in the domain. */
  #plain(text: string, copies: Map<string, number>, element: XmlElement): string {
    return text.replace(PRIVATE_USE, (data) => {
      const id = data.charCodeAt(0).toString(16)
      const words = { data, raw: data, label: data, equiv: data }
      return this.#characterOf(
        { kind: 'single', key: `char ${id}`, id, type: 'char', ...words },
        copies,
        element,
      )
    })
  }

  #characterOf(mark: Mark, copies: Map<string, number>, element: XmlElement): string {
    const key = `${mark.kind} ${mark.key}`
    const copy = (copies.get(key) ?? 0) + 1
    copies.set(key, copy)
    const name = copy === 1 ? key : `${key} ~${copy}`
    const known = this.#sourceCount === undefined ? undefined : this.#find(name, key, mark)
    if (known !== undefined) return codeCharacter(known)
    const index = this.#codes.length
    if (index >= MAX_CODES) {
      const place = { line: element.line, column: element.column }
      throw new DomainError('too-large', `a segment has more than ${MAX_CODES} inline codes`, { place })
    }
    const partner = PARTNER[mark.kind]
    const pair = partner === undefined ? undefined : this.#indexes.get(name.replace(mark.kind, partner))
    const { kind, id, type, data, raw, label, equiv } = mark
    this.#codes.push({ kind, pair: pair ?? null, type, data, label, equiv, id, raw })
    const other = pair === undefined ? undefined : this.#codes[pair]
    if (other !== undefined) other.pair = index
    // The end of a pair says its type nowhere, in neither version.
    const added = this.#codes[index]
    if (other !== undefined && added !== undefined && kind === 'close') added.type = other.type
    this.#indexes.set(name, index)
    return codeCharacter(index)
  }

  #find(name: string, key: string, mark: Mark): number | undefined {
    const known = this.#indexes.get(name) ?? this.#indexes.get(key)
    if (known !== undefined || !this.#ours) return known
    // Our own writer names a copy `3_2` and a lone half of a pair by its own index + 1.
    const original = this.#indexes.get(`${mark.kind} ${withoutCopy(mark.key)}`)
    if (original !== undefined) return original
    const number = withoutCopy(mark.id)
    const index = /^\d{1,5}$/.test(number) ? Number(number) - 1 : -1
    return index < (this.#sourceCount ?? 0) && this.#codes[index]?.kind === mark.kind ? index : undefined
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

const PRIVATE_USE = new RegExp(`[${String.fromCharCode(FIRST_CODE)}-${String.fromCharCode(LAST_CODE)}]`, 'g')

/** The two halves of an element that stands around its content; their data are its tags. */
export function pairOf(
  element: XmlElement,
  mark: Omit<Mark, 'kind'>,
  text: string,
): { readonly as: 'pair'; readonly start: Mark; readonly end: Mark } {
  const opening = text.slice(element.start, element.contentStart)
  const closing = element.selfClosing ? '' : text.slice(element.contentEnd, element.end)
  return {
    as: 'pair',
    start: { ...mark, kind: 'open', data: opening, raw: opening },
    end: { ...mark, kind: 'close', data: closing, raw: closing, label: `/${mark.label}` },
  }
}

/** `other` for a name that is none of ours. */
export function codeType(name: string): CodeType {
  return CODE_TYPES.find((type) => type === name) ?? 'other'
}

const CODE_TYPES: readonly CodeType[] = ['format', 'link', 'image', 'code', 'break', 'note', 'char', 'other']
