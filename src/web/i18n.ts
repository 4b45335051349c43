import type { ComponentChild } from 'preact'

/** Languages in which the interface speaks. */
export const INTERFACE_LOCALES = ['en', 'de', 'es', 'fr', 'pt-BR', 'pt-PT'] as const
export type InterfaceLocale = (typeof INTERFACE_LOCALES)[number]

/** A sentence, or its plural forms by the categories of CLDR; `other` is always there. */
type Wording = string | Readonly<Record<string, string>>

const CHOICE = 'talmach-language'

let current: InterfaceLocale = 'en'
let wordings: Readonly<Record<string, Wording>> = {}

/** The chosen language, or the first of the browser's that we have, or English. */
export function chooseLocale(chosen: string | null, preferred: readonly string[]): InterfaceLocale {
  for (const tag of chosen === null ? preferred : [chosen, ...preferred]) {
    const exact = INTERFACE_LOCALES.find((locale) => locale.toLowerCase() === tag.toLowerCase())
    if (exact !== undefined) return exact
    const language = tag.toLowerCase().split('-')[0]
    const near = INTERFACE_LOCALES.find((locale) => locale.toLowerCase().split('-')[0] === language)
    if (near !== undefined) return near
  }
  return 'en'
}

/** Loads the words of the interface. Called once, before anything that says something is imported. */
export async function loadWords(): Promise<void> {
  current = chooseLocale(storedChoice(), navigator.languages)
  document.documentElement.lang = current
  if (current === 'en') return
  const module: { default: Readonly<Record<string, Wording>> } = await import(`./locales/${current}.json`)
  wordings = module.default
}

export function interfaceLocale(): InterfaceLocale {
  return current
}

/** The locale for days and times: day before month in English too. */
export function dateLocale(): string {
  return current === 'en' ? 'en-GB' : current
}

/** Speaks another language from now on: the page is loaded again, and drafts are kept as always. */
export function speak(locale: InterfaceLocale): void {
  localStorage.setItem(CHOICE, locale)
  location.reload()
}

/**
 * A sentence in the language of the interface.
 *
 * @param text the English sentence, which is its key; names in braces stand for values: `Sent by {name}`
 */
export function t(text: string, values: Readonly<Record<string, string | number>> = {}): string {
  const wording = wordings[text]
  return fill(typeof wording === 'string' ? wording : text, values)
}

/**
 * A sentence with a number, which may read otherwise for one than for many.
 *
 * @param one the English sentence for one, `{count} segment`
 * @param other the English sentence for all other numbers, which is the key: `{count} segments`
 */
export function tn(
  count: number,
  one: string,
  other: string,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const wording = wordings[other]
  const forms = typeof wording === 'object' ? wording : { one, other: wording ?? other }
  const form = forms[new Intl.PluralRules(current).select(count)] ?? forms.other ?? other
  return fill(form, { count: count.toLocaleString(current), ...values })
}

/**
 * What stands for a sentence that is said elsewhere, and whose key is no literal here: the domain's (see `said.tsx`). Its
 * placeholders are still in it.
 */
export function wordingOf(text: string): string {
  return t(text)
}

/** A sentence with elements in it: `Sent by {name}`, where `name` is a node. */
export function tx(text: string, nodes: Readonly<Record<string, ComponentChild>>): ComponentChild[] {
  return t(text)
    .split(/(\{\w{1,40}\})/)
    .map((part) => (part.startsWith('{') && part.slice(1, -1) in nodes ? nodes[part.slice(1, -1)] : part))
}

function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w{1,40})\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** Null also where the browser forbids storage. */
function storedChoice(): string | null {
  try {
    return localStorage.getItem(CHOICE)
  } catch {
    return null
  }
}
