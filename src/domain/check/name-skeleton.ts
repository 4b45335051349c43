/**
 * What stays of a name when alphabets and spelling conventions are taken away: its consonants, in coarse classes.
 * Tsikhanouskaya, Tichanowskaja and Тихановская come out alike or nearly so.
 */

/** @returns one letter a consonant; `S` for all hissing sounds, `V` for v w f, `K` for k c q g, nothing for vowels */
export function skeletonOf(name: string): string {
  let text = ''
  for (const character of name.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')) {
    text += CYRILLIC.get(character) ?? SPECIAL.get(character) ?? character
  }
  return text
    .replace(
      /tsch|tch|sch|dzh|dsch|dż|dz|sz|cz|sh|ch|kh|zh|ts|tz|ph|th|gh|x/g,
      (group) => GROUPS.get(group) ?? 'S',
    )
    .replace(/c(?=[eiy])/g, 'S')
    .replace(/[szh]/g, 'S')
    .replace(/[vwf]/g, 'V')
    .replace(/[kcqg]/g, 'K')
    .replace(/[^SVKa-z]/g, '')
    .replace(/[aeiouyj]/g, '')
    .replace(/(.)\1+/g, '$1')
}

/** Levenshtein distance of two short words. @param a,b at most 40 characters are looked at */
export function distance(a: string, b: string): number {
  const left = a.slice(0, 40)
  const right = b.slice(0, 40)
  let row = Array.from({ length: right.length + 1 }, (_, at) => at)
  for (let i = 1; i <= left.length; i++) {
    const next = [i]
    for (let j = 1; j <= right.length; j++) {
      const swap = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[right.length] ?? 0
}

/** Whether a word may be the name in another spelling, with an ending of its language. */
export function isLike(name: string, skeleton: string): boolean {
  if (name.length === 0) return true
  const cut = skeleton.slice(0, name.length + 1)
  return Math.min(distance(name, skeleton), distance(name, cut)) <= Math.max(1, name.length * 0.4)
}

/**
 * Whether two skeletons can hardly be one name: most of their consonants differ, or they begin with consonants that
 * no alphabet confuses.
 */
export function isUnlike(a: string, b: string): boolean {
  const steady = /^[bdlmnpr]/
  if (steady.test(a) && steady.test(b) && a.charAt(0) !== b.charAt(0)) return true
  return distance(a, b) > 0.65 * Math.max(a.length, b.length)
}

const GROUPS: ReadonlyMap<string, string> = new Map([
  ['ph', 'V'],
  ['th', 't'],
  ['gh', 'K'],
  ['x', 'KS'],
])
const SPECIAL: ReadonlyMap<string, string> = new Map([
  ['ł', 'l'],
  ['ß', 's'],
  ['ø', 'o'],
  ['đ', 'd'],
  ['æ', 'a'],
])
const CYRILLIC: ReadonlyMap<string, string> = new Map(
  'а:a б:b в:v г:g ґ:g д:d е:e ё:e є:e ж:s з:s и:i і:i ї:i й:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ў:v ф:f х:s ц:s ч:s ш:s щ:s ъ: ы:i ь: э:e ю:u я:a'
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.slice(2)] as const),
)
