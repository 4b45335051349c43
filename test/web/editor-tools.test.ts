import { setTimeout } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DocumentSummary } from '../../src/http/schemas.ts'
import { runAxe } from './axe.ts'
import { launch, needChromium, type Visit, visit } from './browser.ts'
import { type Newsroom, openNewsroom } from './newsroom.ts'

/** Eight segments: a headline, two paragraphs, and a sentence that stands three times. */
const ARTICLE = `<h1>Water in Minsk</h1>
<p>Water is back. The <b>water</b> tower stands.</p><p>Nobody paid.</p>
<ul><li>Nobody paid.</li><li>The OMON left.</li></ul>
<p>Water everywhere.</p><h2>Nobody paid.</h2>
`

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
  for (const { context } of people) await context.close()
  people = []
  expect(faults).toEqual([])
})
afterAll(() => browser?.close())

async function submit(locale: string): Promise<string> {
  const response = await fetch(`${newsroom.url}/api/documents`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${await newsroom.token('admin')}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({ text: ARTICLE, format: 'html', sourceLocale: 'en', targetLocales: [locale] }),
  })
  const { id } = DocumentSummary.parse(await response.json())
  for (let turn = 0; turn < 200; turn++) {
    const { locales } = await newsroom.document(id)
    if (locales.every(({ state }) => state === 'in-review')) return id
    await setTimeout(100)
  }
  throw new Error('the machine is not done')
}

type Look = { width?: number; height?: number; colorScheme?: 'light' | 'dark'; query?: string }

async function open(id: string, locale = 'de', look: Look = {}): Promise<Page> {
  const { query = '', ...size } = look
  const token = await newsroom.token('editor')
  const path = `/documents/${id}/${locale}${query}`
  const person = await visit(browser, { url: newsroom.url, path, token, ...size })
  people.push(person)
  await person.page.locator('.segment').first().waitFor()
  return person.page
}
const field = (page: Page) => page.locator('.cm-content')
const segment = (page: Page, number: number) => page.locator(`#segment-${number}`)
const isActive = (page: Page, number: number) =>
  page.locator(`#segment-${number}[data-active="true"] .cm-focused`).waitFor()
/** A dialog is open, and what is typed goes into it. */
const asked = (page: Page) => page.locator('dialog input:focus').waitFor()
const saved = async (id: string, number: number, locale = 'de') =>
  (await newsroom.segments(id, locale))[number - 1]?.target
const numbers = (page: Page) =>
  page.locator('.segment').evaluateAll((all) => all.map(({ id }) => id.slice(8)))

