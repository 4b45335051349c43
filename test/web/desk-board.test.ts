import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runAxe } from './axe.ts'
import { launch, needChromium, type Visit, visit } from './browser.ts'
import { type Newsroom, openNewsroom } from './newsroom.ts'

let newsroom: Newsroom
let browser: Browser
let first: string
let second: string
const people: Visit[] = []

beforeAll(async () => {
  newsroom = await openNewsroom()
  first = await newsroom.submit('de', 'fr')
  second = await newsroom.submit('de', 'ar')
}, 60_000)
afterAll(() => newsroom?.close())
beforeEach(async (context) => {
  needChromium(context)
  browser ??= await launch()
})
afterEach(async () => {
  const all = people.splice(0)
  await Promise.all(all.map(({ context }) => context.close()))
  expect(all.flatMap(({ faults }) => faults)).toEqual([])
})
afterAll(() => browser?.close())

async function enter(role: string, path = '/', options: { width?: number; locales?: string[] } = {}) {
  const token = await newsroom.token(role, options.locales)
  const person = await visit(browser, { url: newsroom.url, token, path, ...options })
  people.push(person)
  return person.page
}
const rows = (page: Page) => page.locator('.row')
const rowOf = (page: Page, id: string) => rows(page).filter({ has: page.locator(`#title-${id}`) })
const cellOf = (page: Page, id: string, locale: string) =>
  rowOf(page, id).locator(`[data-locale="${locale}"]`)
const personIn = (page: Page, id: string, locale: string, name: string) =>
  cellOf(page, id, locale).locator('.person', { hasText: name })
/** Opens the menu of a cell and chooses from it, with keys alone. */
async function choose(page: Page, id: string, locale: string, item: string) {
  const summary = cellOf(page, id, locale).locator('summary')
  await summary.focus()
  await page.keyboard.press('Enter')
  await cellOf(page, id, locale).getByRole('button', { name: item }).focus()
  await page.keyboard.press('Enter')
}

