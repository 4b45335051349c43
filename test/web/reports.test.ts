import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { commonPeriods } from '../../src/web/reports/periods.ts'
import { newsdesk } from '../support/newsdesk.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { runAxe } from './axe.ts'
import { launch, needChromium, type Visit, visit } from './browser.ts'

let server: TestServer
let browser: Browser
let people: Visit[] = []

beforeAll(async () => {
  server = await startServer()
  const desk = newsdesk(server, await server.token('admin'))
  // 4 + 3 words.
  const id = await desk.submit('# The strike goes on\n\nNobody went home.\n', ['de', 'ar'])
  await desk.finish(id, 'de')
})
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
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

async function enter(
  path: string,
  options: { role?: string; width?: number; colorScheme?: 'light' | 'dark' } = {},
): Promise<Page> {
  const { role = 'admin', ...look } = options
  const person = await visit(browser, { url: server.url, path, token: await server.token(role), ...look })
  people.push(person)
  return person.page
}

describe('the page of reports', { timeout: 90_000 }, () => {
  it('shows a period in words and figures, one person of it, and gives it as CSV', async () => {
    const page = await enter('/reports')
    const row = page.getByRole('row', { name: /German/ })
    await row.getByRole('cell', { name: '7', exact: true }).waitFor()
    await page.getByRole('row', { name: /A person, without a draft/ }).waitFor()
    const downloading = page.waitForEvent('download')
    await page.getByRole('link', { name: 'CSV' }).click()
    const csv = await readFile(await (await downloading).path(), 'utf8')
    expect(csv).toContain('language,de,words approved,7\r\n')

    await page.getByRole('button', { name: 'test admin' }).click()
    await page.getByText('Only test admin').waitFor()
    await expect.poll(() => page.getByText('How translations began').count()).toBe(0)
    expect(new URL(page.url()).searchParams.get('person')).toBe('test admin')
    await page.reload()
    await page.getByText('Only test admin').waitFor()
    await page.getByRole('button', { name: 'Show everybody' }).click()
    await page.getByText('How translations began').waitFor()
    await page.getByRole('button', { name: 'Last year' }).click()
    await page.getByText('Nothing happened in this period').waitFor()
    await page.getByLabel('Last day').fill('2019-01-01')
    await page
      .getByRole('alert')
      .getByText(/before it begins/)
      .waitFor()
  })

  it('shows translators their own part', async () => {
    const page = await enter('/reports', { role: 'translator' })
    await page.getByText('This is your own part.').waitFor()
    await page.getByText('Nothing happened in this period').waitFor()
  })

  it('is usable on a telephone, in the dark and by keyboard, and prints nothing but itself', async () => {
    const page = await enter('/reports', { width: 360, colorScheme: 'dark' })
    await page.getByRole('row', { name: /German/ }).waitFor()
    const sideways = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
    expect(await page.evaluate(sideways)).toBe(0)
    expect((await runAxe(page)).violations).toEqual([])
    await page.getByRole('button', { name: 'This quarter' }).focus()
    await page.keyboard.press('Enter')
    const pressed = page.getByRole('button', { name: 'This quarter' })
    await expect.poll(() => pressed.getAttribute('aria-pressed')).toBe('true')

    const wide = await enter('/reports')
    await wide.getByRole('row', { name: /German/ }).waitFor()
    expect((await runAxe(wide)).violations).toEqual([])
    await wide.emulateMedia({ media: 'print' })
    expect(await wide.getByRole('banner').isVisible()).toBe(false)
    expect(await wide.getByLabel('First day').isVisible()).toBe(false)
    expect(await wide.getByRole('row', { name: /German/ }).isVisible()).toBe(true)
  })
})

describe('periods', () => {
  it('end with the day before they are over, or with the last one', () => {
    const periods = commonPeriods('2026-02-03').map(({ from, to }) => `${from} ${to}`)
    expect(periods).toEqual([
      '2026-02-01 2026-02-03',
      '2026-01-01 2026-01-31',
      '2026-01-01 2026-02-03',
      '2025-10-01 2025-12-31',
      '2026-01-01 2026-02-03',
      '2025-01-01 2025-12-31',
    ])
  })
})
