/** Placeholders of programs in texts: what a translation must repeat exactly. */

/** A stretch of text that a program replaces when it runs. Offsets in UTF-16 code units. */
export type Placeholder = {
  readonly start: number
  readonly end: number
  /** A few characters for people: the placeholder itself, shortened. */
  readonly label: string
}

/**
 * The placeholders of a text, in order, none inside another.
 *
 * - printf (C, PHP, Python, Objective-C): `%s`, `%1$d`, `%-5.2f`, `%ld`, `%@`, `%(name)s`, Ruby's `%<name>d`, and
 *   the escape `%%`; Qt: `%1`, `%L2`. A sign right behind a digit is a percentage (`100%ige`) unless it is numbered or named; a
 *   space is no flag (`5 % des Umsatzes`).
 * - Ruby and i18n: `%{name}`. Templates: `${name}`.
 * - ICU MessageFormat, Python, .NET: `{}`, `{0}`, `{name}`, `{0:.2f}`, `{when, date, short}`. A `plural`, `select`,
 *   `selectordinal` or `choice` argument is one placeholder up to its closing brace: a reader that wants its
 *   branches translated has to take it apart first.
 * - Mustache, Handlebars, i18next: `{{name}}`, `{{{name}}}`, `{{#section}}`.
 *
 * Prose in braces (`{see below}`), braces without partner and the `%20` of web addresses are text. Linear in the length of the text.
 */
export function findPlaceholders(text: string): readonly Placeholder[] {
  const found: Placeholder[] = []
  let partners: Int32Array | undefined
  let address = false
  for (let at = 0; at < text.length; ) {
    const unit = text.charCodeAt(at)
    if (unit !== PERCENT && unit !== BRACE && unit !== DOLLAR) {
      if (unit <= SPACE) address = false
      else if (unit === COLON && text.startsWith('://', at)) address = true
      at++
      continue
    }
    const encoded = address && unit === PERCENT && matches(ENCODED, text, at) !== undefined
    let end = encoded ? undefined : endOf(text, at, unit)
    if (end === undefined && unit === BRACE && matches(COMPLEX, text, at) !== undefined) {
      partners ??= pairBraces(text)
      const close = partners[at] ?? -1
      if (close !== -1) end = close + 1
    }
    if (end === undefined) {
      at++
      continue
    }
    found.push({ start: at, end, label: shorten(text.slice(at, Math.min(end, at + LONGEST_LABEL + 1))) })
    at = end
  }
  return found
}

function endOf(text: string, at: number, unit: number): number | undefined {
  if (unit === DOLLAR) return matches(TEMPLATE, text, at)
  if (unit === BRACE) return matches(MUSTACHE, text, at) ?? matches(ARGUMENT, text, at)
  const named = matches(NAMED_PRINTF, text, at)
  if (named !== undefined) return named
  const before = text.charCodeAt(at - 1)
  return before >= ZERO && before <= NINE ? undefined : matches(PRINTF, text, at)
}

/** Where a sticky expression's match at `at` ends. All of them are bounded, so this takes constant time. */
function matches(expression: RegExp, text: string, at: number): number | undefined {
  expression.lastIndex = at
  return expression.test(text) ? expression.lastIndex : undefined
}

/** For every opening brace the place of its closing one, else -1. */
function pairBraces(text: string): Int32Array {
  const partners = new Int32Array(text.length).fill(-1)
  const open: number[] = []
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === BRACE) open.push(at)
    else if (unit === CLOSING_BRACE) {
      const start = open.pop()
      if (start !== undefined) partners[start] = at
    }
  }
  return partners
}

function shorten(label: string): string {
  return label.length <= LONGEST_LABEL ? label : `${label.slice(0, LONGEST_LABEL - 1)}…`
}

const LONGEST_LABEL = 16
const PERCENT = 37
const DOLLAR = 36
const COLON = 58
const SPACE = 32
const BRACE = 123
const CLOSING_BRACE = 125
const ZERO = 48
const NINE = 57

/** Flags, width, precision, length and conversion of C99 §7.19.6.1, with Python's `r` and Objective-C's `@`. */
const PRINTF =
  /%(?:[-+#0']{0,4}(?:\d{1,4}|\*)?(?:\.(?:\d{1,4}|\*))?(?:hh|h|ll|l|[Lqjzt])?[diouxXeEfFgGaAcCsSpr@]|L?\d{1,2}(?!\d))/y
const ENCODED = /%[\da-f]{2}/iy
const NAMED_PRINTF =
  /%(?:%|\{[^{}\s]{1,64}\}|(?:\d{1,2}\$|\([^()\n]{1,64}\)|<[^<>\s]{1,64}>)[-+#0']{0,4}(?:\d{1,4}|\*)?(?:\.(?:\d{1,4}|\*))?(?:hh|h|ll|l|[Lqjzt])?[diouxXeEfFgGaAcCsSpr@])/y
const TEMPLATE = /\$\{[^{}\s]{1,64}\}/y
const MUSTACHE = /\{\{\{[^{}\n]{1,100}\}\}\}|\{\{[^{}\n]{1,100}\}\}/y
const ARGUMENT =
  /\{[ ]{0,4}(?:[\p{L}\p{N}_][\p{L}\p{N}_.$[\]-]{0,63})?[ ]{0,4}(?:![rsa])?(?::[^{}\n]{0,32}|,[ ]{0,4}[a-z]{1,16}[ ]{0,4}(?:,[^{}\n]{0,64})?)?\}/uy
const COMPLEX =
  /\{\s{0,4}[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,63}\s{0,4},\s{0,4}(?:plural|select|selectordinal|choice)\s{0,4},/uy
