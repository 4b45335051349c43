import { createHash } from 'node:crypto'
import { type Block, blockText } from '../domain/block.ts'
import { type Correction, correctionLine } from '../domain/correction.ts'
import { plainText } from '../domain/document.ts'
import { directionOf } from '../domain/locale.ts'
import { endonymOf } from '../domain/publication.ts'
import { countWords } from '../domain/words.ts'
import { articleTitle } from '../formats/block-render.ts'
import type { Database } from './database.ts'
import type { Revision } from './documents.ts'
import type { RevisionWaiver } from './revision-waivers.ts'
import type { SegmentWithTarget } from './segments.ts'
import type { TermBase } from './term-base.ts'

/** Who made a segment's text what it is, beside the row that says what it is. */
export type Approval = { readonly by: string; readonly at: Date }

export type ManifestFacts = {
  readonly revision: Revision
  readonly number: number
  readonly receivedAt: Date
  readonly licence: string | null
  readonly locale: string
  readonly segments: readonly SegmentWithTarget[]
  /** By the segments' row ids. */
  readonly approvals: ReadonlyMap<string, Approval>
  readonly waivers: readonly RevisionWaiver[]
  readonly source: Uint8Array
  /** Hex SHA-256 of the finished document. */
  readonly sha256: string
  readonly blocks: readonly Block[]
  readonly termBase: TermBase
  readonly corrections: readonly Correction[]
  /** Names of memories: what comes from a memory goes under its author's name, or else under the memory's. */
  readonly memories: ReadonlySet<string>
}

/** Everything that can be proved about a finished document in one locale; nothing of it depends on when it is asked. */
export function manifestOf(facts: ManifestFacts): Record<string, unknown> {
  const { revision, locale, segments, approvals, blocks, termBase } = facts
  const sourceSha256 = createHash('sha256').update(facts.source).digest('hex')
  const dates = [...approvals.values()].map(({ at }) => at.getTime())
  return {
    manifest: 1,
    document: revision.documentId,
    name: revision.name,
    format: revision.format,
    locale,
    language: endonymOf(locale),
    direction: directionOf(locale),
    title: articleTitle(blocks, revision.name),
    sourceLocale: revision.sourceLocale,
    source: {
      document: revision.documentId,
      revision: facts.number,
      sha256: sourceSha256,
      receivedAt: facts.receivedAt.toISOString(),
    },
    sourceSha256,
    sha256: facts.sha256,
    approvedAt: dates.length === 0 ? null : new Date(Math.max(...dates)).toISOString(),
    licence: facts.licence,
    corrections: facts.corrections.map((correction) =>
      correctionLine(correction, locale, revision.sourceLocale),
    ),
    credits: creditsOf(segments, approvals, facts.memories),
    words: {
      source: sum(segments, ({ segment }) =>
        countWords(plainText(segment.text, segment.codes), revision.sourceLocale),
      ),
      target: sum(blocks, (block) => countWords(blockText(block), locale)),
    },
    languages: languagesOf(revision),
    glossary: termBase.version,
    glossaries: termBase.glossaries.map(({ name, version }) => ({ name, version })),
    terms: countTerms(segments),
    // Exceptions that held when it was finished: an exception for a term that is right by now is not one.
    waivers: facts.waivers
      .filter((waiver) => isUsed(waiver, segments))
      .map(({ segment, conceptId, reason, by, at }) => {
        return { segment, conceptId, reason, by, at: at.toISOString() }
      }),
    segments: segments.map(({ segment, target }) => ({
      id: segment.id,
      provenance: target === null ? null : provenanceOf(target.origin),
      origin: target?.origin,
      by: target?.by,
      state: target?.state,
      version: target?.version,
      approvedBy: approvals.get(segment.rowId)?.by ?? null,
      approvedAt: approvals.get(segment.rowId)?.at.toISOString() ?? null,
      terms: target?.verdicts.map(({ conceptId, status, reason, waivedBy }) => {
        return { conceptId, status, reason, waivedBy }
      }),
    })),
  }
}

/** When, and by whom, each approved segment was last approved; row ids as keys. */
export async function listApprovals(
  db: Database,
  revisionId: string,
  locale: string,
): Promise<ReadonlyMap<string, Approval>> {
  const rows = await db
    .selectFrom('target_history')
    .innerJoin('segment', 'segment.id', 'target_history.segment_id')
    .distinctOn('target_history.segment_id')
    .select(['target_history.segment_id as id', 'target_history.by_name as by', 'target_history.at'])
    .where('segment.revision_id', '=', revisionId)
    .where('target_history.locale', '=', locale)
    .where('target_history.state', 'in', ['reviewed', 'final'])
    // A new revision takes an approved sentence over; that approves nothing.
    .where('target_history.action', '<>', 'revision')
    .orderBy('target_history.segment_id')
    .orderBy('target_history.version', 'desc')
    .execute()
  return new Map(rows.map(({ id, by, at }) => [id, { by, at }]))
}

function provenanceOf(origin: string): 'human' | 'memory' | 'engine' {
  if (origin === 'mt') return 'engine'
  return origin === 'human' ? 'human' : 'memory'
}

function creditsOf(
  segments: readonly SegmentWithTarget[],
  approvals: ReadonlyMap<string, Approval>,
  knownMemories: ReadonlySet<string>,
) {
  const names = (kind: 'human' | 'memory' | 'engine') =>
    unique(
      segments.flatMap(({ target }) =>
        target !== null && provenanceOf(target.origin) === kind ? [target.by] : [],
      ),
    )
  // A sentence out of a memory was translated by somebody, who is named with the pair where that is known.
  const remembered = names('memory')
  const memories = remembered.filter((name) => knownMemories.has(name))
  const authors = remembered.filter((name) => !knownMemories.has(name))
  const translators = unique([...names('human'), ...authors])
  // Text without letters is copied, by no engine.
  const engines = names('engine').filter((name) => name !== 'copy')
  const approvers = unique([...approvals.values()].map(({ by }) => by))
  const parts = [
    translators.length === 0 ? '' : `Translation: ${translators.join(', ')}.`,
    engines.length === 0 ? '' : `Machine translation: ${engines.join(', ')}.`,
    approvers.length === 0 ? '' : `Approved by ${approvers.join(', ')}.`,
  ]
  const line = parts.filter((part) => part !== '').join(' ')
  return { line, translators, approvers, engines, memories }
}

/** The source and every language of the edition, each under the name it has itself. */
function languagesOf(revision: Revision) {
  return [revision.sourceLocale, ...revision.targetLocales].map((locale) => ({
    locale,
    hreflang: locale,
    name: endonymOf(locale),
    direction: directionOf(locale),
    ...(locale === revision.sourceLocale
      ? { source: true }
      : { href: `/api/documents/${revision.documentId}/bundle/${locale}` }),
  }))
}

function countTerms(segments: readonly SegmentWithTarget[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = { ok: 0, variant: 0, missing: 0, forbidden: 0, waived: 0 }
  for (const { target } of segments) {
    for (const { status } of target?.verdicts ?? []) counts[status] = (counts[status] ?? 0) + 1
  }
  return counts
}

function isUsed({ segment: id, conceptId }: RevisionWaiver, segments: readonly SegmentWithTarget[]): boolean {
  const entry = segments.find(({ segment }) => segment.id === id)
  const verdicts = entry?.target?.verdicts ?? []
  return verdicts.some((verdict) => verdict.conceptId === conceptId && verdict.status === 'waived')
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name) => name !== ''))].sort()
}

function sum<Item>(items: readonly Item[], count: (item: Item) => number): number {
  return items.reduce((total, item) => total + count(item), 0)
}
