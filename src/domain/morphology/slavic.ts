/**
 * Light suffix rules for Belarusian, Ukrainian and Polish, for which Snowball has no algorithm here, and the
 * gender of Slavic surnames and adjectives.
 * Source: declension tables of school grammars. Only case, number and gender endings are taken off.
 */

import { dropFleetingVowel } from './plural.ts'

/** @param key lower-case word */
export function stemSlavic(key: string, language: 'be' | 'uk' | 'pl'): string {
  const rules = RULES[language]
  let stem = key
  for (const ending of rules.endings) {
    if (key.endsWith(ending) && key.length - ending.length >= 3) {
      stem = key.slice(0, key.length - ending.length)
      break
    }
  }
  return dropFleetingVowel(rules.unify(stem))
}

/**
 * Whether a form can belong to the gender that the dictionary form shows. Тихановская and Тихановский share a
 * stem and most readers' attention, but are two people; the same holds for Королёва and Королёв. Common
 * adjectives agree in gender with a noun that does not change its own.
 * @param form lower case
 * @param lemma the dictionary form in its own case: a capital means that a plural would be another family
 * @returns undefined where the dictionary form shows no gender
 */
export function gendersAgree(form: string, lemma: string, language: string): boolean | undefined {
  const paradigms = PARADIGMS.get(language)
  if (paradigms === undefined) return undefined
  const key = lemma.toLowerCase()
  const named = key.charAt(0) !== lemma.charAt(0)
  for (const paradigm of paradigms) {
    if (paradigm.named && !named) continue
    const ending = paradigm.lemma.find((one) => key.endsWith(one) && key.length > one.length + 1)
    if (ending === undefined) continue
    return (
      paradigm.forms.some((one) => form.endsWith(one)) ||
      (!paradigm.named && paradigm.plural.some((one) => form.endsWith(one)))
    )
  }
  return undefined
}

type Paradigm = {
  /** Only for capitalised words that look like surnames. */
  readonly named: boolean
  readonly lemma: readonly string[]
  readonly forms: readonly string[]
  readonly plural: readonly string[]
}

function words(text: string): readonly string[] {
  return text.split(' ')
}

/** Longest first, so that `-ями` goes before `-и`. */
function byLength(text: string): readonly string[] {
  return [...words(text)].sort((a, b) => b.length - a.length)
}

const BE = byLength(
  'амі ямі аў яў еў ёў оў ах ях ам ям ом ем ём ой ай ей ёй яй аю яю ою ею а я у ю ы і е э о ё ь й ' +
    'ага яга ому аму яму ым ім ых іх ымі імі ую юю ая яя ое ае яе ый ій ' +
    'ыя ыі ыю ыяй ыяю ыям ыямі ыях ія іі ію іяй іяю іям іямі іях',
)
const UK = byLength(
  'ами ями ів їв ев ов ах ях ам ям ом ем єм ою ею єю ові еві єві а я у ю и і ї е є о ь й ' +
    'ого його ому йому им їм ій їй их їх ими їми ої ий ія ії ією ію іям іями іях',
)
const PL = byLength(
  'ami owie ach ech om ów owi em iem ie ę ą a e i y u o ego iego emu iemu ym im ej iej ych ich ymi imi ia ii ię ią io iu iom iach iami',
)

const RULES = {
  be: {
    endings: BE,
    // ў and в alternate (Магілёў, Магілёва), initial у and ў; д, т, к, г soften before е (рада, радзе; Брэст,
    // Брэсце); a consonant doubles before ю (Беларусь, Беларуссю).
    unify: (stem: string) =>
      stem
        .replace(/ў$/, 'в')
        // Магілёў looks like a genitive plural, whose ending was taken off; Магілёва follows it.
        .replace(/(.{4})[аеёо]в$/, '$1')
        .replace(/^ў/, 'у')
        .replace(/([^аеёіоуўыэюя])\1$/, '$1')
        .replace(/дз$/, 'д')
        .replace(/[кц]$/, 'т')
        .replace(/г$/, 'з'),
  },
  uk: {
    endings: UK,
    // к, г, х turn to ц, з, с before і (Лукашенка, Лукашенці).
    unify: (stem: string) =>
      stem
        .replace(/([^аеєиіїоуюя])\1$/, '$1')
        .replace(/ц$/, 'к')
        .replace(/з$/, 'г'),
  },
  pl: {
    endings: PL,
    unify: (stem: string) =>
      stem
        .replace(/ś$/, 's')
        .replace(/ć$/, 'c')
        .replace(/ń$/, 'n')
        .replace(/ź$/, 'z')
        .replace(/c$/, 'k')
        .replace(/rz$/, 'r')
        .replace(/dz$/, 'g'),
  },
} as const

const PARADIGMS: ReadonlyMap<string, readonly Paradigm[]> = new Map([
  [
    'ru',
    [
      surname(words('ская цкая'), words('ая ой ую ою')),
      surname(words('ский цкий'), words('ий ого ому им ом')),
      surname(words('ова ева ина ына'), words('ва на вы ны ве не вой ной ву ну вою ною')),
      surname(words('ов ев ин ын'), words('ов ев ин ын ва на ву ну вым ным вом ном ве не')),
      common(words('ия'), words('ия ии ию ией иею ий иям иями иях'), []),
      common(words('ая яя'), words('ая яя ой ей ую юю ою ею'), words('ые ие ых их ым им ыми ими')),
      common(
        words('ый ий'),
        words('ый ий ого его ому ему ым им ом ем ие ия ию ии ием ием иев иям иях иями ю я е'),
        words('ые ие ых их ым им ыми ими'),
      ),
    ],
  ],
  [
    'be',
    [
      surname(words('ская цкая ўская'), words('ая ай ую аю')),
      surname(words('скі цкі'), words('кі кага каму кім')),
      surname(words('ова ева ёва іна ына'), words('ва на вы ны ве не вай най ву ну ваю наю')),
      surname(words('аў еў ёў оў ін ын'), words('ў ін ын ва на ву ну вым ным вам нам ве не')),
      // Nouns (партыя), and adjectives that stand in the plural (унутраныя войскі).
      common(words('ія'), words('ія іі ію іяй іяю ій іям іямі іях'), words('іх ім імі')),
      common(words('ыя'), words('ыя ыі ыю ыяй ыяю ый ыям ыямі ыях'), words('ых ым ымі')),
    ],
  ],
  [
    'uk',
    [
      surname(words('ська цька'), words('ка кої кій ку кою')),
      surname(words('ський цький'), words('кий кого кому ким кім')),
      common(words('ія'), words('ія ії ію ією ій іям іями іях'), []),
    ],
  ],
  [
    'pl',
    [
      surname(words('ska cka'), words('ka kiej ką ko')),
      surname(words('ski cki'), words('ki kiego kiemu kim')),
    ],
  ],
])

function surname(lemma: readonly string[], forms: readonly string[]): Paradigm {
  return { named: true, lemma, forms, plural: [] }
}

function common(lemma: readonly string[], forms: readonly string[], plural: readonly string[]): Paradigm {
  return { named: false, lemma, forms, plural }
}
