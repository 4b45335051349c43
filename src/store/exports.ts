import { createHash, randomUUID } from 'node:crypto'
import { DomainError } from '../domain/errors.ts'
import { writeOmegatProject, writeOmegatSource } from '../exchange/omegat-project.ts'
import type { ExchangeFile, ExchangeSegment, XliffVersion } from '../exchange/xliff-model.ts'
import { PROFILE_TRAITS, type XliffProfile } from '../exchange/xliff-profile.ts'
import { writeXliff } from '../exchange/xliff-write.ts'
import { loadCommentNotes } from './comments-exchange.ts'
import type { Database } from './database.ts'
import type { Revision } from './documents.ts'
import { isWaiverNote, toExchangeSegments } from './exchange-segments.ts'
import { loadMatches, loadMemoryPairs } from './export-matches.ts'
import { loadSegments, type SegmentWithTarget } from './segments.ts'
import type { TermBase } from './term-base.ts'

export type XliffExport = {
  readonly id: string
  readonly content: string
  /** Strong: the same for the same content. */
  readonly etag: string
}

/**
 * The XLIFF of one locale as it stands now. It is kept, with the version of every target in it: that is the
 * base against which the returned file is merged. Asking again while nothing has changed gives the same file.
 *
 * @param profile for which tools
 */
export async function exportXliff(
  db: Database,
  revision: Revision,
  locale: string,
  version: XliffVersion,
  termBase: TermBase,
  profile: XliffProfile = 'default',
): Promise<XliffExport> {
  const entries = await loadSegments(db, revision.id, locale)
  const matches = PROFILE_TRAITS[profile].matches
    ? await loadMatches(db, revision, locale, entries)
    : new Map<string, ExchangeSegment['matches'] & object>()
  const comments = await loadCommentNotes(db, revision.id, locale)
  const segments = withComments(entries, toExchangeSegments(entries, termBase), comments).map(
    (segment, at) => {
      const proposals = matches.get(entries[at]?.segment.rowId ?? '')
      return proposals === undefined ? segment : { ...segment, matches: proposals }
    },
  )
  const write = (file: ExchangeFile): string => writeXliff(file, version, profile)
  const about = { revision, locale, version, termBase, profile, extra: [...matches, ...comments] }
  return (await keepExport(db, about, entries, segments, write)).kept
}

/**
 * A ready OmegaT project in one locale. The XLIFF in it is kept like every other export, so that what comes back of
 * it is merged against what stood when it went out.
 *
 * @returns the ZIP, and a tag that is the same for the same ZIP
 */
export async function exportOmegatProject(
  db: Database,
  revision: Revision,
  locale: string,
  termBase: TermBase,
): Promise<{ readonly bytes: Uint8Array; readonly etag: string }> {
  const entries = await loadSegments(db, revision.id, locale)
  const comments = await loadCommentNotes(db, revision.id, locale)
  const segments = withComments(entries, toExchangeSegments(entries, termBase), comments)
  const about = {
    ...({ revision, locale, version: '1.2', termBase, profile: OMEGAT_PROJECT } as const),
    extra: [...comments],
  }
  const { kept, file } = await keepExport(db, about, entries, segments, writeOmegatSource)
  const bytes = writeOmegatProject({
    file,
    source: kept.content,
    memory: await loadMemoryPairs(db, revision.sourceLocale, locale, revision.id),
    concepts: termBase.glossaries.flatMap(({ concepts }) => concepts),
  })
  return { bytes, etag: etagOf(bytes) }
}

/**
 * The XLIFF of the newest OmegaT project of a document in a locale, whichever revision it went out for.
 * @throws DomainError `not-found` where there was none
 */
export async function loadOmegatSource(db: Database, revisionId: string, locale: string): Promise<string> {
  const row = await db
    .selectFrom('xliff_export')
    .innerJoin('revision', 'revision.id', 'xliff_export.revision_id')
    .innerJoin('revision as now', 'now.document_id', 'revision.document_id')
    .select('xliff_export.content')
    .where('now.id', '=', revisionId)
    .where('xliff_export.locale', '=', locale)
    .where('xliff_export.profile', '=', OMEGAT_PROJECT)
    .orderBy('xliff_export.created_at', 'desc')
    .executeTakeFirst()
  if (row !== undefined) return row.content
  throw new DomainError('not-found', `no OmegaT project of this document went out in ${locale}`)
}

