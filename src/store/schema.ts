import type { Generated, GeneratedAlways, JSONColumnType } from 'kysely'
import type { Priority } from '../domain/assignment.ts'
import type { Block } from '../domain/block.ts'
import type { Cue, InlineCode } from '../domain/document.ts'
import type { Finding } from '../domain/finding.ts'
import type { PublicationKind, Retraction } from '../domain/publication.ts'
import type { TargetOrigin, TargetState } from '../domain/target.ts'
import type { Verdict } from '../domain/term.ts'
import type { TermSettings } from '../domain/term-settings.ts'
import type { FormatSettings } from '../formats/adapter.ts'
import type { BoardTables } from './board-tables.ts'
import type { CommentTables } from './comment-tables.ts'
import type { CutTables } from './cut-tables.ts'
import type { MemoryTables } from './memory-tables.ts'
import type { PeopleTables } from './people-tables.ts'
import type { PublishingTables } from './publishing-tables.ts'
import type { TermTables } from './term-tables.ts'

/** Row types of `migrations/*.sql`, for Kysely. Domain types are made from them in the repositories. */
export type Schema = BoardTables &
  PeopleTables &
  CommentTables &
  CutTables &
  TermTables &
  MemoryTables &
  PublishingTables & {
    document: {
      id: string
      name: string
      format: string
      source_locale: string
      created_by: string
      created_at: Generated<Date>
      check_settings: JSONColumnType<TermSettings, string | undefined, string>
      embargo_until: Date | null
      licence: string | null
      retracted_at: Date | null
      retraction: JSONColumnType<Retraction | null, string | null | undefined, string | null>
      domain: Generated<string>
      priority: Generated<Priority>
      deadline: Date | null
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
      created_by: Generated<string>
    }
    revision_locale: {
      revision_id: string
      locale: string
      position: number
      notice: string | null
      glossary_version: Generated<string>
      /** When an engine that left it unfinished is asked again. */
      retry_at: Date | null
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
      cue: JSONColumnType<Cue | null, string | null | undefined>
      words: number | null
    }
    segment_lineage: {
      segment_id: string
      old_segment_id: string
      position: number
      fate: 'unchanged' | 'moved' | 'edited' | 'split' | 'merged'
      score: number
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
      copied: Generated<boolean>
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
      /** 1 breaking, 2 high, 3 normal. */
      urgency: Generated<number>
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
      input_tokens: Generated<string>
      output_tokens: Generated<string>
      cost: string | null
      at: Generated<Date>
    }
    engine_reservation: { id: string; engine: string; locale: string; amount: string; until: Date }
    xliff_export: {
      id: string
      revision_id: string
      locale: string
      xliff_version: string
      profile: Generated<string>
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
    release_file: { sha256: string; document_id: string; bytes: Uint8Array; created_at: Generated<Date> }
    publication: {
      id: string
      seq: GeneratedAlways<string>
      number: string | null
      kind: PublicationKind
      document_id: string
      revision_id: string
      locale: Generated<string>
      sha256: Generated<string>
      fingerprint: Generated<string>
      manifest: JSONColumnType<Record<string, unknown>, string | undefined>
      blocks: JSONColumnType<Block[] | null, string | null | undefined>
      created_at: Generated<Date>
      published_at: Date | null
    }
    publication_counter: { one: Generated<boolean>; value: string }
    operation: {
      id: GeneratedAlways<string>
      kind: 'backup' | 'restore' | 'retain'
      at: Generated<Date>
      detail: JSONColumnType<Readonly<Record<string, unknown>>>
    }
    delivery: {
      webhook_id: string
      publication_id: string
      document_id: string
      number: string
      status: Generated<'pending' | 'delivered' | 'failed'>
      attempts: Generated<number>
      next_at: Generated<Date>
      claim: string | null
      claimed_until: Date | null
      delivered_at: Date | null
    }
    delivery_attempt: {
      id: GeneratedAlways<string>
      webhook_id: string
      publication_id: string
      at: Generated<Date>
      status: number | null
      ms: number
      error: string | null
    }
  }

export const STAGES = ['segment', 'translate', 'export', 'bundle'] as const
export type StageName = (typeof STAGES)[number]
