import {
  type AssignmentRole,
  deadlineOf,
  firstDue,
  type Priority,
  urgencyOf,
  wantedRoles,
} from '../domain/assignment.ts'
import type { DocumentSummary, Frame, LocaleSummary } from './summarise.ts'

/** What the board shows of a document; instants are ISO 8601. Who works on it is not kept here. */
export type BoardSummary = Omit<DocumentSummary, 'createdAt' | 'locales'> & {
  readonly createdAt: string
  readonly priority: Priority
  readonly deadline: string | null
  readonly embargoUntil: string | null
  readonly retracted: boolean
  readonly locales: readonly BoardLocale[]
}
export type BoardLocale = LocaleSummary & {
  /** Its own, else the document's. */
  readonly deadline: string | null
  /** Whether the deadline is its own. */
  readonly ownDeadline: boolean
  readonly wanted: readonly AssignmentRole[]
}

/** What a language can be found by; what is not true is left out. */
export type BoardCell = {
  readonly l: string
  readonly s: string
  /** Nobody has it in any role. */
  readonly u?: true
  /** Something stands against it: findings, flagged terms, two texts, an error. */
  readonly f?: true
  /** A translator is wanted, an editor is wanted. */
  readonly t?: true
  readonly e?: true
  /** Milliseconds since 1970 of the deadline, while something is left to do. */
  readonly d?: number
}

export type HeldRole = { readonly locale: string; readonly role: AssignmentRole }

export type BoardRow = {
  readonly document_id: string
  readonly revision_id: string
  readonly done: number
  readonly urgency: number
  readonly due_ms: number
  readonly age_us: string
  readonly search: string
  readonly cells: readonly BoardCell[]
  readonly summary: BoardSummary
}

/** A document's row, out of what was counted and who holds what. */
export function boardRow(
  frame: Frame,
  document: DocumentSummary,
  deadlines: ReadonlyMap<string, Date>,
  held: readonly HeldRole[],
): BoardRow {
  const due = new Map(
    document.locales.map(({ locale }) => [locale, deadlineOf(deadlines.get(locale), frame.deadline)]),
  )
  const locales = document.locales.map((locale): BoardLocale => {
    const mine = held.filter((one) => one.locale === locale.locale).map(({ role }) => role)
    return {
      ...locale,
      deadline: due.get(locale.locale)?.toISOString() ?? null,
      ownDeadline: deadlines.has(locale.locale),
      wanted: wantedRoles(locale.state, mine),
    }
  })
  const deadlinesNow = locales.map(({ locale, state }) => ({ state, deadline: due.get(locale) ?? null }))
  return {
    document_id: frame.id,
    revision_id: frame.revision_id,
    done: locales.length > 0 && locales.every(({ state }) => state === 'approved') ? 1 : 0,
    urgency: urgencyOf(frame.priority),
    due_ms: firstDue(deadlinesNow, frame.deadline),
    age_us: frame.age_us,
    search: searchText(document),
    cells: locales.map((locale) => cellOf(locale, held)),
    summary: {
      ...document,
      createdAt: document.createdAt.toISOString(),
      priority: frame.priority,
      deadline: frame.deadline?.toISOString() ?? null,
      embargoUntil: frame.embargo_until?.toISOString() ?? null,
      retracted: frame.retracted_at !== null,
      locales,
    },
  }
}

/** What is searched: the same for what people type. Lower case, so that `like` finds any case. */
export function foldSearch(text: string): string {
  return text.normalize('NFC').toLowerCase()
}

function searchText({ title, name }: DocumentSummary): string {
  return foldSearch(title === name ? title : `${title}\n${name}`)
}

function cellOf(locale: BoardLocale, held: readonly HeldRole[]): BoardCell {
  const open = locale.state !== 'approved'
  const against = locale.findings + locale.blocked + locale.conflicts + locale.terms.flagged
  return {
    l: locale.locale,
    s: locale.state,
    ...(held.some((one) => one.locale === locale.locale) ? {} : { u: true }),
    ...(against > 0 || locale.error !== null ? { f: true } : {}),
    ...(locale.wanted.includes('translator') ? { t: true } : {}),
    ...(locale.wanted.includes('editor') ? { e: true } : {}),
    ...(open && locale.deadline !== null ? { d: Date.parse(locale.deadline) } : {}),
  }
}
