import type { InlineCode } from '../domain/document.ts'

/** What an engine can do; read by the enforcement ladder and by the batcher, shown by `talmach doctor`. */
export type EngineCapabilities = {
  /** Most texts in one request. */
  readonly maxTexts: number
  /** Most bytes in one request, counted as the engine's wire format encodes them. */
  readonly maxBytes: number
  /** Keeps inline mark-up in place. Without it codes are masked like terms. */
  readonly tags: boolean
  /** Takes a glossary for this pair. */
  readonly glossary: (pair: LocalePair) => boolean
  /** Takes text around a sentence that is not translated (nor billed). */
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
  /** Neighbouring text of the same unit, for engines with `context`. */
  readonly context?: string
}

export type EngineRequest = LocalePair & {
  readonly texts: readonly EngineText[]
  /** Pairs for the engine's own glossary; empty when it has none for this pair. */
  readonly glossary: readonly { readonly source: string; readonly target: string }[]
  readonly signal: AbortSignal
}

export type EngineAnswer = {
  /** One per text, in order, with the same code characters. */
  readonly texts: readonly string[]
  /** What the engine will bill, in Unicode code points. */
  readonly billedCharacters: number
}

/**
 * One machine translation engine. `translate` is one request on the wire: the caller has batched within
 * `capabilities`. It throws a DomainError with one of the `engine-*` codes and nothing else, and never
 * answers fewer or more texts than it was asked, nor an empty text for a text with letters.
 */
export type Engine = {
  readonly name: string
  /** Everything that changes the output (formality, model, API version): part of the ledger's key. */
  readonly settings: string
  readonly capabilities: EngineCapabilities
  readonly translate: (request: EngineRequest) => Promise<EngineAnswer>
}
