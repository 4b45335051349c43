import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentSummary, SegmentPage, SegmentView } from '../../src/http/schemas.ts'
import type {
  CandidateList,
  ConceptChanged,
  ConceptHistory,
  ConceptPage,
  ConceptView,
  GlossaryList,
  ImportReport,
} from '../../src/http/term-schemas.ts'
import type { ConceptUsePage, RecheckReport, UsedSegments } from '../../src/http/usage-schemas.ts'
import { eventually } from '../support/eventually.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
let terms: string
let editor: string
let translator: string
let admin: string

beforeAll(async () => {
  server = await startServer()
  terms = await server.token('terminologist')
  editor = await server.token('editor')
  translator = await server.token('translator')
  admin = await server.token('admin')
})
afterAll(() => server.close())

const json = { 'Content-Type': 'application/json' }
const send = (token: string, method: string, path: string, body?: unknown, version?: number) =>
  server.api(token, `/api/${path}`, {
    method,
    headers: { ...json, ...(version === undefined ? {} : { 'If-Match': `"${version}"` }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
async function get<T>(path: string, token = terms): Promise<T> {
  const answer = await server.api(token, `/api/${path}`)
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}
async function done<T>(answer: Promise<Response>): Promise<T> {
  const response = await answer
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return (await response.json()) as T
}
const bring = (base: string, file: string, query = '') =>
  done<ImportReport>(
    server.api(terms, `/api/glossaries/${base}/import?file=list.csv${query}`, { method: 'POST', body: file }),
  )
const term = (locale: string, text: string, status = 'preferred') => ({ locale, text, status })
const concepts = (base: string) => `glossaries/${base}/concepts`

async function newDocument(text: string): Promise<string> {
  const body = { text, format: 'markdown', sourceLocale: 'en', targetLocales: ['de'] }
  const { id } = await done<DocumentSummary>(send(admin, 'POST', 'documents', body))
  await eventually('the document to be open for people', async () => {
    const document = await get<DocumentSummary>(`documents/${id}`)
    return document.locales.every(({ state }) => state === 'in-translation')
  })
  return id
}
const segmentsOf = async (id: string) =>
  (await get<SegmentPage>(`documents/${id}/segments/de`)).segments as SegmentView[]
async function translate(segment: SegmentView | undefined, text: string): Promise<SegmentView> {
  return done(
    send(editor, 'PUT', `segments/${segment?.id}/targets/de`, { text }, segment?.target?.version ?? 0),
  )
}
const approve = (segment: SegmentView) =>
  send(editor, 'POST', `segments/${segment.id}/targets/de/approve`, {}, segment.target?.version)
/** What a change of terms did, once every segment has been looked at. */
const settled = (id: string | null) =>
  eventually('the pass over the segments', async () => {
    const report = await get<RecheckReport>(`term-rechecks/${id}`)
    return report.state === 'done' && report
  })

describe('a concept', () => {
  it('is proposed by a translator, discussed, approved, and holds from then on', async () => {
    await bring('desk', 'concept,en,de\nfirst,first,erste\n')
    const proposal = { terms: [term('en', 'kettling'), term('de', 'Einkesselung')], propose: true }
    const refused = await send(translator, 'POST', concepts('desk'), { ...proposal, propose: false })
    expect(refused.status).toBe(403)
    const made = await send(translator, 'POST', concepts('desk'), { ...proposal, note: 'in every report' })
    expect(made.headers.get('location')).toBe('/api/glossaries/desk/concepts/kettling')
    const { concept, recheck } = (await made.json()) as ConceptChanged
    expect(concept).toMatchObject({
      state: 'proposed',
      content: null,
      draftBy: 'test translator',
      version: 1,
    })
    expect(recheck).toBeNull()
    const before = (await get<GlossaryList>('glossaries')).glossaries.find(({ name }) => name === 'desk')
    expect(before).toMatchObject({ waiting: 1, counts: { approved: 1, proposed: 1 } })

    const path = `${concepts('desk')}/kettling`
    await done(send(translator, 'POST', `${path}/comments`, { text: 'Police say “Umschließung”.' }))
    expect((await send(translator, 'POST', `${path}/approve`, {}, 1)).status).toBe(403)
    expect((await send(terms, 'POST', `${path}/approve`, {}, 7)).status).toBe(412)
    expect((await send(terms, 'POST', `${path}/approve`, {})).status).toBe(428)
    const approved = await done<ConceptChanged>(send(terms, 'POST', `${path}/approve`, { note: 'yes' }, 1))
    expect(approved.concept).toMatchObject({ state: 'approved', draft: null, version: 2 })
    expect(approved.recheck).not.toBeNull()
    const after = (await get<GlossaryList>('glossaries')).glossaries.find(({ name }) => name === 'desk')
    expect(after?.version).not.toBe(before?.version)

    const { history } = await get<ConceptHistory>(`${path}/history`)
    expect(history.map(({ action, by, note }) => [action, by, note])).toEqual([
      ['approve', 'test terminologist', 'yes'],
      ['comment', 'test translator', 'Police say “Umschließung”.'],
      ['propose', 'test translator', 'in every report'],
    ])
    const forge = server.database.db.updateTable('concept_change').set({ note: 'forged' })
    await expect(forge.execute()).rejects.toThrow('append-only')
    await expect(server.database.db.deleteFrom('concept_change').execute()).rejects.toThrow('append-only')
    // A version that held once can be told again.
    const old = await server.api(terms, `/api/glossaries/desk/export?format=csv&version=${before?.version}`)
    expect(await old.text()).not.toContain('kettling')
  })

  it('keeps what holds while a change is proposed, and after it is refused', async () => {
    await bring('wait', 'concept,en,de\nbaton,baton,Schlagstock\n')
    const path = `${concepts('wait')}/baton`
    const edit = { terms: [term('en', 'baton'), term('de', 'Knüppel')], propose: true }
    const { concept } = await done<ConceptChanged>(send(translator, 'PUT', path, edit, 1))
    expect(concept.content?.terms[1]?.text).toBe('Schlagstock')
    expect(concept.draft?.terms[1]?.text).toBe('Knüppel')
    const waiting = await get<ConceptPage>(`${concepts('wait')}?state=waiting`)
    expect(waiting.concepts.map(({ id }) => id)).toEqual(['baton'])
    const refused = await done<ConceptChanged>(send(terms, 'POST', `${path}/reject`, { note: 'no' }, 2))
    expect(refused).toMatchObject({ concept: { state: 'approved', draft: null }, recheck: null })
    expect((await send(terms, 'POST', `${path}/reject`, {}, 3)).status).toBe(409)
  })

  it('is merged into another, deprecated and brought back, never deleted', async () => {
    await bring(
      'joined',
      'concept,en,de\nsiloviki,siloviki,Silowiki\nforce,security forces,Sicherheitskräfte\n',
    )
    const path = concepts('joined')
    const merged = await done<ConceptChanged>(
      send(terms, 'POST', `${path}/siloviki/merge`, { into: 'force' }, 1),
    )
    expect(merged.concept.id).toBe('force')
    expect(merged.concept.content?.terms.map(({ text, status }) => [text, status])).toEqual([
      ['security forces', 'preferred'],
      ['Sicherheitskräfte', 'preferred'],
      ['siloviki', 'admitted'],
      ['Silowiki', 'admitted'],
    ])
    expect(await get<ConceptView>(`${path}/siloviki`)).toMatchObject({ state: 'merged', mergedInto: 'force' })
    expect((await send(terms, 'POST', `${path}/siloviki/deprecate`, {}, 2)).status).toBe(409)

    await done(send(terms, 'POST', `${path}/force/deprecate`, {}, 2))
    const text = async () => (await server.api(terms, '/api/glossaries/joined/export?format=csv')).text()
    expect(await text()).not.toContain('Silowiki')
    await done(send(terms, 'POST', `${path}/force/approve`, {}, 3))
    expect(await text()).toContain('Silowiki')
    expect((await send(terms, 'DELETE', `${path}/force`)).status).toBe(404)
  })

  it('is found by any of its words, a page at a time', async () => {
    const lines = Array.from({ length: 120 }, (_, n) => `c${n},wordy ${String(n).padStart(3, '0')},Wort ${n}`)
    await bring('many', `concept,en,de\n${lines.join('\n')}\n`)
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query = cursor === '' ? '' : `?cursor=${cursor}`
      const page: ConceptPage = await get<ConceptPage>(`${concepts('many')}${query}`)
      seen.push(...page.concepts.map(({ content }) => content?.terms[0]?.text ?? ''))
      cursor = page.nextCursor
    }
    expect(seen).toEqual([...seen].sort())
    expect(new Set(seen).size).toBe(120)
    const found = await get<ConceptPage>(`${concepts('many')}?q=WORT%20wordy%20117`)
    expect(found.concepts.map(({ id }) => id)).toEqual(['c117'])
    expect((await get<ConceptPage>(`${concepts('many')}?locale=fr`)).concepts).toEqual([])
  })

  it('is refused where it cannot be kept, with the field that is wrong', async () => {
    await bring('strict', 'en,de\none,eins\n')
    const bad = async (body: unknown) => {
      const answer = await send(terms, 'POST', concepts('strict'), body)
      return [answer.status, ((await answer.json()) as { detail: string }).detail] as const
    }
    expect(await bad({ terms: [] })).toEqual([400, expect.stringContaining('terms')])
    expect(await bad({ terms: [term('xx-nope', 'word')] })).toEqual([400, expect.stringContaining('xx-nope')])
    expect(await bad({ terms: [term('en', 'a\u0000b')] })).toEqual([
      400,
      expect.stringContaining('terms.0.text'),
    ])
    expect(await bad({ id: 'one', terms: [term('en', 'one')] })).toEqual([
      409,
      expect.stringContaining('one'),
    ])
    expect((await send(terms, 'GET', concepts('strict').replace('strict', '..%2f'))).status).toBe(400)
  })
})

describe('importing a glossary', () => {
  const first = 'concept,en,de\na,alpha,Alpha\nb,beta,Beta\nc,gamma,Gamma\nd,delta,Delta\n'
  const second = 'concept,en,de\na,alpha,Alpha\nb,beta,Betha\nc,gamma,Gamme\ne,epsilon,Epsilon\n'

  it('says first what it would do, and keeps what people changed', async () => {
    const dry = await bring('merged', first, '&dryRun=true')
    expect(dry).toMatchObject({ dryRun: true, counts: { new: 4 }, recheck: null })
    expect((await server.api(terms, '/api/glossaries/merged/export')).status).toBe(404)
    await bring('merged', first)
    for (const id of ['c', 'd']) {
      const edit = { terms: [term('en', id), term('de', `ours ${id}`)] }
      await done(send(terms, 'PUT', `${concepts('merged')}/${id}`, edit, 1))
    }
    expect((await bring('merged', first)).counts).toMatchObject({ same: 2, kept: 2, conflict: 0 })
    const plan = await bring('merged', second, '&dryRun=true&missing=deprecate')
    expect(plan.counts).toEqual({ new: 1, changed: 1, removed: 0, conflict: 1, kept: 1, same: 1 })
    expect(plan.outcomes.find(({ kind }) => kind === 'conflict')).toMatchObject({
      id: 'c',
      taken: false,
      before: { terms: [{}, { text: 'ours c' }] },
      after: { terms: [{}, { text: 'Gamme' }] },
    })
    await bring('merged', second, '&missing=deprecate')
    const text = async () => (await server.api(terms, '/api/glossaries/merged/export?format=tsv')).text()
    expect(await text()).toMatch(/Betha[\s\S]*ours c[\s\S]*ours d[\s\S]*Epsilon/)
    await bring('merged', second, '&conflicts=take')
    expect(await text()).toMatch(/Gamme/)
  })

  it('gives back the same concepts in every form that holds all of them', async () => {
    const csv =
      'concept,definition,en,en:forbidden,de,de:note\nomen,"A ""sign"", they say",omen,portent,Omen,-1\n'
    await bring('round', csv)
    for (const format of ['tbx', 'csv', 'tsv']) {
      const file = await (await server.api(terms, `/api/glossaries/round/export?format=${format}`)).text()
      expect((await bring('round', file, '&dryRun=true')).counts).toMatchObject({
        same: 1,
        new: 0,
        conflict: 0,
      })
    }
    const deepl = await server.api(terms, '/api/glossaries/round/export?format=deepl&from=en&to=de')
    expect(await deepl.text()).toBe('omen\tOmen\n')
    expect((await server.api(terms, '/api/glossaries/round/export?format=deepl')).status).toBe(400)
  })

  it('refuses spreadsheets and broken files, and people who may not', async () => {
    const load = (token: string, body: string | Uint8Array) =>
      server.api(token, '/api/glossaries/broken/import?file=a.csv', {
        method: 'POST',
        body: typeof body === 'string' ? body : new Uint8Array(body),
      })
    expect((await load(terms, 'PK\u0003\u0004')).status).toBe(415)
    expect((await load(terms, new Uint8Array([0x65, 0x6e, 0xff, 0xfe]))).status).toBe(400)
    expect((await load(terms, '<tbx><oops')).status).toBe(400)
    expect((await load(editor, 'en,de\na,b\n')).status).toBe(403)
    expect((await get<GlossaryList>('glossaries')).glossaries.map(({ name }) => name)).not.toContain('broken')
  })
})

describe('a change of terms', () => {
  it('marks approved text that it stands against, without touching it, and lets it pass again', async () => {
    const id = await newDocument('The zarnitsa began. Nobody noticed.\n')
    const [first, second] = await segmentsOf(id)
    for (const [segment, text] of [
      [first, 'Das Manöver begann.'],
      [second, 'Niemand merkte es.'],
    ] as const) {
      expect((await approve(await translate(segment, text))).status).toBe(200)
    }
    const bundle = () => server.api(admin, `/api/documents/${id}/bundle/de`)
    await eventually('the finished document', async () => (await bundle()).ok)

    const created = await done<ConceptChanged>(
      send(terms, 'POST', concepts('desk'), { terms: [term('en', 'zarnitsa'), term('de', 'Sarniza')] }),
    )
    const report = await settled(created.recheck)
    expect(report).toMatchObject({ changed: 1, approvedBlocked: 1 })
    expect(report.pages).toEqual([
      expect.objectContaining({
        documentId: id,
        locale: 'de',
        blocked: 1,
        approvedBlocked: 1,
        published: true,
      }),
    ])
    const [marked] = await segmentsOf(id)
    expect(marked).toMatchObject({
      blocked: true,
      target: { text: 'Das Manöver begann.', state: 'reviewed', version: 2 },
      verdicts: [{ conceptId: 'zarnitsa', status: 'missing', hard: true }],
    })
    const list = await get<{ segments: { segmentId: string }[] }>(`term-rechecks/${created.recheck}/segments`)
    expect(list.segments.map(({ segmentId }) => segmentId)).toEqual([first?.id])

    const path = `${concepts('desk')}/zarnitsa`
    const use = await get<ConceptUsePage>(`${path}/use`)
    expect(use.totals).toMatchObject({ segments: 1, documents: 1, published: 1, verdicts: { missing: 1 } })
    expect(use.uses).toMatchObject([{ documentId: id, locale: 'de', segments: 1 }])
    const used = await get<UsedSegments>(`${path}/use/segments?locale=de&document=${id}`)
    expect(used.segments).toMatchObject([{ segmentId: first?.id, approved: true, statuses: ['missing'] }])

    const wider = {
      terms: [term('en', 'zarnitsa'), term('de', 'Sarniza'), term('de', 'Manöver', 'admitted')],
    }
    const again = await done<ConceptChanged>(send(terms, 'PUT', path, wider, 1))
    expect(await settled(again.recheck)).toMatchObject({ changed: 1, approvedBlocked: 0 })
    expect((await segmentsOf(id))[0]).toMatchObject({ blocked: false, verdicts: [{ status: 'variant' }] })
    // Under another name it concerns the segments that had the old one, too.
    const renamed = { terms: [term('en', 'voennaya zarnitsa 2'), term('de', 'Sarniza')] }
    const moved = await done<ConceptChanged>(send(terms, 'PUT', path, renamed, 2))
    expect(await settled(moved.recheck)).toMatchObject({ changed: 1 })
    expect((await segmentsOf(id))[0]?.verdicts).toEqual([])
    await settled((await done<ConceptChanged>(send(terms, 'PUT', path, wider, 3))).recheck)
    expect((await segmentsOf(id))[0]?.verdicts).toHaveLength(1)
    const gone = await done<ConceptChanged>(send(terms, 'POST', `${path}/deprecate`, {}, 4))
    await settled(gone.recheck)
    expect((await segmentsOf(id))[0]?.verdicts).toEqual([])
  })

  it('keeps an unfinished document from going out until the term is mended or waived', async () => {
    await bring('gate', 'concept,en,de\nvybory,vybory,Wahlen\n')
    const id = await newDocument('The vybory failed.\n')
    const [segment] = await segmentsOf(id)
    const saved = await translate(segment, 'Die Abstimmung scheiterte.')
    expect((await approve(saved)).status).toBe(409)
    const waive = (token: string, reason: string) =>
      send(token, 'POST', `segments/${segment?.id}/targets/de/waive`, { conceptId: 'vybory', reason })
    expect((await waive(translator, 'quoted speech')).status).toBe(403)
    expect((await waive(terms, '')).status).toBe(400)
    expect((await waive(terms, 'a quotation of the minister')).status).toBe(200)
    expect((await approve(saved)).status).toBe(200)
    const zip = await eventually('the finished document', async () => {
      const rows = await server.database.db.selectFrom('bundle').select('manifest').execute()
      return rows.find(({ manifest }) => manifest.document === id)
    })
    expect(zip.manifest).toMatchObject({
      waivers: [{ conceptId: 'vybory', reason: 'a quotation of the minister', by: 'test terminologist' }],
    })
    for (const version of ['1.2', '2.0']) {
      const xliff = await server.api(editor, `/api/documents/${id}/xliff/de?version=${version}`)
      expect(await xliff.text()).toContain('a quotation of the minister (test terminologist)')
    }
  })
})

describe('the gate', () => {
  it('holds for terms that came after the last look, and opens when the last of them is waived', async () => {
    await settled((await bring('late', 'concept,en,de\nx,x,x\n')).recheck)
    const id = await newDocument('The dacha burned. Nobody slumbered.\n')
    const [first, second] = await segmentsOf(id)
    expect((await approve(await translate(first, 'Das Landhaus brannte.'))).status).toBe(200)
    const saved = await translate(second, 'Niemand ruhte.')
    const add = (en: string, de: string) =>
      done<ConceptChanged>(send(terms, 'POST', concepts('late'), { terms: [term('en', en), term('de', de)] }))
    const slumber = await add('slumbered', 'schlummerte')
    // No worker need have looked at it yet.
    expect((await approve(saved)).status).toBe(409)
    await done(send(terms, 'POST', `${concepts('late')}/slumbered/deprecate`, {}, 1))
    await settled(slumber.recheck)
    const dacha = await add('dacha', 'Datscha')
    expect(await settled(dacha.recheck)).toMatchObject({ approvedBlocked: 1 })

    expect((await approve((await segmentsOf(id))[1] ?? saved)).status).toBe(200)
    const bundles = async () => {
      const rows = await server.database.db.selectFrom('bundle').select('manifest').execute()
      return rows.filter(({ manifest }) => manifest.document === id)
    }
    const stages = await server.database.db
      .selectFrom('stage')
      .innerJoin('revision', 'revision.id', 'stage.revision_id')
      .select('stage')
      .where('revision.document_id', '=', id)
      .where('stage', '=', 'bundle')
      .execute()
    expect([stages, await bundles()]).toEqual([[], []])
    const wish = { conceptId: 'dacha', reason: 'a house like any other' }
    await done(send(terms, 'POST', `segments/${first?.id}/targets/de/waive`, wish))
    const [finished] = await eventually('the finished document', async () => {
      const list = await bundles()
      return list.length > 0 && list
    })
    expect(finished?.manifest).toMatchObject({ waivers: [{ conceptId: 'dacha' }] })
  })
})

describe('severity settings', () => {
  it('make a term base advisory in one locale, and one document strict again', async () => {
    await settled((await bring('soft', 'concept,en,de\nmaidan,maidan,Maidan\n')).recheck)
    const id = await newDocument('The maidan was full.\n')
    const [segment] = await segmentsOf(id)
    const saved = await translate(segment, 'Der Platz war voll.')
    expect(saved).toMatchObject({ blocked: true })
    const set = (path: string, settings: unknown) => send(terms, 'PUT', path, settings)
    expect((await set('glossaries/soft/settings', { enforcement: { de: 'sometimes' } })).status).toBe(400)
    expect((await set('glossaries/soft/settings', { colour: 'red' })).status).toBe(400)
    expect((await send(editor, 'PUT', 'glossaries/soft/settings', {})).status).toBe(403)
    const softer = await done<{ recheck: string }>(
      set('glossaries/soft/settings', { enforcement: { de: 'advisory' } }),
    )
    expect(await settled(softer.recheck)).toMatchObject({ changed: 1 })
    expect((await segmentsOf(id))[0]).toMatchObject({ blocked: false, verdicts: [{ hard: false }] })
    const stricter = await done<{ recheck: string }>(
      set(`documents/${id}/checks`, { enforcement: { '*': 'hard' } }),
    )
    expect(await settled(stricter.recheck)).toMatchObject({ changed: 1 })
    expect((await segmentsOf(id))[0]).toMatchObject({ blocked: true, verdicts: [{ hard: true }] })
    expect(await get(`documents/${id}/checks`)).toEqual({ enforcement: { '*': 'hard' } })
    expect((await approve(saved)).status).toBe(409)
  })
})

describe('severity settings of checks', () => {
  it('make a warning of one document an error that keeps it from approval', async () => {
    const id = await newDocument('The square was empty.\n')
    const [segment] = await segmentsOf(id)
    const saved = await translate(segment, 'Der Platz war war leer.')
    expect(saved).toMatchObject({
      blocked: false,
      findings: [
        {
          ...{ check: 'doubled-word', severity: 'warning', message: '“war” stands here twice.' },
          template: { text: '“{word}” stands here twice.', values: { word: 'war' } },
        },
      ],
    })
    const wrong = await send(terms, 'PUT', `documents/${id}/checks`, {
      checks: { levels: { typo: 'error' } },
    })
    expect(wrong.status).toBe(400)
    const { recheck } = await done<{ recheck: string }>(
      send(terms, 'PUT', `documents/${id}/checks`, {
        checks: { levels: { 'doubled-word': { de: 'error' } } },
      }),
    )
    expect(await settled(recheck)).toMatchObject({ changed: 1 })
    expect((await approve(saved)).status).toBe(409)
  })

  it('count a finding that an older version stored without its template as the same', async () => {
    const id = await newDocument('The square was empty.\n')
    const [segment] = await segmentsOf(id)
    const saved = await translate(segment, 'Der Platz war war leer.')
    const recheck = async (levels: Record<string, string>) => {
      const path = `documents/${id}/checks`
      return settled(
        (await done<{ recheck: string }>(send(terms, 'PUT', path, { checks: { levels } }))).recheck,
      )
    }
    expect(await recheck({ brackets: 'info' })).toMatchObject({ changed: 0 })
    const older = saved.findings.map(({ template: _, ...finding }) => finding)
    await server.database.db
      .updateTable('target')
      .set({ findings: JSON.stringify(older) })
      .where('segment_id', '=', saved.id)
      .execute()
    expect((await segmentsOf(id))[0]?.findings).toEqual(older)
    expect(await recheck({ brackets: 'error' })).toMatchObject({ changed: 0 })
  })

  it('are described with the rest of the API', async () => {
    const { paths } = await get<{ paths: Record<string, unknown> }>('openapi.json')
    expect(Object.keys(paths)).toContain('/api/glossaries/{glossary}/settings')
  })
})

describe('the candidates of a document', () => {
  it('are its names and repeated phrases that no term base has', async () => {
    const id = await newDocument(
      'The Viasna Centre counted detention cells. OMON was there, said the Viasna Centre.\n\nDetention cells were full, and QRZ filmed detention cells.\n',
    )
    const { candidates } = await get<CandidateList>(`documents/${id}/term-candidates`)
    expect(candidates.map(({ text, kind, count }) => [text, kind, count])).toEqual([
      ['detention cells', 'phrase', 3],
      ['Viasna Centre', 'name', 2],
      ['QRZ', 'name', 1],
    ])
  })
})
