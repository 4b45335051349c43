import { setTimeout } from 'node:timers/promises'
import type { z } from 'zod'
import { DocumentSummary, SegmentPage } from '../../src/http/schemas.ts'
import { startDeeplServer } from '../support/deepl-server.ts'
import { startServer } from '../support/server.ts'

/** A short article: a headline, a sentence with a link and a hard term, and one without. */
export const DISPATCH = `<h1>Strike spreads in Minsk</h1>
<p>The OMON sealed off <a href="https://example.org/square">the square</a> at noon. Nobody went home.</p>
`

export type Newsroom = {
  readonly url: string
  readonly token: (role: string, locales?: readonly string[]) => Promise<string>
  /** Sends the dispatch and waits until the machine is done. @returns the document's id */
  readonly submit: (...locales: readonly string[]) => Promise<string>
  readonly document: (id: string) => Promise<z.infer<typeof DocumentSummary>>
  readonly segments: (id: string, locale: string) => Promise<z.infer<typeof SegmentPage>['segments']>
  readonly close: () => Promise<void>
}

/** The whole product on a free port, with a stand-in for DeepL behind it. */
export async function openNewsroom(): Promise<Newsroom> {
  const machine = await startDeeplServer()
  const server = await startServer({
    mt: 'deepl',
    env: {
      DEEPL_API_KEY: 'a-key-for-tests',
      DEEPL_SERVER_URL: machine.url,
      // Articles are taken from a site on this machine.
      TALMACH_ALLOW_PRIVATE_URLS: 'yes',
    },
  })
  const admin = await server.token('admin')
  const ask = async (path: string, init: RequestInit = {}): Promise<unknown> => {
    const answer = await fetch(`${server.url}/api/${path}`, {
      ...init,
      headers: { Authorization: `Bearer ${admin}`, 'Content-Type': 'application/json' },
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
  const document = async (id: string) => DocumentSummary.parse(await ask(`documents/${id}`))
  return {
    url: server.url,
    token: server.token,
    document,
    segments: async (id, locale) =>
      SegmentPage.parse(await ask(`documents/${id}/segments/${locale}`)).segments,
    submit: async (...locales) => {
      const body = { text: DISPATCH, format: 'html', sourceLocale: 'en', targetLocales: locales }
      const { id } = DocumentSummary.parse(
        await ask('documents', { method: 'POST', body: JSON.stringify(body) }),
      )
      for (let turn = 0; turn < 200; turn++) {
        const now = await document(id)
        if (now.locales.every(({ translated, state }) => translated === 3 && state === 'in-review')) return id
        await setTimeout(100)
      }
      throw new Error(`the machine is not done: ${JSON.stringify(await document(id))}`)
    },
    close: async () => {
      await server.close()
      await machine.close()
    },
  }
}
