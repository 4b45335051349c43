import { diffWordwise } from './word-diff.ts'

/** What became of words of the base: `text` in place of those from `start` to `end`, in UTF-16 code units of the base. */
type Change = { readonly start: number; readonly end: number; readonly text: string }

/**
 * Both people's changes in one text, where they do not touch each other.
 * @param base what both began with
 * @returns null where the same words were changed, or where nothing can be said because a text is too long
 */
export function combineTexts(base: string, mine: string, theirs: string, locale: string): string | null {
  const changes = [...changesOf(base, mine, locale), ...changesOf(base, theirs, locale)].sort(
    (a, b) => a.start - b.start || a.end - b.end,
  )
  let combined = ''
  let from = 0
  let last: Change | undefined
  for (const change of changes) {
    if (last !== undefined && isSame(last, change)) continue
    // Two insertions at one place, or an insertion beside changed words, may belong together or not: a person decides.
    if (last !== undefined && change.start <= last.end) return null
    combined += base.slice(from, change.start) + change.text
    from = change.end
    last = change
  }
  return combined + base.slice(from)
}

function changesOf(base: string, text: string, locale: string): readonly Change[] {
  const changes: Change[] = []
  let at = 0
  for (const { kind, text: part } of diffWordwise(base, text, locale)) {
    const open = changes.at(-1)?.end === at ? changes.pop() : undefined
    const before = open ?? { start: at, end: at, text: '' }
    if (kind === 'same') {
      if (open !== undefined) changes.push(open)
      at += part.length
    } else if (kind === 'removed') {
      at += part.length
      changes.push({ ...before, end: at })
    } else changes.push({ ...before, text: before.text + part })
  }
  return changes
}

const isSame = (a: Change, b: Change) => a.start === b.start && a.end === b.end && a.text === b.text
