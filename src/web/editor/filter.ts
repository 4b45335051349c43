import { findText } from '../../domain/find-text.ts'
import type { SegmentView } from '../../http/schemas.ts'
import { FILTERS, type Filter, isApproved } from './rows.ts'

export const STATE_CHOICES = [
  'untranslated',
  'draft',
  'translated',
  'approved',
  'blocked',
  'sent-back',
] as const
export type StateChoice = (typeof STATE_CHOICES)[number]
export const SIDES = ['both', 'source', 'target'] as const
export type Side = (typeof SIDES)[number]

/** What segments have to meet, all of it, beside the quick filter. */
export type Criteria = {
  readonly state: StateChoice | null
  /** Name of a check. */
  readonly check: string | null
  /** Id of a concept that stands in the source. */
  readonly concept: string | null
  readonly text: string
  readonly side: Side
  /** Written by the person who looks. */
  readonly mine: boolean
  /** Changed at this day or later, `2026-05-03`. */
  readonly since: string | null
  /** Somebody has commented on it. */
  readonly comments: boolean
}

export const NO_CRITERIA: Criteria = {
  ...{ state: null, check: null, concept: null, text: '', side: 'both' },
  ...{ mine: false, since: null, comments: false },
}

export const isFiltering = (criteria: Criteria): boolean =>
  Object.entries(criteria).some(([name, value]) => name !== 'side' && value !== '' && Boolean(value))

/** What of a segment decides, beside what the API says. */
export type Facts = {
  /** As it stands in the field, saved or not. */
  readonly target: string
  readonly commented: boolean
  readonly person: string
  readonly sourceLocale: string
  readonly locale: string
}

/** Does a segment meet all of them? */
export function meets(criteria: Criteria, segment: SegmentView, facts: Facts): boolean {
  const { state, check, concept, text, side, mine, since, comments } = criteria
  const { target } = segment
  if (state !== null && !isIn(state, segment)) return false
  if (check !== null && !segment.findings.some((finding) => finding.check === check)) return false
  if (concept !== null && !segment.verdicts.some(({ conceptId }) => conceptId === concept)) return false
  if (mine && !(target?.origin === 'human' && target.by === facts.person)) return false
  if (since !== null && !isSince(target?.changedAt, since)) return false
  if (comments && !facts.commented) return false
  if (text === '') return true
  const has = (where: string, locale: string) =>
    findText(where, text, { matchCase: false, wholeWord: false, locale }).length > 0
  return (
    (side !== 'target' && has(segment.source, facts.sourceLocale)) ||
    (side !== 'source' && has(facts.target, facts.locale))
  )
}

/** Days begin at midnight where the person is. */
function isSince(changedAt: string | undefined, day: string): boolean {
  return changedAt !== undefined && Date.parse(changedAt) >= new Date(`${day}T00:00:00`).getTime()
}

function isIn(state: StateChoice, segment: SegmentView): boolean {
  const { target, blocked, rejection } = segment
  switch (state) {
    case 'untranslated':
      return target === null
    case 'draft':
      return target?.state === 'initial'
    case 'translated':
      return target?.state === 'translated'
    case 'approved':
      return isApproved(segment)
    case 'blocked':
      return blocked
    case 'sent-back':
      return rejection !== null
  }
}

export type Shown = {
  readonly filter: Filter
  readonly criteria: Criteria
  /** Number of the segment to open, from 1. */
  readonly segment: number | null
}

/** What an address asks for; what makes no sense in it is left out. @param search `?show=open&q=water` */
export function readShown(search: string): Shown {
  const query = new URLSearchParams(search)
  const pick = <T extends string>(name: string, known: readonly T[]): T | null =>
    known.find((value) => value === query.get(name)) ?? null
  const short = (name: string): string | null => {
    const value = query.get(name)
    return value === null || value === '' || value.length > 300 ? null : value
  }
  const since = query.get('since') ?? ''
  const segment = Number(query.get('segment'))
  return {
    filter: pick('show', FILTERS) ?? 'all',
    criteria: {
      state: pick('state', STATE_CHOICES),
      check: short('check'),
      concept: short('term'),
      text: short('q') ?? '',
      side: pick('in', SIDES) ?? 'both',
      mine: query.get('mine') === 'yes',
      since: /^\d{4}-\d\d-\d\d$/.test(since) && !Number.isNaN(Date.parse(since)) ? since : null,
      comments: query.get('comments') === 'yes',
    },
    segment: Number.isSafeInteger(segment) && segment > 0 ? segment : null,
  }
}

/** The other way round: `` where all segments are shown. */
export function writeShown({ filter, criteria, segment }: Shown): string {
  const { state, check, concept, text, side, mine, since, comments } = criteria
  const parts: readonly (readonly [string, string | null])[] = [
    ['show', filter === 'all' ? null : filter],
    ['state', state],
    ['check', check],
    ['term', concept],
    ['q', text === '' ? null : text],
    ['in', side === 'both' || text === '' ? null : side],
    ['mine', mine ? 'yes' : null],
    ['since', since],
    ['comments', comments ? 'yes' : null],
    ['segment', segment === null ? null : String(segment)],
  ]
  const query = new URLSearchParams(parts.flatMap(([name, value]) => (value === null ? [] : [[name, value]])))
  return query.size === 0 ? '' : `?${query}`
}
