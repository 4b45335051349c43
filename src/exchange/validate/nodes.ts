import type { XmlAttribute, XmlElement } from '../../xml/tree.ts'

/** An element whose names are resolved: the prefixes are those of the grammar, not those of the file. */
export type Node = {
  /** `unit`, `mtc:match`, `{uri}name` for a vocabulary nobody here knows, `{}name` for none. */
  readonly name: string
  /** '' for the core, `mtc`, `{uri}`, `{}`. */
  readonly space: string
  readonly local: string
  /** Namespace declarations left out; `id`, `xml:lang`, `fs:fs`, `{uri}name`. */
  readonly attributes: ReadonlyMap<string, XmlAttribute>
  readonly children: readonly Node[]
  readonly parent: Node | undefined
  readonly start: number
  readonly element: XmlElement
}

type Scope = ReadonlyMap<string, string>
type Written = ReadonlyMap<string, XmlAttribute>
type OpenNode = Node & { readonly children: Node[] }

export const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace'

/**
 * Resolves the names of a whole tree.
 * @param prefixes the grammar's prefix of each namespace it knows; '' for the core
 */
export function resolveNames(
  root: XmlElement,
  prefixes: ReadonlyMap<string, string>,
): {
  readonly root: Node
  /** Nodes of other vocabularies than the core, and nodes with attributes of other vocabularies. */
  readonly extended: readonly Node[]
} {
  const extended: Node[] = []
  const pending: { readonly node: OpenNode; readonly scope: Scope }[] = []
  const open = (element: XmlElement, parent: Node | undefined, outer: Scope): OpenNode => {
    // The tree makes a new map each time it is asked.
    const written = element.attributes
    const scope = scopeOf(written, outer)
    const attributes = resolveAttributes(written, scope, prefixes)
    const space = prefixes.get(element.namespace) ?? `{${element.namespace}}`
    const { local, start } = element
    const node = {
      name: joinName(space, local),
      space,
      local,
      attributes,
      children: [],
      parent,
      start,
      element,
    }
    if (space !== '' || attributes !== written) extended.push(node)
    pending.push({ node, scope })
    return node
  }
  const top = open(root, undefined, new Map([['xml', XML_NAMESPACE]]))
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, scope } = next
    for (const child of node.element.children) {
      if (child.kind === 'element') node.children.push(open(child, node, scope))
    }
  }
  return { root: top, extended }
}

function joinName(space: string, local: string): string {
  return space === '' || space.startsWith('{') ? space + local : `${space}:${local}`
}

function scopeOf(attributes: Written, outer: Scope): Scope {
  let scope: Map<string, string> | undefined
  for (const [name, { value }] of attributes) {
    if (!name.startsWith('xmlns:')) continue
    scope ??= new Map(outer)
    scope.set(name.slice('xmlns:'.length), value)
  }
  return scope ?? outer
}

function resolveAttributes(
  attributes: Written,
  scope: Scope,
  prefixes: ReadonlyMap<string, string>,
): ReadonlyMap<string, XmlAttribute> {
  let plain = true
  for (const name of attributes.keys()) plain &&= !name.includes(':') && name !== 'xmlns'
  if (plain) return attributes
  const resolved = new Map<string, XmlAttribute>()
  for (const [name, attribute] of attributes) {
    if (name === 'xmlns' || name.startsWith('xmlns:')) continue
    const colon = name.indexOf(':')
    if (colon < 0) resolved.set(name, attribute)
    else resolved.set(qualified(name.slice(0, colon), name.slice(colon + 1), scope, prefixes), attribute)
  }
  return resolved
}

function qualified(
  prefix: string,
  local: string,
  scope: Scope,
  prefixes: ReadonlyMap<string, string>,
): string {
  const uri = scope.get(prefix) ?? prefix
  if (uri === XML_NAMESPACE) return `xml:${local}`
  const known = prefixes.get(uri)
  // An attribute with the core's own prefix is not the attribute without one (Namespaces in XML §6.2).
  if (known === '') return `{core}${local}`
  return known === undefined ? `{${uri}}${local}` : `${known}:${local}`
}

/** The value of an attribute, by its resolved name. */
export function valueIn(node: Node, name: string): string | undefined {
  return node.attributes.get(name)?.value
}

/** Where a breach by an attribute stands: its value, else the element. */
export function placeOf(node: Node, name: string): { readonly start: number } {
  return node.attributes.get(name) ?? node
}

/** All nodes below one, in the order of the file, without itself. */
export function descendantsOf(node: Node): readonly Node[] {
  if (node.children.length === 0) return node.children
  const found: Node[] = []
  const pending: Node[] = []
  pushReversed(node.children, pending)
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    found.push(next)
    pushReversed(next.children, pending)
  }
  return found
}

/** For walks with a stack that visit nodes in the order of the file. */
export function pushReversed<T>(items: readonly T[], stack: T[]): void {
  for (let index = items.length - 1; index >= 0; index--) {
    const item = items[index]
    if (item !== undefined) stack.push(item)
  }
}

/** Child nodes of one name. */
export function childrenOf(node: Node, name: string): readonly Node[] {
  return node.children.filter((child) => child.name === name)
}

/** The nearest node above one with one of these names. */
export function ancestorOf(node: Node, names: ReadonlySet<string>): Node | undefined {
  let at = node.parent
  while (at !== undefined && !names.has(at.name)) at = at.parent
  return at
}
