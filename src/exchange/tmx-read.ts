import type { InlineCode } from '../domain/document.ts'
import { attributeOf, childElements, childrenNamed, textOf, type XmlElement } from '../xml/tree.ts'
import type { TmxChoice, TmxHeader, TmxPair, TmxProperty } from './tmx-model.ts'
import { codeType, type InlineDialect, InlineReader, type Mark } from './xliff-inline-read.ts'

/** What a `header` element says. */
export function headerOf(header: XmlElement): TmxHeader {
  const given = (name: string): string | undefined => attributeOf(header, name)
  const words = {
    sourceLocale: given('srclang'),
    tool: given('creationtool'),
    toolVersion: given('creationtoolversion'),
    segmentType: given('segtype'),
    dataType: given('datatype'),
  }
  return {
    ...present(words),
    notes: childrenNamed(header, 'note').map(textOf),
    properties: propertiesOf(header),
  }
}

/**
 * The pairs of one `tu`: its source with each target that is wanted. Where a locale is asked for, variants of
 * exactly that locale are taken; else those whose locale is its bare language or one of its regional forms.
 *
 * @param number of the unit in its file, from 0
 * @param fileLocale the header's source language
 * @returns none where the unit has no such source or target
 */
export function pairsOf(
  unit: XmlElement,
  number: number,
  fileLocale: string | undefined,
  choice: TmxChoice,
): readonly TmxPair[] {
  const sides: Side[] = []
  for (const child of unit.children) {
    if (child.kind === 'element' && child.local === 'tuv') addSide(child, sides)
  }
  const wanted = choice.sourceLocale ?? attributeOf(unit, 'srclang') ?? fileLocale ?? '*all*'
  const [from] = wanted === '*all*' ? sides : nearest(sides, wanted)
  if (from === undefined) return []
  const others = sides.filter((side) => side !== from)
  const { targetLocale } = choice
  const targets = targetLocale === undefined ? others : nearest(others, targetLocale)
  return targets.map((target) => pairOf(unit, number, from, target))
}

type Side = { readonly variant: XmlElement; readonly segment: XmlElement; readonly locale: string }

function addSide(variant: XmlElement, sides: Side[]): void {
  const segment = childElements(variant).find(({ local }) => local === 'seg')
  if (segment === undefined) return
  sides.push({
    variant,
    segment,
    locale: attributeOf(variant, 'xml:lang') ?? attributeOf(variant, 'lang') ?? '',
  })
}

function nearest(sides: readonly Side[], wanted: string): readonly Side[] {
  const tag = canonical(wanted)
  const exact = sides.filter(({ locale }) => canonical(locale) === tag)
  if (exact.length > 0) return exact
  return sides.filter(({ locale }) => {
    const other = canonical(locale)
    return other.startsWith(`${tag}-`) || (other !== '' && tag.startsWith(`${other}-`))
  })
}

function canonical(tag: string): string {
  return tag.toLowerCase().replaceAll('_', '-')
}

function pairOf(unit: XmlElement, number: number, from: Side, { variant, segment, locale }: Side): TmxPair {
  const inline = new InlineReader(tmxInline())
  const sourceText = inline.read(from.segment)
  const sourceCodes: readonly InlineCode[] = [...inline.codes]
  const first = (name: string): string | undefined => attributeOf(variant, name) ?? attributeOf(unit, name)
  const notes = [unit, variant].flatMap((element) => childrenNamed(element, 'note')).map(textOf)
  const properties = [...propertiesOf(unit), ...propertiesOf(variant)]
  const count = first('usagecount')
  const words = {
    by: first('changeid') ?? first('creationid'),
    changed: first('changedate') ?? first('creationdate'),
    id: attributeOf(unit, 'tuid'),
    created: first('creationdate'),
    createdBy: first('creationid'),
    lastUsed: first('lastusagedate'),
    note: notes.join('\n') || undefined,
    usageCount: count !== undefined && /^\d{1,9}$/.test(count) ? Number(count) : undefined,
    properties: properties.length === 0 ? undefined : properties,
  }
  return {
    source: { locale: from.locale, text: sourceText, codes: sourceCodes },
    target: { locale, text: inline.read(segment), codes: inline.codes },
    unit: number,
    ...present(words),
  }
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Without what is undefined. */
function present<T extends object>(values: T): Present<T> {
  const kept: Present<T> = {}
  for (const key in values) {
    const value = values[key]
    if (value !== undefined) kept[key] = value as Exclude<T[typeof key], undefined>
  }
  return kept
}

function propertiesOf(element: XmlElement): readonly TmxProperty[] {
  return childrenNamed(element, 'prop').map((prop) => ({
    type: attributeOf(prop, 'type') ?? '',
    value: textOf(prop),
  }))
}

/**
 * Inline elements of TMX 1.4b: `i` binds the halves of a pair, `x` the same code of both languages. What `sub`
 * marks inside a code is part of the code's data; `hi` only marks text and is passed through.
 */
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
