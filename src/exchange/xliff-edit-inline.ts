import { codesIn, type InlineCode } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import { escapeXmlText, NOT_XML, parseXml, type XmlElement, xmlAttributes } from '../xml/tree.ts'
import { type InlineDialect, InlineReader } from './xliff-inline-read.ts'
import { layOutInline } from './xliff-inline-write.ts'

/** A segment's texts as they stand, and the mark-up of its codes. */
export type OldTexts = {
  readonly codes: readonly InlineCode[]
  /** By code: as the target has it, else as the source has it. */
  readonly raw: readonly string[]
  readonly target: string
  /** The target is one CDATA section. */
  readonly cdata: boolean
}

export function readOldTexts(
  source: XmlElement,
  target: XmlElement | undefined,
  dialect: InlineDialect,
  ours: boolean,
): OldTexts {
  const raw: string[] = []
  const inline = new InlineReader(dialect, ours, (index, mark) => {
    // A target may have half a pair as a placeholder: then only the source's mark-up is that of the pair.
    const known = raw[index]
    if (known === undefined || mark.raw === '' || nameOf(known) === nameOf(mark.raw)) raw[index] = mark.raw
  })
  inline.read(source)
  const text = target === undefined ? '' : inline.read(target)
  const [only, ...others] = target?.children ?? []
  const cdata = others.length === 0 && only?.kind === 'text' && only.cdata
  return { codes: inline.codes, raw, target: text, cdata }
}

/** What stands around its content, by version; all other codes are elements of their own. */
const AROUND = {
  '1': /^<\/?(?:[^\s<>/:]{1,80}:)?g(?=[\s/>])/,
  '2': /^<\/?(?:[^\s<>/:]{1,80}:)?pc(?=[\s/>])/,
} as const

/**
 * A translation as the content of an element.
 *
 * @param text with code characters
 * @param segment its id, for the place of an error
 * @throws DomainError `invalid-input`: a code character without a code
 */
export function renderInline(text: string, old: OldTexts, version: '1' | '2', segment: string): string {
  const { codes, raw } = old
  const used = codesIn(text)
  if (used.some((index) => index >= codes.length)) {
    const message = 'the translation has an inline code that the segment does not have'
    throw new DomainError('invalid-input', message, { place: { segment } })
  }
  if (old.cdata && used.length === 0 && !text.includes(']]>') && text.search(NOT_XML) === -1) {
    return `<![CDATA[${text}]]>`
  }
  const around = codes.map((_, index) => AROUND[version].test(tagOf(index, codes, raw)))
  // What is an element of its own is a placeholder to the layout, whatever pair it is half of.
  const laidOut = codes.map((code, index) => (around[index] === true ? code : { ...code, pair: null }))
  let xml = ''
  for (const piece of layOutInline(text, laidOut)) {
    switch (piece.kind) {
      case 'text':
        xml += escapeFor(piece.text, version)
        break
      case 'start':
        xml += openingOf(tagOf(piece.open, codes, raw))
        break
      case 'end':
        xml += `</${nameOf(tagOf(piece.code, codes, raw))}>`
        break
      default: {
        const tag = tagOf(piece.code, codes, raw)
        const half = codes[piece.code]?.kind === 'close' ? 'close' : 'open'
        const alone = piece.kind === 'placeholder'
        xml += around[piece.code] === true ? halfOf(tag, half, alone, version) : tag
      }
    }
  }
  return xml
}

/** The tag that says what a code is: for the end of a pair around content, the start tag of the pair. */
function tagOf(index: number, codes: readonly InlineCode[], raw: readonly string[]): string {
  const own = raw[index] ?? ''
  const code = codes[index]
  if (code?.kind !== 'close' || code.pair === null || !(own === '' || own.startsWith('</'))) return own
  return raw[code.pair] ?? own
}

function nameOf(tag: string): string {
  return /^<\/?([^\s<>/]{1,200})/.exec(tag)?.[1] ?? 'g'
}

function openingOf(tag: string): string {
  return tag.endsWith('/>') ? `${tag.slice(0, -2).trimEnd()}>` : tag
}

/** Half of a `g` or `pc` as an element of its own: its pair crosses another one, or its other half is missing. */
function halfOf(tag: string, half: 'open' | 'close', alone: boolean, version: '1' | '2'): string {
  const name = nameOf(tag)
  const prefix = name.includes(':') ? `${name.split(':', 1)[0]}:` : ''
  const closed = `${openingOf(tag.startsWith('</') ? `<${name}>` : tag).slice(0, -1)}/>`
  const attributes = [...parseXml(closed, { looseNamespaces: true }).attributes].map(
    ([key, { value }]) => [key, value] as const,
  )
  const id = attributes.find(([key]) => key === 'id')?.[1]
  if (version === '1') {
    const more = half === 'open' ? attributes.filter(([key]) => key !== 'id' && key !== 'rid') : []
    const rid = attributes.find(([key]) => key === 'rid')?.[1] ?? id
    const element = half === 'open' ? 'bx' : 'ex'
    return `<${prefix}${element}${xmlAttributes({ id, rid, ...Object.fromEntries(more) })}/>`
  }
  const [mine, other] = half === 'open' ? ['Start', 'End'] : ['End', 'Start']
  const kept = attributes.flatMap(([key, value]) => {
    if (key === 'id' || key.endsWith(other ?? '')) return []
    if (key.endsWith(mine ?? '')) return [[key.slice(0, -(mine ?? '').length), value] as const]
    return half === 'open' ? [[key, value] as const] : []
  })
  const more = Object.fromEntries(kept)
  const isolated = alone ? 'yes' : undefined
  if (half === 'open') return `<${prefix}sc${xmlAttributes({ id, ...more, isolated })}/>`
  const reference = alone ? { id } : { startRef: id }
  return `<${prefix}ec${xmlAttributes({ ...reference, ...more, isolated })}/>`
}

function escapeFor(text: string, version: '1' | '2'): string {
  if (version === '1') return escapeXmlText(text)
  let xml = ''
  let from = 0
  for (const match of text.matchAll(NOT_XML)) {
    const hex = match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
    xml += `${escapeXmlText(text.slice(from, match.index))}<cp hex="${hex}"/>`
    from = match.index + match[0].length
  }
  return xml + escapeXmlText(text.slice(from))
}
