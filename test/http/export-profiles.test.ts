import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readReturned } from '../../src/cli/omegat.ts'
import { pull, returnFile } from '../../src/cli/remote.ts'
import { readTmx, writeTmx } from '../../src/exchange/tmx.ts'
import { XLIFF_VERSIONS } from '../../src/exchange/xliff-model.ts'
import { PROFILE_TRAITS, XLIFF_PROFILES } from '../../src/exchange/xliff-profile.ts'
import { readXliff } from '../../src/exchange/xliff-read.ts'
import type { MergeReportView } from '../../src/http/file-schemas.ts'
import type { DocumentSummary, SegmentPage } from '../../src/http/schemas.ts'
import { needs } from '../exchange/needs.ts'
import { schemaErrors, whyNoXmllint } from '../exchange/xmllint.ts'
import { eventually } from '../support/eventually.ts'
import { whyNoOmegat, workInOmegat } from '../support/omegat.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
let admin: string
let folder: string

beforeAll(async () => {
  server = await startServer({ mt: 'pseudo' })
  admin = await server.token('admin')
  folder = mkdtempSync(join(tmpdir(), 'talmach-export-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await server.close()
})

const api = async (path: string, init?: RequestInit): Promise<Response> => {
  const response = await server.api(admin, path, init)
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response
}

/** An article of four sentences, translated by machine, the first one also by a person. */
async function article(): Promise<string> {
  const text =
    '# News of today\n\nFirst **sentence** here. Second sentence here.\n\nLast [one](https://a.example).\n'
  const json = { text, format: 'markdown', sourceLocale: 'en', targetLocales: ['de'] }
  const headers = { 'Content-Type': 'application/json' }
  const sent = await api('/api/documents', { method: 'POST', headers, body: JSON.stringify(json) })
  const { id } = (await sent.json()) as DocumentSummary
  await eventually('the translation', async () => {
    const document = (await (await api(`/api/documents/${id}`)).json()) as DocumentSummary
    return document.locales.every(({ state }) => state === 'in-review')
  })
  const [first] = await segments(id)
  await api(`/api/segments/${first?.id}/targets/de`, {
    method: 'PUT',
    headers: { ...headers, 'If-Match': `"${first?.target?.version}"` },
    body: JSON.stringify({ text: 'Nachrichten von heute' }),
  })
  return id
}

async function segments(id: string): Promise<SegmentPage['segments']> {
  return ((await (await api(`/api/documents/${id}/segments/de`)).json()) as SegmentPage).segments
}

const combinations = XLIFF_PROFILES.flatMap((profile) =>
  XLIFF_VERSIONS.filter((version) => PROFILE_TRAITS[profile].versions.includes(version)).map(
    (version) => [profile, version] as const,
  ),
)

describe('an XLIFF for a tool', () => {
  it('is another export for each profile, valid, cached, and taken back from each', async (context) => {
    const id = await article()
    const exportIds = new Set<string | undefined>()
    for (const [profile, version] of combinations) {
      const xliff = await (
        await api(`/api/documents/${id}/xliff/de?version=${version}&profile=${profile}`)
      ).text()
      exportIds.add(readXliff(xliff).files[0]?.exportId)
    }
    expect(exportIds.size).toBe(combinations.length)
    let round = 0
    for (const [profile, version] of combinations) {
      const path = `/api/documents/${id}/xliff/de?version=${version}&profile=${profile}`
      const response = await api(path)
      const etag = response.headers.get('etag') ?? ''
      const xliff = await response.text()
      expect(await (await api(path)).text()).toBe(xliff)
      expect((await server.api(admin, path, { headers: { 'If-None-Match': etag } })).status).toBe(304)
      if (whyNoXmllint() === undefined) expect(schemaErrors([xliff], version), profile).toBe('')

      const words = `Letzte Fassung ${++round}`
      const edited = xliff.replace(
        /(<target[^>]*>)Nachrichten von heute|(<target[^>]*>)Letzte Fassung \d+/,
        `$1$2${words}`,
      )
      expect(edited).not.toBe(xliff)
      const file = join(folder, `${profile}-${version}.xlf`)
      writeFileSync(file, edited)
      const report = await returnFile(api, file, false)
      expect(report.counts).toMatchObject({ taken: 1, conflict: 0, skipped: 0 })
      expect((await segments(id))[0]?.target?.text).toBe(words)
    }
    needs(context, whyNoXmllint())
  })

  it('proposes in the rich profile what the machine said before a person wrote', async () => {
    const id = await article()
    const text = async (profile: string) =>
      (await api(`/api/documents/${id}/xliff/de?version=1.2&profile=${profile}`)).text()
    const rich = await text('rich')
    expect(rich.match(/<alt-trans/g)?.length).toBe(1)
    expect(rich).toMatch(/<alt-trans [^>]*origin="pseudo"[^>]*>\n<source>News of today</)
    expect(await text('omegat')).not.toContain('alt-trans')
  })

  it('is refused in a version that the tool does not read, with a version that it does', async () => {
    const id = await article()
    const response = await server.api(admin, `/api/documents/${id}/xliff/de?version=2.1&profile=poedit`)
    expect(response.status).toBe(400)
    expect(((await response.json()) as { detail: string }).detail).toContain('ask for 1.2 or 2.0')
  })
})

describe('an OmegaT project of a document', { timeout: 180_000 }, () => {
  const put = async (id: string, memory: string, dryRun = false): Promise<MergeReportView> => {
    const init = { method: 'PUT', body: memory, headers: { 'Content-Type': 'application/x-tmx+xml' } }
    return (
      await api(`/api/documents/${id}/omegat/de?dryRun=${dryRun}`, init)
    ).json() as Promise<MergeReportView>
  }

  it('is pulled as the same ZIP each time, and its memory is taken back by folder or by API', async () => {
    const id = await article()
    const wish = {
      documentId: id,
      locale: 'de',
      dir: folder,
      version: '1.2',
      profile: 'default',
      omegat: true,
    }
    const [zip = ''] = await pull(api, wish)
    expect(zip).toMatch(/\.de\.omegat\.zip$/)
    const response = await api(`/api/documents/${id}/omegat/de`)
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect(Buffer.from(await (await api(`/api/documents/${id}/omegat/de`)).arrayBuffer())).toEqual(
      Buffer.from(bytes),
    )
    const etag = { 'If-None-Match': response.headers.get('etag') ?? '' }
    expect((await server.api(admin, `/api/documents/${id}/omegat/de`, { headers: etag })).status).toBe(304)

    const files = unzipSync(bytes)
    const project = join(folder, 'project')
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(name.endsWith('/') ? join(project, name) : dirname(join(project, name)), { recursive: true })
      if (!name.endsWith('/')) writeFileSync(join(project, name), content)
    }
    const saved = readTmx(strFromU8(files['omegat/project_save.tmx'] ?? new Uint8Array()))
    expect(saved.map(({ target }) => target.text)).toEqual(['Nachrichten von heute'])
    const side = (locale: string, text: string) => ({ locale, text, codes: [] })
    const added = {
      source: side('en', 'First <g0>sentence</g0> here.'),
      target: side('de', 'Der erste <g0>Satz</g0>.'),
    }
    const memory = writeTmx([...saved, added], { sourceLocale: 'en' })
    const save = join(project, 'omegat/project_save.tmx')
    writeFileSync(save, memory)
    expect((await put(id, memory, true)).counts).toMatchObject({ taken: 1, conflict: 0 })
    const report = await returnFile(api, project, false)
    expect(report.counts).toMatchObject({ taken: 1, conflict: 0, skipped: 0 })
    expect((await segments(id))[1]?.target).toMatchObject({ origin: 'human', state: 'translated' })
    expect((await put(id, memory)).counts).toMatchObject({ taken: 0, conflict: 0 })
    expect(await readReturned(save)).toEqual(await readReturned(project))
  })

  it('says what to do where no project went out, or the folder is none', async () => {
    const id = await article()
    const init = { method: 'PUT', body: '<tmx/>', headers: { 'Content-Type': 'application/x-tmx+xml' } }
    expect((await server.api(admin, `/api/documents/${id}/omegat/de`, init)).status).toBe(404)
    await expect(readReturned(folder)).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('comes back from OmegaT with nothing lost', async (context) => {
    needs(context, whyNoOmegat())
    const id = await article()
    const bytes = new Uint8Array(await (await api(`/api/documents/${id}/omegat/de`)).arrayBuffer())
    const back = await workInOmegat(bytes, (shown) => `Übersetzt: ${shown}`)
    const before = await segments(id)
    expect(back.shown.length).toBe(before.length)
    const file = join(folder, 'back.xlf')
    writeFileSync(file, back.xliff)
    expect((await returnFile(api, file, false)).counts).toMatchObject({
      ...{ taken: before.length - 1, conflict: 0, skipped: 0 },
    })
    const after = await segments(id)
    expect(after[0]?.target?.text).toBe('Nachrichten von heute')
    for (const [at, { target, source }] of after.entries()) {
      if (at > 0) expect(target?.text).toBe(`Übersetzt: ${source}`)
    }
    // The project's own memory says the same: nothing is new.
    expect((await put(id, back.memory)).counts).toMatchObject({ taken: 0, conflict: 0 })
  })
})
