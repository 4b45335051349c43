import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '../../src/domain/permission.ts'
import { issueToken } from '../../src/store/tokens.ts'
import { newsdesk } from '../support/newsdesk.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { runAxe } from './axe.ts'
import { launch, needChromium, type Visit, visit } from './browser.ts'

let server: TestServer
let browser: Browser
let desk: ReturnType<typeof newsdesk>
let people: Visit[] = []

beforeAll(async () => {
  server = await startServer()
  desk = newsdesk(server, await person('Zoe', 'admin'))
})
afterAll(() => server?.close())
beforeEach(async (context) => {
  needChromium(context)
  browser ??= await launch()
})
afterEach(async () => {
  const faults = people.flatMap(({ faults: found }) => found)
  for (const { context } of people) await context.close()
  people = []
  expect(faults).toEqual([])
})
afterAll(() => browser?.close())

const person = (name: string, role: Role = 'editor') =>
  issueToken(server.database.db, { kind: 'access', name, role, locales: [] })

const ARTICLE = 'Good morning to all. Nobody went home. It was late in Minsk.'

/** Three sentences with a translation by Zoe that waits for approval. */
async function newArticle(): Promise<string> {
  await server.database.db.deleteFrom('memory_unit').execute()
  const id = await desk.submit(ARTICLE, ['de'])
  await desk.translate(id, 'de', 'Satz:')
  return id
}
async function open(name: string, path: string, wait = '#segment-3'): Promise<Page> {
  const found = await visit(browser, { url: server.url, path, token: await person(name) })
  people.push(found)
  await found.page.locator(wait).waitFor()
  return found.page
}
/** Two cores, and other tests. */
const PATIENT = { timeout: 10_000 }
const field = (page: Page) => page.locator('.cm-content')
const row = (page: Page, number: number) => page.locator(`#segment-${number}`)
async function goTo(page: Page, number: number): Promise<void> {
  if ((await row(page, number).getAttribute('data-active')) !== 'true') {
    await row(page, number).locator('.target-text').click()
  } else await field(page).click()
  await row(page, number).locator('.cm-focused').waitFor()
}
/** Types over what stands there, as a person does. */
async function write(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+A')
  await page.keyboard.type(text)
}
const textOf = async (id: string, number: number) =>
  (await desk.segmentsOf(id, 'de'))[number - 1]?.target?.text

describe('several people in one document', () => {
  it('talk about a segment with the keyboard alone, and whoever is mentioned finds it', async () => {
    const id = await newArticle()
    const [ada, ben] = [await open('Ada', `/documents/${id}/de`), await open('Ben', `/documents/${id}/de`)]
    await goTo(ada, 2)
    await ada.keyboard.press('Alt+Shift+C')
    await ada.getByLabel('Comment on segment 2').waitFor()
    await ada.keyboard.type('Who is nobody, @be')
    await ada.getByRole('option', { name: 'Ben' }).waitFor()
    expect((await runAxe(ada)).violations).toEqual([])
    await ada.keyboard.press('Enter')
    await ada.keyboard.type('? <b>')
    await ada.keyboard.press('Control+Enter')
    await row(ada, 2).getByText('@Ben', { exact: true }).waitFor()
    // Without a reload.
    await row(ben, 2).getByRole('button', { name: '1 comment' }).press('Enter')
    await row(ben, 2).getByText('Who is nobody').waitFor()
    await row(ben, 2).getByRole('button', { name: 'Answer…' }).press('Enter')
    await ben.locator('textarea:focus').waitFor()
    await ben.keyboard.type('The strikers.')
    await ben.keyboard.press('Control+Enter')
    await row(ada, 2).getByText('The strikers.').waitFor()
    expect((await runAxe(ben)).violations).toEqual([])

    await ben.goto(`${server.url}/comments`)
    await ben.getByText('Who is nobody').waitFor()
    expect((await runAxe(ben)).violations).toEqual([])
    await ben.getByRole('link', { name: 'strike.md' }).click()
    await row(ben, 2).getByText('The strikers.').waitFor()
    await row(ben, 2).getByRole('button', { name: 'Resolve' }).click()
    await row(ada, 2).getByText('Resolved by Ben').waitFor()
  })

  it('see who is in which segment, are warned, and are kept from nothing', async () => {
    const id = await newArticle()
    const [ada, ben] = [await open('Ada', `/documents/${id}/de`), await open('Ben', `/documents/${id}/de`)]
    await goTo(ada, 3)
    await row(ben, 3).locator('.presence-name').getByText('Ada').waitFor()
    await goTo(ben, 3)
    await row(ben, 3).getByText('Ada has this segment open, too.').waitFor()
    await row(ada, 3).getByText('Ben has this segment open, too.').waitFor()
    await write(ben, 'Es war spät in Minsk.')
    await ben.keyboard.press('Control+Enter')
    // What Ben saved comes to Ada's page by itself.
    await expect.poll(() => field(ada).textContent(), PATIENT).toBe('Es war spät in Minsk.')
    await ada.close()
    await row(ben, 3).locator('.presence-name').waitFor({ state: 'detached' })
  })

  it('get both texts when they write at the same time, and can put them together', async () => {
    const id = await newArticle()
    await desk.translate(id, 'de', 'Die Polizei stand am Tor:')
    const before = (await textOf(id, 2)) ?? ''
    const [ada, ben] = [await open('Ada', `/documents/${id}/de`), await open('Ben', `/documents/${id}/de`)]
    await goTo(ada, 2)
    await goTo(ben, 2)
    await write(ben, before.replace('Tor', 'Platz'))
    await write(ada, before.replace('Polizei', 'OMON'))
    await ada.keyboard.press('Control+Enter')
    await row(ada, 2).getByText('Saved', { exact: true }).waitFor()
    await ben.keyboard.press('Control+Enter')
    await row(ben, 2).getByText('Ada changed this segment in the meantime').waitFor()
    expect((await runAxe(ben)).violations).toEqual([])
    await row(ben, 2).getByRole('button', { name: 'Use both' }).click()
    await expect
      .poll(() => textOf(id, 2), PATIENT)
      .toBe(before.replace('Polizei', 'OMON').replace('Tor', 'Platz'))
  })
})

