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

export type EngineText = {
  /** With code characters, see `domain/document.ts`. */
  readonly text: string
  readonly codes: readonly InlineCode[]
}

/** One line of an engine's own glossary. */
export type GlossaryEntry = { readonly source: string; readonly target: string }

export type EngineRequest = LocalePair & {
  readonly texts: readonly EngineText[]
  /** Neighbouring text of all these texts, for engines with `context`; neither translated nor billed. */
  readonly context?: string
  /** Pairs for the engine's own glossary; empty when it has none for this pair. */
  readonly glossary: readonly GlossaryEntry[]
  readonly signal: AbortSignal
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
