import { DomainError } from './errors.ts'
import type { Target } from './target.ts'
import { isApproved } from './target-change.ts'

/** Lines of the history whose writer neither wrote nor confirmed the text that stands after them. */
const NO_HAND: ReadonlySet<string> = new Set([
  'translate',
  'reuse',
  'approve',
  'unapprove',
  'reject',
  'waive',
  'revision',
])

/** Whether the person of a line in the history answers for its text: they wrote, confirmed, chose or brought it. */
export function isHand(action: string): boolean {
  return !NO_HAND.has(action)
}

/**
 * The rule of four eyes: whoever wrote or confirmed a text does not approve it, and what only a machine or a similar
 * sentence gave is confirmed by one person before another approves it.
 *
 * @param hands public names of those who wrote or confirmed the text as it stands (see `isHand`)
 * @param who public name of whoever wants to approve
 * @returns why not, as a sentence for that person; undefined: they may
 */
export function fourEyesRefusal(
  target: Pick<Target, 'origin' | 'state' | 'by'>,
  hands: ReadonlySet<string>,
  who: string,
): string | undefined {
  if (hands.has(who) || (target.origin === 'human' && target.by === who)) {
    return 'four eyes: you wrote or confirmed this text, so somebody else must approve it'
  }
  if (hands.size > 0 || target.origin === 'human') return undefined
  // Memory that fits exactly was approved once by a person.
  if (target.origin === 'tm-exact' || target.origin === 'tm-context') return undefined
  return 'four eyes: nobody has confirmed this draft yet; one person confirms it, another approves it'
}

/**
 * Takes an approval back; the text stays, and is open again.
 * @throws DomainError `conflict` when it is not approved
 */
export function unapproveTarget(current: Target | null): Target {
  if (current === null || !isApproved(current)) {
    throw new DomainError('conflict', 'this translation is not approved, so there is nothing to take back')
  }
  return { ...current, state: 'translated', version: current.version + 1 }
}

/**
 * Puts an earlier text up again, as a new version that is still to be approved.
 * @param earlier the text and whose it was
 * @returns the same object where that text stands already
 */
export function restoreTarget(
  current: Target | null,
  earlier: Pick<Target, 'text' | 'origin' | 'by'>,
): Target {
  if (current !== null && current.text === earlier.text) return current
  const { text, origin, by } = earlier
  return { text, origin, by, state: 'translated', version: (current?.version ?? 0) + 1 }
}
