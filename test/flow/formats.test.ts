import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FORMATS } from '../../src/domain/document.ts'
import { ADAPTERS } from '../../src/formats/adapters.ts'
import { readDocument } from '../../src/formats/read.ts'
import type { DocumentSummary, SegmentPage } from '../../src/http/schemas.ts'
import { type DeeplServer, startDeeplServer } from '../support/deepl-server.ts'
import { eventually } from '../support/eventually.ts'
import { startServer, type TestServer } from '../support/server.ts'

const WORD = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t xml:space="preserve">Workers </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>stopped</w:t></w:r><w:r><w:t xml:space="preserve"> the line.</w:t></w:r></w:p></w:body></w:document>`
const TYPES = `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
const ODT = `<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text><text:p>Workers <text:span>stopped</text:span> the line.</text:p></office:text></office:body></office:document-content>`

/** One sentence in each format that is read. */
const DOCUMENTS: Readonly<Record<(typeof FORMATS)[number], string | Uint8Array>> = {
  html: '<!doctype html><html lang="en"><body><p>Workers <b>stopped</b> the line.</p></body></html>',
  markdown: 'Workers **stopped** the line.\n',
  text: 'Workers stopped the line.\n',
  srt: '1\n00:00:01,000 --> 00:00:04,000\nWorkers <i>stopped</i> the line.\n',
  vtt: 'WEBVTT\n\n00:01.000 --> 00:04.000\nWorkers <i>stopped</i> the line.\n',
  json: '{"id": 7, "body": "Workers stopped the line."}\n',
  yaml: 'id: 7\nbody: Workers stopped the line.\n',
  po: 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Workers stopped the line."\nmsgstr ""\n',
  xliff:
    '<xliff version="1.2"><file original="a" source-language="en" datatype="plaintext"><body><trans-unit id="1"><source>Workers <g id="1">stopped</g> the line.</source></trans-unit></body></file></xliff>\n',
  csv: 'id,body\r\n7,Workers stopped the line.\r\n',
  docx: zipSync({ '[Content_Types].xml': strToU8(TYPES), 'word/document.xml': strToU8(WORD) }),
  odt: zipSync({
    mimetype: [strToU8('application/vnd.oasis.opendocument.text'), { level: 0 }],
    'content.xml': strToU8(ODT),
  }),
}

let deepl: DeeplServer
let server: TestServer
let admin: string

beforeAll(async () => {
  deepl = await startDeeplServer({})
  server = await startServer({ mt: 'deepl', env: { DEEPL_API_KEY: 'key', DEEPL_SERVER_URL: deepl.url } })
  admin = await server.token('admin')
})
afterAll(async () => {
  await server.close()
  await deepl.close()
})

describe('every format', () => {
  it.each(FORMATS)('goes all the way: %s in, approved, finished document out', async (format) => {
    const [extension = ''] = ADAPTERS[format].extensions
    const form = new FormData()
    const source = DOCUMENTS[format]
    form.set(
      'file',
      new Blob([typeof source === 'string' ? source : new Uint8Array(source)]),
      `a.${extension}`,
    )
    form.set('sourceLocale', 'en')
    form.set('targetLocales', 'ar')
    form.set('settings', JSON.stringify({ paths: ['body'], columns: ['body'] }))
    const response = await server.api(admin, '/api/documents', { method: 'POST', body: form })
    expect([response.status, response.status === 202 ? '' : await response.text()]).toEqual([202, ''])
    const { id } = (await response.json()) as DocumentSummary
    await eventually('the translation', async () => {
      const current = (await (await server.api(admin, `/api/documents/${id}`)).json()) as DocumentSummary
      if (current.error !== null) throw new Error(current.error)
      return current.locales[0]?.state === 'in-review'
    })
    // One by one: “approve all” leaves alone what memory has only adjusted, as it does for the formats that come later.
    const page = await server.api(admin, `/api/documents/${id}/segments/ar`)
    for (const { id: segment, target } of ((await page.json()) as SegmentPage).segments) {
      const approved = await server.api(admin, `/api/segments/${segment}/targets/ar/approve`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'If-Match': `"${target?.version}"` },
        body: '{}',
      })
      expect(approved.status).toBe(200)
    }
    const bundle = await eventually('the finished document', async () => {
      const fetched = await server.api(admin, `/api/documents/${id}/bundle/ar`)
      return fetched.status === 200 && new Uint8Array(await fetched.arrayBuffer())
    })
    expect(
      Buffer.from(bundle).equals(Buffer.from(typeof source === 'string' ? strToU8(source) : source)),
    ).toBe(false)
    const written = readDocument(bundle, { format, settings: { paths: ['body'], columns: ['body'] } })
    if (format === 'po') expect(written.source).toMatch(/msgstr ".*Workersar/)
    else if (format === 'xliff') expect(written.units[0]?.prior?.text).toMatch(/Workersar/)
    else expect(written.units.map(({ text }) => text).join(' ')).toMatch(/Workersar/)
    if (format === 'html') expect(written.source).toContain('<html dir="rtl" lang="ar">')
  })
})
