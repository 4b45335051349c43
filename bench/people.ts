import { Agent, request } from 'node:http'
import { z } from 'zod'

export type Answer = { readonly status: number; readonly body: string }

/** Asks over connections that stay open; cheaper than `fetch`, so that little of what is measured is the asking. */
export type Asker = {
  readonly ask: (
    method: string,
    path: string,
    token: string,
    body?: string,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Answer>
  readonly close: () => void
}

export function openAsker(url: string, connections: number): Asker {
  const { hostname, port } = new URL(url)
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  return {
    ask: (method, path, token, body, more = {}) =>
      new Promise((resolve, reject) => {
        const headers = {
          Authorization: `Bearer ${token}`,
          ...(body === undefined
            ? {}
            : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }),
          ...more,
        }
        const asked = request({ hostname, port, path, method, agent, headers }, (response) => {
          const parts: Buffer[] = []
          response.on('data', (part: Buffer) => parts.push(part))
          response.on('error', reject)
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() }),
          )
        })
        asked.on('error', reject)
        asked.end(body)
      }),
    close: () => agent.destroy(),
  }
}

const Segment = z.object({
  id: z.string(),
  source: z.string(),
  target: z.object({ version: z.number() }).nullable(),
})
const Page = z.object({ segments: z.array(Segment) })

/** Somebody with one document in one language. */
export type Writer = {
  /** Saves the next sentence. @returns milliseconds that it took */
  readonly save: () => Promise<number>
  /** The sentence that comes next, and the version that it will have. */
  readonly next: () => { readonly segment: string; readonly version: number }
}

/** @throws Error when the document has no sentences, or a save is refused */
export async function openWriter(
  asker: Asker,
  token: string,
  document: string,
  locale: string,
): Promise<Writer> {
  const { body } = await asker.ask('GET', `/api/documents/${document}/segments/${locale}`, token)
  const segments = Page.parse(JSON.parse(body)).segments
  const versions = segments.map(({ target }) => target?.version ?? 0)
  let place = 0
  let round = 1
  const next = () => {
    const segment = segments[place]
    if (segment === undefined) throw new Error(`nothing to translate in ${document}`)
    return { segment: segment.id, version: (versions[place] ?? 0) + 1 }
  }
  return {
    next,
    save: async () => {
      const { segment, version } = next()
      // Never the same text again: that would change nothing.
      const text = JSON.stringify({ text: `${segments[place]?.source} (${locale} ${round})` })
      const began = performance.now()
      const path = `/api/segments/${segment}/targets/${locale}`
      const answer = await asker.ask('PUT', path, token, text, { 'If-Match': `"${version - 1}"` })
      const took = performance.now() - began
      if (answer.status !== 200) throw new Error(`saving: ${answer.status} ${answer.body}`)
      versions[place] = version
      place = (place + 1) % segments.length
      if (place === 0) round += 1
      return took
    },
  }
}
