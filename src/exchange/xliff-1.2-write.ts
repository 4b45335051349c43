import { type Format, type InlineCode, isDeletable } from '../domain/document.ts'
import type { Target, TargetOrigin } from '../domain/target.ts'
import { escapeXmlText, xmlAttributes } from '../xml/tree.ts'
import { ctypeOf, layOutInline } from './xliff-inline-write.ts'
import {
  type ExchangeFile,
  type ExchangeMatch,
  type ExchangeSegment,
  identityToken,
  noteOf,
  TOOL_ID,
} from './xliff-model.ts'
import type { ProfileTraits } from './xliff-profile.ts'
import { qualifierOf, state12 } from './xliff-states.ts'

/** Name of the phase that carries the export's identity. */
export const EXPORT_PHASE = 'talmach-export'

/**
 * XLIFF 1.2, valid against the strict schema.
 *
 * Where the profile copies sources, an untranslated segment has a copy of its source as target, in state
 * `needs-translation`: OmegaT 3.6 reads targets only and hides a unit without one, OmegaT 6 and MateCat take such a
 * copy as untranslated. `readXliff` drops such a copy again.
 *
 * The export's identity stands in `file/@build-num` and once more in `phase/@job-id`; both survive OmegaT.
 * Inline codes are `g` and `x`, which every tool shows well; a pair that crosses another is `bx` and `ex`.
 * Characters that XML cannot hold are dropped.
 */
export function writeXliff12(file: ExchangeFile, traits: ProfileTraits): string {
  const provenance = new Provenance()
  const units = file.segments.map((segment) => transUnit(segment, provenance, traits))
  const token = identityToken(file)
  const { name, version } = file.tool ?? { name: 'Talmach', version: '' }
  const fileAttributes = xmlAttributes({
    original: file.original,
    'source-language': file.sourceLocale,
    'target-language': file.targetLocale,
    datatype: datatypeOf(file.format),
    'tool-id': TOOL_ID,
    'product-name': name,
    'product-version': file.segmentationVersion || undefined,
    'build-num': token,
  })
  const exportPhase = xmlAttributes({
    'phase-name': EXPORT_PHASE,
    'process-name': 'export',
    'company-name': file.glossaryVersion === undefined ? undefined : `glossary ${file.glossaryVersion}`,
    'tool-id': TOOL_ID,
    'job-id': token,
  })
  const tool = xmlAttributes({ 'tool-id': TOOL_ID, 'tool-name': name, 'tool-version': version || undefined })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">\n',
    `<file${fileAttributes}>\n<header>\n<phase-group>\n<phase${exportPhase}/>\n`,
    ...provenance.phases,
    `</phase-group>\n<tool${tool}/>\n`,
    ...provenance.tools,
    '</header>\n<body>\n',
    ...units,
    '</body>\n</file>\n</xliff>\n',
  ].join('')
}

/** The names of the specification where it has one, else one of ours (XLIFF 1.2 §3.2, `datatype`). */
function datatypeOf(format: Format): string {
  if (format === 'text') return 'plaintext'
  return format === 'html' ? 'html' : `x-${format}`
}

function transUnit(exchanged: ExchangeSegment, provenance: Provenance, traits: ProfileTraits): string {
  const { segment, target, translate, matches = [], maxLength } = exchanged
  const { state, qualifier, approved } = state12(target)
  const unitAttributes = xmlAttributes({
    id: segment.id,
    approved: approved ? 'yes' : 'no',
    translate: translate === false ? 'no' : undefined,
    'xml:space': 'preserve',
    restype: `x-${segment.unitKind}`,
    maxwidth: maxLength === undefined ? undefined : `${maxLength}`,
    'size-unit': maxLength === undefined ? undefined : 'char',
  })
  const targetAttributes = xmlAttributes({
    state,
    'state-qualifier': qualifier,
    'phase-name': target === undefined ? undefined : provenance.phaseOf(target),
  })
  const note = noteOf(exchanged)
  const source = inline(segment.text, segment.codes)
  const translated = target === undefined ? source : inline(target.text, segment.codes)
  const hasTarget = target !== undefined || traits.copiesSource
  return [
    `<trans-unit${unitAttributes}>\n<source>${source}</source>\n`,
    hasTarget ? `<target${targetAttributes}>${translated}</target>\n` : '',
    note === '' ? '' : `<note>${escapeXmlText(note)}</note>\n`,
    ...(traits.matches ? matches.map((match) => altTrans(match, exchanged, provenance)) : []),
    '</trans-unit>\n',
  ].join('')
}

