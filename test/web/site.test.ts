import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildSite } from '../../translations/site/build.ts'
import { newsdesk } from '../support/newsdesk.ts'
import { runTalmach } from '../support/process.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { runAxe } from './axe.ts'
import { launch, needChromium } from './browser.ts'

const SOURCE = `# The strike goes on

Nobody went home on Friday.

- *Twelve* shops stayed shut.
- The trams did not run.
`
const TRANSLATIONS: Readonly<Record<string, readonly string[]>> = {
  de: [
    'Der Streik geht weiter',
    'Am Freitag ging niemand nach Hause.',
    'Zwölf Läden blieben zu.',
    'Die Straßenbahnen fuhren nicht.',
  ],
  ar: [
    'الإضراب مستمر',
    'لم يعد أحد إلى بيته يوم الجمعة.',
    'بقي اثنا عشر متجرًا مغلقًا.',
    'لم تتحرك عربات الترام.',
  ],
  he: ['השביתה נמשכת', 'איש לא הלך הביתה ביום שישי.', 'שתים־עשרה חנויות נותרו סגורות.', 'החשמליות לא נסעו.'],
}
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.json': 'application/json',
  '.atom': 'application/atom+xml',
}

let server: TestServer
let folder: string
let site: Server
let base: string
let browser: Browser | undefined
let strike: string

beforeAll(async () => {
  server = await startServer()
  folder = await mkdtemp(join(tmpdir(), 'talmach-site-'))
  const token = await server.token('admin')
  const desk = newsdesk(server, token)
  // The samples are full of terms, which these stand-ins for translations do not have.
  await desk.send('PUT', '/api/glossaries/belarus-2020/settings', { enforcement: { '*': 'advisory' } })
  strike = await desk.submit(SOURCE, ['de', 'ar', 'he'], { name: 'strike goes on.md' })
  await desk.send('PATCH', `/api/documents/${strike}/publication`, { licence: 'CC BY 4.0' })
  for (const [locale, texts] of Object.entries(TRANSLATIONS)) {
    for (const [place, segment] of (await desk.segmentsOf(strike, locale)).entries()) {
      const text = keepCodes(segment.source, texts[place] ?? '')
      const path = `/api/segments/${segment.id}/targets/${locale}`
      expect((await desk.send('PUT', path, { text }, { 'If-Match': '"0"' })).status).toBe(200)
    }
    await desk.approve(strike, locale)
    await desk.fetched(`/api/documents/${strike}/bundle/${locale}`)
  }
  const sample = await readFile(
    join(import.meta.dirname, '../../translations/samples/decree-no-3.md'),
    'utf8',
  )
  const decree = await desk.submit(sample, ['de'], { name: 'decree-no-3.md' })
  await desk.finish(decree, 'de')
  await pull()
  site = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://site').pathname)
    const file = join(folder, 'out', path.endsWith('/') ? `${path}index.html` : path)
    const bytes = await readFile(file).catch(() => undefined)
    response.writeHead(bytes === undefined ? 404 : 200, {
      'content-type': TYPES[extname(file)] ?? 'text/plain',
    })
    response.end(bytes)
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
}, 180_000)
afterAll(async () => {
  await browser?.close()
  site?.close()
  await server?.close()
  if (folder !== undefined) await rm(folder, { recursive: true, force: true })
})

/** What a site's own job would do: fetch what is published, and make the pages. */
async function pull(): Promise<readonly string[]> {
  const env = { TALMACH_URL: server.url, TALMACH_TOKEN: await server.token('publisher') }
  const from = join(folder, 'published')
  const fetched = await runTalmach(['bundle', '--all', '--dir', from, '--as', 'html'], env)
  expect([fetched.code, fetched.stderr]).toEqual([0, ''])
  return buildSite({
    from,
    out: join(folder, 'out'),
    name: 'The Sample Dispatch',
    base: 'https://news.example/',
    locales: ['de', 'he'],
  })
}

/** Puts the codes of the source, which stand around its first word, around that of the translation. */
function keepCodes(source: string, text: string): string {
  const [open, close] = source.match(/[\ue000-\uf8ff]/g) ?? []
  if (open === undefined || close === undefined) return text
  const end = text.indexOf(' ')
  return `${open}${text.slice(0, end)}${close}${text.slice(end)}`
}

