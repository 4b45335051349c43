import type { Generated, GeneratedAlways, JSONColumnType } from 'kysely'
import type { AssignmentEnding, AssignmentRole } from '../domain/assignment.ts'
import type { BoardSummary } from './board-rows.ts'

/** Row types of the desk's board and of assignments (`migrations/0012-assignments.sql`). */
export type BoardTables = {
  assignment: {
    id: string
    document_id: string
    locale: string
    role: AssignmentRole
    held_by: string
    assigned_by: string
    note: Generated<string>
    lease_seconds: number
    lease_until: Date
    lapsed: Generated<boolean>
    created_at: Generated<Date>
    ended_at: Date | null
    ended_by: string | null
    ending: AssignmentEnding | null
    ending_note: Generated<string>
  }
  locale_deadline: { document_id: string; locale: string; deadline: Date }
  board: {
    document_id: string
    revision_id: string
    seq: string
    done: number
    urgency: number
    due_ms: string
    age_us: string
    search: string
    cells: JSONColumnType<unknown[]>
    summary: JSONColumnType<BoardSummary>
  }
  board_dirty: { id: GeneratedAlways<string>; document_id: string; locale: string }
}
