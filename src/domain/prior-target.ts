import type { PriorTarget, Segment, Unit } from './document.ts'
import { isSameLocale } from './locale.ts'
import type { Target } from './target.ts'

/** Whether a translation that a document brought along is one into this locale. */
export function isPriorFor(prior: PriorTarget, locale: string): boolean {
  return prior.locale === null || isSameLocale(prior.locale, locale)
}

/**
 * The translations into one locale that a document brought along, as first targets by segment id. They are somebody's
 * work, so neither memory nor machine may write where they stand.
 *
 * @param segments of these units
 * @param by who is named as their author: the document
 */
export function priorTargets(
  units: readonly Unit[],
  segments: readonly Segment[],
  locale: string,
  by: string,
): ReadonlyMap<string, Target> {
  const priors = new Map(
    units.flatMap(({ id, prior }) => (prior === undefined ? [] : [[id, prior] as const])),
  )
  const targets = new Map<string, Target>()
  for (const { id, unitId } of segments) {
    const prior = priors.get(unitId)
    if (prior === undefined || !isPriorFor(prior, locale)) continue
    const { text, state, origin } = prior
    targets.set(id, { text, state, origin, by, version: 1 })
  }
  return targets
}
