import type { Block, BlockKind, Span } from '../domain/block.ts'
import { type Format, type InlineCode, runsOf, type Unit, type UnitKind } from '../domain/document.ts'
import { describesImage, placeCell } from './block-layout.ts'
import { decodeReferences } from './block-text.ts'
import type { UnitTranslation } from './write.ts'

/** A translation with the codes that its characters stand for. */
export type BlockTranslation = UnitTranslation & { readonly codes: readonly InlineCode[] }

/**
 * A document's content as blocks, whatever its format: with translations in place, emphasis and links kept, images left
 * out but for their descriptions, and all other mark-up left out. Other attributes and metadata are not content. Linear in
 * the size of the document.
 *
 * @param translations in the units' own offsets; those of one unit do not overlap
 * @param document its decoded characters and format, which say where rows begin and what describes an image
 */
export function blocksOf(
  units: readonly Unit[],
  translations: readonly BlockTranslation[],
  document?: { readonly source: string; readonly format: Format },
): readonly Block[] {
  const byUnit = Map.groupBy(translations, ({ unitId }) => unitId)
  const blocks: Block[] = []
  let headline = false
  let last: Unit | undefined
  for (const unit of units) {
    const start = unit.offsets[0] ?? 0
    if (unit.kind === 'metadata') continue
    if (unit.kind === 'attribute' && !(document && describesImage(document.source, start))) continue
    const spans = mergeSpans(spansOf(unit, byUnit.get(unit.id) ?? []))
    if (spans.every(({ text }) => text.trim() === '')) continue
    if (unit.kind === 'attribute') {
      blocks.push({ kind: 'image', spans })
      continue
    }
    if (unit.kind === 'table-cell' && document !== undefined) {
      const between = document.source.slice(last?.offsets.at(-1) ?? 0, start)
      const follows = last?.kind === 'table-cell'
      const { starts, skipped } = placeCell(between, follows, document.format === 'markdown')
      const cells = Array.from({ length: Math.min(skipped, MAX_SKIPPED) }, () => [] as readonly Span[])
      for (const [index, inCell] of [...cells, spans].entries()) {
        const first = index === 0 && starts !== undefined
        blocks.push({ kind: 'table-cell', spans: inCell, ...(first ? { starts } : {}) })
      }
    } else blocks.push({ kind: kindOf(unit.kind, headline), spans })
    headline ||= unit.kind === 'headline'
    last = unit
  }
  return blocks
}

/** Empty cells in a row that are written out. */
const MAX_SKIPPED = 100

function kindOf(kind: Exclude<UnitKind, 'attribute' | 'metadata'>, headline: boolean): BlockKind {
  return kind === 'headline' && headline ? 'subheading' : kind
}

/** The looks that are open at one place. */
type Look = { strong: number; em: number; readonly links: (string | undefined)[] }

function spansOf(unit: Unit, parts: readonly BlockTranslation[]): readonly Span[] {
  const spans: Span[] = []
  const look: Look = { strong: 0, em: 0, links: [] }
  const add = (text: string, codes: readonly InlineCode[]): void => {
    for (const run of runsOf(text)) {
      if (typeof run === 'string') spans.push(looking(run, look))
      else addCode(spans, look, codes, run)
    }
  }
  let at = 0
  for (const part of parts.toSorted((a, b) => a.start - b.start)) {
    add(unit.text.slice(at, part.start), unit.codes)
    add(part.text, part.codes)
    at = part.end
  }
  add(unit.text.slice(at), unit.codes)
  return spans
}

function addCode(spans: Span[], look: Look, codes: readonly InlineCode[], index: number): void {
  const code = codes[index]
  if (code === undefined) return
  const name = code.label.replace(/^\//, '')
  if (code.kind === 'single') {
    const text = singleText(code, name)
    if (text === '') return
    const span = looking(text, look)
    const address = name === 'url' ? webAddress(text) : undefined
    spans.push({
      ...span,
      ...(name === 'code' ? { code: true } : {}),
      ...(address === undefined ? {} : { href: address }),
    })
    return
  }
  const step = code.kind === 'open' ? 1 : -1
  if (STRONG.has(name)) look.strong = Math.max(0, look.strong + step)
  else if (EMPHASIS.has(name)) look.em = Math.max(0, look.em + step)
  else if (code.type === 'link') {
    if (code.kind === 'close') look.links.pop()
    else look.links.push(linkOf(code, code.pair === null ? undefined : codes[code.pair]))
  }
}

const STRONG: ReadonlySet<string> = new Set(['b', 'strong'])
const EMPHASIS: ReadonlySet<string> = new Set(['i', 'em'])

function looking(text: string, look: Look): Span {
  const href = look.links.at(-1)
  return {
    text,
    ...(look.strong > 0 ? { strong: true } : {}),
    ...(look.em > 0 ? { em: true } : {}),
    ...(href === undefined ? {} : { href }),
  }
}

function singleText(code: InlineCode, name: string): string {
  if (code.equiv !== '') return code.equiv
  const { data } = code
  if (name === 'url' && data.startsWith('<') && data.endsWith('>')) return data.slice(1, -1)
  if (name !== 'code') return ''
  if (data.startsWith('<')) {
    const inner = data.slice(data.indexOf('>') + 1, data.lastIndexOf('<'))
    return inner.includes('<') ? '' : decodeReferences(inner)
  }
  return data.replace(/^`{1,20}|`{1,20}$/g, '').trim()
}

/** HTML has the address in the start tag, Markdown behind the text. */
function linkOf(open: InlineCode, close: InlineCode | undefined): string | undefined {
  if (open.data.startsWith('<')) {
    const at = /\shref\s{0,9}=\s{0,9}/i.exec(open.data.slice(0, MAX_TAG))
    if (at === null) return undefined
    const rest = open.data.slice(at.index + at[0].length, MAX_TAG)
    const quote = rest.charAt(0)
    const value =
      quote === '"' || quote === "'" ? rest.slice(1, rest.indexOf(quote, 1)) : /^[^\s>]*/.exec(rest)?.[0]
    return webAddress(decodeReferences(value ?? ''))
  }
  if (close?.data.startsWith('](') !== true) return undefined
  const rest = close.data.slice(2, MAX_TAG)
  return webAddress(/^<([^<>\n]*)>/.exec(rest)?.[1] ?? /^[^\s]*/.exec(rest)?.[0].replace(/\)$/, '') ?? '')
}

const MAX_TAG = 4000
const PROTOCOLS: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:'])

/** Anything else (`javascript:`, a path of the source's own site) leads nowhere on another page. */
function webAddress(text: string): string | undefined {
  const url = URL.parse(text)
  return url !== null && PROTOCOLS.has(url.protocol) ? url.href : undefined
}

function mergeSpans(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = []
  for (const span of spans) {
    const last = merged.at(-1)
    if (last !== undefined && isSameLook(last, span)) {
      merged[merged.length - 1] = { ...last, text: last.text + span.text }
    } else if (span.text !== '') merged.push(span)
  }
  return merged
}

function isSameLook(a: Span, b: Span): boolean {
  return a.strong === b.strong && a.em === b.em && a.code === b.code && a.href === b.href
}
