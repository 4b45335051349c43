import { attributeOf } from '../xml/tree.ts'
import { inline2 } from './xliff-2-inline.ts'
import { originalDataOf } from './xliff-2-modules.ts'
import type { Part2, Unit2 } from './xliff-2-unit.ts'
import type { Change } from './xliff-edit-1.ts'
import { readOldTexts, renderInline } from './xliff-edit-inline.ts'
import { insertBehind, setAttribute, setContent, type XmlSplice } from './xml-splice.ts'

/** The splices that change one `segment`. */
export function editSegment2(
  unit: Unit2,
  { element, source, target }: Part2,
  { id, target: wanted, state }: Change,
  { text, ours }: { readonly text: string; readonly ours: boolean },
): readonly XmlSplice[] {
  const splices: XmlSplice[] = []
  const before = attributeOf(element, 'state') ?? 'initial'
  if (state !== undefined && state !== before) {
    splices.push(...setAttribute(text, element, 'state', state))
    // A sub-state belongs to its state (XLIFF 2.1 §4.3.1.34).
    splices.push(...setAttribute(text, element, 'subState', undefined))
  }
  if (wanted === undefined || source === undefined) return splices
  const old = readOldTexts(source, target, inline2(text, ours, originalDataOf(unit.originalData)), ours)
  if (target !== undefined && old.target === wanted) return splices
  const content = renderInline(wanted, old, '2', id)
  if (target !== undefined) return [...splices, ...setContent(text, target, content)]
  const name = source.prefix === '' ? 'target' : `${source.prefix}:target`
  return [...splices, insertBehind(text, source, `<${name}>${content}</${name}>`)]
}
