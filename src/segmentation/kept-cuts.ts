/** What people have split and joined stays so in a later revision of the text. */
import type { Segment, Unit } from '../domain/document.ts'
import { alignRevision } from '../domain/revision.ts'
import { cutSegment } from './unit-segments.ts'

/** The segments of an older revision, in order: the same text cut twice. */
export type CutRevision = {
  /** As the rules had cut it. */
  readonly ruled: readonly Segment[]
  /** As it stands. */
  readonly standing: readonly Segment[]
}

export type KeptCuts = {
  readonly segments: readonly Segment[]
  /** Of each unit that has such a cut: what the rules had made of it, as `start, end, start, end …`. */
  readonly ruled: ReadonlyMap<string, readonly number[]>
}

/**
 * Cuts a new revision as people have cut the ones before it.
 *
 * Both revisions as the rules cut them are aligned (`alignRevision`). A stretch that people have cut is one or several
 * sentences of the rules in a row; where all of them are in the new revision, unchanged and in a row in one unit, they
 * are cut there in the same way. Else the rules hold. Of several older revisions that have a stretch the newest
 * decides, also where people have taken a cut back in it.
 *
 * @param units of the new revision @param fresh its segments by the rules, in order
 * @param older newest first
 * @returns the same segments where there is nothing to keep; names go on being counted by unit from 1
 */
export function keepCuts(
  units: readonly Unit[],
  fresh: readonly Segment[],
  older: readonly CutRevision[],
): KeptCuts {
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const cuts = new Map<number, Cut>()
  const taken = new Set<number>()
  const newer: Partners[] = []
  for (const revision of older) {
    const { ruled } = revision
    const partners = findPartners(ruled, fresh)
    for (const stretch of stretchesOf(revision)) {
      const first = partners.toFresh[stretch.first] ?? -1
      const { count } = stretch
      const places = Array.from({ length: count }, (_, at) => first + at)
      if (first === -1 || !isRun(partners.toFresh, fresh, stretch.first, count)) continue
      if (places.some((place) => taken.has(place))) continue
      if (newer.some(({ toOld, old }) => isRun(toOld, old, first, count))) continue
      const parts = cutAlike(byId, fresh.slice(first, first + count), ruled, stretch)
      if (parts === undefined) continue
      cuts.set(first, { count, parts })
      for (const place of places) taken.add(place)
    }
    newer.push({ ...partners, old: ruled })
  }
  return applyCuts(fresh, cuts)
}

type Cut = { readonly count: number; readonly parts: readonly Segment[] }

/** Sentences of the rules, in a row, that people have cut otherwise. */
type Stretch = {
  /** Place in `ruled`, and how many from there on. */
  readonly first: number
  readonly count: number
  readonly parts: readonly Segment[]
}

type Partners = {
  readonly old: readonly Segment[]
  /** Places of the same text; -1: it is not there. */
  readonly toFresh: readonly number[]
  readonly toOld: readonly number[]
}

function findPartners(old: readonly Segment[], fresh: readonly Segment[]): Partners {
  const toFresh = new Array<number>(old.length).fill(-1)
  const toOld = new Array<number>(fresh.length).fill(-1)
  for (const step of alignRevision(old, fresh)) {
    const [from, to] = [step.old[0], step.fresh[0]]
    if (from === undefined || to === undefined || step.old.length + step.fresh.length > 2) continue
    if (step.score < 100 || !isAlike(old[from], fresh[to])) continue
    toFresh[from] = to
    toOld[to] = from
  }
  return { old, toFresh, toOld }
}

/** Whether the partners of `count` places from `first` on follow each other in one unit. */
function isRun(
  partner: readonly number[],
  theirs: readonly Segment[],
  first: number,
  count: number,
): boolean {
  const start = partner[first] ?? -1
  if (start === -1) return false
  const unitId = theirs[start]?.unitId
  for (let at = 1; at < count; at++) {
    if (partner[first + at] !== start + at || theirs[start + at]?.unitId !== unitId) return false
  }
  return true
}

