import { say } from '../saying.ts'
import { type Check, faultsAt, hideCodes, mendable } from './check.ts'

/**
 * `odd-character`: replacement and control characters, zero-width spaces, byte order marks, UTF-8 that was read as
 * Latin-1 (`Ã¤`, `â€œ`), and letters in pieces (й as и + breve), unless the source has such characters itself.
 */
export const checkOddCharacters: Check = ({ source, target }) => {
  if (!ODD.test(target) || ODD.test(source)) return []
  return faultsAt(hideCodes(target), ALL_ODD, ({ 0: run, index }) => {
    const end = index + run.length
    if (/\p{M}/u.test(run)) {
      const whole = run.normalize('NFC')
      if (whole.length >= run.length) return undefined
      return mendable(
        'odd-character',
        say('“{letter}” is a letter in two pieces.', { letter: run }),
        index,
        end,
        whole,
      )
    }
    if (/[\u200b\u2060\ufeff]/.test(run)) {
      return mendable('odd-character', say('An invisible character stands here.'), index, end, '')
    }
    return {
      check: 'odd-character',
      ...say('A damaged character stands here. Write it again.'),
      start: index,
      end,
    }
  })
}

const ODD =
  /[\ufffd\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|[\u200b\u2060\ufeff]|[\u0300-\u0308]|Ã[\u0080-\u00bf]|â€|[ÐÑ][\u0080-\u00bf]/
const ALL_ODD =
  /[\ufffd\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|[\u200b\u2060\ufeff]|Ã[\u0080-\u00bf]|â€.?|[ÐÑ][\u0080-\u00bf]|\p{L}[\u0300-\u0308]/gu
