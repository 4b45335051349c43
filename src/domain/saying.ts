/**
 * What the domain says to people: a complete English sentence, and how it was made, so that a page can say it in another
 * language. The words of the interface are collected from the calls of `say`: its first argument is a literal.
 */

/** By the names that stand in braces in the text. */
type Values = Readonly<Record<string, string | readonly string[]>>

export type Template = {
  /** The English sentence with names in braces: `The number {number} is not in the source.` */
  readonly text: string
  /**
   * A list is said with commas. Three names are said in the reader's own way: `language` is a language tag and is said by
   * the language's name; `terms` are terms, any of which will do; `parts` are words that are sentences of `say` themselves.
   */
  readonly values: Values
}

export type Said = {
  /** One English sentence, complete. */
  readonly message: string
  /** How it was made; absent where it holds no values, and then `message` is the text itself. */
  readonly template?: Template
}

/** The names in braces of a text: `number` of `The number {number} is missing`. */
type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never
type Given = string | number | readonly string[]
type GivenFor<Text extends string> = [NamesIn<Text>] extends [never]
  ? []
  : [values: Readonly<Record<NamesIn<Text>, Given>>]

/**
 * Says a sentence.
 * @param text a literal
 * @param given a value for each name in braces, and for no other
 */
export function say<const Text extends string>(text: Text, ...given: GivenFor<Text>): Said {
  const [values] = given
  if (values === undefined) return { message: text }
  const spoken = Object.entries<Given>(values).map(
    ([name, value]) => [name, typeof value === 'number' ? String(value) : value] as const,
  )
  const template = { text, values: Object.fromEntries(spoken) }
  return { message: fillTemplate(template), template }
}

/** The English sentence of a template; a name without a value stays as it is. */
export function fillTemplate({ text, values }: Template): string {
  return text.replace(/\{(\w{1,40})\}/g, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    return value === undefined ? whole : inEnglish(name, value)
  })
}

function inEnglish(name: string, value: string | readonly string[]): string {
  if (name === 'language' && typeof value === 'string') return NAMES.of(value) ?? value
  if (typeof value === 'string') return value
  return name === 'terms' ? value.map((term) => `“${term}”`).join(' or ') : value.join(', ')
}

const NAMES = new Intl.DisplayNames(['en'], { type: 'language' })
