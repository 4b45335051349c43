import type { Block } from '../domain/block.ts'
import { DomainError } from '../domain/errors.ts'
import { noticeIn } from '../domain/publication.ts'
import type { Database } from './database.ts'

/** What the world outside may see: only rows that have a number, and nothing of a withdrawn document. */

export type PublishedBundle = {
  readonly documentId: string
  readonly name: string
  readonly format: string
  readonly locale: string
  readonly sha256: string
  readonly bytes: Uint8Array
  readonly manifest: Readonly<Record<string, unknown>>
  /** Null: published before there were renderings. */
  readonly blocks: readonly Block[] | null
  readonly publishedAt: Date
}

export type PublishedRelease = {
  readonly documentId: string
  readonly name: string
  readonly sha256: string
  readonly bytes: Uint8Array
  readonly publishedAt: Date
}

/** @throws DomainError `not-ready` where nothing is public, `gone` where it was withdrawn; `not-found` */
export async function loadPublishedBundle(
  db: Database,
  documentId: string,
  locale: string,
): Promise<PublishedBundle> {
  const row = await bundles(db)
    .where('publication.document_id', '=', documentId)
    .where('publication.locale', '=', locale)
    .orderBy('publication.number', 'desc')
    .limit(1)
    .executeTakeFirst()
  // One question where all is well; only what is not there is asked after.
  if (row === undefined || row.retracted_at !== null) await requireStanding(db, documentId, locale)
  if (row === undefined) throw new DomainError('not-ready', `nothing is published in ${locale} yet`)
  return toBundle(row)
}

/** A finished document by the SHA-256 of its bytes. @throws DomainError `not-found`, `gone` */
export async function loadBundleByHash(
  db: Database,
  sha256: string,
  locales: readonly string[],
): Promise<PublishedBundle> {
  const row = await bundles(db)
    .where('publication.sha256', '=', sha256)
    .$if(locales.length > 0, (query) => query.where('publication.locale', 'in', locales))
    .orderBy('document.retracted_at', (order) => order.desc().nullsFirst())
    .orderBy('publication.number')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) throw new DomainError('not-found', 'nothing with this content is published')
  if (row.retracted_at !== null) await requireStanding(db, row.document_id, row.locale)
  return toBundle(row)
}

/** The newest release of a document. @throws DomainError `not-found`, `gone`; undefined where there is none */
export async function findPublishedRelease(
  db: Database,
  documentId: string,
): Promise<PublishedRelease | undefined> {
  await requireStanding(db, documentId, '')
  const row = await releases(db)
    .where('publication.document_id', '=', documentId)
    .orderBy('publication.number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? undefined : toRelease(row)
}

/** @throws DomainError `not-found`, `gone` */
export async function loadReleaseByHash(db: Database, sha256: string): Promise<PublishedRelease> {
  const row = await releases(db)
    .where('publication.sha256', '=', sha256)
    .orderBy('publication.number')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) throw new DomainError('not-found', 'no such release')
  await requireStanding(db, row.document_id, '')
  return toRelease(row)
}

/** The newest public bundle of each language of a document. @throws DomainError `not-found`, `gone` */
export async function listPublishedBundles(
  db: Database,
  documentId: string,
): Promise<readonly PublishedBundle[]> {
  await requireStanding(db, documentId, '')
  const rows = await bundles(db)
    .distinctOn('publication.locale')
    .where('publication.document_id', '=', documentId)
    .orderBy('publication.locale')
    .orderBy('publication.number', 'desc')
    .execute()
  return rows.map(toBundle)
}

/** @throws DomainError `not-found`; `gone` for a document that was public and has been withdrawn */
async function requireStanding(db: Database, documentId: string, locale: string): Promise<void> {
  const row = await db
    .selectFrom('document')
    .select((where) => [
      'retraction',
      'retracted_at',
      where
        .exists(
          where
            .selectFrom('publication')
            .select('id')
            .whereRef('document_id', '=', 'document.id')
            .where('number', 'is not', null),
        )
        .as('public'),
    ])
    .where('id', '=', documentId)
    .executeTakeFirst()
  if (row === undefined) throw new DomainError('not-found', 'no such document')
  // Of what never came out nobody learns that it was withdrawn.
  if (row.retracted_at === null || row.retraction === null || row.public !== true) return
  throw new DomainError('gone', noticeIn(row.retraction, locale), {
    extra: { retractedAt: row.retracted_at.toISOString(), notices: row.retraction.notices },
  })
}

function bundles(db: Database) {
  return db
    .selectFrom('publication')
    .innerJoin('document', 'document.id', 'publication.document_id')
    .innerJoin('bundle', (join) =>
      join
        .onRef('bundle.revision_id', '=', 'publication.revision_id')
        .onRef('bundle.locale', '=', 'publication.locale')
        .onRef('bundle.sha256', '=', 'publication.sha256'),
    )
    .select([
      'publication.document_id',
      'document.name',
      'document.format',
      'publication.locale',
      'publication.sha256',
      'publication.manifest',
      'publication.blocks',
      'publication.published_at',
      'document.retracted_at',
      'bundle.bytes',
    ])
    .where('publication.kind', '=', 'bundle')
    .where('publication.number', 'is not', null)
}

type BundleRow = Awaited<ReturnType<ReturnType<typeof bundles>['execute']>>[number]

function toBundle(row: BundleRow): PublishedBundle {
  const { document_id, published_at, retracted_at: _, ...rest } = row
  return { ...rest, documentId: document_id, publishedAt: published_at ?? new Date(0) }
}

function releases(db: Database) {
  return db
    .selectFrom('publication')
    .innerJoin('document', 'document.id', 'publication.document_id')
    .innerJoin('release_file', 'release_file.sha256', 'publication.sha256')
    .select([
      'publication.document_id',
      'document.name',
      'publication.sha256',
      'publication.published_at',
      'release_file.bytes',
    ])
    .where('publication.kind', '=', 'release')
    .where('publication.number', 'is not', null)
}

type ReleaseRow = Awaited<ReturnType<ReturnType<typeof releases>['execute']>>[number]

function toRelease(row: ReleaseRow): PublishedRelease {
  const { document_id, published_at, ...rest } = row
  return { ...rest, documentId: document_id, publishedAt: published_at ?? new Date(0) }
}
