import { strFromU8, unzipSync } from 'fflate'
import { fromMarkdown } from 'mdast-util-from-markdown'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { launch, needChromium, type Visit, visit } from '../web/browser.ts'
import { bad, EVE, fillDesk, type HostileDesk, MALLORY } from './hostile-desk.ts'

let server: TestServer
let receiver: Receiver
let admin: string
let browser: Browser
let filled: HostileDesk

beforeAll(async () => {
  receiver = await startReceiver()
  receiver.state.answer = () => 500
  server = await startServer({ env: { TALMACH_ALLOW_PRIVATE_URLS: 'yes' } })
  admin = await server.token('admin')
  filled = await fillDesk(server, admin, receiver.url)
}, 120_000)
beforeEach(async (context) => {
  needChromium(context)
  browser ??= await launch()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await receiver?.close()
})

/** What a payload would have done to a page, had it been more than text. */
const TRACES = `({
  ran: window.__ran ?? null,
  elements: [...document.querySelectorAll('[data-injected], [onerror], [onload], [src*="x-injected"], [href^="javascript" i]')]
    .map((element) => element.outerHTML.slice(0, 200)),
  polluted: 'polluted' in {},
})`
const CLEAN = { ran: null, elements: [], polluted: false }

/** Texts with bidirectional controls that could turn round what stands beside them on their line. */
const UNISOLATED = `[...(function* () {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!/[\\u202a-\\u202e]/.test(node.data)) continue
    let element = node.parentElement
    while (element !== null && getComputedStyle(element).display === 'inline' &&
           !/isolate|plaintext/.test(getComputedStyle(element).unicodeBidi)) element = element.parentElement
    const own = element === null || /isolate|plaintext/.test(getComputedStyle(element).unicodeBidi)
    // A paragraph of the article, which stands alone.
    if (element?.matches('.target-text, .source-text, .cm-line')) continue
    if (!own && element.textContent.trim() !== node.data.trim()) yield element.outerHTML.slice(0, 300)
  }
})()]`

type Watch = { readonly visit: Visit; readonly wrong: string[] }

async function watch(path: string): Promise<Watch> {
  const visitor = await visit(browser, { url: server.url, token: admin, path: '/healthz' })
  const wrong: string[] = []
  const { page } = visitor
  page.on('dialog', (dialog) => {
    wrong.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol === 'data:') return
    if (url.origin !== new URL(server.url).origin || url.pathname === '/x-injected')
      wrong.push(`asked for ${url.href}`)
  })
  await page.goto(server.url + path)
  return { visit: visitor, wrong }
}

/** Opens a page, does something there, and looks for traces. @param shows a piece of a payload that must be on it as text */
async function look(
  path: string,
  shows: readonly string[],
  act?: (page: Page) => Promise<void>,
): Promise<void> {
  const { visit: visitor, wrong } = await watch(path)
  const { page, faults, context } = visitor
  try {
    await page.waitForLoadState('networkidle').catch(() => {})
    await act?.(page)
    const text = () =>
      page.evaluate<string>(
        'document.body.innerText + [...document.querySelectorAll("input, textarea")].map((field) => field.value).join(" ")',
      )
    for (const piece of shows)
      await expect.poll(text, { timeout: 15_000, message: `${path} shows it` }).toContain(piece)
    const traces = await page.evaluate<Record<string, unknown>>(TRACES)
    const unisolated = await page.evaluate<string[]>(UNISOLATED)
    expect({ path, ...traces, wrong, faults, unisolated }).toEqual({
      path,
      ...CLEAN,
      wrong: [],
      faults: [],
      unisolated: [],
    })
  } finally {
    await context.close()
  }
}

