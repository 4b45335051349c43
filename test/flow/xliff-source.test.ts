import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentSummary, SegmentPage } from '../../src/http/schemas.ts'
import { activateGlossary } from '../../src/store/glossaries.ts'
import { schemaErrors, whyNoXmllint } from '../exchange/xmllint.ts'
import { type DeeplServer, startDeeplServer } from '../support/deepl-server.ts'
import { eventually } from '../support/eventually.ts'
import { runTalmach } from '../support/process.ts'
import { startServer, type TestServer } from '../support/server.ts'

const PARTNER = new URL('../formats/fixtures/partner.xlf', import.meta.url)

let deepl: DeeplServer
let folder: string
beforeAll(async () => {
  deepl = await startDeeplServer({})
  folder = await mkdtemp(join(tmpdir(), 'talmach-xliff-'))
})
afterAll(async () => {
  await deepl.close()
  await rm(folder, { recursive: true, force: true })
})

const engine = () => ({ DEEPL_API_KEY: 'key', DEEPL_SERVER_URL: deepl.url })

describe('talmach run on a bilingual XLIFF file, and merge', () => {
  it('fill its targets, keep what the sender had translated, and keep to the strict schema', {
    timeout: 60_000,
  }, async (context) => {
    const source = join(folder, 'partner.xlf')
    const original = await readFile(PARTNER, 'utf8')
    await writeFile(source, original)
    const out = join(folder, 'out')
    const args = ['run', source, '--from', 'en', '--to', 'de,fr', '--out', out, '--json']
    const { stdout, stderr } = await runTalmach(args, {
      ...engine(),
      TALMACH_HOME: join(folder, 'home'),
      TALMACH_MT: 'deepl',
    })
    expect(stderr).toBe('')
    const report = JSON.parse(stdout)
    expect(report.format).toBe('xliff')
    expect(report.locales).toMatchObject([
      { locale: 'de', fromDocument: 2, fromMemory: 0, untranslated: 0 },
      { locale: 'fr', fromDocument: 0, fromMemory: 0, untranslated: 0 },
    ])
    expect(JSON.stringify(deepl.requests)).not.toContain('OMON')
    const merged: string[] = []
    for (const { locale, file } of report.locales) {
      const path = join(folder, `partner.${locale}.done.xlf`)
      const { code } = await runTalmach(['merge', file, '--source', source, '--out', path])
      expect(code).toBe(0)
      merged.push(await readFile(path, 'utf8'))
    }
    const [german = '', french = ''] = merged
    expect(german).toContain('<target state="final">Der Streik begann am')
    expect(german).toContain('<mrk mtype="seg" mid="1">Ein Tag.</mrk>')
    expect(german).toContain('approved="yes"')
    expect(french).toContain('target-language="fr"')
    expect(french).not.toMatch(/Streik|Ein Tag|approved="yes"/)
    for (const text of merged) {
      expect(text.match(/<target/g)).toHaveLength(7)
      expect(text.replace(/<target[\s\S]*?(?:<\/target>|\/>)/g, '')).not.toContain('state=')
    }
    const why = whyNoXmllint()
    if (why !== undefined && process.env.CI === 'true') throw new Error(why)
    if (why !== undefined) context.skip(why)
    expect(schemaErrors([original, ...merged], '1.2')).toBe('')
  })
})

describe('a bilingual XLIFF file on the server', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer({ mt: 'deepl', env: engine() })
  })
  afterAll(() => server.close())

  /** The segments of the partner's file in German, once the machine is through with it. */
  async function translatedSegments(admin: string): Promise<SegmentPage['segments']> {
    const form = new FormData()
    form.set('file', new Blob([await readFile(PARTNER)]), 'partner.xlf')
    form.set('sourceLocale', 'en')
    form.set('targetLocales', 'de')
    const posted = await server.api(admin, '/api/documents', { method: 'POST', body: form })
    expect(posted.status).toBe(202)
    const { id } = (await posted.json()) as DocumentSummary
    await eventually('the translation', async () => {
      const document = (await (await server.api(admin, `/api/documents/${id}`)).json()) as DocumentSummary
      if (document.error !== null) throw new Error(document.error)
      return document.locales.every(({ state }) => state === 'in-review' || state === 'in-translation')
    })
    const page = await server.api(admin, `/api/documents/${id}/segments/de`)
    return ((await page.json()) as SegmentPage).segments
  }

  it('has the sender’s translations as first targets, which machine translation leaves alone', async () => {
    const admin = await server.token('admin')
    const segments = await translatedSegments(admin)
    expect(segments.every(({ target }) => target !== null)).toBe(true)
    const brought = segments.filter(({ target }) => target?.origin === 'human')
    expect(brought.map(({ target }) => target)).toMatchObject([
      { text: expect.stringMatching(/^Der Streik begann am/), state: 'final', by: 'partner.xlf', version: 1 },
      { text: 'Ein Tag.', state: 'translated', by: 'partner.xlf', version: 1 },
    ])
    const history = await server.api(admin, `/api/segments/${brought[0]?.id}/targets/de/history`)
    expect(await history.json()).toMatchObject({
      history: [{ action: 'import', origin: 'human', by: 'partner.xlf' }],
    })
  })

  it('does not take the sender’s approval of a text that misses a hard term of ours', async () => {
    const term = { status: 'preferred', caseMode: 'insensitive', inflecting: false, forms: [] } as const
    await activateGlossary(server.database.db, {
      name: 'strikes',
      version: 'a'.repeat(64),
      concepts: [
        {
          id: 'strike',
          subject: 'labour',
          definition: '',
          source: '',
          enforcement: 'hard',
          terms: [
            { ...term, locale: 'en', text: 'strike' },
            { ...term, locale: 'de', text: 'Arbeitsniederlegung' },
          ],
        },
      ],
    })
    const segments = await translatedSegments(await server.token('admin'))
    expect(segments.find(({ target }) => target?.text.startsWith('Der Streik begann'))).toMatchObject({
      target: { state: 'translated', origin: 'human' },
      blocked: true,
    })
  })
})