/** The smallest runs that begin and end alike in both cuts and are not the same. */
function stretchesOf({ ruled, standing }: CutRevision): readonly Stretch[] {
  const found: Stretch[] = []
  const inUnit = Map.groupBy(standing, ({ unitId }) => unitId)
  for (const [unitId, places] of Map.groupBy(ruled.keys(), (place) => ruled[place]?.unitId ?? '')) {
    const parts = inUnit.get(unitId) ?? []
    const endOfRuled = (at: number) => ruled[places[at] ?? -1]?.end ?? Number.POSITIVE_INFINITY
    const endOfPart = (at: number) => parts[at]?.end ?? Number.POSITIVE_INFINITY
    for (let [from, next] = [0, 0]; from < places.length && next < parts.length; ) {
      const first = places[from] ?? -1
      if (ruled[first]?.start !== parts[next]?.start) break
      let [to, last] = [from, next]
      while (endOfRuled(to) !== endOfPart(last)) {
        if (endOfRuled(to) < endOfPart(last)) to++
        else last++
      }
      if (to >= places.length || last >= parts.length) break
      if (to > from || last > next)
        found.push({ first, count: to - from + 1, parts: parts.slice(next, last + 1) })
      from = to + 1
      next = last + 1
    }
  }
  return found
}

/** The parts in the new revision; undefined where they are not the same there, or must not be cut. */
function cutAlike(
  units: ReadonlyMap<string, Unit>,
  fresh: readonly Segment[],
  ruled: readonly Segment[],
  { first, count, parts }: Stretch,
): readonly Segment[] | undefined {
  const unit = units.get(fresh[0]?.unitId ?? '')
  if (unit === undefined || unit.prior !== undefined || unit.uncut === true) return undefined
  if (fresh.some(({ cue }) => cue !== undefined)) return undefined
  const old = ruled.slice(first, first + count)
  const cut: Segment[] = []
  for (const part of parts) {
    const [start, end] = [moved(part.start, old, fresh, false), moved(part.end, old, fresh, true)]
    if (start === undefined || end === undefined || start >= end) return undefined
    const here = cutSegment(unit, 1, start, end)
    if (!isAlike(part, here)) return undefined
    cut.push(here)
  }
  return cut
}

/**
 * An offset in the old unit in the new one. Between two sentences there may be another white space now: then only their
 * own ends are known.
 */
function moved(
  offset: number,
  old: readonly Segment[],
  fresh: readonly Segment[],
  isEnd: boolean,
): number | undefined {
  for (const [at, { start, end }] of old.entries()) {
    const here = fresh[at]
    // Where two sentences touch, the end belongs to the first and the start to the second.
    const inside = isEnd ? offset > start && offset <= end : offset >= start && offset < end
    if (here !== undefined && inside) return here.start + (offset - start)
    const [next, nextHere] = [old[at + 1], fresh[at + 1]]
    const between = offset >= end && next !== undefined && offset <= next.start
    if (!between || here === undefined || nextHere === undefined) continue
    if (offset === next.start && !isEnd) continue
    return nextHere.start - here.end === next.start - end ? here.end + (offset - end) : undefined
  }
  return undefined
}

/** The same words and codes, whatever white space is between the words. */
function isAlike(one: Segment | undefined, other: Segment | undefined): boolean {
  if (one === undefined || other === undefined || one.codes.length !== other.codes.length) return false
  const same = one.codes.every((code, at) => {
    const there = other.codes[at]
    return there?.kind === code.kind && there.type === code.type && there.pair === code.pair
  })
  return same && one.text.replace(/\s+/g, ' ') === other.text.replace(/\s+/g, ' ')
}

function applyCuts(fresh: readonly Segment[], cuts: ReadonlyMap<number, Cut>): KeptCuts {
  const ruled = new Map<string, number[]>()
  for (const place of cuts.keys()) ruled.set(fresh[place]?.unitId ?? '', [])
  if (ruled.size === 0) return { segments: fresh, ruled }
  for (const { unitId, start, end } of fresh) ruled.get(unitId)?.push(start, end)
  const numbers = new Map<string, number>()
  const segments: Segment[] = []
  for (let place = 0; place < fresh.length; place++) {
    const segment = fresh[place]
    if (segment === undefined) break
    const cut = cuts.get(place)
    for (const one of cut?.parts ?? [segment]) {
      const number = (numbers.get(one.unitId) ?? 0) + 1
      numbers.set(one.unitId, number)
      segments.push(ruled.has(one.unitId) ? { ...one, id: `${one.unitId}-s${number}` } : one)
    }
    place += (cut?.count ?? 1) - 1
  }
  return { segments, ruled }
}
