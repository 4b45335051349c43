import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type InlineCode, plainText, type Segment, type UnitKind } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import type { Finding } from '../domain/finding.ts'
import type { Target } from '../domain/target.ts'
import type { Verdict } from '../domain/term.ts'
import type { TermSettings } from '../domain/term-settings.ts'
import { countWords } from '../domain/words.ts'
import type { Database } from './database.ts'

/** A segment with the id of its row, which the API names it by. */
export type StoredSegment = Segment & { readonly rowId: string }

export type StoredTarget = Target & {
  /** When the text or the state last changed. */
  readonly changedAt?: Date
  readonly pretend: boolean
  readonly verdicts: readonly Verdict[]
  readonly findings: readonly Finding[]
  readonly blocked: boolean
}

export type SegmentWithTarget = {
  readonly segment: StoredSegment
  readonly target: StoredTarget | null
}

/** SHA-256 of a source text and the shapes of its codes: equal hashes can share a translation. */
export function hashSource(text: string, codes: readonly InlineCode[]): Uint8Array {
  const shapes = codes.map((code) => `${code.kind}:${code.type}:${code.pair ?? ''}`).join('|')
  return createHash('sha256').update(`${text}\n${shapes}`).digest()
}

/** Replaces a revision's segments. Only for a revision that has no targets yet. */
export async function insertSegments(
  db: Database,
  revisionId: string,
  segments: readonly Segment[],
): Promise<void> {
  await db.deleteFrom('segment').where('revision_id', '=', revisionId).execute()
  const { source_locale } = await db
    .selectFrom('revision')
    .innerJoin('document', 'document.id', 'revision.document_id')
    .select('document.source_locale')
    .where('revision.id', '=', revisionId)
    .executeTakeFirstOrThrow()
  const rows = segments.map((segment, position) => ({
    revision_id: revisionId,
    position,
    name: segment.id,
    unit_id: segment.unitId,
    unit_kind: segment.unitKind,
    start_offset: segment.start,
    end_offset: segment.end,
    text: segment.text,
    codes: JSON.stringify(segment.codes),
    hash: hashSource(segment.text, segment.codes),
    cue: segment.cue === undefined ? null : JSON.stringify(segment.cue),
    words: countWords(plainText(segment.text, segment.codes), source_locale),
  }))
  // PostgreSQL takes 65,535 parameters a statement.
  for (let from = 0; from < rows.length; from += 5000) {
    await db
      .insertInto('segment')
      .values(rows.slice(from, from + 5000))
      .execute()
  }
}

/** All segments of a revision in document order, with their targets in one locale. */
export async function loadSegments(
  db: Database,
  revisionId: string,
  locale: string,
): Promise<readonly SegmentWithTarget[]> {
  const rows = await withTarget(db, locale)
    .where('segment.revision_id', '=', revisionId)
    .orderBy('segment.position')
    .execute()
  return rows.map(toSegmentWithTarget)
}

/** The sources of a revision in document order. */
export async function loadSources(
  db: Database,
  revisionId: string,
): Promise<readonly { readonly id: string; readonly text: string; readonly codes: readonly InlineCode[] }[]> {
  return db
    .selectFrom('segment')
    .select(['name as id', 'text', 'codes'])
    .where('revision_id', '=', revisionId)
    .orderBy('position')
    .execute()
}

/** All segments of some units, in document order. */
export async function loadUnits(
  db: Database,
  revisionId: string,
  unitIds: readonly string[],
  locale: string,
): Promise<readonly SegmentWithTarget[]> {
  const rows = await withTarget(db, locale)
    .where('segment.revision_id', '=', revisionId)
    .where('segment.unit_id', '=', sql<string>`any(${unitIds})`)
    .orderBy('segment.position')
    .execute()
  return rows.map(toSegmentWithTarget)
}

/** A page in document order. @param after the `position` the page before ended with; -1 for the first */
export async function listSegments(
  db: Database,
  revisionId: string,
  locale: string,
  after: number,
  limit: number,
): Promise<{ segments: readonly SegmentWithTarget[]; next: number | null }> {
  const rows = await withTarget(db, locale)
    .where('segment.revision_id', '=', revisionId)
    .where('segment.position', '>', after)
    .orderBy('segment.position')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const next = rows.length > limit ? (page.at(-1)?.position ?? null) : null
  return { segments: page.map(toSegmentWithTarget), next }
}

export type SegmentHome = {
  readonly documentId: string
  readonly revisionId: string
  readonly sourceLocale: string
  /** What the document is about; empty: not said. */
  readonly domain: string
  /** How strictly its terms and checks are kept. */
  readonly settings: TermSettings
}

/** One segment, its target and where it belongs. @throws DomainError `not-found` also for a locale the document has not */
export async function loadSegment(
  db: Database,
  rowId: string,
  locale: string,
): Promise<SegmentWithTarget & { readonly home: SegmentHome }> {
  const row = /^\d{1,18}$/.test(rowId)
    ? await withTarget(db, locale)
        .innerJoin('revision', 'revision.id', 'segment.revision_id')
        .innerJoin('document', 'document.id', 'revision.document_id')
        .innerJoin('revision_locale', (join) =>
          join
            .onRef('revision_locale.revision_id', '=', 'revision.id')
            .on('revision_locale.locale', '=', locale),
        )
        .select([
          'document.id as document_id',
          'segment.revision_id',
          'document.source_locale',
          'document.domain',
          'document.check_settings',
        ])
        .where('segment.id', '=', rowId)
        .executeTakeFirst()
    : undefined
  if (row === undefined) throw new DomainError('not-found', `no such segment in ${locale}`)
  const home = {
    documentId: row.document_id,
    revisionId: row.revision_id,
    sourceLocale: row.source_locale,
    domain: row.domain,
    settings: row.check_settings,
  }
  return { ...toSegmentWithTarget(row), home }
}

function withTarget(db: Database, locale: string) {
  return db
    .selectFrom('segment')
    .leftJoin('target', (join) =>
      join.onRef('target.segment_id', '=', 'segment.id').on('target.locale', '=', locale),
    )
    .select([
      'segment.id',
      'segment.position',
      'segment.name',
      'segment.unit_id',
      'segment.unit_kind',
      'segment.start_offset',
      'segment.end_offset',
      'segment.text',
      'segment.codes',
      'segment.cue',
      'target.text as target_text',
      'target.state',
      'target.origin',
      'target.by_name',
      'target.version',
      'target.updated_at',
      'target.pretend',
      'target.verdicts',
      'target.findings',
      'target.blocked',
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof withTarget>['execute']>>[number]

function toSegmentWithTarget(row: Row): SegmentWithTarget {
  const segment: StoredSegment = {
    rowId: row.id,
    id: row.name,
    unitId: row.unit_id,
    unitKind: row.unit_kind as UnitKind,
    start: row.start_offset,
    end: row.end_offset,
    text: row.text,
    codes: row.codes,
    ...(row.cue !== null && { cue: row.cue }),
  }
  if (row.target_text === null || row.state === null || row.origin === null) return { segment, target: null }
  return {
    segment,
    target: {
      text: row.target_text,
      state: row.state,
      origin: row.origin,
      by: row.by_name ?? '',
      version: row.version ?? 0,
      ...(row.updated_at !== null && { changedAt: row.updated_at }),
      pretend: row.pretend ?? false,
      verdicts: row.verdicts ?? [],
      findings: row.findings ?? [],
      blocked: row.blocked ?? false,
    },
  }
}