describe('pages with payloads in every text', { timeout: 180_000 }, () => {
  it('show them as text on the desk', async () => {
    await look('/', [bad('headline'), bad('heading'), MALLORY])
    await look(
      `/?text=${encodeURIComponent(bad('search'))}&who=${encodeURIComponent(bad('who'))}&state=${encodeURIComponent(bad('state'))}`,
      [bad('search')],
    )
    await look(`/${encodeURIComponent('"><script>__ran=1</script>')}`, [])
    await look(`/documents/${encodeURIComponent(bad('id'))}/${encodeURIComponent(bad('locale'))}`, [])
    await look(`/documents/${filled.article}/cost`, [bad('headline')])
  })

  it('show them as text in the editor, its comments, history and preview', async () => {
    await look(
      `/documents/${filled.article}/de`,
      [bad('source'), bad('target'), bad('comment')],
      async (page) => {
        await page.locator('#segment-2 .target-text').click()
        await page
          .locator('#segment-2')
          .getByRole('button', { name: /\d comment/ })
          .click()
        await page.keyboard.press('Alt+Shift+P')
      },
    )
    await look(
      `/documents/${filled.article}/fr`,
      [bad('french'), MALLORY, bad('rejection')],
      async (page) => {
        // The first that is not done is open already.
        await page.locator('#segment-1[data-active="true"]').waitFor()
        await page.locator('#segment-1').getByRole('button', { name: 'History' }).click()
        await page.getByRole('dialog').getByText(MALLORY).first().waitFor()
      },
    )
    const search = new URLSearchParams({ text: bad('filter'), q: bad('q'), find: bad('find') })
    await look(`/documents/${filled.article}/de?${search}#${encodeURIComponent(bad('segment'))}`, [])
    await look(`/documents/${filled.page}/de`, [bad('html')])
  })

  it('show them as text among terms', async () => {
    await look('/terms', [])
    await look('/terms/hostile', [bad('term')])
    await look(
      `/terms/hostile/${filled.concept}`,
      [bad('definition'), bad('remark'), bad('note'), EVE],
      async (page) => {
        for (const button of await page.getByRole('button', { name: /history/i }).all()) await button.click()
      },
    )
    await look(`/terms/${encodeURIComponent(bad('glossary'))}/${encodeURIComponent(bad('concept'))}`, [])
  })

  it('show them as text in memories', async () => {
    await look('/memories', [bad('memory')])
    await look('/memories/search', [bad('pair'), bad('author')], async (page) => {
      await page.getByLabel('Words').fill('hostilepair')
      await page.getByRole('button', { name: 'Search' }).click()
    })
    await look('/memories/clean', [])
  })

  it('show them as text about publishing', async () => {
    await look('/publishing', [bad('withdrawn')], async (page) => {
      await page.getByRole('button', { name: 'History' }).first().click()
    })
    await look('/publishing/webhooks', ['hook?'], async (page) => {
      for (const button of await page.getByRole('button', { name: /deliver|log|sent/i }).all())
        await button.click()
    })
    await look(`/publishing/${encodeURIComponent(bad('part'))}`, [])
  })

  it('show them as text about people, comments, reports and files', async () => {
    await look('/reports', [EVE])
    await look(
      `/reports?${new URLSearchParams({ person: bad('person'), from: bad('from'), to: bad('to') })}`,
      [],
    )
    await look('/comments', [bad('comment'), EVE], async (page) => {
      await page.getByRole('button', { name: 'All that are open' }).click()
    })
    await look('/people', [EVE, MALLORY])
    await look('/account', [])
    await look(`/invitation#${encodeURIComponent(bad('code'))}`, [])
    await look(`/sign-in?code=${encodeURIComponent(bad('code'))}`, [])
    await look(`/sign-in?link=${encodeURIComponent(bad('code'))}`, [])
    await look('/files', [], async (page) => {
      await page.locator('input[type="file"]').setInputFiles({
        ...{ name: `${bad('file')}.xlf`.replaceAll('/', ''), mimeType: 'application/xml' },
        buffer: Buffer.from(
          `<xliff version="1.2"><file original="&lt;img data-injected src=/x-injected&gt;"><b data-injected="">x</b></file></xliff>`,
        ),
      })
      await page
        .getByText(/^Line \d+, column/)
        .first()
        .waitFor()
    })
  })
})

