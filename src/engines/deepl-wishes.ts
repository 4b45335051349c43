import { languageOf } from '../domain/locale.ts'
import { deeplHasFormality } from './deepl-languages.ts'

type Formality = 'default' | 'prefer_more' | 'prefer_less'

/** How an operator wants DeepL to write. */
export type DeeplWishes = {
  /** By locale or language, `*` for all others; where DeepL has none for a language, nothing is asked for. */
  readonly formality?: Readonly<Record<string, Formality>>
  /** Ids of style rules of the account, by target locale or language. */
  readonly styleRules?: Readonly<Record<string, string>>
}

/** Part of the ledger's key: written so that an account without wishes keeps the keys that it has. */
export function settingsOf({ formality = {}, styleRules = {} }: DeeplWishes): string {
  const { '*': general = 'default', ...byLocale } = formality
  const some = (list: Readonly<Record<string, string>>) =>
    Object.entries(list)
      .sort()
      .map(([locale, value]) => ` ${locale}=${value}`)
      .join('')
  const style = some(styleRules)
  return `v2 xml-v2 formality=${general}${some(byLocale)}${style === '' ? '' : ` style${style}`}`
}

/** The wish for a locale: its own, its language's, everybody's. */
function wishFor<Wish>(wishes: Readonly<Record<string, Wish>> | undefined, locale: string): Wish | undefined {
  const byLocale = new Map(Object.entries(wishes ?? {}).map(([key, value]) => [key.toLowerCase(), value]))
  return byLocale.get(locale.toLowerCase()) ?? byLocale.get(languageOf(locale)) ?? byLocale.get('*')
}

export function formalityFor({ formality }: DeeplWishes, target: string): { formality?: Formality } {
  const wish = wishFor(formality, target)
  return wish === undefined || wish === 'default' || !deeplHasFormality(target) ? {} : { formality: wish }
}

export function styleFor({ styleRules }: DeeplWishes, target: string): { styleRule?: string } {
  const styleRule = wishFor(styleRules, target)
  return styleRule === undefined ? {} : { styleRule }
}
