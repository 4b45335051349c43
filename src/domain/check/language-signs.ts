/**
 * Cheap signs that a text is in a language, so that the detector, which is slow, is asked only about the rest: small
 * words that the neighbouring languages do not have, or letters. A text with the signs may still have foreign parts.
 */
export function hasSigns(text: string, words: readonly string[], language: string): boolean {
  const letters = LETTERS.get(language)
  if (letters !== undefined) return letters.every((pattern) => pattern.test(text))
  const small = SMALL_WORDS.get(language)
  if (small === undefined) return false
  let found = 0
  for (const word of words) if (small.has(word)) found++
  return found >= ENOUGH && found * MOST_FOREIGN >= words.length
}

const ENOUGH = 2
/** One small word in so many words at least. */
const MOST_FOREIGN = 15

const LETTERS: ReadonlyMap<string, readonly RegExp[]> = new Map([
  ['ru', [/[ыэё]/, /и/]],
  ['be', [/[ўэы]/, /[ўі]/]],
  ['uk', [/[їєґі]/, /[їєґи]/]],
  ['zh', [/\p{sc=Han}{2}/u, /^[^\p{sc=Hiragana}\p{sc=Katakana}]*$/u]],
  ['ja', [/[\p{sc=Hiragana}]/u]],
  ['ko', [/\p{sc=Hangul}/u]],
  ['ar', [/[ةىأإ]/, /^[^پچگی]*$/]],
  ['he', [/\p{sc=Hebrew}/u]],
  ['el', [/\p{sc=Greek}/u]],
  ['ka', [/\p{sc=Georgian}/u]],
  ['hy', [/\p{sc=Armenian}/u]],
])

const SMALL_WORDS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    de: 'und der nicht für auf von sich ist wurde nach wird aus zum zur über mit ein eine auch',
    es: 'el los las y del fue pero según está muy sus tiene hasta sobre',
    fr: 'les une et est dans qui pas sur ont été aux avec cette leur selon était',
    pt: 'os uma do dos não em foi ao são pelo pela seu numa você disse já também',
    it: 'gli di che è della dei delle nel alla sono ha più dal stato anche',
    pl: 'nie się że w z jest przez dla roku oraz od jak ich przed został',
    nl: 'het een van niet zijn voor werd ook naar wordt hij',
    sv: 'och att är inte för till på',
    en: 'the and of to was that with by not had were who',
  }).map(([language, list]) => [language, new Set(list.split(' '))]),
)
