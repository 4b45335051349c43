import type { CodeType } from '../domain/document.ts'
import { attributeOf, textOf, type XmlElement } from '../xml/tree.ts'
import { codeType, type InlineDialect, pairOf, type Reading } from './xliff-inline-read.ts'

/**
 * @param text the whole file, for the raw mark-up
 * @param ours whether this program wrote it: then sub-types mean what ours mean
 */
export function inline1(text: string, ours: boolean): InlineDialect {
  const kinds = new Map<string, Ctype>()
  return (element) => {
    if (element.local === 'mrk') return CONTENT
    const written = attributeOf(element, 'ctype') ?? ''
    let ctype = kinds.get(written)
    if (ctype === undefined) {
      ctype = readCtype(written, ours)
      kinds.set(written, ctype)
    }
    return readInline(element, text, ours, ctype)
  }
}

const CONTENT: Reading = { as: 'content' }

/** What a `ctype` says; in our files also whether a placeholder stands for half a pair. */
type Ctype = { readonly type: CodeType; readonly half: 'open' | 'close' | undefined }

function readCtype(written: string, ours: boolean): Ctype {
  const half = ours ? /^x-(open|close)-/.exec(written)?.[1] : undefined
  const type = TYPE_OF_CTYPE.get(written) ?? codeType(written.replace(/^x-(?:open-|close-)?/, ''))
  return { type, half: half === 'open' || half === 'close' ? half : undefined }
}

/** Inline elements of XLIFF 1.x (§2.4 of 1.2). */
function readInline(element: XmlElement, text: string, ours: boolean, { type, half }: Ctype): Reading {
  const { local } = element
  const id = attributeOf(element, 'id') ?? ''
  const shown = attributeOf(element, 'equiv-text')
  const deletable = ours && attributeOf(element, 'clone') === 'yes'
  if (local === 'g') {
    const equiv = type === 'break' ? '\n' : type === 'char' ? (shown ?? id) : ''
    const key = attributeOf(element, 'rid') ?? id
    return pairOf(element, { key, id, type, data: '', raw: '', label: shown ?? id, equiv, deletable }, text)
  }
  const kind = kindOf(element) ?? half ?? 'single'
  // Placeholders are told apart by their ids alone.
  const key = kindOf(element) === undefined ? id : (attributeOf(element, 'rid') ?? id)
  const raw = text.slice(element.start, element.end)
  const label = shown ?? (textOf(element).slice(0, 20) || id)
  const equiv = type === 'break' ? '\n' : type === 'char' ? label : ''
  return { as: 'code', mark: { kind, key, id, type, data: raw, raw, label, equiv, deletable } }
}

/** Whether an element opens or closes something by its name; undefined for a placeholder. */
function kindOf(element: XmlElement): 'open' | 'close' | undefined {
  switch (element.local) {
    case 'bx':
    case 'bpt':
      return 'open'
    case 'ex':
    case 'ept':
      return 'close'
    case 'it':
      return attributeOf(element, 'pos') === 'close' ? 'close' : 'open'
    default:
      return undefined
  }
}

const TYPE_OF_CTYPE: ReadonlyMap<string, CodeType> = new Map([
  ['bold', 'format'],
  ['italic', 'format'],
  ['underlined', 'format'],
  ['link', 'link'],
  ['image', 'image'],
  ['lb', 'break'],
])
