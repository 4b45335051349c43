import { sql } from 'kysely'
import type { RevisionFate } from '../domain/revision.ts'
import type { Database } from './database.ts'

/** From a segment of an older revision to one of the new. */
export type Link = {
  readonly fate: Exclude<RevisionFate, 'removed' | 'new'>
  readonly score: number
  readonly oldId: string
  readonly freshId: string
  /** Of the new segment. */
  readonly place: number
  /** Among several old ones. */
  readonly position: number
}

/** Keeps what became of segments. */
export async function writeLineage(trx: Database, links: readonly Link[]): Promise<void> {
  const rows = links.map(({ freshId, oldId, position, fate, score }) => ({
    segment_id: freshId,
    old_segment_id: oldId,
    position,
    fate,
    score,
  }))
  for (let from = 0; from < rows.length; from += 5000) {
    await trx
      .insertInto('segment_lineage')
      .values(rows.slice(from, from + 5000))
      .execute()
  }
}

/** Targets of the same text, with their whole history and a line that says where they come from. */
export async function copyTargets(
  trx: Database,
  links: readonly Link[],
  locales: readonly string[],
): Promise<void> {
  if (links.length === 0) return
  const pairs = pairsOf(links)
  await sql`
    insert into target (segment_id, locale, text, state, origin, by_name, version, pretend, verdicts, findings,
      blocked, terms_ok, terms_flagged)
    select p.fresh, t.locale, t.text, t.state, t.origin, t.by_name, t.version + 1, t.pretend, t.verdicts, t.findings,
      t.blocked, t.terms_ok, t.terms_flagged
    from ${pairs} join target t on t.segment_id = p.old where t.locale = any(${[...locales]}::text[])`.execute(
    trx,
  )
  await copyHistory(trx, links, locales)
  await sql`
    insert into target_history (segment_id, locale, version, text, state, origin, by_name, action, note)
    select p.fresh, t.locale, t.version, t.text, t.state, t.origin, t.by_name, 'revision',
      'unchanged since revision ' || r.number
    from ${pairs} join segment o on o.id = p.old join revision r on r.id = o.revision_id
      join target t on t.segment_id = p.fresh`.execute(trx)
  await sql`
    insert into waiver (segment_id, locale, concept_id, reason, by_name, at)
    select p.fresh, w.locale, w.concept_id, w.reason, w.by_name, w.at
    from ${pairs} join waiver w on w.segment_id = p.old`.execute(trx)
  // An approved pair goes on belonging to the segment that is approved.
  await sql`
    update memory_unit set segment_id = p.fresh from ${pairs} where memory_unit.segment_id = p.old`.execute(
    trx,
  )
}

/** All that ever stood there, in the history of the new segments. */
export async function copyHistory(
  trx: Database,
  links: readonly Link[],
  locales: readonly string[],
): Promise<void> {
  await sql`
    insert into target_history (segment_id, locale, version, text, state, origin, by_name, action, note, at, copied)
    select p.fresh, h.locale, h.version, h.text, h.state, h.origin, h.by_name, h.action, h.note, h.at, true
    from ${pairsOf(links)} join target_history h on h.segment_id = p.old
    where h.locale = any(${[...locales]}::text[])
    order by h.id`.execute(trx)
}

/** A second text that waits for an editor goes on waiting. */
export async function moveConflicts(trx: Database, links: readonly Link[]): Promise<void> {
  const single = links.filter(({ fate }) => fate === 'unchanged' || fate === 'moved' || fate === 'edited')
  if (single.length === 0) return
  await sql`
    update merge_conflict set segment_id = p.fresh from ${pairsOf(single)}
    where merge_conflict.segment_id = p.old and merge_conflict.resolved_at is null`.execute(trx)
}

function pairsOf(links: readonly Link[]) {
  const old = links.map(({ oldId }) => oldId)
  const fresh = links.map(({ freshId }) => freshId)
  return sql`unnest(${old}::bigint[], ${fresh}::bigint[]) as p(old, fresh)`
}
