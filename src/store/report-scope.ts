import { type RawBuilder, sql } from 'kysely'

/** What a report counts. */
export type ReportScope = {
  /** Included. */
  readonly from: Date
  /** Not included. */
  readonly to: Date
  /** Empty: all. */
  readonly locales: readonly string[]
  readonly documentId: string | undefined
  readonly person: string | undefined
}

/** Condition on lines of the history called `h`: each was written here, and not brought along by a new revision. */
export function historyIn(scope: ReportScope): RawBuilder<boolean> {
  return sql<boolean>`h.at >= ${scope.from} and h.at < ${scope.to} and not h.copied
    ${andLocale(scope, sql.ref('h.locale'))}
    ${
      scope.documentId === undefined
        ? sql``
        : sql`and h.segment_id in (select x.id from segment x join revision y on y.id = x.revision_id
            where y.document_id = ${scope.documentId})`
    }
    ${scope.person === undefined ? sql`` : sql`and h.by_name = ${scope.person}`}`
}

/** `and …`, or nothing where all locales count. */
export function andLocale(scope: ReportScope, column: RawBuilder<unknown>): RawBuilder<unknown> {
  return scope.locales.length === 0 ? sql`` : sql`and ${column} = any(${[...scope.locales]}::text[])`
}

/** Words of the segment called `s`; those that were cut before words were kept are counted by their spaces. */
export const WORDS = sql<number>`coalesce(s.words, cardinality(regexp_split_to_array(btrim(s.text), '\\s+')))`
