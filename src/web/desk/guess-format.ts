import type { Format } from '../../domain/document.ts'

/** Longest beginning of a text that is looked at. */
const LOOK = 20_000

/**
 * What a pasted text most likely is. A guess that the person can overrule, so it prefers plain text: HTML
 * needs a tag at the start or a closing block tag, Markdown needs a sign that prose does not have.
 */
export function guessFormat(text: string): Format {
  const start = text.slice(0, LOOK)
  if (/^\s{0,100}<(?:!doctype|[a-z][a-z0-9]{0,20}[\s>/])/i.test(start)) return 'html'
  if (/<\/(?:p|h[1-6]|div|article|blockquote|ul|table)>/i.test(start)) return 'html'
  if (/^(?:#{1,6} |---\r?\n|```)/m.test(start) || /\]\(https?:/.test(start)) return 'markdown'
  return 'text'
}

const EXTENSIONS: ReadonlyMap<string, Format> = new Map([
  ['html', 'html'],
  ['htm', 'html'],
  ['xhtml', 'html'],
  ['md', 'markdown'],
  ['markdown', 'markdown'],
  ['txt', 'text'],
])

/** The format that a file name promises; null when it promises none that we read. */
export function formatOfName(name: string): Format | null {
  const dot = name.lastIndexOf('.')
  return dot === -1 ? null : (EXTENSIONS.get(name.slice(dot + 1).toLowerCase()) ?? null)
}
