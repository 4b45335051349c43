import { DomainError } from './errors.ts'
import type { Target } from './target.ts'

/** What the rules of the workflow make of a target; the same object when nothing changes. */

/**
 * A person saves a text. Saving what the machine or the memory wrote, unedited, confirms it: the origin
 * stays, so that the report does not call it a person's work.
 */
export function editTarget(current: Target | null, text: string, by: string): Target {
  if (current === null) return { text, state: 'translated', origin: 'human', by, version: 1 }
  if (current.text === text) {
    if (current.state !== 'initial') return current
    return { ...current, state: 'translated', version: current.version + 1 }
  }
  return { text, state: 'translated', origin: 'human', by, version: current.version + 1 }
}

/** @throws DomainError `conflict` when there is nothing to approve, `blocked` when findings forbid it */
export function approveTarget(current: Target | null, blocked: boolean): Target {
  if (current === null) throw new DomainError('conflict', 'there is no translation to approve yet')
  if (blocked) {
    throw new DomainError('blocked', 'mend what is marked as an error first, or waive the term with a reason')
  }
  if (current.state === 'reviewed' || current.state === 'final') return current
  return { ...current, state: 'reviewed', version: current.version + 1 }
}

/** Sends it back to the translators. @throws DomainError `conflict` when there is nothing to reject */
export function rejectTarget(current: Target | null): Target {
  if (current === null) throw new DomainError('conflict', 'there is no translation to reject')
  return { ...current, state: 'initial', version: current.version + 1 }
}

export function isApproved(target: Target): boolean {
  return target.state === 'reviewed' || target.state === 'final'
}
