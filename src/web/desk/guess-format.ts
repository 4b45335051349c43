import type { Format } from '../../domain/document.ts'
import type { SessionView } from '../../http/session-schemas.ts'

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

/** The format that a file name promises; null when it promises none that the server reads. */
export function formatOfName(name: string, formats: SessionView['formats']): Format | null {
  const dot = name.lastIndexOf('.')
  const extension = dot === -1 ? '' : name.slice(dot + 1).toLowerCase()
  return formats.find(({ extensions }) => extensions.includes(extension))?.format ?? null
}

/** A pasted text that is nothing but the address of a page. */
export function addressOf(text: string): string | null {
  const trimmed = text.trim()
  return /^https?:\/\/[^\s/]{1,250}(?:\/\S{0,1800})?$/i.test(trimmed) ? trimmed : null
}

/** Whether an HTML text may be a whole page: fragments have none of these tags. */
export function mayBePage(html: string): boolean {
  return /<(?:!doctype|html|head|body)[\s>]/i.test(html.slice(0, LOOK))
}
