import { languageOf } from '../locale.ts'
import { say } from '../saying.ts'
import { type Check, faultsAt, hideCodes, mendable } from './check.ts'

/**
 * `punctuation-script`: ASCII punctuation behind Chinese, Japanese or Arabic letters, or full-width punctuation in
 * other scripts. Figures, addresses and Latin names keep their own.
 */
export const checkPunctuationScript: Check = ({ target, targetLocale }) => {
  const language = languageOf(targetLocale)
  const rule = RULES.get(language) ?? OTHERS
  return faultsAt(hideCodes(target), rule.pattern, ({ 0: mark, index }) => {
    const wanted = rule.marks.get(mark)
    if (wanted === undefined) return undefined
    return mendable(
      'punctuation-script',
      say('This language writes {wanted} for {mark}', { wanted, mark }),
      index,
      index + 1,
      wanted,
    )
  })
}

type Rule = { readonly pattern: RegExp; readonly marks: ReadonlyMap<string, string> }

const WIDE = [
  ['.', '。'],
  ['!', '！'],
  ['?', '？'],
  [':', '：'],
  [';', '；'],
  ['(', '（'],
  [')', '）'],
] as const
const CJK =
  /(?<=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}」”）])(?:[,!?;](?!\p{sc=Latin})|:(?![ \p{sc=Latin}])|\.(?![.\p{N}\p{sc=Latin}]))/gu
const ARABIC = /(?<=[\p{sc=Arabic}\p{M}])[,?;]/gu

const RULES: ReadonlyMap<string, Rule> = new Map([
  ['zh', { pattern: CJK, marks: new Map([...WIDE, [',', '，']]) }],
  ['ja', { pattern: CJK, marks: new Map([...WIDE, [',', '、']]) }],
  [
    'ar',
    {
      pattern: ARABIC,
      marks: new Map([
        [',', '،'],
        ['?', '؟'],
        [';', '؛'],
      ]),
    },
  ],
  [
    'fa',
    {
      pattern: ARABIC,
      marks: new Map([
        [',', '،'],
        ['?', '؟'],
        [';', '؛'],
      ]),
    },
  ],
  [
    'ur',
    {
      pattern: ARABIC,
      marks: new Map([
        [',', '،'],
        ['?', '؟'],
        [';', '؛'],
      ]),
    },
  ],
])

/** In alphabets: a mark of another script behind a letter of the alphabet. */
const OTHERS: Rule = {
  pattern: /(?<=[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}])[，。！？：；、،؟؛]/gu,
  marks: new Map([
    ['，', ','],
    ['、', ','],
    ['。', '.'],
    ['！', '!'],
    ['？', '?'],
    ['：', ':'],
    ['；', ';'],
    ['،', ','],
    ['؟', '?'],
    ['؛', ';'],
  ]),
}
