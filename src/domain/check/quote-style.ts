import { languageOf } from '../locale.ts'
import { say } from '../saying.ts'
import { type Check, type Fault, hideCodes, MOST } from './check.ts'

/**
 * `quote-style`: quotation marks that the language of the target does not use: English “ ” in German, Russian or
 * Polish; straight ones (an info everywhere, for some newsrooms type them on purpose). The fix covers the whole
 * quotation and writes the locale's outer marks. Source of the marks: CLDR delimiters, and the custom of newsrooms
 * where it is wider.
 */
export const checkQuoteStyle: Check = ({ target, targetLocale }) => {
  if (!/["“”„«»]/.test(target)) return []
  const style = STYLES.get(targetLocale) ?? STYLES.get(languageOf(targetLocale))
  if (style === undefined) return []
  const text = hideCodes(target)
  const faults: Fault[] = []
  for (const { start, end } of pairsIn(text)) {
    const marks = text.charAt(start) + text.charAt(end - 1)
    if (style.allowed.includes(marks)) continue
    const [opening, closing] = style.wanted
    const wanted = `${opening}${target.slice(start + 1, end - 1)}${closing}`
    // Inside another quotation the inner marks would be right: not certain.
    const alone = !/["“”„«»]/.test(text.slice(0, start)) || isBalanced(text.slice(0, start))
    faults.push({
      check: 'quote-style',
      ...(marks === '""' ? { severity: 'info' as const } : {}),
      ...say('This language writes quotation marks {marks}.', {
        marks: `${opening.trim()} ${closing.trim()}`,
      }),
      start,
      end,
      ...(alone && !/["“”„«»]/.test(text.slice(start + 1, end - 1))
        ? { fix: { start, end, text: wanted } }
        : {}),
    })
    if (faults.length === MOST) break
  }
  return faults
}

/** Quotations that open and close with the marks of one style: `“…”`, `"…"`, `„…“`, `«…»`. */
function pairsIn(text: string): readonly { readonly start: number; readonly end: number }[] {
  const pairs: { start: number; end: number }[] = []
  let open: { mark: string; start: number } | undefined
  for (const { 0: mark, index } of text.matchAll(/["“”„«»]/g)) {
    const closes = open !== undefined && (CLOSERS.get(open.mark)?.includes(mark) ?? false)
    if (open !== undefined && closes) {
      pairs.push({ start: open.start, end: index + 1 })
      open = undefined
    } else if (mark === '"' && /\d/.test(text.charAt(index - 1))) {
      // Inches or seconds.
    } else open = { mark, start: index }
  }
  return pairs
}

function isBalanced(text: string): boolean {
  return (text.match(/["“”„«»]/g)?.length ?? 0) % 2 === 0
}

const CLOSERS: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['“', '”'],
  ['”', '”'],
  ['„', '“”'],
  ['«', '»'],
  ['»', '«'],
])

type Style = { readonly wanted: readonly [string, string]; readonly allowed: readonly string[] }
const STYLES: ReadonlyMap<string, Style> = new Map<string, Style>([
  ['de', { wanted: ['„', '“'], allowed: ['„“', '»«', '«»'] }],
  ['fr', { wanted: ['«\u00a0', '\u00a0»'], allowed: ['«»'] }],
  ['es', { wanted: ['«', '»'], allowed: ['«»', '“”'] }],
  ['pt-BR', { wanted: ['“', '”'], allowed: ['“”'] }],
  ['pt', { wanted: ['«', '»'], allowed: ['«»', '“”'] }],
  ['it', { wanted: ['«', '»'], allowed: ['«»', '“”'] }],
  ['ru', { wanted: ['«', '»'], allowed: ['«»', '„“'] }],
  ['be', { wanted: ['«', '»'], allowed: ['«»', '„“', '“”'] }],
  ['uk', { wanted: ['«', '»'], allowed: ['«»', '„“', '“”', '„”'] }],
  ['pl', { wanted: ['„', '”'], allowed: ['„”', '«»', '»«'] }],
  ['cs', { wanted: ['„', '“'], allowed: ['„“', '»«'] }],
  ['en', { wanted: ['“', '”'], allowed: ['“”'] }],
  ['zh', { wanted: ['“', '”'], allowed: ['“”'] }],
  ['ja', { wanted: ['「', '」'], allowed: ['“”'] }],
])
