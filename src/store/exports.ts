import { createHash, randomUUID } from 'node:crypto'
import type { Concept } from '../domain/term.ts'
import type { ExchangeSegment, XliffVersion } from '../exchange/xliff-model.ts'
import { writeXliff } from '../exchange/xliff-write.ts'
import type { Database } from './database.ts'
import type { Revision } from './documents.ts'
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
 */
export async function exportXliff(
  db: Database,
  revision: Revision,
  locale: string,
  version: XliffVersion,
  termBase: TermBase,
): Promise<XliffExport> {
  const segments = await loadSegments(db, revision.id, locale)
  const targets = Object.fromEntries(
    segments.map(({ segment, target }) => [segment.id, target?.version ?? 0]),
  )
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([targets, termBase.version]))
    .digest('hex')
  const kept = await findExport(db, revision.id, locale, version, fingerprint)
  if (kept !== undefined) return kept
  const id = randomUUID()
  const content = writeXliff(
    {
      documentId: revision.documentId,
      exportId: id,
      original: revision.name,
      format: revision.format,
      sourceLocale: revision.sourceLocale,
      targetLocale: locale,
      segmentationVersion: revision.segmentationVersion,
      glossaryVersion: termBase.version,
      segments: segments.map((entry) => toExchangeSegment(entry, termBase)),
    },
    version,
  )
  await db
    .insertInto('xliff_export')
    .values({
      id,
      revision_id: revision.id,
      locale,
      xliff_version: version,
      targets: JSON.stringify(targets),
      fingerprint,
      content,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  // Of two that render at once, both hand out the one that was kept.
  const stored = await findExport(db, revision.id, locale, version, fingerprint)
  return stored ?? { id, content, etag: etagOf(content) }
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

async function findExport(
  db: Database,
  revisionId: string,
  locale: string,
  version: XliffVersion,
  fingerprint: string,
): Promise<XliffExport | undefined> {
  const row = await db
    .selectFrom('xliff_export')
    .select(['id', 'content'])
    .where('revision_id', '=', revisionId)
    .where('locale', '=', locale)
    .where('xliff_version', '=', version)
    .where('fingerprint', '=', fingerprint)
    .executeTakeFirst()
  return row === undefined ? undefined : { ...row, etag: etagOf(row.content) }
}

function toExchangeSegment({ segment, target }: SegmentWithTarget, termBase: TermBase): ExchangeSegment {
  const findings = target?.findings.filter((finding) => finding.severity !== 'info') ?? []
  return {
    segment,
    ...(target === null ? {} : { target }),
    notes: [],
    findings,
    terms: termHints(segment.text, target, termBase),
  }
}

function termHints(
  source: string,
  target: SegmentWithTarget['target'],
  termBase: TermBase,
): ExchangeSegment['terms'] {
  const concepts = new Map<string, Concept>(
    termBase.glossaries.flatMap((glossary) => glossary.concepts.map((concept) => [concept.id, concept])),
  )
  const seen = new Set<string>()
  return (target?.verdicts ?? []).flatMap((verdict) => {
    const expected = verdict.expected[0]
    if (expected === undefined || seen.has(verdict.conceptId)) return []
    seen.add(verdict.conceptId)
    const definition = concepts.get(verdict.conceptId)?.definition
    return [
      {
        source: source.slice(verdict.sourceStart, verdict.sourceEnd),
        target: expected,
        ...(definition === undefined ? {} : { definition }),
      },
    ]
  })
}

function etagOf(content: string): string {
  return `"${createHash('sha256').update(content).digest('base64url').slice(0, 32)}"`
}
