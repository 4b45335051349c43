import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TmxPair } from '../../src/exchange/tmx-model.ts'
import { createMemory, deleteMemory } from '../../src/store/memories.ts'
import { type Cleaning, type CleaningWish, findCleaning } from '../../src/store/memory-cleaning.ts'
import { importPairs } from '../../src/store/memory-import.ts'
import { findMatches, type WantedSegment } from '../../src/store/memory-lookup.ts'
import { removeUnits, restoreUnits } from '../../src/store/memory-removal.ts'
import { loadUnits } from '../../src/store/memory-units.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let memoryId: number

beforeAll(async () => {
  database = await createTestDatabase()
  memoryId = await createMemory(database.db, 'agency', {})
})
afterAll(() => database?.close())

const pair = (source: string, target: string, more: Partial<TmxPair> = {}): TmxPair => ({
  source: { locale: 'en', text: source, codes: [] },
  target: { locale: 'de', text: target, codes: [] },
  ...more,
})
const between = (previous: string, next: string) => ({
  properties: [
    { type: 'prev', value: previous },
    { type: 'next', value: next },
  ],
})
async function take(pairs: readonly TmxPair[], into = memoryId): Promise<void> {
  async function* all() {
    yield* pairs
  }
  await importPairs(database.db, { memoryId: into, file: undefined, reviewed: true }, all())
}
const wish = (find: Cleaning, more: Partial<CleaningWish> = {}): CleaningWish => ({
  ...{ find, sourceLocale: 'en', targetLocale: 'de', memoryId },
  ...more,
})
const found = async (find: Cleaning, more: Partial<CleaningWish> = {}): Promise<readonly string[]> => {
  const ids = await findCleaning(database.db, wish(find, more))
  return (await loadUnits(database.db, ids)).map(({ target }) => target)
}

describe('cleaning a memory', () => {
  it('finds older translations of a sentence, and keeps those apart that stand between other sentences', async () => {
    await take([
      pair('The gate was shut.', 'Das Tor war zu.', { changed: '20200101T000000Z' }),
      pair('The gate was shut.', 'Das Tor war geschlossen.', { changed: '20210101T000000Z' }),
      pair('Georgia', 'Georgien', { changed: '20200101T000000Z', ...between('Tbilisi', 'The country.') }),
      pair('Georgia', 'Georgia (USA)', { changed: '20210101T000000Z', ...between('Atlanta', 'The state.') }),
      pair('Only once.', 'Nur einmal.'),
    ])
    expect(await found('differing')).toEqual(['Das Tor war zu.'])
    expect(await found('elsewhere')).toEqual(['Georgien'])
  })

  it('finds what is untranslated, empty, too long, or has other numbers', async () => {
    await take([
      pair('Leave this as it is.', 'Leave this as it is.'),
      pair('A sentence with nothing.', ' … – !'),
      pair('一个句子。', '日本語。'),
      pair('There were 1,500 of them on 3 May.', 'Am 3. Mai waren es 1.500.'),
      pair('There were 40 of them.', 'Es waren 41.'),
      pair('He waited five days.', 'Er wartete 5 Tage.'),
      pair('l'.repeat(20), `${'lang '.repeat(250)}`),
    ])
    expect(await found('same')).toEqual(['Leave this as it is.'])
    expect(await found('empty')).toEqual([' … – !'])
    expect(await found('numbers')).toEqual(['Es waren 41.'])
    expect((await found('long')).map((target) => target.length)).toEqual([1250])
  })

  it('takes all of somebody, from a document, or of some days, and never everything', async () => {
    const file = [{ type: 'x-talmach-document', value: 'old.docx' }]
    await take([
      pair('Signed by Carla.', 'Carlas Satz.', {
        by: 'Carla',
        changed: '20190504T120000Z',
        properties: file,
      }),
      pair('Signed by Dora.', 'Doras Satz.', { by: 'Dora', changed: '20190505T000000Z', properties: file }),
    ])
    expect(await found('chosen', { by: 'Carla' })).toEqual(['Carlas Satz.'])
    expect(await found('chosen', { document: 'old.docx', by: 'Dora' })).toEqual(['Doras Satz.'])
    const day = { from: new Date('2019-05-04'), before: new Date('2019-05-05') }
    expect(await found('chosen', day)).toEqual(['Carlas Satz.'])
    expect(await found('chosen', { by: 'Carla', targetLocale: 'fr' })).toEqual([])
    await expect(found('chosen')).rejects.toMatchObject({ code: 'invalid-input' })
  })
})

