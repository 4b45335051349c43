import type { InlineCode, Segment } from '../domain/document.ts'
import type { Target } from '../domain/target.ts'
import { escapeXmlText, keepXmlCharacters, NOT_XML, xmlAttributes } from '../xml/tree.ts'
import { editingHints, layOutInline, TYPE_2 } from './xliff-inline-write.ts'
import {
  type ExchangeFile,
  type ExchangeMatch,
  type ExchangeSegment,
  type ExchangeTerm,
  identityToken,
  noteOf,
  TOOL_ID,
} from './xliff-model.ts'
import type { ProfileTraits } from './xliff-profile.ts'
import { state2 } from './xliff-states.ts'

export const CORE_2 = 'urn:oasis:names:tc:xliff:document:2.0'
export const GLOSSARY_2 = 'urn:oasis:names:tc:xliff:glossary:2.0'
export const METADATA_2 = 'urn:oasis:names:tc:xliff:metadata:2.0'
export const MATCHES_2 = 'urn:oasis:names:tc:xliff:matches:2.0'
export const SIZE_2 = 'urn:oasis:names:tc:xliff:sizerestriction:2.0'

/**
 * XLIFF 2.0 or 2.1 (OASIS; the two have the same core namespace): one unit with one segment for each of ours,
 * a target only where there is one, terms as `gls:glossary`, provenance as `mda:metadata`.
 *
 * The export's identity stands in the file's metadata and, as a fallback, in the file's id. Inline codes are
 * `pc` and `ph`, which tools show well, with their data as `originalData`; a pair that crosses another is
 * `sc` and `ec`. Characters that XML cannot hold are `cp` elements in text and data, and dropped elsewhere.
 */
export function writeXliff2(file: ExchangeFile, version: '2.0' | '2.1', traits: ProfileTraits): string {
  const matched = traits.matches && file.segments.some(({ matches = [] }) => matches.length > 0)
  const limited = traits.limits && file.segments.some(({ maxLength }) => maxLength !== undefined)
  const { name, version: toolVersion } = file.tool ?? { name: 'Talmach', version: '' }
  const token = identityToken(file)
  const root = xmlAttributes({
    xmlns: CORE_2,
    'xmlns:gls': GLOSSARY_2,
    'xmlns:mda': METADATA_2,
    'xmlns:mtc': matched ? MATCHES_2 : undefined,
    'xmlns:slr': limited ? SIZE_2 : undefined,
    version,
    srcLang: file.sourceLocale,
    trgLang: file.targetLocale,
  })
  const about = metadata({
    export: token,
    tool: `${name} ${toolVersion}`.trim(),
    format: file.format,
    segmentation: file.segmentationVersion || undefined,
    glossary: file.glossaryVersion,
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<xliff${root}>\n`,
    `<file${xmlAttributes({ id: token ?? 'f1', original: file.original, canResegment: 'no' })}>\n`,
    // The standard profile that counts code points (XLIFF 2.1 §5.8.6.1).
    limited ? '<slr:profiles generalProfile="xliff:codepoints"/>\n' : '',
    about,
    ...file.segments.map((segment) => unit(segment, traits)),
    '</file>\n</xliff>\n',
  ].join('')
}

function unit(exchanged: ExchangeSegment, traits: ProfileTraits): string {
  const { segment, target, terms, translate, matches = [], maxLength } = exchanged
  const limit = traits.limits && maxLength !== undefined ? `${maxLength}` : undefined
  const note = noteOf(exchanged)
  const data = segment.codes.map(originalData).join('')
  const unitAttributes = xmlAttributes({
    id: segment.id,
    type: `${TOOL_ID}:${segment.unitKind}`,
    translate: translate === false ? 'no' : undefined,
    'xml:space': 'preserve',
    'slr:sizeRestriction': limit,
  })
  return [
    `<unit${unitAttributes}>\n`,
    traits.matches ? matchElements(matches, segment) : '',
    glossary(terms),
    target === undefined ? '' : metadata({ origin: target.origin, by: target.by }),
    note === '' ? '' : `<notes>\n<note id="n1">${escapeXmlText(note)}</note>\n</notes>\n`,
    data === '' ? '' : `<originalData>\n${data}</originalData>\n`,
    `<segment${xmlAttributes({ id: SEGMENT_ID, ...state2(target) })}>\n`,
    `<source>${inline(segment.text, segment.codes)}</source>\n`,
    targetElement(target, segment),
    '</segment>\n</unit>\n',
  ].join('')
}

/**
 * Proposals for the segment. Their codes have no data: an `originalData` of their own would repeat the unit's.
 */
function matchElements(matches: readonly ExchangeMatch[], segment: Segment): string {
  if (matches.length === 0) return ''
  const elements = matches.map((match, index) => {
    const { source = segment.text, target, codes = segment.codes, origin, by, similarity } = match
    const attributes = xmlAttributes({
      id: `m${index + 1}`,
      ref: `#${SEGMENT_ID}`,
      type: origin === 'mt' ? 'mt' : 'tm',
      subType: `${TOOL_ID}:${origin}`,
      origin: by,
      similarity: similarity === undefined ? undefined : similarity.toFixed(1),
    })
    const bare = codes.map((code) => ({ ...code, data: '' }))
    const texts = `<source>${inline(source, bare)}</source>\n<target>${inline(target, bare, shapesOf(source, bare))}</target>\n`
    return `<mtc:match${attributes}>\n${texts}</mtc:match>\n`
  })
  return `<mtc:matches>\n${elements.join('')}</mtc:matches>\n`
}

