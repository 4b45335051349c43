import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createNews, type News, type NewsLanguage, seeded } from '../../bench/news.ts'
import type { InlineCode } from '../../src/domain/document.ts'
import { similarities } from '../../src/domain/leverage-score.ts'
import type { TmxPair } from '../../src/exchange/tmx-model.ts'
import { streamTmx, writeTmxStream } from '../../src/exchange/tmx-stream.ts'
import { createMemory, deleteMemory, listMemories } from '../../src/store/memories.ts'
import { rememberPair } from '../../src/store/memory.ts'
import { exportPairs } from '../../src/store/memory-export.ts'
import { importPairs } from '../../src/store/memory-import.ts'
import { addFresh } from '../../src/store/memory-index.ts'
import { findMatches, type LookupWish, type WantedSegment } from '../../src/store/memory-lookup.ts'
import { indexMemory } from '../../src/store/memory-runs.ts'
import { editUnit, searchMemories } from '../../src/store/memory-units.ts'
import { hashSource, insertSegments, loadSegments } from '../../src/store/segments.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'

let database: TestDatabase
let folder: string
beforeAll(async () => {
  database = await createTestDatabase()
  folder = mkdtempSync(join(tmpdir(), 'talmach-memory-'))
})
afterAll(async () => {
  await database?.close()
  rmSync(folder, { recursive: true, force: true })
})

const pairOf = (source: string, target: string, locale = 'en', more: Partial<TmxPair> = {}): TmxPair => ({
  source: { locale, text: source, codes: [] },
  target: { locale: 'de', text: target, codes: [] },
  ...more,
})
async function* streamed(pairs: Iterable<TmxPair>): AsyncGenerator<TmxPair> {
  yield* pairs
}
const take = (memoryId: number, pairs: Iterable<TmxPair>, file?: string) =>
  importPairs(database.db, { memoryId, file, reviewed: true }, streamed(pairs))
const wish = (more: Partial<LookupWish> = {}): LookupWish => ({
  ...{ sourceLocale: 'en', targetLocale: 'de', domain: '', most: 5, similar: 'always', now: new Date() },
  ...more,
})
const segment = (id: string, text: string): WantedSegment => ({ id, text, codes: [], unitKind: 'paragraph' })
const look = async (text: string, more: Partial<LookupWish> = {}) => {
  const one = segment('s', text)
  return (await findMatches(database.db, wish(more), [one], [one])).get('s') ?? []
}

/** Changed sentences find what comparing with all of `all` finds. */
async function expectRecall(news: News, language: NewsLanguage, all: readonly string[]): Promise<void> {
  const random = seeded(7)
  const queries = Array.from({ length: 100 }, () =>
    news.edited(all[Math.floor(random() * all.length)] ?? '', random),
  ).filter(({ length }) => length >= 5 && length <= 400)
  const segments = queries.map((text, n) => segment(`s${n}`, text))
  const found = await findMatches(
    database.db,
    wish({ sourceLocale: language, now: new Date(0) }),
    segments,
    segments,
  )
  let [tops, topHits, alls, allHits] = [0, 0, 0, 0]
  for (const [n, text] of queries.entries()) {
    const got = similarities(
      text,
      (found.get(`s${n}`) ?? []).map(({ pair }) => pair.source),
      0,
    ).toSorted((a, b) => b - a)
    const scores = similarities(text, all, 70)
    const best = new Map(all.map((source, at) => [source, scores[at] ?? 0]))
    const expected = [...best.values()]
      .filter((score) => score >= 70)
      .sort((a, b) => b - a)
      .slice(0, 5)
    // Penalties may take what is just above 70 out of the answer.
    const sure = expected.filter((score) => score >= 76)
    if (sure.length > 0) {
      tops += 1
      if ((got[0] ?? 0) >= (sure[0] ?? 0) - 1e-9) topHits += 1
    }
    alls += sure.length
    allHits += sure.filter((score, place) => (got[place] ?? 0) >= score - 1e-9).length
  }
  expect(tops).toBeGreaterThan(50)
  expect(topHits / tops).toBeGreaterThanOrEqual(0.99)
  expect(allHits / alls).toBeGreaterThanOrEqual(0.95)
}

