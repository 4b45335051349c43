import { detectAll, supportedLanguages, toISO3 } from 'tinyld'
import { languageOf, parseLocale } from '../domain/locale.ts'
import { attribute, type Element, isElement, isText, isUnread, type Node, walk } from './article-tree.ts'

/**
 * The language of an article: what the page declares, unless the text is plainly in another one (templates
 * say `lang="en"` over anything). Detection by `tinyld` on the first 4,000 characters.
 *
 * @param declared values of `lang`, the nearest to the text first
 * @returns a BCP 47 tag, or null when nothing is declared and the text is too short to tell
 */
export function findLanguage(declared: readonly string[], text: string): string | null {
  const said = declared.map(localeOf).find((locale) => locale !== undefined)
  const sample = text.slice(0, 4000)
  // Its “Berber” is what it says of Catalan, Basque and Welsh.
  const [best] = sample.length < 80 ? [] : detectAll(sample).filter(({ lang }) => lang !== 'ber')
  const detected = best === undefined || best.accuracy < LIKELY ? undefined : localeOf(best.lang)
  if (said === undefined) return detected ?? null
  if (best === undefined || detected === undefined || detected === languageOf(said)) return said
  // A language that the detector does not know is always taken for another one, and with confidence.
  const known = supportedLanguages.includes(toISO3(languageOf(said)))
  return known && best.accuracy >= PLAINLY && sample.length >= 300 ? detected : said
}

/** `accuracy` of `tinyld` from which it is believed, where the page says nothing and against the page. */
const LIKELY = 0.4
const PLAINLY = 0.8

function localeOf(tag: string): string | undefined {
  try {
    return parseLocale(tag.trim().replaceAll('_', '-').slice(0, 35))
  } catch {
    return undefined
  }
}

/**
 * A date of publication as ISO 8601, as exact as the page says it: `2020-11-03`, `2020-11-03T10:00:00+03:00`.
 * Dates in words are not guessed at, except the RFC 9110 form, which has a zone.
 *
 * @returns null for what is no date
 */
export function parsePublished(text: string | null | undefined): string | null {
  const value = (text ?? '').trim().slice(0, 60)
  const iso =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(value)
  if (iso !== null) {
    const [, day = '', time, zone = ''] = iso
    if (Number.isNaN(Date.parse(`${day}T00:00:00Z`))) return null
    if (time === undefined) return day
    const offset = /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase()
    return `${day}T${time}${offset}`
  }
  if (!/^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} (?:GMT|[+-]\d{4})$/.test(value))
    return null
  const moment = Date.parse(value)
  return Number.isNaN(moment) ? null : new Date(moment).toISOString()
}

/** The first `<time datetime>` that holds a date. */
export function findTime(root: Element, isFurniture: (element: Element) => boolean): string | null {
  for (const node of walk([root], (element) => !isFurniture(element))) {
    if (!isElement(node) || node.tagName !== 'time') continue
    const found = parsePublished(attribute(node, 'datetime'))
    if (found !== null) return found
  }
  return null
}

/** Words of a text; each Chinese or Japanese character counts as one. */
export function countWords(text: string): number {
  return text.match(WORD)?.length ?? 0
}

const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}\p{M}])+(?:['’-](?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}\p{M}])+)*/gu

/** Which share of the text of some nodes stands in links; from 0 to 1. */
export function linkShare(nodes: readonly Node[]): number {
  let linked = 0
  let all = 0
  for (const node of walk(nodes, (element) => !isUnread(element))) {
    if (!isText(node)) continue
    const length = node.value.trim().length
    all += length
    let above = node.parentNode
    for (let levels = 0; levels < 8 && above !== null && isElement(above); levels++) {
      if (above.tagName === 'a') {
        linked += length
        break
      }
      above = above.parentNode
    }
  }
  return all === 0 ? 0 : linked / all
}
