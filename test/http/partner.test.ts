import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentSummary } from '../../src/http/schemas.ts'
import { eventually } from '../support/eventually.ts'
import { startServer, type TestServer } from '../support/server.ts'

const TEXT = 'Headline\n\nHe wrote for Zv. Minsk was far. “Go. Stay,” he said.\n'

let folder: string
let server: TestServer
let admin: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'talmach-partner-'))
  await mkdir(join(folder, 'zviazda'))
  await writeFile(
    join(folder, 'zviazda', 'lists.json'),
    JSON.stringify({ noBreakAfter: ['Zv.'], quotes: 'whole' }),
  )
  server = await startServer({ env: { TALMACH_SEGMENTATION: folder } })
  admin = await server.token('admin')
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

function send(fields: Record<string, unknown>): Promise<Response> {
  const body = { text: TEXT, format: 'text', sourceLocale: 'en', targetLocales: ['de'], ...fields }
  const headers = { 'content-type': 'application/json' }
  return server.api(admin, '/api/documents', { method: 'POST', headers, body: JSON.stringify(body) })
}

async function segmentsOf(fields: Record<string, unknown>) {
  const response = await send(fields)
  expect(response.status).toBe(202)
  const { id } = (await response.json()) as DocumentSummary
  return eventually('its segments', async () => {
    const rows = await server.database.db
      .selectFrom('segment')
      .innerJoin('revision', 'revision.id', 'segment.revision_id')
      .select(['segment.text', 'revision.partner', 'revision.segmentation_version as version'])
      .where('revision.document_id', '=', id)
      .orderBy('segment.position')
      .execute()
    return rows.length > 0 && rows
  })
}

describe('the partner of a document', () => {
  it('has its sentences cut by its own lists, and is stored with the revision', async () => {
    const own = await segmentsOf({ partner: 'zviazda' })
    expect(own.map(({ text }) => text)).toEqual([
      'Headline',
      'He wrote for Zv. Minsk was far.',
      '“Go. Stay,” he said.',
    ])
    expect(own[0]?.partner).toBe('zviazda')
    const others = await segmentsOf({})
    expect(others.map(({ text }) => text)).toEqual([
      'Headline',
      'He wrote for Zv.',
      'Minsk was far.',
      '“Go.',
      'Stay,” he said.',
    ])
    expect(others[0]?.partner).toBe('')
    expect(others[0]?.version).not.toBe(own[0]?.version)
  })

  it('is refused at once when nobody has lists for it', async () => {
    for (const partner of ['zvezda', '../zviazda']) {
      const response = await send({ partner })
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ detail: expect.stringContaining('zviazda') })
    }
  })
})
