import type { InlineCode } from '../domain/document.ts'
import type { Target } from '../domain/target.ts'
import { escapeXmlText, NOT_XML, xmlAttributes } from '../xml/tree.ts'
import { layOutInline, TYPE_2 } from './xliff-inline-write.ts'
import {
  type ExchangeFile,
  type ExchangeSegment,
  type ExchangeTerm,
  identityToken,
  noteOf,
  TOOL_ID,
} from './xliff-model.ts'
import { state2 } from './xliff-states.ts'

export const CORE_2 = 'urn:oasis:names:tc:xliff:document:2.0'
export const GLOSSARY_2 = 'urn:oasis:names:tc:xliff:glossary:2.0'
export const METADATA_2 = 'urn:oasis:names:tc:xliff:metadata:2.0'

/**
 * XLIFF 2.0 or 2.1 (OASIS; the two have the same core namespace): one unit with one segment for each of ours,
 * a target only where there is one, terms as `gls:glossary`, provenance as `mda:metadata`.
 *
 * The export's identity stands in the file's metadata and, as a fallback, in the file's id. Inline codes are
 * `pc` and `ph`, which tools show well, with their data as `originalData`; a pair that crosses another is
 * `sc` and `ec`. Characters that XML cannot hold are `cp` elements in text and data, and dropped elsewhere.
 */
export function writeXliff2(file: ExchangeFile, version: '2.0' | '2.1'): string {
  const { name, version: toolVersion } = file.tool ?? { name: 'Talmach', version: '' }
  const token = identityToken(file.documentId, file.exportId)
  const root = xmlAttributes({
    xmlns: CORE_2,
    'xmlns:gls': GLOSSARY_2,
    'xmlns:mda': METADATA_2,
    version,
    srcLang: file.sourceLocale,
    trgLang: file.targetLocale,
  })
  const about = metadata({
    export: token,
    tool: `${name} ${toolVersion}`.trim(),
    format: file.format,
    segmentation: file.segmentationVersion,
    glossary: file.glossaryVersion,
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<xliff${root}>\n`,
    `<file${xmlAttributes({ id: token, original: file.original, canResegment: 'no' })}>\n`,
    about,
    ...file.segments.map(unit),
    '</file>\n</xliff>\n',
  ].join('')
}

function unit(exchanged: ExchangeSegment): string {
  const { segment, target, terms, translate } = exchanged
  const note = noteOf(exchanged)
  const data = segment.codes.map(originalData).join('')
  const unitAttributes = xmlAttributes({
    id: segment.id,
    type: `${TOOL_ID}:${segment.unitKind}`,
    translate: translate === false ? 'no' : undefined,
    'xml:space': 'preserve',
  })
  return [
    `<unit${unitAttributes}>\n`,
    glossary(terms),
    target === undefined ? '' : metadata({ origin: target.origin, by: target.by }),
    note === '' ? '' : `<notes>\n<note id="n1">${escapeXmlText(note)}</note>\n</notes>\n`,
    data === '' ? '' : `<originalData>\n${data}</originalData>\n`,
    `<segment${xmlAttributes({ id: 's1', ...state2(target) })}>\n`,
    `<source>${inline(segment.text, segment.codes)}</source>\n`,
    targetElement(target, segment.codes),
    '</segment>\n</unit>\n',
  ].join('')
}

function targetElement(target: Target | undefined, codes: readonly InlineCode[]): string {
  return target === undefined ? '' : `<target>${inline(target.text, codes)}</target>\n`
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

function originalData(code: InlineCode, index: number): string {
  return code.data === '' ? '' : `<data id="d${index + 1}">${text(code.data)}</data>\n`
}

function inline(source: string, codes: readonly InlineCode[]): string {
  let xml = ''
  for (const piece of layOutInline(source, codes)) {
    switch (piece.kind) {
      case 'text':
        xml += text(piece.text)
        break
      case 'start':
        xml += `<pc${pairAttributes(piece.id, codes, piece.open, piece.close)}>`
        break
      case 'end':
        xml += '</pc>'
        break
      case 'span-start':
        xml += `<sc${xmlAttributes({ id: piece.id, ...kind(codes, piece.code, 'pair'), ...shown(codes, piece.code) })}/>`
        break
      case 'span-end':
        xml += `<ec${xmlAttributes({ startRef: piece.startId, ...shown(codes, piece.code) })}/>`
        break
      case 'placeholder':
        xml += `<ph${xmlAttributes({ id: piece.id, ...kind(codes, piece.code, 'placeholder'), ...shown(codes, piece.code) })}/>`
        break
    }
  }
  return xml
}

function pairAttributes(id: string, codes: readonly InlineCode[], open: number, close: number): string {
  const start = shown(codes, open)
  const end = shown(codes, close)
  return xmlAttributes({
    ...{ id, ...kind(codes, open, 'pair') },
    ...{ dataRefStart: start.dataRef, dataRefEnd: end.dataRef },
    ...{ dispStart: start.disp, dispEnd: end.disp, equivStart: start.equiv, equivEnd: end.equiv },
  })
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
  const dataRef = code === undefined || code.data === '' ? undefined : `d${index + 1}`
  return { dataRef, disp: code?.label || undefined, equiv: code?.equiv || undefined }
}

function text(value: string): string {
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
