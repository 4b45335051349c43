/** What a token is. `declaration` is the XML declaration, `doctype` a DOCTYPE. */
export const TOKEN = {
  end: 0,
  open: 1,
  close: 2,
  text: 3,
  cdata: 4,
  comment: 5,
  instruction: 6,
  declaration: 7,
} as const
export type TokenKind = (typeof TOKEN)[keyof typeof TOKEN]

export type TokenLimits = {
  /** Name of the file, for the place of an error. */
  readonly file?: string
  /** Deepest nesting of elements; default 256. */
  readonly maxDepth?: number
  /** Takes prefixes that no one declared; their namespace is then the prefix. */
  readonly looseNamespaces?: boolean
  /** Passes over a DOCTYPE that only names a DTD. */
  readonly skipDoctype?: boolean
}
