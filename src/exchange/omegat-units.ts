import { attributeOf, childElements, childrenNamed, type XmlElement } from '../xml/tree.ts'

export type TransUnit = {
  readonly id: string
  readonly source: XmlElement
  readonly target: XmlElement | undefined
}

/** All `trans-unit` elements of an XLIFF 1.x that have a source, in document order. */
export function transUnits(root: XmlElement): readonly TransUnit[] {
  const units: TransUnit[] = []
  const pending = [root]
  for (let element = pending.pop(); element !== undefined; element = pending.pop()) {
    if (element.local !== 'trans-unit') {
      for (const child of childElements(element).toReversed()) pending.push(child)
      continue
    }
    const source = childrenNamed(element, 'source').at(0)
    if (source === undefined) continue
    units.push({
      id: attributeOf(element, 'id') ?? '',
      source,
      target: childrenNamed(element, 'target').at(0),
    })
  }
  return units
}
