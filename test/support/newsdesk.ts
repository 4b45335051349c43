import { expect } from 'vitest'
import type { DocumentSummary, SegmentPage } from '../../src/http/schemas.ts'
import { eventually } from './eventually.ts'
import type { TestServer } from './server.ts'

const json = { 'Content-Type': 'application/json' }

/** A person at the desk who sends articles and approves translations, over the HTTP API. */
export function newsdesk(server: TestServer, token: string) {
  const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    server.api(token, path, {
      method,
      headers: { ...json, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })

  const segmentsOf = async (id: string, locale: string) => {
    const response = await server.api(token, `/api/documents/${id}/segments/${locale}`)
    return ((await response.json()) as SegmentPage).segments
  }

  const submit = async (
    text: string,
    targetLocales: readonly string[],
    fields: Record<string, unknown> = {},
  ): Promise<string> => {
    const body = { text, format: 'markdown', name: 'strike.md', sourceLocale: 'en', targetLocales, ...fields }
    const response = await send('POST', '/api/documents', body)
    expect(response.status).toBe(202)
    const { id } = (await response.json()) as DocumentSummary
    await ready(id)
    return id
  }

  const ready = (id: string, revision = 1) =>
    eventually('the document to be ready for translators', async () => {
      const document = (await (await server.api(token, `/api/documents/${id}`)).json()) as DocumentSummary
      const states = ['in-translation', 'in-review', 'approved']
      return (
        document.revision === revision &&
        document.locales.every(({ state }) => states.includes(state)) &&
        document
      )
    })

  /** Each sentence with the locale in front. */
  const translate = async (id: string, locale: string, mark = locale) => {
    for (const segment of await segmentsOf(id, locale)) {
      const text = `${mark} ${segment.source}`
      const version = String(segment.target?.version ?? 0)
      const saved = await send(
        'PUT',
        `/api/segments/${segment.id}/targets/${locale}`,
        { text },
        { 'If-Match': `"${version}"` },
      )
      expect([saved.status, segment.source]).toEqual([200, segment.source])
    }
  }

  const approve = async (id: string, locale: string) => {
    const response = await send('POST', `/api/documents/${id}/locales/${locale}/approve`)
    expect(await response.json()).toMatchObject({ blocked: 0, untranslated: 0 })
  }

  const finish = async (id: string, locale: string, mark?: string) => {
    await translate(id, locale, mark)
    await approve(id, locale)
    await fetched(`/api/documents/${id}/bundle/${locale}`)
  }

  /** What is there, as soon as it is. */
  const fetched = (path: string, good: (response: Response) => boolean = ({ status }) => status === 200) =>
    eventually(path, async () => {
      const response = await server.api(token, path)
      if (good(response)) return response
      await response.body?.cancel()
      return false
    })

  return { send, segmentsOf, submit, ready, translate, approve, finish, fetched }
}
