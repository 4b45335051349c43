import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { fakeTranslate } from './fake-translation.ts'

/** How the stand-in behaves until told otherwise. Nothing set: it translates correctly and at once. */
export type LibreTranslateBehaviour = {
  readonly delayMs?: number
  readonly status?: number
  readonly retryAfter?: number
  readonly fault?:
    | 'wrong-count'
    | 'empty-texts'
    | 'html-page'
    | 'never'
    | 'endless'
    | 'masks-doubled'
    | 'masks-lost'
  /** The status or fault holds for so many translate requests, then it behaves. */
  readonly times?: number
  readonly keepWords?: readonly string[]
}

export type LibreTranslateRequest = {
  readonly at: number
  readonly texts: readonly string[]
  readonly source: string
  readonly target: string
  readonly format: string
}

export type LibreTranslateServer = {
  readonly url: string
  readonly requests: readonly LibreTranslateRequest[]
  /** How often the languages were asked. */
  readonly languageRequests: () => number
  readonly set: (behaviour: LibreTranslateBehaviour) => void
  readonly close: () => Promise<void>
}

/** Starts a server on a free port of this machine that speaks LibreTranslate's `/languages` and `/translate`. */
export async function startLibreTranslateServer(
  options: LibreTranslateBehaviour & { readonly languages?: readonly string[] } = {},
): Promise<LibreTranslateServer> {
  let behaviour: LibreTranslateBehaviour = options
  let faultsLeft = options.times ?? Number.POSITIVE_INFINITY
  let asked = 0
  const languages = options.languages ?? ['en', 'de', 'es', 'fr', 'pt', 'pb', 'ru']
  const requests: LibreTranslateRequest[] = []

  async function translate(body: string, response: ServerResponse): Promise<void> {
    const { q, source, target, format } = JSON.parse(body) as {
      q: string[]
      source: string
      target: string
      format: string
    }
    requests.push({ at: Date.now(), texts: q, source, target, format })
    const now = behaviour
    const faulty = faultsLeft > 0 && (now.status !== undefined || now.fault !== undefined)
    if (faulty) faultsLeft--
    const fault = faulty ? now.fault : undefined
    if (now.delayMs !== undefined) await setTimeout(now.delayMs)
    if (fault === 'never') return
    if (fault === 'endless') {
      response.writeHead(200, { 'content-type': 'application/json' })
      const megabyte = 'x'.repeat(1024 * 1024)
      for (let count = 0; count < 64 && !response.destroyed; count++) {
        if (!response.write(megabyte)) await setTimeout(5)
      }
      response.end()
      return
    }
    if (faulty && now.status !== undefined) {
      const headers = now.retryAfter === undefined ? {} : { 'retry-after': String(now.retryAfter) }
      return send(response, now.status, { error: 'as told' }, headers)
    }
    if (fault === 'html-page') {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end('<!DOCTYPE html><title>Sign in</title>')
      return
    }
    if (!languages.includes(source) || !languages.includes(target)) {
      return send(response, 400, { error: `${target} is not supported` })
    }
    const keepWords = now.keepWords === undefined ? undefined : new Set(now.keepWords)
    let answers = q.map(
      (text) =>
        text
          .split(/(<[^>]*>|&[a-z]+;)/)
          .map((piece, index) => (index % 2 === 1 ? piece : fakeTranslate(piece, target, { keepWords })))
          .join('')
          .replace(/<x id="(\d+)"\/>/g, '<x id="$1"></x>'), // what an HTML parser makes of it
    )
    if (fault === 'wrong-count') answers = answers.slice(1)
    if (fault === 'empty-texts') answers = answers.map(() => '')
    if (fault === 'masks-doubled') answers = answers.map((text) => text.replace(/_T\d+_/g, '$& $&'))
    if (fault === 'masks-lost') answers = answers.map((text) => text.replace(/\s?_T\d+_/g, ''))
    send(response, 200, { translatedText: answers })
  }

  const server = createServer((request, response) => {
    const respond = async () => {
      const body = await readBody(request)
      if (request.url === '/languages') {
        asked++
        return send(
          response,
          200,
          languages.map((code) => ({ code, name: code, targets: languages })),
        )
      }
      if (request.url === '/translate') return await translate(body, response)
      send(response, 404, { error: 'Not found' })
    }
    respond().catch((error: unknown) => send(response, 500, { error: String(error) }))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    languageRequests: () => asked,
    set(next) {
      behaviour = next
      faultsLeft = next.times ?? Number.POSITIVE_INFINITY
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  if (response.headersSent) return
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
