import { checkReference, type Resolver } from './annotations-2.ts'
import { checkUnique } from './ids-2.ts'
import { checkOwnLanguage } from './languages-2.ts'
import { ancestorOf, childrenOf, descendantsOf, type Node, placeOf, valueIn } from './nodes.ts'
import { isEmpty } from './order-2.ts'
import { idOf } from './scopes-2.ts'
import { quoted, type Report } from './violation.ts'

const UNIT: ReadonlySet<string> = new Set(['unit'])

type Check = (node: Node, context: Context) => void
type Context = {
  readonly root: Node
  readonly resolve: Resolver
  /** See `resourcesOf`. */
  readonly resources: ReadonlySet<string> | undefined
  /** See `itemsOf`. */
  readonly items: (data: Node) => ReadonlySet<string>
  readonly report: Report
}

/** The constraints of the modules that stand on single elements (XLIFF 2.1 §5.1 to §5.8). */
export function checkModule(node: Node, context: Context): void {
  CHECKS.get(node.name)?.(node, context)
}

const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['mtc:matches', checkMatches],
  ['mtc:match', checkMatch],
  ['gls:glossary', checkGlossary],
  ['gls:glossEntry', checkGlossEntry],
  ['gls:translation', checkGlossReference],
  ['mda:metadata', checkMetadata],
  ['res:resourceData', checkResourceData],
  ['res:resourceItemRef', checkResourceItemRef],
  ['res:resourceItem', checkResourceItem],
  ['res:source', (node, context) => checkResource(node, 'srcLang', '5.5.4.5', context)],
  ['res:target', (node, context) => checkResource(node, 'trgLang', '5.5.4.6', context)],
  ['val:rule', checkRule],
])

function checkMatches(node: Node, { report }: Context): void {
  checkUnique(childrenOf(node, 'mtc:match'), report, 'XLIFF 2.1 §5.1.7.1', 'among these matches')
}

function checkMatch(node: Node, { resolve, report }: Context): void {
  const subType = valueIn(node, 'subType')
  const rule = 'XLIFF 2.1 §5.1.7.8'
  if (subType !== undefined && !node.attributes.has('type')) {
    report(placeOf(node, 'subType'), rule, 'a match with subType needs a type')
  }
  if (subType?.startsWith('xlf:') === true) {
    report(placeOf(node, 'subType'), rule, 'no subType of a match that starts with xlf: is defined')
  }
  const reference = valueIn(node, 'ref')
  if (reference === undefined) return
  if (!reference.startsWith('#')) {
    const message = `ref ${quoted(reference)} must point to text of this unit: # and the id of a segment, code or marker`
    report(placeOf(node, 'ref'), 'XLIFF 2.1 §5.1.7.5', message)
    return
  }
  checkSpan(node, 'XLIFF 2.1 §5.1.7.5', resolve, report)
}

/** The reference finds a segment or an inline element of the same unit. */
function checkSpan(node: Node, rule: string, resolve: Resolver, report: Report): void {
  const found = checkReference(node, 'ref', resolve, report)?.found
  if (found === undefined || (SPANS.has(found.name) && ancestorOf(found, UNIT) === ancestorOf(node, UNIT)))
    return
  const message = `ref ${quoted(valueIn(node, 'ref') ?? '')} must point to a segment, a code or a marker of this unit`
  report(placeOf(node, 'ref'), rule, message)
}

const SPANS: ReadonlySet<string> = new Set(['segment', 'ignorable', 'pc', 'ph', 'sc', 'ec', 'mrk', 'sm'])

function checkGlossary(node: Node, { report }: Context): void {
  const named = [...descendantsOf(node)].filter(
    ({ name }) => name === 'gls:glossEntry' || name === 'gls:translation',
  )
  checkUnique(named, report, 'XLIFF 2.1 §5.2.5.1', 'in this glossary')
}

function checkGlossEntry(node: Node, context: Context): void {
  checkGlossReference(node, context)
  if (node.children.some(({ name }) => name === 'gls:translation' || name === 'gls:definition')) return
  context.report(node, 'XLIFF 2.1 §5.2.4.3', 'a glossary entry needs a translation or a definition')
}

