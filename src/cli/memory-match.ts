import type { InlineCode, Segment } from '../domain/document.ts'
import type { TmxPair } from '../exchange/tmx.ts'

/** Exact matches: segment id → target text. Of several translations of the same source the last one counts. */
export function matchMemory(
  pairs: readonly TmxPair[],
  segments: readonly Segment[],
): ReadonlyMap<string, string> {
  const bySource = new Map(pairs.map(({ source, target }) => [keyOf(source.text, source.codes), target.text]))
  const matches = new Map<string, string>()
  for (const segment of segments) {
    const target = bySource.get(keyOf(segment.text, segment.codes))
    if (target !== undefined) matches.set(segment.id, target)
  }
  return matches
}

function keyOf(text: string, codes: readonly InlineCode[]): string {
  return `${codes.map(({ kind }) => kind).join(' ')}\n${text}`
}
