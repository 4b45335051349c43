import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runAxe } from './axe.ts'
import { launch, needChromium, type Visit, visit } from './browser.ts'
import { DISPATCH, type Newsroom, openNewsroom } from './newsroom.ts'

let newsroom: Newsroom
let browser: Browser
let person: Visit | undefined

beforeAll(async () => {
  newsroom = await openNewsroom()
})
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

async function enter(
  options: { width?: number; height?: number; colorScheme?: 'light' | 'dark' } = {},
): Promise<Page> {
  person = await visit(browser, { url: newsroom.url, token: await newsroom.token('admin'), ...options })
  return person.page
}
const german = (page: Page) => page.locator('.row').first().locator('[data-locale="de"]')
const menuOf = (page: Page) => german(page).locator('summary')
const SAVED_PAGE = {
  name: 'flood.html',
  mimeType: 'text/html',
  buffer: readFileSync(join(import.meta.dirname, '../formats/fixtures/article/news.html')),
}
/** The source of the newest document, as it is stored. */
async function sourceOf(page: Page): Promise<string> {
  const open = await german(page).getByRole('link', { name: /^Open/ }).getAttribute('href')
  const answer = await page.request.get(`${newsroom.url}/api/documents/${open?.split('/')[2]}/source`)
  return await answer.text()
}
const sidewaysScroll = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')

