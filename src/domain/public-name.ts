import { DomainError } from './errors.ts'

/** What stands in the place of the name of somebody who erased their account. */
export const FORMER_MEMBER = 'a former member'

/** Names that are written where no person did the work, and would be mixed up with one. */
const RESERVED: ReadonlySet<string> = new Set([
  FORMER_MEMBER,
  'admin',
  'apertium',
  'copy',
  'deepl',
  'libretranslate',
  'llm',
  'machine',
  'memory',
  'none',
  'nobody',
  'pretend',
  'pseudo',
  'system',
  'talmach',
  'token',
])

const MAX_LENGTH = 60

/**
 * A public name as it is kept: composed characters (NFC), single spaces, none at the ends.
 *
 * @throws DomainError `invalid-input` for one that is empty, too long, has invisible characters, looks like an address,
 * or belongs to a machine
 */
export function parsePublicName(text: string): string {
  if (text.length > MAX_LENGTH * 4) throw tooLong()
  const name = text
    .normalize('NFC')
    .split(/\s/)
    .filter((word) => word !== '')
    .join(' ')
  if (name === '') throw new DomainError('invalid-input', 'choose a public name')
  if ([...name].length > MAX_LENGTH) throw tooLong()
  if (/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/u.test(name)) {
    throw new DomainError('invalid-input', 'a public name has no invisible characters')
  }
  if (!/[\p{L}\p{N}]/u.test(name)) {
    throw new DomainError('invalid-input', 'a public name has at least one letter or digit')
  }
  // It will be read by everybody, and `@` means an address where people sign in.
  if (name.includes('@')) throw new DomainError('invalid-input', 'a public name is not an e-mail address')
  if (RESERVED.has(name.toLowerCase())) {
    throw new DomainError('invalid-input', `“${name}” is not the name of a person here: choose another one`)
  }
  return name
}

const tooLong = () => new DomainError('invalid-input', `a public name has at most ${MAX_LENGTH} characters`)