function altTrans(match: ExchangeMatch, { segment }: ExchangeSegment, provenance: Provenance): string {
  const { source = segment.text, target, codes = segment.codes, origin, by, similarity } = match
  const attributes = xmlAttributes({
    'match-quality': similarity === undefined ? undefined : `${Math.round(similarity)}%`,
    'tool-id': provenance.toolOf(origin, by),
    origin: by,
    alttranstype: 'proposal',
    'xml:space': 'preserve',
  })
  return [
    `<alt-trans${attributes}>\n<source>${inline(source, codes)}</source>\n`,
    `<target${xmlAttributes({ 'state-qualifier': qualifierOf(origin) })}>${inline(target, codes)}</target>\n`,
    '</alt-trans>\n',
  ].join('')
}

/** Who or what wrote the targets: a phase for each, and a tool for each engine and memory. */
class Provenance {
  readonly phases: string[] = []
  readonly tools: string[] = []
  readonly #names = new Map<string, string>()

  phaseOf({ origin, by }: Pick<Target, 'origin' | 'by'>): string {
    const known = this.#names.get(`${origin} ${by}`)
    if (known !== undefined) return known
    const name = `${origin}-${this.#names.size + 1}`
    this.#names.set(`${origin} ${by}`, name)
    const [contact, toolId] = origin === 'human' ? [by, TOOL_ID] : [undefined, name]
    const phase = { 'phase-name': name, 'process-name': origin, 'tool-id': toolId, 'contact-name': contact }
    this.phases.push(`<phase${xmlAttributes(phase)}/>\n`)
    if (toolId === name) this.tools.push(`<tool${xmlAttributes({ 'tool-id': name, 'tool-name': by })}/>\n`)
    return name
  }

  /** Id of the tool that made a proposal. */
  toolOf(origin: TargetOrigin, by: string): string {
    const name = this.phaseOf({ origin, by })
    return origin === 'human' ? TOOL_ID : name
  }
}

function inline(text: string, codes: readonly InlineCode[]): string {
  let xml = ''
  for (const piece of layOutInline(text, codes)) {
    if (piece.kind === 'text') xml += escapeXmlText(piece.text)
    if (piece.kind === 'start') xml += `<g${codeAttributes(codes[piece.open], piece.id, 'pair')}>`
    if (piece.kind === 'end') xml += '</g>'
    if (piece.kind === 'span-start') {
      xml += `<bx${codeAttributes(codes[piece.code], piece.id, 'pair', piece.id)}/>`
    }
    if (piece.kind === 'span-end') {
      const label = codes[piece.code]?.label
      xml += `<ex${xmlAttributes({ id: piece.id, rid: piece.startId, 'equiv-text': label })}/>`
    }
    if (piece.kind === 'placeholder') {
      xml += `<x${codeAttributes(codes[piece.code], piece.id, 'placeholder')}/>`
    }
  }
  return xml
}

function codeAttributes(
  code: InlineCode | undefined,
  id: string,
  written: 'pair' | 'placeholder',
  rid?: string,
): string {
  if (code === undefined) return xmlAttributes({ id })
  // The only hint of 1.2: what may be left out may stand twice, too. Said where it is so, for our own reader.
  const clone = isDeletable(code) ? 'yes' : undefined
  return xmlAttributes({ id, rid, ctype: ctypeOf(code, written), 'equiv-text': code.label, clone })
}
