import type { Database } from './database.ts'

/** An exception from a term in one segment. */
export type RevisionWaiver = {
  /** Its name, `u3-s2`. */
  readonly segment: string
  readonly conceptId: string
  readonly reason: string
  readonly by: string
  readonly at: Date
}

/** All of a revision in one locale, in document order. */
export async function listRevisionWaivers(
  db: Database,
  revisionId: string,
  locale: string,
): Promise<readonly RevisionWaiver[]> {
  return db
    .selectFrom('waiver')
    .innerJoin('segment', 'segment.id', 'waiver.segment_id')
    .select([
      'segment.name as segment',
      'waiver.concept_id as conceptId',
      'waiver.reason',
      'waiver.by_name as by',
      'waiver.at',
    ])
    .where('segment.revision_id', '=', revisionId)
    .where('waiver.locale', '=', locale)
    .orderBy('segment.position')
    .orderBy('waiver.concept_id')
    .execute()
}
