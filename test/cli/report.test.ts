import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ReportView } from '../../src/http/report-schemas.ts'
import { newsdesk } from '../support/newsdesk.ts'
import { runTalmach } from '../support/process.ts'
import { startServer, type TestServer } from '../support/server.ts'

const today = new Date().toISOString().slice(0, 10)
const period = ['--from', '2026-01-01', '--to', today < '2026-01-01' ? '2026-01-01' : today]

let server: TestServer
let env: Record<string, string>
beforeAll(async () => {
  server = await startServer()
  env = { TALMACH_URL: server.url, TALMACH_TOKEN: await server.token('admin') }
  const desk = newsdesk(server, env.TALMACH_TOKEN ?? '')
  const id = await desk.submit('One two three.\n', ['de'])
  await desk.finish(id, 'de')
})
afterAll(() => server?.close())

// Each command is a process of its own, which takes its time on a busy machine.
describe('talmach report', { timeout: 120_000 }, () => {
  it('says in plain lines, in CSV and in JSON what was done', async () => {
    const text = await runTalmach(['report', ...period], env)
    expect([text.code, text.stderr]).toEqual([0, ''])
    expect(text.stdout).toMatch(/de {2}3 words approved, 1 documents finished/)
    expect(text.stdout).toMatch(/test admin {2}3 words translated, 0 reviewed, 3 approved/)
    const csv = await runTalmach(['report', ...period, '--csv', '--locale', 'de'], env)
    expect(csv.stdout.split(/\r?\n/)).toContain('language,de,words approved,3')
    const json = await runTalmach(['report', ...period, '--json', '--person', 'test admin'], env)
    expect(ReportView.parse(JSON.parse(json.stdout))).toMatchObject({
      only: { person: 'test admin' },
      people: [{ translated: { words: 3 } }],
      work: null,
    })
  })

  it('wants a period, and names what is wrong with it', async () => {
    expect((await runTalmach(['report', '--from', '2026-01-01'], env)).code).toBe(2)
    const wrong = await runTalmach(['report', '--from', '2026-02-30', '--to', '2026-03-01'], env)
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('2026-02-30')])
  })
})
