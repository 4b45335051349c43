/**
 * Light suffix rules for Ukrainian and Polish, for which Snowball has no algorithm here, and the gender of surnames.
 * Source: declension tables of school grammars. Only case, number and gender endings are taken off.
 */

/** @param key lower-case word */
export function stemSlavic(key: string, language: 'uk' | 'pl'): string {
  const rules = RULES[language]
  let stem = key
  // As long as there are some, so that `законами`, `закона` and `закон` end up at one place.
  for (;;) {
    const ending = rules.endings.find((one) => stem.endsWith(one) && stem.length - one.length >= 3)
    if (ending === undefined) return rules.unify(stem)
    stem = stem.slice(0, stem.length - ending.length)
  }
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

const UK = byLength(
  'ами ями ів їв єв ев ов ах ях ам ям ом ем єм ою ею єю ові еві єві ієм ієві а я у ю и і ї е є о ь й ' +
    'ого його ому йому им їм ім ій їй их їх іх ими їми ої ий ія ії ією ію іям іями іях',
)
const PL = byLength(
  'ami owie ach ech om ów owi em iem ie ę ą a e i y u o ego iego emu iemu ym im ej iej ych ich ymi imi ia ii ię ią io iu iom iach iami',
)

const RULES = {
  uk: {
    endings: UK,
    // к, г, х turn to ц, з, с before і (Лукашенка, Лукашенці); і in a closed syllable is о or е in an open one
    // (Київ, Києва; ніч, ночі), and vowels come and go (партійок, партійка).
    unify: (stem: string) =>
      stem
        .replace(/([^аеєиіїоуюя])\1$/, '$1')
        .replace(/ц$/, 'к')
        .replace(/з$/, 'г')
        .replace(/с$/, 'х')
        .replace(/^(.{2,})[іїоеє]([^аеєиіїоуюяьй])$/, '$1$2'),
  },
  pl: {
    endings: PL,
    // Softening before -ie, -i, -e (agenda, agendzie; Łukaszenka, Łukaszence; dziennikarz), and e comes and goes.
    unify: (stem: string) =>
      stem
        .replace(/anin$/, 'an')
        .replaceAll('ś', 's')
        .replaceAll('ź', 'z')
        .replace(/(?<=..)i?e([bcdfghjklłmnprstwzńć])$/, '$1')
        .replace(/[tkcć]$/, 't')
        .replace(/(?:dź|dz|d|g)$/, 'd')
        .replace(/rz$/, 'r')
        .replace(/sz$/, 's')
        .replace(/ń$/, 'n')
        .replace(/ł$/, 'l'),
  },
} as const

const PARADIGMS: ReadonlyMap<string, readonly Paradigm[]> = new Map([
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
