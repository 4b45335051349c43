import type { Generated, GeneratedAlways, JSONColumnType } from 'kysely'
import type { InlineCode } from '../domain/document.ts'
import type { Finding } from '../domain/finding.ts'
import type { TargetOrigin, TargetState } from '../domain/target.ts'
import type { Concept, Verdict } from '../domain/term.ts'
import type { FormatSettings } from '../formats/adapter.ts'

/** Row types of `migrations/*.sql`, for Kysely. Domain types are made from them in the repositories. */
export type Schema = {
  document: {
    id: string
    name: string
    format: string
    source_locale: string
    created_by: string
    created_at: Generated<Date>
  }
  revision: {
    id: string
    document_id: string
    number: number
    bytes: Uint8Array
    charset: string | null
    settings: JSONColumnType<FormatSettings>
    sha256: string
    segmentation_version: Generated<string>
    partner: Generated<string>
    title: Generated<string>
    words: Generated<number>
    segments: Generated<number>
    created_at: Generated<Date>
  }
  revision_locale: {
    revision_id: string
    locale: string
    position: number
    notice: string | null
    glossary_version: Generated<string>
  }
  segment: {
    id: GeneratedAlways<string>
    revision_id: string
    position: number
    name: string
    unit_id: string
    unit_kind: string
    start_offset: number
    end_offset: number
    text: string
    codes: JSONColumnType<InlineCode[]>
    hash: Uint8Array
  }
  target: {
    segment_id: string
    locale: string
    text: string
    state: TargetState
    origin: TargetOrigin
    by_name: string
    version: number
    pretend: Generated<boolean>
    verdicts: JSONColumnType<Verdict[]>
    findings: JSONColumnType<Finding[]>
    blocked: Generated<boolean>
    terms_ok: Generated<number>
    terms_flagged: Generated<number>
    updated_at: Generated<Date>
  }
  target_history: {
    id: GeneratedAlways<string>
    segment_id: string
    locale: string
    version: number
    text: string
    state: TargetState
    origin: TargetOrigin
    by_name: string
    action: string
    note: Generated<string>
    at: Generated<Date>
  }
  waiver: {
    segment_id: string
    locale: string
    concept_id: string
    reason: string
    by_name: string
    at: Generated<Date>
  }
  stage: {
    revision_id: string
    locale: string
    stage: StageName
    status: Generated<'pending' | 'claimed' | 'done' | 'failed'>
    claim: string | null
    claimed_until: Date | null
    attempts: Generated<number>
    error: string | null
    updated_at: Generated<Date>
  }
  glossary: {
    name: string
    version: string
    concepts: JSONColumnType<Concept[]>
    active: Generated<boolean>
    imported_at: Generated<Date>
  }
  machine_translation: {
    key: string
    engine: string
    settings: string
    source_locale: string
    target_locale: string
    source: string
    target: string
    billed_characters: number
    unknown_words: string[]
    received_at: Generated<Date>
  }
  engine_charge: {
    id: GeneratedAlways<string>
    revision_id: string | null
    locale: string
    engine: string
    characters: number
    at: Generated<Date>
  }
  memory_unit: {
    id: GeneratedAlways<string>
    source_locale: string
    target_locale: string
    hash: Uint8Array
    source: string
    target: string
    by_name: string
    segment_id: string | null
    created_at: Generated<Date>
  }
  xliff_export: {
    id: string
    revision_id: string
    locale: string
    xliff_version: string
    targets: JSONColumnType<Record<string, number>>
    fingerprint: string
    content: string
    created_at: Generated<Date>
  }
  xliff_return: {
    id: string
    revision_id: string
    locale: string
    by_name: string
    content: string
    report: JSONColumnType<Record<string, unknown>>
    at: Generated<Date>
  }
  merge_conflict: {
    id: string
    segment_id: string
    locale: string
    return_id: string
    base: string | null
    theirs: string
    theirs_hash: Uint8Array
    theirs_by: string
    at: Generated<Date>
    resolution: 'current' | 'theirs' | 'combined' | null
    resolved_by: string | null
    resolved_at: Date | null
  }
  bundle: {
    sha256: string
    revision_id: string
    locale: string
    bytes: Uint8Array
    manifest: JSONColumnType<Record<string, unknown>>
    created_at: Generated<Date>
  }
  access_token: {
    id: string
    hash: Uint8Array
    kind: 'access' | 'sign-in' | 'session'
    name: string
    role: string
    locales: string[]
    created_at: Generated<Date>
    expires_at: Date | null
    used_at: Date | null
  }
}

export const STAGES = ['segment', 'translate', 'export', 'bundle'] as const
export type StageName = (typeof STAGES)[number]
