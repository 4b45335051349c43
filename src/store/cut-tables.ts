import type { Generated, JSONColumnType } from 'kysely'

/** Versions of targets around a cut: of the first and the second part, before it and after it; 0: none. */
export type CutVersions = {
  readonly before: readonly [number, number]
  readonly after: readonly [number, number]
}

/** Row types of cuts that people made, for Kysely. */
export type CutTables = {
  segment_cut: {
    id: string
    revision_id: string
    kind: 'split' | 'merge'
    segment_id: string
    second_id: string | null
    ranges: number[]
    versions: JSONColumnType<Record<string, CutVersions>>
    by_name: string
    at: Generated<Date>
    undone_by: string | null
    undone_at: Date | null
  }
  /** Where the rules had cut a unit that people have cut: start, end, start, end … */
  cut_unit: {
    revision_id: string
    unit_id: string
    ranges: number[]
  }
}
