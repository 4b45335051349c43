import { say } from '../saying.ts'
import { type Check, dropCodes } from './check.ts'

/** `empty`: nothing but white space and codes stands in the target although the source has text. */
export const checkEmpty: Check = ({ source, target }) => {
  if (dropCodes(target).trim() !== '' || dropCodes(source).trim() === '') return []
  return [{ check: 'empty', ...say('The translation is empty.') }]
}
