/**
 * Inflectional endings: two words with one stem are forms of one word only if they differ by endings of this
 * list. So `Sicherheit`/`sicher`, `policía`/`policial`, `partido`/`repartido` stay apart.
 * Source: declension tables of school grammars; verbs are left out on purpose, terms are nouns, names, adjectives.
 */
import { foldDiacritics } from './fold.ts'
import { dropFleetingVowel } from './plural.ts'

/**
 * @param a,b lower-case words with one stem
 * @param language subtag; a language without a list agrees always
 */
export function endingsAgree(a: string, b: string, language: string): boolean {
  const endings = ENDINGS.get(language)
  if (endings === undefined) return true
  if (agree(foldDiacritics(a), foldDiacritics(b), endings)) return true
  return language === 'ru' && agree(dropFleetingVowel(a), dropFleetingVowel(b), endings)
}

function agree(left: string, right: string, endings: ReadonlySet<string>): boolean {
  let common = 0
  while (common < left.length && common < right.length && left[common] === right[common]) common++
  // `ая` and `ами` share a letter that belongs to both endings, so the border may lie a little earlier.
  for (let border = common; border >= Math.max(2, common - 3); border--) {
    if (endings.has(left.slice(border)) && endings.has(right.slice(border))) return true
  }
  return false
}

function list(text: string): ReadonlySet<string> {
  return new Set(['', ...text.split(' ').map(foldDiacritics)])
}

const ROMANCE_GENDER = 'o a os as e es s'

const ENDINGS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['de', list('e en er ern em es s n ns ens se sen ses r rn m in innen nen')],
  ['nl', list('e en s n es')],
  ['es', list(`${ROMANCE_GENDER} z ces`)],
  [
    'pt',
    list(`${ROMANCE_GENDER} ão ões ãos ães l is el eis al ais ol ois m ns eu eia eus eias u ia us ias ã ãs`),
  ],
  [
    'fr',
    list(
      's x e es ux l le les lle lles al aux ale ales f ve ves fs er ère ers ères eux euse euses eur ' +
        'eurs teur trice teurs trices ne nes nne nnes te tes que c ques cs',
    ),
  ],
  ['it', list('o a i e che chi hi he io ia ie')],
  ['ca', list(`${ROMANCE_GENDER} ns`)],
  ['ro', list('a ă e i ul ului lui le lor ii ilor ei uri urile urilor l')],
  [
    'ru',
    list(
      'а у ом ем е ы и ов ев ей ам ями ами ах ях я ю ям ь ью ия ии ию ией иям иями иях ием ие ий ' +
        'ья ьи ью ье ьев ьям ьями ьях й ' +
        'ый ой ая яя ое ее ые его ого ему ому им ым ем ом ую юю их ых ими ыми ою ею',
    ),
  ],
])
