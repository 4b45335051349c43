import type { XmlName, XmlNames } from './names.ts'
import { decodeAttribute } from './references.ts'

/** Numbers that one attribute takes: its name's, and the offsets of its raw value. */
const WIDTH = 3
/** Added to the number of the name where the value is not what is written. */
const ENCODED = 2 ** 30

/** More attributes of one element are compared by a set instead of in pairs. */
const FEW = 12

/** The attributes of many elements, one behind the other, as numbers: names and offsets of raw values. */
export class XmlAttributes {
  count = 0
  #cells = new Int32Array(WIDTH * 16)

  add(name: XmlName, start: number, end: number, encoded: boolean): void {
    const cell = this.count * WIDTH
    if (cell === this.#cells.length) {
      const larger = new Int32Array(cell * 2)
      larger.set(this.#cells)
      this.#cells = larger
    }
    this.#cells[cell] = encoded ? name.number + ENCODED : name.number
    this.#cells[cell + 1] = start
    this.#cells[cell + 2] = end
    this.count++
  }

  /** Forgets all attributes. */
  clear(): void {
    this.count = 0
  }

  nameAt(at: number, names: XmlNames): XmlName {
    const name = names.all[this.#numberAt(at)]
    if (name === undefined) throw new Error(`no attribute ${at}`)
    return name
  }

  /** Of the raw value, between its quotation marks. */
  startAt(at: number): number {
    return this.#cells[at * WIDTH + 1] ?? 0
  }

  endAt(at: number): number {
    return this.#cells[at * WIDTH + 2] ?? 0
  }

  /** The value as a reader of XML sees it. */
  valueAt(at: number, text: string): string {
    const raw = text.slice(this.startAt(at), this.endAt(at))
    return (this.#cells[at * WIDTH] ?? 0) >= ENCODED ? decodeAttribute(raw) : raw
  }

  /** The first attribute from here to the last that has a name which another one before it has; -1 for none. */
  findDuplicate(
    from: number,
    names: XmlNames,
    scope: { readonly namespaceOf: (name: XmlName) => string | undefined } | undefined,
  ): number {
    const count = this.count - from
    if (count < 2) return -1
    if (count <= FEW && scope === undefined) {
      for (let at = from + 1; at < this.count; at++) {
        const number = this.#numberAt(at)
        for (let before = from; before < at; before++) if (this.#numberAt(before) === number) return at
      }
      return -1
    }
    const seen = new Set<string>()
    for (let at = from; at < this.count; at++) {
      const name = this.nameAt(at, names)
      const plain = scope === undefined || name.prefix === ''
      const key = plain ? name.text : `{${scope.namespaceOf(name) ?? name.prefix}}${name.local}`
      if (seen.has(key)) return at
      seen.add(key)
    }
    return -1
  }

  #numberAt(at: number): number {
    return (this.#cells[at * WIDTH] ?? 0) & (ENCODED - 1)
  }
}
