import { signal } from '@preact/signals'
import type { DocumentSummary } from '../../http/schemas.ts'
import { listDocuments } from '../api.ts'
import type { Failure } from '../request.ts'

export type DocumentList = {
  /** Newest first. null: not loaded yet. */
  readonly documents: readonly DocumentSummary[] | null
  readonly nextCursor: string | null
  readonly loading: boolean
  readonly failure: Failure | null
}

export const list = signal<DocumentList>({ documents: null, nextCursor: null, loading: false, failure: null })

/** Loads the first page, or brings it up to date without dropping the pages that were loaded after it. */
export async function refresh(): Promise<void> {
  if (list.peek().documents === null) list.value = { ...list.value, loading: true, failure: null }
  const answer = await listDocuments(null)
  const before = list.peek()
  if (answer.kind !== 'ok') {
    // What is on the page stays useful while the line is down.
    list.value = { ...before, loading: false, failure: before.documents === null ? answer : before.failure }
    return
  }
  const { documents, nextCursor } = answer.value
  const known = before.documents
  list.value = {
    documents: known === null ? documents : mergePage(known, documents),
    nextCursor: known === null || known.length <= documents.length ? nextCursor : before.nextCursor,
    loading: false,
    failure: null,
  }
}

/** Loads the page after the last one. */
export async function loadMore(): Promise<void> {
  const { nextCursor, documents } = list.peek()
  if (nextCursor === null || documents === null || list.peek().loading) return
  list.value = { ...list.peek(), loading: true, failure: null }
  const answer = await listDocuments(nextCursor)
  const before = list.peek()
  list.value =
    answer.kind === 'ok'
      ? {
          documents: appendPage(before.documents ?? [], answer.value.documents),
          nextCursor: answer.value.nextCursor,
          loading: false,
          failure: null,
        }
      : { ...before, loading: false, failure: answer }
}

/** Puts news about one document into the list; a document that is not there yet goes on top. */
export function receive(document: DocumentSummary): void {
  const before = list.peek()
  list.value = { ...before, documents: replaceOrPrepend(before.documents ?? [], document) }
}

/** A fresh first page over what is known: its order wins, older pages stay below. */
export function mergePage(
  known: readonly DocumentSummary[],
  page: readonly DocumentSummary[],
): readonly DocumentSummary[] {
  const fresh = new Set(page.map((document) => document.id))
  return [...page, ...known.filter((document) => !fresh.has(document.id))]
}

/** An older page under what is known, without repeats. */
export function appendPage(
  known: readonly DocumentSummary[],
  page: readonly DocumentSummary[],
): readonly DocumentSummary[] {
  const there = new Set(known.map((document) => document.id))
  return [...known, ...page.filter((document) => !there.has(document.id))]
}

/** News about one document, in its place; a document that is not there yet goes on top. */
export function replaceOrPrepend(
  known: readonly DocumentSummary[],
  document: DocumentSummary,
): readonly DocumentSummary[] {
  return known.some(({ id }) => id === document.id)
    ? known.map((other) => (other.id === document.id ? document : other))
    : [document, ...known]
}

/** True while the machine works on a document, so that news come by the second. */
export function isMoving(document: DocumentSummary): boolean {
  return (
    document.error === null &&
    document.locales.some(
      ({ state, bundle }) =>
        state === 'queued' || state === 'translating' || (state === 'approved' && !bundle),
    )
  )
}
