import type { Generated } from 'kysely'
import type { TargetState } from '../domain/target.ts'

/** Row types of what people say and where they are, for Kysely. */
export type CommentTables = {
  comment: {
    id: string
    document_id: string
    segment_id: string
    /** '': about the source. */
    locale: Generated<string>
    thread_id: string | null
    text: string
    by_name: string
    at: Generated<Date>
    edited_at: Date | null
    resolved_at: Date | null
    resolved_by: string | null
    note_hash: Uint8Array | null
  }
  comment_mention: { comment_id: string; position: number; by_name: string }
  presence: {
    tab: string
    document_id: string
    locale: string
    segment_id: string | null
    by_name: string
    since: Generated<Date>
    until: Date
  }
  review_setting: { document_id: string; four_eyes: boolean | null }
  approval_batch: {
    id: string
    revision_id: string
    locale: string
    by_name: string
    at: Generated<Date>
    undone_by: string | null
    undone_at: Date | null
  }
  approval_batch_entry: {
    batch_id: string
    segment_id: string
    version: number
    state_before: TargetState
  }
}
