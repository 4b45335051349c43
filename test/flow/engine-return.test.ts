import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDeeplEngine } from '../../src/engines/deepl.ts'
import { createEngineHealth } from '../../src/engines/health.ts'
import { createLlmEngine } from '../../src/engines/llm.ts'
import type { DocumentSummary, SegmentPage } from '../../src/http/schemas.ts'
import { openProducer } from '../../src/queue/producer.ts'
import { createSecretBox } from '../../src/store/secret-box.ts'
import { createTermBaseReader } from '../../src/store/term-base.ts'
import { startWorkerSet } from '../../workers/main.ts'
import { type DeeplServer, startDeeplServer } from '../support/deepl-server.ts'
import { eventually } from '../support/eventually.ts'
import { LLM_MODEL, type LlmServer, startLlmServer } from '../support/llm-server.ts'
import { startServer, type TestServer } from '../support/server.ts'

const HOUR = 3_600_000

describe('engines behind the workers', () => {
  let deepl: DeeplServer
  let llm: LlmServer
  let server: TestServer
  let admin: string
  let ahead = 0
  let startWorkers: (mt: string) => Promise<() => Promise<void>>
  const closers: (() => Promise<void>)[] = []

  beforeAll(async () => {
    deepl = await startDeeplServer()
    llm = await startLlmServer()
    server = await startServer({ workers: false })
    admin = await server.token('admin')
    const queue = { kind: 'postgres', url: server.database.url } as const
    const producer = openProducer(queue, () => {})
    const engines = [
      createDeeplEngine({ authKey: 'key', serverUrl: deepl.url }),
      createLlmEngine({ url: llm.url, model: LLM_MODEL, price: { input: 2, output: 10 } }),
    ]
    const start = (mt: string) => ({
      db: server.database.db,
      secrets: createSecretBox([new Uint8Array(32)]),
      queue,
      producer,
      termBase: createTermBaseReader(server.database.db),
      engines,
      engineConfig: { mt },
      // The clock of the engines can be put forward.
      health: createEngineHealth({ now: () => Date.now() + ahead }),
      log: () => {},
      segmentation: async () => ({ options: {}, version: '' }),
      sweepEveryMs: 100,
    })
    startWorkers = async (mt) => {
      const workers = await startWorkerSet(start(mt))
      let closing: Promise<void> | undefined
      const close = () => {
        closing ??= workers.close()
        return closing
      }
      closers.push(close)
      return close
    }
    closers.push(producer.close)
  })
  afterAll(async () => {
    for (const close of closers.reverse()) await close()
    await server?.close()
    await deepl?.close()
    await llm?.close()
  })

  const documentOf = async (id: string) =>
    (await (await server.api(admin, `/api/documents/${id}`)).json()) as DocumentSummary
  const segmentsOf = async (id: string) =>
    ((await (await server.api(admin, `/api/documents/${id}/segments/de`)).json()) as SegmentPage).segments

  const submit = async (text: string) => {
    const response = await server.api(admin, '/api/documents', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        text,
        format: 'text',
        name: 'a.txt',
        sourceLocale: 'en',
        targetLocales: ['de'],
      }),
    })
    expect(response.status).toBe(202)
    return (await response.json()) as DocumentSummary
  }

  it('get what they left untranslated for want of quota, and overwrites nobody meanwhile', async () => {
    deepl.set({ status: 456 })
    const stop = await startWorkers('deepl')
    const { id } = await submit('Bread is dear.\n\nMilk is cheap.\n')
    const open = await eventually('the locale without translations', async () => {
      const [locale] = (await documentOf(id)).locales
      return locale?.state !== 'queued' && locale?.notice?.includes('no characters left') ? locale : undefined
    })
    expect(open.notice).toContain('2 segments were left untranslated')
    const { db } = server.database
    const waiting = await eventually('the hour of return', async () => {
      const row = await db.selectFrom('revision_locale').select('retry_at').executeTakeFirst()
      return row?.retry_at ?? undefined
    })
    expect(waiting.getTime() - Date.now()).toBeGreaterThan(HOUR - 60_000)

    // A person does not wait.
    const [first] = await segmentsOf(id)
    const put = await server.api(admin, `/api/segments/${first?.id}/targets/de`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json', 'If-Match': '"0"' },
      body: JSON.stringify({ text: 'Brot ist teuer.' }),
    })
    expect(put.status, await put.clone().text()).toBe(200)

    // Too early: the engine is still without quota, and the sweeper leaves it alone.
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(deepl.requests).toHaveLength(1)

    deepl.set({})
    ahead = HOUR + 1000
    await db.updateTable('revision_locale').set({ retry_at: new Date() }).execute()
    const texts = await eventually('the rest from the engine', async () => {
      const found = (await segmentsOf(id)).map(({ target }) => target?.text)
      return found.every((text) => text !== undefined) ? found : undefined
    })
    expect(texts).toEqual(['Brot ist teuer.', 'Milkde isde cheapde.'])
    await eventually('no notice', async () => (await documentOf(id)).locales[0]?.notice === null)
    const row = await db.selectFrom('revision_locale').select('retry_at').executeTakeFirst()
    expect(row?.retry_at).toBeNull()
    const xliff = await server.api(admin, `/api/documents/${id}/xliff/de`)
    expect(await xliff.text()).toContain('Milkde isde cheapde.')
    await stop()
  })

  it('book a model’s tokens to the document, and keep for each term what was done', async () => {
    deepl.set({ fault: 'source-word-left' })
    const stop = await startWorkers('deepl,llm')
    const { id } = await submit('The strike committee met OMON.\n')
    const segment = await eventually('the translation', async () => {
      const [first] = await segmentsOf(id)
      return first?.target === null || first?.target === undefined ? undefined : first
    })
    expect(segment.target?.by).toBe('deepl+llm')
    const { db } = server.database
    const charges = await db
      .selectFrom('engine_charge')
      .select(['engine', 'locale', 'characters', 'input_tokens', 'output_tokens', 'cost'])
      .where('engine', '=', 'llm')
      .execute()
    expect(charges).toEqual([
      {
        engine: 'llm',
        locale: 'de',
        characters: 0,
        input_tokens: '100',
        output_tokens: '50',
        cost: '0.000700000',
      },
    ])
    const history = await db
      .selectFrom('target_history')
      .select('note')
      .where('segment_id', '=', String(segment.id))
      .executeTakeFirstOrThrow()
    expect(history.note).toContain('“strike committee”: deepl glossary missing → llm repair ok')
    await stop()
  })
})
