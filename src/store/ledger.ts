import { settleReservation } from './ceilings.ts'
import type { Database } from './database.ts'

/** One answer of an engine, as it came. */
export type LedgerEntry = {
  readonly key: string
  readonly engine: string
  readonly settings: string
  readonly sourceLocale: string
  readonly targetLocale: string
  /** What was sent and what came back, with code characters and masks. */
  readonly sourceText: string
  readonly targetText: string
  readonly billedCharacters: number
  readonly unknownWords: readonly string[]
}

/** Answers already received, by key. */
export async function findMachineTranslations(
  db: Database,
  keys: readonly string[],
): Promise<ReadonlyMap<string, LedgerEntry>> {
  if (keys.length === 0) return new Map()
  const rows = await db.selectFrom('machine_translation').selectAll().where('key', 'in', keys).execute()
  return new Map(
    rows.map((row) => [
      row.key,
      {
        key: row.key,
        engine: row.engine,
        settings: row.settings,
        sourceLocale: row.source_locale,
        targetLocale: row.target_locale,
        sourceText: row.source,
        targetText: row.target,
        billedCharacters: row.billed_characters,
        unknownWords: row.unknown_words,
      },
    ]),
  )
}

/**
 * Keeps answers and books their cost to a document (null: to none, for `talmach run`), in one transaction, before anything else is done with
 * them. An answer that is already there stays; its cost was real all the same and is booked.
 */
export async function keepMachineTranslations(
  db: Database,
  revisionId: string | null,
  entries: readonly LedgerEntry[],
): Promise<void> {
  if (entries.length === 0) return
  const charges = new Map<string, { engine: string; locale: string; characters: number }>()
  for (const entry of entries) {
    const id = `${entry.engine} ${entry.targetLocale}`
    const charge = charges.get(id) ?? { engine: entry.engine, locale: entry.targetLocale, characters: 0 }
    charge.characters += entry.billedCharacters
    charges.set(id, charge)
  }
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('machine_translation')
      .values(
        entries.map((entry) => ({
          key: entry.key,
          engine: entry.engine,
          settings: entry.settings,
          source_locale: entry.sourceLocale,
          target_locale: entry.targetLocale,
          source: entry.sourceText,
          target: entry.targetText,
          billed_characters: entry.billedCharacters,
          unknown_words: [...entry.unknownWords],
        })),
      )
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute()
    const rows = [...charges.values()].filter((charge) => charge.characters > 0)
    if (rows.length === 0) return
    await trx
      .insertInto('engine_charge')
      .values(rows.map((charge) => ({ revision_id: revisionId, ...charge })))
      .execute()
    for (const { engine, locale, characters } of rows)
      await settleReservation(trx, engine, locale, characters)
  })
}

/** What requests cost at an engine that bills by tokens. */
export type UsageCharge = {
  readonly engine: string
  readonly targetLocale: string
  readonly inputTokens: number
  readonly outputTokens: number
  /** In the operator's currency; null where no price is set. */
  readonly cost: number | null
}

/** Books a request's tokens to a document (null: to none, for `talmach run`), whatever became of its answer. */
export async function chargeUsage(
  db: Database,
  revisionId: string | null,
  charge: UsageCharge,
): Promise<void> {
  await db
    .insertInto('engine_charge')
    .values({
      revision_id: revisionId,
      locale: charge.targetLocale,
      engine: charge.engine,
      characters: 0,
      input_tokens: String(charge.inputTokens),
      output_tokens: String(charge.outputTokens),
      cost: charge.cost === null ? null : charge.cost.toFixed(9),
    })
    .execute()
  await settleReservation(db, charge.engine, charge.targetLocale)
}
