import { DRAFT_SCORE, type Match } from './leverage.ts'

/** What a translation was begun with, if it was one that stood already: numbers are percent of similarity. */
export const REUSE_BANDS = ['kept', 'context', 'exact', '95-99', '85-94', '70-84', 'repetition'] as const

/**
 * What a segment's translation begins with, as agencies count it: `kept` stands as it did in the revision before; a
 * `repetition` is the same as a segment before it.
 */
export const COST_BANDS = [...REUSE_BANDS, 'new'] as const
export type CostBand = (typeof COST_BANDS)[number]

export type CostSegment = {
  /** Equal for segments whose text and codes are the same. */
  readonly key: string
  readonly words: number
  /** What an engine that counts characters would bill for it; 0 for one without letters, which is copied. */
  readonly characters: number
  /** What the revision before gives it; none: it is asked for. */
  readonly kept?: 'same' | { readonly score: number }
  /** Best first. */
  readonly matches: readonly Match[]
  /** Nothing is sent for it: it has a target, or memory fills it. */
  readonly filled: boolean
}

export type CostEstimate = {
  readonly bands: Readonly<Record<CostBand, { readonly segments: number; readonly words: number }>>
  /** Characters that will be sent to an engine, at most: what an engine has translated before costs nothing again. */
  readonly characters: number
  /** Characters that are not sent because the revision before has their translation. */
  readonly saved: number
}

/** Adds up what a document costs in one locale. */
export function estimateCost(segments: readonly CostSegment[]): CostEstimate {
  const bands = Object.fromEntries(
    COST_BANDS.map((band) => [band, { segments: 0, words: 0 }]),
  ) as unknown as Record<CostBand, { segments: number; words: number }>
  const seen = new Set<string>()
  let [characters, saved] = [0, 0]
  for (const segment of segments) {
    const repeated = seen.has(segment.key)
    seen.add(segment.key)
    const band = bandOf(segment, repeated)
    bands[band].segments++
    bands[band].words += segment.words
    if (repeated) continue
    if (segment.kept !== undefined) saved += segment.characters
    else if (!segment.filled) characters += segment.characters
  }
  return { bands, characters, saved }
}

function bandOf({ kept, matches }: CostSegment, repeated: boolean): CostBand {
  if (kept === 'same') return 'kept'
  if (kept !== undefined) return bandOfScore(kept.score)
  const [best] = matches
  if (best?.kind === 'context') return 'context'
  if (best?.kind === 'exact') return 'exact'
  if (repeated) return 'repetition'
  return best === undefined ? 'new' : bandOfScore(best.score)
}

function bandOfScore(score: number): CostBand {
  return score >= 95 ? '95-99' : score >= DRAFT_SCORE ? '85-94' : '70-84'
}
