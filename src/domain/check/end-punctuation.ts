import { languageOf } from '../locale.ts'
import { type Check, hideCodes } from './check.ts'

/**
 * `end-punctuation`: the target ends in another mark than the source. Marks of different scripts are equal, closing
 * quotation marks and brackets are looked through, a full stop that belongs to an abbreviation may be there or not.
 */
export const checkEndPunctuation: Check = ({ source, target, targetLocale, sourceLocale }) => {
  if (UNMARKED.has(languageOf(targetLocale)) || UNMARKED.has(languageOf(sourceLocale))) return []
  const expected = endOf(source)
  const found = endOf(target)
  if (expected.mark === found.mark || expected.doubtful || found.doubtful) return []
  const message =
    expected.mark === ''
      ? `The source does not end in “${found.mark}”.`
      : `The source ends in “${expected.mark}”.`
  return [{ check: 'end-punctuation', severity: 'warning', message, start: found.start, end: found.end }]
}

type End = {
  readonly mark: string
  readonly start: number
  readonly end: number
  /** The full stop may belong to an abbreviation. */
  readonly doubtful: boolean
}

function endOf(text: string): End {
  const hidden = hideCodes(text)
  let end = hidden.length
  while (end > 0 && LOOKED_THROUGH.test(hidden.charAt(end - 1))) end--
  const last = hidden.charAt(end - 1)
  const mark = EQUAL.get(last) ?? ''
  if (mark === '') return { mark, start: end, end, doubtful: false }
  if (mark !== '.') return { mark, start: end - 1, end, doubtful: false }
  if (hidden.slice(Math.max(0, end - 3), end) === '...')
    return { mark: '…', start: end - 3, end, doubtful: false }
  const word = /[^\s\ufffc]{0,12}$/u.exec(hidden.slice(Math.max(0, end - 13), end - 1))?.[0] ?? ''
  return {
    mark,
    start: end - 1,
    end,
    doubtful: /^\p{L}$|\.|^\p{Lu}\p{Ll}{1,3}$/u.test(word) && isShort(word),
  }
}

/** `S` of U.S., `m` of a.m, `Inc`, `Co`, `Nr`: what a full stop after says is not certain. */
function isShort(word: string): boolean {
  return /^\p{L}$/u.test(word) || /\p{L}\.\p{L}{1,2}$/u.test(word) || ABBREVIATIONS.has(word)
}

const ABBREVIATIONS = new Set(['Inc', 'Co', 'Ltd', 'Corp', 'Jr', 'Sr', 'Nr', 'Mio', 'Mrd', 'St', 'Bd', 'Tel'])
/** Languages that close sentences with a space, or not at all. */
const UNMARKED = new Set(['th', 'lo', 'km', 'my', 'bo'])
const LOOKED_THROUGH = /[\s\ufffc"'”“’‘»«›‹„‚)\]}）」』】*_\u200e\u200f\u2066-\u2069]/
const EQUAL: ReadonlyMap<string, string> = new Map([
  ['.', '.'],
  ['。', '.'],
  ['।', '.'],
  ['۔', '.'],
  ['։', '.'],
  ['!', '!'],
  ['！', '!'],
  ['?', '?'],
  ['？', '?'],
  ['؟', '?'],
  ['\u037e', '?'],
  ['…', '…'],
  [':', ':'],
  ['：', ':'],
  [';', ';'],
  ['；', ';'],
  ['؛', ';'],
])
