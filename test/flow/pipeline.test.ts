import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import type { MergeReportView } from '../../src/http/file-schemas.ts'
import type { DocumentSummary, SegmentPage } from '../../src/http/schemas.ts'
import { type DeeplServer, startDeeplServer } from '../support/deepl-server.ts'
import { eventually } from '../support/eventually.ts'
import { redisMissing, startRedis, type TestRedis } from '../support/redis.ts'
import { startServer, type TestServer } from '../support/server.ts'

const ARTICLE = `# Workers walk out

On 14 August 2020 workers of the **Minsk Tractor Works** left their shops. OMON officers stood at the gate.

- Decree No. 3 was never forgotten.
- The [strike committee](https://example.org/a?b=1&c=2) met at noon.
`
const TARGETS = ['de', 'es', 'fr', 'pt-BR', 'pt-PT']

// The same way through on both queues: nothing above the queue may notice which it is.
for (const backend of ['postgres', 'redis'] as const) {
  describe(`the whole way, queue in ${backend}`, () => {
    let redis: TestRedis | undefined
    let deepl: DeeplServer
    let server: TestServer
    let admin: string
    const missing = backend === 'redis' ? redisMissing() : undefined
    const requireBackend = (context: TestContext) => {
      if (missing !== undefined) context.skip(missing)
    }

    beforeAll(async () => {
      if (missing !== undefined) return
      redis = backend === 'redis' ? await startRedis() : undefined
      deepl = await startDeeplServer({})
      server = await startServer({
        mt: 'deepl',
        env: {
          DEEPL_API_KEY: 'test-key',
          DEEPL_SERVER_URL: deepl.url,
          ...(redis === undefined ? {} : { REDIS_URL: redis.url }),
        },
      })
      admin = await server.token('admin')
    })
    afterAll(async () => {
      await server?.close()
      await deepl?.close()
      await redis?.close()
    })

    const getDocument = async (id: string) =>
      (await (await server.api(admin, `/api/documents/${id}`)).json()) as DocumentSummary
    const submit = async (text: string): Promise<string> => {
      const response = await server.api(admin, '/api/documents', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          text,
          format: 'markdown',
          name: 'a.md',
          sourceLocale: 'en',
          targetLocales: TARGETS,
        }),
      })
      expect(response.status).toBe(202)
      const { id } = (await response.json()) as DocumentSummary
      expect(response.headers.get('location')).toBe(`/api/documents/${id}`)
      return id
    }
    const translated = (id: string) =>
      eventually('every locale to be translated', async () => {
        const document = await getDocument(id)
        return document.locales.every(({ state }) => state === 'in-review') && document
      })

    it('takes an article to XLIFF in five languages with every term held', async (context) => {
      requireBackend(context)
      const id = await submit(ARTICLE)
      const document = await translated(id)
      expect(document.segments).toBe(5)
      expect(document.title).toBe('Workers walk out')
      for (const locale of document.locales) {
        expect(locale).toMatchObject({ translated: 5, engines: ['deepl'], error: null, notice: null })
        expect(locale.terms.flagged).toBe(0)
        expect(locale.terms.ok).toBeGreaterThanOrEqual(3)
        expect(locale.billedCharacters).toBeGreaterThan(0)
      }
      for (const locale of TARGETS) {
        const response = await server.api(admin, `/api/documents/${id}/xliff/${locale}`)
        expect(response.headers.get('content-type')).toContain('application/xliff+xml')
        expect(await response.text()).toContain(`target-language="${locale}"`)
      }
    })

    it('sends no sentence twice when the same article comes again', async (context) => {
      requireBackend(context)
      await translated(await submit(ARTICLE))
      const before = deepl.requests.length
      const again = await translated(await submit(ARTICLE))
      expect(deepl.requests.length).toBe(before)
      expect(again.locales.map(({ billedCharacters }) => billedCharacters)).toEqual([0, 0, 0, 0, 0])
    })

    it('takes a returned XLIFF once, keeps newer work, and finishes the document', async (context) => {
      requireBackend(context)
      const id = await submit(`# News of today\n\nFirst **sentence** here. Second sentence here.\n`)
      await translated(id)
      const path = `/api/documents/${id}/xliff/de`
      const exported = await (await server.api(admin, path)).text()
      const edited = exported.replace(
        /(<trans-unit id="u1-s1"[\s\S]*?<target[^>]*>)[^<]*/,
        '$1Nachrichten von heute',
      )
      const put = async (body = edited) => {
        const response = await server.api(admin, path, {
          method: 'PUT',
          body,
          headers: { 'Content-Type': 'application/xliff+xml' },
        })
        return (await response.json()) as MergeReportView
      }
      expect((await put()).counts).toMatchObject({ taken: 1, conflict: 0, skipped: 0 })
      expect((await put()).counts).toMatchObject({ taken: 0, same: 1 })

      const segmentsPath = `/api/documents/${id}/segments/de`
      const { segments } = (await (await server.api(admin, segmentsPath)).json()) as SegmentPage
      const [headline] = segments
      expect(headline?.target).toMatchObject({
        text: 'Nachrichten von heute',
        origin: 'human',
        state: 'translated',
      })
      // Somebody edits on the page; the same old file must not overwrite it.
      const saved = await server.api(admin, `/api/segments/${headline?.id}/targets/de`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json', 'If-Match': `"${headline?.target?.version}"` },
        body: JSON.stringify({ text: 'Die Nachrichten' }),
      })
      expect(saved.status).toBe(200)
      expect((await put()).counts).toMatchObject({ taken: 0, conflict: 0, 'keep-current': 1 })

      // A new text in the file is a conflict, which an editor decides.
      const newer = edited.replace('Nachrichten von heute', 'Was heute geschah')
      expect((await put(newer)).counts).toMatchObject({ taken: 0, conflict: 1 })
      const [disputed] = ((await (await server.api(admin, segmentsPath)).json()) as SegmentPage).segments
      const [conflict] = disputed?.conflicts ?? []
      expect(disputed?.target?.text).toBe('Die Nachrichten')
      const resolved = await server.api(
        admin,
        `/api/segments/${disputed?.id}/targets/de/conflicts/${conflict?.id}/resolve`,
        {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'If-Match': `"${disputed?.target?.version}"` },
          body: JSON.stringify({ text: 'Die Nachrichten' }),
        },
      )
      expect(resolved.status).toBe(200)

      const approved = await server.api(admin, `/api/documents/${id}/locales/de/approve`, { method: 'POST' })
      expect(await approved.json()).toEqual({
        ...{ approved: 3, blocked: 0, untranslated: 0, own: 0 },
        batch: expect.stringMatching(/^[\da-f-]{36}$/),
      })
      const bundle = await eventually('the bundle', async () => {
        const response = await server.api(admin, `/api/documents/${id}/bundle/de`)
        return response.status === 200 && (await response.text())
      })
      expect(bundle).toMatch(/^# Die Nachrichten\n\n.*\*\*.*\*\*.*\n$/)
    })
  })
}
