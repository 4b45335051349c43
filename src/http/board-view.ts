import type { z } from '@hono/zod-openapi'
import { hasLapsed } from '../domain/assignment.ts'
import { parseFormat } from '../domain/document.ts'
import { directionOf } from '../domain/locale.ts'
import { listHeld, type StoredAssignment } from '../store/assignments.ts'
import type { BoardEntry } from '../store/board.ts'
import type { Database } from '../store/database.ts'
import type { AssignmentView } from './assignment-schemas.ts'
import type { BoardRow } from './board-schemas.ts'

/** Rows of the board with who is on them. */
export async function viewBoard(db: Database, entries: readonly BoardEntry[]): Promise<readonly BoardRow[]> {
  const held = Map.groupBy(
    await listHeld(
      db,
      entries.map(({ documentId }) => documentId),
    ),
    ({ documentId }) => documentId,
  )
  const now = Date.now()
  return entries.map((entry) => viewEntry(entry, held.get(entry.documentId) ?? [], now))
}

function viewEntry({ summary, seq }: BoardEntry, held: readonly StoredAssignment[], now: number): BoardRow {
  return {
    ...summary,
    change: seq,
    format: parseFormat(summary.format),
    locales: summary.locales.map((locale) => ({
      ...locale,
      direction: directionOf(locale.locale),
      engines: [...locale.engines],
      wanted: [...locale.wanted],
      people: held.filter((one) => one.locale === locale.locale).map((one) => viewAssignment(one, now)),
    })),
  }
}

/** @param now milliseconds since 1970 */
export function viewAssignment(held: StoredAssignment, now: number): z.infer<typeof AssignmentView> {
  const { id, locale, role, person, by, note, ended } = held
  return {
    ...{ id, locale, role, person, by, note },
    leaseUntil: held.leaseUntil.toISOString(),
    lapsed: hasLapsed(held, now),
    createdAt: held.createdAt.toISOString(),
    ended: ended === null ? null : { ...ended, at: ended.at.toISOString() },
  }
}
