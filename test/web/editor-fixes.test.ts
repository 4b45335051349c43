import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

describe('findings in the editor', () => {
  it('are mended by a key, one after the other, and by a button', async (context) => {
    needChromium(context)
    browser = await launch()
    const id = await newsroom.submit('de')
    const person = await visit(browser, {
      url: newsroom.url,
      path: `/documents/${id}/de`,
      token: await newsroom.token('editor'),
    })
    const { page } = person
    const row = page.locator('#segment-3')
    const field = page.locator('.cm-content')
    const open = async () => {
      await row.locator('.target-text').click()
      await field.waitFor()
    }
    await open()
    await field.fill('Niemand  ging ging heim')
    await page.keyboard.press('Control+Enter')
    await row.getByText('Two spaces in a row.').waitFor()
    if ((await row.getAttribute('data-active')) !== 'true') await open()
    else await field.click()
    const buttons = row.getByRole('button', { name: /^Fix:/ })
    await buttons.first().waitFor()
    expect(await buttons.count()).toBe(3)

    await page.keyboard.press('Alt+Shift+Enter')
    expect(await field.textContent()).toBe('Niemand  ging ging heim.')
    await page.keyboard.press('Alt+Shift+Enter')
    expect(await field.textContent()).toBe('Niemand ging ging heim.')
    await row.getByRole('button', { name: /^Fix: Remove “ ging”/ }).click()
    expect(await field.textContent()).toBe('Niemand ging heim.')
    expect(await buttons.count()).toBe(0)

    await page.keyboard.press('Control+Enter')
    await row.getByText('Two spaces in a row.').waitFor({ state: 'detached' })
    const target = (await newsroom.segments(id, 'de'))[2]
    expect(target?.target?.text).toBe('Niemand ging heim.')
    expect(target?.findings).toEqual([])
    expect(person.faults).toEqual([])
    await person.context.close()
  })
})
