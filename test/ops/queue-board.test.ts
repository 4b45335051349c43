import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import { newsdesk } from '../support/newsdesk.ts'
import { redisMissing, startRedis, type TestRedis } from '../support/redis.ts'
import { startServer, type TestServer } from '../support/server.ts'

const PATH = '/admin/queues'

for (const backend of ['postgres', 'redis'] as const) {
  describe(`the board of queues, in ${backend}`, () => {
    const missing = backend === 'redis' ? redisMissing() : undefined
    const requireBackend = (context: TestContext) => {
      if (missing !== undefined) context.skip(missing)
    }
    let home: string
    let redis: TestRedis | undefined
    let server: TestServer
    let admin: string

    beforeAll(async () => {
      if (missing !== undefined) return
      home = await mkdtemp(join(tmpdir(), 'talmach-board-'))
      redis = backend === 'redis' ? await startRedis() : undefined
      server = await startServer({
        workers: false,
        env: { TALMACH_HOME: home, ...(redis === undefined ? {} : { REDIS_URL: redis.url }) },
      })
      admin = await server.token('admin')
    })
    afterAll(async () => {
      await server?.close()
      await redis?.close()
      if (home !== undefined) await rm(home, { recursive: true, force: true })
    })

    it('shows its page to who manages, with nothing from elsewhere and nothing inline', async (context) => {
      requireBackend(context)
      const page = await server.api(admin, PATH)
      expect(page.status).toBe(200)
      const html = await page.text()
      const policy = page.headers.get('content-security-policy') ?? ''
      expect(policy).toContain("script-src 'self'")
      expect(policy).not.toContain('unsafe')
      expect(html).not.toMatch(/https?:\/\/|<style| style=| on[a-z]+="/)
      const scripts = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag)
      expect(scripts.length).toBeGreaterThan(2)
      expect(scripts.filter((tag) => !/src="static\/|type="application\/json"/.test(tag))).toEqual([])
      for (const [, path = ''] of html.matchAll(/(?:src|href)="(static\/[^"]+)"/g)) {
        const asset = await server.api(admin, `${PATH}/${path}`)
        await asset.body?.cancel()
        expect([path, asset.status]).toEqual([path, 200])
      }
    })

    it('shows the jobs, which are ids only', async (context) => {
      requireBackend(context)
      const { send } = newsdesk(server, admin)
      const body = { text: '# Zmitserwort\n', format: 'markdown', name: 'geheim.md' }
      const sent = await send('POST', '/api/documents', {
        ...body,
        sourceLocale: 'en',
        targetLocales: ['de'],
      })
      expect(sent.status).toBe(202)
      const answer = await server.api(
        admin,
        `${PATH}/api/queues?activeQueue=talmach-segment&status=waiting&page=1`,
      )
      expect(answer.status).toBe(200)
      const text = await answer.text()
      const { queues } = JSON.parse(text) as {
        queues: { name: string; readOnlyMode: boolean; counts: Record<string, number> }[]
      }
      expect(queues.map(({ name }) => name).toSorted()).toEqual([
        'talmach-bundle',
        'talmach-export',
        'talmach-segment',
        'talmach-translate',
      ])
      expect(queues.every(({ readOnlyMode }) => readOnlyMode)).toBe(true)
      const counts = queues.find(({ name }) => name === 'talmach-segment')?.counts ?? {}
      expect((counts.waiting ?? 0) + (counts.prioritized ?? 0)).toBe(1)
      expect(text).not.toMatch(/Zmitserwort|geheim/)
    })

    it('is closed to everybody else, and changes nothing', async (context) => {
      requireBackend(context)
      expect((await fetch(new URL(PATH, server.url))).status).toBe(401)
      const editor = await server.token('editor')
      for (const path of [PATH, `${PATH}/api/queues`, `${PATH}/static/js/x.js`]) {
        expect([path, (await server.api(editor, path)).status]).toEqual([path, 403])
      }
      const change = (path: string) =>
        server.api(admin, `${PATH}${path}`, {
          method: 'PUT',
          headers: { 'content-type': 'application/json' },
          body: '{}',
        })
      expect((await change('/api/queues/talmach-segment/pause')).status).toBe(403)
      expect((await change('/api/queues/pause')).status).toBe(403)
    })
  })
}
