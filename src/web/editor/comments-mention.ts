/** A mention that is being typed: from its `@` to the cursor. */
type TypedMention = { readonly start: number; readonly typed: string }

/** Names are not longer than this. */
const LONGEST = 60
const MOST_OFFERS = 8

/** The mention that the cursor stands in; null where it stands in none. @param cursor in UTF-16 code units */
export function mentionAt(text: string, cursor: number): TypedMention | null {
  const before = text.slice(Math.max(0, cursor - LONGEST), cursor)
  const at = before.lastIndexOf('@')
  if (at === -1) return null
  const typed = before.slice(at + 1)
  if (typed.includes('\n') || /^\s/.test(typed)) return null
  // An `@` inside a word is an address.
  if (at > 0 && /[\p{L}\p{N}_]$/u.test(before.slice(0, at))) return null
  return { start: cursor - before.length + at, typed }
}

/** Names that a person may mean, those that begin so first. */
export function namesLike(names: readonly string[], typed: string): readonly string[] {
  const wanted = typed.toLowerCase()
  const begin = names.filter((name) => name.toLowerCase().startsWith(wanted))
  const within = names.filter((name) => {
    const folded = name.toLowerCase()
    return !folded.startsWith(wanted) && folded.includes(` ${wanted}`)
  })
  return [...begin, ...within].slice(0, MOST_OFFERS)
}
