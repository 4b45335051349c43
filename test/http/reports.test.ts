import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ReportView } from '../../src/http/report-schemas.ts'
import { issueToken } from '../../src/store/tokens.ts'
import { eventually } from '../support/eventually.ts'
import { newsdesk } from '../support/newsdesk.ts'
import { startServer, type TestServer } from '../support/server.ts'

const day = (offset = 0) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

let server: TestServer
let admin: string
beforeAll(async () => {
  server = await startServer()
  admin = await server.token('admin')
})
afterAll(() => server?.close())

const person = (name: string, role: 'translator' | 'editor', locales: readonly string[] = []) =>
  issueToken(server.database.db, { kind: 'access', name, role, locales })
const read = async (search: string, token = admin): Promise<ReportView> => {
  const response = await server.api(token, `/api/reports?${search}`)
  expect([response.status, search]).toEqual([200, search])
  return (await response.json()) as ReportView
}
const today = `from=${day(-1)}&to=${day(1)}`

describe('a report', () => {
  it('adds up what a small newsroom did, by person, language and origin', async () => {
    const ada = newsdesk(server, await person('Ada', 'translator'))
    const ben = newsdesk(server, await person('=Ben()', 'editor'))
    const desk = newsdesk(server, admin)
    // 1 + 3 + 2 words.
    const id = await desk.submit('# Strike\n\nOne two three.\n\nFour five.\n', ['de', 'fr'])
    await ada.translate(id, 'de')
    const [headline, first] = await ada.segmentsOf(id, 'de')
    // Twice the same sentence by the same person counts once.
    const again = await ada.send(
      'PUT',
      `/api/segments/${first?.id}/targets/de`,
      { text: 'Eins zwei drei.' },
      { 'If-Match': '"1"' },
    )
    expect(again.status).toBe(200)
    const refused = await ben.send(
      'POST',
      `/api/segments/${headline?.id}/targets/de/reject`,
      { category: 'style', note: 'shorter' },
      { 'If-Match': '"1"' },
    )
    expect(refused.status).toBe(200)
    await ada.translate(id, 'de', 'DE')
    await ben.approve(id, 'de')
    await desk.fetched(`/api/documents/${id}/bundle/de`)

    const report = await read(today)
    const none = { segments: 0, words: 0 }
    const ofTerms = { comments: 0, terms: 0 }
    expect(report.people).toEqual([
      {
        name: '=Ben()',
        translated: none,
        reviewed: { segments: 1, words: 1 },
        approved: { segments: 3, words: 6 },
        ...ofTerms,
      },
      { name: 'Ada', translated: { segments: 3, words: 6 }, reviewed: none, approved: none, ...ofTerms },
    ])
    expect(report.languages).toEqual([{ locale: 'de', finished: 1, segments: 3, words: 6 }])
    expect(report.work).toMatchObject({
      bands: [{ band: 'person', engine: null, segments: 3, words: 6 }],
      effort: { scratch: { segments: 3, words: 6 }, savedWords: 0 },
      finished: 1,
      published: { bundles: 1, releases: 0, corrections: 0, retractions: 0 },
    })
    expect(report.work?.passages.map(({ state }) => state)).toEqual([
      'machine',
      'translation',
      'review',
      'embargo',
    ])
    expect(report.work?.passages.every(({ median, mean }) => median >= 0 && mean >= 0 && mean < 1)).toBe(true)

    const own = await read(`${today}&person=Ada`)
    expect(own.work).toBeNull()
    expect(own.people.map(({ name }) => name)).toEqual(['Ada'])
    expect((await read(`${today}&locale=fr`)).people).toEqual([])
    expect((await read(`from=${day(-9)}&to=${day(-2)}`)).people).toEqual([])
    expect((await read(`${today}&document=${crypto.randomUUID()}`)).people).toEqual([])
    expect((await read(`${today}&document=${id}`)).people).toHaveLength(2)

    // A new revision takes two sentences along: what was done on them is not done again.
    const source = await ben.send('PUT', `/api/documents/${id}/source`, {
      text: '# Strike\n\nOne two three.\n\nSix seven eight nine.\n',
      format: 'markdown',
    })
    expect(source.status).toBe(202)
    await desk.ready(id, 2)
    expect((await read(today)).people).toEqual(report.people)
    expect((await read(today)).work?.bands).toEqual([
      { band: 'kept', engine: null, segments: 2, words: 4 },
      { band: 'person', engine: null, segments: 3, words: 6 },
    ])
    const [, , fresh] = await ada.segmentsOf(id, 'de')
    const text = { text: 'Sechs bis neun.' }
    await ada.send('PUT', `/api/segments/${fresh?.id}/targets/de`, text, { 'If-Match': '"0"' })
    await ben.approve(id, 'de')
    const corrected = await eventually('the correction to be published', async () => {
      const now = await read(today)
      return now.work?.published.corrections === 1 && now
    })
    expect(corrected.languages).toEqual([{ locale: 'de', finished: 2, segments: 4, words: 10 }])
    expect(corrected.people[0]?.approved).toEqual({ segments: 4, words: 10 })
  })

  it('counts what drafts of machine and memory saved, what they cost, and which terms held', async () => {
    const { db } = server.database
    const admin2 = newsdesk(server, admin)
    const id = await admin2.submit(
      '# Alpha beta\n\nGamma delta epsilon zeta.\n\nEta theta.\n\nIota kappa.\n',
      ['es'],
    )
    const segments = await admin2.segmentsOf(id, 'es')
    const at = new Date('2025-03-10T12:00:00Z')
    const drafts = [
      ['mt', 'deepl', 'translate', ''],
      ['mt', 'deepl', 'translate', ''],
      ['tm-fuzzy', 'Ada', 'reuse', '93 %, memory “agency”: 95 % alike, by words and characters'],
      ['tm-exact', 'Ada', 'reuse', '100 %, memory “approved”: the same sentence'],
    ] as const
    for (const [place, [origin, by, action, note]] of drafts.entries()) {
      const segment = segments[place]?.id ?? ''
      const line = { segment_id: segment, locale: 'es', text: `d${place}`, origin }
      await db
        .insertInto('target_history')
        .values({ ...line, version: 1, state: 'initial', by_name: by, action, note, at })
        .execute()
      // The second one is changed by a person before it is approved.
      const changed = place === 1
      if (changed) {
        await db
          .insertInto('target_history')
          .values({
            ...{ ...line, origin: 'human', text: 'x' },
            ...{ version: 2, state: 'translated', by_name: 'Cleo', action: 'edit', at },
          })
          .execute()
      }
      const last = { state: 'reviewed', version: 3, by_name: 'Dora', action: 'approve', at } as const
      await db
        .insertInto('target_history')
        .values({ ...line, origin: changed ? 'human' : origin, ...last })
        .execute()
      const verdicts = JSON.stringify([
        { conceptId: 'a', status: place === 0 ? 'waived' : 'ok' },
        { conceptId: 'b', status: 'variant' },
      ])
      await db
        .insertInto('target')
        .values({ ...line, state: 'reviewed', version: 3, by_name: by, verdicts, findings: '[]' })
        .execute()
    }
    await db
      .insertInto('engine_charge')
      .values([
        { revision_id: null, locale: 'es', engine: 'deepl', characters: 1200, cost: null, at },
        {
          revision_id: null,
          locale: 'es',
          engine: 'llm',
          characters: 0,
          input_tokens: '90',
          cost: '0.25',
          at,
        },
        {
          revision_id: null,
          locale: 'fr',
          engine: 'llm',
          characters: 0,
          output_tokens: '7',
          cost: '0.5',
          at,
        },
      ])
      .execute()

    const { work, people } = await read('from=2025-03-10&to=2025-03-10')
    expect(work?.bands).toEqual([
      { band: 'exact', engine: null, segments: 1, words: 2 },
      { band: '85-94', engine: null, segments: 1, words: 2 },
      { band: 'machine', engine: 'deepl', segments: 2, words: 6 },
    ])
    expect(work?.effort).toEqual({
      untouched: { segments: 3, words: 6 },
      changed: { segments: 1, words: 4 },
      scratch: { segments: 0, words: 0 },
      // 6 × 0.75 + 4 × 0.4 = 6.1
      savedWords: 6,
    })
    expect(work?.machine).toEqual([
      { engine: 'deepl', characters: 1200, inputTokens: 0, outputTokens: 0, cost: null },
      { engine: 'llm', characters: 0, inputTokens: 90, outputTokens: 7, cost: 0.75 },
    ])
    expect(work?.terms).toEqual({ ok: 3, variant: 4, missing: 0, forbidden: 0, waived: 1 })
    expect(people.map(({ name, translated, approved }) => [name, translated.words, approved.words])).toEqual([
      ['Dora', 0, 10],
      ['Cleo', 4, 0],
    ])
    const spanish = await read('from=2025-03-10&to=2025-03-10&locale=es')
    expect(spanish.work?.machine).toHaveLength(2)
    expect(spanish.work?.machine[1]?.cost).toBe(0.25)
    expect((await read('from=2025-03-09&to=2025-03-09')).work?.bands).toEqual([])
  })

  it('is a CSV that no spreadsheet takes for formulas', async () => {
    const response = await server.api(admin, `/api/reports?${today}&format=csv`)
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('content-disposition')).toContain(`talmach-${day(-1)}-${day(1)}.csv`)
    const lines = (await response.text()).split('\r\n')
    expect(lines[0]).toBe('section,name,measure,value')
    expect(lines).toContain("person,'=Ben(),words approved,10")
    expect(lines.filter((line) => /(^|,)"?[=+\-@]/.test(line))).toEqual([])
  })

  it('shows translators their own part only, and refuses what is no period', async () => {
    const ada = await person('Ada', 'translator')
    expect((await read(today, ada)).people.map(({ name }) => name)).toEqual(['Ada'])
    expect((await server.api(ada, `/api/reports?${today}&person=Dora`)).status).toBe(403)
    const french = await person('Fred', 'editor', ['fr'])
    expect((await read('from=2025-03-10&to=2025-03-10', french)).people).toEqual([])
    // Of other languages they see their own part, which is nothing.
    expect((await read(`${today}&locale=de`, french)).people).toEqual([])
    expect((await server.api(await server.token('publisher'), `/api/reports?${today}`)).status).toBe(403)
    for (const wrong of [
      'from=2025-02-30&to=2025-03-01',
      'from=2025-03-02&to=2025-03-01',
      'from=x&to=y',
      '',
    ]) {
      expect([wrong, (await server.api(admin, `/api/reports?${wrong}`)).status]).toEqual([wrong, 400])
    }
  })

  it('finds a day among years of history by an index', async () => {
    const { db } = server.database
    const { rows: found } = await sql<{ id: string }>`select id from segment limit 1`.execute(db)
    // Lines of two thousand languages that nobody speaks, one day apart in groups of thirty.
    await sql`
      insert into target_history (segment_id, locale, version, text, state, origin, by_name, action, at)
      select ${found[0]?.id}, 'x-' || n, 1, 't', 'initial', 'mt', 'deepl', 'translate',
        timestamptz '2020-01-01' + n / 30 * interval '1 day' from generate_series(1, 60000) n`.execute(db)
    await sql`analyze target_history`.execute(db)
    const { rows } = await sql<{ 'QUERY PLAN': string }>`
      explain select distinct on (h.segment_id, h.locale) h.segment_id from target_history h
      where h.at >= '2022-05-01' and h.at < '2022-05-02' and not h.copied order by h.segment_id, h.locale, h.version desc`.execute(
      db,
    )
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('target_history_by_time')
    const { work } = await read('from=2022-05-01&to=2022-05-01')
    expect(work?.bands[0]).toMatchObject({ band: 'machine', engine: 'deepl', segments: 30 })
  })
})