describe('a memory of thousands', () => {
  const UNITS = 5_000

  it.each(['en', 'zh', 'ja'] satisfies NewsLanguage[])(
    'finds what comparing with every unit finds: %s',
    async (language) => {
      const news = createNews(language)
      const all = Array.from({ length: UNITS }, (_, n) => news.sentence(n))
      const memoryId = await createMemory(database.db, `recall ${language}`, {})
      // In parts, so that the index has several runs.
      for (const part of [0, 1, 2]) {
        const pairs = all.map((source, n) => pairOf(source, `${n}`, language))
        await take(
          memoryId,
          pairs.filter((_, n) => n % 3 === part),
        )
      }
      await expectRecall(news, language, all)
      await deleteMemory(database.db, memoryId)
    },
    114_000,
  )

  it('finds them while newly approved ones wait for the index, however many', async () => {
    const news = createNews('en')
    const all = Array.from({ length: UNITS }, (_, n) => news.sentence(n))
    const memoryId = await createMemory(database.db, 'recall beside fresh ones', {})
    await take(
      memoryId,
      all.map((source, n) => pairOf(source, `${n}`)),
    )
    const { pair_id } = await database.db
      .selectFrom('memory_unit')
      .select('pair_id')
      .where('memory_id', '=', memoryId)
      .limit(1)
      .executeTakeFirstOrThrow()
    const fresh = Array.from({ length: 1_900 }, (_, n) => news.sentence(UNITS + n))
    await database.db.transaction().execute(async (trx) => {
      for (const [n, source] of fresh.entries()) {
        const { id } = await trx
          .insertInto('memory_unit')
          .values({
            ...{ source_locale: 'en', target_locale: 'de', source, target: `fresh ${n}`, by_name: '' },
            ...{ memory_id: memoryId, pair_id, hash: Buffer.from(hashSource(source, [])) },
            variant: Buffer.from(`${n}`),
          })
          .returning('id')
          .executeTakeFirstOrThrow()
        await addFresh(trx, pair_id, id, source)
      }
    })
    await expectRecall(news, 'en', [...all, ...fresh])
    await deleteMemory(database.db, memoryId)
  }, 60_000)

  it('goes on where an import was killed, and has every pair once', async () => {
    const news = createNews('en')
    const sources = Array.from({ length: 14_000 }, (_, n) => `${n} ${news.sentence(n)}`)
    const file = join(folder, 'news.tmx')
    const text: string[] = []
    const pairs = sources.map((source) => pairOf(source, `Ü ${source}`))
    for await (const piece of writeTmxStream(pairs, { sourceLocale: 'en' })) text.push(piece)
    writeFileSync(file, text.join(''))
    const script = join(import.meta.dirname, 'import-memory.ts')
    const child = spawn(process.execPath, [script, database.url, file], { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    child.stdout.on('data', (piece) => {
      said += piece
    })
    await eventually('two batches', async () => (said.includes('8000') ? true : undefined), 60_000)
    child.kill('SIGKILL')
    await once(child, 'exit')
    const before = await count(1)
    expect(before).toBeGreaterThanOrEqual(8_000)
    expect(before).toBeLessThan(14_000)
    const again = () =>
      importPairs(
        database.db,
        { memoryId: 1, file: 'news', reviewed: true },
        streamTmx(createReadStream(file)),
      )
    const report = await again()
    expect(report).toMatchObject({ read: 14_000, resumedAt: before, added: 14_000 - before, skipped: 0 })
    expect(await count(1)).toBe(14_000)
    for (const at of [0, 7_999, 8_000, 13_999]) {
      const source = sources[at] ?? ''
      const near = `${source.slice(0, -1)}!`
      expect((await look(near))[0]?.pair.source, near).toBe(source)
    }
    // Once more, whole: nothing changes.
    expect(await again()).toMatchObject({ resumedAt: 0, added: 0, updated: 0, unchanged: 14_000 })
    expect(await postings()).toBe(await distinctPostings())
  }, 114_000)
})

const count = async (memoryId: number): Promise<number> => {
  const { rows } = await sql<{ units: number }>`
    select count(*)::int as units from memory_unit where memory_id = ${memoryId}`.execute(database.db)
  return rows[0]?.units ?? 0
}
const postings = async (): Promise<number> => {
  const { rows } = await sql<{ entries: number }>`
    select (sum(octet_length(units)) / 4)::int as entries from memory_posting`.execute(database.db)
  return rows[0]?.entries ?? 0
}
/** No unit stands twice under one key. */
const distinctPostings = async (): Promise<number> => {
  const { rows } = await sql<{ entries: number }>`
    select count(*)::int as entries from (
      select pair_id, key, substring(units from at for 4) from memory_posting,
        generate_series(1, octet_length(units), 4) as at
      group by 1, 2, 3) as different`.execute(database.db)
  return rows[0]?.entries ?? 0
}

describe('memories', () => {
  it('keep what was corrected here when an older file comes again, and take what is newer there', async () => {
    const memoryId = await createMemory(database.db, 'agency', { penalty: 4 })
    const dated = (target: string, changed: string) =>
      pairOf('The factory stood still for the third day.', target, 'en', {
        ...{ changed, created: '20200101T000000Z' },
        properties: [
          { type: 'prev', value: 'Before it.' },
          { type: 'next', value: 'After it.' },
        ],
      })
    expect(await take(memoryId, [dated('erste', '20200801T000000Z')])).toMatchObject({ added: 1 })
    expect(await take(memoryId, [dated('zweite', '20200901T000000Z')])).toMatchObject({ updated: 1 })
    expect(await take(memoryId, [dated('alte', '20200701T000000Z')])).toMatchObject({ unchanged: 1 })
    const [match] = await look('The factory stood still for the third day.')
    expect(match).toMatchObject({ kind: 'exact', target: 'zweite', score: 95 })
    expect(match?.why.map(({ reason }) => reason)).toEqual(['same', 'memory', 'age'])
    await editUnit(database.db, match?.pair.id ?? '', 'von Hand', 'Ada')
    expect(await take(memoryId, [dated('dritte', '20201001T000000Z')])).toMatchObject({ unchanged: 1 })
    expect((await look('The factory stood still for the third day.'))[0]?.target).toBe('von Hand')
  })

  it('use the neighbours that OmegaT writes beside a pair', async () => {
    const sentences = ['Before it.', 'The factory stood still for the third day.', 'After it.']
    const all = sentences.map((text, n) => segment(`s${n}`, text))
    const found = await findMatches(database.db, wish({ similar: 'no' }), all, all)
    expect(found.get('s1')?.[0]).toMatchObject({ kind: 'context' })
  })

  it('keep apart what is not the same language, and serve what is', async () => {
    const memoryId = await createMemory(database.db, 'languages', {})
    const brazil = pairOf('The bus stop was empty.', 'O ponto de ônibus estava vazio.')
    await take(memoryId, [{ ...brazil, target: { ...brazil.target, locale: 'pt_BR' } }])
    const target = async (targetLocale: string, sourceLocale = 'en') =>
      (await look('The bus stop was empty.', { targetLocale, sourceLocale }))[0]?.target
    expect(await target('pt-BR')).toContain('ônibus')
    expect(await target('pt', 'en-GB')).toContain('ônibus')
    expect(await target('pt-PT')).toBeUndefined()
  })

  it('skip and count what is no pair', async () => {
    const memoryId = await createMemory(database.db, 'junk', {})
    const odd = [pairOf('', 'x'), pairOf('x', ''), pairOf('x', 'y', 'qqq-nonsense!'), pairOf('x', 'y')]
    expect(await take(memoryId, odd)).toMatchObject({ read: 4, added: 1, skipped: 3 })
    await deleteMemory(database.db, memoryId)
    expect((await listMemories(database.db)).map(({ name }) => name)).not.toContain('junk')
    expect(await count(memoryId)).toBe(0)
  })

  it('go out as TMX and come back the same, context and codes and all', async () => {
    const from = await createMemory(database.db, 'out', {})
    const codes: InlineCode[] = [
      { kind: 'open', pair: 1, type: 'format', data: '<b>', label: 'b', equiv: '' },
      { kind: 'close', pair: 0, type: 'format', data: '</b>', label: '/b', equiv: '' },
    ]
    const coded: TmxPair = {
      source: { locale: 'en', text: 'Some \ue000bold\ue001 words & more.', codes },
      target: { locale: 'de', text: '\ue000Fette\ue001 Wörter.', codes },
      ...{ by: 'Ada', created: '20200101T000000Z', changed: '20200202T000000Z' },
      properties: [
        { type: 'prev', value: 'p' },
        { type: 'next', value: 'n' },
        { type: 'domain', value: 'news' },
      ],
    }
    await take(from, [coded, pairOf('Plain.', 'Schlicht.')])
    let text = ''
    for await (const piece of writeTmxStream(exportPairs(database.db, { memoryId: from }), {
      sourceLocale: 'en',
    }))
      text += piece
    const to = await createMemory(database.db, 'in', {})
    async function* bytes() {
      yield new TextEncoder().encode(text)
    }
    await importPairs(database.db, { memoryId: to, file: undefined, reviewed: true }, streamTmx(bytes()))
    const stored = (memoryId: number) =>
      sql`select source_locale, target_locale, hash, source, target, by_name, codes, variant, previous, next, domain,
        created_at, changed_at, reviewed from memory_unit where memory_id = ${memoryId} order by source`
        .execute(database.db)
        .then(({ rows }) => rows)
    const [before, after] = [await stored(from), await stored(to)]
    const bare = (rows: unknown[]) =>
      rows.map((row) =>
        JSON.parse(JSON.stringify(row, (key, value) => (/_at$|^label$/.test(key) ? '' : value))),
      )
    expect(bare(after)).toEqual(bare(before))
  })

  it('are searched in source and target, page by page', async () => {
    const memoryId = await createMemory(database.db, 'search', {})
    await take(
      memoryId,
      Array.from({ length: 7 }, (_, n) => pairOf(`A zeppelin over field ${n}.`, `Luftschiff Ä ${n}.`)),
    )
    const search = (side: 'source' | 'target', words: string, cursor?: string) =>
      searchMemories(database.db, {
        ...{ words, side, cursor, limit: 5 },
        ...{ sourceLocale: 'en', targetLocale: 'de' },
      })
    const first = await search('source', 'ZEPPELIN')
    const second = await search('source', 'ZEPPELIN', first.next ?? '')
    expect([first.hits.length, second.hits.length, second.next]).toEqual([5, 2, null])
    expect((await search('target', 'luftschiff ä 3')).hits).toHaveLength(1)
    expect((await search('target', 'zeppelin')).hits).toHaveLength(0)
  })
})

describe('approving', () => {
  const SENTENCES = [
    'Georgia',
    'The country had an election that nobody watched.',
    'Georgia',
    'Atlanta votes.',
  ]
  let rows: Awaited<ReturnType<typeof loadSegments>>

  const approve = async (at: number, target: string): Promise<void> => {
    const one = rows[at]?.segment
    if (one === undefined) throw new Error('no segment')
    await rememberPair(database.db, {
      ...{ sourceLocale: 'en', targetLocale: 'fr', source: one.text, target, by: 'Ada' },
      ...{ hash: hashSource(one.text, one.codes), segmentRowId: one.rowId },
    })
  }
  const french = async (all: readonly WantedSegment[], id: string) =>
    (await findMatches(database.db, wish({ targetLocale: 'fr' }), all, all)).get(id) ?? []

  beforeAll(async () => {
    const [document, revision] = [crypto.randomUUID(), crypto.randomUUID()]
    await sql`insert into document (id, name, format, source_locale, created_by)
      values (${document}, 'two.txt', 'text', 'en', 'x')`.execute(database.db)
    await sql`insert into revision (id, document_id, number, bytes, sha256) values (${revision}, ${document}, 1, '', '')`.execute(
      database.db,
    )
    const segments = SENTENCES.map((text, n) => ({
      ...{ id: `u${n}-s1`, unitId: `u${n}`, unitKind: 'paragraph', start: 0, end: text.length, text },
      codes: [],
    })) satisfies Parameters<typeof insertSegments>[2]
    await insertSegments(database.db, revision, segments)
    rows = await loadSegments(database.db, revision, 'fr')
  })

  it('keeps the country and the state apart by what stands around them', async () => {
    await approve(0, 'Géorgie (pays)')
    await approve(2, 'Géorgie (État)')
    const all = SENTENCES.map((text, n) => segment(`s${n}`, text))
    expect((await french(all, 's0'))[0]).toMatchObject({ kind: 'context', target: 'Géorgie (pays)' })
    expect((await french(all, 's2'))[0]).toMatchObject({ kind: 'context', target: 'Géorgie (État)' })
    const elsewhere = [segment('s', 'Georgia')]
    expect((await french(elsewhere, 's')).map(({ kind }) => kind)).toEqual(['exact', 'exact'])
  })

  it('is found among similar sentences at once, before and after it is indexed, and once only', async () => {
    await approve(1, 'première')
    await approve(1, 'deuxième')
    const one = [segment('s', 'The country had an election that somebody watched.')]
    const before = await french(one, 's')
    expect(before.map(({ target }) => target)).toEqual(['deuxième'])
    // Two at once: one of them does it.
    await Promise.all([indexMemory(database.db, true), indexMemory(database.db, true)])
    const { rows: left } = await sql`select 1 from memory_fresh`.execute(database.db)
    expect(left).toEqual([])
    expect((await french(one, 's')).map(({ target }) => target)).toEqual(['deuxième'])
    expect(await postings()).toBe(await distinctPostings())
  })
})
