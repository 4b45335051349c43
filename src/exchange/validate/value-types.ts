/** What an attribute may hold. */
export type ValueType = {
  readonly accepts: (value: string) => boolean
  /** Ends the sentence “the value must be …”. */
  readonly expects: string
}

const NAME_CHARACTERS =
  '-.0-9:A-Z_a-z\\u00b7\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u037d\\u037f-\\u1fff\\u200c\\u200d\\u203f\\u2040\\u2070-\\u218f\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd\\u{10000}-\\u{effff}'
const NMTOKEN = new RegExp(`^[${NAME_CHARACTERS}]+$`, 'u')

/** XML white space at both ends away, as XML Schema does for every type but strings. */
export function collapse(value: string): string {
  return value.replace(/^[ \t\n\r]+/, '').replace(/(?<![ \t\n\r])[ \t\n\r]+$/, '')
}

/** The tokens of a list that is separated by white space. */
export function tokensOf(value: string): readonly string[] {
  return value.split(/[ \t\n\r]+/).filter((token) => token !== '')
}

export function isNmtoken(value: string): boolean {
  return NMTOKEN.test(value)
}

/** One of these values. */
export function oneOf(values: readonly string[], options: { readonly collapsed?: boolean } = {}): ValueType {
  const set = new Set(values)
  return {
    accepts: (value) => set.has(options.collapsed === true ? collapse(value) : value),
    expects:
      values.length > 12 ? 'one of the values that the specification lists' : `one of ${values.join(', ')}`,
  }
}

/** One of these values, or a person's own that starts with `x-` (XLIFF 1). */
export function oneOfOrOwn(values: readonly string[]): ValueType {
  const set = new Set(values)
  const listed = values.length > 16 ? 'a value that the specification lists' : `one of ${values.join(', ')}`
  return {
    accepts: (value) => set.has(collapse(value)) || /^x-\S+$/.test(value),
    expects: `${listed}, or one of your own that starts with x-`,
  }
}

function matching(pattern: RegExp, expects: string): ValueType {
  return { accepts: (value) => pattern.test(collapse(value)), expects }
}

function numberBetween(low: number, high: number, pattern: RegExp): ValueType {
  return {
    accepts: (value) => {
      const text = collapse(value)
      return pattern.test(text) && Number(text) >= low && Number(text) <= high
    },
    expects: `a number from ${low} to ${high}`,
  }
}

const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/
const DOUBLE = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/
const DATE_TIME =
  /^-?\d{4,9}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]|24):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/

/**
 * Grandfathered tags that the grammar of BCP 47 does not make (RFC 5646 §2.1, “irregular”).
 */
const IRREGULAR = new Set([
  'en-gb-oed',
  'i-ami',
  'i-bnn',
  'i-default',
  'i-enochian',
  'i-hak',
  'i-klingon',
  'i-lux',
  'i-mingo',
  'i-navajo',
  'i-pwn',
  'i-tao',
  'i-tay',
  'i-tsu',
  'sgn-be-fr',
  'sgn-be-nl',
  'sgn-ch-de',
])
const LANGUAGE_TAG =
  /^(?:(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?|x(?:-[a-z0-9]{1,8})+)$/

/** Whether a language code is well-formed (BCP 47, RFC 5646 §2.1). */
export function isLanguageTag(value: string): boolean {
  const tag = value.toLowerCase()
  return tag.length <= 200 && (LANGUAGE_TAG.test(tag) || IRREGULAR.has(tag))
}

/** A prefix and a value of one's own: `my:value`. */
const USER_DEFINED = /^[^\s:]+:[^\s:]+$/

/** The types that the grammars name. */
export const VALUE_TYPES = {
  text: { accepts: () => true, expects: 'text' },
  nmtoken: {
    accepts: (value) => isNmtoken(collapse(value)),
    expects: 'a name of letters, digits and . - _ : only, without spaces',
  },
  nmtokens: {
    accepts: (value) => {
      const tokens = tokensOf(value)
      return tokens.length > 0 && tokens.every(isNmtoken)
    },
    expects: 'names of letters, digits and . - _ : only, with spaces between them',
  },
  language: {
    accepts: (value) => isLanguageTag(collapse(value)),
    expects: 'a language code such as en, pt-BR or zh-Hant',
  },
  space: oneOf(['default', 'preserve'], { collapsed: true }),
  preserve: oneOf(['preserve'], { collapsed: true }),
  yesNo: oneOf(['yes', 'no']),
  yesNoToken: oneOf(['yes', 'no'], { collapsed: true }),
  yesNoFirstNo: oneOf(['yes', 'firstNo', 'no']),
  direction: oneOf(['ltr', 'rtl', 'auto']),
  positiveInteger: matching(/^\+?0*[1-9]\d*$/, 'a whole number of 1 or more'),
  integer: matching(/^[+-]?\d+$/, 'a whole number'),
  priority: {
    accepts: (value) => /^\+?0*(?:[1-9]|10)$/.test(collapse(value)),
    expects: 'a whole number from 1 to 10',
  },
  percentage: numberBetween(0, 100, DECIMAL),
  confidence: numberBetween(0, 1, DOUBLE),
  hexadecimal: matching(/^(?:[0-9a-fA-F]{2})+$/, 'an even number of hexadecimal digits such as 001A'),
  userDefined: {
    accepts: (value) => USER_DEFINED.test(value),
    expects: 'a prefix and a value with a colon between them, such as my:value',
  },
  /** The value of one's own may be any text (XLIFF 2.1 §4.3.1.35). */
  prefixed: {
    accepts: (value) => /^[^\s:]+:[\s\S]+$/.test(value),
    expects: 'a prefix and a value with a colon between them, such as my:value',
  },
  identifier: {
    accepts: (value) => {
      const name = collapse(value)
      return isNmtoken(name) && !/^[-.\d\u00b7]|:/.test(name)
    },
    expects: 'a name that starts with a letter and holds letters, digits and . - _ only',
  },
  dateTime: matching(DATE_TIME, 'a date and time such as 2026-03-25T09:00:00Z'),
  uri: {
    // An IRI may hold nearly anything; a second # or a broken % escape is what can be wrong for certain.
    accepts: (value) => !/%(?![0-9a-fA-F]{2})/.test(value) && !/#[^#]*#/.test(value),
    expects: 'an address (URI)',
  },
} as const satisfies Readonly<Record<string, ValueType>>
