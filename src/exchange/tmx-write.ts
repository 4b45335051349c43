import type { CodeType, InlineCode } from '../domain/document.ts'
import { escapeXmlText, xmlAttributes } from '../xml/tree.ts'
import type { TmxPair, TmxProperty, TmxVariant } from './tmx-model.ts'
import { layOutInline } from './xliff-inline-write.ts'

export type TmxAbout = {
  readonly sourceLocale: string
  readonly toolVersion?: string
  readonly notes?: readonly string[]
  readonly properties?: readonly TmxProperty[]
}

/** Everything before the first unit. */
export function tmxStart({ sourceLocale, toolVersion, notes = [], properties = [] }: TmxAbout): string {
  const header = xmlAttributes({
    creationtool: 'Talmach',
    creationtoolversion: toolVersion ?? '0',
    segtype: 'sentence',
    'o-tmf': 'Talmach',
    adminlang: 'en',
    srclang: sourceLocale,
    datatype: 'xml',
  })
  const inside = `${notesOf(notes)}${propertiesOf(properties)}`
  const element = inside === '' ? `<header${header}/>` : `<header${header}>\n${inside}</header>`
  return `<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n${element}\n<body>\n`
}

/** Everything behind the last unit. */
export const TMX_END = '</body>\n</tmx>\n'

/** Whether a pair is another language of the unit that begins with `first`. */
export function sameUnit(first: TmxPair | undefined, pair: TmxPair): boolean {
  return first === undefined || (pair.unit !== undefined && pair.unit === first.unit)
}

/** A `tu` for each run of pairs of the same unit. */
export function* tmxUnits(pairs: Iterable<TmxPair>): Generator<string> {
  let unit: TmxPair[] = []
  for (const pair of pairs) {
    if (!sameUnit(unit[0], pair)) {
      yield tmxUnit(unit)
      unit = []
    }
    unit.push(pair)
  }
  yield tmxUnit(unit)
}

/** One `tu`. @param pairs of the same unit: their source, notes and properties are the first one's, and what others add */
export function tmxUnit(pairs: readonly TmxPair[]): string {
  const [first] = pairs
  if (first === undefined) return ''
  // Of one pair alone nothing is said twice.
  const known = pairs.length === 1 ? undefined : new Set((first.properties ?? []).map(keyOf))
  return [
    `<tu${xmlAttributes({ tuid: first.id })}>\n${remarks(first.note, first.properties ?? [])}`,
    variant(first.source, {}, longer(first), ''),
    ...pairs.map((pair) => {
      const { created, createdBy, changed, by, lastUsed, usageCount, note, properties = [] } = pair
      const words = {
        creationdate: created,
        creationid: createdBy,
        changedate: changed === created ? undefined : changed,
        changeid: by === createdBy ? undefined : by,
        lastusagedate: lastUsed,
        usagecount: usageCount === undefined ? undefined : `${usageCount}`,
      }
      const own =
        known === undefined
          ? ''
          : remarks(
              note === first.note ? undefined : note,
              properties.filter((property) => !known.has(keyOf(property))),
            )
      return variant(pair.target, words, longer(pair), own)
    }),
    '</tu>\n',
  ].join('')
}

function keyOf({ type, value }: TmxProperty): string {
  return `${type}\n${value}`
}

function variant(
  { locale, text }: TmxVariant,
  words: Readonly<Record<string, string | undefined>>,
  codes: readonly InlineCode[],
  remark: string,
): string {
  const attributes = xmlAttributes({ 'xml:lang': locale, ...words })
  return `<tuv${attributes}>${remark}<seg>${inlineTmx(text, codes)}</seg></tuv>\n`
}

function remarks(note: string | undefined, properties: readonly TmxProperty[]): string {
  return `${notesOf(note === undefined ? [] : note.split('\n'))}${propertiesOf(properties)}`
}

function longer({ source, target }: TmxPair): readonly InlineCode[] {
  return source.codes.length > target.codes.length ? source.codes : target.codes
}

function notesOf(notes: readonly string[]): string {
  return notes.map((note) => `<note>${escapeXmlText(note)}</note>\n`).join('')
}

function propertiesOf(properties: readonly TmxProperty[]): string {
  return properties
    .map(({ type, value }) => `<prop${xmlAttributes({ type })}>${escapeXmlText(value)}</prop>\n`)
    .join('')
}

const CODES = /[\ue000-\uf8ff]/

function inlineTmx(text: string, codes: readonly InlineCode[]): string {
  if (codes.length === 0 && !CODES.test(text)) return escapeXmlText(text)
  let xml = ''
  for (const piece of layOutInline(text, codes)) {
    if (piece.kind === 'text') {
      xml += escapeXmlText(piece.text)
      continue
    }
    const index = piece.kind === 'start' ? piece.open : piece.code
    const code = codes[index]
    if (code === undefined) continue
    const data = escapeXmlText(code.data)
    // Both halves of a pair have the number of its first, wherever they stand.
    const x = `${(code.kind === 'close' ? (code.pair ?? index) : index) + 1}`
    if (piece.kind === 'start' || piece.kind === 'span-start') {
      xml += `<bpt${xmlAttributes({ i: pairNumber(piece.id), x, type: code.type })}>${data}</bpt>`
    } else if (piece.kind === 'end' || piece.kind === 'span-end') {
      const i = pairNumber(piece.kind === 'end' ? piece.id : piece.startId)
      xml += `<ept${xmlAttributes({ i })}>${data}</ept>`
    } else if (code.kind === 'single') {
      xml += `<ph${xmlAttributes({ x, type: code.type })}>${data}</ph>`
    } else {
      const pos = code.kind === 'open' ? 'begin' : 'end'
      xml += `<it${xmlAttributes({ pos, x, type: code.type satisfies CodeType })}>${data}</it>`
    }
  }
  return xml
}

/** TMX wants numbers; no segment has as many codes as the second copy's number counts from. */
function pairNumber(id: string): string {
  const [index = '', copy] = id.split('_')
  return copy === undefined ? index : `${Number(copy) * 10_000 + Number(index)}`
}
