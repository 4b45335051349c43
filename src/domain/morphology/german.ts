/**
 * German nouns and adjectives: all forms that a dictionary form can have, guessed from its ending.
 * Source: the declension tables of the Duden grammar; German nouns show neither gender nor class, so the forms of
 * all classes are given that the ending allows.
 */
import { joinAll, type Spelling } from './spelling.ts'

/** @param key lower case, ß as ss */
export function germanForms(key: string, spelling: Spelling): readonly string[] {
  if (!spelling.named) return adjectiveForms(key)
  return spelling.last ? nounForms(key) : [...nounForms(key), ...adjectiveForms(key)]
}

/** An adjective of a term may be listed in any form: politischer, politische, politischen, politisch. */
function adjectiveForms(key: string): readonly string[] {
  const stem = key.length > 4 ? key.replace(/e[mnrs]?$/, '') : key
  const forms = joinAll(stem, 'e en em er es')
  const short = /[^aeiouäöü]e[lr]$/.test(stem)
    ? joinAll(stem.slice(0, -2) + stem.slice(-1), 'e en em er es')
    : []
  return [key, stem, ...forms, ...short]
}

function nounForms(key: string): readonly string[] {
  const changed = umlaut(key)
  return [
    ...simpleForms(key),
    // Angeklagter, Gefangener, Abgeordneter, Studierende: nouns that are declined like adjectives.
    ...(LIKE_ADJECTIVE.test(key) ? joinAll(key.replace(/e[nr]?$/, ''), 'e en em er es in innen') : []),
    ...(ABSTRACT.test(key) ? [] : feminineForms(key)),
    ...(changed === undefined ? [] : umlautForms(key, changed)),
  ]
}

function simpleForms(key: string): readonly string[] {
  if (ABSTRACT.test(key)) return [key, `${key}en`]
  if (/nis$/.test(key)) return [key, ...joinAll(`${key}s`, 'e es en')]
  if (/e$/.test(key)) return [key, ...joinAll(key, 'n s ns')]
  if (/(?:e[lr]|chen|lein)$/.test(key)) return [key, ...joinAll(key, 's n e en es')]
  if (/en$/.test(key)) return [key, `${key}s`, `${key}es`]
  if (/um$/.test(key)) return [key, `${key}s`, `${key.slice(0, -2)}en`, `${key.slice(0, -2)}a`]
  if (/[^ao]us$/.test(key)) return [key, ...joinAll(key.slice(0, -2), 'en i'), `${key}se`]
  if (/[aiouy]$/.test(key)) return [key, ...joinAll(key, 's n en'), `${key.slice(0, -1)}en`]
  return [
    key,
    ...joinAll(key, 's es e en n er ern ens'),
    ...(/in$/.test(key) ? [`${key}nen`] : []),
    ...(/s$/.test(key) ? joinAll(`${key}s`, 'e es en') : []),
  ]
}

/** Student, Studentin; Genosse, Genossin; Anwalt, Anwältin; Einwanderer, Einwanderin. */
function feminineForms(key: string): readonly string[] {
  const stem = key.replace(/(?<=er)er$|e$/, '')
  const changed = /(?:arzt|walt|rat|bauer|bund)$/.test(stem) ? (umlaut(stem) ?? stem) : stem
  return stem.length < 4 ? [] : [...joinAll(stem, 'in innen'), ...joinAll(changed, 'in innen')]
}

function umlautForms(key: string, changed: string): readonly string[] {
  return key.endsWith('e') || /e[lnr]$/.test(key) ? [changed, `${changed}n`] : joinAll(changed, 'e en er ern')
}

/** The last vowel of the word with its dots: Rat, Rät-; Haus, Häus-; Wahlvorstand, Wahlvorständ-. */
function umlaut(key: string): string | undefined {
  const ending = /(?:e[lnr]?)$/.exec(key)?.[0] ?? ''
  const stem = ending.length < key.length - 2 ? key.slice(0, key.length - ending.length) : key
  const match = /^(.*?)(au|[aou])([^aeiouäöüy]+)$/.exec(stem)
  if (match === null) return undefined
  const [, head = '', vowel = '', tail = ''] = match
  return `${head}${UMLAUTS[vowel] ?? vowel}${tail}${key.slice(stem.length)}`
}

const UMLAUTS: Readonly<Record<string, string>> = { a: 'ä', o: 'ö', u: 'ü', au: 'äu' }
const ABSTRACT = /(?:heit|keit|schaft|ung|ion|tät)$/
const LIKE_ADJECTIVE =
  /(?:iert|[^aeiou]en|(?<!bet|ver|tier)(?<=.{4})nd|ordnet|fangen|[gfhklnstz]lagt|schuldigt|tragt|letzt|wandt|freiwillig|wählt|klagt|nellt|eamt|onell|olgt|haftet|urteilt|lärt|ächtigt|schäftigt)e[nr]?$/