describe('the tools of the editor', () => {
  it('are all reached without a mouse', async () => {
    const id = await submit('de')
    const page = await open(id)
    const { keyboard } = page

    await keyboard.press('Control+g')
    await asked(page)
    await keyboard.type('2')
    await keyboard.press('Enter')
    await isActive(page, 2)

    await keyboard.press('Control+;')
    expect(await field(page).textContent()).toBe('Water is back.')
    await keyboard.press('Control+Shift+Enter')
    await isActive(page, 3)
    await segment(page, 2).getByText('✓ Approved').waitFor()

    // What was approved is in the memory.
    await keyboard.press('Control+a')
    await keyboard.press('Delete')
    await keyboard.press('Control+k')
    await asked(page)
    await keyboard.type('is back')
    await page.getByRole('dialog').locator('mark').getByText('is back').waitFor()
    await keyboard.press('Tab')
    await keyboard.press('Tab')
    await keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => field(page).textContent()).toBe('Water is back.')

    await keyboard.press('Control+g')
    await asked(page)
    await keyboard.type('6')
    await keyboard.press('Enter')
    await isActive(page, 6)
    await keyboard.press('Control+a')
    await keyboard.press('Alt+Shift+Digit1')
    expect(await field(page).textContent()).toBe('OMON')

    await keyboard.press('Control+Shift+l')
    await page.locator('.filter-bar input[type="search"]:focus').waitFor()
    await keyboard.type('nobody')
    await expect.poll(() => numbers(page)).toEqual(['4', '5', '8'])
    expect(new URL(page.url()).search).toBe('?q=nobody')

    await keyboard.press('Alt+Shift+p')
    await page.locator('.preview h2').first().waitFor()
  })

  it('have the focus before the next key, so that whoever types on at once loses none', async () => {
    const page = await open(await submit('de'))
    await page.keyboard.press('Alt+ArrowDown')
    await page.locator('.cm-focused').waitFor()
    /** Where a key would go that comes right after this one, before the browser has drawn anything. */
    const focusAfter = (key: Pick<KeyboardEventInit, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey'>) =>
      page.evaluate(async (init) => {
        const before = document.activeElement
        before?.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true }))
        for (let turn = 0; turn < 20; turn++) await Promise.resolve()
        const now = document.activeElement
        const place = now?.closest('.segment, dialog, .filter-bar')
        return `${place?.id || place?.localName} ${now?.localName}`
      }, key)
    const [ctrlKey, altKey, shiftKey] = [true, true, true]
    const was = await page.locator('.segment[data-active="true"]').getAttribute('id')
    expect(await focusAfter({ key: 'C', code: 'KeyC', altKey, shiftKey })).toBe(`${was} textarea`)
    expect(await focusAfter({ key: 'Escape' })).toBe(`${was} div`)
    const next = `segment-${Number(was?.slice(8)) + 1}`
    expect(await focusAfter({ key: 'Enter', code: 'Enter', ctrlKey })).toBe(`${next} div`)
    expect(await focusAfter({ key: 'L', code: 'KeyL', ctrlKey, shiftKey })).toBe('search input')
    await field(page).focus()
    expect(await focusAfter({ key: 'k', code: 'KeyK', ctrlKey })).toBe('dialog input')
  })

  it('replace in the whole document after a look at every change, and take it back in one step', async () => {
    const id = await submit('de')
    const page = await open(id)
    for (const [number, text] of [
      [2, 'Das Wasser ist zurück.'],
      [4, 'Kein Wasser ohne Geld.'],
      [7, 'Überall WASSER.'],
    ] as const) {
      await segment(page, number).locator('.target-text').click()
      await field(page).press('Control+a')
      await page.keyboard.type(text)
      await page.keyboard.press('Control+Enter')
      await segment(page, number).getByText('Saved', { exact: true }).waitFor()
    }
    const before = (await newsroom.segments(id, 'de')).map(({ target }) => target?.text)
    await page.keyboard.press('Control+Shift+f')
    await asked(page)
    const dialog = page.getByRole('dialog')
    await page.keyboard.type('wasser')
    await dialog.getByLabel('Replace with').fill('Trinkwasser')
    await dialog.getByText('Found at 3 places.').waitFor()
    expect(await dialog.locator('mark').allTextContents()).toContain('Trinkwasser')
    expect((await runAxe(page)).violations).toEqual([])
    await dialog.getByLabel('Segment 4').uncheck()
    await dialog.getByRole('button', { name: 'Replace in 2 segments' }).click()
    await page.getByText('Replaced in 2 segments.').waitFor()
    expect((await saved(id, 2))?.text).toBe('Das Trinkwasser ist zurück.')
    expect((await saved(id, 4))?.text).toBe('Kein Wasser ohne Geld.')
    expect((await saved(id, 7))?.text).toBe('Überall Trinkwasser.')
    await segment(page, 7).getByText('Überall Trinkwasser.').waitFor()

    await page.keyboard.press('Alt+Shift+Backspace')
    await page.getByText(/Taken back/).waitFor()
    expect((await newsroom.segments(id, 'de')).map(({ target }) => target?.text)).toEqual(before)
  })

  it('filter by what is asked for in the address, so that the link can be shared', async () => {
    const id = await submit('de')
    const page = await open(id, 'de', { query: '?q=water&in=source&segment=7' })
    await page.locator('#segment-7[data-active="true"]').waitFor()
    await expect.poll(() => numbers(page)).toEqual(['1', '2', '3', '7'])
    await page.locator('.filter-bar').getByLabel('State').selectOption('untranslated')
    await page.getByText('No segment is like that').waitFor()
    expect(new URL(page.url()).searchParams.get('state')).toBe('untranslated')
    await page.getByRole('button', { name: 'Show all' }).click()
    await expect.poll(async () => (await numbers(page)).length).toBe(8)
    expect(new URL(page.url()).search).toBe('')
  })

  it('show the article beside the segments while it is written; a click there leads to the segment', async () => {
    const id = await submit('de')
    const page = await open(id, 'de', { width: 1500 })
    const preview = page.locator('.preview')
    await preview.locator('h2').first().waitFor()
    expect(await preview.locator('[data-kind="list-item"]').count()).toBe(2)
    await preview.locator('[data-place="3"]').click()
    await isActive(page, 4)
    await field(page).fill('<b>Niemand</b> zahlte.')
    await preview.getByText('<b>Niemand</b> zahlte.').waitFor()
    expect(await preview.locator('[data-place="3"]').getAttribute('data-active')).toBe('true')
    expect((await runAxe(page)).violations).toEqual([])
    await preview.getByRole('button', { name: 'Hide' }).click()
    await page.reload()
    await page.locator('.segment').first().waitFor()
    expect(await preview.count()).toBe(0)
  })

  it('lay the preview of a right-to-left language out from the right', async () => {
    const id = await submit('ar')
    const page = await open(id, 'ar', { width: 1500, colorScheme: 'dark' })
    const text = page.locator('.preview-text')
    await text.locator('h2').first().waitFor()
    expect([await text.getAttribute('dir'), await text.getAttribute('lang')]).toEqual(['rtl', 'ar'])
    expect(await text.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl')
    expect((await runAxe(page)).violations).toEqual([])
  })

  it('make the preview a tab on a phone, and lead back from it to the segment', async () => {
    const id = await submit('de')
    const page = await open(id, 'de', { width: 360, height: 740 })
    await page.locator('.view-switch').getByRole('button', { name: 'Preview' }).click()
    await page.locator('.preview [data-place="6"]').click()
    await isActive(page, 7)
    expect(await page.locator('.preview').count()).toBe(0)
    const wide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
    expect(await page.evaluate(wide)).toBe(0)
  })

  it('offer a translation to the same sentence elsewhere, and force it on none', async () => {
    const id = await submit('de')
    const page = await open(id)
    await segment(page, 4).locator('.target-text').click()
    await field(page).fill('Niemand hat bezahlt.')
    await page.keyboard.press('Control+Enter')
    await segment(page, 4).getByText('Saved', { exact: true }).waitFor()
    const others = [await saved(id, 5), await saved(id, 8)]
    expect(others.some((target) => target?.text === 'Niemand hat bezahlt.')).toBe(false)
    await segment(page, 4).locator('.target-text').click()
    await segment(page, 4).getByText('The same sentence stands at 2 other places.').waitFor()
    await page.getByRole('button', { name: 'Use this translation at 2 places' }).click()
    await page.getByText('Taken over 2 times.').waitFor()
    expect((await saved(id, 8))?.text).toBe('Niemand hat bezahlt.')
    await page.keyboard.press('Alt+Shift+Backspace')
    await page.getByText(/Taken back/).waitFor()
    expect([await saved(id, 5), await saved(id, 8)].map((target) => target?.text)).toEqual(
      others.map((target) => target?.text),
    )
  })

  it('let people choose their keys, and say what a key does already', async () => {
    const id = await submit('de')
    const page = await open(id)
    await page.keyboard.press('Control+/')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Change the key: Go to a segment by its number' }).click()
    await page.keyboard.press('Control+k')
    await dialog.getByText(/These keys do something else: Search the memory/).waitFor()
    await page.keyboard.press('Control+w')
    expect((await runAxe(page)).violations).toEqual([])
    await page.keyboard.press('Control+j')
    await dialog.locator('.keys-field').waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.reload()
    await page.locator('.segment').first().waitFor()
    await page.keyboard.press('Control+j')
    await page.getByRole('dialog', { name: 'Go to a segment' }).waitFor()
  })

  it('split a segment where the slider stands, join it again, and take both back', async () => {
    const id = await submit('de')
    const page = await open(id)
    await segment(page, 2).locator('.target-text').click()
    await segment(page, 2).locator('.cm-focused').waitFor()
    await page.keyboard.press('Alt+Shift+s')
    await page.locator('dialog input[type="range"]:focus').waitFor()
    const parts = page.getByRole('dialog').locator('.split-parts li')
    expect(await parts.allTextContents()).toEqual(['Water', 'is back.'])
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => parts.allTextContents()).toEqual(['Water is', 'back.'])
    expect((await runAxe(page)).violations).toEqual([])
    await page.keyboard.press('Enter')
    await segment(page, 9).waitFor()
    await isActive(page, 2)
    expect((await newsroom.segments(id, 'de')).slice(1, 3).map(({ source }) => source)).toEqual([
      'Water is',
      'back.',
    ])
    await page.keyboard.press('Alt+Shift+j')
    await segment(page, 9).waitFor({ state: 'detached' })
    await page.keyboard.press('Alt+Shift+Backspace')
    await segment(page, 9).waitFor()
    await page.keyboard.press('Alt+Shift+Backspace')
    await segment(page, 9).waitFor({ state: 'detached' })
    expect((await newsroom.segments(id, 'de'))[1]?.source).toBe('Water is back.')
  })
})
