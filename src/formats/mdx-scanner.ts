/** What is opened and never closed, up to the end of the document. */
export const UNCLOSED = -1

/**
 * The end of a JavaScript expression in braces: strings, templates and comments inside are skipped.
 *
 * @param start offset of the opening brace
 * @returns the offset behind the closing one, or `UNCLOSED`
 */
export function endOfBraces(source: string, start: number): number {
  /** What is open: `{` for braces, a back quote for templates. */
  const open: string[] = []
  /** By quote: up to where it is known to be an apostrophe in the text of a tag, and no string. */
  const apostrophes = new Map<string, number>()
  for (let at = start; at < source.length; at++) {
    const character = source.charAt(at)
    if (open.at(-1) === '`') {
      if (character === '\\') at++
      else if (character === '`') open.pop()
      else if (character === '$' && source.charAt(at + 1) === '{') {
        open.push('{')
        at++
      }
      continue
    }
    switch (character) {
      case '{':
      case '`':
        open.push(character)
        break
      case '}':
        open.pop()
        if (open.length === 0) return at + 1
        break
      case '"':
      case "'": {
        if (at < (apostrophes.get(character) ?? 0)) break
        const end = endOfString(source, at)
        if (source.charAt(end) === character) at = end
        else apostrophes.set(character, end)
        break
      }
      case '/': {
        const next = source.charAt(at + 1)
        if (next !== '*' && next !== '/') break
        const end = next === '*' ? source.indexOf('*/', at + 2) : source.indexOf('\n', at)
        if (end === -1) return UNCLOSED
        at = next === '*' ? end + 1 : end
        break
      }
    }
  }
  return UNCLOSED
}

/** @returns the offset of the closing quote, or of the end of the line */
function endOfString(source: string, start: number): number {
  const quote = source.charAt(start)
  let at = start + 1
  for (; at < source.length; at++) {
    const character = source.charAt(at)
    if (character === quote || character === '\n') return at
    if (character === '\\') at++
  }
  return at
}

const TAG_START = /<(?:\/?[\p{L}_$][\p{L}\p{N}_$.:-]*(?=[\s/>])|\/?(?=>))/uy

/**
 * The end of a JSX tag: `<Note title="x" items={[1]}>`, `</Note>`, `<br />`, `<>`.
 *
 * @param start offset of the `<`
 * @returns the offset behind the tag, `UNCLOSED`, or undefined where no tag stands
 */
export function endOfTag(source: string, start: number): number | undefined {
  TAG_START.lastIndex = start
  if (!TAG_START.test(source)) return undefined
  for (let at = TAG_START.lastIndex; at < source.length; at++) {
    const character = source.charAt(at)
    if (character === '>') return at + 1
    if (character === '<') return undefined
    if (character === '{') {
      const end = endOfBraces(source, at)
      if (end === UNCLOSED) return UNCLOSED
      at = end - 1
    } else if (character === '"' || character === "'") {
      at = source.indexOf(character, at + 1)
      if (at === -1) return UNCLOSED
    }
  }
  return UNCLOSED
}
