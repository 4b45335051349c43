import { sql } from 'kysely'
import type { InlineCode, UnitKind } from '../domain/document.ts'
import { alignRevision, type RevisionStep } from '../domain/revision.ts'
import { copyTargets, type Link, moveConflicts, writeLineage } from './carry-copy.ts'
import { draftTargets, judgeAgain } from './carry-drafts.ts'
import { moveComments } from './comments-exchange.ts'
import type { Database } from './database.ts'
import type { Revision } from './documents.ts'
import { hashSource } from './segments.ts'
import type { TermBase } from './term-base.ts'

/** How many segments met which fate; none for the first revision. */
export type CarryReport = Readonly<Record<RevisionStep['fate'], number>>

/** Older revisions that are searched for what the last one no longer had. */
const MOST_REVISIONS = 10

/**
 * Gives the new segments of a revision what the document's earlier revisions have for them: unchanged ones their
 * target as it stands, with state, history, exceptions and open conflicts; edited ones the old text as a draft, if a
 * person wrote or confirmed it. Part of the transaction that writes the segments; the old rows stay as they are.
 *
 * Older revisions are asked for what the last one does not have, so that an article that is put back has its
 * translations again.
 *
 * @param older see `lockOlderRevisions`
 */
export async function carryOver(
  trx: Database,
  revision: Revision,
  older: OlderRevisions,
  termBase: TermBase,
): Promise<CarryReport | undefined> {
  const [previous, ...before] = older
  if (previous === undefined) return undefined
  const fresh = await loadPlaces(trx, revision.id)
  const old = await loadPlaces(trx, previous.id)
  const steps = alignRevision(old, fresh)
  const links: Link[] = []
  const open: (readonly Link[])[] = []
  for (const step of steps) {
    const made = linksOf(step, old, fresh)
    if (isSame(step)) links.push(...made)
    else if (step.fate !== 'removed') open.push(made)
  }
  const waiting = new Set(
    steps.flatMap((step) => (isSame(step) || step.fate === 'removed' ? [] : step.fresh)),
  )
  const returning = await findInOlder(trx, fresh, waiting, before)
  links.push(...returning)
  for (const { place } of returning) waiting.delete(place)
  links.push(...open.flatMap((made) => made.filter(({ place }) => waiting.has(place))))
  await writeLineage(trx, links)
  await copyTargets(trx, links.filter(isSameLink), revision.targetLocales)
  await judgeAgain(trx, revision, returning, termBase)
  await moveConflicts(trx, links)
  await moveComments(trx, links)
  await draftTargets(trx, revision, previous, links, termBase)
  await settleOlder(trx, revision)
  const counts = { unchanged: 0, moved: 0, edited: 0, split: 0, merged: 0, removed: 0, new: 0 }
  for (const { fate } of steps) counts[fate]++
  return counts
}

type Place = {
  readonly id: string
  readonly text: string
  readonly codes: readonly InlineCode[]
  readonly unitKind: UnitKind
}

const isSame = ({ fate }: { readonly fate: string }) => fate === 'unchanged' || fate === 'moved'
const isSameLink = (link: Link) => isSame(link)

function linksOf(step: RevisionStep, old: readonly Place[], fresh: readonly Place[]): readonly Link[] {
  const { fate, score } = step
  if (fate === 'new' || fate === 'removed') return []
  return step.fresh.flatMap((place) =>
    step.old.flatMap((from, position) => {
      const [oldId, freshId] = [old[from]?.id, fresh[place]?.id]
      return oldId === undefined || freshId === undefined
        ? []
        : [{ fate, score, oldId, freshId, place, position }]
    }),
  )
}

/** Newest first. */
export type OlderRevisions = readonly { readonly id: string; readonly number: number }[]

/**
 * The segmented revisions before this one, newest first. Nobody writes into them until this transaction is over
 * (see `lockCurrent`), and no other revision of the document is segmented meanwhile.
 */
export async function lockOlderRevisions(trx: Database, revision: Revision): Promise<OlderRevisions> {
  await trx
    .selectFrom('document')
    .select('id')
    .where('id', '=', revision.documentId)
    .forNoKeyUpdate()
    .execute()
  const older = await trx
    .selectFrom('revision')
    .select(['id', 'number'])
    .where('document_id', '=', revision.documentId)
    .where('number', '<', sql<number>`(select number from revision where id = ${revision.id})`)
    .where('segments', '>', 0)
    .orderBy('number', 'desc')
    .execute()
  if (older.length > 0) {
    await trx
      .selectFrom('revision_locale')
      .select('locale')
      .where(
        'revision_id',
        'in',
        older.map(({ id }) => id),
      )
      .orderBy('revision_id')
      .orderBy('locale')
      .forUpdate()
      .execute()
  }
  return older
}

async function loadPlaces(trx: Database, revisionId: string): Promise<readonly Place[]> {
  const rows = await trx
    .selectFrom('segment')
    .select(['id', 'text', 'codes', 'unit_kind'])
    .where('revision_id', '=', revisionId)
    .orderBy('position')
    .execute()
  return rows.map(({ id, text, codes, unit_kind }) => ({ id, text, codes, unitKind: unit_kind as UnitKind }))
}

/** The same text in older revisions, for segments that the last one had otherwise or not at all. */
async function findInOlder(
  trx: Database,
  fresh: readonly Place[],
  waiting: ReadonlySet<number>,
  older: readonly { readonly id: string }[],
): Promise<readonly Link[]> {
  if (waiting.size === 0 || older.length === 0) return []
  const hashes = [...waiting].flatMap((place) => {
    const segment = fresh[place]
    return segment === undefined ? [] : [hashSource(segment.text, segment.codes)]
  })
  const having = await trx
    .selectFrom('segment')
    .select('revision_id')
    .distinct()
    .where(
      'revision_id',
      'in',
      older.map(({ id }) => id),
    )
    .where('hash', '=', sql<Uint8Array>`any(${hashes}::bytea[])`)
    .execute()
  const worth = new Set(having.map(({ revision_id }) => revision_id))
  const found = new Map<number, Link>()
  for (const { id } of older.filter((each) => worth.has(each.id)).slice(0, MOST_REVISIONS)) {
    const old = await loadPlaces(trx, id)
    for (const step of alignRevision(old, fresh).filter(isSame)) {
      for (const link of linksOf(step, old, fresh)) {
        if (waiting.has(link.place) && !found.has(link.place)) found.set(link.place, link)
      }
    }
  }
  return [...found.values()]
}

/** Nobody translates a revision any more that has a newer one. */
async function settleOlder(trx: Database, revision: Revision): Promise<void> {
  await sql`
    update stage set status = 'done', claim = null, claimed_until = null, error = null, updated_at = now()
    where status in ('pending', 'claimed') and revision_id in (
      select r.id from revision r join revision n on n.document_id = r.document_id
      where n.id = ${revision.id} and r.number < n.number)`.execute(trx)
}
