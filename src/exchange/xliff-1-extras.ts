import { attributeOf, childrenNamed, textOf, type XmlElement } from '../xml/tree.ts'
import { type ReadMatch, type ReadMetadata, type ReadNote, readPercent } from './xliff-extras.ts'
import { type InlineDialect, InlineReader } from './xliff-inline-read.ts'

/** A `note` of XLIFF 1.x (§2.3 of 1.2). */
export function readNote1(element: XmlElement): ReadNote {
  const from = attributeOf(element, 'from')
  const about = attributeOf(element, 'annotates')
  return {
    text: textOf(element),
    ...(from === undefined ? {} : { from }),
    ...(about === undefined || about === 'general' ? {} : { category: about }),
    ...priorityOf(element),
  }
}

/** The `priority` of a note of either version, where it is a number from 1 to 10. */
export function priorityOf(element: XmlElement): { readonly priority?: number } {
  const written = attributeOf(element, 'priority') ?? ''
  return /^(?:[1-9]|10)$/.test(written) ? { priority: Number(written) } : {}
}

/** An `alt-trans` (§2.3 of 1.2): a proposal for each target in it. */
export function readAlternative(
  element: XmlElement,
  dialect: InlineDialect,
  ours: boolean,
): readonly ReadMatch[] {
  const source = childrenNamed(element, 'source').at(0)
  const similarity = readPercent(attributeOf(element, 'match-quality'))
  const origin =
    attributeOf(element, 'origin') ?? attributeOf(element, 'tool-id') ?? attributeOf(element, 'tool')
  const type = attributeOf(element, 'alttranstype')
  return childrenNamed(element, 'target').map((target) => {
    const inline = new InlineReader(dialect, ours)
    const text = source === undefined ? undefined : inline.read(source)
    return {
      ...(text === undefined ? {} : { source: text }),
      target: inline.read(target),
      codes: inline.codes,
      ...(origin === undefined ? {} : { origin }),
      ...(type === undefined ? {} : { type }),
      ...(similarity === undefined ? {} : { similarity }),
    }
  })
}

/** `context-group` and `prop-group` (1.0, 1.1): what tools say of a unit. */
export function readGroup1(group: XmlElement): readonly ReadMetadata[] {
  const category = attributeOf(group, 'name') ?? attributeOf(group, 'purpose') ?? ''
  const one = (element: XmlElement, type: string | undefined): ReadMetadata => {
    return { category, type: type ?? '', value: textOf(element) }
  }
  return [
    ...childrenNamed(group, 'context').map((context) => one(context, attributeOf(context, 'context-type'))),
    ...childrenNamed(group, 'prop').map((prop) => one(prop, attributeOf(prop, 'prop-type'))),
  ]
}
