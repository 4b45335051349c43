import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runAxe } from './axe.ts'
import { launch, needChromium, type Visit, visit } from './browser.ts'
import { type Newsroom, openNewsroom } from './newsroom.ts'

let newsroom: Newsroom
let browser: Browser
let person: Visit | undefined

beforeAll(async () => {
  newsroom = await openNewsroom()
}, 60_000)
afterAll(() => newsroom?.close())
beforeEach(async (context) => {
  needChromium(context)
  browser ??= await launch()
})
afterEach(async () => {
  const faults = person?.faults ?? []
  await person?.context.close()
  person = undefined
  expect(faults).toEqual([])
})
afterAll(() => browser?.close())

async function open(path: string, role?: string, width?: number): Promise<Page> {
  person = await visit(browser, {
    ...{ url: newsroom.url, path },
    ...(role === undefined ? {} : { token: await newsroom.token(role) }),
    ...(width === undefined ? {} : { width }),
  })
  return person.page
}

const language = (page: Page) => page.locator('html').getAttribute('lang')
const sideways = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
async function isWell(page: Page): Promise<void> {
  expect((await runAxe(page)).violations).toEqual([])
  expect(await sideways(page)).toBe(0)
}
/** Where screenshots go that somebody wants to look at. */
const look = async (page: Page, name: string) => {
  const folder = process.env.TALMACH_SHOTS
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

describe('the language of the pages', () => {
  it('can be chosen by somebody who has not signed in, and stays', async () => {
    const page = await open('/')
    const choice = page.getByLabel('Language of the pages')
    await choice.waitFor()
    expect(await choice.locator('option').allTextContents()).toEqual([
      'English',
      'Deutsch',
      'Español',
      'Français',
      'Português (Brasil)',
      'Português europeu',
    ])
    await choice.selectOption({ label: 'Deutsch' })
    await page.getByRole('heading', { name: 'Anmelden' }).waitFor()
    expect(await language(page)).toBe('de')
    await look(page, 'sign-in')
    await isWell(page)
    await page.reload()
    await page.getByRole('heading', { name: 'Anmelden' }).waitFor()
    expect(await language(page)).toBe('de')
  })

  it('changes without losing what was typed and not saved', async () => {
    const id = await newsroom.submit('de')
    const page = await open(`/documents/${id}/de`, 'editor')
    await page.locator('#segment-3').waitFor()
    // The line to the server is bad for what is written.
    await page.route('**/targets/**', (route) => route.abort())
    await page.locator('#segment-1 .cm-content').fill('Streik greift um sich')
    await page.locator('#segment-1').getByText('Not saved yet').waitFor()
    await page.goto(`${newsroom.url}/account`)
    await page.getByLabel('On this device').selectOption({ label: 'Deutsch' })
    await page.getByRole('heading', { name: 'Mein Konto' }).waitFor()
    await page.goto(`${newsroom.url}/documents/${id}/de`)
    await page.locator('#segment-1').getByText('Streik greift um sich').waitFor()
    await page.getByText('Übersetzt').first().waitFor()
    expect(await language(page)).toBe('de')
  })

  it('is that of findings, of matches and of refused requests', async () => {
    const inSpanish = async (path: string) => {
      const page = await open(path, 'editor')
      await page.evaluate("localStorage.setItem('talmach-language', 'es')")
      await page.reload()
      return page
    }
    const page = await inSpanish(`/documents/${await newsroom.submit('de')}/de`)
    const headline = page.locator('#segment-1')
    await headline.locator('.target-text, .cm-content').click()
    await page.locator('.cm-content').fill('Streik greift in Minsk um sich')
    await page.keyboard.press('Control+Shift+Enter')
    await headline.getByText('✓ Aprobado').waitFor()

    const row = page.locator('#segment-3')
    await row.locator('.target-text, .cm-content').click()
    await page.locator('.cm-content').fill('Niemand ging ging heim.')
    await page.keyboard.press('Control+Enter')
    const finding = row.getByText('«ging» está aquí dos veces.')
    await finding.waitFor()
    expect(await finding.locator('bdi').allTextContents()).toEqual(['ging'])
    expect(await finding.getAttribute('title')).toMatch(/^Palabra repetida: La misma palabra/)

    await page.goto(`${newsroom.url}/documents/${await newsroom.submit('de')}/de`)
    await headline.locator('.target-text, .cm-content').click()
    await headline.locator('.match .hint').getByText('la misma frase').waitFor()
    await page.goto(`${newsroom.url}/documents/00000000-0000-4000-8000-000000000000/de`)
    await page.getByText(/No se encontró: /).waitFor()
  })

  it('leaves the desk and the editor usable in German at 360 pixels', async () => {
    const id = await newsroom.submit('de', 'fr')
    const page = await open('/account', 'editor', 360)
    await page.getByLabel('On this device').selectOption({ label: 'Deutsch' })
    await page.getByRole('heading', { name: 'Mein Konto' }).waitFor()
    await page.goto(newsroom.url)
    await page.getByText('Bereit zur Prüfung').and(page.locator(':not(option)')).first().waitFor()
    await look(page, 'desk')
    await isWell(page)
    await page.goto(`${newsroom.url}/documents/${id}/fr`)
    await page.locator('#segment-3').waitFor()
    await page.locator('#segment-2 .target-text').click()
    await page.getByRole('toolbar', { name: 'Segment 2' }).waitFor()
    await look(page, 'editor')
    await isWell(page)
  })
})
