import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
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

async function enter(
  role = 'terminologist',
  path = '/terms/belarus-2020',
  options: { width?: number; height?: number; colorScheme?: 'light' | 'dark' } = {},
): Promise<Page> {
  const person = await visit(browser, {
    url: newsroom.url,
    token: await newsroom.token(role),
    path,
    ...options,
  })
  people.push(person)
  return person.page
}
const open = async (page: Page, words: string, name = words) => {
  await page.getByRole('searchbox').fill(words)
  await page.getByRole('link', { name, exact: false }).first().click()
  await page.getByRole('heading', { level: 2, name }).waitFor()
}
const sidewaysScroll = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')

describe('the term desk', () => {
  it('is one link away from the desk, and finds a concept by a word of any language', async () => {
    const page = await enter('editor', '/')
    await page.getByRole('link', { name: 'Terms' }).click()
    await page.getByRole('searchbox').fill('Decreto')
    await page.getByRole('link', { name: /^Decree No. 3/ }).click()
    await page.getByRole('heading', { level: 2, name: 'Decree No. 3' }).waitFor()
    await page.getByRole('region', { name: 'German' }).getByText('Dekret Nr. 3', { exact: true }).waitFor()
    expect(await page.getByRole('button', { name: 'Deprecate…' }).count()).toBe(0)
    await page.reload()
    await page.getByRole('heading', { level: 2, name: 'Decree No. 3' }).waitFor()
  })

  it('takes a term from a translator’s proposal through the discussion into force', async () => {
    const translator = await enter('translator')
    await translator.getByRole('button', { name: 'Propose a term' }).click()
    await translator.getByLabel('Definition').fill('To surround a crowd and let nobody out.')
    await translator.getByLabel('Term 1: word').fill('kettling')
    await translator.getByLabel('Term 2: word').fill('Einkesselung')
    await translator.getByLabel('Why?').fill('in every report')
    await translator.getByRole('button', { name: 'Propose', exact: true }).click()
    await translator.getByRole('heading', { level: 2, name: 'kettling' }).waitFor()
    await translator.getByLabel('Comment').fill('The police say something else.')
    await translator.getByRole('button', { name: 'Comment' }).click()
    await translator.getByText('The police say something else.').waitFor()

    const page = await enter()
    await page.getByLabel('State').selectOption('waiting')
    await page.getByRole('link', { name: /^kettling/ }).click()
    await page
      .getByText('+ German: Einkesselung')
      .or(page.getByText('German: Einkesselung'))
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'Approve…' }).click()
    await page.getByRole('button', { name: 'Approve', exact: true }).click()
    await page.locator('.badge').getByText('In force').waitFor()
    await page.getByText(/Every segment was looked at/).waitFor()
    await page.getByText('Approved by test terminologist').waitFor()
    await page.getByText('Proposed by test translator').waitFor()
  })

  it('shows what a change does to the documents, and where the term is used', async () => {
    const id = await newsroom.submit('de')
    const page = await enter()
    await open(page, 'OMON')
    await page.getByText(/^In \d+ segments? of \d+ document/).waitFor()
    await page.getByText('Strike spreads in Minsk, German: 1 right').click()
    await page.getByText('The OMON sealed off the square at noon.').waitFor()
    await page.getByRole('button', { name: 'Edit' }).click()
    const locales = await page
      .getByRole('combobox', { name: /language$/ })
      .evaluateAll((inputs) => inputs.map((input) => ('value' in input ? input.value : '')))
    const german = page.getByLabel(`Term ${locales.indexOf('de') + 1}: word`)
    await german.fill('Sonderpolizei OMON')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('1 translation judged differently now.').waitFor()
    const affected = page.getByRole('region', { name: 'Effect of the change' })
    const link = affected.getByRole('link', { name: 'Strike spreads in Minsk, German' })
    expect(await link.getAttribute('href')).toBe(`/documents/${id}/de`)
  })

  it('writes every term in its own language’s direction', async () => {
    const page = await enter()
    await page.getByRole('button', { name: 'New concept' }).click()
    await page.getByLabel('Term 1: word').fill('curfew')
    await page.getByLabel('Term 2: language').fill('ar')
    await page.getByLabel('Term 2: word').fill('حظر التجول')
    expect(await page.getByLabel('Term 2: word').getAttribute('dir')).toBe('rtl')
    await page.getByRole('button', { name: 'Save' }).click()
    const arabic = page.getByRole('region', { name: 'Arabic' }).getByText('حظر التجول')
    expect([await arabic.getAttribute('dir'), await arabic.getAttribute('lang')]).toEqual(['rtl', 'ar'])
  })

  it('merges, deprecates and brings back, and says before what it concerns', async () => {
    const page = await enter()
    for (const word of ['avtozak', 'police van']) {
      await page.getByRole('button', { name: 'New concept' }).click()
      await page.getByLabel('Term 1: word').fill(word)
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByRole('heading', { level: 2, name: word }).waitFor()
    }
    await open(page, 'avtozak')
    await page.getByRole('button', { name: 'Merge…' }).click()
    await page.getByText('No translated segment has it yet.').waitFor()
    await page.getByLabel('Find the other concept').fill('police van')
    await page.getByLabel('police van', { exact: false }).last().check()
    await page.getByRole('button', { name: 'Merge', exact: true }).click()
    await page.getByRole('link', { name: 'now in police-van' }).click()
    await page.getByRole('region', { name: 'English' }).getByText('avtozak').waitFor()
    await page.getByRole('button', { name: 'Deprecate…' }).click()
    await page.getByRole('button', { name: 'Deprecate', exact: true }).click()
    await page.getByRole('button', { name: 'Bring back…' }).click()
    await page.getByRole('button', { name: 'Approve', exact: true }).click()
    await page.getByRole('button', { name: 'Deprecate…' }).waitFor()
  })

  it('takes a file over after it has said what that would do, and gives files', async () => {
    const page = await enter()
    await page.locator('summary').getByText('Files').click()
    await page.getByRole('button', { name: /^Import…/ }).click()
    await page.getByLabel('Glossary file').setInputFiles({
      name: 'more.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('concept,en,de\nspravka,spravka,Sprawka\n'),
    })
    await page.getByText(/It would be: 1 new/).waitFor()
    await page.getByRole('button', { name: 'Take over 1 change' }).click()
    await page.getByText(/Done: 1 new/).waitFor()
    await page.getByRole('button', { name: 'Done' }).click()
    await page.locator('summary').getByText('Files').click()
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: /^Download TBX/ }).click()
    expect((await download).suggestedFilename()).toBe('belarus-2020.tbx')
  })

  it('starts a concept from a name that a document has and the term base has not', async () => {
    const answer = await fetch(`${newsroom.url}/api/documents`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${await newsroom.token('admin')}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({
        text: 'A crowd met the Orchid Committee.\n',
        format: 'text',
        sourceLocale: 'en',
        targetLocales: ['de'],
      }),
    })
    expect(answer.status).toBe(202)
    const page = await enter()
    const takeUp = page.getByRole('button', { name: 'Take up Orchid Committee' })
    for (let turn = 0; turn < 50 && !(await takeUp.isVisible()); turn++) {
      await page.getByRole('button', { name: 'From a document…' }).click()
      await page
        .getByRole('status')
        .filter({ hasText: /that no term base has|Nothing in it/ })
        .waitFor()
      if (!(await takeUp.isVisible())) await page.keyboard.press('Escape')
    }
    await takeUp.click()
    expect(await page.getByLabel('Term 1: word').inputValue()).toBe('Orchid Committee')
    expect(await page.getByLabel('Term 1: language').inputValue()).toBe('en')
  })

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 360],
  ] as const)(
    'is free of what axe finds, in %s at %i px, and never scrolls sideways',
    async (colorScheme, width) => {
      const page = await enter('terminologist', '/terms/belarus-2020', { width, colorScheme })
      await page.locator('.concept-link').first().waitFor()
      const shot = async (name: string) => {
        if (process.env.SHOTS !== undefined)
          await page.screenshot({
            path: `${process.env.SHOTS}/${name}-${colorScheme}-${width}.png`,
            fullPage: true,
          })
        expect([name, (await runAxe(page)).violations]).toEqual([name, []])
        expect([name, await sidewaysScroll(page)]).toEqual([name, 0])
      }
      await shot('list')
      await open(page, 'militsiya')
      await page.locator('.history > li').first().waitFor()
      await shot('concept')
      await page.getByRole('button', { name: 'Edit' }).click()
      await page.getByLabel('Term 1: word').waitFor()
      await shot('form')
    },
  )
})
