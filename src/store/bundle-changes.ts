import { sql } from 'kysely'
import { z } from 'zod'
import { type InlineCode, plainText } from '../domain/document.ts'
import type { Database } from './database.ts'
import type { Revision } from './documents.ts'

/** What differs between a finished document and the one that is public in its language. Texts are without codes. */
export type BundleChanges = {
  /** What it is compared with: what readers have had until now. */
  readonly since: { readonly sha256: string; readonly revision: number; readonly publishedAt: string }
  readonly changed: readonly {
    readonly id: string
    /** Its name in the revision before, or those of the sentences that it was made of. */
    readonly was: readonly string[]
    readonly source: { readonly old: string; readonly new: string }
    readonly target: { readonly old: string; readonly new: string }
  }[]
  readonly added: readonly { readonly id: string; readonly source: string; readonly target: string }[]
  /** Under their names of then. */
  readonly removed: readonly { readonly id: string; readonly source: string; readonly target: string }[]
}

type Sentence = {
  readonly rowId: string
  readonly id: string
  readonly source: string
  readonly target: string
  /** Row ids of the sentences of the older revision that it comes from. */
  readonly from: readonly string[]
}

/** What a manifest says of which targets it holds. */
const Held = z.object({
  source: z.object({ revision: z.number() }),
  segments: z.array(z.object({ id: z.string(), version: z.number().optional() })),
})

/**
 * What readers of a locale will find changed, compared with what is public now; null where nothing is public yet, or it
 * was published by a version that did not say what it holds. The texts of then are those of the history, by the versions
 * that the public manifest names; sentences of different revisions belong together by their lineage.
 */
export async function findChanges(
  db: Database,
  revision: Revision,
  locale: string,
  manifest: Readonly<Record<string, unknown>>,
): Promise<BundleChanges | null> {
  const before = await db
    .selectFrom('publication')
    .select(['sha256', 'revision_id', 'manifest', 'published_at'])
    .where('document_id', '=', revision.documentId)
    .where('kind', '=', 'bundle')
    .where('locale', '=', locale)
    .where('number', 'is not', null)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (before === undefined) return null
  const [then, now] = [Held.safeParse(before.manifest), Held.safeParse(manifest)]
  if (!then.success || !now.success) return null
  const old = await loadSentences(db, before.revision_id, locale, then.data.segments)
  const current = await loadSentences(db, revision.id, locale, now.data.segments)
  const ancestors =
    before.revision_id === revision.id
      ? new Map(current.map(({ rowId }) => [rowId, [rowId]]))
      : await loadAncestors(db, revision.id, before.revision_id)
  return {
    since: {
      sha256: before.sha256,
      revision: then.data.source.revision,
      publishedAt: (before.published_at ?? new Date(0)).toISOString(),
    },
    ...compareSentences(
      old,
      current.map((sentence) => ({ ...sentence, from: ancestors.get(sentence.rowId) ?? [] })),
    ),
  }
}

/** Pure: which sentences differ. Of several that come from one the whole old text stands beside each. */
function compareSentences(
  old: readonly Sentence[],
  current: readonly Sentence[],
): Omit<BundleChanges, 'since'> {
  const byRow = new Map(old.map((sentence) => [sentence.rowId, sentence]))
  const used = new Set<string>()
  const changed: BundleChanges['changed'][number][] = []
  const added: BundleChanges['added'][number][] = []
  for (const { id, source, target, from } of current) {
    const origins = from.flatMap((rowId) => byRow.get(rowId) ?? [])
    for (const { rowId } of origins) used.add(rowId)
    if (origins.length === 0) {
      added.push({ id, source, target })
      continue
    }
    const was = {
      source: origins.map((origin) => origin.source).join(' '),
      target: origins.map((origin) => origin.target).join(' '),
    }
    if (was.source === source && was.target === target) continue
    changed.push({
      id,
      was: origins.map((origin) => origin.id),
      source: { old: was.source, new: source },
      target: { old: was.target, new: target },
    })
  }
  const removed = old
    .filter(({ rowId }) => !used.has(rowId))
    .map(({ id, source, target }) => ({ id, source, target }))
  return { changed, added, removed }
}

async function loadSentences(
  db: Database,
  revisionId: string,
  locale: string,
  held: readonly { readonly id: string; readonly version?: number | undefined }[],
): Promise<readonly Sentence[]> {
  const versions = held.map(({ version }) => version ?? 0)
  const { rows } = await sql<{
    row_id: string
    id: string
    source: string
    codes: InlineCode[]
    target: string | null
  }>`
    select s.id as row_id, s.name as id, s.text as source, s.codes, h.text as target
    from unnest(${held.map(({ id }) => id)}::text[], ${versions}::int[]) with ordinality as held (name, version, place)
    join segment s on s.revision_id = ${revisionId} and s.name = held.name
    left join target_history h on h.segment_id = s.id and h.locale = ${locale} and h.version = held.version
    order by held.place`.execute(db)
  return rows.map(({ row_id, id, source, codes, target }) => ({
    ...{ rowId: row_id, id, from: [] },
    source: plainText(source, codes),
    target: plainText(target ?? '', codes),
  }))
}

/** From sentences of one revision to those of an older one, over all revisions between. */
async function loadAncestors(
  db: Database,
  revisionId: string,
  oldRevisionId: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await sql<{ id: string; origin: string }>`
    with recursive way (id, at) as (
      select s.id, s.id from segment s where s.revision_id = ${revisionId}
      union
      select way.id, l.old_segment_id from way join segment_lineage l on l.segment_id = way.at
    )
    select way.id, way.at as origin from way join segment s on s.id = way.at
    where s.revision_id = ${oldRevisionId} order by way.id, s.position`.execute(db)
  const ancestors = new Map<string, string[]>()
  for (const { id, origin } of rows) {
    const known = ancestors.get(id) ?? []
    known.push(origin)
    ancestors.set(id, known)
  }
  return ancestors
}

const Counted = z.object({
  since: z.object({ sha256: z.string() }),
  changed: z.array(z.unknown()),
  added: z.array(z.unknown()),
  removed: z.array(z.unknown()),
})

/** The changes of a manifest in numbers; null where there are none to tell. */
export function countChanges(value: unknown): {
  readonly since: string
  readonly changed: number
  readonly added: number
  readonly removed: number
} | null {
  const parsed = Counted.safeParse(value)
  if (!parsed.success) return null
  const { since, changed, added, removed } = parsed.data
  return { since: since.sha256, changed: changed.length, added: added.length, removed: removed.length }
}
