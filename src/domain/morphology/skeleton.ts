/**
 * Keys under which the forms of one word meet, for the languages of `forms.ts`. A key may stand for several words: it
 * only finds candidates, and `hasForm` then decides. What counts is that every form of a word leads to a key of it.
 */
import { foldDiacritics } from './fold.ts'
import { insertVowel } from './spelling.ts'

/** @param key lower case, folded by `foldShape`, three characters or more */
export function skeletonOf(key: string, language: string): string {
  switch (language) {
    case 'ru':
      return unifyRussian(strip(key, RU))
    case 'be':
      return unifyBelarusian(strip(key.replaceAll('ў', 'в'), BE))
    case 'de':
      return strip(foldDiacritics(key), DE).replace(/([^aeiou])e([lr])$/, '$1$2')
    case 'fr':
      return unifyFrench(stripLetters(foldDiacritics(key), 'sxe'))
    case 'es':
      return stripLetters(foldDiacritics(key), 'aeos').replace(/c$/, 'z')
    case 'pt':
      return stripLetters(foldDiacritics(key), 'aeioulmns', true)
    case 'it':
      return stripLetters(foldDiacritics(key), 'aeioh').replace(/tric$/, 'tor')
    default:
      return key
  }
}

/** Keys of a dictionary form: most have one, and one more where a form without an ending looks like another word's. */
export function skeletonsOf(lemma: string, language: 'ru' | 'be'): readonly string[] {
  const main = skeletonOf(lemma, language)
  // этнолаг, этнолага: what is the end of the stem there looks like an adjective's ending here.
  if (!/[аяоеэы]$/.test(lemma)) {
    // гражданин, граждане.
    const plural = /[ая]н[иі]н$/.test(lemma) ? [skeletonOf(lemma.slice(0, -2), language)] : []
    return [...new Set([main, skeletonOf(`${lemma}а`, language), ...plural])]
  }
  const bare = lemma.slice(0, -1)
  const inserted = insertVowel(bare, language === 'ru' ? 'ое' : 'аоеё')
  return [...new Set([main, ...[bare, ...inserted].map((one) => skeletonOf(one, language))])]
}

/** Takes endings off as long as there are some, so that `законами`, `закона` and `закон` all end up at one place. */
function strip(key: string, endings: Endings): string {
  let stem = key
  for (;;) {
    const length = endingLength(stem, endings)
    if (length === 0) return stem
    stem = stem.slice(0, stem.length - length)
  }
}

type Endings = { readonly list: ReadonlySet<string>; readonly longest: number }

function endingLength(stem: string, { list, longest }: Endings): number {
  for (let length = Math.min(longest, stem.length - SHORTEST); length > 0; length--) {
    if (list.has(stem.slice(stem.length - length))) return length
  }
  return 0
}

function stripLetters(key: string, letters: string, keepsDouble = false): string {
  let length = key.length
  while (length > SHORTEST && letters.includes(key.charAt(length - 1))) {
    // A double consonant belongs to the stem: comissão, comissões.
    if (keepsDouble && key.charAt(length - 1) === 's' && key.charAt(length - 2) === 's') break
    length--
  }
  return key.slice(0, length)
}

function unifyRussian(stem: string): string {
  return stem
    .replace(/[ьй](?=[^аеиоуыэюя]$)/, '')
    .replace(/(.[^аеиоуыэюя])[еоэ]([^аеиоуыэюя])$/, '$1$2')
    .replace(/([аеиоуыэюя])[ей]ц$/, '$1ц')
    .replace(/(.)\1$/, '$1')
}

function unifyBelarusian(stem: string): string {
  return stem
    .replace(/[ьй](?=[^аеёіоуыэюя]$)/, '')
    .replace(/(.)\1$/, '$1')
    .replace(/д?дз$/, 'д')
    .replace(/(.[^аеёіоуыэюя])[аеёоэ]([^аеёіоуыэюя])$/, '$1$2')
    .replace(/([аеёіоуыэюя])[ей]ц$/, '$1ц')
    .replace(/дз$/, 'д')
    .replace(/[цк]$/, 'т')
    .replace(/г$/, 'з')
    .replace(/х$/, 'с')
    .replace(/(.)\1$/, '$1')
}

function unifyFrench(stem: string): string {
  return stem
    .replace(/(?:teur|tric|teu)$/, 't')
    .replace(/eur$/, 'eu')
    .replace(/(?:ail|au)$/, 'al')
    .replace(/v$/, 'f')
    .replace(/(?:qu|ch)$/, 'c')
    .replace(/(.)\1$/, '$1')
}

function endings(text: string): Endings {
  const list = new Set(text.split(' '))
  return { list, longest: Math.max(...[...list].map((ending) => ending.length)) }
}

const SHORTEST = 3
const RU = endings(
  'а я о е у ю ы и ь й ой ей ою ею ом ем ам ям ами ями ах ях ов ев ий ый ая яя ую юю ое ее ые ие ого его ому ему ' +
    'ым им ых их ыми ими ию ия ии ие ием ией иям иями иях ью ье ья ьи ьев ьям ьями ьях ени енем ена ен енам енами енах',
)
const BE = endings(
  'а я о ё е э у ю ы і ь й ай ой эй яй ей ёй аю ою яю ею ёю ам ом ем ём эм ям амі ямі ах ях ав ов ев яв ёв ' +
    'ага яга ога ому аму яму ым ім ых іх ымі імі ую юю ая яя ое ае яе ыя ія ыю ію ыяй іяй ыям іям ыямі іямі ыях іях',
)
const DE = endings('innen in ern en em er es e s n m ns ens se sen ses um us a o u i y')
