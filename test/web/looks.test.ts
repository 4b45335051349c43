import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newsdesk } from '../support/newsdesk.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { runAxe } from './axe.ts'
import { launch, needChromium, type Visit, visit } from './browser.ts'

const ARTICLE = `# Strike spreads

Nobody went **home**.

> We are not afraid.
`
let server: TestServer
let admin: string
let id: string
let browser: Browser
let person: Visit | undefined

beforeAll(async () => {
  server = await startServer()
  admin = await server.token('admin')
  const desk = newsdesk(server, admin)
  id = await desk.submit(ARTICLE, ['ja', 'he'])
  await desk.translate(id, 'ja', '日本')
}, 60_000)
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
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

async function enter(path: string, look: { width?: number; height?: number } = {}): Promise<Page> {
  person = await visit(browser, { url: server.url, path, token: admin, ...look })
  return person.page
}
const styleOf = (page: Page, place: string, name: string) =>
  page
    .locator(place)
    .first()
    .evaluate((element, wanted) => getComputedStyle(element).getPropertyValue(wanted), name)

describe('every page', { timeout: 90_000 }, () => {
  it('can be enlarged to 200 %: nothing is cut off, and each has one heading of its own', async () => {
    // A window of 1280 by 900 pixels at that size.
    const page = await enter('/', { width: 640, height: 450 })
    const parts = ['', '/search', '/clean'].map((part) => `/memories${part}`)
    const paths = ['/', '/?view=mine', '/terms', ...parts, '/files', '/comments', '/publishing', '/reports']
    for (const path of [...paths, '/people', '/account', `/documents/${id}/cost`, `/documents/${id}/he`]) {
      await page.goto(server.url + path)
      await page.locator('.top, .editor-head').waitFor()
      await page.locator('h1').waitFor({ state: 'attached' })
      await page
        .getByText(/^(Loading|Looking for)/)
        .first()
        .waitFor({ state: 'detached' })
      const wide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
      expect([path, await page.evaluate(wide)]).toEqual([path, 0])
      expect([path, await page.locator('h1').count()]).toEqual([path, 1])
    }
  })

  it('stands still for whoever wants no motion', async () => {
    const page = await enter('/account')
    // The desk waits for ever, and shows that it does.
    await page.route('**/api/board*', () => undefined)
    await page.goto(server.url)
    expect(await styleOf(page, '.skeleton', 'animation-name')).toBe('breathe')
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const moving = () =>
      page.locator('*').evaluateAll(
        (all) =>
          all.filter((element) => {
            const { animationName, transitionDuration } = getComputedStyle(element)
            return animationName !== 'none' || /[1-9]/.test(transitionDuration)
          }).length,
      )
    expect(await moving()).toBe(0)
    await page.unroute('**/api/board*')
    await page.goto(`${server.url}/documents/${id}/ja`)
    await page.locator('#segment-3').waitFor()
    expect(await moving()).toBe(0)
  })
})

describe('the top bar', () => {
  it('stands in one row of pages on a phone; what is rare opens with a key, and Escape leads back', async () => {
    const page = await enter('/reports', { width: 360, height: 740 })
    await page.getByRole('heading', { name: 'Reports' }).waitFor()
    const entries = page.locator('.top-nav > a:visible, .top-nav > details')
    const tops = await entries.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top))
    expect([tops.length, new Set(tops).size]).toEqual([4, 1])
    const more = page.locator('.top-nav summary')
    await more.focus()
    await page.keyboard.press('Enter')
    const here = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Reports' })
    expect(await here.getAttribute('aria-current')).toBe('page')
    await page.getByRole('link', { name: 'Publishing' }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Escape')
    await here.waitFor({ state: 'hidden' })
    expect(await more.evaluate((element) => element === document.activeElement)).toBe(true)
  })
})

describe('the first steps', () => {
  it('are not shown where somebody sent them away, and open again from the keys of the editor', async () => {
    const page = await enter('/')
    await page.getByRole('heading', { name: 'Documents' }).waitFor()
    expect(await page.getByRole('region', { name: 'First steps' }).count()).toBe(0)
    await page.goto(`${server.url}/documents/${id}/ja`)
    await page.locator('#segment-3').waitFor()
    await page.keyboard.press('Control+/')
    await page.getByRole('button', { name: 'First steps' }).click()
    const dialog = page.getByRole('dialog', { name: 'First steps' })
    await dialog.getByText('Nothing is lost').waitFor()
    expect((await runAxe(page)).violations).toEqual([])
  })
})

describe('scripts that are not Latin', () => {
  it('have their language, their direction and no slanted letters; codes and names in them keep to themselves', async () => {
    const page = await enter(`/documents/${id}/ja`)
    await page.locator('#segment-3').waitFor()
    const target = page.locator('#segment-3 .segment-target')
    expect([await target.getAttribute('lang'), await target.getAttribute('dir')]).toEqual(['ja', 'ltr'])
    expect(await styleOf(page, '#segment-3 .segment-source', 'font-style')).toBe('italic')
    expect(await styleOf(page, '#segment-3 .target-text', 'font-style')).toBe('normal')
    expect(await styleOf(page, '#segment-2 .segment-target .chip', 'unicode-bidi')).toBe('isolate')

    await page.goto(`${server.url}/documents/${id}/he`)
    await page.locator('#segment-3').waitFor()
    const hebrew = page.locator('#segment-3 .segment-target')
    expect([await hebrew.getAttribute('lang'), await hebrew.getAttribute('dir')]).toEqual(['he', 'rtl'])
    expect(await styleOf(page, '#segment-3 .segment-target', 'direction')).toBe('rtl')
    expect(await styleOf(page, '#segment-3 .segment-source', 'direction')).toBe('ltr')
  })
})
