import { childrenOf, type Node, placeOf, pushReversed, valueIn } from './nodes.ts'
import { quoted, type Report } from './violation.ts'

const STRUCTURE = 'XLIFF 1.2 §3.2.3'
const HEADER = 'XLIFF 1.2 §3.2.1'
const NAMED = 'XLIFF 1.2 §3.2.2'
const INLINE = 'XLIFF 1.2 §3.2.4'
const MARKS = 'XLIFF 1.2 §3.2.5'

/** Ids that must be unique and references that must find something: the keys of the 1.2 schemas. */
export function checkKeys1(root: Node, report: Report): void {
  if (root.children.at(-1)?.name !== 'file' && root.children.length > 0) {
    report(root, HEADER, 'nothing may stand behind the last <file>')
  }
  for (const file of childrenOf(root, 'file')) checkFile(file, report)
}

function checkFile(file: Node, report: Report): void {
  const inside = [...xliffIn(file)]
  const named = (...names: readonly string[]): readonly Node[] =>
    inside.filter(({ name }) => names.includes(name))
  const header = childrenOf(file, 'header')
  const tools = header.flatMap((node) => childrenOf(node, 'tool'))
  const phases = header
    .flatMap((node) => childrenOf(node, 'phase-group'))
    .flatMap((node) => childrenOf(node, 'phase'))

  unique(named('trans-unit', 'bin-unit'), 'id', 'units of this file', STRUCTURE, report)
  unique(named('group'), 'id', 'groups of this file', STRUCTURE, report)
  unique(tools, 'tool-id', 'tools of this file', HEADER, report)
  unique(phases, 'phase-name', 'phases of this file', HEADER, report)
  unique(named('count-group'), 'name', 'count groups of this file', NAMED, report)
  unique(named('context-group'), 'name', 'context groups of this file', NAMED, report)
  unique(named('external-file'), 'uid', 'external files of this file', HEADER, report)

  const proposals = named('alt-trans').filter(({ parent }) => parent?.name === 'trans-unit')
  refer([file, ...phases, ...proposals], 'tool-id', tools, 'tool-id', '<tool> in the header', HEADER, report)
  const phased = named('count', 'trans-unit', 'target')
  refer(phased, 'phase-name', phases, 'phase-name', '<phase> in the header', HEADER, report)

  for (const node of inside) {
    if (node.name === 'trans-unit' || node.name === 'alt-trans') checkSegments(node, report)
    if (node.name === 'source' || node.name === 'seg-source' || node.name === 'target')
      checkPairs(node, report)
  }
}

/** Elements of XLIFF; what stands inside other vocabularies is not ours to judge. */
function xliffIn(node: Node): readonly Node[] {
  const found: Node[] = []
  const pending: Node[] = []
  pushReversed(node.children, pending)
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.space !== '') continue
    found.push(next)
    if (next.name !== 'tool') pushReversed(next.children, pending)
  }
  return found
}

/** Segments of the source are numbered once; marks of the target and proposals name one of them. */
function checkSegments(unit: Node, report: Report): void {
  const segments = childrenOf(unit, 'seg-source').flatMap((node) => childrenOf(node, 'mrk'))
  const marks = childrenOf(unit, 'target').flatMap((node) => childrenOf(node, 'mrk'))
  const proposals = unit.name === 'trans-unit' ? childrenOf(unit, 'alt-trans') : []
  unique(segments, 'mid', 'segments of this unit', MARKS, report)
  refer([...marks, ...proposals], 'mid', segments, 'mid', 'segment of the seg-source', MARKS, report)
}

/** Start and end codes find each other by rid; each `<bpt>` has its `<ept>` in the same text, which no schema says. */
function checkPairs(content: Node, report: Report): void {
  if (content.children.length === 0) return
  const inside = xliffIn(content)
  for (const [start, end] of [
    ['bpt', 'ept'],
    ['bx', 'ex'],
  ] as const) {
    const starts = inside.filter(({ name }) => name === start)
    const ends = inside.filter(({ name }) => name === end)
    if (starts.length === 0 && ends.length === 0) continue
    unique(starts, 'rid', `<${start}> of this <${content.element.name}>`, INLINE, report)
    refer(ends, 'rid', starts, 'rid', `<${start}> of this <${content.element.name}>`, INLINE, report)
    if (start !== 'bpt') continue
    checkPartners(starts, ends, content, report)
    checkPartners(
      ends.filter((node) => !node.attributes.has('rid')),
      starts,
      content,
      report,
    )
  }
}

/** A code's names for its partner: rid, and id where there is none. */
function keysOf(node: Node): readonly string[] {
  return [valueIn(node, 'rid'), valueIn(node, 'id')].filter((key) => key !== undefined)
}

/** Codes without rid are paired by their ids. */
function checkPartners(codes: readonly Node[], others: readonly Node[], content: Node, report: Report): void {
  const keys = new Set(others.flatMap(keysOf))
  for (const node of codes) {
    if (keysOf(node).some((key) => keys.has(key))) continue
    const id = quoted(valueIn(node, 'id') ?? '')
    const other = node.name === 'bpt' ? 'ept' : 'bpt'
    report(node, INLINE, `<${node.element.name}> ${id} has no <${other}> in this <${content.element.name}>`)
  }
}

function unique(nodes: readonly Node[], attribute: string, what: string, rule: string, report: Report): void {
  const seen = new Set<string>()
  for (const node of nodes) {
    const value = valueIn(node, attribute)
    if (value === undefined) continue
    if (seen.has(value)) {
      report(
        placeOf(node, attribute),
        rule,
        `the ${attribute} ${quoted(value)} is used more than once among the ${what}`,
      )
    }
    seen.add(value)
  }
}

function refer(
  nodes: readonly Node[],
  attribute: string,
  targets: readonly Node[],
  key: string,
  what: string,
  rule: string,
  report: Report,
): void {
  const known = new Set(targets.map((node) => valueIn(node, key)))
  for (const node of nodes) {
    const value = valueIn(node, attribute)
    if (value === undefined || known.has(value)) continue
    report(placeOf(node, attribute), rule, `${attribute} ${quoted(value)} names no ${what}`)
  }
}