/** What people say about segments goes out with them, as lines of their notes. */
function withComments(
  entries: readonly SegmentWithTarget[],
  segments: readonly ExchangeSegment[],
  comments: ReadonlyMap<string, readonly string[]>,
): readonly ExchangeSegment[] {
  if (comments.size === 0) return segments
  return segments.map((segment, at) => {
    const lines = comments.get(entries[at]?.segment.rowId ?? '')
    return lines === undefined ? segment : { ...segment, notes: [...segment.notes, ...lines] }
  })
}

/** Kept beside the profiles: the XLIFF in a project has no targets, they lie beside it. */
const OMEGAT_PROJECT = 'omegat-project'

type ExportAbout = {
  readonly revision: Revision
  readonly locale: string
  readonly version: XliffVersion
  readonly termBase: TermBase
  readonly profile: XliffProfile | typeof OMEGAT_PROJECT
  /** What else the file depends on. */
  readonly extra: readonly unknown[]
}

async function keepExport(
  db: Database,
  about: ExportAbout,
  entries: readonly SegmentWithTarget[],
  segments: readonly ExchangeSegment[],
  write: (file: ExchangeFile) => string,
): Promise<{ readonly kept: XliffExport; readonly file: ExchangeFile }> {
  const { revision, locale, version, termBase, profile, extra } = about
  const targets = Object.fromEntries(entries.map(({ segment, target }) => [segment.id, target?.version ?? 0]))
  // An exception changes no target, but what is said of it.
  const waived = segments.flatMap(({ segment, notes }) =>
    notes.filter(isWaiverNote).map((note) => [segment.id, note]),
  )
  const parts = [targets, termBase.version, ...extra, ...waived]
  const fingerprint = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  const key = { revisionId: revision.id, locale, version, profile, fingerprint }
  const file = (exportId: string): ExchangeFile => ({
    documentId: revision.documentId,
    exportId,
    original: revision.name,
    format: revision.format,
    sourceLocale: revision.sourceLocale,
    targetLocale: locale,
    segmentationVersion: revision.segmentationVersion,
    glossaryVersion: termBase.version,
    segments,
  })
  const known = await findExport(db, key)
  if (known !== undefined) return { kept: known, file: file(known.id) }
  const id = randomUUID()
  const content = write(file(id))
  await db
    .insertInto('xliff_export')
    .values({
      id,
      revision_id: revision.id,
      locale,
      xliff_version: version,
      profile,
      targets: JSON.stringify(targets),
      fingerprint,
      content,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  // Of two that render at once, both hand out the one that was kept.
  const stored = (await findExport(db, key)) ?? { id, content, etag: etagOf(content) }
  return { kept: stored, file: file(stored.id) }
}

/** What an export contained: segment name → text, for the merge. Undefined for an export that is not of this document and locale. */
export async function loadExportedTexts(
  db: Database,
  exportId: string,
  revisionId: string,
  locale: string,
): Promise<ReadonlyMap<string, string> | undefined> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(exportId)) return undefined
  const row = await db
    .selectFrom('xliff_export')
    .select('targets')
    .where('id', '=', exportId)
    .where('revision_id', '=', revisionId)
    .where('locale', '=', locale)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const lines = await db
    .selectFrom('target_history')
    .innerJoin('segment', 'segment.id', 'target_history.segment_id')
    .select(['segment.name', 'target_history.version', 'target_history.text'])
    .where('segment.revision_id', '=', revisionId)
    .where('target_history.locale', '=', locale)
    .execute()
  return new Map(
    lines.filter((line) => row.targets[line.name] === line.version).map((line) => [line.name, line.text]),
  )
}

type ExportKey = {
  readonly revisionId: string
  readonly locale: string
  readonly version: XliffVersion
  readonly profile: string
  readonly fingerprint: string
}

async function findExport(db: Database, key: ExportKey): Promise<XliffExport | undefined> {
  const row = await db
    .selectFrom('xliff_export')
    .select(['id', 'content'])
    .where('revision_id', '=', key.revisionId)
    .where('locale', '=', key.locale)
    .where('xliff_version', '=', key.version)
    .where('profile', '=', key.profile)
    .where('fingerprint', '=', key.fingerprint)
    .executeTakeFirst()
  return row === undefined ? undefined : { ...row, etag: etagOf(row.content) }
}

function etagOf(content: string | Uint8Array): string {
  return `"${createHash('sha256').update(content).digest('base64url').slice(0, 32)}"`
}
