import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { writeTmx } from '../../src/exchange/tmx.ts'
import { runAxe } from './axe.ts'
import { launch, needChromium, type Visit, visit } from './browser.ts'
import { type Newsroom, openNewsroom } from './newsroom.ts'

let newsroom: Newsroom
let browser: Browser
let people: Visit[] = []

beforeAll(async () => {
  newsroom = await openNewsroom()
})
afterAll(() => newsroom?.close())
beforeEach(async (context) => {
  needChromium(context)
  browser ??= await launch()
})
afterEach(async () => {
  const faults = people.flatMap((person) => person.faults)
  for (const person of people) await person.context.close()
  people = []
  expect(faults).toEqual([])
})
afterAll(() => browser?.close())

async function enter(role: string, path: string, width = 1280): Promise<Page> {
  const token = await newsroom.token(role)
  const person = await visit(browser, { url: newsroom.url, token, path, width })
  people.push(person)
  return person.page
}
const sidewaysScroll = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')

const pair = (source: string, target: string) => ({
  source: { locale: 'en', text: source, codes: [] },
  target: { locale: 'de', text: target, codes: [] },
  by: 'Bert',
})
const TMX = writeTmx(
  [
    pair('The curfew begins at 9.', 'Die Ausgangssperre beginnt um 9.'),
    pair('Nobody may leave during the curfew.', 'Niemand darf während der Sperre hinaus.'),
    pair('There were 12 buses.', 'Es waren 11 Busse.'),
    pair('There were 30 cars.', 'Es waren 31 Autos.'),
  ],
  { sourceLocale: 'en' },
)

