import { childElements, parseXml, type XmlElement } from '../../src/xml/tree.ts'

/** Numbers from 0 to below a bound, the same ones for the same seed. */
export function seededPick(seed: number): <T>(items: readonly T[]) => T {
  let state = seed
  return (items) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    const item = items[Math.floor((state / 2_147_483_648) * items.length)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }
}

type Pick = ReturnType<typeof seededPick>

const VALUES = [
  '',
  'x',
  'yes',
  'no',
  '1',
  '0',
  '-1',
  'a b',
  'x-y',
  'en',
  'en_US',
  '#',
  '1.5',
  'final',
  'preserve',
  ' yes ',
  'x:y',
  '2026-01-01T00:00:00Z',
  'é',
]
const ATTRIBUTES = [
  'id',
  'state',
  'foo',
  'translate',
  'ts',
  'tool-id',
  'mid',
  'rid',
  'approved',
  'type',
  'order',
  'date',
  'priority',
  'crc',
  'reformat',
  'restype',
  'ref',
  'dir',
  'canResegment',
  'purpose',
  'coord',
  'size-unit',
  'isolated',
  'href',
]
const ELEMENTS = [
  'note',
  'group',
  'trans-unit',
  'unit',
  'segment',
  'source',
  'target',
  'x',
  'g',
  'ph',
  'pc',
  'mrk',
  'header',
  'file',
  'notes',
  'alt-trans',
  'seg-source',
  'tool',
  'sc',
  'ec',
  'cp',
  'skeleton',
  'body',
  'context-group',
  'phase',
  'ignorable',
  'data',
  'sub',
]

/** One random change of the mark-up; the result may be no longer well-formed. */
export function mutate(text: string, pick: Pick): string {
  const element = pick(elementsOf(parseXml(text, { skipDoctype: true })))
  return pick(CHANGES)(text, element, pick)
}

type Change = (text: string, element: XmlElement, pick: Pick) => string

const CHANGES: readonly Change[] = [
  function dropAttribute(text, { attributes }, pick) {
    const own = [...attributes].filter(([name]) => !name.startsWith('xmlns'))
    if (own.length === 0) return text
    const [name, { start, end }] = pick(own)
    return `${text.slice(0, start - name.length - 2)} ${text.slice(end + 1)}`
  },
  function changeValue(text, { attributes }, pick) {
    const own = [...attributes].filter(([name]) => !name.startsWith('xmlns') && !name.startsWith('xml:'))
    if (own.length === 0) return text
    const [, { start, end }] = pick(own)
    return text.slice(0, start) + pick(VALUES) + text.slice(end)
  },
  function addAttribute(text, { name, start, attributes }, pick) {
    const added = pick(ATTRIBUTES)
    const at = start + 1 + name.length
    return attributes.has(added) ? text : `${text.slice(0, at)} ${added}="${pick(VALUES)}"${text.slice(at)}`
  },
  (text, { start, end }) => text.slice(0, start) + text.slice(end),
  (text, { start, end }) => text.slice(0, end) + text.slice(start, end) + text.slice(end),
  function addElement(text, { contentStart, contentEnd, selfClosing, prefix }, pick) {
    if (selfClosing) return text
    const at = pick([contentStart, contentEnd])
    const name = `${prefix === '' ? '' : `${prefix}:`}${pick(ELEMENTS)}`
    return `${text.slice(0, at)}<${name}${pick(['', ' id="n"'])}/>${text.slice(at)}`
  },
  function addText(text, { contentStart, contentEnd, selfClosing }, pick) {
    if (selfClosing) return text
    const at = pick([contentStart, contentEnd])
    return text.slice(0, at) + pick(['text', ' ', '<!--c-->', '<![CDATA[x]]>']) + text.slice(at)
  },
  function rename(text, { name, prefix, start, end, contentEnd, selfClosing }, pick) {
    const other = `${prefix === '' ? '' : `${prefix}:`}${pick(ELEMENTS)}`
    const rest = text.slice(start + 1 + name.length, selfClosing ? end : contentEnd)
    return `${text.slice(0, start)}<${other}${rest}${selfClosing ? '' : `</${other}>`}${text.slice(end)}`
  },
]

function elementsOf(root: XmlElement): readonly XmlElement[] {
  const found: XmlElement[] = []
  const pending = [root]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    found.push(next)
    pending.push(...childElements(next))
  }
  return found
}
