import { attributeOf, type XmlElement } from '../xml/tree.ts'

/** The children of a `unit`, each kind in order. */
export type Unit2 = {
  readonly unit: XmlElement
  readonly id: string
  /** `segment`s and `ignorable`s. */
  readonly parts: readonly Part2[]
  readonly segments: number
  readonly originalData: readonly XmlElement[]
  readonly notes: readonly XmlElement[]
  readonly metadata: readonly XmlElement[]
  readonly glossaries: readonly XmlElement[]
  readonly matches: readonly XmlElement[]
}

export type Part2 = {
  readonly element: XmlElement
  /** Its id, or its number among the segments; '' for an `ignorable` without an id. */
  readonly name: string
  readonly ignorable: boolean
  readonly source: XmlElement | undefined
  readonly target: XmlElement | undefined
}

type Kind = 'originalData' | 'notes' | 'metadata' | 'glossaries' | 'matches'
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['originalData', 'originalData'],
  ['notes', 'notes'],
  ['metadata', 'metadata'],
  ['glossary', 'glossaries'],
  ['matches', 'matches'],
])
const NONE: readonly XmlElement[] = []

export function openUnit2(unit: XmlElement): Unit2 {
  const parts: Part2[] = []
  let segments = 0
  const more: Partial<Record<Kind, XmlElement[]>> = {}
  for (const child of unit.children) {
    if (child.kind !== 'element') continue
    const ignorable = child.local === 'ignorable'
    if (ignorable || child.local === 'segment') {
      if (!ignorable) segments++
      const name = attributeOf(child, 'id') ?? (ignorable ? '' : `${segments}`)
      parts.push({ element: child, name, ignorable, ...textsOf(child) })
      continue
    }
    const kind = KINDS.get(child.local)
    if (kind === undefined) continue
    const list = more[kind]
    if (list === undefined) more[kind] = [child]
    else list.push(child)
  }
  const { originalData = NONE, notes = NONE, metadata = NONE, glossaries = NONE, matches = NONE } = more
  const id = attributeOf(unit, 'id') ?? ''
  return { unit, id, parts, segments, originalData, notes, metadata, glossaries, matches }
}

function textsOf(part: XmlElement): Pick<Part2, 'source' | 'target'> {
  let source: XmlElement | undefined
  let target: XmlElement | undefined
  for (const child of part.children) {
    if (child.kind !== 'element') continue
    if (child.local === 'source') source ??= child
    if (child.local === 'target') target ??= child
  }
  return { source, target }
}

/** All units of a file and its groups, in order, with the `translate` they inherit. */
export function unitsOf2(file: XmlElement): readonly { unit: XmlElement; translate: boolean }[] {
  const units: { unit: XmlElement; translate: boolean }[] = []
  const visit = (element: XmlElement, inherited: boolean): void => {
    const own = attributeOf(element, 'translate')
    const translate = own === undefined ? inherited : own !== 'no'
    if (element.local === 'unit') units.push({ unit: element, translate })
    if (element !== file && element.local !== 'group') return
    for (const child of element.children) if (child.kind === 'element') visit(child, translate)
  }
  visit(file, true)
  return units
}
