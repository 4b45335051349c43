/** Several texts in one field, with `|` between them. */

/** @returns the texts with `|` between them; a `|` or a backslash inside one is escaped with a backslash */
export function joinListed(texts: readonly string[]): string {
  return texts.map((text) => text.replace(/[\\|]/g, (mark) => `\\${mark}`)).join('|')
}

/** The inverse of `joinListed`; texts are trimmed and empty ones left out. */
export function splitListed(field: string): readonly string[] {
  const texts: string[] = []
  let text = ''
  for (let offset = 0; offset < field.length; offset++) {
    const mark = field.charAt(offset)
    if (mark === '\\' && /[\\|]/.test(field.charAt(offset + 1))) {
      text += field.charAt(++offset)
    } else if (mark === '|') {
      texts.push(text)
      text = ''
    } else {
      text += mark
    }
  }
  return [...texts, text].map((one) => one.trim()).filter((one) => one !== '')
}
