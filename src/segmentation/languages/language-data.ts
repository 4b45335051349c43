/**
 * What a language's scanner has to know. Every field is a list of words with spaces between them, without the
 * full stop that follows. A word with a capital is matched as written and in capitals; a word in lower case is
 * matched in any of the three usual cases (`no`, `No`, `NO`). Inner full stops are kept, spaces are not: `z.B`
 * stands for “z.B.” and “z. B.”.
 */
export type LanguageData = {
  /** Stands before a name: never ends a sentence (Dr., St., ul.). */
  readonly title: string
  /** Never ends a sentence for another reason (e.g., vs., bzw.). */
  readonly inner: string
  /** Stands before a number or a letter (No., Art., p.); before anything else it is an ordinary word. */
  readonly numeric: string
  /** May end a sentence; it did if a word follows that hardly ever has a capital elsewhere (Inc., U.S.). */
  readonly maybe: string
  /** Ends a sentence whenever a capital follows (etc., p.m., km). */
  readonly final: string
  /** Before a single letter that is no initial: “vitamin C.”, “Plan B.” Small letters stand for both. */
  readonly lettered?: string
  /** Words that have a capital at the start of a sentence only. */
  readonly starters: string
  /** First words of a clause that only says when: “At 5 p.m. Smith left.” */
  readonly intro: string
  /** Whether “14.” is how an ordinal number is written. */
  readonly ordinals: boolean
}
