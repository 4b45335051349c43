/**
 * Belarusian nouns and adjectives: all forms that a dictionary form can have, guessed from its ending.
 * Source: the declension tables of school grammars (orthography of 2008).
 */
import { insertVowel, joinAll, type Spelling } from './spelling.ts'

/** @param key lower case, an initial ў folded to у */
export function belarusianForms(key: string, spelling: Spelling): readonly string[] {
  const surname = spelling.named && spelling.last ? surnameForms(key) : undefined
  return surname ?? [...adjectiveForms(key), ...nounForms(key)]
}

function surnameForms(key: string): readonly string[] | undefined {
  if (/[сц]кі$/.test(key)) return joinAll(key.slice(0, -1), 'і ага аму ім')
  if (/[сц]кая$/.test(key)) return joinAll(key.slice(0, -2), 'ая ай ую аю ае')
  if (/[аеёо]ў$/.test(key)) return [key, ...joinAll(`${key.slice(0, -1)}в`, 'а у ым ам ом е')]
  if (/.[іы]н$/.test(key)) return joinAll(key, ',а у ым ам ом е')
  if (/.(?:[аеёо]в|[іы]н)а$/.test(key)) return joinAll(key.slice(0, -1), 'а ы е у ай ою аю ой')
  return undefined
}

function adjectiveForms(key: string): readonly string[] {
  const one = key.slice(0, -1)
  const two = key.slice(0, -2)
  if (/[ыі]$/.test(key) && one.length >= 2) {
    return joinAll(
      one,
      `ы і ага ога яга аму ому яму ым ім ом ая яя ай ой яй ую юю аю яю ою ае ое яе ${PLURAL}`,
    )
  }
  if (two.length < 2) return []
  if (/(?:ая|яя)$/.test(key)) return joinAll(two, `ая яя ай ой яй ае ое яе ую юю аю яю ою ${PLURAL}`)
  if (/[аоя]е$/.test(key)) return joinAll(two, `ае ое яе ага ога яга аму ому яму ${PLURAL}`)
  return /[ыі]я$/.test(key) ? joinAll(two, PLURAL) : []
}

function nounForms(key: string): readonly string[] {
  const stem = key.slice(0, -1)
  switch (key.at(-1)) {
    case 'й':
      return joinAll(stem, 'й я ю ем ём і яў ёў ям ямі ях')
    case 'ь':
      return softForms(stem)
    case 'а':
    case 'о':
      return [
        ...joinAll(stem, `а о у ай аю ой ою ам ом ${HARD_PLURAL}`),
        ...softened(stem),
        ...bareForms(stem),
      ]
    case 'я':
      return [...joinAll(stem, 'я і е ю яй ёй яю ёю ь й ей ям ямі ях яў ёў'), ...bareForms(stem)]
    case 'е':
    case 'ё':
    case 'э':
      return [...joinAll(stem, 'е ё э я а ю у ем ём эм ам і ы яў аў ям ямі амі ях ах ей'), ...bareForms(stem)]
    case 'ы':
    case 'і':
      return [
        ...joinAll(stem, 'ы і аў яў оў ёў эй ей ам ям амі ямі ах ях ей'),
        ...(WITHOUT_BARE_PLURAL.test(key) ? [] : bareForms(stem)),
      ]
    default:
      return CONSONANT.test(key) ? consonantForms(key) : [key]
  }
}

function consonantForms(key: string): readonly string[] {
  const stem = key.endsWith('ў') ? `${key.slice(0, -1)}в` : key
  const shorter = dropVowel(stem)
  return [
    key,
    ...hardForms(stem),
    ...(shorter === undefined ? [] : hardForms(shorter)),
    ...(/[ая]нін$/.test(key) ? joinAll(key.slice(0, -2), ',е аў ам амі ах') : []),
    // Feminine nouns: незалежнасць, ноч, моладзь.
    ...(/ц$/.test(key) ? joinAll(key, 'і ю ей яў ям ямі ях') : []),
    ...(HUSHING.test(key) ? joinAll(key, `ы ${key.slice(-1)}у ю ую эй`) : []),
  ]
}

function hardForms(stem: string): readonly string[] {
  return [...joinAll(stem, `а у ам ом эм ${HARD_PLURAL}`), ...softened(stem)]
}

function softForms(stem: string): readonly string[] {
  const shorter = dropVowel(stem)
  return [
    ...joinAll(stem, SOFT),
    ...(shorter === undefined ? [] : joinAll(shorter, SOFT)),
    // Беларусь, Беларуссю; моладзь, моладдзю; сувязь, сувяззю.
    ...(stem.endsWith('дз') ? [`${stem.slice(0, -2)}ддзю`] : []),
    ...(/[аеёіоуыэюя][^аеёіоуыэюя]$/.test(stem) ? [`${stem}${stem.slice(-1)}ю`] : []),
  ]
}

/** Before -е: Брэст, Брэсце; рада, радзе; к, г, х turn to ц, з, с (палітыка, палітыцы; рака, рацэ). */
function softened(stem: string): readonly string[] {
  const head = stem.slice(0, -1)
  switch (stem.at(-1)) {
    case 'т':
      return [`${head}це`, `${head}ці`]
    case 'д':
      return [`${head}дзе`]
    case 'к':
      return [`${head}цы`, `${head}цэ`]
    case 'г':
      return [`${head}зе`]
    case 'х':
      return [`${head}се`]
    default:
      return /[рцчшжщ]$/.test(stem) ? [`${stem}ы`, `${stem}э`] : [`${stem}е`]
  }
}

/** Genitive plural without an ending: забастоўка, забастовак; старонка, старонак; лазня, лазень. */
function bareForms(stem: string): readonly string[] {
  if (/[аеёіоуыэюя]$/.test(stem)) return []
  const whole = stem.endsWith('в') ? `${stem.slice(0, -1)}ў` : stem
  return [
    whole,
    ...insertVowel(stem, 'аоеё').flatMap((one) => [one, one.replace(/ў(?=[аоеё].$)/, 'в')]),
    ...insertVowel(stem, 'е').map((one) => `${one}ь`),
  ]
}

/** падатак, падатк-; вязень, вязн-; амапавец, амапаўц-; стралец, стральц-. */
function dropVowel(stem: string): string | undefined {
  if (stem.length < 4) return undefined
  if (/[аеёоэ]ец$/.test(stem)) return `${stem.slice(0, -2)}йц`
  if (!/[^аеёіоуўыэюя](?:[аеёоэ][кц]|[еёоэ][нлрв])$/.test(stem)) return undefined
  const head = stem.slice(0, -2)
  const last = stem.slice(-1)
  return head.endsWith('в') ? `${head.slice(0, -1)}ў${last}` : (head.endsWith('л') ? `${head}ь` : head) + last
}

const PLURAL = 'ыя ія ых іх ым ім ымі імі'
const HARD_PLURAL = 'ы і аў оў ам амі ах'
const SOFT = 'ь я ю ем ём і яў ёў ей ям ямі ях'
const HUSHING = /[жшчц]$/
const CONSONANT = /[бвгджзклмнпрстфхцчшўр]$/
const WITHOUT_BARE_PLURAL = /(?:выбар|перамов|дэбат|фінанс)ы$/
