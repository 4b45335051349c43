import { type Node, placeOf, valueIn } from './nodes.ts'
import { flagOf, idOf, inlineOf, type Scope } from './scopes-2.ts'
import { tokensOf } from './value-types.ts'
import { quoted, type Report } from './violation.ts'

const CODES: ReadonlySet<string> = new Set(['ph', 'pc', 'sc', 'ec'])
const DATA_REFERENCES = [
  ['dataRef', '4.3.1.9'],
  ['dataRefEnd', '4.3.1.10'],
  ['dataRefStart', '4.3.1.11'],
] as const
const FLOW_REFERENCES = [
  ['subFlows', '4.3.1.32'],
  ['subFlowsEnd', '4.3.1.33'],
  ['subFlowsStart', '4.3.1.34'],
] as const
/** Attributes of a pair that come together: the Schematron rules of 2.1 ask it, 2.0 does not. */
const PAIRED = [
  ['dataRefStart', 'dataRefEnd', '4.3.1.11'],
  ['subFlowsStart', 'subFlowsEnd', '4.3.1.34'],
  ['equivStart', 'equivEnd', '4.3.1.18'],
] as const

/** What each inline code says of itself: its data, its base, its sub-flows, its type, what may be done to it. */
export function checkCodes(
  scope: Scope,
  unitIds: ReadonlySet<string>,
  { paired }: { readonly paired: boolean },
  report: Report,
): void {
  const data = new Set(scope.data.map((node) => idOf(node)))
  const all = [...inlineOf(scope, 'source'), ...inlineOf(scope, 'target')]
  const bases = new Map<string, Node>()
  for (const node of all) {
    const id = idOf(node)
    if (CODES.has(node.name) && id !== undefined && !bases.has(id)) bases.set(id, node)
  }
  for (const node of all) {
    if (node.name === 'cp') checkCodePoint(node, report)
    if (!CODES.has(node.name)) continue
    checkDataReferences(node, data, scope.name, report)
    checkSubFlows(node, unitIds, report)
    checkCopy(node, bases, scope.name, report)
    checkType(node, report)
    checkHints(node, report)
    if (paired) checkPaired(node, report)
  }
  for (const node of scope.data) {
    for (const child of node.children) if (child.name === 'cp') checkCodePoint(child, report)
  }
}

function checkPaired(node: Node, report: Report): void {
  for (const [one, other, section] of PAIRED) {
    if (node.attributes.has(one) === node.attributes.has(other)) continue
    const has = node.attributes.has(one) ? one : other
    const message = `<${node.element.name}> has ${has} without ${has === one ? other : one}; they come in pairs`
    report(placeOf(node, has), `XLIFF 2.1 §${section}`, message)
  }
}

function checkDataReferences(
  node: Node,
  data: ReadonlySet<string | undefined>,
  scope: string,
  report: Report,
): void {
  for (const [name, section] of DATA_REFERENCES) {
    const id = idOf(node, name)
    if (id === undefined || data.has(id)) continue
    const message = `${name} ${quoted(id)} names no <data> in the <originalData> of this ${scope}`
    report(placeOf(node, name), `XLIFF 2.1 §${section}`, message)
  }
}

function checkSubFlows(node: Node, units: ReadonlySet<string>, report: Report): void {
  for (const [name, section] of FLOW_REFERENCES) {
    const value = valueIn(node, name)
    for (const id of value === undefined ? [] : tokensOf(value)) {
      if (units.has(id)) continue
      report(
        placeOf(node, name),
        `XLIFF 2.1 §${section}`,
        `${name} names the unit ${quoted(id)}, which is not in this file`,
      )
    }
  }
}

/** §4.3.1.8 and §4.7.2.4.1. */
function checkCopy(node: Node, bases: ReadonlyMap<string, Node>, scope: string, report: Report): void {
  const id = idOf(node, 'copyOf')
  if (id === undefined) return
  const base = bases.get(id)
  const place = placeOf(node, 'copyOf')
  const rule = 'XLIFF 2.1 §4.7.2.4.1'
  if (base === undefined || base === node) {
    report(place, 'XLIFF 2.1 §4.3.1.8', `copyOf ${quoted(id)} names no other inline code of this ${scope}`)
    return
  }
  if (hasData(base)) {
    report(place, rule, `${quoted(id)} has original data: a copy of it uses the same data, not copyOf`)
  }
  if (hasData(node)) report(place, rule, 'a code with copyOf cannot have original data of its own')
  if (flagOf(base, 'canCopy', 'yes') === 'no') {
    report(place, 'XLIFF 2.1 §4.7.2.6', `${quoted(id)} says canCopy="no", so there can be no copy of it`)
  }
}

function hasData(node: Node): boolean {
  return DATA_REFERENCES.some(([name]) => node.attributes.has(name))
}

const SUB_TYPES: ReadonlyMap<string, string> = new Map([
  ['xlf:lb', 'fmt'],
  ['xlf:pb', 'fmt'],
  ['xlf:b', 'fmt'],
  ['xlf:i', 'fmt'],
  ['xlf:u', 'fmt'],
  ['xlf:var', 'ui'],
])

/** §4.3.1.36. */
function checkType(node: Node, report: Report): void {
  const subType = valueIn(node, 'subType')
  if (subType === undefined) return
  const rule = 'XLIFF 2.1 §4.3.1.36'
  const place = placeOf(node, 'subType')
  const type = valueIn(node, 'type')
  if (type === undefined) report(place, rule, `<${node.element.name}> has subType without type`)
  if (!subType.startsWith('xlf:')) return
  const wanted = SUB_TYPES.get(subType)
  if (wanted === undefined)
    report(place, rule, `${quoted(subType)} is not one of the values that start with xlf:`)
  else if (type !== undefined && type !== wanted) {
    report(
      place,
      rule,
      `the subType ${quoted(subType)} needs the type ${quoted(wanted)}, not ${quoted(type)}`,
    )
  }
}

/** A code that keeps its place can be neither copied nor deleted (§4.7.2.6). */
function checkHints(node: Node, report: Report): void {
  const reorder = flagOf(node, 'canReorder', 'yes')
  if (reorder !== 'no' && reorder !== 'firstNo') return
  if (valueIn(node, 'canCopy') === 'no' && valueIn(node, 'canDelete') === 'no') return
  const message = `canReorder="${reorder}" needs canCopy="no" and canDelete="no"`
  report(placeOf(node, 'canReorder'), 'XLIFF 2.1 §4.7.2.6', message)
}

/** Only what XML cannot hold is written as `<cp>` (§4.2.3.1, §4.3.1.19). */
export function checkCodePoint(node: Node, report: Report): void {
  const hex = idOf(node, 'hex')
  if (hex === undefined || !/^[0-9a-fA-F]+$/.test(hex)) return
  const code = Number.parseInt(hex, 16)
  if (code <= 0x10ffff && !isXmlCharacter(code)) return
  const what = code > 0x10ffff ? 'is not a character of Unicode' : 'is a character that XML can hold as it is'
  report(
    placeOf(node, 'hex'),
    'XLIFF 2.1 §4.3.1.19',
    `U+${hex.slice(0, 20).toUpperCase()} ${what}; <cp> is for the others`,
  )
}

/** XML 1.0 can hold U+007F to U+009F but advises against it; the official rules let `<cp>` stand for them. */
function isXmlCharacter(code: number): boolean {
  if (code >= 0x7f && code <= 0x9f && code !== 0x85) return false
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || code >= 0x10000
}
