/**
 * Russian nouns and adjectives: all forms that a dictionary form can have, guessed from its ending.
 * Where the ending leaves two declensions open (`критерий`, `строгий`), the forms of both are given.
 * Source: the declension tables of school grammars.
 */
import { insertVowel, joinAll, type Spelling } from './spelling.ts'

/**
 * @param key lower case, ё folded to е
 * @param spelling whether the word could be a surname, whose two genders are two people
 */
export function russianForms(key: string, spelling: Spelling): readonly string[] {
  const surname = spelling.named && spelling.last ? surnameForms(key) : undefined
  return surname ?? [...adjectiveForms(key), ...nounForms(key)]
}

function surnameForms(key: string): readonly string[] | undefined {
  const bare = key.slice(0, -2)
  if (/[сц]кий$/.test(key)) return joinAll(bare, 'ий ого ому им ом')
  if (/[сц]кая$/.test(key)) return joinAll(bare, 'ая ой ую ою')
  if (/.(?:[ое]в|[иы]н)$/.test(key)) return joinAll(key, ',а у ым ом е')
  if (/.(?:[ое]в|[иы]н)а$/.test(key)) return joinAll(key.slice(0, -1), 'а ы е у ой ою')
  return undefined
}

function adjectiveForms(key: string): readonly string[] {
  const stem = key.slice(0, -2)
  if (stem.length < 2) return []
  switch (key.slice(-2)) {
    case 'ый':
    case 'ой':
      return joinAll(stem, `ый ой ого ому ым им ом ая ую ою ое ${PLURAL}`)
    case 'ий':
      return joinAll(stem, `ий ого его ому ему им ом ем ая яя ой ей ую юю ою ею ое ее ${PLURAL}`)
    case 'ая':
    case 'яя':
      return joinAll(stem, `ая яя ой ей ую юю ою ею ${PLURAL}`)
    case 'ое':
    case 'ее':
      return joinAll(stem, `ое ее ого его ому ему ом ем ${PLURAL}`)
    case 'ые':
    case 'ие':
      return joinAll(stem, PLURAL)
    default:
      return []
  }
}

function nounForms(key: string): readonly string[] {
  const stem = key.slice(0, -1)
  switch (key.at(-1)) {
    case 'й':
      return joinAll(stem, 'й я ю ем е и ев ям ями ях')
    case 'ь':
      return [stem, dropVowel(stem)].flatMap((one) =>
        one === undefined ? [] : joinAll(one, HUSHING.test(one) ? `${SOFT} ам ами ах` : SOFT),
      )
    case 'а':
      return [
        ...joinAll(stem, `${SIBILANT.test(stem) ? 'и' : 'ы'} и а е у ой ою ей ею ам ами ах`),
        ...bareForms(stem),
      ]
    case 'я':
      return [
        ...joinAll(stem, `я и е ю ей ею й ям ями ях${key.endsWith('ья') ? '' : ' ь'}`),
        ...(key.endsWith('ья') ? [] : bareForms(stem)),
        ...(key.endsWith('ья') ? joinAll(key.slice(0, -2), 'ей') : []),
        ...(key.endsWith('мя') ? joinAll(stem, 'ени енем ена ен енам енами енах') : []),
      ]
    case 'о':
      return [...joinAll(stem, 'о а у ом е ам ами ах'), ...bareForms(stem)]
    case 'е':
      return [
        ...joinAll(stem, 'е я а ю у ем и ей й ям ам ями ами ях ах'),
        ...bareForms(stem),
        ...(key.endsWith('ье') ? joinAll(key.slice(0, -2), 'ий') : []),
      ]
    case 'ы':
    case 'и':
      return [
        ...joinAll(stem, 'ы и ов ев ей й ам ям ами ями ах ях'),
        ...(WITHOUT_BARE_PLURAL.test(key) ? [] : bareForms(stem)),
      ]
    default:
      return CONSONANT.test(key) ? masculineForms(key) : [key]
  }
}

function masculineForms(key: string): readonly string[] {
  const endings = HUSHING.test(key)
    ? 'а у ом ем е и ей ам ами ах'
    : key.endsWith('ц')
      ? 'а у ом ем е ы ов ев ам ами ах'
      : `а у ом е ${SIBILANT.test(key) ? 'и' : 'ы'} ов ам ами ах`
  const shorter = dropVowel(key)
  return [
    key,
    ...joinAll(key, endings),
    ...(shorter === undefined ? [] : joinAll(shorter, endings)),
    ...(/[ая]нин$/.test(key) ? joinAll(key.slice(0, -2), ',е ам ами ах') : []),
  ]
}

/** Genitive plural without an ending, with the vowel that comes in: забастовка, забастовок; тюрьма, тюрем. */
function bareForms(stem: string): readonly string[] {
  return CONSONANT.test(stem) || stem.endsWith('ь') ? [stem, ...insertVowel(stem, 'ое')] : []
}

/** Without the vowel that comes and goes: участок, участк-; владелец, владельц-; боец, бойц-. */
function dropVowel(stem: string): string | undefined {
  if (/[аеиоуыэюя]ец$/.test(stem)) return `${stem.slice(0, -2)}йц`
  if (/л[ео][цк]$/.test(stem)) return `${stem.slice(0, -2)}ь${stem.slice(-1)}`
  return stem.length >= 4 && /[^аеиоуыэюяьй][оеэ][кцнлрвтм]$/.test(stem)
    ? stem.slice(0, -2) + stem.slice(-1)
    : undefined
}

const PLURAL = 'ые ие ых их ым им ыми ими'
const SOFT = 'ь я ю ем е и ью ей ям ями ях'
const HUSHING = /[жшчщ]$/
const SIBILANT = /[жшчщкгх]$/
const CONSONANT = /[бвгджзклмнпрстфхцчшщ]$/
/** Plurals whose genitive is -ов: `выбор` is a choice and no election. */
const WITHOUT_BARE_PLURAL = /(?:выбор|переговор|дебат|финанс|сбор|праймериз)ы$/
