/**
 * Plurals of terms by the regular rules of the target language, for terms that are masked or placed where the source
 * has a plural. Sources: Real Academia Española, Ortografía §3.2 and Nueva gramática §3.2; Cunha & Cintra, Nova
 * gramática, “Plural dos substantivos”; Grevisse, Le bon usage §§ 512–540. A word without a regular plural, or whose
 * plural nobody can tell from its letters, gives none: the term check would rather see the singular.
 */

/** Does the source have the term in the plural? Only by an -s that en, es, fr or pt put to one of its words. */
export function isPlural(occurrence: string, term: string, language: string): boolean {
  if (!['en', 'es', 'fr', 'pt'].includes(language)) return false
  const [stands, listed] = [occurrence, term].map((text) => text.toLowerCase().split(/[\s\u00a0]+/u))
  if (stands?.length !== listed?.length) return false
  return (stands ?? []).some((word, place) => {
    const own = listed?.[place] ?? ''
    return word !== own && /[^s'’]s$/u.test(word) && !own.endsWith('s') && word.startsWith(own.slice(0, -1))
  })
}

/** @returns undefined where there is no certain plural */
export function pluralOf(term: string, language: string): string | undefined {
  const rule = RULES[language]
  if (rule === undefined) return undefined
  const parts = term.split(/([\s\u00a0,]+)/u)
  const end = headEnd(parts)
  const out: string[] = []
  for (const [place, part] of parts.slice(0, end).entries()) {
    // In English only the last noun of a compound has an ending, elsewhere adjectives agree.
    const isWord = place % 2 === 0 && part !== '' && !JOINING.has(part.toLowerCase())
    const isMeant = isWord && (language === 'en' ? place === end - 1 : place === 0 || !part.includes('-'))
    const plural = isMeant ? pluralWord(part, rule) : part
    if (plural === undefined) return undefined
    out.push(plural)
  }
  return out.join('') + parts.slice(end).join('')
}

/** What follows a preposition belongs to another noun: balas de goma, unités de base. */
function headEnd(parts: readonly string[]): number {
  const preposition = parts.findIndex(
    (part, place) => place > 0 && (PREPOSITIONS.has(part.toLowerCase()) || /^[dl]['’]/iu.test(part)),
  )
  return preposition === -1 ? parts.length : preposition - 1
}

type Rule = (word: string) => string | undefined

function pluralWord(word: string, rule: Rule): string | undefined {
  const isPlain = /^\p{L}\p{Ll}*$/u.test(word)
  return isPlain ? rule(word) : undefined
}

const set = (list: string): ReadonlySet<string> => new Set(list.split(' '))
const PREPOSITIONS = set(
  'de del da do dos das des du à au aux a al en em para por pour sur sobre contra sin sans sem con com avec of for in on',
)
const JOINING = set('y e et o u ou and or')

const SPANISH_STRESSED: Readonly<Record<string, string>> = {
  ón: 'ones',
  án: 'anes',
  ín: 'ines',
  én: 'enes',
  és: 'eses',
}

const RULES: Readonly<Record<string, Rule>> = {
  es: (word) => {
    const stressed = SPANISH_STRESSED[word.slice(-2)]
    if (stressed !== undefined) return word.slice(0, -2) + stressed
    if (/[aeiouáéó]$/u.test(word)) return `${word}s`
    if (word.endsWith('z')) return `${word.slice(0, -1)}ces`
    // Words like `joven`, which gain an accent, end in an unstressed vowel and n.
    return /[lrdj]$/u.test(word) ? `${word}es` : undefined
  },
  pt: (word) => {
    if (/(?:ç|ss|ns|t)ão$/u.test(word)) return `${word.slice(0, -2)}ões`
    if (word.endsWith('ão')) return undefined
    if (/[aeiouãáéêíóôú]$/u.test(word)) return `${word}s`
    if (word.endsWith('m')) return `${word.slice(0, -1)}ns`
    if (word.endsWith('al')) return `${word.slice(0, -1)}is`
    return /[rz]$/u.test(word) ? `${word}es` : undefined
  },
  fr: (word) => {
    if (/[sxz]$/u.test(word)) return word
    if (/(?:eau|eu|au)$/u.test(word)) return `${word}x`
    if (!word.endsWith('al')) return word.endsWith('ail') ? undefined : `${word}s`
    return FRENCH_REGULAR_AL.has(word.toLowerCase()) ? `${word}s` : `${word.slice(0, -1)}ux`
  },
  en: (word) => {
    if (/(?:s|x|z|ch|sh|o|f|fe)$/u.test(word)) return undefined
    return /[^aeiou]y$/u.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`
  },
}

const FRENCH_REGULAR_AL = set('bal carnaval festival final naval natal fatal glacial récital bancal')
