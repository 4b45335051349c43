import { childrenOf, type Node, placeOf, pushReversed, valueIn } from './nodes.ts'
import {
  type Content,
  containersOf,
  contentsOf,
  flagOf,
  idOf,
  inlineOf,
  type Part,
  type Scope,
  type Side,
} from './scopes-2.ts'
import { quoted, type Report } from './violation.ts'

const HINTS = 'XLIFF 2.1 §4.7.2.6'

/** The order of targets in a unit (§4.3.1.24, §4.8.2). */
export function checkTargetOrder({ parts }: Scope, report: Report): void {
  const taken = new Map<number, Part>()
  for (const part of parts) {
    if (part.target === undefined) continue
    const place = placeOf(part.target.node, 'order')
    if (part.order > parts.length) {
      const message = `order ${part.order} is more than the ${parts.length} segments and ignorables of this unit`
      report(place, 'XLIFF 2.1 §4.3.1.24', message)
    }
    const other = taken.get(part.order)
    if (other !== undefined) {
      const explicit = part.target.node.attributes.has('order') ? part : other
      const message = `two targets of this unit have the place ${part.order}`
      report(placeOf(explicit.target?.node ?? part.node, 'order'), 'XLIFF 2.1 §4.8.2', message)
    }
    taken.set(part.order, part)
  }
}

/** A position in a sequence of codes: a code, or where a `<pc>` ends. */
type Step = { readonly node: Node; readonly key: string; readonly reorder: string; readonly closes: boolean }

const CODES: ReadonlySet<string> = new Set(['ph', 'pc', 'sc', 'ec'])

/** Codes that keep their order and codes that cannot be deleted (§4.7.2.6). */
export function checkSequences(scope: Scope, report: Report): void {
  const hinted = scope.parts.some((part) => isHinted(part.source) || isHinted(part.target))
  if (!hinted) return
  for (const side of ['source', 'target'] as const) checkStarts(scope, side, report)
  checkDeleted(scope, report)
  for (const part of scope.parts) {
    if (part.source !== undefined && part.target !== undefined) checkKept(part.source, part.target, report)
  }
}

function isHinted(content: Content | undefined): boolean {
  return (
    content?.inline.some(({ attributes }) => attributes.has('canReorder') || attributes.has('canDelete')) ===
    true
  )
}

/** A code with canReorder="no" directly follows one with firstNo or no. */
function checkStarts(scope: Scope, side: Side, report: Report): void {
  const starts = new Map(inlineOf(scope, side).map((node) => [idOf(node), node]))
  let previous = 'yes'
  for (const { node, reorder, closes } of contentsOf(scope, side).flatMap(stepsOf)) {
    const start = node.name === 'ec' ? starts.get(idOf(node, 'startRef')) : undefined
    const ofPair = start !== undefined && flagOf(start, 'canReorder', 'yes') !== 'yes'
    if (reorder === 'no' && previous === 'yes' && !closes && !ofPair) {
      const message = `canReorder="no" must follow a code with canReorder="firstNo" or "no"`
      report(placeOf(node, 'canReorder'), HINTS, message)
    }
    previous = reorder
  }
}

/** The codes of a content in reading order, with the ends of `<pc>`. */
function stepsOf({ node }: Content): readonly Step[] {
  const steps: Step[] = []
  const pending: (Node | Step)[] = node.children.toReversed()
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ('key' in next) {
      steps.push(next)
      continue
    }
    if (CODES.has(next.name)) {
      const key = next.name === 'ec' ? `/${idOf(next, 'startRef') ?? idOf(next)}` : `${idOf(next)}`
      const reorder = flagOf(next, 'canReorder', 'yes')
      steps.push({ node: next, key, reorder, closes: false })
      if (next.name === 'pc') {
        const end = reorder === 'yes' ? 'yes' : 'no'
        pending.push({ node: next, key: `/${key}`, reorder: end, closes: true })
      }
    }
    pushReversed(next.children, pending)
  }
  return steps
}