/** Each unit has one segment. */
const SEGMENT_ID = 's1'

function targetElement(target: Target | undefined, { text, codes }: Segment): string {
  if (target === undefined) return ''
  return `<target>${inline(target.text, codes, shapesOf(text, codes))}</target>\n`
}

function metadata(values: Readonly<Record<string, string | undefined>>): string {
  const metas = Object.entries(values)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([type, value]) => `<mda:meta${xmlAttributes({ type })}>${escapeXmlText(value)}</mda:meta>\n`)
  return `<mda:metadata>\n<mda:metaGroup category="${TOOL_ID}">\n${metas.join('')}</mda:metaGroup>\n</mda:metadata>\n`
}

function glossary(terms: readonly ExchangeTerm[]): string {
  if (terms.length === 0) return ''
  const entries = terms.map(({ source, target, definition }, index) =>
    [
      `<gls:glossEntry id="t${index + 1}"><gls:term>${escapeXmlText(source)}</gls:term>`,
      target === '' ? '' : `<gls:translation id="t${index + 1}a">${escapeXmlText(target)}</gls:translation>`,
      // An entry must have a translation or a definition (XLIFF 2.1 §5.2.3.2).
      definition === undefined && target !== ''
        ? ''
        : `<gls:definition>${escapeXmlText(definition ?? '')}</gls:definition>`,
      '</gls:glossEntry>\n',
    ].join(''),
  )
  return `<gls:glossary>\n${entries.join('')}</gls:glossary>\n`
}

/** The halves of a pair have data both or neither: `dataRefStart` and `dataRefEnd` come together (§4.3.1.11 of 2.1). */
function hasData(code: InlineCode, codes: readonly InlineCode[]): boolean {
  return code.data !== '' || (codes[code.pair ?? -1]?.data ?? '') !== ''
}

function originalData(code: InlineCode, index: number, codes: readonly InlineCode[]): string {
  return !hasData(code, codes) ? '' : `<data id="d${index + 1}">${textOf(code.data)}</data>\n`
}

