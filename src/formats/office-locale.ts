import { directionOf, languageOf } from '../domain/locale.ts'

/**
 * Office documents have three languages for one text: which of them counts depends on the script of a character.
 * `val` is the one for Latin, Cyrillic and Greek letters, in the terms of WordprocessingML.
 */
export type Slot = 'val' | 'eastAsia' | 'bidi'
export const SLOTS: readonly Slot[] = ['val', 'eastAsia', 'bidi']

export type OfficeLocale = {
  readonly slot: Slot
  readonly rtl: boolean
  /** `de-DE`, `zh-TW`, `sr-Latn-RS`: with a country always, with a script where the country does not tell it. */
  readonly tag: string
  readonly language: string
  readonly country: string
  /** '' where the country tells it. */
  readonly script: string
  /** True for a tag that the document may keep: `de-AT` for `de`. */
  readonly fits: (tag: string) => boolean
}

const EAST_ASIAN = new Set('Hans Hant Jpan Kore Hang Hira Kana Bopo Yiii'.split(' '))
const COMPLEX = new Set(
  'Arab Hebr Thaa Syrc Nkoo Adlm Rohg Mand Samr Beng Deva Gujr Guru Khmr Knda Laoo Mlym Mong Mymr Orya Sinh Taml Telu Thai Tibt'.split(
    ' ',
  ),
)

/** @param locale canonical BCP 47 tag; what it leaves open is the likely one by CLDR */
export function officeLocale(locale: string): OfficeLocale {
  const given = new Intl.Locale(locale)
  const full = given.maximize()
  const language = full.language
  const country = full.region ?? ''
  const usual = new Intl.Locale(country === '' ? language : `${language}-${country}`).maximize().script
  const script = full.script !== undefined && full.script !== usual ? full.script : ''
  const tag = [language, script, country].filter((part) => part !== '').join('-')
  let slot: Slot = 'val'
  if (EAST_ASIAN.has(full.script ?? '')) slot = 'eastAsia'
  else if (COMPLEX.has(full.script ?? '')) slot = 'bidi'
  const fits = (other: string): boolean => {
    if (other === tag) return true
    const known = maximized(other)
    if (known?.language !== language || known.script !== full.script) return false
    return given.region === undefined || known.region === country
  }
  return { slot, rtl: directionOf(locale) === 'rtl', tag, language, country, script, fits }
}

function maximized(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag).maximize()
  } catch {
    return undefined // RangeError: what a document says need not be a tag
  }
}

/**
 * Which languages are the document's own, and so change with its text: that of its defaults, and the one that most
 * of its text is marked with. Any other is that of a passage in another language, which stays as it is.
 */
export class OwnLanguages {
  readonly #defaults = new Set<string>()
  readonly #lengths = new Map<string, number>()

  /** @param tag as the document has it; '' where it says nothing */
  addDefault(slot: Slot, tag: string): void {
    if (tag !== '') this.#defaults.add(keyOf(slot, tag))
  }

  /** @param length of a text that is marked with the tag; '' for one that is not marked */
  count(slot: Slot, tag: string, length: number): void {
    const key = keyOf(slot, tag)
    this.#lengths.set(key, (this.#lengths.get(key) ?? 0) + length)
  }

  /** @returns a test of a tag in a slot */
  settle(): (slot: Slot, tag: string) => boolean {
    const own = new Set(this.#defaults)
    for (const slot of SLOTS) {
      let most = this.#lengths.get(keyOf(slot, '')) ?? 0
      let common = ''
      for (const [key, length] of this.#lengths) {
        if (!key.startsWith(`${slot} `) || length <= most) continue
        most = length
        common = key
      }
      own.add(common)
    }
    return (slot, tag) => own.has(keyOf(slot, tag))
  }
}

function keyOf(slot: Slot, tag: string): string {
  return `${slot} ${languageOf(tag)}`
}

const RTL_LETTER =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlm}]/v
const LTR_LETTER =
  /[\p{L}--[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlm}]]/v

/** Whether a text has letters that are written from right to left, and from left to right. */
export function lettersOf(text: string): { readonly rtl: boolean; readonly ltr: boolean } {
  return { rtl: RTL_LETTER.test(text), ltr: LTR_LETTER.test(text) }
}
