import { languageOf } from '../locale.ts'
import { say } from '../saying.ts'
import { type Check, type Fault, hideCodes, MOST } from './check.ts'

/**
 * `doubled-word`: the same word twice with only white space or codes between, as slips of the pen leave it. Pairs
 * that grammar makes (`nous nous`, `die die`, `had had`) and pairs that the source has as well are let through.
 */
export const checkDoubledWords: Check = ({ source, target, targetLocale }) => {
  const language = languageOf(targetLocale)
  if (REDUPLICATING.has(language)) return []
  const lawful = LAWFUL.get(language)
  const found = doubledIn(target).filter(({ word }) => lawful?.has(word) !== true)
  if (found.length === 0 || doubledIn(source).length > 0) return []
  return found.slice(0, MOST).map(
    ({ word, start, end, surplus }): Fault => ({
      check: 'doubled-word',
      ...say('“{word}” stands here twice.', { word }),
      start,
      end,
      ...(surplus === undefined ? {} : { fix: { start: surplus, end, text: '' } }),
    }),
  )
}

type Doubled = {
  readonly word: string
  readonly start: number
  readonly end: number
  /** What goes when one of the two goes: the gap and the second word. Absent where a code stands in it. */
  readonly surplus: number | undefined
}

function doubledIn(text: string): readonly Doubled[] {
  const doubled: Doubled[] = []
  const hidden = hideCodes(text)
  let before: { readonly word: string; readonly start: number; readonly end: number } | undefined
  for (const match of hidden.matchAll(WORDS)) {
    const word = match[0].toLowerCase()
    const start = match.index
    const end = start + match[0].length
    if (before?.word === word && word.length > 1 && isGap(hidden, before.end, start)) {
      const clean = !hidden.slice(before.end, start).includes('\ufffc')
      doubled.push({ word, start: before.start, end, surplus: clean ? before.end : undefined })
      before = undefined
    } else {
      before = { word, start, end }
    }
  }
  return doubled
}

function isGap(text: string, from: number, to: number): boolean {
  const gap = text.slice(from, to)
  return gap.length <= 8 && /^[\s\ufffc]*$/.test(gap) && /\s/.test(gap)
}

const WORDS = /[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*/gu
/** Languages that double words on purpose. */
const REDUPLICATING = new Set([
  'id',
  'ms',
  'tl',
  'fil',
  'vi',
  'zh',
  'ja',
  'th',
  'lo',
  'km',
  'tr',
  'az',
  'hi',
  'bn',
  'ur',
  'ta',
])
const LAWFUL: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['en', new Set(['had', 'that', 'her', 'very', 'bye', 'ha'])],
  [
    'de',
    new Set([
      'die',
      'der',
      'das',
      'den',
      'dem',
      'sie',
      'ihr',
      'ihnen',
      'sich',
      'uns',
      'euch',
      'wir',
      'sehr',
      'zu',
    ]),
  ],
  ['fr', new Set(['nous', 'vous', 'que', 'elle', 'très', 'en', 'ha'])],
  ['nl', new Set(['dat', 'die', 'u', 'je', 'ze', 'zij', 'haar'])],
  ['es', new Set(['no', 'que', 'muy', 'ja'])],
  ['pt', new Set(['que', 'se', 'muito', 'não'])],
  ['it', new Set(['piano', 'via', 'poco', 'quasi', 'man', 'molto', 'ora', 'così', 'sì', 'no'])],
  ['ru', new Set(['да', 'нет', 'чуть', 'еле', 'что', 'как', 'их', 'его', 'её', 'очень'])],
  ['be', new Set(['да', 'не', 'што', 'як', 'іх', 'яго', 'вельмі'])],
  ['uk', new Set(['що', 'як', 'їх', 'його', 'дуже'])],
  ['pl', new Set(['bardzo', 'tak', 'nie', 'się', 'to'])],
])
