import { sql } from 'kysely'
import { type LocaleState, localeStateOf } from '../domain/progress.ts'
import type { Database } from './database.ts'
import type { LocaleFact } from './locale-facts.ts'

export type LocaleSummary = {
  readonly locale: string
  readonly state: LocaleState
  readonly segments: number
  readonly translated: number
  readonly approved: number
  readonly blocked: number
  /** Segments that any finding stands against. */
  readonly findings: number
  /** Segments for which a returned file and the desk have different texts. */
  readonly conflicts: number
  readonly fromMemory: number
  readonly fromMachine: number
  readonly fromPeople: number
  readonly engines: readonly string[]
  readonly billedCharacters: number
  readonly terms: { readonly ok: number; readonly flagged: number }
  readonly notice: string | null
  readonly error: string | null
  readonly bundle: boolean
}

export type DocumentSummary = {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly format: string
  readonly sourceLocale: string
  /** What it is about; empty: not said. */
  readonly domain: string
  readonly createdAt: Date
  /** From 1; the newest. */
  readonly revision: number
  readonly words: number
  readonly segments: number
  readonly error: string | null
  readonly locales: readonly LocaleSummary[]
}

/** What is known of documents by themselves, each at its newest revision. */
export function selectFrames(db: Database) {
  return db
    .selectFrom('document')
    .innerJoin('revision', (join) =>
      join.on(
        sql<boolean>`revision.id = (select r.id from revision r where r.document_id = document.id order by r.number desc limit 1)`,
      ),
    )
    .leftJoin('stage', (join) =>
      join
        .onRef('stage.revision_id', '=', 'revision.id')
        .on('stage.stage', '=', 'segment')
        .on('stage.locale', '=', ''),
    )
    .select([
      'document.id',
      'document.name',
      'document.format',
      'document.source_locale',
      'document.domain',
      'document.created_at',
      'document.priority',
      'document.deadline',
      'document.embargo_until',
      'document.retracted_at',
      // JavaScript dates lose the microseconds that keep the order exact.
      sql<string>`(extract(epoch from document.created_at) * -1000000)::bigint`.as('age_us'),
      'revision.id as revision_id',
      'revision.number as revision',
      'revision.title',
      'revision.words',
      'revision.segments',
      'stage.status as segment_status',
      'stage.error as segment_error',
    ])
}

export type Frame = Awaited<ReturnType<ReturnType<typeof selectFrames>['execute']>>[number]

/** @param facts of any documents; those of the frame's revision are taken */
export function summarise(frame: Frame, facts: readonly LocaleFact[]): DocumentSummary {
  return {
    id: frame.id,
    name: frame.name,
    title: frame.title === '' ? frame.name : frame.title,
    format: frame.format,
    sourceLocale: frame.source_locale,
    domain: frame.domain,
    createdAt: frame.created_at,
    revision: frame.revision,
    words: frame.words,
    segments: frame.segments,
    error: frame.segment_status === 'failed' ? frame.segment_error : null,
    locales: facts
      .filter((fact) => fact.revision_id === frame.revision_id)
      .map((fact) => summariseLocale(frame, fact)),
  }
}

function summariseLocale(frame: Frame, fact: LocaleFact): LocaleSummary {
  return {
    locale: fact.locale,
    state: localeStateOf({
      segmentStage: frame.segment_status ?? 'pending',
      translateStage: fact.translate_status,
      segments: frame.segments,
      translated: fact.translated,
      approved: fact.approved,
    }),
    segments: frame.segments,
    translated: fact.translated,
    approved: fact.approved,
    blocked: fact.blocked,
    findings: fact.findings,
    conflicts: fact.conflicts,
    fromMemory: fact.from_memory,
    fromMachine: fact.from_machine,
    fromPeople: fact.translated - fact.from_memory - fact.from_machine,
    engines: fact.engines,
    billedCharacters: fact.billed,
    terms: { ok: fact.terms_ok, flagged: fact.terms_flagged },
    notice: fact.notice,
    error: fact.error,
    bundle: fact.bundle,
  }
}
