import type { Generated, JSONColumnType } from 'kysely'

/** Rows of what publishing keeps secret, and of what is told to readers of a correction. */
export type PublishingTables = {
  signing_key: {
    id: string
    public_key: string
    /** Sealed; null: retired. */
    private_key: string | null
    created_at: Generated<Date>
    retired_at: Date | null
  }
  webhook: {
    id: string
    url: string
    /** Sealed. */
    secret: string
    /** Sealed; still used until then. */
    old_secret: string | null
    old_secret_until: Date | null
    locales: string[]
    paused: string | null
    created_by: string
    created_at: Generated<Date>
  }
  correction: {
    id: string
    document_id: string
    revision_id: string
    note: string
    notes: JSONColumnType<Record<string, string>, string, string>
    by_name: string
    at: Generated<Date>
  }
}
