import { plainText, type Segment } from './document.ts'

/**
 * The sentences before and after in the same unit, as plain text: engines that take context translate
 * pronouns better with it.
 * @param segments all segments of the document, in order
 * @returns segment id → its neighbours' text; no entry for a segment that is alone in its unit
 */
export function contextsOf(segments: readonly Segment[]): ReadonlyMap<string, string> {
  const contexts = new Map<string, string>()
  for (const [at, segment] of segments.entries()) {
    const neighbours = [segments[at - 1], segments[at + 1]].filter(
      (other) => other?.unitId === segment.unitId,
    )
    const text = neighbours
      .flatMap((other) => (other === undefined ? [] : [plainText(other.text, other.codes)]))
      .join(' ')
    if (text !== '') contexts.set(segment.id, text)
  }
  return contexts
}
