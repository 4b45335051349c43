import { signal } from '@preact/signals'
import type { BoardRow } from '../../http/board-schemas.ts'
import type { Failure } from '../request.ts'
import { type BoardQuery, boardParameters, getBoard } from './board-api.ts'

export type DocumentList = {
  /** In the order of the query. null: not loaded yet. */
  readonly documents: readonly BoardRow[] | null
  readonly nextCursor: string | null
  readonly loading: boolean
  readonly failure: Failure | null
  /** The number of the last change that is on the page; null: not loaded yet. */
  readonly change: string | null
}

const NOTHING: DocumentList = {
  documents: null,
  nextCursor: null,
  loading: false,
  failure: null,
  change: null,
}

export const list = signal<DocumentList>(NOTHING)

/** Grows when somebody changes a document from this page. */
export const own = signal(0)

/** What the page asks the board for. */
let wish: () => URLSearchParams = () => new URLSearchParams()
let asked = 0

/** Shows another part of the board; what was there stays until the answer is. */
export function ask(query: BoardQuery): Promise<void> {
  wish = () => boardParameters(query, Date.now())
  return load(false)
}

/** Brings what is on the page up to date. */
export function refresh(): Promise<void> {
  return load(true)
}

async function load(keepTail: boolean): Promise<void> {
  const turn = ++asked
  list.value = { ...list.peek(), loading: true }
  const answer = await getBoard(wish(), null)
  // Somebody asks for something else by now.
  if (turn !== asked) return
  const before = list.peek()
  if (answer.kind !== 'ok') {
    // What is on the page stays useful while the line is down.
    list.value = { ...before, loading: false, failure: keepTail && before.documents !== null ? null : answer }
    return
  }
  const { documents, nextCursor, change } = answer.value
  const known = keepTail ? (before.documents ?? []) : []
  const longer = known.length > documents.length && nextCursor !== null
  list.value = {
    documents: longer ? mergePage(known, documents) : documents,
    nextCursor: longer ? before.nextCursor : nextCursor,
    loading: false,
    failure: null,
    change,
  }
}

/** Loads the page after the last one. */
export async function loadMore(): Promise<void> {
  const { nextCursor, documents, loading } = list.peek()
  if (nextCursor === null || documents === null || loading) return
  const turn = asked
  list.value = { ...list.peek(), loading: true, failure: null }
  const answer = await getBoard(wish(), nextCursor)
  if (turn !== asked) return
  const before = list.peek()
  list.value =
    answer.kind === 'ok'
      ? {
          ...before,
          documents: appendPage(before.documents ?? [], answer.value.documents),
          nextCursor: answer.value.nextCursor,
          loading: false,
          failure: null,
        }
      : { ...before, loading: false, failure: answer }
}

/** Puts a document as it stands now into its place, where it is on the page. */
export function receive(document: BoardRow): void {
  own.value += 1
  const before = list.peek()
  if (before.documents !== null) {
    list.value = { ...before, documents: replaceKnown(before.documents, [document]) }
  }
}

/**
 * Takes news in.
 * @returns whether something of it is not on the page, and may belong there
 */
export function receiveNews(documents: readonly BoardRow[], change: string): boolean {
  const before = list.peek()
  const known = before.documents ?? []
  const there = new Set(known.map(({ id }) => id))
  list.value = {
    ...before,
    documents: before.documents === null ? null : replaceKnown(known, documents),
    change,
  }
  return documents.some(({ id }) => !there.has(id))
}

type Known = { readonly id: string }

/** A fresh first page over what is known: its order wins, further pages stay below. */
export function mergePage<T extends Known>(known: readonly T[], page: readonly T[]): readonly T[] {
  const fresh = new Set(page.map((document) => document.id))
  return [...page, ...known.filter((document) => !fresh.has(document.id))]
}

/** A further page under what is known, without repeats. */
export function appendPage<T extends Known>(known: readonly T[], page: readonly T[]): readonly T[] {
  const there = new Set(known.map((document) => document.id))
  return [...known, ...page.filter((document) => !there.has(document.id))]
}

/** News in their places; older news than what is known change nothing. */
export function replaceKnown<T extends Known & { readonly change: string }>(
  known: readonly T[],
  news: readonly T[],
): readonly T[] {
  const byId = new Map(news.map((document) => [document.id, document]))
  return known.map((old) => {
    const next = byId.get(old.id)
    return next === undefined || Number(next.change) < Number(old.change) ? old : next
  })
}
