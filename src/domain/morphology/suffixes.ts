/**
 * Languages that put endings one after another on a word that hardly changes: Turkish and Arabic. A form is the
 * dictionary form, perhaps without its last letter, and endings.
 * Source: the tables of case, number and possession of school grammars.
 */

export type SuffixingLanguage = 'tr' | 'ar'

export function isSuffixing(language: string): language is SuffixingLanguage {
  return language === 'tr' || language === 'ar'
}

/** @param key lower case, folded by `foldShape` */
export function stemSuffixing(key: string, language: SuffixingLanguage): string {
  const endings = language === 'tr' ? TURKISH : ARABIC
  let stem = key
  for (;;) {
    const ending = endings.find((one) => stem.endsWith(one) && stem.length - one.length >= 3)
    if (ending === undefined) break
    stem = stem.slice(0, stem.length - ending.length)
  }
  return language === 'tr' ? harden(stem) : stem
}

/** @param form,lemma folded, lower case */
export function hasSuffixes(form: string, lemma: string, language: SuffixingLanguage): boolean {
  if (language === 'ar') {
    // The ة of a feminine noun is a ت before an ending.
    const stem = lemma.endsWith('ه') ? lemma.slice(0, -1) : lemma
    const rest = form.startsWith(stem) ? form.slice(stem.length) : undefined
    if (rest === undefined) return false
    return stem === lemma ? ARABIC_REST.test(rest) : rest === 'ه' || ARABIC_FEMININE.test(rest)
  }
  // kitap, kitabı; sanık, sanığı: the last consonant is voiced before a vowel.
  const head = lemma.slice(0, -1)
  if (!form.startsWith(head) || harden(form.slice(0, lemma.length)) !== harden(lemma)) return false
  return TURKISH_REST.test(form.slice(lemma.length))
}

function harden(stem: string): string {
  const last = stem.slice(-1)
  return stem.slice(0, -1) + (HARD[last] ?? last)
}

const HARD: Readonly<Record<string, string>> = { ğ: 'k', g: 'k', b: 'p', d: 't', c: 'ç' }
const TURKISH = (
  'ların lerin ları leri lar ler ının inin unun ünün ndan nden nın nin nun nün ından inden undan ünden dan den tan ten ' +
  'nda nde ında inde da de ta te ın in un ün yla yle la le sı si su sü yı yi yu yü ya ye na ne ı i u ü a e'
)
  .split(' ')
  .sort((a, b) => b.length - a.length)
const TURKISH_REST =
  /^(?:l[ae]r)?(?:s?[ıiuü](?=$|n))?(?:n?[ıiuü]n|y?[ıiuü]|n[ıiuü]|[yn]?[ae]|n?[dt][ae]n?|y?l[ae])?(?:ki)?$/
const ARABIC = ['يون', 'يين', 'يات', 'ون', 'ين', 'ان', 'ات', 'يه', 'ه', 'ي', 'ت']
const ARABIC_REST = /^(?:ه|ي|ون|ين|ان|ات|تان|تين|يه|يون|يين|يات|ا|هم|ها|نا|وا)$/
const ARABIC_FEMININE = /^(?:ات|تان|تين|ت(?:ه|ها|هم|نا|ك|ي)|ي|يه|يون|يين)$/
