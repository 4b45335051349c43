import { directionOf } from '../domain/locale.ts'
import type { Splice } from './adapter.ts'
import { attributeValue } from './html-attributes.ts'
import { attributeOf } from './html-blocks.ts'
import { type Markup, scanHtml } from './html-tokens.ts'

/** What stands before the content of a page; whatever else comes ends the search. */
const BEFORE_CONTENT: ReadonlySet<string> = new Set(
  'base body head html link meta noscript script style template title'.split(' '),
)

/** What stands between their tags is no text of the page. */
const HOLD_OTHER_TEXT: ReadonlySet<string> = new Set(['script', 'style', 'title'])

/**
 * What a page says of its language, changed for the target: `lang`, `xml:lang` and `dir` of `html` and `body`, the
 * `og:locale` and the `content-language`. `lang` is added to `html` where it is missing, `dir="rtl"` for locales
 * written from right to left; `dir="rtl"` is taken away for others. A fragment without an `html` tag stays as it
 * is, and so does the language of anything inside the page. Quotes are kept; what says the right thing is not touched.
 *
 * @param source the decoded document
 * @param locale canonical BCP 47 tag
 * @returns replacements in document order, which do not touch one another nor any unit
 * @throws RangeError when `locale` is no BCP 47 tag
 * Rules: HTML, 3.2.6.2 and 3.2.6.4; the Open Graph protocol writes `language_TERRITORY`.
 */
export function htmlLocalise(source: string, locale: string): readonly Splice[] {
  const splices: Splice[] = []
  let root = false
  let textFrom = 0
  let text = false
  scanHtml(source, (markup) => {
    // Behind text a `meta` is part of a sentence, and nobody but its unit may write there.
    if (text && /\S/.test(source.slice(textFrom, markup.start))) return false
    textFrom = markup.end
    const { type, name } = markup
    text = (root || name === 'html') && !(type === 'start' && HOLD_OTHER_TEXT.has(name))
    if (type !== 'start') return true
    if (name === 'html' && !root) {
      root = true
      splices.push(...localiseElement(source, markup, locale, true))
    } else if (root && name === 'body') splices.push(...localiseElement(source, markup, locale, false))
    else if (root && name === 'meta') splices.push(...localiseMeta(source, markup, locale))
    return BEFORE_CONTENT.has(name)
  })
  return splices
}

/** @param complete add what is missing */
function localiseElement(source: string, markup: Markup, locale: string, complete: boolean): Splice[] {
  const splices: Splice[] = []
  const added: [name: string, value: string][] = []
  const lang = attributeOf(markup, 'lang')
  const xmlLang = attributeOf(markup, 'xml:lang')
  if (lang !== undefined && lang !== locale) splices.push(rewrite(source, markup, 'lang', locale))
  if (xmlLang !== undefined && xmlLang !== locale) splices.push(rewrite(source, markup, 'xml:lang', locale))
  if (complete && lang === undefined && xmlLang === undefined) added.push(['lang', locale])

  const dir = attributeOf(markup, 'dir')?.trim().toLowerCase()
  if (directionOf(locale) === 'rtl') {
    if (dir === undefined && complete) added.push(['dir', 'rtl'])
    else if (dir !== undefined && dir !== 'rtl') splices.push(rewrite(source, markup, 'dir', 'rtl'))
  } else if (dir === 'rtl') {
    // Without the first `dir` a second one, which browsers ignore, would count.
    const again = (source.slice(markup.start, markup.end).match(/\bdir\b/gi)?.length ?? 0) > 1
    splices.push(again ? rewrite(source, markup, 'dir', 'ltr') : remove(source, markup, 'dir'))
  }

  if (added.length > 0) {
    const at = markup.start + 1 + markup.name.length
    const quote = quoteOf(source, markup)
    const text = added.map(([name, value]) => ` ${name}=${quote}${value}${quote}`).join('')
    // What is taken out may begin here too: `<html dir=rtl>`.
    const first = splices.findIndex((splice) => splice.start === at)
    const removed = first === -1 ? undefined : splices.splice(first, 1)[0]
    splices.push({ start: at, end: removed?.end ?? at, text: text + (removed?.text ?? '') })
  }
  return splices.sort((a, b) => a.start - b.start)
}

function localiseMeta(source: string, markup: Markup, locale: string): readonly Splice[] {
  const content = attributeOf(markup, 'content')?.trim() ?? ''
  if (content === '') return []
  const property = (attributeOf(markup, 'property') ?? attributeOf(markup, 'name') ?? '').toLowerCase()
  if (property === 'og:locale') {
    const wanted = graphLocale(locale, content)
    return wanted === content ? [] : [rewrite(source, markup, 'content', wanted)]
  }
  const language = attributeOf(markup, 'http-equiv')?.toLowerCase() === 'content-language'
  // A list names the readers, not the text.
  if (!language || content.includes(',') || content === locale) return []
  return [rewrite(source, markup, 'content', locale)]
}

/** `de` in the manner of `en_US`, `en-US` or `en`; the territory is the likely one where the locale names none. */
function graphLocale(locale: string, manner: string): string {
  const { language, region } = new Intl.Locale(locale).maximize()
  const separator = /[_-]/.exec(manner)?.[0]
  return separator === undefined || region === undefined ? language : language + separator + region
}

/** The attribute with another value between its own quotes. */
function rewrite(source: string, markup: Markup, name: string, value: string): Splice {
  const written = attributeValue(source, markup, name)
  if (written !== undefined) return { start: written.start, end: written.end, text: value }
  const behind = markup.attributePlaces[name]?.endOffset ?? markup.end
  const quote = quoteOf(source, markup)
  const equals = /^\s*=/.exec(source.slice(behind, markup.end))?.[0] ?? ''
  const end = behind + equals.length
  return { start: end, end, text: `${equals === '' ? '=' : ''}${quote}${value}${quote}` }
}

/** The attribute taken out with the white space before it, as long as its neighbours stay apart. */
function remove(source: string, markup: Markup, name: string): Splice {
  const place = markup.attributePlaces[name]
  let start = place?.startOffset ?? markup.end
  const end = place?.endOffset ?? start
  if (/[\s/>]/.test(source.charAt(end))) {
    while (/\s/.test(source.charAt(start - 1))) start--
  }
  return { start, end, text: '' }
}

/** The quote that the tag uses already. */
function quoteOf(source: string, markup: Markup): string {
  return source.slice(markup.start, markup.end).includes("='") ? "'" : '"'
}
