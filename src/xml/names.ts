/** Which characters XML 1.0 lets stand where (fifth edition, §2.2 to §2.4), and names that are met once. */

const NAME_START = 1
const NAME = 2
const SPACE = 4

const ASCII = new Uint8Array(128)
for (const letter of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_:') {
  ASCII[letter.charCodeAt(0)] = NAME_START | NAME
}
for (const other of '-.0123456789') ASCII[other.charCodeAt(0)] = NAME
for (const space of ' \t\r\n') ASCII[space.charCodeAt(0)] = SPACE

/** Whether a UTF-16 code unit is white space of XML; NaN, behind the end of a text, is not. */
export function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09
}

/** Whether a name may start with this UTF-16 code unit (`NameStartChar`), given well-formed UTF-16. */
export function startsName(unit: number): boolean {
  return unit < 128 ? ((ASCII[unit] ?? 0) & NAME_START) !== 0 : isLetter(unit)
}

/** Whether a name may go on with it (`NameChar`). */
export function continuesName(unit: number): boolean {
  if (unit < 128) return ((ASCII[unit] ?? 0) & NAME) !== 0
  return isLetter(unit) || isMark(unit)
}

function isMark(unit: number): boolean {
  if (unit === 0xb7 || unit === 0x203f || unit === 0x2040) return true
  return (unit >= 0x300 && unit <= 0x36f) || (unit >= 0xdc00 && unit <= 0xdfff)
}

/** The ranges of `NameStartChar` beyond ASCII; its supplementary planes are the lead surrogates to U+DB7F. */
const LETTERS: readonly (readonly [from: number, to: number])[] = [
  [0xc0, 0xd6],
  [0xd8, 0xf6],
  [0xf8, 0x2ff],
  [0x370, 0x37d],
  [0x37f, 0x1fff],
  [0x200c, 0x200d],
  [0x2070, 0x218f],
  [0x2c00, 0x2fef],
  [0x3001, 0xd7ff],
  [0xd800, 0xdb7f],
  [0xf900, 0xfdcf],
  [0xfdf0, 0xfffd],
]

function isLetter(unit: number): boolean {
  return LETTERS.some(([from, to]) => unit >= from && unit <= to)
}

/** A name of an element or attribute. One object for each name of a document, so that it can be compared. */
export class XmlName {
  /** Its number among the names of the document, from 0. */
  readonly number: number
  /** As written: `prefix:local`. */
  readonly text: string
  readonly prefix: string
  readonly local: string
  /** Whether it is a qualified name: at most one colon, and something on both sides of it. */
  readonly qualified: boolean
  /** Where it was last resolved, and to what (`XmlScope`). */
  scope: unknown
  namespace: string | undefined

  constructor(text: string, number: number) {
    const colon = text.indexOf(':')
    this.number = number
    // As the key of an object the engine has a string once, and finds it equal to a literal without reading it.
    this.text = Object.keys({ [text]: 0 })[0] ?? text
    this.prefix = colon === -1 ? '' : text.slice(0, colon)
    this.local = colon === -1 ? this.text : text.slice(colon + 1)
    this.qualified = colon === -1 || (colon > 0 && this.local !== '' && !this.local.includes(':'))
    this.scope = undefined
    this.namespace = undefined
  }
}

const SLOTS = 128

/** The names of one document. */
export class XmlNames {
  /** By number. */
  readonly all: XmlName[] = []
  readonly #byText = new Map<string, XmlName>()
  /** Found again without a new string: the last name with each hash. */
  readonly #slots: (XmlName | undefined)[] = new Array<XmlName | undefined>(SLOTS)

  /** @returns the name that stands at [start, end) of a text */
  find(text: string, start: number, end: number): XmlName {
    // First, last and middle character and the length tell the names of a vocabulary apart well enough.
    const middle = text.charCodeAt((start + end) >> 1)
    const hash = text.charCodeAt(start) + text.charCodeAt(end - 1) * 7 + middle * 31 + (end - start) * 131
    const slot = hash & (SLOTS - 1)
    const cached = this.#slots[slot]
    if (cached !== undefined && standsAt(cached.text, text, start, end)) return cached
    const written = text.slice(start, end)
    let name = this.#byText.get(written)
    if (name === undefined) {
      name = new XmlName(written, this.all.length)
      this.all.push(name)
      this.#byText.set(written, name)
    }
    this.#slots[slot] = name
    return name
  }
}

/** Whether `name` is what stands at [start, end) of a text. */
export function standsAt(name: string, text: string, start: number, end: number): boolean {
  if (name.length !== end - start) return false
  for (let at = 0; at < name.length; at++) {
    if (name.charCodeAt(at) !== text.charCodeAt(start + at)) return false
  }
  return true
}