describe('approving', () => {
  it('all that is clean is taken back by a key, and so is one approval by a button', async () => {
    const id = await newArticle()
    const page = await open('Ada', `/documents/${id}/de`)
    await page.getByRole('button', { name: 'Approve all clean…' }).click()
    await page.getByRole('button', { name: 'Approve them' }).waitFor()
    expect((await runAxe(page)).violations).toEqual([])
    await page.getByRole('button', { name: 'Approve them' }).click()
    await page.getByText('3 of 3 approved').waitFor()
    await page.keyboard.press('Alt+Shift+Backspace')
    await page.getByText('0 of 3 approved').waitFor()
    const states = (await desk.segmentsOf(id, 'de')).map(({ target }) => [target?.state, target?.version])
    expect(states).toEqual([
      ['translated', 3],
      ['translated', 3],
      ['translated', 3],
    ])
    await goTo(page, 1)
    await page.keyboard.press('Control+Shift+Enter')
    await row(page, 1).getByText('✓ Approved').waitFor()
    await goTo(page, 1)
    await row(page, 1).getByRole('button', { name: 'Take approval back' }).click()
    await row(page, 1).getByText('Translated', { exact: true }).waitFor()
  })

  it('says that four eyes are needed, and leaves what one wrote to others', async () => {
    const id = await newArticle()
    await desk.send('PUT', `/api/documents/${id}/review`, { fourEyes: true })
    const page = await open('Ada', `/documents/${id}/de`)
    await goTo(page, 2)
    await write(page, 'Niemand ging.')
    await row(page, 2).getByText('Four eyes: you wrote this').waitFor()
    await page.getByRole('button', { name: 'Approve all clean…' }).click()
    await page.getByRole('dialog').getByText('Four eyes').waitFor()
    await page.getByRole('button', { name: 'Approve them' }).click()
    await page.getByText('2 segments approved; left: 1 for somebody else.').waitFor()
    expect((await desk.segmentsOf(id, 'de')).map(({ target }) => target?.state)).toEqual([
      ...['reviewed', 'translated', 'reviewed'],
    ])
  })

  it('finds every version in the history, with state and origin, and puts one up again', async () => {
    const id = await newArticle()
    const before = await textOf(id, 2)
    const page = await open('Ada', `/documents/${id}/de`)
    await goTo(page, 2)
    await write(page, 'Ganz anders.')
    await page.keyboard.press('Control+Enter')
    await row(page, 2).getByText('Saved', { exact: true }).waitFor()
    await goTo(page, 2)
    await row(page, 2).getByRole('button', { name: 'History' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Version 1 · translated').waitFor()
    expect((await runAxe(page)).violations).toEqual([])
    await dialog.getByRole('button', { name: 'Put this version up again' }).click()
    await expect.poll(() => field(page).textContent(), PATIENT).toBe(before)
    expect((await desk.segmentsOf(id, 'de'))[1]?.target).toMatchObject({
      text: before,
      by: 'Zoe',
      version: 3,
    })
    await page.getByRole('button', { name: 'Take back' }).click()
    await expect.poll(() => textOf(id, 2), PATIENT).toBe('Ganz anders.')
  })
})
