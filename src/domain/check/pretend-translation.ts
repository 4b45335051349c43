import { say } from '../saying.ts'
import type { Check } from './check.ts'

/**
 * `pretend-translation`: output of the `pseudo` engine, which wraps what it returns in ⟪ and ⟫ so that a text made
 * for trying things out can never be published.
 */
export const checkPretendTranslation: Check = ({ source, target }) => {
  const start = target.search(/[⟪⟫]/)
  if (start === -1 || /[⟪⟫]/.test(source)) return []
  return [
    {
      check: 'pretend-translation',
      ...say('This is output of the pseudo engine (⟪ … ⟫), made for trying things out. Translate it.'),
      start,
      end: start + 1,
    },
  ]
}
