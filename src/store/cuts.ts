import { randomUUID } from 'node:crypto'
import { type CutTarget, endsSentence, joinTargets, splitTarget } from '../domain/cut-target.ts'
import { codesIn, type Segment, type Unit } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import { isInsideCluster } from '../segmentation/characters.ts'
import { segmentText } from '../segmentation/segment.ts'
import { cutSegment } from '../segmentation/unit-segments.ts'
import { type CutPlace, finishCut, openCut, stands, writeCut } from './cut-place.ts'
import { copyWaivers, dissolveSegment, insertBehind, resizeSegment } from './cut-rows.ts'
import type { CutVersions } from './cut-tables.ts'
import type { Database } from './database.ts'
import type { StoredSegment } from './segments.ts'
import type { TermBase } from './term-base.ts'

export type Cut = {
  readonly id: string
  readonly documentId: string
  readonly kind: 'split' | 'merge'
  /** Row ids: the first part, or the joined segment; and the second part. */
  readonly segment: string
  readonly second: string | null
}

/**
 * Splits a segment of the current revision in two, in all locales at once. Its row, name, history and comments stay with
 * the first part. What becomes of translations: `domain/cut-target.ts`.
 *
 * @param offset in the segment's text, in UTF-16 code units; white space around it belongs to neither part
 * @throws DomainError `invalid-input` for an offset that leaves a part without words or cuts a character; `conflict` for
 *   what cannot be cut: subtitles, and units that the document itself forbids to cut
 */
export async function splitSegment(
  db: Database,
  termBase: TermBase,
  who: { readonly name: string },
  wish: { readonly segmentRowId: string; readonly offset: number },
): Promise<Cut> {
  return db.transaction().execute(async (trx) => {
    const place = await openCut(trx, wish.segmentRowId)
    const { segment, unit } = place
    const at = segment.start + wish.offset
    if (wish.offset <= 0 || at >= segment.end || isInsideCluster(unit.text, at))
      throw new DomainError('invalid-input', 'put the cursor between two words of the source')
    const ranges = trimmed(unit, segment, at)
    return divide(trx, termBase, who, place, ranges)
  })
}

/**
 * Joins a segment with the next one of its unit, in all locales at once. What people said about the second goes over to
 * the first, its history too.
 *
 * @throws DomainError `conflict` where the unit has no further segment, and as `splitSegment`
 */
export async function joinSegments(
  db: Database,
  termBase: TermBase,
  who: { readonly name: string },
  segmentRowId: string,
): Promise<Cut> {
  return db.transaction().execute(async (trx) => {
    const place = await openCut(trx, segmentRowId)
    return unite(trx, termBase, who, place)
  })
}

/** Splits into two ranges of the unit: `[start, end, start, end]`. */
export async function divide(
  trx: Database,
  termBase: TermBase,
  who: { readonly name: string },
  place: CutPlace,
  ranges: readonly [number, number, number, number],
): Promise<Cut> {
  const { segment, unit, revision } = place
  const [first, second] = [cut(unit, ranges[0], ranges[1]), cut(unit, ranges[2], ranges[3])]
  const before = await stands(trx, place, [segment])
  const where = { revisionId: revision.id, sourceLocale: revision.sourceLocale }
  await resizeSegment(trx, segment.rowId, first, revision.sourceLocale)
  const secondId = await insertBehind(trx, segment, second, where)
  await copyWaivers(trx, segment.rowId, secondId)
  const parts: readonly StoredSegment[] = [
    { ...first, rowId: segment.rowId, id: segment.id },
    { ...second, rowId: secondId },
  ]
  const codes = codesIn(first.text).length
  const sure = endsSentence(first.text)
  const versions: Record<string, CutVersions> = {}
  for (const [locale, [target = null]] of before) {
    if (target === null) continue
    const ends = segmentText(target.text, locale)
    const [one, two] = splitTarget(target, ends, codes, sure)
    const note = 'its source was split in two'
    const about = {
      ...({ place, locale, by: who.name, action: 'split', note } as const),
      pretend: target.pretend,
    }
    const after = [
      await writeCut(trx, termBase, about, parts[0], one, target.version),
      two === null ? 0 : await writeCut(trx, termBase, about, parts[1], two, 0),
    ] as const
    versions[locale] = { before: [target.version, 0], after }
  }
  const done = { id: randomUUID(), kind: 'split', segment: segment.rowId, second: secondId } as const
  await finishCut(trx, place, who, { ...done, ranges, versions }, 1)
  return { ...done, documentId: revision.documentId }
}

/** Joins with the next one. */
export async function unite(
  trx: Database,
  termBase: TermBase,
  who: { readonly name: string },
  place: CutPlace,
): Promise<Cut> {
  const { segment, next, unit, revision } = place
  if (next === null)
    throw new DomainError('conflict', 'the paragraph ends here: there is nothing to join it with')
  const joined = cut(unit, segment.start, next.end)
  const between = codesIn(unit.text.slice(segment.end, next.start)).length
  const before = await stands(trx, place, [segment, next])
  const versions: Record<string, CutVersions> = {}
  const bases = new Map([...before].map(([locale, [one]]) => [locale, one?.version ?? 0]))
  const where = { revisionId: revision.id, sourceLocale: revision.sourceLocale }
  await dissolveSegment(trx, where, next.rowId, segment.rowId, bases)
  await resizeSegment(trx, segment.rowId, joined, revision.sourceLocale)
  const whole: StoredSegment = { ...joined, rowId: segment.rowId, id: segment.id }
  for (const [locale, [one = null, two = null]] of before) {
    const counts = { first: codesIn(segment.text).length, between }
    const target: CutTarget | null = joinTargets(one, two, counts, locale)
    if (target === null) continue
    const note = 'its source was joined with the next one'
    const about = {
      ...({ place, locale, by: who.name, action: 'merge', note } as const),
      pretend: one?.pretend ?? two?.pretend ?? false,
    }
    const [first, second] = [one?.version ?? 0, two?.version ?? 0]
    const version = await writeCut(trx, termBase, about, whole, target, first, first + second + 1)
    versions[locale] = { before: [first, second], after: [version, 0] }
  }
  const ranges = [segment.start, segment.end, next.start, next.end] as const
  const done = { id: randomUUID(), kind: 'merge', segment: segment.rowId, second: null } as const
  await finishCut(trx, place, who, { ...done, ranges, versions }, -1)
  return { ...done, documentId: revision.documentId }
}

/** The name does not matter: rows have their own. */
const cut = (unit: Unit, start: number, end: number): Segment => cutSegment(unit, 1, start, end)

/** Without the white space at the cut. @throws DomainError `invalid-input` */
function trimmed(unit: Unit, segment: StoredSegment, at: number): readonly [number, number, number, number] {
  let [end, start] = [at, at]
  while (end > segment.start && /\s/.test(unit.text.charAt(end - 1))) end--
  while (start < segment.end && /\s/.test(unit.text.charAt(start))) start++
  const words = /[\p{L}\p{N}\p{S}]/u
  if (!words.test(unit.text.slice(segment.start, end)) || !words.test(unit.text.slice(start, segment.end)))
    throw new DomainError(
      'invalid-input',
      'each part needs a word: put the cursor between two words of the source',
    )
  return [segment.start, end, start, segment.end]
}
