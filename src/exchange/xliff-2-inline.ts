import type { CodeType } from '../domain/document.ts'
import { attributeOf, type XmlElement } from '../xml/tree.ts'
import { codeType, type InlineDialect, pairOf, type Reading } from './xliff-inline-read.ts'

/**
 * @param text the whole file, for the raw mark-up
 * @param ours whether this program wrote it: then a code without data has none
 * @param data the unit's `originalData`, by id
 */
export function inline2(text: string, ours: boolean, data: ReadonlyMap<string, string>): InlineDialect {
  return (element) => readInline(element, text, ours, data)
}

/** Inline elements of XLIFF 2.x (§4.2.3 and §4.7 of 2.1). */
function readInline(
  element: XmlElement,
  text: string,
  ours: boolean,
  data: ReadonlyMap<string, string>,
): Reading {
  const get = (name: string): string | undefined => attributeOf(element, name)
  const id = get('id') ?? ''
  const raw = text.slice(element.start, element.end)
  const sub = get('subType') ?? ''
  const half = /^talmach:(open|close)-/.exec(sub)?.[1]
  const type = sub.startsWith('talmach:')
    ? codeType(sub.replace(/^talmach:(?:open-|close-)?/, ''))
    : (TYPE_OF_TYPE_2.get(get('type') ?? '') ?? 'other')
  const dataOf = (name: string): string => data.get(get(name) ?? '') ?? (ours ? '' : raw)
  const equiv = get('equiv') ?? ''
  // The specification's default is that anything may be deleted, which most tools that say nothing do not mean of
  // placeholders; of formatting they may well.
  const canDelete = get('canDelete') ?? (type === 'format' ? 'yes' : 'no')
  const flags = {
    ...(canDelete === 'yes' && { deletable: true }),
    ...(/^(?:no|firstNo)$/.test(get('canReorder') ?? '') && { reorderable: false }),
  }
  const label = get('disp') ?? (equiv || id)
  const mark = { key: id, id, type, data: dataOf('dataRef'), raw, label, equiv, ...flags }
  switch (element.local) {
    case 'mrk':
    case 'sm':
    case 'em':
      return { as: element.local === 'mrk' ? 'content' : 'text', text: '' }
    case 'cp':
      return { as: 'text', text: codePoint(get('hex') ?? '') }
    case 'pc': {
      const { start, end } = pairOf(element, mark, text)
      const named = (side: 'Start' | 'End', fallback: string): string =>
        get(`disp${side}`) ?? get(`equiv${side}`) ?? fallback
      const [first, last] = [get('dataRefStart'), get('dataRefEnd')].map((ref) => data.get(ref ?? ''))
      const bare = ours ? '' : undefined
      return {
        as: 'pair',
        start: {
          ...start,
          data: first ?? bare ?? start.raw,
          label: named('Start', id),
          equiv: get('equivStart') ?? '',
        },
        end: {
          ...end,
          data: last ?? bare ?? end.raw,
          label: named('End', `/${id}`),
          equiv: get('equivEnd') ?? '',
        },
      }
    }
    case 'sc':
      return { as: 'code', mark: { ...mark, kind: 'open' } }
    case 'ec':
      return { as: 'code', mark: { ...mark, key: get('startRef') ?? id, kind: 'close' } }
    default: {
      const kind = half === 'open' || half === 'close' ? half : 'single'
      return { as: 'code', mark: { ...mark, kind } }
    }
  }
}

/** The character that `<cp hex="…"/>` stands for; '' for a number that is none. */
export function codePoint(hex: string): string {
  const code = /^[0-9A-Fa-f]{1,6}$/.test(hex) ? Number.parseInt(hex, 16) : Number.NaN
  return code <= 0x10ffff ? String.fromCodePoint(code) : ''
}

const TYPE_OF_TYPE_2: ReadonlyMap<string, CodeType> = new Map([
  ['fmt', 'format'],
  ['link', 'link'],
  ['image', 'image'],
])
