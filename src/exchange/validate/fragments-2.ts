import { ancestorOf, childrenOf, type Node, pushReversed } from './nodes.ts'
import { containersOf, idOf, inlineOf, unitScope } from './scopes-2.ts'
import { isNmtoken } from './value-types.ts'

/** Prefixes of modules and of extensions that are registered with the committee (§3.2). */
const REGISTERED: ReadonlySet<string> = new Set([
  'mtc',
  'gls',
  'fs',
  'mda',
  'res',
  'ctr',
  'slr',
  'val',
  'its',
  'pgs',
  'tbx',
])
const CONTAINERS: readonly string[] = ['f', 'g', 'u']
const LEAVES: ReadonlySet<string> = new Set(['n', 'd', 't', ''])

/** A reference into this document, taken apart: `#f=f1/u=u1/n=n1`. */
export type Fragment = {
  readonly absolute: boolean
  /** By prefix; '' for a segment or a code of the source. */
  readonly selectors: ReadonlyMap<string, string>
}

/**
 * Reads a fragment identifier (XLIFF 2.1 chapter 3).
 * @param reference with its `#`
 * @returns what is wrong with it, as a sentence without a subject, when it is not one
 */
export function parseFragment(reference: string): Fragment | string {
  const absolute = reference.startsWith('#/')
  const selectors = new Map<string, string>()
  let last = -1
  let leaf = false
  for (const selector of reference.slice(absolute ? 2 : 1).split('/')) {
    const equals = selector.indexOf('=')
    const prefix = selector.slice(0, Math.max(0, equals))
    const id = selector.slice(equals + 1)
    if (!isNmtoken(id) || (equals >= 0 && !isNmtoken(prefix)))
      return 'is not written as the specification asks'
    if (selectors.has(prefix)) {
      return prefix === '' ? 'names more than one thing' : `has the prefix ${prefix} twice`
    }
    if (leaf) return 'has something behind the selector that must come last'
    const level = CONTAINERS.indexOf(prefix)
    if (level < 0 && !LEAVES.has(prefix) && !REGISTERED.has(prefix)) return `has the unknown prefix ${prefix}`
    if (level >= 0 && level < last) return 'must name file, group and unit in this order'
    last = Math.max(last, level)
    leaf = level < 0
    selectors.set(prefix, id)
  }
  return { absolute, selectors }
}

type Resolve = (fragment: Fragment, from: Node) => Node | undefined

const FILE: ReadonlySet<string> = new Set(['file'])
const GROUP: ReadonlySet<string> = new Set(['group'])
const UNIT: ReadonlySet<string> = new Set(['unit'])
const HOLDERS: ReadonlySet<string> = new Set(['file', 'group', 'unit'])

/** Finds what fragments name. Each file and unit is looked through once, whatever the number of references. */
export function createResolver(root: Node): Resolve {
  const files = byId(childrenOf(root, 'file'))
  const containers = once((file) => containersOf(file))
  const units = once((file) => byId(containers(file).filter(({ name }) => name === 'unit')))
  const groups = once((file) => byId(containers(file).filter(({ name }) => name === 'group')))
  const sources = once((unit) => {
    const scope = unitScope(unit)
    return byId([...scope.parts.map(({ node }) => node), ...inlineOf(scope, 'source')])
  })
  const targets = once((unit) => byId(inlineOf(unitScope(unit), 'target')))
  const data = once((unit) => byId(unitScope(unit).data))
  const notes = once((holder) =>
    byId(childrenOf(holder, 'notes').flatMap((list) => childrenOf(list, 'note'))),
  )
  const extras = once((holder) => [...extraElements(holder)])
  const extraIds = once((holder) => byId(extras(holder), ({ space }) => space.replace(/^\{.*$/s, 'tbx')))

  return ({ absolute, selectors }, from) => {
    const wanted = { f: selectors.get('f'), g: selectors.get('g'), u: selectors.get('u') }
    const file =
      wanted.f === undefined ? (absolute ? undefined : ancestorOf(from, FILE)) : files.get(wanted.f)
    if (file === undefined) return undefined
    const group = wanted.g === undefined ? undefined : groups(file).get(wanted.g)
    const unit = wanted.u === undefined ? undefined : units(file).get(wanted.u)
    if ((wanted.g !== undefined && group === undefined) || (wanted.u !== undefined && unit === undefined)) {
      return undefined
    }
    const named = unit ?? group ?? (wanted.f === undefined ? undefined : file)
    const leaf = [...selectors].find(([prefix]) => prefix !== 'f' && prefix !== 'g' && prefix !== 'u')
    if (leaf === undefined) return named
    const [prefix, id] = leaf
    if (prefix === 'n') return notes(named ?? ancestorOf(from, HOLDERS) ?? file).get(id)
    const here = unit ?? (named === undefined || named.name === 'file' ? ancestorOf(from, UNIT) : undefined)
    if (prefix === '' || prefix === 't' || prefix === 'd') {
      if (here === undefined || ancestorOf(here, FILE) !== file) return undefined
      return (prefix === '' ? sources : prefix === 't' ? targets : data)(here).get(id)
    }
    const holder = named ?? ancestorOf(from, UNIT) ?? ancestorOf(from, GROUP) ?? file
    return extraIds(holder).get(`${prefix} ${id}`)
  }
}

/** A function of nodes that works each one out once. */
export function once<T>(make: (node: Node) => T): (node: Node) => T {
  const made = new Map<Node, { readonly value: T }>()
  return (node) => {
    const known = made.get(node)
    if (known !== undefined) return known.value
    const value = make(node)
    made.set(node, { value })
    return value
  }
}

function byId(nodes: Iterable<Node>, spaceOf?: (node: Node) => string): ReadonlyMap<string, Node> {
  const found = new Map<string, Node>()
  for (const node of nodes) {
    const id = idOf(node) ?? idOf(node, 'xml:id')
    const key = spaceOf === undefined ? id : `${spaceOf(node)} ${id}`
    if (id !== undefined && key !== undefined && !found.has(key)) found.set(key, node)
  }
  return found
}

/** Elements of modules and extensions right in a file, group or unit. */
function* extraElements(holder: Node): Generator<Node> {
  const pending = holder.children.filter(({ space }) => space !== '').toReversed()
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    yield node
    pushReversed(node.children, pending)
  }
}
