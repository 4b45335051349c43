import { type RawBuilder, sql } from 'kysely'
import type { AssignmentRole, Priority } from '../domain/assignment.ts'
import { urgencyOf } from '../domain/assignment.ts'
import { DomainError } from '../domain/errors.ts'
import type { LocaleState } from '../domain/progress.ts'
import { type BoardSummary, foldSearch } from './board-rows.ts'
import type { Database } from './database.ts'

/** What is asked for; all of it must be true, and all that is about languages in one and the same language. */
export type BoardFilter = {
  readonly states?: readonly LocaleState[] | undefined
  readonly locales?: readonly string[] | undefined
  /** Public name of who holds it. */
  readonly person?: string | undefined
  /** Nobody holds it. */
  readonly unassigned?: boolean | undefined
  /** Hands are wanted for one of these. */
  readonly wanted?: readonly AssignmentRole[] | undefined
  readonly findings?: boolean | undefined
  /** Milliseconds since 1970: due before. */
  readonly dueBefore?: number | undefined
  readonly priorities?: readonly Priority[] | undefined
  /** Part of the title or of the file's name. */
  readonly text?: string | undefined
  /** Something is left to do, or nothing is. */
  readonly done?: boolean | undefined
  /** undefined: any. */
  readonly documentIds?: readonly string[] | undefined
}

/** `urgent`: what is open first, by priority, then by deadline, then the newest. */
export const BOARD_SORTS = ['urgent', 'newest'] as const
export type BoardSort = (typeof BOARD_SORTS)[number]

export type BoardWish = {
  readonly filter: BoardFilter
  readonly sort: BoardSort
  /** The `next` of the page before. */
  readonly cursor?: string | undefined
  readonly limit: number
}

export type BoardEntry = {
  readonly documentId: string
  readonly seq: string
  readonly summary: BoardSummary
}

/** @throws DomainError `invalid-input` for a cursor of another list */
export async function listBoard(
  db: Database,
  wish: BoardWish,
): Promise<{ readonly rows: readonly BoardEntry[]; readonly next: string | null }> {
  const rows = await boardQuery(db, wish).execute()
  const page = rows.slice(0, wish.limit)
  const last = page.at(-1)
  const next = rows.length > wish.limit && last !== undefined ? cursorOf(wish.sort, last) : null
  return { rows: page.map(toEntry), next }
}

/** The query behind `listBoard`; one row more than asked for. */
export function boardQuery(db: Database, { filter, sort, cursor, limit }: BoardWish) {
  let query = db
    .selectFrom('board')
    .select(['document_id', 'seq', 'summary', 'done', 'urgency', 'due_ms', 'age_us'])
    .limit(limit + 1)
  query =
    sort === 'newest'
      ? query.orderBy('age_us').orderBy('document_id')
      : query.orderBy('done').orderBy('urgency').orderBy('due_ms').orderBy('age_us').orderBy('document_id')
  if (cursor !== undefined) query = query.where(afterCursor(sort, cursor))
  for (const condition of conditionsOf(filter)) query = query.where(condition)
  return query
}

/** What has changed after a change number, in order. @param limit at most so many */
export async function listChanges(
  db: Database,
  after: string,
  limit: number,
): Promise<readonly BoardEntry[]> {
  const rows = await db
    .selectFrom('board')
    .select(['document_id', 'seq', 'summary'])
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map(toEntry)
}

/** The number of the last change; `0` for none. */
export async function lastChange(db: Database): Promise<string> {
  const row = await db.selectFrom('board').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst()
  return row?.seq ?? '0'
}

/** One document as it stands on the board; undefined for one that is not there. */
export async function loadBoardEntry(db: Database, documentId: string): Promise<BoardEntry | undefined> {
  const row = await db
    .selectFrom('board')
    .select(['document_id', 'seq', 'summary'])
    .where('document_id', '=', documentId)
    .executeTakeFirst()
  return row === undefined ? undefined : toEntry(row)
}

function toEntry(row: { document_id: string; seq: string; summary: BoardSummary }): BoardEntry {
  return { documentId: row.document_id, seq: row.seq, summary: row.summary }
}

