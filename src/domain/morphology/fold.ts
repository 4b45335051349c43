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
  const cyrillic = CYRILLIC_LANGUAGES.has(language)
  if (ASCII.test(word)) return cyrillic && LATIN_TWINS.test(word) ? toCyrillic(word) : word
  const wide = FULL_WIDTH.test(word) ? word.normalize('NFKC') : word.normalize('NFC')
  const composed = cyrillic
    ? LATIN.test(wide)
      ? toCyrillic(wide)
      : wide
    : CYRILLIC.test(wide) && LATIN.test(wide)
      ? toLatin(wide)
      : wide
  switch (language) {
    case 'ru':
      // The dots of ё are optional in print, and stress marks are an editor's aid.
      return composed.replace(STRESS, '').replaceAll('ё', 'е').replaceAll('Ё', 'Е')
    case 'be':
      // After a vowel у becomes ў, at the beginning of a word too: улада, ва ўладзе.
      return composed.replace(STRESS, '').replace(/^ў/, 'у').replace(/^Ў/, 'У')
    case 'fr':
      // Capitals are often printed without their accent: Etat, État.
      return INITIAL_ACCENT.test(composed) ? foldDiacritics(composed.charAt(0)) + composed.slice(1) : composed
    case 'sr':
      return composed
        .replace(STRESS, '')
        .replace(SERBIAN_CYRILLIC, (letter) => SERBIAN_LATIN[letter] ?? letter)
    case 'uk':
    case 'bg':
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

/**
 * Letters that look the same in both scripts, as the script of the language has them: somebody who types ОМОН with
 * a Latin O means ОМОН. A Latin word is only changed where each of its letters has a twin.
 */
function toCyrillic(word: string): string {
  const changed = word.replace(TWINS_IN_LATIN, (letter) => TO_CYRILLIC.get(letter) ?? letter)
  return LATIN.test(changed) ? word : changed
}

function toLatin(word: string): string {
  const changed = word.replace(TWINS_IN_CYRILLIC, (letter) => TO_LATIN.get(letter) ?? letter)
  return CYRILLIC.test(changed) ? word : changed
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
const INITIAL_ACCENT = /^[àâçéèêëîïôûÀÂÇÉÈÊËÎÏÔÛ]/
const STRESS = /[\u0300\u0301]/g
const COMBINING = /\p{M}/gu
const ARABIC_POINTS = /[\u064b-\u065f\u0670\u0640]/g
const ALEF = /[آأإٱ]/g
const HEBREW_POINTS = /[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]/g
const FULL_WIDTH = /[\uff01-\uff5e]/
const CYRILLIC_LANGUAGES = new Set(['ru', 'be', 'uk', 'bg', 'mk', 'kk', 'ky', 'mn', 'tg'])
const LATIN = /[A-Za-z]/
const CYRILLIC = /[\u0400-\u04ff]/
/** Source: Unicode Technical Standard 39, confusables, those of the two basic alphabets. */
const PAIRS = 'AА BВ CС EЕ HН IІ KК MМ OО PР SЅ TТ XХ YУ aа cс eе iі oо pр sѕ xх yу'.split(' ')
const TO_CYRILLIC = new Map(PAIRS.map((pair) => [pair.charAt(0), pair.charAt(1)]))
const TO_LATIN = new Map(PAIRS.map((pair) => [pair.charAt(1), pair.charAt(0)]))
const LATIN_TWINS = /^[ABCEHIKMOPSTXYaceiopsxy]+$/
const TWINS_IN_LATIN = /[ABCEHIKMOPSTXYaceiopsxy]/g
const TWINS_IN_CYRILLIC = /[АВСЕНІКМОРЅТХУасеіорѕху]/g
/** Serbian is written in both alphabets, letter by letter. */
const SERBIAN_LATIN: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'аa бb вv гg дd ђđ еe жž зz иi јj кk лl љlj мm нn њnj оo пp рr сs тt ћć уu фf хh цc чč џdž шš ' +
    'АA БB ВV ГG ДD ЂĐ ЕE ЖŽ ЗZ ИI ЈJ КK ЛL ЉLj МM НN ЊNj ОO ПP РR СS ТT ЋĆ УU ФF ХH ЦC ЧČ ЏDž ШŠ'
  )
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.slice(1)]),
)
const SERBIAN_CYRILLIC = /[А-шЂђЈјЉљЊњЋћЏџ]/g
