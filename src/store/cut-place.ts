import type { CutTarget } from '../domain/cut-target.ts'
import type { Unit } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import { findConflicts } from './conflicts.ts'
import type { CutVersions } from './cut-tables.ts'
import { announceChange, type Database } from './database.ts'
import { loadRevision, loadSourceBytes, type Revision, readRevision } from './documents.ts'
import { keepRules } from './kept-cuts.ts'
import { announceLive } from './presence.ts'
import { lockCurrent } from './revisions.ts'
import { loadUnits, type StoredSegment, type StoredTarget } from './segments.ts'
import { listWaivers, writeTarget } from './targets.ts'
import type { TermBase } from './term-base.ts'

/** A segment that is to be cut, in its unit. Nobody else writes into the revision until the transaction is over. */
export type CutPlace = {
  readonly revision: Revision
  readonly unit: Unit
  readonly segment: StoredSegment
  /** Behind it in the same unit. */
  readonly next: StoredSegment | null
}

/** The locales of the document that a segment belongs to. @throws DomainError `not-found` */
export async function localesOfSegment(db: Database, segmentRowId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('segment')
    .innerJoin('revision_locale', 'revision_locale.revision_id', 'segment.revision_id')
    .select('revision_locale.locale')
    .where('segment.id', '=', segmentRowId)
    .execute()
  if (rows.length === 0) throw new DomainError('not-found', 'no such segment')
  return rows.map(({ locale }) => locale)
}

/** Locks the revision in all of its locales. @throws DomainError `not-found`, `conflict` for what cannot be cut */
export async function openCut(trx: Database, segmentRowId: string): Promise<CutPlace> {
  const row = await trx
    .selectFrom('segment')
    .innerJoin('revision', 'revision.id', 'segment.revision_id')
    .select(['segment.revision_id', 'segment.unit_id', 'revision.document_id'])
    .where('segment.id', '=', segmentRowId)
    .executeTakeFirst()
  if (row === undefined) throw new DomainError('not-found', 'no such segment')
  await trx.selectFrom('document').select('id').where('id', '=', row.document_id).forNoKeyUpdate().execute()
  const revision = await loadRevision(trx, row.revision_id)
  for (const locale of revision.targetLocales.toSorted()) await lockCurrent(trx, revision.id, locale)
  const unit = readRevision(revision, await loadSourceBytes(trx, revision.id)).units.find(
    ({ id }) => id === row.unit_id,
  )
  const [locale = ''] = revision.targetLocales
  const inUnit = (await loadUnits(trx, revision.id, [row.unit_id], locale)).map(({ segment }) => segment)
  const at = inUnit.findIndex(({ rowId }) => rowId === segmentRowId)
  const segment = inUnit[at]
  if (segment === undefined || unit === undefined) throw new DomainError('not-found', 'no such segment')
  if (segment.cue !== undefined)
    throw new DomainError('conflict', 'subtitles are cut where they are shown: change them in the file')
  if (unit.prior !== undefined || unit.uncut === true)
    throw new DomainError('conflict', 'the document brings this text as one: it cannot be cut or joined here')
  await keepRules(trx, revision.id, row.unit_id, inUnit)
  return { revision, unit, segment, next: inUnit[at + 1] ?? null }
}

type Stands = ReadonlyMap<string, readonly (StoredTarget | null)[]>

/** What stands in some segments, in every locale. @throws DomainError `conflict` while two texts wait for a decision */
export async function stands(
  trx: Database,
  { revision, unit }: CutPlace,
  segments: readonly StoredSegment[],
): Promise<Stands> {
  const found = new Map<string, readonly (StoredTarget | null)[]>()
  const ids = segments.map(({ rowId }) => rowId)
  for (const locale of revision.targetLocales) {
    if ((await findConflicts(trx, ids, locale)).size > 0)
      throw new DomainError(
        'conflict',
        `two texts wait for a decision here in ${locale}: decide between them first`,
      )
    const targets = new Map(
      (await loadUnits(trx, revision.id, [unit.id], locale)).map((one) => [one.segment.rowId, one.target]),
    )
    found.set(
      locale,
      ids.map((id) => targets.get(id) ?? null),
    )
  }
  return found
}

/**
 * Writes what a cut has made of a target.
 * @param base version that stands; 0: none @param version of what is written; the next one when left out
 * @returns the version
 */
export async function writeCut(
  trx: Database,
  termBase: TermBase,
  about: {
    readonly place: CutPlace
    readonly locale: string
    readonly by: string
    /** For the history. */
    readonly action: 'split' | 'merge' | 'undo'
    readonly note: string
    readonly pretend: boolean
  },
  segment: StoredSegment | undefined,
  cut: CutTarget,
  base: number,
  version = base + 1,
): Promise<number> {
  const { revision } = about.place
  const { text, state, origin, by } = cut
  const target = { text, state, origin, by, version }
  const rowId = segment?.rowId ?? ''
  if (segment === undefined) throw new DomainError('not-found', 'no such segment')
  const waivers = (await listWaivers(trx, [rowId], about.locale)).get(rowId) ?? []
  const assess = termBase.assessor(revision.sourceLocale, about.locale, revision.checkSettings)
  const assessment = assess(segment, target, waivers)
  const { locale, pretend, note } = about
  const write = { segmentRowId: rowId, locale, target, pretend, assessment }
  const written = await writeTarget(trx, write, base, { action: about.action, by: about.by, note })
  if (!written) throw new DomainError('conflict', 'somebody saved this segment meanwhile: try again')
  return version
}

/** Keeps the cut, so that it can be taken back, and tells everybody. @param more segments that the revision has now */
export async function finishCut(
  trx: Database,
  { revision }: CutPlace,
  who: { readonly name: string },
  done: {
    readonly id: string
    readonly kind: 'split' | 'merge'
    readonly segment: string
    readonly second: string | null
    readonly ranges: readonly [number, number, number, number]
    readonly versions: Readonly<Record<string, CutVersions>>
  },
  more: number,
): Promise<void> {
  await trx
    .insertInto('segment_cut')
    .values({
      ...{ id: done.id, revision_id: revision.id, kind: done.kind, by_name: who.name },
      ...{ segment_id: done.segment, second_id: done.second, ranges: [...done.ranges] },
      versions: JSON.stringify(done.versions),
    })
    .execute()
  await trx
    .updateTable('revision')
    .set(({ eb }) => ({ segments: eb('segments', '+', more) }))
    .where('id', '=', revision.id)
    .execute()
  await announceChange(trx, revision.documentId)
  for (const locale of revision.targetLocales)
    await announceLive(trx, revision.documentId, `target ${locale} * 0`)
}
