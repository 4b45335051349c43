import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import {
  type Assignment,
  type AssignmentEnding,
  type AssignmentRole,
  decideHandBack,
  decideTaking,
  leaseSecondsOf,
} from '../domain/assignment.ts'
import { DomainError } from '../domain/errors.ts'
import { announceChange, type Database } from './database.ts'

/** An assignment as it is or was, with its document. */
export type StoredAssignment = Assignment & {
  readonly documentId: string
  readonly lapsed: boolean
  readonly createdAt: Date
  readonly ended: {
    readonly at: Date
    readonly by: string
    readonly how: AssignmentEnding
    readonly note: string
  } | null
}

export type TakeWish = {
  readonly documentId: string
  readonly locale: string
  readonly role: AssignmentRole
  /** Who is to have it. */
  readonly person: string
  /** Who says so. */
  readonly by: string
  readonly note: string
  /** Take it from whoever is at it. */
  readonly reassign: boolean
  readonly now: Date
}

/**
 * Gives a document in one language to a person.
 * @throws DomainError `not-found` for a document or language that is not there; `conflict` when somebody else is at it
 */
export async function takeAssignment(db: Database, wish: TakeWish): Promise<StoredAssignment> {
  return db.transaction().execute(async (trx) => {
    const priority = await lockPlace(trx, wish.documentId, wish.locale)
    const held = await findHeld(trx, wish.documentId, wish.locale, wish.role)
    const now = wish.now.getTime()
    const taking = decideTaking(held, { person: wish.person, now, reassign: wish.reassign })
    const seconds = leaseSecondsOf(priority)
    const lease = { lease_seconds: seconds, lease_until: new Date(now + seconds * 1000) }
    if (taking.kind === 'renew' && held !== undefined) {
      await trx
        .updateTable('assignment')
        .set({ ...lease, lapsed: false, ...(wish.note === '' ? {} : { note: wish.note }) })
        .where('id', '=', held.id)
        .execute()
      await announceChange(trx, wish.documentId)
      return loadAssignment(trx, wish.documentId, held.id)
    }
    if (taking.kind === 'replace' && held !== undefined) {
      await endAssignment(trx, held.id, { by: wish.by, how: taking.ending, note: '', now: wish.now })
    }
    const id = randomUUID()
    await trx
      .insertInto('assignment')
      .values({
        ...{ id, document_id: wish.documentId, locale: wish.locale, role: wish.role, note: wish.note },
        ...{ held_by: wish.person, assigned_by: wish.by, created_at: wish.now },
        ...lease,
      })
      .execute()
    await announceChange(trx, wish.documentId)
    return loadAssignment(trx, wish.documentId, id)
  })
}

/**
 * Ends an assignment: the person gives it back, or it is taken from them.
 * @throws DomainError `not-found`; `conflict` when it has ended already; `forbidden` when it is not theirs to end
 */
export async function handBack(
  db: Database,
  wish: {
    readonly documentId: string
    readonly id: string
    readonly by: string
    readonly decides: (locale: string) => boolean
    readonly finished: boolean
    readonly note: string
    readonly now: Date
  },
): Promise<StoredAssignment> {
  return db.transaction().execute(async (trx) => {
    const held = await loadAssignment(trx, wish.documentId, wish.id)
    await lockPlace(trx, wish.documentId, held.locale)
    const how = decideHandBack(held, { name: wish.by, decides: wish.decides(held.locale) })
    const ending = how === 'handed-back' && wish.finished ? 'finished' : how
    const ended = await endAssignment(trx, wish.id, { ...wish, how: ending })
    if (!ended) throw new DomainError('conflict', 'it has been handed back already')
    await announceChange(trx, wish.documentId)
    return loadAssignment(trx, wish.documentId, wish.id)
  })
}

/** Who is on what, of some documents. */
export async function listHeld(
  db: Database,
  documentIds: readonly string[],
): Promise<readonly StoredAssignment[]> {
  if (documentIds.length === 0) return []
  const rows = await db
    .selectFrom('assignment')
    .selectAll()
    .where('document_id', 'in', documentIds)
    .where('ended_at', 'is', null)
    .orderBy('created_at')
    .execute()
  return rows.map(toAssignment)
}

/** All that ever were of one document, the newest first. @param limit at most so many */
export async function listAssignments(
  db: Database,
  documentId: string,
  limit: number,
): Promise<readonly StoredAssignment[]> {
  const rows = await db
    .selectFrom('assignment')
    .selectAll()
    .where('document_id', '=', documentId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toAssignment)
}

/** Names of people who have work now, for lists to choose from. */
export async function listPeopleAtWork(db: Database, limit: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('assignment')
    .select('held_by')
    .distinct()
    .where('ended_at', 'is', null)
    .orderBy('held_by')
    .limit(limit)
    .execute()
  return rows.map(({ held_by }) => held_by)
}

/** @throws DomainError `not-found` */
async function loadAssignment(db: Database, documentId: string, id: string): Promise<StoredAssignment> {
  const row = await db
    .selectFrom('assignment')
    .selectAll()
    .where('id', '=', id)
    .where('document_id', '=', documentId)
    .executeTakeFirst()
  if (row === undefined) throw new DomainError('not-found', 'no such assignment')
  return toAssignment(row)
}

/** Two people who reach for the same work come one after the other. @throws DomainError `not-found` */
async function lockPlace(db: Database, documentId: string, locale: string) {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`assignment ${documentId} ${locale}`}, 0))`.execute(
    db,
  )
  const row = await db
    .selectFrom('document')
    .innerJoin('revision', 'revision.document_id', 'document.id')
    .innerJoin('revision_locale', 'revision_locale.revision_id', 'revision.id')
    .select('document.priority')
    .where('document.id', '=', documentId)
    .where('revision_locale.locale', '=', locale)
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) throw new DomainError('not-found', `there is no such document in ${locale}`)
  return row.priority
}

async function findHeld(
  db: Database,
  documentId: string,
  locale: string,
  role: AssignmentRole,
): Promise<StoredAssignment | undefined> {
  const row = await db
    .selectFrom('assignment')
    .selectAll()
    .where('document_id', '=', documentId)
    .where('locale', '=', locale)
    .where('role', '=', role)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return row === undefined ? undefined : toAssignment(row)
}

async function endAssignment(
  db: Database,
  id: string,
  end: { readonly by: string; readonly how: AssignmentEnding; readonly note: string; readonly now: Date },
): Promise<boolean> {
  const ended = await db
    .updateTable('assignment')
    .set({ ended_at: end.now, ended_by: end.by, ending: end.how, ending_note: end.note })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return ended.numUpdatedRows === 1n
}

type AssignmentRow = {
  id: string
  document_id: string
  locale: string
  role: AssignmentRole
  held_by: string
  assigned_by: string
  note: string
  lease_until: Date
  lapsed: boolean
  created_at: Date
  ended_at: Date | null
  ended_by: string | null
  ending: AssignmentEnding | null
  ending_note: string
}

function toAssignment(row: AssignmentRow): StoredAssignment {
  const { ended_at, ending } = row
  return {
    id: row.id,
    documentId: row.document_id,
    locale: row.locale,
    role: row.role,
    person: row.held_by,
    by: row.assigned_by,
    note: row.note,
    leaseUntil: row.lease_until,
    lapsed: row.lapsed,
    createdAt: row.created_at,
    ended:
      ended_at === null || ending === null
        ? null
        : { at: ended_at, by: row.ended_by ?? '', how: ending, note: row.ending_note },
  }
}