/** Ids that elements of a source have, and whether they are placeholders. */
function shapesOf(source: string, codes: readonly InlineCode[]): ReadonlyMap<string, boolean> {
  const shapes = new Map<string, boolean>()
  for (const piece of layOutInline(source, codes)) {
    if (piece.kind === 'placeholder') shapes.set(piece.id, true)
    if (piece.kind === 'start' || piece.kind === 'span-start') shapes.set(piece.id, false)
  }
  return shapes
}

/**
 * @param shapes of the source, for a target: half a pair that is whole in the source is a placeholder here and needs
 *   an id of its own (§4.3.1.21 of 2.1). The reader passes over what follows `_`
 */
function inline(text: string, codes: readonly InlineCode[], shapes?: ReadonlyMap<string, boolean>): string {
  let xml = ''
  for (const piece of layOutInline(text, codes)) {
    switch (piece.kind) {
      case 'text':
        xml += textOf(piece.text)
        break
      case 'start':
        xml += `<pc${pairAttributes(piece.id, codes, piece.open, piece.close)}>`
        break
      case 'end':
        xml += '</pc>'
        break
      case 'span-start':
        xml += `<sc${xmlAttributes({ id: piece.id, ...kind(codes, piece.code, 'pair'), ...editingHints(codes, piece.code), ...shown(codes, piece.code) })}/>`
        break
      case 'span-end':
        xml += `<ec${xmlAttributes({ startRef: piece.startId, ...editingHints(codes, piece.code), ...shown(codes, piece.code) })}/>`
        break
      case 'placeholder':
        xml += `<ph${xmlAttributes({ id: shapes?.get(piece.id) === false ? `${piece.id}_t` : piece.id, ...kind(codes, piece.code, 'placeholder'), ...editingHints(codes, piece.code), ...shown(codes, piece.code) })}/>`
        break
    }
  }
  return xml
}

function pairAttributes(id: string, codes: readonly InlineCode[], open: number, close: number): string {
  const start = shown(codes, open)
  const end = shown(codes, close)
  return xmlAttributes({
    ...{ id, ...kind(codes, open, 'pair'), ...editingHints(codes, open) },
    ...{ dataRefStart: start.dataRef, dataRefEnd: end.dataRef },
    ...both('disp', start.disp, end.disp),
    ...both('equiv', start.equiv, end.equiv),
  })
}

/** An attribute of both ends; where one has it, the other has it, too (§4.3.1.18 of 2.1). */
function both(
  name: 'disp' | 'equiv',
  start: string | undefined,
  end: string | undefined,
): Readonly<Record<string, string>> {
  if (start === undefined && end === undefined) return {}
  return { [`${name}Start`]: start ?? '', [`${name}End`]: end ?? '' }
}

/** A placeholder that stands for half a pair says so in its sub-type. */
function kind(
  codes: readonly InlineCode[],
  index: number,
  written: 'pair' | 'placeholder',
): { type?: string; subType?: string } {
  const code = codes[index]
  if (code === undefined) return {}
  const half = code.kind === 'single' || written === 'pair' ? '' : `${code.kind}-`
  return { type: TYPE_2[code.type], subType: `${TOOL_ID}:${half}${code.type}` }
}

function shown(
  codes: readonly InlineCode[],
  index: number,
): { dataRef: string | undefined; disp: string | undefined; equiv: string | undefined } {
  const code = codes[index]
  const dataRef = code === undefined || !hasData(code, codes) ? undefined : `d${index + 1}`
  return { dataRef, disp: code?.label || undefined, equiv: code?.equiv || undefined }
}

function textOf(value: string): string {
  if (keepXmlCharacters(value) === value) return escapeXmlText(value)
  // Split first: what lies between is text, and the characters themselves have no other form.
  let xml = ''
  let from = 0
  for (const match of value.matchAll(NOT_XML)) {
    const hex = match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
    xml += `${escapeXmlText(value.slice(from, match.index))}<cp hex="${hex}"/>`
    from = match.index + match[0].length
  }
  return xml + escapeXmlText(value.slice(from))
}
