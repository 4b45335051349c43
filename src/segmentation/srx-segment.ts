/** Segmentation by the rules of an SRX file. */
import { FIRST_CODE, LAST_CODE } from '../domain/document.ts'
import type { SrxExpression, SrxRules } from '../domain/srx.ts'
import { parseExpression } from '../domain/srx-expression.ts'
import { isInsideCluster } from './characters.ts'
import { createMatcher, isFull, type Matcher, matchAll, workFor } from './srx-matcher.ts'

type Compiled = { readonly matcher: Matcher; readonly breaks: readonly boolean[] }

const compiled = new WeakMap<SrxRules, Map<string, Compiled>>()

/**
 * Where the segments of a text end by SRX 2.0: at every place the rules of the locale are tried in order and
 * the first that matches decides. Every place is judged by itself, on the whole text, so that nothing depends
 * on the breaks before it. Inline codes are not there for the expressions; a break beside one comes after it.
 * @param text any string; private use characters U+E000…U+F8FF are inline codes
 * @param locale a BCP 47 tag; without a map that matches it (`pt-BR` is tried as `pt_BR` too, and in any
 *   case) nothing breaks
 * @returns end offsets in UTF-16 code units, ascending, the last one `text.length`; [] for ''. The ranges are
 *   contiguous and cover the text; white space stands where the rules put it. A break inside a surrogate pair,
 *   a grapheme cluster or CR LF is passed over.
 * @throws DomainError `invalid-input` for an expression that cannot be read; `too-large` where rules and text
 *   together take more than a fixed number of steps (a second or so)
 */
export function segmentWithSrx(text: string, locale: string, rules: SrxRules): readonly number[] {
  if (text === '') return []
  const { matcher, breaks } = compile(rules, locale)
  const ends: number[] = []
  if (breaks.includes(true)) {
    const { plain, offsets } = withoutCodes(text)
    for (const { place, rule } of matchAll(matcher, plain)) {
      if (breaks[rule] !== true) continue
      const end = offsets === undefined ? place : (offsets[place] ?? 0)
      if (end > 0 && end < text.length && !isInsideCluster(text, end)) ends.push(end)
    }
  }
  ends.push(text.length)
  return ends
}

/** The rules of a locale, compiled; kept as long as `rules` is. */
function compile(rules: SrxRules, locale: string): Compiled {
  const byLocale = compiled.get(rules) ?? new Map<string, Compiled>()
  compiled.set(rules, byLocale)
  const known = byLocale.get(locale)
  if (known !== undefined && !isFull(known.matcher)) return known
  const wanted = rulesFor(rules, locale)
  const made: Compiled = {
    matcher: createMatcher(
      wanted.map(({ before, after }) => ({ before: parseExpression(before), after: parseExpression(after) })),
    ),
    breaks: wanted.map((rule) => rule.break),
  }
  // A bound, because locales come from outside.
  if (byLocale.size >= 50) byLocale.clear()
  byLocale.set(locale, made)
  return made
}

const START: SrxExpression = { kind: 'assertion', what: 'start', size: 1 }
const END: SrxExpression = { kind: 'assertion', what: 'end', size: 1 }

function rulesFor(rules: SrxRules, locale: string) {
  const forms = [...new Set([locale, locale.replaceAll('-', '_')])]
  const work = workFor(locale)
  const matching = rules.maps.filter(({ pattern }) => {
    const body = parseExpression(`(?i)${pattern}`)
    const whole: SrxExpression = { kind: 'sequence', parts: [START, body], size: body.size + 2 }
    const matcher = createMatcher([{ before: whole, after: END }])
    return forms.some((form) => matchAll(matcher, form, work).some(({ place }) => place === form.length))
  })
  const names = (rules.header.cascade ? matching : matching.slice(0, 1)).map((map) => map.languageRule)
  return names.flatMap((name) => rules.languageRules.find((one) => one.name === name)?.rules ?? [])
}

/** The text without its codes, and where each of its places stands: behind the codes that come before it. */
function withoutCodes(text: string): { readonly plain: string; readonly offsets?: Int32Array } {
  if (!CODE.test(text)) return { plain: text }
  const offsets = new Int32Array(text.length + 1)
  const parts: string[] = []
  let count = 0
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit >= FIRST_CODE && unit <= LAST_CODE) {
      if (at > from) parts.push(text.slice(from, at))
      from = at + 1
    } else offsets[count++] = at
  }
  parts.push(text.slice(from))
  offsets[count] = text.length
  return { plain: parts.join(''), offsets }
}

const CODE = new RegExp(`[${String.fromCharCode(FIRST_CODE)}-${String.fromCharCode(LAST_CODE)}]`)
