/** Particles written together with the word. */

/**
 * A Korean word without its case particle.
 * Source: the list of case and topic particles (josa) of a school grammar.
 */
export function stemKorean(key: string): string {
  for (const particle of KOREAN_PARTICLES) {
    if (key.length > particle.length + 1 && key.endsWith(particle)) {
      return key.slice(0, key.length - particle.length)
    }
  }
  return key
}

/** A Hebrew word without one leading particle (and, in, the, to, from, that, as), when enough is left of it. */
export function stripSemiticPrefix(key: string): string {
  return key.length > 4 && HEBREW_PREFIXES.includes(key.charAt(0)) ? key.slice(1) : key
}

/**
 * What a token could be when a leading particle is taken off: Hebrew and Arabic write `and`, `in`, `for` and the
 * article together with any word, names and acronyms included.
 * @returns shapes without the prefix; the word itself is not among them
 */
export function withoutPrefixes(shape: string, language: string): readonly string[] {
  if (language === 'he') {
    return shape.length > 2 && HEBREW_PREFIXES.includes(shape.charAt(0))
      ? [shape.slice(1), ...(HEBREW_PREFIXES.includes(shape.charAt(1)) ? [shape.slice(2)] : [])]
      : []
  }
  if (language === 'ar') {
    return ARABIC_PREFIXES.filter(
      (prefix) => shape.length > prefix.length + 1 && shape.startsWith(prefix),
    ).map((prefix) => shape.slice(prefix.length))
  }
  return []
}

const KOREAN_PARTICLES = [
  '에게서',
  '으로부터',
  '에서는',
  '에서',
  '에게',
  '으로',
  '까지',
  '부터',
  '처럼',
  '보다',
  '이나',
  '은',
  '는',
  '이',
  '가',
  '을',
  '를',
  '의',
  '에',
  '로',
  '와',
  '과',
  '도',
  '만',
]

const HEBREW_PREFIXES = 'והבלכמש'
/** And, so; in, like, for; the: in this order, each or none; ل and ال together are لل. */
const ARABIC_PREFIXES = ['', 'و', 'ف'].flatMap((and) =>
  ['', 'ب', 'ك', 'ل', 'ال', 'بال', 'كال', 'لل'].map((rest) => and + rest).filter((prefix) => prefix !== ''),
)
