import { createHash } from 'node:crypto'
import type { EngineText, EngineUsage, LocalePair } from './engine.ts'

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
  /** Books what requests cost beside their characters; not needed where nobody counts tokens. */
  readonly charge?: (charge: UsageCharge) => Promise<void>
}

export type UsageCharge = EngineUsage & { readonly engine: string; readonly targetLocale: string }

/**
 * The ledger's key: SHA-256 of canonical JSON of engine, settings, locales, the version of the glossary
 * entries that concern this text (empty for none), the text as sent, the kinds of its codes, and what else the
 * engine was told (hints, a draft to mend). Neighbouring text is left out on purpose: a changed neighbour is no
 * reason to pay again.
 */
export function ledgerKey(
  about: LocalePair &
    EngineText & { readonly engine: string; readonly settings: string; readonly glossaryVersion: string },
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
    ...(about.hints === undefined && about.draft === undefined
      ? []
      : [about.hints ?? [], about.draft ?? null]),
  ]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

/** Keys in one look-up: a database has a limit of parameters. */
const MOST_KEYS = 1_000

/** Looks up any number of keys. */
export async function findAll(
  ledger: Ledger,
  keys: readonly LedgerKey[],
): Promise<ReadonlyMap<LedgerKey, LedgerEntry>> {
  const known = new Map<LedgerKey, LedgerEntry>()
  for (let from = 0; from < keys.length; from += MOST_KEYS) {
    for (const [key, entry] of await ledger.find(keys.slice(from, from + MOST_KEYS))) known.set(key, entry)
  }
  return known
}
