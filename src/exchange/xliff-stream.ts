import { attributeOf, childElements, type XmlElement } from '../xml/tree.ts'
import { openFile1 } from './xliff-1-read.ts'
import { unitsOf1 } from './xliff-1-unit.ts'
import { openFile2 } from './xliff-2-read.ts'
import { unitsOf2 } from './xliff-2-unit.ts'
import type { ReadWarning, ReadXliffFile } from './xliff-model.ts'

/** Reads one `file` element, unit by unit. */
export type FileReader = {
  readonly add: (unit: XmlElement, translate: boolean) => void
  readonly finish: () => ReadXliffFile
}

/** What of a file has to be known before its first unit is read. */
const ABOUT = new Set(['header', 'metadata', 'notes'])

/**
 * Reads the units of an XLIFF file while it is parsed, so that a file of any size takes the memory of its segments.
 * `close` is for `XmlLimits.onClose`.
 */
export class XliffStream {
  /** What a file says of itself came behind a unit, which was read without it: the file is to be read as a whole. */
  isLate = false
  readonly #text: string
  readonly #warn: (warning: ReadWarning) => void
  /** By `file` element: its parts that are no units, and its reader once there was a unit. */
  readonly #files = new Map<XmlElement, { readonly about: XmlElement[]; reader?: FileReader }>()

  constructor(text: string, warn: (warning: ReadWarning) => void) {
    this.#text = text
    this.#warn = warn
  }

  close(element: XmlElement): 'keep' | 'forget' {
    const { local, parent } = element
    if (ABOUT.has(local) && isFile(parent)) {
      const file = this.#fileOf(parent)
      file.about.push(element)
      if (file.reader !== undefined) this.isLate = true
    }
    if (local !== 'trans-unit' && local !== 'unit') return 'keep'
    const place = placeOf(element)
    if (place === undefined) return 'keep'
    const file = this.#fileOf(place.file)
    file.reader ??= openFile(this.#text, place.root, place.file, file.about, this.#warn)
    file.reader.add(element, place.translate)
    return 'forget'
  }

  /** What was read of a `file` element, when all is parsed. */
  finish(root: XmlElement, file: XmlElement): ReadXliffFile {
    const { about, reader } = this.#fileOf(file)
    return (reader ?? openFile(this.#text, root, file, about, this.#warn)).finish()
  }

  #fileOf(file: XmlElement): { readonly about: XmlElement[]; reader?: FileReader } {
    const known = this.#files.get(file)
    if (known !== undefined) return known
    const opened = { about: [] }
    this.#files.set(file, opened)
    return opened
  }
}

/** Reads a `file` element of a whole tree. */
export function readFile(
  text: string,
  root: XmlElement,
  file: XmlElement,
  warn: (warning: ReadWarning) => void,
): ReadXliffFile {
  const about = childElements(file).filter(({ local }) => ABOUT.has(local))
  const reader = openFile(text, root, file, about, warn)
  const units = isVersion1(root) ? unitsOf1(file) : unitsOf2(file)
  for (const { unit, translate } of units) reader.add(unit, translate)
  return reader.finish()
}

function openFile(
  text: string,
  root: XmlElement,
  file: XmlElement,
  about: readonly XmlElement[],
  warn: (warning: ReadWarning) => void,
): FileReader {
  const open = isVersion1(root) ? openFile1 : openFile2
  return open(text, root, file, about, warn)
}

function isVersion1(root: XmlElement): boolean {
  return (attributeOf(root, 'version') ?? '1.2').startsWith('1.')
}

function isFile(element: XmlElement | undefined): element is XmlElement {
  return element?.local === 'file' && isRoot(element.parent)
}

function isRoot(element: XmlElement | undefined): element is XmlElement {
  return element?.local === 'xliff' && element.parent === undefined
}

/** The file of a unit and what the unit inherits; undefined for one that is nowhere that a unit can be. */
function placeOf(
  unit: XmlElement,
): { readonly root: XmlElement; readonly file: XmlElement; readonly translate: boolean } | undefined {
  const isTransUnit = unit.local === 'trans-unit'
  let own = attributeOf(unit, 'translate')
  let element = unit.parent
  let top = ''
  while (element !== undefined && (element.local === 'group' || (isTransUnit && element.local === 'body'))) {
    own ??= attributeOf(element, 'translate')
    top = element.local
    element = element.parent
  }
  if (!isFile(element) || (isTransUnit && top !== 'body')) return undefined
  const root = element.parent
  if (!isRoot(root) || isVersion1(root) !== isTransUnit) return undefined
  return { root, file: element, translate: own !== 'no' }
}
