/** Segmentation rules as SRX 2.0 knows them (LISA, 2008): plain data, in the order in which they are tried. */
export type SrxRules = {
  readonly header: SrxHeader
  readonly languageRules: readonly SrxLanguageRule[]
  /** Which rules a locale gets: patterns are tried in this order on the whole tag. */
  readonly maps: readonly SrxLanguageMap[]
}

export type SrxHeader = {
  /** Whether text inside another text (a footnote) is segmented too. */
  readonly segmentSubflows: boolean
  /** Whether every matching map adds its rules, in order; else the first one alone counts. */
  readonly cascade: boolean
  /** Whether a code at a break stays with the text before it. */
  readonly include: { readonly start: boolean; readonly end: boolean; readonly isolated: boolean }
}

export type SrxLanguageRule = { readonly name: string; readonly rules: readonly SrxRule[] }

export type SrxRule = {
  readonly break: boolean
  /** ICU-style expression that ends at the place; '' matches everywhere. */
  readonly before: string
  /** ICU-style expression that begins at the place; '' matches everywhere. */
  readonly after: string
}

export type SrxLanguageMap = { readonly pattern: string; readonly languageRule: string }

/** What the standard assumes of a header that does not say. */
export const SRX_HEADER: SrxHeader = {
  segmentSubflows: true,
  cascade: false,
  include: { start: false, end: true, isolated: false },
}

/** A set of characters. `fold` ignores case. Never nested deeper than the parser allows. */
export type CharacterSet =
  | { readonly kind: 'range'; readonly from: number; readonly to: number; readonly fold: boolean }
  /** `source` is a JavaScript class or property escape, for the flag `u`. */
  | { readonly kind: 'property'; readonly source: string; readonly fold: boolean }
  | { readonly kind: 'not'; readonly of: CharacterSet }
  | { readonly kind: 'any' | 'all'; readonly of: readonly CharacterSet[] }

/** What can be asserted of a place without looking at more than its neighbours. */
export const SRX_ASSERTIONS = [
  'start',
  'end',
  'last-line-end',
  'line-start',
  'line-end',
  'word-edge',
  'no-word-edge',
] as const
export type SrxAssertion = (typeof SRX_ASSERTIONS)[number]

/** An expression, read. `size` counts the states it takes to run. */
export type SrxExpression = { readonly size: number } & (
  | { readonly kind: 'character'; readonly set: CharacterSet }
  | { readonly kind: 'sequence'; readonly parts: readonly SrxExpression[] }
  | { readonly kind: 'choice'; readonly options: readonly SrxExpression[] }
  | {
      readonly kind: 'repeat'
      readonly body: SrxExpression
      readonly min: number
      readonly max: number | null
    }
  | {
      readonly kind: 'look'
      readonly ahead: boolean
      readonly negative: boolean
      readonly body: SrxExpression
    }
  | { readonly kind: 'assertion'; readonly what: SrxAssertion }
)