function checkGlossReference(node: Node, { resolve, report }: Context): void {
  const reference = valueIn(node, 'ref')
  if (reference === undefined) return
  if (reference.startsWith('#')) checkSpan(node, 'XLIFF 2.1 §5.2.5.2', resolve, report)
  else if (!reference.includes('#')) {
    const message = `ref ${quoted(reference)} must point to text of this unit: # and an id`
    report(placeOf(node, 'ref'), 'XLIFF 2.1 §5.2.5.2', message)
  }
}

function checkMetadata(node: Node, { report }: Context): void {
  const groups = [...descendantsOf(node)].filter(({ name }) => name === 'mda:metaGroup')
  checkUnique([node, ...groups], report, 'XLIFF 2.1 §5.4.5.3', 'in this metadata')
}

function checkResourceData(node: Node, { report }: Context): void {
  checkUnique(node.children, report, 'XLIFF 2.1 §5.5.5.1', 'among these resources')
}

/**
 * The item stands in the file's resources, or in the same ones. The official examples leave the file's resources
 * out: then nothing is known.
 */
function checkResourceItemRef(node: Node, { resources, items, report }: Context): void {
  const reference = idOf(node, 'ref')
  if (reference === undefined || resources === undefined || resources.has(reference)) return
  if (node.parent !== undefined && items(node.parent).has(reference)) return
  const message = `ref ${quoted(reference)} names no <resourceItem> in the <resourceData> of the file`
  report(placeOf(node, 'ref'), 'XLIFF 2.1 §5.5.5.6', message)
}

/** Ids of the resources that a file holds for its units; undefined where it holds none. */
export function resourcesOf(file: Node): ReadonlySet<string> | undefined {
  const held = childrenOf(file, 'res:resourceData')
  if (held.length === 0) return undefined
  return new Set(held.flatMap((data) => [...itemsOf(data)]))
}

/** Ids of the items in one `<res:resourceData>`. */
export function itemsOf(data: Node): ReadonlySet<string> {
  return new Set(childrenOf(data, 'res:resourceItem').map((item) => idOf(item) ?? ''))
}

function checkResourceItem(node: Node, { report }: Context): void {
  if (node.attributes.has('mimeType')) return
  const filled = node.children.filter(({ name }) => name === 'res:source' || name === 'res:target')
  if (filled.length > 0 && filled.every((child) => !isEmpty(child))) return
  report(node, 'XLIFF 2.1 §5.5.4.4', 'a resource whose source or target is elsewhere needs its mimeType')
}

function checkResource(node: Node, language: string, section: string, { root, report }: Context): void {
  const rule = `XLIFF 2.1 §${section}`
  const linked = node.attributes.has('href')
  if (linked === !isEmpty(node)) {
    const tag = `<${node.element.name}>`
    report(
      node,
      rule,
      linked ? `${tag} with href must be empty` : `an empty ${tag} needs href, the resource's address`,
    )
  }
  // The official examples name reference languages on targets that are elsewhere.
  if (language === 'srcLang' || !linked) checkOwnLanguage(root, node, language, rule, report)
}

const TESTS = ['isPresent', 'isNotPresent', 'startsWith', 'endsWith'] as const

function checkRule(node: Node, { report }: Context): void {
  const rule = 'XLIFF 2.1 §5.8.4.3'
  const tests = TESTS.filter((name) => node.attributes.has(name))
  const custom = [...node.attributes.keys()].some((name) => name.startsWith('{'))
  if (tests.length + (custom ? 1 : 0) !== 1) {
    report(
      node,
      rule,
      `a rule has exactly one of ${TESTS.join(', ')} and a test of your own; this one has ${tests.length + (custom ? 1 : 0)}`,
    )
  }
  if (node.attributes.has('occurs') && !node.attributes.has('isPresent')) {
    report(placeOf(node, 'occurs'), 'XLIFF 2.1 §5.8.5.2', 'occurs goes with isPresent only')
  }
  if (node.attributes.has('existsInSource') && tests.filter((name) => name !== 'isNotPresent').length !== 1) {
    const message = 'existsInSource goes with exactly one of isPresent, startsWith and endsWith'
    report(placeOf(node, 'existsInSource'), 'XLIFF 2.1 §5.8.5.6', message)
  }
  if (valueIn(node, 'disabled') === 'yes' && node.parent?.parent?.name === 'file') {
    report(placeOf(node, 'disabled'), 'XLIFF 2.1 §5.8.5.9', 'a rule of the whole file cannot be disabled')
  }
}