function conditionsOf(filter: BoardFilter): readonly RawBuilder<boolean>[] {
  const conditions: RawBuilder<boolean>[] = []
  const { priorities, text, done, documentIds, dueBefore, person } = filter
  if (priorities !== undefined) {
    conditions.push(sql`board.urgency = any(${sql.val(priorities.map(urgencyOf))}::smallint[])`)
  }
  if (done !== undefined) conditions.push(sql`board.done = ${done ? 1 : 0}`)
  if (documentIds !== undefined) {
    conditions.push(sql`board.document_id = any(${sql.val([...documentIds])}::uuid[])`)
  }
  if (text !== undefined && text.trim() !== '') {
    conditions.push(sql`board.search like ${likePattern(text)}`)
  }
  if (dueBefore !== undefined) conditions.push(sql`board.done = 0 and board.due_ms < ${dueBefore}`)
  const cells = cellPatterns(filter)
  if (cells.length > 0) {
    // The index answers; with a time or a person in question, the cells that it found are looked through.
    const any = cells.map((cell) => sql`board.cells @> ${JSON.stringify([cell])}::jsonb`)
    conditions.push(sql`(${sql.join(any, sql` or `)})`)
  }
  const inCell = cells.map((cell) => sql`cell @> ${JSON.stringify(cell)}::jsonb`)
  const fits = inCell.length === 0 ? sql`true` : sql`(${sql.join(inCell, sql` or `)})`
  if (dueBefore !== undefined && cells.length > 0) {
    conditions.push(sql`exists (select 1 from jsonb_array_elements(board.cells) cell
      where ${fits} and (cell ->> 'd')::bigint < ${dueBefore})`)
  }
  if (person !== undefined) {
    const late = dueBefore === undefined ? sql`` : sql`and (cell ->> 'd')::bigint < ${dueBefore}`
    conditions.push(sql`board.document_id in (select a.document_id from assignment a
      where a.held_by = ${person} and a.ended_at is null)`)
    conditions.push(sql`exists (select 1 from assignment a, jsonb_array_elements(board.cells) cell
      where a.document_id = board.document_id and a.held_by = ${person} and a.ended_at is null
        and cell ->> 'l' = a.locale and ${fits} ${late})`)
  }
  return conditions
}

/** Every combination of what a language may be, as objects that its cell must contain. */
function cellPatterns(filter: BoardFilter): readonly Readonly<Record<string, unknown>>[] {
  const choices: (readonly Readonly<Record<string, unknown>>[])[] = []
  if (filter.locales !== undefined) choices.push(filter.locales.map((l) => ({ l })))
  if (filter.states !== undefined) choices.push(filter.states.map((s) => ({ s })))
  if (filter.unassigned === true) choices.push([{ u: true }])
  if (filter.findings === true) choices.push([{ f: true }])
  if (filter.wanted !== undefined) {
    choices.push(filter.wanted.map((role) => (role === 'translator' ? { t: true } : { e: true })))
  }
  if (choices.length === 0) return []
  return choices.reduce((all, choice) =>
    all.flatMap((pattern) => choice.map((more) => ({ ...pattern, ...more }))),
  )
}

function likePattern(text: string): string {
  return `%${foldSearch(text.trim()).replace(/[\\%_]/g, '\\$&')}%`
}

type CursorRow = {
  done: number
  urgency: number
  due_ms: string
  age_us: string
  document_id: string
}

function cursorOf(sort: BoardSort, row: CursorRow): string {
  const place = [row.age_us, row.document_id]
  return (sort === 'newest' ? place : [row.done, row.urgency, row.due_ms, ...place]).join('_')
}

const NEWEST_CURSOR = /^(-?\d{1,19})_([0-9a-f-]{36})$/
const URGENT_CURSOR = /^([01])_([123])_(-?\d{1,16})_(-?\d{1,19})_([0-9a-f-]{36})$/

function afterCursor(sort: BoardSort, cursor: string): RawBuilder<boolean> {
  const match = (sort === 'newest' ? NEWEST_CURSOR : URGENT_CURSOR).exec(cursor)
  if (match === null) {
    throw new DomainError('invalid-input', 'the cursor is not one that this list gave out')
  }
  const [, ...place] = match
  if (sort === 'newest') {
    return sql`(board.age_us, board.document_id) > (${place[0]}::bigint, ${place[1]}::uuid)`
  }
  return sql`(board.done, board.urgency, board.due_ms, board.age_us, board.document_id)
    > (${place[0]}::smallint, ${place[1]}::smallint, ${place[2]}::bigint, ${place[3]}::bigint, ${place[4]}::uuid)`
}
