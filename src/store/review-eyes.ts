import { sql } from 'kysely'
import { fourEyesRefusal, isHand } from '../domain/approval.ts'
import { DomainError } from '../domain/errors.ts'
import type { Database } from './database.ts'
import type { StoredTarget } from './segments.ts'

/** What a document itself says about four eyes; null: as the server says. */
export async function loadFourEyes(db: Database, documentId: string): Promise<boolean | null> {
  const row = await db
    .selectFrom('review_setting')
    .select('four_eyes')
    .where('document_id', '=', documentId)
    .executeTakeFirst()
  return row?.four_eyes ?? null
}

/** @param fourEyes null: as the server says */
export async function saveFourEyes(
  db: Database,
  documentId: string,
  fourEyes: boolean | null,
): Promise<void> {
  await db
    .insertInto('review_setting')
    .values({ document_id: documentId, four_eyes: fourEyes })
    .onConflict((conflict) => conflict.column('document_id').doUpdateSet({ four_eyes: fourEyes }))
    .execute()
}

/** Public names of those who wrote or confirmed the texts as they stand, by segment row id. */
export async function findHands(
  db: Database,
  segmentRowIds: readonly string[],
  locale: string,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const hands = new Map<string, Set<string>>()
  if (segmentRowIds.length === 0) return hands
  const { rows } = await sql<{ segment_id: string; by_name: string; action: string }>`
    select distinct h.segment_id, h.by_name, h.action from target_history h
      join target t on t.segment_id = h.segment_id and t.locale = h.locale and t.text = h.text
    where h.locale = ${locale} and h.segment_id = any(${[...segmentRowIds]}::bigint[])`.execute(db)
  for (const { segment_id, by_name, action } of rows) {
    if (!isHand(action)) continue
    const known = hands.get(segment_id) ?? new Set()
    hands.set(segment_id, known.add(by_name))
  }
  return hands
}

/**
 * Holds an approval to the rule of four eyes where it is asked for.
 * @param byServer what holds where the document says nothing
 * @throws DomainError `forbidden` with the reason
 */
export async function requireFourEyes(
  db: Database,
  what: {
    readonly documentId: string
    readonly segmentRowId: string
    readonly locale: string
    readonly target: StoredTarget
  },
  who: string,
  byServer: boolean,
): Promise<void> {
  if (!((await loadFourEyes(db, what.documentId)) ?? byServer)) return
  const hands = (await findHands(db, [what.segmentRowId], what.locale)).get(what.segmentRowId)
  const refusal = fourEyesRefusal(what.target, hands ?? new Set(), who)
  if (refusal !== undefined) throw new DomainError('forbidden', refusal)
}
