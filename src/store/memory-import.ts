import { sql } from 'kysely'
import type { InlineCode } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import { parseLocale } from '../domain/locale.ts'
import type { TmxPair } from '../exchange/tmx-model.ts'
import type { Database } from './database.ts'
import { contextKey, ensurePair, variantOf } from './memory-pairs.ts'
import { indexMemory } from './memory-runs.ts'
import { hashSource } from './segments.ts'

export type ImportReport = {
  /** Pairs in the file; those before the place where an earlier import broke off are counted here only. */
  readonly read: number
  readonly added: number
  /** Known pairs that are newer in the file. */
  readonly updated: number
  /** Known as they are, or newer here. */
  readonly unchanged: number
  /** Empty, without a locale, or longer than a memory keeps. */
  readonly skipped: number
  /** Where an earlier import of the same file broke off. */
  readonly resumedAt: number
}

export type ImportWish = {
  readonly memoryId: number
  /** What the file is known by when it comes again; undefined: an import that breaks off starts at its beginning. */
  readonly file: string | undefined
  /** Whether its translations have been approved by somebody. */
  readonly reviewed: boolean
  /** Told after each batch. */
  readonly onProgress?: (read: number) => void
}

const BATCH = 4_000
/** A text of more is no sentence and would be found by nobody. */
const MOST_CHARACTERS = 20_000

/**
 * Takes pairs into a memory, batch by batch, each in a transaction of its own that also notes how far the file has been
 * read: broken off, the same file goes on from there; taken in twice, it changes nothing. A pair that is newer here than
 * in the file is left alone. At the end the index is made.
 *
 * @throws DomainError `not-found` without the memory; whatever reading `pairs` throws, after what came before was kept
 */
export async function importPairs(
  db: Database,
  wish: ImportWish,
  pairs: AsyncIterable<TmxPair>,
): Promise<ImportReport> {
  const resumedAt = await openImport(db, wish)
  const count = { read: 0, added: 0, updated: 0, unchanged: 0, skipped: 0 }
  let pending: Promise<void> = Promise.resolve()
  let batch: TmxPair[] = []
  const flush = async (): Promise<void> => {
    const [rows, upTo] = [batch, count.read]
    batch = []
    await pending
    // The next batch is read while this one is written; a failure shows at the next flush.
    pending = writeBatch(db, wish, rows, upTo).then((written) => {
      count.added += written.added
      count.updated += written.updated
      count.unchanged += written.unchanged
      count.skipped += written.skipped
      wish.onProgress?.(upTo)
    })
    pending.catch(() => {})
  }
  try {
    for await (const pair of pairs) {
      count.read += 1
      if (count.read <= resumedAt) continue
      batch.push(pair)
      if (batch.length === BATCH) await flush()
    }
  } finally {
    if (batch.length > 0) await flush()
    await pending
  }
  await indexMemory(db, true)
  if (wish.file !== undefined) {
    await db
      .updateTable('memory_import')
      .set({ done: true, updated_at: sql`now()` })
      .where('memory_id', '=', wish.memoryId)
      .where('file', '=', wish.file)
      .execute()
  }
  return { ...count, resumedAt }
}

async function openImport(db: Database, { memoryId, file }: ImportWish): Promise<number> {
  const memory = await db.selectFrom('memory').select('id').where('id', '=', memoryId).executeTakeFirst()
  if (memory === undefined) throw new DomainError('not-found', 'no such memory')
  if (file === undefined) return 0
  const { pairs } = await db
    .insertInto('memory_import')
    .values({ memory_id: memoryId, file })
    .onConflict((conflict) =>
      conflict.columns(['memory_id', 'file']).doUpdateSet({
        // A whole file that comes again is read again: something may have been deleted here since.
        pairs: sql`case when memory_import.done then 0 else memory_import.pairs end`,
        done: false,
        updated_at: sql`now()`,
      }),
    )
    .returning('pairs')
    .executeTakeFirstOrThrow()
  return pairs
}

type Written = {
  readonly added: number
  readonly updated: number
  readonly unchanged: number
  readonly skipped: number
}

