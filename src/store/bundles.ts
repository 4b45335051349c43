import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Block } from '../domain/block.ts'
import { DomainError } from '../domain/errors.ts'
import { isApproved } from '../domain/target-change.ts'
import { blocksOf } from '../formats/blocks.ts'
import { writeDocument } from '../formats/write.ts'
import { placeSegments } from '../segmentation/align-segments.ts'
import { listApprovals, manifestOf } from './bundle-manifest.ts'
import { listCorrections } from './corrections.ts'
import type { Database } from './database.ts'
import { loadSourceBytes, type Revision, readRevision } from './documents.ts'
import { listRevisionWaivers } from './revision-waivers.ts'
import { loadSegments } from './segments.ts'
import type { TermBase } from './term-base.ts'

export type Bundle = {
  /** Hex SHA-256 of `bytes`: its address. */
  readonly sha256: string
  readonly locale: string
  readonly bytes: Uint8Array
  readonly manifest: Readonly<Record<string, unknown>>
}

/** A bundle just built, with its content as blocks. */
export type BuiltBundle = Bundle & { readonly blocks: readonly Block[] }

/**
 * The finished document in one locale: the source's bytes with the approved translations in place.
 * @throws DomainError `not-ready` while a segment is not approved; `blocked` for output of the pretend engine
 */
export async function buildBundle(
  db: Database,
  revision: Revision,
  locale: string,
  termBase: TermBase,
): Promise<BuiltBundle> {
  const [source, segments, waivers, approvals, row] = await Promise.all([
    loadSourceBytes(db, revision.id),
    loadSegments(db, revision.id, locale),
    listRevisionWaivers(db, revision.id, locale),
    listApprovals(db, revision.id, locale),
    loadPublicationFacts(db, revision.id),
  ])
  const waiting = segments.filter(({ target }) => target === null || !isApproved(target))
  if (waiting.length > 0 || segments.length === 0) {
    throw new DomainError(
      'not-ready',
      `${waiting.length} of ${segments.length} segments are not approved in ${locale}`,
    )
  }
  const held = segments.filter(({ target }) => target?.blocked === true)
  if (held.length > 0) {
    throw new DomainError(
      'not-ready',
      `${held.length} approved segments in ${locale} have a term or an error against them: mend or waive it`,
    )
  }
  if (segments.some(({ target }) => target?.pretend === true)) {
    throw new DomainError('blocked', 'it holds output of the pseudo engine, which is never published')
  }
  const document = readRevision(revision, source)
  const texts = new Map(segments.map(({ segment, target }) => [segment.id, target?.text ?? '']))
  const placed = placeSegments(
    document.units,
    segments.map(({ segment }) => segment),
  )
  const parts = placed.map(({ id, unitId, start, end, codes }) => {
    return { unitId, start, end, codes, text: texts.get(id) ?? '' }
  })
  const bytes = writeDocument(document, parts, { locale })
  const blocks = blocksOf(document.units, parts, document)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const [corrections, memories] = await Promise.all([
    listCorrections(db, revision.documentId, row.number),
    db.selectFrom('memory').select('name').execute(),
  ])
  const manifest = manifestOf({
    ...{ revision, locale, segments, approvals, waivers, source, sha256, blocks, termBase, corrections },
    ...row,
    memories: new Set(memories.map(({ name }) => name)),
  })
  return { sha256, locale, bytes, manifest, blocks }
}

async function loadPublicationFacts(db: Database, revisionId: string) {
  return db
    .selectFrom('revision')
    .innerJoin('document', 'document.id', 'revision.document_id')
    .select(['revision.number', 'revision.created_at as receivedAt', 'document.licence'])
    .where('revision.id', '=', revisionId)
    .executeTakeFirstOrThrow()
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
