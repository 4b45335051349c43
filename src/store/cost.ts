import { sql } from 'kysely'
import { type CostEstimate, type CostSegment, estimateCost } from '../domain/cost.ts'
import { plainText, type Segment } from '../domain/document.ts'
import { useMatches } from '../domain/leverage-use.ts'
import { alignRevision } from '../domain/revision.ts'
import { keepsDraft } from '../domain/revision-draft.ts'
import { countWords } from '../domain/words.ts'
import type { Database } from './database.ts'
import type { Revision } from './documents.ts'
import { findMatches } from './memory-lookup.ts'
import { loadSegments, type SegmentWithTarget } from './segments.ts'

/** What a new version keeps of a locale and what it loses, in segments. */
export type RevisionChanges = {
  /** Text and state stay. */
  readonly kept: number
  /** Of those: reviewed or final. */
  readonly approved: number
  /** What a person wrote stands as a draft that has to be confirmed again. */
  readonly draft: number
  /** Edited, put together or divided, and asked for anew. */
  readonly again: number
  readonly added: number
  readonly removed: number
}

export type LocaleCost = CostEstimate & {
  readonly locale: string
  /** Characters that have been billed for it so far. */
  readonly spent: number
  /** Of a new version that is only shown; null: it is not one. */
  readonly changes: RevisionChanges | null
}

type Kept = CostSegment['kept'] & {}
/** What one text costs an engine that counts characters. */
type Measure = (text: string) => number
type Article = {
  readonly sourceLocale: string
  readonly domain: string
  readonly segments: readonly Segment[]
}

/** What a document would cost that nobody has sent in yet, or a new version of one: nothing is written or sent. */
export async function estimateArticle(
  db: Database,
  article: Article,
  locales: readonly string[],
  measure: Measure,
  previous?: Revision,
): Promise<readonly LocaleCost[]> {
  const costs: LocaleCost[] = []
  for (const locale of locales) {
    const old = previous === undefined ? [] : await loadSegments(db, previous.id, locale)
    const { kept, changes } = keptOf(old, article.segments)
    const estimated = await estimate(db, article, locale, measure, kept, () => false)
    costs.push({ locale, spent: 0, changes: previous === undefined ? null : changes, ...estimated })
  }
  return costs
}

/** What a document costs in each locale: characters are those of segments that are not translated yet. */
export async function estimateRevision(
  db: Database,
  revision: Revision,
  measure: Measure,
): Promise<readonly LocaleCost[]> {
  const costs: LocaleCost[] = []
  for (const locale of revision.targetLocales) {
    const entries = await loadSegments(db, revision.id, locale)
    const article = {
      sourceLocale: revision.sourceLocale,
      domain: revision.domain,
      segments: entries.map(({ segment }) => segment),
    }
    const kept = await carriedOf(db, revision.id, locale)
    const done = new Set(entries.flatMap(({ segment, target }) => (target === null ? [] : [segment.id])))
    const estimated = await estimate(db, article, locale, measure, kept, (id) => done.has(id))
    costs.push({ locale, spent: await spentOn(db, revision.id, locale), changes: null, ...estimated })
  }
  return costs
}

async function estimate(
  db: Database,
  { sourceLocale, domain, segments }: Article,
  locale: string,
  measure: Measure,
  kept: ReadonlyMap<string, Kept>,
  isDone: (id: string) => boolean,
): Promise<CostEstimate> {
  const wish = {
    ...{ sourceLocale, targetLocale: locale, domain, most: 3 },
    ...({ similar: 'where-open', now: new Date() } as const),
  }
  const open = segments.filter(({ id }) => !kept.has(id))
  const found = await findMatches(db, wish, open, segments)
  return estimateCost(
    segments.map(({ id, text, codes }) => {
      const matches = found.get(id) ?? []
      const known = kept.get(id)
      const plain = plainText(text, codes)
      return {
        key: `${codes.map(({ kind }) => kind).join(' ')}\n${text}`,
        words: countWords(plain, sourceLocale),
        characters: /[\p{L}\p{N}]/u.test(plain) ? measure(text) : 0,
        ...(known === undefined ? {} : { kept: known }),
        matches,
        filled: isDone(id) || useMatches(matches).target !== null,
      }
    }),
  )
}

/** What `carryOver` would do, by the new segments' ids and in numbers. */
function keptOf(
  old: readonly SegmentWithTarget[],
  fresh: readonly Segment[],
): { readonly kept: ReadonlyMap<string, Kept>; readonly changes: RevisionChanges } {
  const kept = new Map<string, Kept>()
  const changes = { kept: 0, approved: 0, draft: 0, again: 0, added: 0, removed: 0 }
  const steps = alignRevision(
    old.map(({ segment }) => segment),
    fresh,
  )
  for (const { fate, score, old: before, fresh: after } of steps) {
    const [from, id] = [old[before[0] ?? -1], fresh[after[0] ?? -1]?.id]
    const target = from?.target ?? null
    if (fate === 'removed') changes.removed++
    else if (fate === 'new') changes.added++
    else if (id !== undefined && target !== null && (fate === 'unchanged' || fate === 'moved')) {
      kept.set(id, 'same')
      changes.kept++
      if (target.state === 'reviewed' || target.state === 'final') changes.approved++
    } else if (id !== undefined && target !== null && fate === 'edited' && isDraft(score, target)) {
      kept.set(id, { score })
      changes.draft++
    } else changes.again += after.length
  }
  return { kept, changes }
}

function isDraft(score: number, target: { readonly state: string; readonly origin: string }): boolean {
  return keepsDraft('edited', score) && isByPerson(target)
}

function isByPerson({ state, origin }: { readonly state: string; readonly origin: string }): boolean {
  return state !== 'initial' || origin === 'human' || origin === 'tm-fuzzy'
}

/** What `carryOver` did. */
async function carriedOf(
  db: Database,
  revisionId: string,
  locale: string,
): Promise<ReadonlyMap<string, Kept>> {
  const { rows } = await sql<{ name: string; fate: string; score: number }>`
    select s.name, l.fate, min(l.score)::int as score
    from segment s join segment_lineage l on l.segment_id = s.id
    where s.revision_id = ${revisionId} and exists (
      select 1 from target_history h where h.segment_id = s.id and h.locale = ${locale} and h.action = 'revision')
    group by s.name, l.fate`.execute(db)
  return new Map(
    rows.map(({ name, fate, score }) => [
      name,
      fate === 'unchanged' || fate === 'moved' ? ('same' as const) : { score },
    ]),
  )
}

async function spentOn(db: Database, revisionId: string, locale: string): Promise<number> {
  const row = await db
    .selectFrom('engine_charge')
    .select(sql<number>`coalesce(sum(characters), 0)::int`.as('spent'))
    .where('revision_id', '=', revisionId)
    .where('locale', '=', locale)
    .executeTakeFirst()
  return row?.spent ?? 0
}
