import { codesIn } from './document.ts'
import { DomainError } from './errors.ts'
import type { Target } from './target.ts'
import { editTarget, isApproved } from './target-change.ts'

/**
 * A target as it was before one step: text, state and author, in a new version. Who may not approve does not restore
 * an approval, nor does one stand again that findings forbid now: it is `translated` then.
 *
 * @param was null: nothing stood there
 * @param mayApprove of the person, and whether nothing stands against the text
 */
export function takeBackTarget(
  current: Target,
  was: Pick<Target, 'text' | 'state' | 'origin' | 'by'> | null,
  mayApprove: boolean,
): Target {
  const version = current.version + 1
  if (was === null) return { text: '', state: 'initial', origin: current.origin, by: current.by, version }
  const { text, state, origin, by } = was
  const restored = { text, state, origin, by, version }
  return isApproved(restored) && !mayApprove ? { ...restored, state: 'translated' } : restored
}

/**
 * A person's text out of a replacement in many segments at once: an approval does not outlast it.
 *
 * @throws DomainError `invalid-input` when the inline codes are not the same in the same order
 */
export function replaceTarget(current: Target | null, text: string, by: string): Target {
  const codes = codesIn(current?.text ?? '')
  const after = codesIn(text)
  const same = codes.length === after.length && codes.every((code, place) => after[place] === code)
  if (current !== null && !same) {
    throw new DomainError('invalid-input', 'a replacement must leave the inline codes as they are')
  }
  return editTarget(current, text, by)
}
