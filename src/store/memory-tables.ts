import type { Generated, GeneratedAlways, JSONColumnType } from 'kysely'
import type { InlineCode } from '../domain/document.ts'

/** Row types of memories (`migrations/0007-memory.sql`) and of what cleaning takes out of them, for Kysely. */
export type MemoryTables = {
  memory: {
    id: GeneratedAlways<number>
    name: string
    priority: Generated<number>
    penalty: Generated<number>
    domain: Generated<string>
    active: Generated<boolean>
    created_at: Generated<Date>
  }
  memory_pair: {
    id: GeneratedAlways<number>
    source_locale: string
    target_locale: string
    source_key: string
    target_key: string
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
    memory_id: number
    pair_id: number
    codes: JSONColumnType<InlineCode[] | null, string | null | undefined>
    variant: Generated<Uint8Array>
    previous: Uint8Array | null
    next: Uint8Array | null
    unit_kind: Generated<string>
    document: Generated<string>
    domain: Generated<string>
    reviewed: Generated<boolean>
    changed_at: Generated<Date>
  }
  memory_posting: { pair_id: number; key: number; run: number; units: Uint8Array }
  memory_run: { run: GeneratedAlways<number>; units: number }
  memory_fresh: { pair_id: number; key: number; unit_id: string }
  memory_indexed: { one: Generated<boolean>; up_to: string }
  memory_import: {
    memory_id: number
    file: string
    pairs: Generated<number>
    done: Generated<boolean>
    updated_at: Generated<Date>
  }
  memory_removal: { id: string; by_name: string; at: Date }
  /** A `memory_unit` that is gone; read and written by column names that both have. */
  memory_removed: { removal_id: string; indexed: boolean; id: string; by_name: string; target_locale: string }
}
