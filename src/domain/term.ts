/** Term bases: concept-oriented as in TBX (ISO 30042:2019). */
export type TermStatus = 'preferred' | 'admitted' | 'forbidden'
/** `sensitive`: only as written. `insensitive`: any case. `initial`: first letter free, the rest as written. */
export type CaseMode = 'sensitive' | 'insensitive' | 'initial'

export type Term = {
  readonly locale: string
  readonly text: string
  readonly status: TermStatus
  readonly caseMode: CaseMode
  /** false: the form never changes (OMON, Decree No. 3), so it may be masked. */
  readonly inflecting: boolean
  /** Inflected or spelling forms beyond what the stemmer finds. */
  readonly forms: readonly string[]
  readonly note?: string
}

export type Concept = {
  readonly id: string
  readonly subject: string
  readonly definition: string
  /** Where the fact or spelling was taken from. */
  readonly source: string
  /** Hard concepts block approval unless every occurrence is `ok` or `waived`. */
  readonly enforcement: 'hard' | 'advisory'
  readonly terms: readonly Term[]
}

export type Glossary = {
  readonly name: string
  /** Hex SHA-256 of its canonical content: the same concepts have the same version. */
  readonly version: string
  readonly concepts: readonly Concept[]
}

/** One place in a source text where a term stands. Offsets in UTF-16 code units of the text with codes. */
export type Occurrence = {
  readonly conceptId: string
  readonly start: number
  readonly end: number
  /** The term of the base that matched (not the form in the text). */
  readonly term: Term
}

export type VerdictStatus = 'ok' | 'variant' | 'missing' | 'forbidden' | 'waived'

/** What became of one occurrence in one target. */
export type Verdict = {
  readonly conceptId: string
  readonly status: VerdictStatus
  readonly hard: boolean
  readonly sourceStart: number
  readonly sourceEnd: number
  /** Where it stands in the target; absent when missing. */
  readonly targetStart?: number
  readonly targetEnd?: number
  /** The terms that would be right, the preferred first. */
  readonly expected: readonly string[]
  /** Why, when `waived`. */
  readonly reason?: string
  readonly waivedBy?: string
}
