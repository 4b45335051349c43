import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BatchAnswer, type BatchRequest } from '../../src/http/replace-schemas.ts'
import { newsdesk } from '../support/newsdesk.ts'
import { startServer, type TestServer } from '../support/server.ts'

const ARTICLE = `# Water for Minsk

The water is back. The **water** tower stands. Nobody paid for the water.
`

let server: TestServer
let editor: string
let translator: string
let desk: ReturnType<typeof newsdesk>

beforeAll(async () => {
  server = await startServer()
  editor = await server.token('editor')
  translator = await server.token('translator')
  desk = newsdesk(server, editor)
})
afterAll(() => server?.close())

async function change(id: string, batch: BatchRequest, token = editor) {
  const response = await server.api(token, `/api/documents/${id}/locales/de/changes`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(batch),
  })
  if (response.status !== 200) return { status: response.status, saved: [], refused: [] }
  return { status: 200, ...BatchAnswer.parse(await response.json()) }
}
/** The article translated by “de …”, and its segments. */
async function translated() {
  const id = await desk.submit(ARTICLE, ['de'])
  await desk.translate(id, 'de')
  return { id, segments: await desk.segmentsOf(id, 'de') }
}

describe('many changes at once', () => {
  it('are saves like any other: new versions in the history, with the note', async () => {
    const { id, segments } = await translated()
    const changes = segments.map(({ id: segment, target }) => ({
      ...{ segment, version: target?.version ?? 0 },
      text: (target?.text ?? '').replaceAll('water', 'WATER'),
    }))
    const { saved, refused } = await change(id, { kind: 'replace', note: '“water” → “WATER”', changes })
    expect(refused).toEqual([])
    expect(saved.filter(({ target }) => target?.text.includes('WATER'))).toHaveLength(3)
    const history = await server.api(editor, `/api/segments/${segments[1]?.id}/targets/de/history`)
    expect((await history.json()).history[0]).toMatchObject({
      ...{ action: 'replace', note: '“water” → “WATER”', by: 'test editor', version: 2 },
    })
  })

  it('leave alone what somebody has changed since, and say what stands there', async () => {
    const { id, segments } = await translated()
    const [first, second] = segments
    await desk.send(
      'PUT',
      `/api/segments/${second?.id}/targets/de`,
      { text: 'Neu' },
      { 'If-Match': `"${second?.target?.version}"` },
    )
    const changes = [first, second].map((one) => ({
      ...{ segment: one?.id ?? '', version: one?.target?.version ?? 0, text: 'X' },
    }))
    const { saved, refused } = await change(id, { kind: 'replace', changes })
    expect(saved.map((each) => each.id)).toEqual([first?.id])
    expect(refused).toMatchObject([
      { segment: second?.id, code: 'precondition-failed', current: { text: 'Neu', version: 2 } },
    ])
  })

  it('never touch inline codes', async () => {
    const { id, segments } = await translated()
    const coded = segments.find(({ codes }) => codes.length > 0)
    const changes = [{ segment: coded?.id ?? '', version: coded?.target?.version ?? 0, text: 'Der Turm.' }]
    expect((await change(id, { kind: 'replace', changes })).refused).toMatchObject([
      { code: 'invalid-input' },
    ])
    const after = (await desk.segmentsOf(id, 'de')).find((each) => each.id === coded?.id)
    expect(after?.target).toEqual(coded?.target)
  })

  it('send approved segments back to translated, and undo approves them again for who may', async () => {
    const { id } = await translated()
    await desk.approve(id, 'de')
    const [first] = await desk.segmentsOf(id, 'de')
    const version = first?.target?.version ?? 0
    const segment = first?.id ?? ''
    const replace = (now: number) => ({
      ...{ kind: 'replace' as const, changes: [{ segment, version: now, text: 'Wasser' }] },
    })
    const back = (now: number, restore: number) => ({
      ...{ kind: 'undo' as const, changes: [{ segment, version: now, restore }] },
    })
    expect((await change(id, replace(version))).saved[0]?.target).toMatchObject({
      ...{ text: 'Wasser', state: 'translated' },
    })
    const { text = '', state, by } = first?.target ?? {}
    const byEditor = await change(id, back(version + 1, version))
    expect(byEditor.saved[0]?.target).toMatchObject({ text, state, by, version: version + 2 })

    await change(id, replace(version + 2))
    const byTranslator = await change(id, back(version + 3, version + 2), translator)
    expect(byTranslator.saved[0]?.target).toMatchObject({ text, state: 'translated' })
    // Something else has happened since the approval.
    const older = await change(id, back(version + 4, version))
    expect(older.saved[0]?.target).toMatchObject({ text, state: 'translated' })
  })

  it('put nothing back where nothing stood, and refuse a version that never was', async () => {
    const id = await desk.submit('# Only a title\n', ['de'])
    const [first] = await desk.segmentsOf(id, 'de')
    const segment = first?.id ?? ''
    await change(id, { kind: 'repeat', changes: [{ segment, version: 0, text: 'Nur ein Titel' }] })
    expect(
      (await change(id, { kind: 'undo', changes: [{ segment, version: 1, restore: 9 }] })).refused,
    ).toMatchObject([{ code: 'not-found' }])
    const undone = await change(id, { kind: 'undo', changes: [{ segment, version: 1, restore: 0 }] })
    expect(undone.saved[0]?.target).toMatchObject({ text: '', state: 'initial', version: 2 })
  })

  it('are refused for segments of another document, and to who may not translate', async () => {
    const [one, other] = [await translated(), await translated()]
    const segment = other.segments[0]?.id ?? ''
    const changes = [{ segment, version: 1, text: 'X' }]
    expect((await change(one.id, { kind: 'replace', changes })).refused).toMatchObject([
      { code: 'not-found' },
    ])
    const reader = await server.token('submitter')
    expect((await change(other.id, { kind: 'replace', changes }, reader)).status).toBe(403)
    expect((await change(other.id, { kind: 'replace', changes: [] })).status).toBe(400)
  })
})
