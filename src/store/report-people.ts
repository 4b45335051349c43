import { sql } from 'kysely'
import type { Amount, Contribution } from '../domain/report.ts'
import type { Database } from './database.ts'
import { andLocale, historyIn, type ReportScope, WORDS } from './report-scope.ts'

const NONE: Amount = { segments: 0, words: 0 }

/**
 * Who did what, under the names they chose, most words first. A sentence counts once a person and kind of work, however
 * often they touched it.
 */
export async function listContributions(db: Database, scope: ReportScope): Promise<readonly Contribution[]> {
  const { rows } = await sql<Amount & { name: string; kind: 'translated' | 'reviewed' | 'approved' }>`
    select name, kind, count(*)::int as segments, sum(words)::int as words from (
      select distinct h.by_name as name, k.kind, h.segment_id, h.locale, ${WORDS} as words
      from target_history h
        cross join lateral (values
          ('translated', h.action in ('edit', 'return', 'resolve') and h.origin = 'human'),
          ('reviewed', h.action = 'reject' or (h.action = 'edit' and h.origin <> 'human')),
          ('approved', h.action in ('approve', 'edit', 'return', 'resolve') and h.state in ('reviewed', 'final'))
        ) k (kind, holds)
        join segment s on s.id = h.segment_id
      where ${historyIn(scope)} and h.action in ('edit', 'return', 'resolve', 'reject', 'approve') and k.holds
    ) done group by name, kind`.execute(db)
  const people = new Map<string, Contribution>()
  const change = (name: string, more: Partial<Contribution>) => {
    const none = { name, translated: NONE, reviewed: NONE, approved: NONE, comments: 0, terms: 0 }
    people.set(name, { ...none, ...people.get(name), ...more })
  }
  for (const { name, kind, segments, words } of rows) change(name, { [kind]: { segments, words } })
  for (const { name, ...counts } of await listOtherWork(db, scope)) change(name, counts)
  return [...people.values()].sort((a, b) => wordsOf(b) - wordsOf(a) || (a.name < b.name ? -1 : 1))
}

/** Comments on sentences and on terms; and terms, which belong to no document and no one language. */
async function listOtherWork(
  db: Database,
  scope: ReportScope,
): Promise<readonly { readonly name: string; readonly comments: number; readonly terms: number }[]> {
  const whole = scope.documentId === undefined && scope.locales.length === 0
  const { rows } = await sql<{ name: string; comments: number; terms: number }>`
    select name, sum(comments)::int as comments, sum(terms)::int as terms from (
      select by_name as name, count(*) as comments, 0 as terms from comment c
      -- One that was taken back is empty.
      where c.at >= ${scope.from} and c.at < ${scope.to} and c.text <> '' ${andLocale(scope, sql.ref('c.locale'))}
        ${scope.documentId === undefined ? sql`` : sql`and c.document_id = ${scope.documentId}`}
      group by by_name
      union all
      select by_name, count(*) filter (where action = 'comment'),
        count(distinct (glossary, concept_id)) filter (where action <> 'comment')
      from concept_change
      -- What a file brought in is nobody's work here.
      where ${whole} and at >= ${scope.from} and at < ${scope.to} and action <> 'import'
      group by by_name
    ) one ${scope.person === undefined ? sql`` : sql`where name = ${scope.person}`} group by name`.execute(db)
  return rows
}

const wordsOf = ({ translated, reviewed, approved }: Contribution) =>
  translated.words + reviewed.words + approved.words
