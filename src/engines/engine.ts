import type { InlineCode } from '../domain/document.ts'

/** What an engine can do; read by the enforcement ladder and by the batcher, shown by `talmach doctor`. */
export type EngineCapabilities = {
  /** Most texts in one request. */
  readonly maxTexts: number
  /** Most bytes in one request, counted as the engine's wire format encodes them (see `Engine.bytesOf`). */
  readonly maxBytes: number
  /** Keeps inline mark-up in place for this pair. Without it codes are masked like terms. */
  readonly tags: (pair: LocalePair) => boolean
  /** Takes a glossary for this pair. */
  readonly glossary: (pair: LocalePair) => boolean
  /** Is told about the terms of each text one by one (`EngineText.hints`), in place of a glossary. */
  readonly hints?: boolean
  /** Can mend a translation that has lost a term (`EngineText.draft`). */
  readonly repairs?: boolean
  /** Takes text around a request's sentences that is not translated (nor billed). */
  readonly context: boolean
  /** Speaks this pair at all. */
  readonly supports: (pair: LocalePair) => boolean
  /** Characters cost money (Unicode code points are counted). */
  readonly billed: boolean
  /** Output is for trying things out and must never be published. */
  readonly pretend: boolean
}

export type LocalePair = { readonly source: string; readonly target: string }

/** What an engine that reads is told about a term: the dictionary form and its features, never a form to copy. */
export type TermHint = {
  /** As it stands in the source text. */
  readonly source: string
  /** Dictionary form of what the translation says for it. */
  readonly lemma: string
  readonly kind: 'abbreviation' | 'name' | 'word' | 'phrase'
  /** The form never changes; otherwise case, number and agreement are the sentence's. */
  readonly invariant: boolean
  /** Other right words: admitted terms, and listed forms of the lemma. */
  readonly alsoRight: readonly string[]
  /** Words that must not stand for it. */
  readonly avoid: readonly string[]
  /** The concept's definition, shortened; empty where the base has none. */
  readonly meaning: string
}

export type EngineText = {
  /** With code characters, see `domain/document.ts`. */
  readonly text: string
  readonly codes: readonly InlineCode[]
  /** Only for engines with `hints`. */
  readonly hints?: readonly TermHint[]
  /** Only for engines with `repairs`: a translation whose terms are to be mended, with the same codes. */
  readonly draft?: string
}

/** What a request cost at an engine that bills by tokens. */
export type EngineUsage = {
  readonly inputTokens: number
  readonly outputTokens: number
  /** In whatever currency the operator's price list is; null where no price is set. */
  readonly cost: number | null
}

/** One line of an engine's own glossary. */
export type GlossaryEntry = { readonly source: string; readonly target: string }

export type EngineRequest = LocalePair & {
  readonly texts: readonly EngineText[]
  /** Neighbouring text of all these texts, for engines with `context`; neither translated nor billed. */
  readonly context?: string
  /** Pairs for the engine's own glossary; empty when it has none for this pair. */
  readonly glossary: readonly GlossaryEntry[]
  /** The term base that the entries come from, for engines that keep glossaries of their own. */
  readonly termBase?: TermBaseIdentity
  /** Those of the entries that this document needs, where all of them are too many for an engine. */
  readonly neededGlossary?: readonly GlossaryEntry[]
  readonly signal: AbortSignal
  /** Told as soon as it is known, also where the answer turns out to be unusable: it has to be paid all the same. */
  readonly onUsage?: (usage: EngineUsage) => void
}

export type TermBaseIdentity = {
  /** For people, stable over versions. */
  readonly name: string
  /** Hex SHA-256 of the content. */
  readonly version: string
}

export type EngineAnswer = {
  /** One per text, in order, with the same code characters. */
  readonly texts: readonly string[]
  /** What the engine will bill, in Unicode code points. */
  readonly billedCharacters: number
  /** Per text, the words that the engine did not know and left as they were. */
  readonly unknownWords?: readonly (readonly string[])[]
  /** False when the engine could not use the glossary it was given; the answer is then a plain one. */
  readonly glossaryApplied: boolean
}

/**
 * One machine translation engine. `translate` is one request on the wire: the caller has batched within
 * `capabilities`. It throws a DomainError with one of the `engine-*` codes and nothing else (an abort of the
 * caller's signal throws the signal's reason), and never answers fewer or more texts than it was asked, nor
 * an empty text for a text with letters.
 */
export type Engine = {
  readonly name: string
  /** Everything that changes the output (formality, model, API version): part of the ledger's key. */
  readonly settings: string
  readonly capabilities: EngineCapabilities
  /** Bytes that one text takes in this engine's request body, mark-up and encoding included. */
  readonly bytesOf: (text: EngineText, pair: LocalePair) => number
  readonly translate: (request: EngineRequest) => Promise<EngineAnswer>
}
