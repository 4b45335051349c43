import { DomainError } from './errors.ts'
import type { LocaleState } from './progress.ts'

/** As what a person works on a document in one language. */
export const ASSIGNMENT_ROLES = ['translator', 'editor'] as const
export type AssignmentRole = (typeof ASSIGNMENT_ROLES)[number]

/** The most urgent first. */
export const PRIORITIES = ['breaking', 'high', 'normal'] as const
export type Priority = (typeof PRIORITIES)[number]

/** 1 breaking, 2 high, 3 normal: what queues sort by, the smallest first. */
export function urgencyOf(priority: Priority): number {
  return PRIORITIES.indexOf(priority) + 1
}

/** How an assignment came to its end. */
export const ASSIGNMENT_ENDINGS = ['handed-back', 'taken-over', 'reassigned', 'finished'] as const
export type AssignmentEnding = (typeof ASSIGNMENT_ENDINGS)[number]

/** Of a person, a document, a language and a role there is one at most at a time. */
export type Assignment = {
  readonly id: string
  readonly locale: string
  readonly role: AssignmentRole
  /** Public name of who works on it. */
  readonly person: string
  /** Who gave it to them; the same name where they took it themselves. */
  readonly by: string
  readonly note: string
  /** Until when nobody else can take it. Work renews it. */
  readonly leaseUntil: Date
}

const HOUR = 3600
const LEASE_SECONDS: Readonly<Record<Priority, number>> = {
  breaking: HOUR,
  high: 8 * HOUR,
  normal: 24 * HOUR,
}

/** For how long a person keeps what they do not work on, in seconds: the more urgent, the shorter. */
export function leaseSecondsOf(priority: Priority): number {
  return LEASE_SECONDS[priority]
}

/** Whether the lease has run out, so that somebody else may take over. @param now milliseconds since 1970 */
export function hasLapsed({ leaseUntil }: Pick<Assignment, 'leaseUntil'>, now: number): boolean {
  return leaseUntil.getTime() <= now
}

export type Taking =
  /** Nobody has it. */
  | { readonly kind: 'take' }
  /** The same person has it: their lease begins anew. */
  | { readonly kind: 'renew' }
  /** Somebody else had it: theirs ends, in this way. */
  | { readonly kind: 'replace'; readonly ending: 'taken-over' | 'reassigned' }

/**
 * What it means that a person is to work on something.
 * @param held who has it now
 * @param wish `reassign`: whoever decides about it wants it even where somebody is at it
 * @throws DomainError `conflict` with who holds it and until when
 */
export function decideTaking(
  held: Assignment | undefined,
  wish: { readonly person: string; readonly now: number; readonly reassign: boolean },
): Taking {
  if (held === undefined) return { kind: 'take' }
  if (held.person === wish.person) return { kind: 'renew' }
  if (hasLapsed(held, wish.now)) return { kind: 'replace', ending: 'taken-over' }
  if (wish.reassign) return { kind: 'replace', ending: 'reassigned' }
  throw new DomainError(
    'conflict',
    `${held.person} is working on it: ask them to hand it back, or wait until their time is up`,
    { extra: { person: held.person, leaseUntil: held.leaseUntil.toISOString() } },
  )
}

/**
 * How an assignment ends that a person gives up, or that is taken from them.
 * @param decides whether they may decide about the work of others in this language
 * @throws DomainError `forbidden` for somebody else's
 */
export function decideHandBack(
  held: Pick<Assignment, 'person'>,
  who: { readonly name: string; readonly decides: boolean },
): 'handed-back' | 'reassigned' {
  if (held.person === who.name) return 'handed-back'
  if (who.decides) return 'reassigned'
  throw new DomainError('forbidden', `only ${held.person}, or who may review there, can hand it back`)
}

/** What hands are wanted for in a language: nobody has taken it, and there is something to do. */
export function wantedRoles(state: LocaleState, held: readonly AssignmentRole[]): readonly AssignmentRole[] {
  const open: readonly AssignmentRole[] =
    state === 'in-translation' ? ['translator'] : state === 'in-review' ? ASSIGNMENT_ROLES : []
  return open.filter((role) => !held.includes(role))
}

/** When a language is due: its own time, else its document's. */
export function deadlineOf(own: Date | null | undefined, document: Date | null): Date | null {
  return own ?? document
}

/** Stands for no deadline, in milliseconds since 1970: later than any. */
export const NEVER_MS = Number.MAX_SAFE_INTEGER

/** The first deadline that something is still open for, in milliseconds since 1970; `NEVER_MS` for none. */
export function firstDue(
  locales: readonly { readonly state: LocaleState; readonly deadline: Date | null }[],
  document: Date | null,
): number {
  const open =
    locales.length === 0
      ? [document]
      : locales.flatMap(({ state, deadline }) => (state === 'approved' ? [] : [deadline]))
  return Math.min(NEVER_MS, ...open.flatMap((deadline) => deadline?.getTime() ?? []))
}