async function writeBatch(
  db: Database,
  wish: ImportWish,
  batch: readonly TmxPair[],
  upTo: number,
): Promise<Written> {
  return db.transaction().execute(async (trx) => {
    const rows = new Map<string, Record<string, unknown>>()
    const pairIds = new Map<string, number>()
    let skipped = 0
    for (const pair of batch) {
      const locales = localesOf(pair)
      const [source, target] = [pair.source.text, pair.target.text]
      if (locales === null || source === '' || target === '' || source.length > MOST_CHARACTERS) {
        skipped += 1
        continue
      }
      const name = `${locales.source} ${locales.target}`
      const pairId = pairIds.get(name) ?? (await ensurePair(trx, locales.source, locales.target))
      pairIds.set(name, pairId)
      const row = rowOf(pair, locales, pairId, wish)
      rows.set(`${pairId} ${row.hash} ${row.variant}`, row)
    }
    const { rows: results } = await sql<{ added: number; updated: number }>`
      with written as (
        insert into memory_unit (source_locale, target_locale, hash, source, target, by_name, memory_id, pair_id, codes,
          variant, previous, next, unit_kind, document, domain, reviewed, created_at, changed_at)
        select source_locale, target_locale, decode(hash, 'hex'), source, target, by_name, memory_id, pair_id, codes,
          decode(variant, 'hex'), decode(previous, 'hex'), decode(next, 'hex'), unit_kind, document, domain, reviewed,
          coalesce(created_at, now()), coalesce(changed_at, now())
        from json_to_recordset(${JSON.stringify([...rows.values()])}::json) as row (source_locale text,
          target_locale text, hash text, source text, target text, by_name text, memory_id int, pair_id int,
          codes jsonb, variant text, previous text, next text, unit_kind text, document text, domain text,
          reviewed boolean, created_at timestamptz, changed_at timestamptz)
        on conflict on constraint memory_unit_once do update set
          target = excluded.target, by_name = excluded.by_name, codes = excluded.codes,
          reviewed = excluded.reviewed, changed_at = excluded.changed_at
        where excluded.changed_at > memory_unit.changed_at and excluded.changed_at < now()
          and excluded.target is distinct from memory_unit.target
        returning xmax = 0 as fresh
      )
      select count(*) filter (where fresh)::int as added, count(*) filter (where not fresh)::int as updated
      from written`.execute(trx)
    if (wish.file !== undefined) {
      await trx
        .updateTable('memory_import')
        .set({ pairs: upTo, updated_at: sql`now()` })
        .where('memory_id', '=', wish.memoryId)
        .where('file', '=', wish.file)
        .execute()
    }
    const { added = 0, updated = 0 } = results[0] ?? {}
    return { added, updated, skipped, unchanged: batch.length - skipped - added - updated }
  })
}

type Locales = { readonly source: string; readonly target: string }

const canonical = new Map<string, string | null>()

function localesOf({ source, target }: TmxPair): Locales | null {
  const [from, to] = [source.locale, target.locale].map((tag) => {
    const known = canonical.get(tag)
    if (known !== undefined) return known
    let locale: string | null = null
    try {
      locale = parseLocale(tag.replaceAll('_', '-'))
    } catch {
      // Not a locale that we know: the pair is skipped and counted.
    }
    if (canonical.size < 1_000) canonical.set(tag, locale)
    return locale
  })
  return from == null || to == null ? null : { source: from, target: to }
}

function rowOf(pair: TmxPair, locales: Locales, pairId: number, wish: ImportWish) {
  const { source, target } = pair
  const said = (...types: string[]): string | undefined =>
    pair.properties?.find(({ type }) => types.includes(type))?.value
  // Our own exports say the keys, OmegaT the sentences themselves.
  const neighbour = (key: string, text: string): Buffer | null => {
    const known = said(key)
    if (known !== undefined && /^[0-9a-f]{16}$/.test(known)) return Buffer.from(known, 'hex')
    const sentence = said(text)
    return sentence === undefined ? null : contextKey(sentence)
  }
  const previous = neighbour(TMX_PROPERTIES.previous, 'prev')
  const next = neighbour(TMX_PROPERTIES.next, 'next')
  const codes = target.codes.length > source.codes.length ? target.codes : source.codes
  return {
    ...{ source_locale: locales.source, target_locale: locales.target, pair_id: pairId },
    ...{ memory_id: wish.memoryId, source: source.text, target: target.text, by_name: pair.by ?? '' },
    hash: Buffer.from(hashSource(source.text, source.codes)).toString('hex'),
    variant: variantOf(previous, next, target.text).toString('hex'),
    previous: previous?.toString('hex') ?? null,
    next: next?.toString('hex') ?? null,
    codes: codes.length === 0 ? null : codes.map(toCode),
    unit_kind: said(TMX_PROPERTIES.unitKind) ?? '',
    document: said(TMX_PROPERTIES.document, 'file') ?? '',
    domain: said(TMX_PROPERTIES.domain, 'domain', 'subject') ?? '',
    reviewed: wish.reviewed && said(TMX_PROPERTIES.reviewed) !== 'no',
    created_at: dateOf(pair.created),
    changed_at: dateOf(pair.changed),
  }
}

/** Without what only the reader of the file needed. */
function toCode({ kind, pair, type, data, label, equiv }: InlineCode): InlineCode {
  return { kind, pair, type, data, label, equiv }
}

/** Where TMX has no field of its own. */
export const TMX_PROPERTIES = {
  previous: 'x-talmach-previous',
  next: 'x-talmach-next',
  unitKind: 'x-talmach-unit',
  document: 'x-talmach-document',
  domain: 'x-talmach-domain',
  reviewed: 'x-talmach-reviewed',
} as const

/** `20201031T120000Z` → ISO 8601; null where it is not a date of TMX. */
function dateOf(text: string | undefined): string | null {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? '')
  if (parts === null) return null
  const [, year, month, day, hour, minute, second] = parts
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`
  return Number.isNaN(Date.parse(iso)) ? null : iso
}
