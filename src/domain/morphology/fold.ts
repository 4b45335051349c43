/**
 * Spelling differences that do not make another word. `foldShape` keeps case, `foldCase` removes it.
 * Source of the rules: Unicode normalization form C (UAX #15), and the spelling habits named at each rule.
 */

/**
 * @param word any word, in any case
 * @param language subtag
 * @returns the word in form C without vowel points, stress marks and the like, in its own case
 */
export function foldShape(word: string, language: string): string {
  if (ASCII.test(word)) return word
  const composed = word.normalize('NFC')
  switch (language) {
    case 'ru':
      // The dots of ё are optional in print, and stress marks are an editor's aid.
      return composed.replace(STRESS, '').replaceAll('ё', 'е').replaceAll('Ё', 'Е')
    case 'be':
    case 'uk':
    case 'bg':
    case 'sr':
    case 'mk':
      return composed.replace(STRESS, '')
    case 'de':
      return composed.replaceAll('ß', 'ss').replaceAll('ẞ', 'SS')
    case 'ar':
    case 'fa':
    case 'ur':
      return composed
        .normalize('NFKC')
        .replace(ARABIC_POINTS, '')
        .replace(ALEF, 'ا')
        .replaceAll('ى', 'ي')
        .replaceAll('ة', 'ه')
    case 'he':
    case 'yi':
      return composed.replace(HEBREW_POINTS, '')
    default:
      return composed
  }
}

/** Lower case by the rules of the language (Turkish and Azeri have a dotless ı). */
export function foldCase(shape: string, language: string): string {
  return language === 'tr' || language === 'az' ? shape.toLocaleLowerCase(language) : shape.toLowerCase()
}

/** Letters without their diacritics: `ções` → `coes`. Only for comparing endings. */
export function foldDiacritics(word: string): string {
  return ASCII.test(word) ? word : word.normalize('NFD').replace(COMBINING, '')
}

const ASCII = /^[\x00-\x7f]*$/
const STRESS = /[\u0300\u0301]/g
const COMBINING = /\p{M}/gu
const ARABIC_POINTS = /[\u064b-\u065f\u0670\u0640]/g
const ALEF = /[آأإٱ]/g
const HEBREW_POINTS = /[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]/g
