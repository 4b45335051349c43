import { childrenOf, descendantsOf, type Node, pushReversed, valueIn } from './nodes.ts'
import { collapse } from './value-types.ts'

/** A `<source>` or `<target>` and the inline elements in it, in order, whatever their depth. */
export type Content = { readonly node: Node; readonly inline: readonly Node[] }

/** A `<segment>`, an `<ignorable>`, or a `<mtc:match>` as a whole. */
export type Part = {
  readonly node: Node
  readonly source: Content | undefined
  readonly target: Content | undefined
  /** Where the target stands when the targets are put together, from 1. */
  readonly order: number
}

/** Within it, ids of inline elements are unique and references between them resolve: a unit or a match. */
export type Scope = {
  readonly node: Node
  /** `unit` or `match`, for messages. */
  readonly name: string
  readonly parts: readonly Part[]
  /** The original data of inline codes. */
  readonly data: readonly Node[]
}

/** The groups and units of a file, in order. */
export function containersOf(file: Node): readonly Node[] {
  const found: Node[] = []
  const pending = file.children.toReversed()
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.name !== 'group' && node.name !== 'unit') continue
    found.push(node)
    if (node.name === 'group') pushReversed(node.children, pending)
  }
  return found
}

export function unitScope(unit: Node): Scope {
  const parts = unit.children.filter(({ name }) => name === 'segment' || name === 'ignorable')
  return {
    node: unit,
    name: 'unit',
    parts: parts.map((part, index) => partOf(part, index + 1)),
    data: dataOf(unit),
  }
}

/** The matches of a unit; each is a scope of its own (§5.1.4). */
export function matchScopes(unit: Node): readonly Scope[] {
  return childrenOf(unit, 'mtc:matches')
    .flatMap((matches) => childrenOf(matches, 'mtc:match'))
    .map((match) => ({ node: match, name: 'match', parts: [partOf(match, 1)], data: dataOf(match) }))
}

function partOf(node: Node, position: number): Part {
  const target = contentOf(node, 'target')
  const order = target === undefined ? '' : collapse(valueIn(target.node, 'order') ?? '')
  return {
    node,
    source: contentOf(node, 'source'),
    target,
    order: /^\+?\d{1,9}$/.test(order) ? Number(order) : position,
  }
}

function contentOf(part: Node, name: string): Content | undefined {
  const node = part.children.find((child) => child.name === name)
  if (node === undefined) return undefined
  const inside = descendantsOf(node)
  return {
    node,
    inline: inside.every(({ space }) => space === '') ? inside : inside.filter(({ space }) => space === ''),
  }
}

function dataOf(owner: Node): readonly Node[] {
  return childrenOf(owner, 'originalData').flatMap((data) => childrenOf(data, 'data'))
}

export type Side = 'source' | 'target'

/** All content of one side in the order of the file. */
export function contentsOf({ parts }: Scope, side: Side): readonly Content[] {
  return parts.map((part) => part[side]).filter((content) => content !== undefined)
}

/** The inline elements of one side of a scope, in the order of the file. */
export function inlineOf(scope: Scope, side: Side): readonly Node[] {
  return contentsOf(scope, side).flatMap(({ inline }) => inline)
}

/** `yes`, `no` and the like, with the specification's default. */
export function flagOf(node: Node, name: string, otherwise: string): string {
  return valueIn(node, name) ?? otherwise
}

/** The id as the schema compares it. */
export function idOf(node: Node, name = 'id'): string | undefined {
  const value = valueIn(node, name)
  return value === undefined ? undefined : collapse(value)
}