describe('what was removed', () => {
  const SOURCE = 'The ferry across the river has stopped for the winter.'
  const NEAR: WantedSegment = {
    ...{ id: 's', text: 'The ferry across the river has stopped for the spring.' },
    ...{ codes: [], unitKind: 'paragraph' },
  }
  const look = async () => {
    const about = { sourceLocale: 'en', targetLocale: 'de', domain: '', most: 3, now: new Date() }
    const all = await findMatches(database.db, { ...about, similar: 'always' }, [NEAR], [NEAR])
    return (all.get('s') ?? []).map(({ target }) => target)
  }
  const idsOf = async (source: string) => {
    const { rows } = await sql<{ id: string }>`
      select id from memory_unit where source = ${source} and memory_id = ${memoryId}`.execute(database.db)
    return rows.map(({ id }) => id)
  }

  it('is found no more, and once it is put back it is found as before, once', async () => {
    await take([pair(SOURCE, 'Die Fähre ruht.', { by: 'Ada' })])
    const [id = ''] = await idsOf(SOURCE)
    const { removal, units } = await removeUnits(database.db, [id], 'Bert')
    expect(units).toBe(1)
    expect(await look()).toEqual([])
    expect(await restoreUnits(database.db, removal)).toBe(1)
    expect(await look()).toEqual(['Die Fähre ruht.'])
    expect(await idsOf(SOURCE)).toEqual([id])
    expect((await loadUnits(database.db, [id]))[0]).toMatchObject({ by: 'Ada', memory: 'agency' })
    await expect(restoreUnits(database.db, removal)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('is found again also if no run of the index had it yet', async () => {
    const source = 'Nobody had seen the minister since the evening of the vote.'
    // As an approval writes it: it waits for the next run.
    await sql`
      insert into memory_unit (source_locale, target_locale, hash, source, target, by_name, memory_id, pair_id, variant)
      select 'en', 'de', '\\x01', ${source}, 'Niemand.', 'Ada', ${memoryId}, id, '\\x02' from memory_pair
      where source_locale = 'en' and target_locale = 'de'`.execute(database.db)
    const { removal } = await removeUnits(database.db, await idsOf(source), 'Bert')
    await take([pair('Another thing altogether, so that there is a run.', 'Etwas anderes.')])
    expect(await restoreUnits(database.db, removal)).toBe(1)
    const near = { ...NEAR, text: `${source.slice(0, -1)} today.` }
    const about = { sourceLocale: 'en', targetLocale: 'de', domain: '', most: 3, now: new Date() }
    const all = await findMatches(database.db, { ...about, similar: 'always' }, [near], [near])
    expect(all.get('s')?.map(({ target }) => target)).toEqual(['Niemand.'])
  })

  it('stays away where it has come in again or its memory is gone', async () => {
    const [id = ''] = await idsOf(SOURCE)
    const { removal } = await removeUnits(database.db, [id], 'Bert')
    await take([pair(SOURCE, 'Die Fähre ruht.')])
    expect(await restoreUnits(database.db, removal)).toBe(0)
    expect(await look()).toEqual(['Die Fähre ruht.'])
    const other = await createMemory(database.db, 'short-lived', {})
    await take([pair('Here today.', 'Heute hier.')], other)
    const { rows } = await sql<{ id: string }>`select id from memory_unit where memory_id = ${other}`.execute(
      database.db,
    )
    const gone = await removeUnits(
      database.db,
      rows.map((row) => row.id),
      'Bert',
    )
    await deleteMemory(database.db, other)
    expect(await restoreUnits(database.db, gone.removal)).toBe(0)
  })
})
