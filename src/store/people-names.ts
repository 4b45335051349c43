import { type RawBuilder, sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import { parsePublicName } from '../domain/public-name.ts'
import { escapeXmlText, xmlAttributes } from '../xml/tree.ts'
import type { Database } from './database.ts'

/**
 * Every column that holds the public name of a person, `table.column`. A new one is written here, or its names are
 * forgotten when somebody takes another name or erases their account (a test reads the schema and compares).
 */
export const NAME_COLUMNS = [
  'approval_batch.by_name',
  'approval_batch.undone_by',
  'assignment.assigned_by',
  'assignment.ended_by',
  'assignment.held_by',
  'comment.by_name',
  'comment.resolved_by',
  'comment_mention.by_name',
  'concept.draft_by',
  'concept_change.by_name',
  'correction.by_name',
  'document.created_by',
  'invitation.created_by',
  'memory_removal.by_name',
  'memory_removed.by_name',
  'memory_unit.by_name',
  'merge_conflict.resolved_by',
  'merge_conflict.theirs_by',
  'presence.by_name',
  'revision.created_by',
  'segment_cut.by_name',
  'segment_cut.undone_by',
  'target.by_name',
  'target_history.by_name',
  'term_recheck.by_name',
  'waiver.by_name',
  'webhook.created_by',
  'xliff_return.by_name',
] as const

/**
 * Writes another name wherever one stands. Published bundles and releases are not touched: they are proofs, signed and
 * known by their content.
 *
 * @param trx a transaction, so that all of it happens or nothing
 */
export async function replaceName(trx: Database, from: string, to: string): Promise<void> {
  for (const column of NAME_COLUMNS) {
    const [table = '', name = ''] = column.split('.')
    await sql`update ${sql.table(table)} set ${sql.ref(name)} = ${to} where ${sql.ref(name)} = ${from}`.execute(
      trx,
    )
  }
  await sql`update document set retraction = jsonb_set(retraction, '{by}', to_jsonb(${to}::text))
    where retraction ->> 'by' = ${from}`.execute(trx)
  await sql`update webhook set paused = ${`paused by ${to}`} where paused = ${`paused by ${from}`}`.execute(
    trx,
  )
  await replaceInFiles(trx, from, to)
}

/** In XLIFF files that left us or came back: who wrote a target. Notes keep what they said; see docs/people.md. */
async function replaceInFiles(trx: Database, from: string, to: string): Promise<void> {
  for (const table of ['xliff_export', 'xliff_return']) {
    for (const write of [inPhase, inMetadata]) {
      const [old, next] = [write(from), write(to)]
      await sql`update ${sql.table(table)} set content = replace(content, ${old}, ${next})
        where position(${old} in content) > 0`.execute(trx)
    }
  }
}

/** As `exchange/xliff-1.2-write.ts` writes it. */
const inPhase = (name: string) => xmlAttributes({ 'contact-name': name })
/** As `exchange/xliff-2-write.ts` does. */
const inMetadata = (name: string) =>
  `<mda:meta${xmlAttributes({ type: 'by' })}>${escapeXmlText(name)}</mda:meta>`

/**
 * A name that this person can take.
 *
 * @param text as it was typed
 * @param own what they are called now; null: a new person
 * @throws DomainError `invalid-input` for what is no name, `conflict` for one that somebody has or that stands on work
 * of somebody else
 */
export async function takeName(trx: Database, text: string, own: string | null): Promise<string> {
  const name = parsePublicName(text)
  if (own !== null && own.toLowerCase() === name.toLowerCase()) return name
  const { rows } = await sql<{ taken: boolean }>`select (
    exists (select from person where lower(name) = lower(${name}) and erased_at is null)
    or exists (select from access_token where lower(name) = lower(${name}) and person_id is null)
    or ${anywhere(name)}
  ) as taken`.execute(trx)
  if (rows[0]?.taken === true) throw nameTaken(name)
  return name
}

export function nameTaken(name: string): DomainError {
  return new DomainError('conflict', `“${name}” is taken: choose another public name`)
}

/** Whether work stands under a name: whoever took it would be credited with what others did. */
function anywhere(name: string): RawBuilder<boolean> {
  const parts = NAME_COLUMNS.map((column) => {
    const [table = '', field = ''] = column.split('.')
    return sql`exists (select from ${sql.table(table)} where ${sql.ref(field)} = ${name})`
  })
  return sql<boolean>`${sql.join(parts, sql` or `)}`
}
