import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CutView } from '../../src/http/cut-schemas.ts'
import type { MergeReportView } from '../../src/http/file-schemas.ts'
import type { HistoryEntry, SegmentView } from '../../src/http/schemas.ts'
import { newsdesk } from '../support/newsdesk.ts'
import { startServer, type TestServer } from '../support/server.ts'

const ARTICLE = '# News\n\nThe **water** came back; nobody knew *why*. It stayed. They left.\n\nThe end.\n'

// What one test has approved would be in the memory of the next one.
const OTHER = '# Heating\n\nSome **heat** returned, *somehow*. Nobody froze. Schools open.\n\nMore soon.\n'
const THIRD =
  '# Buses\n\nDrivers of nine lines in Hrodna stopped work at dawn. Trams ran. Fares rose.\n\nReaders wrote.\n'

let server: TestServer
let editor: string
let desk: ReturnType<typeof newsdesk>

beforeAll(async () => {
  server = await startServer()
  editor = await server.token('editor')
  desk = newsdesk(server, editor)
})
afterAll(() => server?.close())

const post = async (path: string, body: unknown = {}, token = editor) => {
  const response = await server.api(token, `/api/segments/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, cut: (await response.json()) as CutView & { detail?: string } }
}
const save = (segment: SegmentView | undefined, locale: string, text: string) =>
  desk.send(
    'PUT',
    `/api/segments/${segment?.id}/targets/${locale}`,
    { text },
    { 'If-Match': `"${segment?.target?.version ?? 0}"` },
  )
const historyOf = async (segment: SegmentView | undefined, locale = 'de') => {
  const answer = await server.api(editor, `/api/segments/${segment?.id}/targets/${locale}/history`)
  return ((await answer.json()) as { history: readonly HistoryEntry[] }).history
}
const sources = (segments: readonly SegmentView[]) => segments.map(({ source }) => source)
const wordsOf = (list: readonly SegmentView[]) => list.map(({ target }) => target?.text ?? null)

describe('splitting a segment', () => {
  it('makes two of it in every language, with the codes of each', async () => {
    const id = await desk.submit(ARTICLE, ['de', 'fr'])
    const [, first] = await desk.segmentsOf(id, 'de')
    const { status, cut } = await post(`${first?.id}/split`, {
      offset: (first?.source.indexOf(';') ?? 0) + 1,
    })
    expect([status, cut.kind, cut.segment]).toEqual([201, 'split', first?.id])
    const after = await desk.segmentsOf(id, 'fr')
    expect(sources(after)).toEqual([
      'News',
      'The \ue000water\ue001 came back;',
      'nobody knew \ue000why\ue001.',
      'It stayed.',
      'They left.',
      'The end.',
    ])
    expect(after.map(({ codes }) => codes.length)).toEqual([0, 2, 2, 0, 0, 0])
    expect(new Set(after.map(({ name }) => name)).size).toBe(6)
  })

  it('keeps the translation with the first part as a draft, and takes the approval back', async () => {
    const id = await desk.submit(ARTICLE, ['de'])
    const [, first] = await desk.segmentsOf(id, 'de')
    await save(first, 'de', 'Das \ue000Wasser\ue001 kam; niemand wusste, \ue002warum\ue003.')
    await desk.send('POST', `/api/segments/${first?.id}/targets/de/approve`, {}, { 'If-Match': '"1"' })
    await post(`${first?.id}/split`, { offset: (first?.source.indexOf(';') ?? 0) + 1 })
    const [, one, two] = await desk.segmentsOf(id, 'de')
    expect(one?.target).toMatchObject({
      ...{ text: 'Das \ue000Wasser\ue001 kam; niemand wusste, warum.', state: 'translated', version: 3 },
    })
    expect(two?.target).toBeNull()
    expect((await historyOf(one)).map(({ action }) => action)).toEqual(['split', 'approve', 'edit'])
  })

  it('gives each part its own sentence where that is certain', async () => {
    const id = await desk.submit(ARTICLE, ['de'])
    const [, , second] = await desk.segmentsOf(id, 'de')
    const { cut } = await post(`${second?.id}/merge`)
    const [, , joined] = await desk.segmentsOf(id, 'de')
    expect(joined?.source).toBe('It stayed. They left.')
    await save(joined, 'de', 'Es blieb. Sie gingen.')
    await post(`${joined?.id}/split`, { offset: 'It stayed.'.length })
    const after = await desk.segmentsOf(id, 'de')
    expect(wordsOf(after).slice(2, 4)).toEqual(['Es blieb.', 'Sie gingen.'])
    expect(after[3]?.target).toMatchObject({ state: 'translated', by: 'test editor', version: 1 })
    expect((await post(`${second?.id}/cuts/${cut.id}/undo`)).status).toBe(409)
  })

  it('is taken back with the translation as it was, but for the approval', async () => {
    const id = await desk.submit(ARTICLE, ['de', 'fr'])
    const before = await desk.segmentsOf(id, 'de')
    const [, first] = before
    const text = 'Das \ue000Wasser\ue001 kam; niemand wusste, \ue002warum\ue003.'
    await save(first, 'de', text)
    const { cut } = await post(`${first?.id}/split`, { offset: 12 })
    expect((await post(`${first?.id}/cuts/${cut.id}/undo`)).status).toBe(201)
    const after = await desk.segmentsOf(id, 'de')
    expect(sources(after)).toEqual(sources(before))
    expect(after[1]?.target).toMatchObject({ text, state: 'translated' })
    expect((await post(`${first?.id}/cuts/${cut.id}/undo`)).status).toBe(409)
  })

  it('refuses what leaves a part without words, and who may not review every language', async () => {
    const id = await desk.submit(ARTICLE, ['de', 'fr'])
    const [, first] = await desk.segmentsOf(id, 'de')
    const length = first?.source.length ?? 0
    for (const offset of [length - 1, length, length + 50])
      expect((await post(`${first?.id}/split`, { offset })).status).toBe(400)
    expect((await post(`${first?.id}/split`, { offset: 5 }, await server.token('translator'))).status).toBe(
      403,
    )
    expect(
      (await post(`${first?.id}/split`, { offset: 5 }, await server.token('editor', ['de']))).status,
    ).toBe(403)
    expect((await desk.segmentsOf(id, 'de')).length).toBe(5)
  })
})

describe('joining a segment with the next one', () => {
  it('joins both translations, keeps both histories, and the undo parts them again', async () => {
    const id = await desk.submit(OTHER, ['de', 'ja'])
    const before = await desk.segmentsOf(id, 'de')
    const [, one, two] = before
    await save(one, 'de', 'Das \ue000Wasser\ue001 kam, \ue002irgendwie\ue003.')
    await save(two, 'de', 'Es blieb da.')
    await save((await desk.segmentsOf(id, 'de'))[2], 'de', 'Es blieb.')
    await save(two, 'ja', '残った。')
    const { cut } = await post(`${one?.id}/merge`)
    const joined = (await desk.segmentsOf(id, 'de'))[1]
    expect(joined?.source).toBe('Some \ue000heat\ue001 returned, \ue002somehow\ue003. Nobody froze.')
    expect(joined?.target).toMatchObject({
      ...{
        text: 'Das \ue000Wasser\ue001 kam, \ue002irgendwie\ue003. Es blieb.',
        state: 'translated',
        version: 4,
      },
    })
    expect((await historyOf(joined)).map(({ text }) => text)).toContain('Es blieb da.')
    expect((await desk.segmentsOf(id, 'ja'))[1]?.target).toMatchObject({ text: '残った。', state: 'initial' })

    expect((await post(`${one?.id}/cuts/${cut.id}/undo`)).status).toBe(201)
    const after = await desk.segmentsOf(id, 'de')
    expect(sources(after)).toEqual(sources(before))
    expect(wordsOf(after).slice(1, 3)).toEqual([
      'Das \ue000Wasser\ue001 kam, \ue002irgendwie\ue003.',
      'Es blieb.',
    ])
    expect((await historyOf(after[2])).map(({ text }) => text)).toContain('Es blieb da.')
    expect(wordsOf(await desk.segmentsOf(id, 'ja')).slice(1, 3)).toEqual(['', '残った。'])
  })

  it('never reaches over a paragraph', async () => {
    const id = await desk.submit(ARTICLE, ['de'])
    const segments = await desk.segmentsOf(id, 'de')
    expect((await post(`${segments[3]?.id}/merge`)).status).toBe(409)
  })

  it('leaves the finished document whole: source bytes, codes and all', async () => {
    const id = await desk.submit(ARTICLE, ['de'])
    const [, one, , three] = await desk.segmentsOf(id, 'de')
    expect((await post(`${one?.id}/merge`)).status).toBe(201)
    expect((await post(`${one?.id}/split`, { offset: 12 })).status).toBe(201)
    expect((await post(`${three?.id}/split`, { offset: 4 })).status).toBe(201)
    for (const segment of await desk.segmentsOf(id, 'de')) await save(segment, 'de', segment.source)
    await desk.approve(id, 'de')
    const bundle = await newsdesk(server, await server.token('admin')).fetched(
      `/api/documents/${id}/bundle/de`,
    )
    expect(await bundle.text()).toBe(ARTICLE)
  })
})

describe('a file that went out before a cut', () => {
  it('brings back all other segments, and says what it has for the one that was cut', async () => {
    const id = await desk.submit(THIRD, ['de'])
    const file = await (await server.api(editor, `/api/documents/${id}/xliff/de?version=2.0`)).text()
    const [, first] = await desk.segmentsOf(id, 'de')
    await post(`${first?.id}/split`, { offset: 12 })
    let number = 0
    const back = file.replace(
      /<source>(.*?)<\/source>(?:\s*<target>.*?<\/target>)?/gs,
      (_, source: string) => {
        number++
        return `<source>${source}</source><target>${number === 2 ? source : `Satz ${number}`}</target>`
      },
    )
    const answer = await server.api(editor, `/api/documents/${id}/xliff/de`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/xliff+xml' },
      body: back,
    })
    expect(answer.status).toBe(200)
    const after = await desk.segmentsOf(id, 'de')
    expect(wordsOf(after)).toEqual(['Satz 1', null, null, 'Satz 3', 'Satz 4', 'Satz 5'])
    const again = await (await server.api(editor, `/api/documents/${id}/xliff/de?version=2.0`)).text()
    expect(again.match(/<segment /g)).toHaveLength(6)
  })

  const NEWS =
    '# Ferries\n\nThe **ferry** to the island sank at dusk. All were saved. Divers went down; they found nothing.\n\nThe inquiry goes on.\n'
  const out = async (id: string) =>
    (await server.api(editor, `/api/documents/${id}/xliff/de?version=2.0`)).text()
  /** The file with these translations, by words of their sources; all others as they went out. */
  const filled = (file: string, texts: Readonly<Record<string, string>>) =>
    file.replace(/<source>(.*?)<\/source>(?:\s*<target>.*?<\/target>)?/gs, (all: string, source: string) => {
      const [, text] = Object.entries(texts).find(([words]) => source.includes(words)) ?? []
      return text === undefined ? all : `<source>${source}</source><target>${text}</target>`
    })
  const giveBack = async (id: string, body: string) => {
    const answer = await server.api(editor, `/api/documents/${id}/xliff/de`, {
      ...{ method: 'PUT', headers: { 'Content-Type': 'application/xliff+xml' }, body },
    })
    expect(answer.status).toBe(200)
    return (await answer.json()) as MergeReportView
  }
  const kinds = (report: MergeReportView) => report.outcomes.map(({ outcome }) => outcome)
  const at = async (id: string, words: string) => {
    const found = (await desk.segmentsOf(id, 'de')).find(({ source }) => source.includes(words))
    if (found === undefined) throw new Error(words)
    return found
  }
  const cutAt = async (id: string, words: string) => {
    const segment = await at(id, words)
    return post(`${segment.id}/split`, { offset: segment.source.indexOf(words) })
  }

  it('joins the translations of sentences that are one now, and takes them', async () => {
    const id = await desk.submit(NEWS, ['de'])
    await save(await at(id, 'All'), 'de', 'Alle leben.')
    const file = await out(id)
    await post(`${(await at(id, 'sank')).id}/merge`)
    await post(`${(await at(id, 'sank')).id}/merge`)
    const [source = ''] = /<source>The .*?<\/source>/s.exec(file) ?? []
    const body = filled(file, {
      sank: source
        .replace(/<\/?source>/g, '')
        .replace('The ', 'Die ')
        .replace(' to the island sank at dusk', ' sank'),
      ...{ All: 'Alle sind gerettet.', Divers: 'Taucher suchten; sie fanden nichts.' },
    })
    const report = await giveBack(id, body)
    expect(kinds(report)).toEqual(['unchanged', 'taken', 'unchanged'])
    const now = await at(id, 'sank')
    expect(now.target).toMatchObject({
      text: 'Die \ue000ferry\ue001 sank. Alle sind gerettet. Taucher suchten; sie fanden nichts.',
      ...{ state: 'translated', origin: 'human', by: 'test editor' },
    })
    expect((await historyOf(now))[0]?.action).toBe('return')
    // Once more with something else in it, after somebody has worked on: theirs is known and overwrites nothing.
    await save(now, 'de', 'Ganz anders.')
    const again = await giveBack(id, filled(body, { inquiry: 'Es wird untersucht.' }))
    expect(kinds(again)).toEqual(['unchanged', 'keep-current', 'taken'])
    expect((await at(id, 'sank')).target?.text).toBe('Ganz anders.')
  })

  it('shows a conflict where the joined sentence has been changed since', async () => {
    const id = await desk.submit(NEWS, ['de'])
    await save(await at(id, 'sank'), 'de', 'Eins.')
    await save(await at(id, 'All'), 'de', 'Zwei.')
    const file = await out(id)
    await post(`${(await at(id, 'sank')).id}/merge`)
    await save(await at(id, 'sank'), 'de', 'Eins und zwei.')
    const report = await giveBack(id, filled(file, { All: 'Zwei neu.' }))
    const conflict = report.outcomes.find(({ outcome }) => outcome === 'conflict')
    expect(conflict).toMatchObject({
      base: 'Eins. Zwei.',
      current: 'Eins und zwei.',
      returned: 'Eins. Zwei neu.',
    })
    expect((await at(id, 'sank')).target?.text).toBe('Eins und zwei.')
    expect(kinds(await giveBack(id, `${file}\n`))).not.toContain('taken')
  })

  it('leaves half a translation of a joined sentence in the report', async () => {
    const id = await desk.submit(NEWS, ['de'])
    const file = await out(id)
    await post(`${(await at(id, 'sank')).id}/merge`)
    const report = await giveBack(id, filled(file, { All: 'Alle leben.' }))
    expect(report.outcomes.filter(({ outcome }) => outcome === 'skipped')).toMatchObject([
      { segment: 'u2-s1', returned: 'Alle leben.', reason: expect.stringContaining('split or joined') },
    ])
    expect((await at(id, 'sank')).target).toBeNull()
  })

  it('parts the translation of a sentence that was split, where it has as many sentences', async () => {
    const id = await desk.submit(NEWS, ['de'])
    await post(`${(await at(id, 'sank')).id}/merge`)
    await post(`${(await at(id, 'sank')).id}/merge`)
    await save(await at(id, 'sank'), 'de', 'Alt.')
    const file = await out(id)
    await cutAt(id, 'All were')
    await cutAt(id, 'Divers')
    await save(await at(id, 'Divers'), 'de', 'Von uns.')
    const text = '<pc id="0">Fähre</pc> weg. Alle leben. Taucher fanden nichts.'
    const [, open = ''] = /<source>The (<pc.*?>)ferry/s.exec(file) ?? []
    const report = await giveBack(id, filled(file, { sank: text.replace('<pc id="0">', open) }))
    expect(kinds(report)).toEqual(['unchanged', 'taken', 'taken', 'conflict', 'unchanged'])
    expect(wordsOf(await desk.segmentsOf(id, 'de')).slice(1, 4)).toEqual([
      '\ue000Fähre\ue001 weg.',
      'Alle leben.',
      'Von uns.',
    ])
    expect(report.outcomes[3]).toMatchObject({ current: 'Von uns.', returned: 'Taucher fanden nichts.' })
  })

  it('keeps the whole text in the report where nobody knows how to part it', async () => {
    const id = await desk.submit(NEWS, ['de'])
    const file = await out(id)
    await cutAt(id, 'they found')
    const report = await giveBack(id, filled(file, { Divers: 'Taucher suchten. Sie fanden nichts.' }))
    const lost = report.outcomes.filter(({ outcome }) => outcome === 'skipped')
    expect(lost).toMatchObject([
      {
        segment: 'u2-s3',
        returned: 'Taucher suchten. Sie fanden nichts.',
        reason: expect.stringContaining('split'),
      },
    ])
    expect((await at(id, 'Divers')).target).toBeNull()
    // What went out is no news.
    expect(kinds(await giveBack(id, file))).not.toContain('skipped')
  })

  it('is taken for a newer version of the article too', async () => {
    const id = await desk.submit(NEWS, ['de'])
    const file = await out(id)
    await post(`${(await at(id, 'sank')).id}/merge`)
    const version = { text: `${NEWS}\nMore about it soon in the paper.\n`, format: 'markdown' }
    const shown = await desk.send('PUT', `/api/documents/${id}/source?dryRun=true`, version)
    expect(await shown.json()).toMatchObject({ segments: 5 })
    const put = await desk.send('PUT', `/api/documents/${id}/source`, version)
    expect(put.status).toBeLessThan(300)
    await desk.ready(id, 2)
    const [, open = ''] = /<source>The (<pc.*?>)ferry/s.exec(file) ?? []
    const report = await giveBack(
      id,
      filled(file, { sank: `Die ${open}Fähre</pc> sank.`, All: 'Alle leben.', inquiry: 'Es geht weiter.' }),
    )
    expect(kinds(report)).toEqual(['unchanged', 'taken', 'unchanged', 'taken', 'unchanged'])
    expect((await at(id, 'sank')).target?.text).toBe('Die \ue000Fähre\ue001 sank. Alle leben.')
  })
})
