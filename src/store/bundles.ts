import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import { directionOf } from '../domain/locale.ts'
import { isApproved } from '../domain/target-change.ts'
import { writeDocument } from '../formats/write.ts'
import type { Database } from './database.ts'
import { loadSourceBytes, type Revision, readRevision } from './documents.ts'
import { loadSegments, type SegmentWithTarget } from './segments.ts'
import type { TermBase } from './term-base.ts'

export type Bundle = {
  /** Hex SHA-256 of `bytes`: its address. */
  readonly sha256: string
  readonly locale: string
  readonly bytes: Uint8Array
  readonly manifest: Readonly<Record<string, unknown>>
}

/**
 * The finished document in one locale: the source's bytes with the approved translations in place.
 * @throws DomainError `not-ready` while a segment is not approved; `blocked` for output of the pretend engine
 */
export async function buildBundle(
  db: Database,
  revision: Revision,
  locale: string,
  termBase: TermBase,
): Promise<Bundle> {
  const [source, segments] = await Promise.all([
    loadSourceBytes(db, revision.id),
    loadSegments(db, revision.id, locale),
  ])
  const waiting = segments.filter(({ target }) => target === null || !isApproved(target))
  if (waiting.length > 0 || segments.length === 0) {
    throw new DomainError(
      'not-ready',
      `${waiting.length} of ${segments.length} segments are not approved in ${locale}`,
    )
  }
  if (segments.some(({ target }) => target?.pretend === true)) {
    throw new DomainError('blocked', 'it holds output of the pseudo engine, which is never published')
  }
  const document = readRevision(revision, source)
  const bytes = writeDocument(
    document,
    segments.map(({ segment, target }) => ({
      unitId: segment.unitId,
      start: segment.start,
      end: segment.end,
      text: target?.text ?? '',
    })),
    { locale },
  )
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { sha256, locale, bytes, manifest: manifestOf(revision, locale, segments, source, sha256, termBase) }
}

/** Keeps it as the newest; the same bytes are kept once. */
export async function keepBundle(db: Database, revisionId: string, bundle: Bundle): Promise<void> {
  await db
    .insertInto('bundle')
    .values({
      sha256: bundle.sha256,
      revision_id: revisionId,
      locale: bundle.locale,
      bytes: bundle.bytes,
      manifest: JSON.stringify(bundle.manifest),
    })
    .onConflict((conflict) =>
      conflict.columns(['revision_id', 'locale', 'sha256']).doUpdateSet((excluded) => ({
        manifest: excluded.ref('excluded.manifest'),
        created_at: sql`now()`,
      })),
    )
    .execute()
}

/** The newest finished document of each locale, in the locales' order. */
export async function listBundles(db: Database, revisionId: string): Promise<readonly Bundle[]> {
  const rows = await db
    .selectFrom('bundle')
    .distinctOn('bundle.locale')
    .innerJoin('revision_locale', (join) =>
      join
        .onRef('revision_locale.revision_id', '=', 'bundle.revision_id')
        .onRef('revision_locale.locale', '=', 'bundle.locale'),
    )
    .select(['bundle.sha256', 'bundle.locale', 'bundle.bytes', 'bundle.manifest', 'revision_locale.position'])
    .where('bundle.revision_id', '=', revisionId)
    .orderBy('bundle.locale')
    .orderBy('bundle.created_at', 'desc')
    .execute()
  return rows.sort((a, b) => a.position - b.position).map(({ position: _, ...bundle }) => bundle)
}

function manifestOf(
  revision: Revision,
  locale: string,
  segments: readonly SegmentWithTarget[],
  source: Uint8Array,
  sha256: string,
  termBase: TermBase,
): Record<string, unknown> {
  return {
    document: revision.documentId,
    name: revision.name,
    format: revision.format,
    locale,
    direction: directionOf(locale),
    sourceLocale: revision.sourceLocale,
    sourceSha256: createHash('sha256').update(source).digest('hex'),
    sha256,
    glossary: termBase.version,
    segments: segments.map(({ segment, target }) => ({
      id: segment.id,
      origin: target?.origin,
      by: target?.by,
      state: target?.state,
      version: target?.version,
      terms: target?.verdicts.map(({ conceptId, status, reason }) => ({ conceptId, status, reason })),
    })),
  }
}
