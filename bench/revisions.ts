import { alignRevision } from '../src/domain/revision.ts'
import { type Figure, median, spread } from './figure.ts'

const SEGMENTS = 5_000

/** Aligning a long article with a new version of which a tenth is edited, and one with nothing in common. */
export async function benchRevisions(): Promise<readonly Figure[]> {
  const sentences = (word: string) =>
    Array.from({ length: SEGMENTS }, (_, at) => `Witness ${at} told the ${word} what happened on the bridge.`)
  const old = sentences('court')
  const edited = old.map((text, at) => (at % 10 === 0 ? text.replace('bridge', 'square') : text))
  return [
    measure('a tenth edited', old, edited),
    measure(
      'nothing in common',
      old,
      sentences('reporter').map((text) => [...text].reverse().join('')),
    ),
  ]
}

function measure(what: string, old: readonly string[], fresh: readonly string[]): Figure {
  const [before, after] = [old, fresh].map((texts) =>
    texts.map((text) => ({ text, codes: [], unitKind: 'paragraph' as const })),
  )
  const times: number[] = []
  for (let round = 0; round < 5; round++) {
    const started = performance.now()
    alignRevision(before ?? [], after ?? [])
    times.push(performance.now() - started)
  }
  const name = `align revisions of ${SEGMENTS} segments, ${what}`
  return { name, figure: spread(times, 'ms', 0), value: median(times) }
}