describe('the board', () => {
  it('lets a translator take a language and hand it back, and shows it to others at once', async () => {
    const watcher = await enter('editor')
    await cellOf(watcher, first, 'de').waitFor()
    const page = await enter('translator')
    await choose(page, first, 'de', 'Take it as translator')
    await personIn(page, first, 'de', 'test translator').waitFor()
    await personIn(watcher, first, 'de', 'test translator').waitFor()
    expect(await personIn(watcher, first, 'fr', 'test translator').count()).toBe(0)

    await choose(page, first, 'de', 'Hand back as translator…')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(/should know/).fill('Only the headline is left')
    await dialog.getByRole('button', { name: 'Hand back', exact: true }).click()
    await personIn(watcher, first, 'de', 'test translator').waitFor({ state: 'detached' })
    await personIn(page, first, 'de', 'test translator').waitFor({ state: 'detached' })
  })

  it('lets an editor give a language to somebody, and take it away', async () => {
    const page = await enter('editor')
    await choose(page, first, 'fr', 'Assign to somebody…')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Assign', exact: true }).click()
    await dialog.getByText('Write whom you give it to.').waitFor()
    await dialog.getByLabel('Person').fill('Ada')
    await dialog.getByLabel(/should know/).fill('before noon, please')
    expect((await runAxe(page)).violations).toEqual([])
    await dialog.getByRole('button', { name: 'Assign', exact: true }).click()
    await personIn(page, first, 'fr', 'Ada').waitFor()

    await choose(page, first, 'fr', 'Assign to somebody…')
    await dialog.getByLabel('translator').check()
    await dialog.getByLabel('Person').fill('Ben')
    await dialog.getByText(/^Ada has it until/).waitFor()
    await dialog.getByRole('button', { name: 'Take it and assign' }).click()
    await personIn(page, first, 'fr', 'Ben').waitFor()
    expect(await personIn(page, first, 'fr', 'Ada').count()).toBe(0)
    await choose(page, first, 'fr', 'Take it from Ben…')
    await dialog.getByRole('button', { name: 'Take it from them' }).click()
    await personIn(page, first, 'fr', 'Ben').waitFor({ state: 'detached' })
  })

  it('puts breaking news on top, for others as well, and shows when it is due', async () => {
    const watcher = await enter('translator')
    await rows(watcher).nth(1).waitFor()
    expect(await rows(watcher).first().locator('.row-title').getAttribute('id')).toBe(`title-${second}`)
    const page = await enter('editor')
    await rowOf(page, first).getByText('More').click()
    await rowOf(page, first).getByRole('button', { name: 'Priority, deadlines, subject…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: 'Breaking' }).check()
    await dialog.getByLabel('Deadline of the document').fill('2020-01-01T10:00')
    await dialog.getByText('Other deadlines for some languages').click()
    await dialog.getByLabel('French').fill('2036-01-01T10:00')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await rowOf(page, first).locator('.badge.breaking').waitFor()
    await rowOf(page, first)
      .getByText(/^was due/)
      .waitFor()
    await cellOf(page, first, 'fr')
      .getByText(/^due in/)
      .waitFor()
    await rowOf(watcher, first).locator('.badge.breaking').waitFor()
    await watcher.reload()
    await rows(watcher).nth(1).waitFor()
    expect(await rows(watcher).first().locator('.row-title').getAttribute('id')).toBe(`title-${first}`)
    expect(await rowOf(watcher, first).getByText('Priority, deadlines, subject…').count()).toBe(0)
  })

  it('filters, searches and sorts, and keeps that in the address', async () => {
    const page = await enter('editor')
    await rows(page).nth(1).waitFor()
    await page.getByLabel('Language', { exact: true }).selectOption('ar')
    await rowOf(page, first).waitFor({ state: 'detached' })
    expect(await rows(page).count()).toBe(1)
    expect(page.url()).toContain('locale=ar')
    await page.getByLabel('Who').selectOption('mine')
    await page.getByText('No document is like that').waitFor()
    expect((await runAxe(page)).violations).toEqual([])
    await page.getByRole('button', { name: 'Show everything' }).click()
    await rows(page).nth(1).waitFor()
    await page.getByRole('searchbox').fill('sTRike spr')
    await page.waitForURL(/text=sTRike/)
    await rows(page).nth(1).waitFor()
    await page.getByRole('searchbox').fill('flood')
    await page.getByText('No document is like that').waitFor()
    await page.goto(`${newsroom.url}/?sort=newest&priority=breaking,high`)
    await rowOf(page, first).waitFor()
    expect(await rows(page).count()).toBe(1)
  })

  it('asks for the rest by itself where live updates are refused, and says when the line is down', async () => {
    const page = await enter('editor')
    await rows(page).first().waitFor()
    await page.route('**/api/board*', (route) => route.abort())
    await page.getByLabel('Language', { exact: true }).selectOption('fr')
    await page.getByText(/The server does not answer/).waitFor()
    await page.unroute('**/api/board*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await rowOf(page, second).waitFor({ state: 'detached' })
    await rowOf(page, first).waitFor()
  })
})

describe('my work', () => {
  it('offers what waits in my languages, the most urgent first, and keeps what I took', async () => {
    const page = await enter('translator', '/?view=mine', { locales: ['de'] })
    const parts = page.locator('.work-part')
    const free = parts.filter({ has: page.getByRole('heading', { name: 'What you could take' }) })
    await free.locator('.work-item').nth(1).waitFor()
    expect(await free.locator('[data-locale]:not([data-locale="de"])').count()).toBe(0)
    await free.locator('.work-item').first().locator('.badge.breaking').waitFor()
    await page.getByText('You have no work').waitFor()
    expect((await runAxe(page)).violations).toEqual([])
    await free.getByRole('button', { name: 'Take it as translator' }).first().click()
    const due = parts.filter({ has: page.getByRole('heading', { name: 'Due within a day' }) })
    await due.locator('.person', { hasText: 'test translator' }).waitFor()
    await free.locator('.work-item').nth(1).waitFor({ state: 'detached' })
    await page.getByText('Nothing else').waitFor()
    await due.getByRole('link', { name: 'Open German in the editor' }).click()
    await page.waitForURL(new RegExp(`/documents/${first}/de`))
  })

  it('fits a phone 360 pixels wide, as the board does', async () => {
    for (const path of ['/', '/?view=mine']) {
      const page = await enter('editor', path, { width: 360 })
      await page.locator('.cell').first().waitFor()
      expect(
        await page.evaluate<number>(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        ),
      ).toBe(0)
    }
  })
})
