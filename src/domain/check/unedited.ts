import { say } from '../saying.ts'
import type { Check } from './check.ts'

/**
 * `unedited-machine`, `unedited-fuzzy`: somebody confirmed a text that still is what an engine or a similar sentence
 * of the memory gave (its origin becomes `human` with the first change).
 */
export const checkUnedited: Check = ({ origin, state }) => {
  if (state === undefined || state === 'initial') return []
  if (origin === 'tm-fuzzy') {
    const said = say('This is the translation of a similar sentence, confirmed without a change.')
    return [{ check: 'unedited-fuzzy', ...said }]
  }
  // A reviewer who approved it gave it the second look.
  if (origin !== 'mt' || state !== 'translated') return []
  return [{ check: 'unedited-machine', ...say('The machine’s translation was confirmed without a change.') }]
}
