import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Priority } from '../domain/assignment.ts'
import { type Format, parseFormat } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import type { TermSettings } from '../domain/term-settings.ts'
import type { FormatSettings } from '../formats/adapter.ts'
import { type ReadDocument, readDocument } from '../formats/read.ts'
import type { Database } from './database.ts'
import { openStages } from './stages.ts'

export type NewDocument = {
  readonly name: string
  readonly format: Format
  /** Declared by whoever sent it; null: to be detected. */
  readonly charset: string | null
  readonly settings: FormatSettings
  /** Whose break lists hold (see `segmentation-files.ts`); nobody's by default. */
  readonly partner?: string | undefined
  /** What it is about, in a word of the desk's own; not said by default. */
  readonly domain?: string | undefined
  /** Normal by default. */
  readonly priority?: Priority | undefined
  readonly deadline?: Date | undefined
  readonly bytes: Uint8Array
  readonly sourceLocale: string
  readonly targetLocales: readonly string[]
  readonly createdBy: string
}

/** The source of one revision, as the workers need it. */
export type Revision = {
  readonly id: string
  readonly documentId: string
  readonly name: string
  readonly format: Format
  readonly charset: string | null
  readonly settings: FormatSettings
  readonly sourceLocale: string
  readonly targetLocales: readonly string[]
  readonly segmentationVersion: string
  /** Whose break lists cut it (or will); '' for nobody's. */
  readonly partner: string
  /** What it is about; '' where nobody said. */
  readonly domain: string
  /** How strictly its terms and checks are kept. */
  readonly checkSettings: TermSettings
}

/** Stores the document and everything there is to do about it in one transaction. */
export async function createDocument(
  db: Database,
  document: NewDocument,
): Promise<{ documentId: string; revisionId: string }> {
  const documentId = randomUUID()
  const revisionId = randomUUID()
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('document')
      .values({
        id: documentId,
        name: document.name,
        format: document.format,
        source_locale: document.sourceLocale,
        created_by: document.createdBy,
        domain: document.domain ?? '',
        priority: document.priority ?? 'normal',
        deadline: document.deadline ?? null,
      })
      .execute()
    await trx
      .insertInto('revision')
      .values({
        id: revisionId,
        document_id: documentId,
        number: 1,
        bytes: document.bytes,
        charset: document.charset,
        settings: JSON.stringify(document.settings),
        partner: document.partner ?? '',
        sha256: createHash('sha256').update(document.bytes).digest('hex'),
        created_by: document.createdBy,
      })
      .execute()
    await trx
      .insertInto('revision_locale')
      .values(
        document.targetLocales.map((locale, position) => ({ revision_id: revisionId, locale, position })),
      )
      .execute()
    await openStages(trx, [
      { revisionId, locale: '', stage: 'segment' },
      ...document.targetLocales.flatMap((locale) => [
        { revisionId, locale, stage: 'translate' as const },
        { revisionId, locale, stage: 'export' as const },
      ]),
    ])
  })
  return { documentId, revisionId }
}

/** @throws DomainError `not-found` */
export async function loadRevision(db: Database, revisionId: string): Promise<Revision> {
  const row = await revisions(db).where('revision.id', '=', revisionId).executeTakeFirst()
  return toRevision(row)
}

/** The newest revision of a document. @throws DomainError `not-found` */
export async function loadCurrentRevision(db: Database, documentId: string): Promise<Revision> {
  const row = await revisions(db)
    .where('document.id', '=', documentId)
    .orderBy('revision.number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return toRevision(row)
}

export async function loadSourceBytes(db: Database, revisionId: string): Promise<Uint8Array> {
  const row = await db
    .selectFrom('revision')
    .select('bytes')
    .where('id', '=', revisionId)
    .executeTakeFirstOrThrow()
  return row.bytes
}

/** A revision's source, read as it was when it was segmented. */
export function readRevision(revision: Revision, bytes: Uint8Array): ReadDocument {
  return readDocument(bytes, {
    format: revision.format,
    file: revision.name,
    settings: revision.settings,
    sourceLocale: revision.sourceLocale,
    ...(revision.charset === null ? {} : { charset: revision.charset }),
  })
}

/** One plain sentence that people see beside the locale; null takes it away. */
export async function setNotice(
  db: Database,
  revisionId: string,
  locale: string,
  notice: string | null,
): Promise<void> {
  await db
    .updateTable('revision_locale')
    .set({ notice })
    .where('revision_id', '=', revisionId)
    .where('locale', '=', locale)
    .execute()
}

function revisions(db: Database) {
  return db
    .selectFrom('revision')
    .innerJoin('document', 'document.id', 'revision.document_id')
    .select([
      'revision.id',
      'document.id as document_id',
      'document.name',
      'document.format',
      'revision.charset',
      'revision.settings',
      'document.source_locale',
      'revision.segmentation_version',
      'revision.partner',
      'document.domain',
      'document.check_settings',
      sql<
        string[]
      >`(select array_agg(l.locale order by l.position) from revision_locale l where l.revision_id = revision.id)`.as(
        'target_locales',
      ),
    ])
}

type RevisionRow = Awaited<ReturnType<ReturnType<typeof revisions>['executeTakeFirst']>>

function toRevision(row: RevisionRow): Revision {
  if (row === undefined) throw new DomainError('not-found', 'no such document')
  return {
    id: row.id,
    documentId: row.document_id,
    name: row.name,
    format: parseFormat(row.format),
    charset: row.charset,
    settings: row.settings,
    sourceLocale: row.source_locale,
    targetLocales: row.target_locales,
    segmentationVersion: row.segmentation_version,
    partner: row.partner,
    domain: row.domain,
    checkSettings: row.check_settings,
  }
}
