import { type Node, placeOf } from './nodes.ts'
import { contentsOf, flagOf, idOf, inlineOf, type Scope, type Side } from './scopes-2.ts'
import { quoted, type Report } from './violation.ts'

/** The two elements of a span that is not one element. */
type Kind = {
  readonly start: 'sc' | 'sm'
  readonly end: 'ec' | 'em'
  readonly startRule: string
  readonly endRule: string
}

const CODE: Kind = {
  start: 'sc',
  end: 'ec',
  startRule: 'XLIFF 2.1 §4.2.3.4',
  endRule: 'XLIFF 2.1 §4.2.3.5',
}
const MARKER: Kind = {
  start: 'sm',
  end: 'em',
  startRule: 'XLIFF 2.1 §4.2.3.7',
  endRule: 'XLIFF 2.1 §4.2.3.8',
}

/** Start and end codes, start and end markers: each has its partner, behind it, with the same flags. */
export function checkPairs(scope: Scope, report: Report): void {
  for (const side of ['source', 'target'] as const) {
    for (const kind of [CODE, MARKER]) checkSide(scope, side, kind, report)
  }
}

function checkSide(scope: Scope, side: Side, kind: Kind, report: Report): void {
  const written = inlineOf(scope, side)
  if (!written.some(({ name }) => name === kind.start || name === kind.end)) return
  const position = new Map(written.map((node, index) => [node, index]))
  const composed = new Map(composedOrder(scope, side).map((node, index) => [node, index]))
  const precedes = (one: Node, other: Node): boolean =>
    (position.get(one) ?? 0) < (position.get(other) ?? 0) ||
    (composed.get(one) ?? 0) < (composed.get(other) ?? 0)
  const starts = new Map<string, Node>()
  const ends = new Map<string, Node[]>()
  for (const node of written) {
    const id = node.name === kind.start ? idOf(node) : undefined
    if (id !== undefined && !starts.has(id)) starts.set(id, node)
    const reference = node.name === kind.end ? idOf(node, 'startRef') : undefined
    if (reference === undefined) continue
    const known = ends.get(reference)
    if (known === undefined) ends.set(reference, [node])
    else known.push(node)
  }
  const awaited = side === 'target' ? partnersOfUntranslated(scope, kind) : new Set<string>()
  for (const node of written) {
    if (node.name === kind.start) {
      const id = idOf(node)
      if (id !== undefined) checkStart(node, id, ends.get(id) ?? [], awaited, scope, kind, report)
    } else if (node.name === kind.end) checkEnd(node, starts, precedes, awaited, scope, kind, report)
  }
}

type Precedes = (one: Node, other: Node) => boolean

function checkStart(
  start: Node,
  id: string,
  ends: readonly Node[],
  awaited: ReadonlySet<string>,
  scope: Scope,
  kind: Kind,
  report: Report,
): void {
  const tag = `<${start.element.name}> ${quoted(id)}`
  const [end] = ends
  if (flagOf(start, 'isolated', 'no') === 'yes') {
    if (end === undefined) return
    const message = `${tag} says isolated="yes", but its end is in the same ${scope.name}`
    report(placeOf(start, 'isolated'), 'XLIFF 2.1 §4.3.1.22', message)
    return
  }
  if (end === undefined) {
    if (awaited.has(id)) return
    const hint = kind === CODE ? ', and it does not say isolated="yes"' : ''
    report(start, kind.startRule, `${tag} has no <${kind.end}> in this ${scope.name}${hint}`)
    return
  }
  if (ends.length > 1)
    report(start, kind.startRule, `${tag} has more than one <${kind.end}> in this ${scope.name}`)
  if (kind === CODE) checkFlags(start, end, report)
}

function checkEnd(
  end: Node,
  starts: ReadonlyMap<string, Node>,
  precedes: Precedes,
  awaited: ReadonlySet<string>,
  scope: Scope,
  kind: Kind,
  report: Report,
): void {
  const tag = `<${end.element.name}>`
  const reference = idOf(end, 'startRef')
  if (kind === CODE) {
    const isolated = flagOf(end, 'isolated', 'no') === 'yes'
    if (isolated && !end.attributes.has('id'))
      report(end, kind.endRule, `${tag} with isolated="yes" needs an id`)
    if (isolated && reference !== undefined) {
      report(placeOf(end, 'startRef'), kind.endRule, `${tag} with isolated="yes" has an id, not a startRef`)
    }
    if (isolated) return
    if (end.attributes.has('id')) {
      report(
        placeOf(end, 'id'),
        kind.endRule,
        `${tag} has an id only with isolated="yes"; else it has a startRef`,
      )
    }
    if (end.attributes.has('dir')) {
      report(placeOf(end, 'dir'), kind.endRule, `${tag} may have dir only with isolated="yes"`)
    }
    if (reference === undefined) {
      report(end, kind.endRule, `${tag} lacks startRef, the id of its start`)
      return
    }
  }
  if (reference === undefined) return
  const start = starts.get(reference)
  if (start === undefined && awaited.has(reference)) return
  if (start === undefined || !precedes(start, end)) {
    const place = placeOf(end, 'startRef')
    report(
      place,
      kind.endRule,
      `no <${kind.start}> ${quoted(reference)} stands before this ${tag} in the ${scope.name}`,
    )
  }
}

/** §4.2.3.4 and §4.2.3.5. */
function checkFlags(start: Node, end: Node, report: Report): void {
  for (const name of ['canCopy', 'canDelete', 'canOverlap', 'canReorder']) {
    const atStart = flagOf(start, name, 'yes')
    const wanted = atStart === 'firstNo' ? 'no' : atStart
    const atEnd = flagOf(end, name, 'yes')
    if (atEnd === wanted) continue
    const message = `${name} of this <${end.element.name}> is “${atEnd}”, but its start needs “${wanted}”`
    report(placeOf(end, name), 'XLIFF 2.1 §4.2.3.5', message)
  }
}

/** The inline elements in the order in which the parts are put together (§4.8.2). */
function composedOrder(scope: Scope, side: Side): readonly Node[] {
  if (side === 'source') return inlineOf(scope, side)
  const parts = scope.parts.toSorted((one, other) => one.order - other.order)
  return contentsOf({ ...scope, parts }, side).flatMap(({ inline }) => inline)
}

/** Ids of spans that reach into a segment nobody has translated yet: their other half is still to come. */
function partnersOfUntranslated({ parts }: Scope, kind: Kind): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const { source, target } of parts) {
    if (target !== undefined) continue
    for (const node of source?.inline ?? []) {
      const id =
        node.name === kind.start ? idOf(node) : node.name === kind.end ? idOf(node, 'startRef') : undefined
      if (id !== undefined) ids.add(id)
    }
  }
  return ids
}
