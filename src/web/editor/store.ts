import { computed, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import type { MatchView } from '../../http/memory-schemas.ts'
import type { ApproveAllReport } from '../../http/review-schemas.ts'
import type { DocumentSummary } from '../../http/schemas.ts'
import { approveClean, approveTarget, getDocument, listSegments, rejectTarget, waiveTerm } from '../api.ts'
import type { Answer, Failure } from '../request.ts'
import type { DraftBox } from './drafts.ts'
import { type Criteria, isFiltering, meets, NO_CRITERIA } from './filter.ts'
import { countByFilter, createRow, type Filter, isApproved, passes, type Row, textOf } from './rows.ts'
import { createSaver, type Saver } from './saving.ts'
import { createUndoStack } from './undo.ts'

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
  const criteria = signal<Criteria>(NO_CRITERIA)
  /** Public name of whoever looks. */
  const person = signal('')
  /** Ids of segments that somebody commented on. */
  const commented = signal<ReadonlySet<string>>(new Set())
  const active: Signal<Row | null> = signal(null)
  const complete = signal(false)
  const failure = signal<Failure | null>(null)
  const field: { current: FieldHandle | null; wanted: boolean } = { current: null, wanted: false }
  /** What memory has for the active row, best first. */
  const matches: { current: readonly MatchView[] } = { current: [] }
  const saver: Saver = createSaver(locale, box, onUnkept)
  let closed = false

  const isShown = (row: Row): boolean => {
    const segment = row.segment.peek()
    if (!passes(filter.peek(), segment)) return false
    if (!isFiltering(criteria.peek())) return true
    return meets(criteria.peek(), segment, {
      target: untracked(() => textOf(row)),
      commented: commented.peek().has(row.id),
      ...{ person: person.peek(), sourceLocale: document.peek()?.sourceLocale ?? 'en', locale },
    })
  }
  const counts = computed(() => countByFilter(rows.value.map((row) => row.segment.value)))
  const approved = computed(() => counts.value.all - counts.value.open)
  const unsaved = (): readonly Row[] => rows.peek().filter((row) => row.draft.peek() !== null)
  /** Texts that an earlier visit left here. Only those rows are listened to: typing in others wakes nothing. */
  const leftover: ReadonlySignal<readonly Row[]> = computed(() =>
    rows.value.filter((row) => row.restored && row.draft.value !== null),
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
  /**
   * Fetches all pages in order. Rows that are there keep their identity and take what is new; where segments were split
   * or joined since, the rows from there on are new ones, with what was typed in them.
   */
  const loadRows = async () => {
    complete.value = false
    const before = rows.peek().length
    const known = new Map(rows.peek().map((row) => [row.id, row]))
    const next: Row[] = []
    let cut = false
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof listSegments>> = await listSegments(documentId, locale, cursor)
      if (closed) return
      if (page.kind !== 'ok') {
        failure.value = page
        return
      }
      for (const segment of page.value.segments) {
        const row = known.get(segment.id)
        if (row?.index === next.length) {
          if (row.draft.peek() === null) row.segment.value = segment
          next.push(row)
          continue
        }
        cut ||= next.length < before
        const draft = row?.draft.peek() ?? restore(segment.id, segment.target?.text ?? '')
        next.push(createRow(next.length, segment, draft))
      }
      if (!cut && next.length > rows.peek().length) {
        const fresh = next.slice(rows.peek().length)
        rows.value = [...rows.peek(), ...fresh]
        shown.value = [...shown.peek(), ...fresh.filter(isShown)]
      }
      cursor = page.value.nextCursor
    } while (cursor !== null)
    if (cut || next.length < rows.peek().length) {
      const place = active.peek()
      rows.value = next
      shown.value = next.filter(isShown)
      active.value = next.find(({ id }) => id === place?.id) ?? next[place?.index ?? 0] ?? null
    }
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
    const saved = await Promise.all(unsaved().map(saver.save))
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
    leftover,
    load,
    loadRows,
    activate,
    focusSoon,
    step,
    approve,
    reject,
    waive,
    approveAll,
    criteria,
    person,
    commented,
    undo: createUndoStack(),
    /** What is shown from now on; what is left out stays as it is. */
    setFilter: (next: Filter, others: Criteria = criteria.peek()) => {
      filter.value = next
      criteria.value = others
      shown.value = rows.peek().filter(isShown)
    },
    close: () => {
      activate(null, false)
      closed = true
    },
  }
}
