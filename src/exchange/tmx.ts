import type { CodeType, InlineCode } from '../domain/document.ts'
import { DomainError, type Place } from '../domain/errors.ts'
import {
  attributeOf,
  childrenNamed,
  escapeXmlText,
  parseXml,
  textOf,
  type XmlElement,
  xmlAttributes,
} from '../xml/tree.ts'
import { codeType, type InlineDialect, InlineReader, type Mark } from './xliff-inline-read.ts'
import { layOutInline } from './xliff-inline-write.ts'

/** One side of a pair. Code characters of both sides mean the same codes. */
export type TmxVariant = {
  /** BCP 47 as written. */
  readonly locale: string
  readonly text: string
  /** The source's codes in order of appearance; on the target's side then those that only it has. */
  readonly codes: readonly InlineCode[]
}

export type TmxPair = {
  readonly source: TmxVariant
  readonly target: TmxVariant
  /** Who wrote the translation (`changeid`, else `creationid`). */
  readonly by?: string
  /** When, as TMX writes it: `20201031T120000Z`. */
  readonly changed?: string
  readonly note?: string
}

export type TmxChoice = {
  /** Name of the file, for the places in errors. */
  readonly file?: string
  /** Default: the source language that the file names, or the first of each unit. */
  readonly sourceLocale?: string
  /** Default: every other locale, a pair each. */
  readonly targetLocale?: string
}

/**
 * Reads a TMX 1.1 to 1.4b translation memory into pairs. A locale matches its own regional forms and its bare
 * language (`pt` and `pt-BR`), never another region (`pt-PT`). A DOCTYPE that names the DTD is passed over.
 *
 * @throws DomainError `invalid-input`: not well-formed, an internal DTD, or not TMX; `too-large`
 */
export function readTmx(text: string, choice: TmxChoice = {}): readonly TmxPair[] {
  const named: Place = choice.file === undefined ? {} : { file: choice.file }
  const root = parseXml(text, { ...named, skipDoctype: true, looseNamespaces: true })
  if (root.local !== 'tmx') {
    const place = { ...named, line: root.line, column: root.column }
    throw new DomainError(
      'invalid-input',
      `this is not TMX: its root element is <${root.name.slice(0, 40)}>`,
      {
        place,
      },
    )
  }
  const [header] = childrenNamed(root, 'header')
  const language = header === undefined ? undefined : attributeOf(header, 'srclang')
  const units = childrenNamed(root, 'body').flatMap((body) => childrenNamed(body, 'tu'))
  return units.flatMap((unit) => pairsOf(unit, language, choice))
}

function pairsOf(unit: XmlElement, fileLanguage: string | undefined, choice: TmxChoice): readonly TmxPair[] {
  const sides = childrenNamed(unit, 'tuv').flatMap((variant) => {
    const [segment] = childrenNamed(variant, 'seg')
    const locale = attributeOf(variant, 'xml:lang') ?? attributeOf(variant, 'lang') ?? ''
    return segment === undefined ? [] : [{ variant, segment, locale }]
  })
  const wanted = choice.sourceLocale ?? attributeOf(unit, 'srclang') ?? fileLanguage ?? '*all*'
  const from = sides.find(({ locale }) => wanted === '*all*' || sameLocale(locale, wanted))
  if (from === undefined) return []
  const { targetLocale } = choice
  const targets = sides.filter(
    (side) => side !== from && (targetLocale === undefined || sameLocale(side.locale, targetLocale)),
  )
  return targets.map(({ variant, segment, locale }) => {
    const inline = new InlineReader(tmxInline())
    const sourceText = inline.read(from.segment)
    const sourceCodes = [...inline.codes]
    const first = (name: string): string | undefined => attributeOf(variant, name) ?? attributeOf(unit, name)
    const by = first('changeid') ?? first('creationid')
    const changed = first('changedate') ?? first('creationdate')
    const note = [unit, variant]
      .flatMap((element) => childrenNamed(element, 'note'))
      .map(textOf)
      .join('\n')
    return {
      source: { locale: from.locale, text: sourceText, codes: sourceCodes },
      target: { locale, text: inline.read(segment), codes: inline.codes },
      ...(by === undefined ? {} : { by }),
      ...(changed === undefined ? {} : { changed }),
      ...(note === '' ? {} : { note }),
    }
  })
}

/** Equal, or one is the other without its last subtags. */
function sameLocale(one: string, other: string): boolean {
  const [left, right] = [one, other].map((tag) => tag.toLowerCase().replaceAll('_', '-'))
  return left === right || `${left}`.startsWith(`${right}-`) || `${right}`.startsWith(`${left}-`)
}

/** Inline elements of TMX 1.4b: `i` binds the halves of a pair, `x` the same code of both languages. */
function tmxInline(): InlineDialect {
  const keys = new Map<string, string>()
  return (element) => {
    const i = attributeOf(element, 'i') ?? ''
    const x = attributeOf(element, 'x')
    const data = textOf(element)
    const type = codeType(attributeOf(element, 'type') ?? '')
    const words = { type, data, raw: data, label: data.slice(0, 20), equiv: type === 'break' ? '\n' : '' }
    const code = (kind: Mark['kind'], key: string) =>
      ({ as: 'code', mark: { kind, key, id: x ?? i, ...words } }) as const
    switch (element.local) {
      case 'hi':
        return { as: 'content' }
      case 'bpt':
        keys.set(i, x ?? i)
        return code('open', x ?? i)
      case 'ept':
        return code('close', keys.get(i) ?? i)
      case 'it':
        return code(attributeOf(element, 'pos') === 'end' ? 'close' : 'open', x ?? '')
      default:
        return code('single', x ?? '')
    }
  }
}

/**
 * Writes pairs as TMX 1.4b.
 *
 * @param pairs their codes are numbered in order of appearance in the source
 * @returns the file's text, to be encoded as UTF-8
 */
export function writeTmx(
  pairs: readonly TmxPair[],
  options: { readonly sourceLocale: string; readonly toolVersion?: string },
): string {
  const header = xmlAttributes({
    creationtool: 'Talmach',
    creationtoolversion: options.toolVersion ?? '0',
    segtype: 'sentence',
    'o-tmf': 'Talmach',
    adminlang: 'en',
    srclang: options.sourceLocale,
    datatype: 'xml',
  })
  return [
    `<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n<header${header}/>\n<body>\n`,
    ...pairs.map(unit),
    '</body>\n</tmx>\n',
  ].join('')
}

function unit({ source, target, by, changed, note }: TmxPair): string {
  const codes = source.codes.length > target.codes.length ? source.codes : target.codes
  const noteElement = note === undefined ? '' : `<note>${escapeXmlText(note)}</note>\n`
  return [
    `<tu>\n${noteElement}`,
    `<tuv${xmlAttributes({ 'xml:lang': source.locale })}><seg>${inlineTmx(source.text, codes)}</seg></tuv>\n`,
    `<tuv${xmlAttributes({ 'xml:lang': target.locale, changedate: changed, changeid: by })}>`,
    `<seg>${inlineTmx(target.text, codes)}</seg></tuv>\n</tu>\n`,
  ].join('')
}

function inlineTmx(text: string, codes: readonly InlineCode[]): string {
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
