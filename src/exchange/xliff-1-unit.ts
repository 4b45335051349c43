import { attributeOf, childElements, childrenNamed, textOf, type XmlElement } from '../xml/tree.ts'

/** One segment of a `trans-unit`: itself, or an `mrk mtype="seg"` of its `seg-source`. */
export type Part1 = {
  /** Of the segment in its unit: its `mid`, or its number; '' for a unit of one. */
  readonly name: string
  readonly mid: string | undefined
  readonly from: XmlElement
  /** Where its translation stands: the target, or a mark in it. */
  readonly to: XmlElement | undefined
}

/** The children of a `trans-unit`, each kind in order. */
export type Unit1 = {
  readonly unit: XmlElement
  readonly id: string
  readonly source: XmlElement | undefined
  readonly segSource: XmlElement | undefined
  readonly target: XmlElement | undefined
  readonly notes: readonly XmlElement[]
  readonly alternatives: readonly XmlElement[]
  /** `context-group`s and `prop-group`s. */
  readonly groups: readonly XmlElement[]
  /** Trados: what it says of each segment, by its `mid`. */
  readonly segments: ReadonlyMap<string, XmlElement>
}

const NONE: readonly XmlElement[] = []
const NO_SEGMENTS: ReadonlyMap<string, XmlElement> = new Map()

export function openUnit1(unit: XmlElement): Unit1 {
  let source: XmlElement | undefined
  let segSource: XmlElement | undefined
  let target: XmlElement | undefined
  let segments = NO_SEGMENTS
  const more: { notes?: XmlElement[]; alternatives?: XmlElement[]; groups?: XmlElement[] } = {}
  for (const child of unit.children) {
    if (child.kind !== 'element') continue
    switch (child.local) {
      case 'source':
        source ??= child
        break
      case 'seg-source':
        segSource ??= child
        break
      case 'target':
        target ??= child
        break
      case 'note':
        more.notes ??= []
        more.notes.push(child)
        break
      case 'alt-trans':
        more.alternatives ??= []
        more.alternatives.push(child)
        break
      case 'context-group':
      case 'prop-group':
        more.groups ??= []
        more.groups.push(child)
        break
      case 'seg-defs':
        segments = new Map(childrenNamed(child, 'seg').map((seg) => [attributeOf(seg, 'id') ?? '', seg]))
        break
    }
  }
  const { notes = NONE, alternatives = NONE, groups = NONE } = more
  const id = attributeOf(unit, 'id') ?? ''
  return { unit, id, source, segSource, target, notes, alternatives, groups, segments }
}

/**
 * The segments of a unit: the `mrk mtype="seg"` of its `seg-source`, matched with the target's by `mid`.
 * A target with text but without such marks cannot be shared out, so then the unit is one segment.
 */
export function partsOf1({ source, segSource, target }: Unit1): readonly Part1[] {
  if (source === undefined) return []
  const whole = [{ name: '', mid: undefined, from: source, to: target }]
  const marks = segSource === undefined ? [] : segmentMarks(segSource)
  if (marks.length === 0) return whole
  const translated = target === undefined ? [] : segmentMarks(target)
  if (translated.length === 0 && target !== undefined && textOf(target).trim() !== '') return whole
  // Where a file has a number twice, the first belongs to the first.
  const byMid = Map.groupBy(translated.toReversed(), (mark) => attributeOf(mark, 'mid'))
  return marks.map((from, index) => {
    const mid = attributeOf(from, 'mid')
    return { name: mid ?? `${index + 1}`, mid, from, to: byMid.get(mid)?.pop() }
  })
}

/** What Trados says of a segment: by its `mid`, or the only thing that it says of a unit that is not segmented. */
export function tradosSegment({ segments }: Unit1, mid: string | undefined): XmlElement | undefined {
  if (mid !== undefined) return segments.get(mid)
  return segments.size === 1 ? segments.values().next().value : undefined
}

/** Id of a segment as readers give it: the unit's, and behind `/` its own where the unit has several. */
export function segmentId(unitId: string, name: string, count: number): string {
  return count === 1 ? unitId : `${unitId}/${name}`
}

/** All `mrk mtype="seg"` in an element, in order. */
export function segmentMarks(element: XmlElement): readonly XmlElement[] {
  const marks: XmlElement[] = []
  const pending = childElements(element).toReversed()
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.local === 'mrk' && attributeOf(next, 'mtype') === 'seg') marks.push(next)
    else for (const child of childElements(next).toReversed()) pending.push(child)
  }
  return marks
}

/** All `trans-unit`s in the body and its groups, in order, with the `translate` they inherit. */
export function unitsOf1(file: XmlElement): readonly { unit: XmlElement; translate: boolean }[] {
  const units: { unit: XmlElement; translate: boolean }[] = []
  const visit = (element: XmlElement, inherited: boolean): void => {
    const own = attributeOf(element, 'translate')
    const translate = own === undefined ? inherited : own !== 'no'
    if (element.local === 'trans-unit') units.push({ unit: element, translate })
    if (element.local !== 'body' && element.local !== 'group') return
    for (const child of element.children) if (child.kind === 'element') visit(child, translate)
  }
  for (const body of childrenNamed(file, 'body')) visit(body, true)
  return units
}