describe('what is published', { timeout: 120_000 }, () => {
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await server.api(admin, path, { headers })
    expect([path, response.status]).toEqual([path, 200])
    return response
  }
  /** Reads HTML as a site without any protection would. */
  const tracesIn = async (html: string) => {
    const context = await browser.newContext()
    const page = await context.newPage()
    const asked: string[] = []
    const site = 'http://careless.example/'
    await page.route('**', (route) => {
      const url = route.request().url()
      if (url === site) return route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' })
      asked.push(url)
      return route.abort()
    })
    await page.goto(site, { waitUntil: 'load' })
    const traces = await page.evaluate<Record<string, unknown>>(TRACES)
    const scripts = await page.evaluate<number>('document.scripts.length')
    const text = await page.evaluate<string>('document.documentElement.textContent')
    await context.close()
    return { traces: { ...traces, scripts, asked }, text }
  }
  const NOTHING = { ...CLEAN, scripts: 0, asked: [] }

  it('would be found out if it did not', async () => {
    const { traces } = await tracesIn(`<p>${bad('careless')}</p>`)
    expect(traces).toMatchObject({ ran: 1, scripts: 1, asked: [expect.stringContaining('x-injected')] })
    expect(traces).toHaveProperty('elements.length', 1)
  })

  it('carries them as text in every rendering', async () => {
    for (const [id, shown] of [
      [filled.article, bad('target')],
      [filled.page, bad('html')],
      [filled.plain, bad('plain')],
    ] as const) {
      const path = `/api/documents/${id}/bundle/de`
      const { traces, text } = await tracesIn(await (await get(`${path}?as=html`)).text())
      expect({ id, ...traces }).toEqual({ id, ...NOTHING })
      expect(text).toContain(shown)
      if (id === filled.plain) expect(text).toContain(bad('correction'))
      const markdown = fromMarkdown(await (await get(`${path}?as=md`)).text())
      expect(JSON.stringify(markdown)).not.toContain('"type":"html"')
      for (const as of ['txt', 'json', 'manifest']) {
        const { headers } = await get(`${path}?as=${as}`)
        expect(headers.get('content-type')).toMatch(/^(?:text\/plain|application\/json)/)
        expect(headers.get('x-content-type-options')).toBe('nosniff')
      }
    }
  })

  it('carries them as text in the documents themselves, which are sent as files', async () => {
    const page = await get(`/api/documents/${filled.page}/bundle/de`)
    expect(page.headers.get('content-disposition')).toMatch(
      /^attachment; filename="[\w.() -]+"; filename\*=UTF-8''[\w.%~!-]+$/,
    )
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    const { traces, text } = await tracesIn(await page.text())
    expect(traces).toEqual(NOTHING)
    expect(text).toContain(bad('html'))
    // What the author wrote as mark-up stays as it was; nothing else is.
    const markdown = await (await get(`/api/documents/${filled.article}/bundle/de`)).text()
    const tags: unknown[] = []
    JSON.stringify(fromMarkdown(markdown), (_, node) => {
      if (node?.type === 'html') tags.push(node.value)
      return node
    })
    expect(tags).toEqual(['<b onclick="__ran=1">', '</b>'])
  })

  it('carries them as text in releases, with the list of languages', async () => {
    for (const id of [filled.article, filled.page]) {
      const response = await get(`/api/documents/${id}/bundle`)
      expect(response.headers.get('content-disposition')).toMatch(
        /^attachment; filename="[\w.() -]+"; filename\*=UTF-8''[\w.%~!-]+$/,
      )
      const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
      for (const name of Object.keys(files)) {
        expect(name).not.toMatch(/(?:^|\/)\.\.(?:\/|$)|^\/|\\|[\u0000-\u001f\u202a-\u202e]/)
      }
      const { traces } = await tracesIn(strFromU8(files['available-in.html'] ?? new Uint8Array()))
      expect(traces).toEqual(NOTHING)
      JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array()))
    }
  })

  it('carries them as text in feeds, which are well-formed', async () => {
    const feed = (await (await get('/feed.json')).json()) as {
      items: { title: string; content_html: string; authors?: { name: string }[] }[]
    }
    expect(feed.items.length).toBeGreaterThanOrEqual(4)
    for (const { content_html } of feed.items) expect((await tracesIn(content_html)).traces).toEqual(NOTHING)
    expect(feed.items.flatMap(({ authors = [] }) => authors.map(({ name }) => name))).toContain(MALLORY)
    expect(feed.items.map(({ title }) => title).join()).toContain(bad('target'))
    const atom = await (await get('/feed.atom')).text()
    const context = await browser.newContext()
    const page = await context.newPage()
    const read = await page.evaluate<{
      error: string | null
      titles: string[]
      html: string[]
      names: string[]
      elements: string[]
    }>(`(() => {
      const document = new DOMParser().parseFromString(${JSON.stringify(atom)}, 'application/xml')
      const texts = (name) => [...document.getElementsByTagName(name)].map((element) => element.textContent)
      return { error: document.querySelector('parsererror')?.textContent ?? null, titles: texts('title'), html: texts('content'),
        names: texts('name'), elements: [...new Set([...document.querySelectorAll('*')].map((element) => element.localName))] }
    })()`)
    await context.close()
    expect(read.error).toBeNull()
    expect(read.elements.sort()).toEqual([
      'author',
      'content',
      'entry',
      'feed',
      'generator',
      'id',
      'link',
      'name',
      'published',
      'title',
      'updated',
    ])
    expect(read.titles.join('\n')).toContain(bad('target'))
    expect(read.names).toContain(MALLORY)
    for (const html of read.html) expect((await tracesIn(html)).traces).toEqual(NOTHING)
  })

  it('says why it is withdrawn in plain text', async () => {
    const gone = await server.api(admin, `/api/documents/${filled.withdrawn}/bundle/de`)
    expect(gone.status).toBe(410)
    expect(gone.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(((await gone.json()) as { detail: string }).detail).toBe(bad('withdrawn'))
  })
})

describe('a receiver of webhooks', () => {
  it('gets them as JSON', async () => {
    await eventually('messages', async () => receiver.messages.length > 0)
    for (const { body, headers } of receiver.messages) {
      expect(headers['content-type']).toBe('application/json')
      expect(() => JSON.parse(body)).not.toThrow()
    }
  })
})
