import { createHash } from 'node:crypto'
import type { InlineCode } from '../domain/document.ts'
import type { LocalePair } from './engine.ts'

/** Hex SHA-256 of everything that decides an engine's answer. */
export type LedgerKey = string

/** A machine translation received, as the engine gave it: kept before anything else happens to it. */
export type LedgerEntry = {
  readonly key: LedgerKey
  readonly engine: string
  readonly settings: string
  readonly sourceLocale: string
  readonly targetLocale: string
  /** What was sent, with code characters and masks. */
  readonly sourceText: string
  /** What came back, with code characters and masks. */
  readonly targetText: string
  /** Unicode code points billed for it; 0 where the engine costs nothing. */
  readonly billedCharacters: number
  /** Words the engine did not know. */
  readonly unknownWords: readonly string[]
}

/** Where received translations are kept (see `store`). Both calls take any number of items. */
export type Ledger = {
  readonly find: (keys: readonly LedgerKey[]) => Promise<ReadonlyMap<LedgerKey, LedgerEntry>>
  /** Resolves once the entries are safe. An entry whose key is there already changes nothing. */
  readonly keep: (entries: readonly LedgerEntry[]) => Promise<void>
}

/**
 * The ledger's key: SHA-256 of canonical JSON of engine, settings, locales, the version of the glossary
 * entries that concern this text (empty for none), the text as sent, and the kinds of its codes. Neighbouring
 * text is left out on purpose: a changed neighbour is no reason to pay again.
 */
export function ledgerKey(
  about: LocalePair & {
    readonly engine: string
    readonly settings: string
    readonly glossaryVersion: string
    readonly text: string
    readonly codes: readonly InlineCode[]
  },
): LedgerKey {
  const kinds = about.codes.map((code) => [code.kind, code.pair])
  const parts = [
    'talmach-mt-1',
    about.engine,
    about.settings,
    about.source,
    about.target,
    about.glossaryVersion,
    about.text,
    kinds,
  ]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
