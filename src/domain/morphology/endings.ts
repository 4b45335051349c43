/**
 * Inflectional endings, for languages without declensions in `forms.ts`: two words with one stem are forms of one word only if they differ by endings of this
 * list.
 * Source: declension tables of school grammars; verbs are left out on purpose, terms are nouns, names, adjectives.
 */
import { foldDiacritics } from './fold.ts'

/**
 * @param a,b lower-case words with one stem
 * @param language subtag; a language without a list agrees always
 */
export function endingsAgree(a: string, b: string, language: string): boolean {
  const endings = ENDINGS.get(language)
  if (endings === undefined) return true
  return agree(foldDiacritics(a), foldDiacritics(b), endings)
}

function agree(left: string, right: string, endings: ReadonlySet<string>): boolean {
  let common = 0
  while (common < left.length && common < right.length && left[common] === right[common]) common++
  // `ului` and `uri` share a letter that belongs to both endings, so the border may lie a little earlier.
  for (let border = common; border >= Math.max(2, common - 3); border--) {
    if (endings.has(left.slice(border)) && endings.has(right.slice(border))) return true
  }
  return false
}

function list(text: string): ReadonlySet<string> {
  return new Set(['', ...text.split(' ').map(foldDiacritics)])
}

const ENDINGS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['nl', list('e en s n es')],
  ['ca', list('o a os as e es s ns')],
  ['ro', list('a ă e i ul ului lui le lor ii ilor ei uri urile urilor l')],
])