describe('the memories page', () => {
  it('makes a memory, takes a TMX in with a report, and changes how it is read', async () => {
    const page = await enter('admin', '/')
    await page.locator('.top-nav summary').click()
    await page.getByRole('link', { name: 'Memories' }).click()
    await page.getByRole('button', { name: 'New memory' }).click()
    await page.getByLabel('Name').fill('Agency')
    await page.getByLabel('Points that every match of it loses').fill('4')
    await page.getByRole('button', { name: 'Save' }).click()
    const card = page.getByRole('article', { name: 'Agency' })
    await card.getByText('4 points off').waitFor()

    await card.getByRole('button', { name: /^Import TMX/ }).click()
    await page.getByLabel('TMX file').setInputFiles({
      ...{ name: 'agency.tmx', mimeType: 'application/xml', buffer: Buffer.from(TMX) },
    })
    expect((await runAxe(page)).violations).toEqual([])
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await page.getByText('4 pairs are new').waitFor()
    await page.getByRole('button', { name: 'Done' }).click()
    await card.getByRole('row', { name: /English German 4/ }).waitFor()

    await card.getByRole('button', { name: /^Settings/ }).click()
    await page.getByLabel('Look for matches in it').uncheck()
    await page.getByRole('button', { name: 'Save' }).click()
    await card.getByText('Not read').waitFor()
    const download = page.waitForEvent('download')
    await card.getByRole('link', { name: /^Export all/ }).click()
    expect((await download).suggestedFilename()).toBe('Agency.tmx')
    expect((await runAxe(page)).violations).toEqual([])
  }, 90_000)

  it('says what is wrong with a file, and offers nothing that one may not do', async () => {
    const page = await enter('admin', '/memories')
    await page
      .getByRole('article', { name: 'Agency' })
      .getByRole('button', { name: /^Import TMX/ })
      .click()
    await page.getByLabel('TMX file').setInputFiles({
      ...{ name: 'broken.tmx', mimeType: 'application/xml', buffer: Buffer.from('<tmx><body><tu>') },
    })
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await page.getByText('the same file goes on from there').waitFor()
    const translator = await enter('translator', '/memories')
    await translator.getByRole('article', { name: 'Agency' }).waitFor()
    expect(await translator.getByRole('button', { name: /Import|New memory|Delete|Settings/ }).count()).toBe(
      0,
    )
  }, 60_000)

  it('finds words with highlights, and corrects and removes a pair, and puts it back', async () => {
    const page = await enter('editor', '/memories/search')
    await page.getByLabel('Words').fill('CURFEW')
    await page.getByRole('button', { name: 'Search' }).click()
    const pairs = page.locator('.pair')
    await pairs.first().waitFor()
    expect(await page.locator('.pair mark').allInnerTexts()).toEqual(['curfew', 'curfew'])
    const first = pairs.filter({ hasText: 'The curfew begins' })
    await first.getByText('Bert').waitFor()
    await first.getByRole('button', { name: 'Edit' }).click()
    await first.getByLabel('Translation').fill('Ab 9 gilt Ausgangssperre.')
    await first.getByRole('button', { name: 'Save' }).click()
    await first.getByText('Ab 9 gilt Ausgangssperre.').waitFor()
    await first.getByText('test editor').waitFor()
    expect((await runAxe(page)).violations).toEqual([])

    await first.getByRole('button', { name: 'Remove' }).click()
    await first.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await first.waitFor()
    await page.getByLabel('Where').selectOption('target')
    await page.getByLabel('Words').fill('gilt')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.locator('.pair mark').filter({ hasText: 'gilt' }).waitFor()
    expect(await page.locator('.pair mark').count()).toBe(1)
  }, 60_000)

  it('cleans in one step what a person has looked at, and puts it back', async () => {
    const page = await enter('editor', '/memories/clean')
    await page.getByLabel('Look for').selectOption('numbers')
    await page.getByRole('button', { name: 'Look', exact: true }).click()
    await page.getByText('2 pairs found').waitFor()
    expect((await runAxe(page)).violations).toEqual([])
    await page.locator('.pair').filter({ hasText: '30 cars' }).getByRole('checkbox').uncheck()
    await page.getByRole('button', { name: 'Remove 1 pair…' }).click()
    await page.getByText('1 pair goes out of the memory.').waitFor()
    await page.getByRole('button', { name: 'Remove 1 pair', exact: true }).click()
    await page.getByText('1 pair is out of the memory.').waitFor()
    await page.getByText('1 pair found').waitFor()
    await page.getByRole('button', { name: 'Put back' }).click()
    await page.getByText('2 pairs found').waitFor()
  }, 60_000)

  it('needs no sideways scrolling on a telephone', async () => {
    const page = await enter('admin', '/memories', 360)
    await page.getByRole('article', { name: 'Agency' }).waitFor()
    expect(await sidewaysScroll(page)).toBe(0)
    await page.getByRole('link', { name: 'Search' }).click()
    await page.getByLabel('Words').waitFor()
    expect(await sidewaysScroll(page)).toBe(0)
    await page.getByRole('link', { name: 'Clean' }).click()
    await page.getByLabel('Look for').waitFor()
    expect(await sidewaysScroll(page)).toBe(0)
  }, 60_000)
})

describe('the page for cost and quality', () => {
  it('shows words, characters and ceilings, and takes a new version after saying what it keeps', async () => {
    const id = await newsroom.submit('de', 'fr')
    const page = await enter('editor', `/documents/${id}/cost#new-version`)
    const words = page.getByRole('table', { name: 'Words by match band and language' })
    await words.getByRole('row', { name: /^German/ }).waitFor()
    const dialog = page.getByRole('dialog', { name: 'New version of the article' })
    await dialog.getByLabel('Pasted text').check()
    const text = `<h1>Strike spreads in Minsk</h1>
<p>The OMON sealed off <a href="https://example.org/square">the square</a> at two. Nobody went home. It rained.</p>`
    await dialog.getByLabel('Text', { exact: true }).fill(text)
    await dialog.getByRole('button', { name: 'See what changes' }).click()
    const row = dialog.getByRole('row', { name: /^German/ })
    await row.waitFor()
    // Kept, approved of them, to confirm again, done anew, new, removed.
    expect((await row.getByRole('cell').allInnerTexts()).slice(0, 6)).toEqual(['2', '0', '0', '1', '1', '0'])
    expect((await runAxe(page)).violations).toEqual([])
    await dialog.getByRole('button', { name: 'Take the new version over' }).click()
    await page.getByText('Revision 2').waitFor()
    expect((await newsroom.document(id)).revision).toBe(2)
    expect((await runAxe(page)).violations).toEqual([])
    expect(await sidewaysScroll(page)).toBe(0)
  }, 90_000)
})
