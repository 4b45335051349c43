type Wish = { readonly range: string; readonly q: number }

/**
 * Which of the languages somebody gets who sends `Accept-Language`: lookup by RFC 4647, 3.4, which takes `de` for `de-AT`;
 * and also a sibling in the same script, `pt-BR` for `pt` and for `pt-AO`, which its readers would rather have than nothing.
 *
 * @param header undefined: nothing was said
 * @param available in the order in which they are preferred
 * @returns undefined when none is wanted, or nothing was said
 */
export function chooseLocale(header: string | undefined, available: readonly string[]): string | undefined {
  const wishes = parseWishes(header ?? '')
  const refused = wishes.filter(({ q }) => q === 0).map(({ range }) => range)
  const offered = available.filter((locale) => !refused.some((range) => covers(range, locale)))
  const wanted = wishes.filter(({ q }) => q > 0).sort((a, b) => b.q - a.q)
  for (const { range } of wanted) {
    if (range === '*') return offered[0]
    const found = lookUp(range, offered)
    if (found !== undefined) return found
  }
  return undefined
}

function lookUp(range: string, offered: readonly string[]): string | undefined {
  for (let part = range; part !== ''; part = part.slice(0, Math.max(0, part.lastIndexOf('-')))) {
    const exact = offered.find((locale) => locale.toLowerCase() === part)
    if (exact !== undefined && (part === range || scriptOf(exact) === scriptOf(range))) return exact
  }
  const [language = ''] = range.split('-')
  return offered.find((locale) => covers(language, locale) && scriptOf(locale) === scriptOf(range))
}

function covers(range: string, locale: string): boolean {
  const lower = locale.toLowerCase()
  return lower === range || lower.startsWith(`${range}-`)
}

/** `zh-TW` is written in another script than `zh`. Source: CLDR's likely subtags. */
function scriptOf(tag: string): string | undefined {
  try {
    return new Intl.Locale(tag).maximize().script
  } catch {
    return undefined
  }
}

function parseWishes(header: string): readonly Wish[] {
  return header
    .slice(0, 1000)
    .toLowerCase()
    .split(',')
    .flatMap((wish): Wish[] => {
      const [range = '', parameter] = wish.split(';').map((part) => part.trim())
      const q = parameter?.startsWith('q=') === true ? Number(parameter.slice(2)) : 1
      return /^(?:\*|[a-z]{1,8}(?:-[a-z\d]{1,8}){0,8})$/.test(range) && q >= 0 && q <= 1 ? [{ range, q }] : []
    })
}
