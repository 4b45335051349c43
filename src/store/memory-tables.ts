/** Row types of what cleaning takes out of memories, for Kysely. */
export type MemoryTables = {
  memory_removal: { id: string; by_name: string; at: Date }
  /** A `memory_unit` that is gone; read and written by column names that both have. */
  memory_removed: { removal_id: string; indexed: boolean; id: string; by_name: string; target_locale: string }
}
