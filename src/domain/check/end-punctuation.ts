import { languageOf } from '../locale.ts'
import { say } from '../saying.ts'
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
  if (isMoved(expected, source, found, target) || isMoved(found, target, expected, source)) return []
  // Japanese closes a quotation without a full stop.
  if (found.mark === '' && /[」』）]\s*$/.test(target.slice(-4)) && languageOf(targetLocale) === 'ja')
    return []
  const said =
    expected.mark === ''
      ? say('The source does not end in “{mark}”.', { mark: found.mark })
      : say('The source ends in “{mark}”.', { mark: expected.mark })
  const { start, end } = found
  const text = closingMark(expected.mark, languageOf(targetLocale))
  return [
    {
      check: 'end-punctuation',
      ...said,
      start,
      end,
      ...(text === undefined ? {} : { fix: { start, end, text } }),
    },
  ]
}

/**
 * A quotation that ends in the mark stands at the end of the one text and earlier in the other:
 * `“Why?” he asked.` and `Er fragte: „Warum?“`
 */
function isMoved({ mark, end }: End, text: string, other: End, otherText: string): boolean {
  if (!/[?!…]/.test(mark) || mark === other.mark || !CLOSING_QUOTE.test(text.charAt(end))) return false
  for (const match of hideCodes(otherText).matchAll(QUOTED_MARKS))
    if (EQUAL.get(match[0]) === mark) return true
  return false
}

const CLOSING_QUOTE = /["”“»’'」』«)]/
const QUOTED_MARKS = /[?!…？！؟](?=[,.\u00a0\u202f]{0,2}["”“»’'」』«)])/g

/** The mark in the target's script; undefined where more than one character has to change. */
function closingMark(mark: string, language: string): string | undefined {
  if ((mark === '?' || mark === '!') && (language === 'es' || language === 'el')) return undefined
  const space = language === 'fr' && /[?!;:]/.test(mark) ? '\u202f' : ''
  const own = MARKS.get(language)?.get(mark) ?? mark
  return own === '' ? '' : `${space}${own}`
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

const CJK_MARKS = new Map([
  ['.', '。'],
  ['?', '？'],
  ['!', '！'],
  [':', '：'],
  [';', '；'],
  ['…', '……'],
])
const MARKS: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  ['zh', CJK_MARKS],
  ['ja', CJK_MARKS],
  [
    'ar',
    new Map([
      ['?', '؟'],
      [';', '؛'],
    ]),
  ],
  ['hi', new Map([['.', '।']])],
])
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