/** Every sequence of the source that the target has, it has whole and in order. */
function checkKept(source: Content, target: Content, report: Report): void {
  const steps = stepsOf(target)
  const places = new Map(steps.map(({ key }, index) => [key, index]))
  for (const sequence of sequencesOf(stepsOf(source))) {
    const at = sequence.map(({ key }) => places.get(key))
    for (let index = 1; index < at.length; index++) {
      const before = at[index - 1]
      const here = at[index]
      // A code that is not there is reported as deleted.
      if (before === undefined || here === undefined || here === before + 1) continue
      const step = steps[here]
      const message = `the codes of a sequence that cannot be re-ordered stand in another order than in the source`
      report(step?.node ?? target.node, HINTS, message)
      break
    }
  }
}

function sequencesOf(steps: readonly Step[]): readonly (readonly Step[])[] {
  const sequences: Step[][] = []
  for (const step of steps) {
    if (step.reorder === 'firstNo') sequences.push([])
    else if (step.reorder === 'yes') sequences.push([])
    if (step.reorder !== 'yes') sequences.at(-1)?.push(step)
  }
  // One code alone may stand anywhere.
  return sequences.filter((sequence) => new Set(sequence.map(({ node }) => node)).size > 1)
}

function checkDeleted(scope: Scope, report: Report): void {
  const kept = new Set(inlineOf(scope, 'target').map(keyOf))
  for (const { source, target } of scope.parts) {
    if (target === undefined) continue
    for (const node of source?.inline ?? []) {
      if (!CODES.has(node.name) || valueIn(node, 'canDelete') !== 'no' || kept.has(keyOf(node))) continue
      const id = idOf(node) ?? idOf(node, 'startRef') ?? ''
      const message = `<${node.element.name}> ${quoted(id)} of the source cannot be deleted, but the target lacks it`
      report(target.node, HINTS, message)
    }
  }
}

/** A pair may be written as `<pc>` or as `<sc>` and `<ec>`. */
function keyOf(node: Node): string {
  return node.name === 'ec' ? `/${idOf(node, 'startRef') ?? idOf(node)}` : `${idOf(node)}`
}

/** A state beyond `initial` needs a target; a sub-state needs a state (§4.3.1.31, §4.3.1.35). */
export function checkStates({ parts }: Scope, report: Report): void {
  for (const { node, target } of parts) {
    const state = valueIn(node, 'state')
    if (state !== undefined && state !== 'initial' && target === undefined) {
      report(
        placeOf(node, 'state'),
        'XLIFF 2.1 §4.3.1.31',
        `the state is ${quoted(state)}, but there is no target`,
      )
    }
    const subState = valueIn(node, 'subState')
    if (subState === undefined) continue
    const place = placeOf(node, 'subState')
    if (state === undefined) report(place, 'XLIFF 2.1 §4.3.1.35', 'subState needs a state beside it')
    if (subState.startsWith('xlf:'))
      report(place, 'XLIFF 2.1 §4.3.1.35', 'no subState that starts with xlf: is defined')
  }
}

/** A unit needs a segment, a skeleton either content or an address, own types another prefix than xlf. */
export function checkContainer(node: Node, report: Report): void {
  if (node.name === 'unit' && childrenOf(node, 'segment').length === 0) {
    report(node, 'XLIFF 2.1 §4.2.2.5', 'the unit has no <segment>')
  }
  if (valueIn(node, 'type')?.startsWith('xlf:') === true) {
    report(
      placeOf(node, 'type'),
      'XLIFF 2.1 §4.3.1.40',
      'types that start with xlf: are reserved for the specification',
    )
  }
}

export function checkSkeleton(file: Node, report: Report): void {
  for (const skeleton of childrenOf(file, 'skeleton')) {
    const { element } = skeleton
    const filled = element.children.some(({ kind }) => kind === 'element' || kind === 'text')
    if (filled !== skeleton.attributes.has('href')) continue
    const message = filled
      ? 'a <skeleton> with href must be empty'
      : 'an empty <skeleton> needs href, the address of the skeleton'
    report(skeleton, 'XLIFF 2.1 §4.2.2.3', message)
  }
}

/** Whether anything stands in an element, be it white space. */
export function isEmpty(node: Node): boolean {
  return node.element.children.every(({ kind }) => kind === 'comment' || kind === 'instruction')
}

/** The ids of a file's units. */
export function unitIdsOf(file: Node): ReadonlySet<string> {
  const units = containersOf(file).filter(({ name }) => name === 'unit')
  return new Set(units.map((unit) => idOf(unit) ?? ''))
}