async function visitSite(
  path: string,
  look: { width?: number; colorScheme?: 'light' | 'dark' } = {},
): Promise<Page> {
  browser ??= await launch()
  const context = await browser.newContext({
    viewport: { width: look.width ?? 1280, height: 900 },
    colorScheme: look.colorScheme ?? 'light',
    // It needs none.
    javaScriptEnabled: true,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(base + path)
  return page
}

describe('the sample site', { timeout: 90_000 }, () => {
  it('is pages without scripts that say their language and direction, and where the others are', async () => {
    const html = await readFile(join(folder, 'out/ar/strike goes on.html'), 'utf8')
    expect(html).toContain('<html lang="ar" dir="rtl">')
    for (const locale of ['ar', 'de', 'he']) {
      expect(html).toContain(
        `<link rel="alternate" hreflang="${locale}" href="https://news.example/${locale}/strike%20goes%20on.html">`,
      )
    }
    expect(html).toContain('href="../ar/feed.atom"')
    expect(html).not.toMatch(/<script|\son\w+=|javascript:/i)
    const feed = await readFile(join(folder, 'out/he/feed.atom'), 'utf8')
    expect(feed).toContain('https://news.example/he/strike%20goes%20on.html')
    expect(feed).toContain('השביתה נמשכת')
  })

  it('leads a reader from language to language, in Chromium, also without scripts', async (context) => {
    needChromium(context)
    const page = await visitSite('/')
    await page.getByRole('listitem').getByRole('link', { name: 'Deutsch' }).last().click()
    await page.getByRole('link', { name: 'Der Streik geht weiter' }).click()
    await page.getByRole('heading', { level: 1, name: 'Der Streik geht weiter' }).waitFor()
    const languages = page.getByRole('navigation', { name: 'Sprachen' })
    expect(await languages.getByRole('link').allTextContents()).toEqual(['العربية', 'Deutsch', 'עברית'])
    expect(await languages.locator('[aria-current]').textContent()).toBe('Deutsch')
    await languages.getByRole('link', { name: 'العربية' }).click()
    await page.getByRole('heading', { level: 1, name: 'الإضراب مستمر' }).waitFor()
    const style = await page
      .locator('li em')
      .first()
      .evaluate((element) => ({
        direction: getComputedStyle(element).direction,
        text: element.textContent,
      }))
    expect(style).toEqual({ direction: 'rtl', text: 'بقي' })
    const proof = await page.getByRole('link', { name: 'كيف أُنجزت هذه الترجمة' }).getAttribute('href')
    const manifest = await fetch(new URL(proof ?? '', page.url()))
    expect(((await manifest.json()) as { licence: string }).licence).toBe('CC BY 4.0')
    await page.getByText('CC BY 4.0').waitFor()
    await page.context().close()
  })

  it('can be read by all: axe, a telephone, the dark', async (context) => {
    needChromium(context)
    for (const path of ['/', '/de/', '/de/decree-no-3.html', '/ar/strike goes on.html', '/he/']) {
      const page = await visitSite(path, { width: 320, colorScheme: 'dark' })
      expect([path, (await runAxe(page)).violations]).toEqual([path, []])
      const sideways = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
      expect([path, await page.evaluate(sideways)]).toEqual([path, 0])
      await page.context().close()
    }
  })

  it('shows the notice where an article was withdrawn, in the reader’s language where there is one', async () => {
    const desk = newsdesk(server, await server.token('admin'))
    await desk.send('PUT', `/api/documents/${strike}/retraction`, {
      notice: 'The figures were wrong.',
      notices: { de: 'Die Zahlen waren falsch.' },
    })
    const files = await pull()
    expect(files.filter((file) => file.includes('strike'))).toEqual([
      'de/strike goes on.html',
      'he/strike goes on.html',
    ])
    const html = await readFile(join(folder, 'out/de/strike goes on.html'), 'utf8')
    expect(html).toContain('Die Zahlen waren falsch.')
    expect(html).toContain('<meta name="robots" content="noindex">')
    expect(html).not.toContain('nach Hause')
    expect(await readFile(join(folder, 'out/he/strike goes on.html'), 'utf8')).toContain(
      'The figures were wrong.',
    )
    // What an earlier run wrote is taken away.
    await expect(readFile(join(folder, 'out/ar/strike goes on.html'))).rejects.toThrow('ENOENT')
    await expect(readFile(join(folder, 'out/de/strike goes on.json'))).rejects.toThrow('ENOENT')
    expect(await readFile(join(folder, 'out/de/feed.atom'), 'utf8')).not.toContain('nach Hause')
  })
})
