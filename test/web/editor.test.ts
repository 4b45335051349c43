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
  for (const { context } of people) await context.close()
  people = []
  expect(faults).toEqual([])
})
afterAll(() => browser?.close())

type Look = { width?: number; height?: number; colorScheme?: 'light' | 'dark' }

async function open(id: string, locale = 'de', look: Look = {}): Promise<Page> {
  const token = await newsroom.token('editor')
  const person = await visit(browser, {
    url: newsroom.url,
    path: `/documents/${id}/${locale}`,
    token,
    ...look,
  })
  people.push(person)
  await person.page.locator('#segment-3').waitFor()
  return person.page
}
const field = (page: Page) => page.locator('.cm-content')
async function goTo(page: Page, segment: number): Promise<void> {
  const target = page.locator(`#segment-${segment}`)
  if ((await target.getAttribute('data-active')) !== 'true') await target.locator('.target-text').click()
  else await field(page).click()
}
const saved = async (id: string, segment: number, locale = 'de') =>
  (await newsroom.segments(id, locale))[segment - 1]?.target

describe('the editor', () => {
  it('saves in the background on Ctrl+Enter and goes on to the next segment', async () => {
    const id = await newsroom.submit('de')
    const page = await open(id)
    await goTo(page, 1)
    await field(page).fill('Streik greift in Minsk um sich')
    await page.keyboard.press('Control+Enter')
    await page.locator('#segment-2[data-active="true"] .cm-focused').waitFor()
    await page.locator('#segment-1').getByText('Saved', { exact: true }).waitFor()
    expect(await saved(id, 1)).toMatchObject({
      text: 'Streik greift in Minsk um sich',
      origin: 'human',
      version: 2,
    })
  })

  it('confirms what the machine wrote when it is left as it is', async () => {
    const id = await newsroom.submit('de')
    const page = await open(id)
    await goTo(page, 3)
    await page.keyboard.press('Control+Enter')
    await page.locator('#segment-3').getByText('Translated', { exact: true }).waitFor()
    expect(await saved(id, 3)).toMatchObject({ state: 'translated', origin: 'mt' })
  })

  it('shows both texts when two people change the same segment, and lets the second one choose', async () => {
    const id = await newsroom.submit('de')
    const [ada, ben] = [await open(id), await open(id)]
    await goTo(ada, 3)
    await goTo(ben, 3)
    await field(ada).fill('Niemand ging heim.')
    await field(ben).fill('Keiner ging nach Hause.')
    await ada.keyboard.press('Control+Enter')
    await ada.locator('#segment-3').getByText('Saved', { exact: true }).waitFor()
    await ben.keyboard.press('Control+Enter')
    const choice = ben.locator('#segment-3 .conflict')
    await choice.getByText('Niemand').waitFor()
    await choice.getByText('Keiner').waitFor()
    expect((await saved(id, 3))?.text).toBe('Niemand ging heim.')
    // Ada writes on; else what Ben chooses would come to her page by itself.
    await goTo(ada, 3)
    await field(ada).fill('Niemand ging fort.')
    await choice.getByRole('button', { name: 'Use mine' }).click()
    await ben.locator('#segment-3').getByText('Saved', { exact: true }).waitFor()
    expect((await saved(id, 3))?.text).toBe('Keiner ging nach Hause.')

    await ada.keyboard.press('Control+Enter')
    await ada
      .locator('#segment-3')
      .getByRole('button', { name: /Keep (theirs|that one)/ })
      .click()
    await ada.locator('#segment-3').getByText('Keiner ging nach Hause.').waitFor()
    expect((await saved(id, 3))?.text).toBe('Keiner ging nach Hause.')
  })

  it('saves the open text when the page is reloaded in the middle of a sentence', async () => {
    const id = await newsroom.submit('de')
    const page = await open(id)
    await goTo(page, 3)
    await field(page).fill('Halb getippt und')
    await page.reload()
    await page.locator('#segment-3').getByText('Halb getippt und').waitFor()
    await expect.poll(async () => (await saved(id, 3))?.text).toBe('Halb getippt und')
  })

  it('brings unsaved text back after the browser crashed', async () => {
    const id = await newsroom.submit('de')
    const crashed = await open(id)
    await goTo(crashed, 3)
    await field(crashed).fill('Halb getippt und')
    const gone = crashed.waitForEvent('crash')
    crashed.goto('chrome://crash').catch(() => undefined)
    await gone
    expect((await saved(id, 3))?.text).not.toContain('Halb')

    const page = await crashed.context().newPage()
    await page.goto(`${newsroom.url}/documents/${id}/de`)
    await page.locator('#segment-3').getByText('Restored, not saved yet').waitFor()
    expect(await field(page).textContent()).toBe('Halb getippt und')
    await goTo(page, 3)
    await page.keyboard.press('Control+Enter')
    await page.locator('#segment-3').getByText('Saved', { exact: true }).waitFor()
    expect((await saved(id, 3))?.text).toBe('Halb getippt und')
  })

  it('keeps what was typed while the line is cut and sends it when it is back', async () => {
    const id = await newsroom.submit('de')
    const page = await open(id)
    await goTo(page, 3)
    await page.context().setOffline(true)
    await field(page).fill('Ohne Netz geschrieben.')
    await page.keyboard.press('Control+Enter')
    await page.getByText(/Kept on this device/).waitFor()
    await page.context().setOffline(false)
    await page.locator('#segment-3').getByText('Saved', { exact: true }).waitFor()
    expect((await saved(id, 3))?.text).toBe('Ohne Netz geschrieben.')
  })

  it('asks to sign in again when the session ends in the middle of a sentence, and loses nothing', async () => {
    const id = await newsroom.submit('de')
    const page = await open(id)
    await goTo(page, 3)
    await page.context().clearCookies()
    await field(page).fill('Trotzdem da.')
    await page.keyboard.press('Control+Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('I cannot get in, or have an access token').click()
    await dialog.getByLabel('Access token').fill(await newsroom.token('editor'))
    await dialog.getByRole('button', { name: 'Use the token' }).click()
    await page.locator('#segment-3').getByText('Saved', { exact: true }).waitFor()
    expect((await saved(id, 3))?.text).toBe('Trotzdem da.')
  })

  it('blocks approval while a hard term is missing, and lets it pass with a reason', async () => {
    const id = await newsroom.submit('de')
    const page = await open(id)
    await goTo(page, 2)
    await field(page).fill('Die Polizei sperrte ')
    await page.keyboard.press('Control+,')
    await page.keyboard.type('den Platz')
    await page.keyboard.press('Control+,')
    await page.keyboard.type(' am Mittag.')
    await page.keyboard.press('Control+Shift+Enter')
    const row = page.locator('#segment-2')
    await row.getByText('Blocked').waitFor()
    await page.getByText('Segment 2 was not approved.').waitFor()
    await page.getByRole('button', { name: 'Show it' }).click()
    await row.getByText('Term must be right').waitFor()
    await row.getByRole('button', { name: 'Make an exception…' }).click()
    await page
      .getByRole('dialog')
      .getByLabel(/Why is/)
      .fill('The source means any police here.')
    await page.getByRole('dialog').getByRole('button', { name: 'Make the exception' }).click()
    await row.getByText('Translated', { exact: true }).waitFor()
    await page.locator('#segment-2 .cm-focused').waitFor()
    await page.keyboard.press('Control+Shift+Enter')
    await row.getByText('✓ Approved').waitFor()
    expect(await saved(id, 2)).toMatchObject({
      state: 'reviewed',
      text: 'Die Polizei sperrte \ue000den Platz\ue001 am Mittag.',
    })
  })

  it('sends a segment back with a category and a note, and keeps its history', async () => {
    const id = await newsroom.submit('de')
    const page = await open(id)
    await goTo(page, 1)
    await page.getByRole('button', { name: 'Send back…' }).click()
    await page.getByRole('dialog').getByLabel('Style or tone').check()
    await page.getByRole('dialog').getByLabel('A note for the translator').fill('Too stiff')
    await page.getByRole('dialog').getByRole('button', { name: 'Send back' }).click()
    await page
      .locator('#segment-1')
      .getByText(/Style or tone: Too stiff/)
      .waitFor()
    await goTo(page, 1)
    await page.getByRole('button', { name: 'History' }).click()
    await page.getByRole('dialog').getByText('Sent back').waitFor()
    await page.getByRole('dialog').getByText('Machine · DeepL').first().waitFor()
  })

  it('is usable with the keyboard alone', async () => {
    const id = await newsroom.submit('de')
    const page = await open(id)
    await page.keyboard.press('Alt+ArrowDown')
    await page.locator('#segment-2[data-active="true"] .cm-focused').waitFor()
    await page.keyboard.press('Alt+ArrowUp')
    await page.locator('#segment-1[data-active="true"] .cm-focused').waitFor()
    await page.keyboard.press('Escape')
    expect(await page.evaluate('document.activeElement.id')).toBe('segment-1')
    await page.keyboard.press('Control+/')
    await page.getByRole('dialog').getByText('Insert the next missing code').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  it('explains a term on focus and inserts its translation with Enter', async () => {
    const id = await newsroom.submit('de')
    const page = await open(id)
    await goTo(page, 2)
    await field(page).fill('')
    await page.locator('#segment-2 .term').focus()
    await page.getByRole('tooltip').getByText('OMON').waitFor()
    await page.keyboard.press('Enter')
    expect(await field(page).textContent()).toContain('OMON')
  })

  it('keeps inline codes whole: one key press deletes a chip, undo brings it back', async () => {
    const id = await newsroom.submit('de')
    const page = await open(id)
    await goTo(page, 2)
    const chips = page.locator('#segment-2 .cm-content .chip')
    await chips.nth(1).waitFor()
    expect(await chips.count()).toBe(2)
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('Control+Shift+End')
    await page.keyboard.press('Delete')
    expect(await chips.count()).toBe(0)
    await page.keyboard.press('Control+z')
    expect(await chips.count()).toBe(2)
  })

  it('lays a right-to-left translation out from the right, codes included', async () => {
    const id = await newsroom.submit('ar')
    const page = await open(id, 'ar')
    await goTo(page, 2)
    await field(page).fill('سعى ')
    await page.keyboard.press('Control+,')
    await page.keyboard.type('الساحة')
    await page.keyboard.press('Control+,')
    const box = async (selector: string) => {
      const found = await page.locator(selector).boundingBox()
      if (found === null) throw new Error(`${selector} is not drawn`)
      return found
    }
    const [cell, first, second] = [
      await box('#segment-2 .cm-content'),
      await box('#segment-2 .cm-content .chip >> nth=0'),
      await box('#segment-2 .cm-content .chip >> nth=1'),
    ]
    expect(first.x).toBeGreaterThan(second.x)
    expect(first.x).toBeGreaterThan(cell.x + cell.width / 2)
    expect(await page.locator('#segment-2 .segment-target').getAttribute('lang')).toBe('ar')
    expect(await page.locator('#segment-2 .segment-source').getAttribute('dir')).toBe('ltr')
    expect(await field(page).getAttribute('dir')).toBe('rtl')
  })

  it('puts the source above the target on a phone 360 pixels wide', async () => {
    const id = await newsroom.submit('de')
    const page = await open(id, 'de', { width: 360, height: 780 })
    await goTo(page, 2)
    const source = await page.locator('#segment-2 .segment-source').boundingBox()
    const target = await page.locator('#segment-2 .segment-target').boundingBox()
    expect(source?.y ?? 0).toBeLessThan(target?.y ?? 0)
    expect(source?.x).toBe(target?.x)
    expect(
      await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    ).toBe(0)
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`passes axe in ${colorScheme}, with a blocked segment open`, async () => {
      const id = await newsroom.submit('de')
      const page = await open(id, 'de', { colorScheme })
      await goTo(page, 2)
      await field(page).fill('Ohne den Begriff.')
      await page.keyboard.press('Control+Enter')
      await page.locator('#segment-2').getByText('Blocked').waitFor()
      await goTo(page, 2)
      const { passes, violations } = await runAxe(page)
      expect(violations).toEqual([])
      expect(passes).toBeGreaterThan(20)
    })
  }
})
