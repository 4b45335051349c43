import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { MatchView } from '../../http/memory-schemas.ts'
import type { DocumentSummary } from '../../http/schemas.ts'
import {
  type ApproveAllReport,
  approveClean,
  approveTarget,
  getDocument,
  listSegments,
  rejectTarget,
  waiveTerm,
} from '../api.ts'
import type { Answer, Failure } from '../request.ts'
import type { DraftBox } from './drafts.ts'
import { countByFilter, createRow, type Filter, isApproved, passes, type Row } from './rows.ts'
import { createSaver, type Saver } from './saving.ts'

/** What the text field of the active row can be asked for. */
export type FieldHandle = {
  readonly focus: () => void
  readonly insert: (text: string) => void
  readonly replaceAll: (text: string) => void
  readonly insertCode: () => void
}

export type Editor = ReturnType<typeof createEditor>

/** The state of one editor page: a document in one locale. */
export function createEditor(documentId: string, locale: string, box: DraftBox, onUnkept: () => void) {
  const document = signal<DocumentSummary | null>(null)
  const rows = signal<readonly Row[]>([])
  const shown = signal<readonly Row[]>([])
  const filter = signal<Filter>('all')
  const active: Signal<Row | null> = signal(null)
  const complete = signal(false)
  const failure = signal<Failure | null>(null)
  const field: { current: FieldHandle | null; wanted: boolean } = { current: null, wanted: false }
  /** What memory has for the active row, best first. */
  const matches: { current: readonly MatchView[] } = { current: [] }
  const saver: Saver = createSaver(locale, box, onUnkept)
  let closed = false

  const counts = computed(() => countByFilter(rows.value.map((row) => row.segment.value)))
  const approved = computed(() => counts.value.all - counts.value.open)
  const unsaved: ReadonlySignal<readonly Row[]> = computed(() =>
    rows.value.filter((row) => row.draft.value !== null),
  )

  const load = async () => {
    failure.value = null
    const summary = await getDocument(documentId)
    if (summary.kind !== 'ok') {
      failure.value = summary
      return
    }
    document.value = summary.value
    await loadRows()
  }
  /** Fetches all pages in order. Rows that are there keep their identity and take what is new. */
  const loadRows = async () => {
    complete.value = false
    let cursor: string | null = null
    let index = 0
    do {
      const page: Awaited<ReturnType<typeof listSegments>> = await listSegments(documentId, locale, cursor)
      if (closed) return
      if (page.kind !== 'ok') {
        failure.value = page
        return
      }
      const fresh: Row[] = []
      for (const segment of page.value.segments) {
        const known = rows.peek()[index]
        if (known?.id === segment.id) {
          if (known.draft.peek() === null) known.segment.value = segment
        } else fresh.push(createRow(index, segment, restore(segment.id, segment.target?.text ?? '')))
        index++
      }
      if (fresh.length > 0) {
        rows.value = [...rows.peek(), ...fresh]
        shown.value = [...shown.peek(), ...fresh.filter((row) => passes(filter.peek(), row.segment.peek()))]
      }
      cursor = page.value.nextCursor
    } while (cursor !== null)
    complete.value = true
  }
  const restore = (segmentId: string, saved: string) => {
    const draft = box.read(segmentId)
    if (draft === null || draft.text !== saved) return draft
    box.remove(segmentId)
    return null
  }

  /** Goes to a row; what was typed in the row before is saved in the background. */
  const activate = (row: Row | null, focus = true) => {
    const before = active.peek()
    field.wanted = focus
    if (before === row) {
      if (focus) field.current?.focus()
      return
    }
    if (before !== null && before.save.peek().kind === 'unsaved') void saver.save(before)
    active.value = row
  }
  /** After a dialog: while it is open, nothing outside it can have the focus. */
  const focusSoon = () => void setTimeout(() => field.current?.focus())
  const step = (delta: 1 | -1, wanted: (row: Row) => boolean = () => true) => {
    const list = shown.peek()
    const from = active.peek()
    const start = from === null ? (delta === 1 ? -1 : list.length) : list.indexOf(from)
    for (let at = start + delta; at >= 0 && at < list.length; at += delta) {
      const row = list[at]
      if (row !== undefined && wanted(row)) {
        activate(row)
        return true
      }
    }
    return false
  }

  /** Saves, then approves. @returns true when the segment stands approved */
  const approve = async (row: Row): Promise<boolean> => {
    if (!(await saver.save(row)) || row.draft.peek() !== null) return false
    const { id, target } = row.segment.peek()
    if (target === null) return false
    if (isApproved(row.segment.peek())) return true
    return saver.settle(row, await approveTarget(id, locale, target.version))
  }
  const reject = async (row: Row, reason: { category: string; note: string }): Promise<boolean> => {
    if (!(await saver.save(row))) return false
    const { id, target } = row.segment.peek()
    return target !== null && saver.settle(row, await rejectTarget(id, locale, target.version, reason))
  }
  const waive = async (row: Row, conceptId: string, reason: string): Promise<boolean> => {
    if (!(await saver.save(row))) return false
    return saver.settle(row, await waiveTerm(row.id, locale, { conceptId, reason }))
  }
  /** `unsaved`: nothing was approved, because a text of this page could not be saved before. */
  const approveAll = async (): Promise<Answer<ApproveAllReport> | { readonly kind: 'unsaved' }> => {
    const saved = await Promise.all(unsaved.peek().map(saver.save))
    if (saved.includes(false)) return { kind: 'unsaved' }
    const answer = await approveClean(documentId, locale)
    if (answer.kind === 'ok') await loadRows()
    return answer
  }

  return {
    documentId,
    locale,
    document,
    rows,
    shown,
    filter,
    active,
    complete,
    failure,
    field,
    matches,
    saver,
    counts,
    approved,
    unsaved,
    load,
    loadRows,
    activate,
    focusSoon,
    step,
    approve,
    reject,
    waive,
    approveAll,
    setFilter: (next: Filter) => {
      filter.value = next
      shown.value = rows.peek().filter((row) => passes(next, row.segment.peek()))
    },
    close: () => {
      activate(null, false)
      closed = true
    },
  }
}