describe('the desk', () => {
  it('lets nobody in without a token, says how to get one, and says when one is wrong', async () => {
    person = await visit(browser, { url: newsroom.url })
    const { page } = person
    await page.getByText('I cannot get in, or have an access token').click()
    await page.getByText('npx talmach token').waitFor()
    await page.getByLabel('Access token').fill('talmach_wrong')
    await page.getByRole('button', { name: 'Use the token' }).click()
    await page.getByText(/unknown or has expired/).waitFor()
    await page.getByLabel('Access token').fill(await newsroom.token('editor'))
    await page.getByRole('button', { name: 'Use the token' }).click()
    await page.getByRole('heading', { name: 'Documents' }).waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Password').waitFor()
  })

  it('takes an article from the pasted text to the finished document', async () => {
    const page = await enter()
    await page.getByLabel('Text of the article').fill(DISPATCH)
    for (const name of ['Spanish', 'French', 'Brazilian Portuguese', 'European Portuguese']) {
      await page.getByLabel(name).uncheck({ force: true })
    }
    await page.getByRole('button', { name: 'Translate', exact: true }).click()
    await german(page).getByText('Ready for review').waitFor()
    await german(page).getByText('by DeepL').waitFor()

    await german(page).getByRole('link', { name: 'Open German in the editor' }).click()
    await page.locator('#segment-3 .target-text').click()
    await page.locator('.cm-content').fill('Niemand ging nach Hause.')
    await page.keyboard.press('Control+Shift+Enter')
    await page.locator('#segment-3').getByText('✓ Approved').waitFor()
    await page.getByRole('button', { name: 'Approve all clean…' }).click()
    await page.getByRole('button', { name: 'Approve them' }).click()
    await page.getByText('3 of 3 approved').waitFor()

    await page.getByRole('link', { name: 'Desk' }).click()
    await german(page).getByText('Finished', { exact: true }).waitFor()
    const download = page.waitForEvent('download')
    await german(page)
      .getByRole('link', { name: /^Download/ })
      .click()
    const finished = await readFile(await (await download).path(), 'utf8')
    expect(finished).toContain('Niemand ging nach Hause.</p>')
    expect(finished).toContain('<a href="https://example.org/square">')
    expect(finished).toContain('OMON')
    const zip = page.waitForEvent('download')
    await page.locator('.row').first().getByText('More').click()
    await page.getByRole('link', { name: 'Download all finished (ZIP)' }).first().click()
    expect((await readFile(await (await zip).path())).subarray(0, 2).toString()).toBe('PK')
  })

  it('takes a file, into a language that was added by its name', async () => {
    const page = await enter()
    await page.locator('input[type=file]').setInputFiles({
      name: 'hospital.md',
      mimeType: 'text/markdown',
      buffer: Buffer.from('# Doctors march\n\nIn white, across the capital.\n'),
    })
    await page.getByText('hospital.md').waitFor()
    await page.getByLabel(/^Add a language/).fill('arabic')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Translate', exact: true }).click()
    const card = page.locator('.row').first()
    await card.getByRole('heading', { name: 'Doctors march' }).waitFor()
    await card.getByText('Markdown').waitFor()
    await card.locator('[data-locale="ar"]').getByText('Ready for review').waitFor()
    expect(await card.locator('.cell').count()).toBe(6)
  })

  it('asks whether to take only the article of a saved page, and takes that', async () => {
    const page = await enter()
    await page.locator('input[type=file]').setInputFiles(SAVED_PAGE)
    await page.getByText('This looks like a saved web page. Take only the article?').waitFor()
    await page.getByText('Mara Lindqvist').waitFor()
    await page.getByText('14 May 2024').waitFor()
    await page.getByText('8 parts of the page left out').click()
    await page.getByText('We use cookies to make this site work.').waitFor()
    await page.getByText('Read what is taken').click()
    await page.getByText('The council meets again on Friday').waitFor()
    expect((await runAxe(page)).violations).toEqual([])
    await page.getByRole('button', { name: 'Translate this article' }).click()
    await page.locator('.preview').waitFor({ state: 'detached' })
    const card = page.locator('.row').first()
    await card.getByRole('heading', { name: 'River town counts its losses after the flood' }).waitFor()
    await german(page).getByText('Ready for review').waitFor()
    expect(await sourceOf(page)).toMatch(/^<article lang="en-GB">/)
  })

  it('shows the article of an address before it takes it', async () => {
    const site = createServer((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(SAVED_PAGE.buffer)
    })
    await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening))
    const page = await enter()
    const field = page.getByLabel('Text of the article')
    await field.fill(`http://127.0.0.1:${(site.address() as AddressInfo).port}/2024/flood`)
    await page.getByRole('button', { name: 'Look at the article' }).click()
    await page.getByText('Mara Lindqvist').waitFor()
    expect(await page.getByText('Take only the article?').count()).toBe(0)
    await page.getByRole('button', { name: 'Cancel' }).click()
    expect(await page.getByText('Mara Lindqvist').count()).toBe(0)
    await page.getByRole('button', { name: 'Look at the article' }).click()
    await page.getByRole('button', { name: 'Translate this article' }).click()
    await page.locator('.preview').waitFor({ state: 'detached' })
    expect(await field.inputValue()).toBe('')
    expect(await sourceOf(page)).toMatch(/^<article lang="en-GB">/)
    site.close()
  })

  it('takes the whole of a saved page where a person wants that', async () => {
    const page = await enter()
    await page.locator('input[type=file]').setInputFiles(SAVED_PAGE)
    await page.getByLabel('The whole page').check()
    await page.getByRole('button', { name: 'Translate the whole page' }).click()
    await page.locator('.preview').waitFor({ state: 'detached' })
    await german(page).getByText('Ready for review').waitFor()
    expect(await sourceOf(page)).toBe(SAVED_PAGE.buffer.toString())
  })

  it('asks nothing about an article by itself, and shows the language it is in', async () => {
    const page = await enter()
    const german = '<p>Das Wasser kam um vier Uhr morgens, schneller als irgendjemand erwartet hatte.</p>'
    await page.locator('input[type=file]').setInputFiles({
      name: 'flut.html',
      mimeType: 'text/html',
      buffer: Buffer.from(`<h1>Die Flut</h1>${german.repeat(6)}`),
    })
    await page.getByText('German, detected').waitFor()
    expect(await page.getByLabel('From').inputValue()).toBe('de')
    expect(await page.getByText('This looks like a saved web page').count()).toBe(0)
    await page.getByLabel('From').fill('en')
    await page.getByText('The article reads as German, not English.').waitFor()
    await page.getByRole('button', { name: 'Use German' }).click()
    expect(await page.getByLabel('From').inputValue()).toBe('de')
    await page.getByRole('button', { name: 'Translate', exact: true }).waitFor()
  })

  it('looks at a page that was pasted before it sends it', async () => {
    const page = await enter()
    await page.getByLabel('Text of the article').fill(SAVED_PAGE.buffer.toString())
    await page.getByRole('button', { name: 'Translate', exact: true }).click()
    await page.getByLabel('Only the article').waitFor()
    await page.getByRole('button', { name: 'Translate this article' }).click()
    await page.locator('.preview').waitFor({ state: 'detached' })
    await german(page).getByText('Ready for review').waitFor()
    expect(await sourceOf(page)).toMatch(/^<article lang="en-GB">/)
  })

  it('shows what a returned XLIFF would do before it does it', async () => {
    await newsroom.submit('de')
    const page = await enter()
    await menuOf(page).click()
    const download = page.waitForEvent('download')
    await german(page).getByText('Download XLIFF 1.2').click()
    const xliff = await readFile(await (await download).path(), 'utf8')
    const [, machine = ''] = /<target[^>]*>(Strike[^<]*)<\/target>/.exec(xliff) ?? []
    expect(machine).not.toBe('')

    await menuOf(page).click()
    await german(page).getByText('Return a translated XLIFF…').click()
    const dialog = page.getByRole('dialog')
    const returned = xliff.replace(`>${machine}</target>`, '>Streik greift in Minsk um sich</target>')
    await dialog.getByLabel('XLIFF file').setInputFiles({
      name: 'back.xlf',
      mimeType: 'application/xliff+xml',
      buffer: Buffer.from(returned),
    })
    await dialog.getByText('Would be taken over (1 segment)').waitFor()
    const id =
      new URL(
        (await german(page).getByRole('link', { name: /^Open/ }).getAttribute('href')) ?? '',
        newsroom.url,
      ).pathname.split('/')[2] ?? ''
    expect((await newsroom.segments(id, 'de'))[0]?.target?.text).toBe(machine)
    await dialog.getByRole('button', { name: 'Take over 1 segment' }).click()
    await dialog.getByRole('button', { name: 'Done' }).click()
    expect((await newsroom.segments(id, 'de'))[0]?.target?.text).toBe('Streik greift in Minsk um sich')
  })

  it('says in plain words what is wrong with what was sent', async () => {
    const page = await enter()
    await page.getByLabel('Text of the article').focus()
    await page.getByRole('button', { name: 'Translate', exact: true }).click()
    await page.getByText('Paste a text or choose a file first.').waitFor()
    await page.getByLabel(/^Add a language/).fill('klingon!')
    await page.getByRole('button', { name: 'Add' }).click()
    await page.getByText(/is not a known BCP 47 locale/).waitFor()
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'a.xlsx', mimeType: 'x/y', buffer: Buffer.from('') })
    await page.getByText(/“a.xlsx” cannot be read/).waitFor()
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`passes axe in ${colorScheme}`, async () => {
      await newsroom.submit('de', 'ar')
      const page = await enter({ colorScheme })
      await german(page).waitFor()
      const { passes, violations } = await runAxe(page)
      expect(violations).toEqual([])
      expect(passes).toBeGreaterThan(20)
    })
  }

  it('fits a phone 360 pixels wide', async () => {
    await newsroom.submit('pt-BR')
    const page = await enter({ width: 360, height: 780 })
    await page.locator('[data-locale="pt-BR"]').first().waitFor()
    expect(await sidewaysScroll(page)).toBe(0)
    await page.locator('input[type=file]').setInputFiles(SAVED_PAGE)
    await page.getByText(/of the page left out/).click()
    expect(await sidewaysScroll(page)).toBe(0)
  })
})
