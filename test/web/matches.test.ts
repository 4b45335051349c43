import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runAxe } from './axe.ts'
import { launch, needChromium, visit } from './browser.ts'
import { type Newsroom, openNewsroom } from './newsroom.ts'

let newsroom: Newsroom
let browser: Browser | undefined

beforeAll(async () => {
  newsroom = await openNewsroom()
})
afterAll(async () => {
  await browser?.close()
  await newsroom?.close()
})

describe('matches from memory', () => {
  it('stand under the segment, and Alt+Enter takes the best one', async (context) => {
    needChromium(context)
    browser = await launch()
    const open = async (id: string) => {
      const token = await newsroom.token('editor')
      const path = `/documents/${id}/de`
      return visit(browser as Browser, { url: newsroom.url, path, token })
    }
    const known = await open(await newsroom.submit('de'))
    await known.page.locator('#segment-1').locator('.target-text, .cm-content').click()
    await known.page.locator('.cm-content').fill('Streik greift in Minsk um sich')
    await known.page.keyboard.press('Control+Shift+Enter')
    await known.page.locator('#segment-1').getByText('✓ Approved').waitFor()

    const { page, faults, context: tab } = await open(await newsroom.submit('de'))
    const row = page.locator('#segment-1')
    await row.locator('.target-text, .cm-content').click()
    await row.locator('.match').first().waitFor()
    // With the number of its key.
    expect(await row.locator('.match-score').first().innerText()).toBe('1 100 %')
    await page.locator('.cm-content').fill('etwas anderes')
    await page.keyboard.press('Alt+Enter')
    expect(await page.locator('.cm-content').innerText()).toBe('Streik greift in Minsk um sich')
    expect((await runAxe(page)).violations).toEqual([])
    expect([...faults, ...known.faults]).toEqual([])
    await tab.close()
    await known.context.close()
  }, 120_000)
})
