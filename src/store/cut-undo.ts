import { DomainError } from '../domain/errors.ts'
import { takeBackTarget } from '../domain/take-back.ts'
import { type CutPlace, openCut, stands, writeCut } from './cut-place.ts'
import { copyHistoryLines } from './cut-rows.ts'
import type { CutVersions } from './cut-tables.ts'
import { type Cut, divide, unite } from './cuts.ts'
import type { Database } from './database.ts'
import type { StoredSegment, StoredTarget } from './segments.ts'
import type { TermBase } from './term-base.ts'

/**
 * Takes a cut back by its inverse. In locales where nobody has changed the translations since, they stand again as they
 * were, though an approval has to be given anew; elsewhere they are treated as by any cut.
 *
 * @throws DomainError `not-found`; `conflict` where it was taken back already, or the parts have been cut again since
 */
export async function undoCut(
  db: Database,
  termBase: TermBase,
  who: { readonly name: string },
  wish: {
    readonly cutId: string
    /** Its first part. */
    readonly segment: string
  },
): Promise<Cut> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('segment_cut')
      .selectAll()
      .where('id', '=', wish.cutId)
      .where('segment_id', '=', wish.segment)
      .forUpdate()
      .executeTakeFirst()
    if (row === undefined) throw new DomainError('not-found', 'no such cut')
    const place = await openCut(trx, row.segment_id)
    const [start = 0, end = 0, secondStart = 0, secondEnd = 0] = row.ranges
    const { segment, next } = place
    const split = row.kind === 'split'
    const asCut = split
      ? segment.end === end && next?.start === secondStart && next.end === secondEnd
      : segment.start === start && segment.end === secondEnd
    if (row.undone_at !== null || !asCut)
      throw new DomainError('conflict', 'this has been cut anew since: it cannot be taken back')
    const before = await stands(trx, place, split && next !== null ? [segment, next] : [segment])
    const undone = split
      ? await unite(trx, termBase, who, place)
      : await divide(trx, termBase, who, place, [start, end, secondStart, secondEnd])
    for (const [locale, versions] of Object.entries(row.versions)) {
      const same = (before.get(locale) ?? []).every(
        (target, at) => (target?.version ?? 0) === versions.after[at],
      )
      if (same) await restore(trx, termBase, who, { segmentRowId: segment.rowId, locale, versions, split })
    }
    await trx
      .updateTable('segment_cut')
      .set({ undone_by: who.name, undone_at: new Date() })
      .where('id', '=', wish.cutId)
      .execute()
    return undone
  })
}

/** Puts the texts from before the cut back, out of the history. */
async function restore(
  trx: Database,
  termBase: TermBase,
  who: { readonly name: string },
  about: {
    readonly segmentRowId: string
    readonly locale: string
    readonly versions: CutVersions
    readonly split: boolean
  },
): Promise<void> {
  const { locale, versions, split } = about
  const place = await openCut(trx, about.segmentRowId)
  const { segment, next } = place
  const [first, second] = versions.before
  if (!split && next !== null && second > 0) {
    // The second's own lines were numbered on from the first's while they were one. The line that this undo has just
    // given the new row makes room for them.
    await trx
      .deleteFrom('target_history')
      .where('segment_id', '=', next.rowId)
      .where('locale', '=', locale)
      .execute()
    await copyHistoryLines(trx, locale, segment.rowId, next.rowId, {
      ...{ after: first, upTo: first + second, by: -first, counted: false },
    })
    await trx.deleteFrom('target').where('segment_id', '=', next.rowId).where('locale', '=', locale).execute()
  }
  const targets = (await stands(trx, place, next === null ? [segment] : [segment, next])).get(locale) ?? []
  const put = (part: StoredSegment, current: StoredTarget | null, version: number) =>
    putBack(trx, termBase, { place, locale, by: who.name, part, current, version })
  await put(segment, targets[0] ?? null, first)
  if (!split && next !== null && second > 0) await put(next, null, second)
}

async function putBack(
  trx: Database,
  termBase: TermBase,
  about: {
    readonly place: CutPlace
    readonly locale: string
    readonly by: string
    readonly part: StoredSegment
    readonly current: StoredTarget | null
    readonly version: number
  },
): Promise<void> {
  const { place, locale, by, part, current, version } = about
  const was =
    version === 0
      ? undefined
      : await trx
          .selectFrom('target_history')
          .select(['text', 'state', 'origin', 'by_name as by'])
          .where('segment_id', '=', part.rowId)
          .where('locale', '=', locale)
          .where('version', '=', version)
          .executeTakeFirst()
  // Nothing stood there: what the cut has put there goes.
  const base = current ?? (was === undefined ? null : { ...was, version })
  if (base === null || (was === undefined && version > 0)) return
  const target = takeBackTarget(base, was ?? null, false)
  const note = 'the cut of its source was taken back'
  const write = {
    ...({ place, locale, by, action: 'undo', note } as const),
    pretend: current?.pretend ?? false,
  }
  await writeCut(trx, termBase, write, part, target, current?.version ?? 0, base.version + 1)
}
