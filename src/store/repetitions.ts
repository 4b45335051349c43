import { sql } from 'kysely'
import type { InlineCode, UnitKind } from '../domain/document.ts'
import { judgePairs, type Match } from '../domain/leverage.ts'
import type { Target } from '../domain/target.ts'
import type { Database } from './database.ts'
import { contextKey, contextName } from './memory-pairs.ts'
import { loadSegments, type SegmentHome, type StoredSegment } from './segments.ts'
import { writeTarget } from './targets.ts'
import type { TermBase } from './term-base.ts'

/** What nobody has touched: a person's text, or a person's refusal, is never written over. */
const UNTOUCHED = ['translate', 'reuse', 'repeat', 'revision']

/**
 * The same sentence elsewhere in the article gets a translation that a person has just saved, but only between the same
 * sentences in the same kind of unit, and only where nobody has written. It is a line of its own in the history, and
 * changing or refusing it ends that.
 *
 * @returns how many segments were filled
 */
export async function repeatTarget(
  trx: Database,
  termBase: TermBase,
  done: {
    readonly segment: StoredSegment
    readonly home: SegmentHome
    readonly locale: string
    readonly target: Target
    readonly by: string
  },
): Promise<number> {
  const { segment, home, locale, target, by } = done
  // A subtitle is judged together with the others of its cue.
  if (segment.cue !== undefined || target.state === 'initial') return 0
  const { rows } = await sql<{ id: string }>`
    with placed as (
      select s.id, s.hash, s.unit_kind,
        (select b.text from segment b where b.revision_id = s.revision_id and b.position = s.position - 1) as before,
        (select a.text from segment a where a.revision_id = s.revision_id and a.position = s.position + 1) as after
      from segment s
      where s.revision_id = ${home.revisionId} and s.hash = (select hash from segment where id = ${segment.rowId}))
    select o.id from placed o join placed here on here.id = ${segment.rowId}
      and o.id <> here.id and o.unit_kind = here.unit_kind
      and o.before is not distinct from here.before and o.after is not distinct from here.after
    where coalesce((select h.action from target_history h where h.segment_id = o.id and h.locale = ${locale}
      order by h.version desc limit 1), 'translate') = any(${UNTOUCHED}::text[])
      and not exists (select 1 from target t where t.segment_id = o.id and t.locale = ${locale}
        and (t.state in ('reviewed', 'final') or t.origin = 'human' or t.text = ${target.text}))`.execute(trx)
  if (rows.length === 0) return 0
  const ids = new Set(rows.map(({ id }) => id))
  const assess = termBase.assessor(home.sourceLocale, locale, home.settings)
  let filled = 0
  for (const { segment: other, target: stands } of await loadSegments(trx, home.revisionId, locale)) {
    if (!ids.has(other.rowId)) continue
    const version = (stands?.version ?? 0) + 1
    const repeated: Target = {
      ...{ text: target.text, state: 'translated', origin: 'tm-context', by: target.by },
      version,
    }
    const assessment = assess(other, repeated)
    const write = { segmentRowId: other.rowId, locale, target: repeated, pretend: false, assessment }
    const note = `the same sentence as ${segment.id}, between the same sentences`
    if (await writeTarget(trx, write, version - 1, { action: 'repeat', by, note })) filled++
  }
  return filled
}

/** What people have made of the same sentence elsewhere in the article, approved or not, best first. */
export async function findRepetitions(
  db: Database,
  segment: StoredSegment,
  home: SegmentHome,
  locale: string,
  now: Date,
): Promise<readonly Match[]> {
  const { rows } = await sql<{
    id: string
    unit_kind: string
    codes: InlineCode[]
    before: string | null
    after: string | null
    target: string | null
    state: Target['state'] | null
    by: string | null
    at: Date | null
  }>`
    select s.id, s.unit_kind, s.codes, t.text as target, t.state, t.by_name as by, t.updated_at as at,
      (select b.text from segment b where b.revision_id = s.revision_id and b.position = s.position - 1) as before,
      (select a.text from segment a where a.revision_id = s.revision_id and a.position = s.position + 1) as after
    from segment s left join target t on t.segment_id = s.id and t.locale = ${locale} and not t.pretend
      and (t.state <> 'initial' or t.origin = 'human')
    where s.revision_id = ${home.revisionId} and s.hash = (select hash from segment where id = ${segment.rowId})
    order by s.position`.execute(db)
  const nameOf = (text: string | null) => contextName(contextKey(text ?? ''))
  const here = rows.find(({ id }) => id === segment.rowId)
  if (here === undefined) return []
  const wanted = {
    ...{ text: segment.text, codes: segment.codes, unitKind: segment.unitKind, domain: '', now },
    ...{ previous: nameOf(here.before), next: nameOf(here.after) },
    ...{ sourceLocale: home.sourceLocale, targetLocale: locale },
  }
  const pairs = rows.flatMap((row) => {
    if (row.id === segment.rowId || row.target === null || row.at === null) return []
    return [
      {
        ...{ id: row.id, source: segment.text, target: row.target, codes: row.codes, by: row.by ?? '' },
        ...{ memory: 'this article', memoryPenalty: 0, memoryPriority: -1, domain: '', document: '' },
        ...{ unitKind: row.unit_kind as UnitKind, previous: nameOf(row.before), next: nameOf(row.after) },
        ...{ reviewed: row.state !== 'initial', changedAt: row.at, segmentId: row.id },
      },
    ]
  })
  return judgePairs(wanted, pairs)
}
