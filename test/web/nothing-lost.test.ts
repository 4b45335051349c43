import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { issueToken } from '../../src/store/tokens.ts'
import { newsdesk } from '../support/newsdesk.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { launch, needChromium, type Visit, visit } from './browser.ts'

let server: TestServer
let door: Door
let browser: Browser
let desk: ReturnType<typeof newsdesk>
let people: Visit[] = []

beforeAll(async () => {
  server = await startServer()
  door = await openDoor(server.url)
  desk = newsdesk(server, await person('Zoe'))
})
afterAll(async () => {
  await door?.close()
  await server?.close()
})
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

type Door = {
  readonly url: string
  /** The server is gone: nothing answers at its address. */
  readonly shut: () => Promise<void>
  readonly open: () => Promise<void>
  readonly close: () => Promise<void>
}

/** An address before the server that can go away and come back, as a server that is restarted. */
async function openDoor(to: string): Promise<Door> {
  const pass = () =>
    createServer((incoming, answer) => {
      const { method, headers, url: path } = incoming
      const onward = request(new URL(path ?? '/', to), { method, headers }, (reply) => {
        answer.writeHead(reply.statusCode ?? 502, reply.headers)
        reply.pipe(answer)
      })
      onward.on('error', () => answer.destroy())
      answer.on('close', () => onward.destroy())
      incoming.pipe(onward)
    })
  const listen = (made: Server, port: number) =>
    new Promise<void>((resolve) => made.listen(port, '127.0.0.1', () => resolve()))
  const close = () =>
    new Promise<void>((resolve) => {
      here.close(() => resolve())
      here.closeAllConnections()
    })
  let here = pass()
  await listen(here, 0)
  const { port } = here.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    shut: close,
    open: async () => {
      here = pass()
      await listen(here, port)
    },
    close,
  }
}

const person = (name: string) =>
  issueToken(server.database.db, { kind: 'access', name, role: 'admin', locales: [] })

async function newArticle(): Promise<string> {
  await server.database.db.deleteFrom('memory_unit').execute()
  const id = await desk.submit('Good morning to all. Nobody went home. It was late in Minsk.', ['de'])
  await desk.translate(id, 'de', 'Satz:')
  return id
}
async function open(name: string, id: string, url = server.url): Promise<Visit> {
  const found = await visit(browser, { url, path: `/documents/${id}/de`, token: await person(name) })
  people.push(found)
  await found.page.locator('#segment-3').waitFor()
  return found
}
async function another(context: BrowserContext, id: string): Promise<Page> {
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(`${server.url}/documents/${id}/de`)
  await page.locator('#segment-3').waitFor()
  return page
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
async function crash(page: Page): Promise<void> {
  const gone = page.waitForEvent('crash')
  page.goto('chrome://crash').catch(() => undefined)
  await gone
}

describe('nothing is lost', () => {
  it('when the server goes away in mid-typing and comes back: it is tried again by itself', async () => {
    const id = await newArticle()
    const { page } = await open('Ada', id, door.url)
    await goTo(page, 2)
    await page.keyboard.press('Control+A')
    await page.keyboard.type('Niemand ')
    await door.shut()
    await page.keyboard.type('ging heim.')
    await page.keyboard.press('Control+Enter')
    await row(page, 2).getByText('Kept on this device').waitFor()
    await goTo(page, 3)
    await write(page, 'Auch dies.')
    await page.keyboard.press('Control+Enter')
    await row(page, 3).getByText('Kept on this device').waitFor()
    await door.open()
    await row(page, 2).getByText('Saved', { exact: true }).waitFor()
    await row(page, 3).getByText('Saved', { exact: true }).waitFor()
    expect([await textOf(id, 2), await textOf(id, 3)]).toEqual(['Niemand ging heim.', 'Auch dies.'])
  })

  it('when the network is cut while one types and somebody else saves: both texts are there afterwards', async () => {
    const id = await newArticle()
    const { page, context } = await open('Ada', id)
    await goTo(page, 2)
    await context.setOffline(true)
    await write(page, 'Von Ada ohne Netz.')
    const [, second] = await desk.segmentsOf(id, 'de')
    await desk.send(
      'PUT',
      `/api/segments/${second?.id}/targets/de`,
      { text: 'Von Zoe.' },
      { 'If-Match': '"1"' },
    )
    await page.keyboard.press('Control+Enter')
    await row(page, 2).getByText('Kept on this device').waitFor()
    await context.setOffline(false)
    await row(page, 2).getByText('Zoe changed this segment in the meantime').waitFor()
    await row(page, 2).getByText('Von Ada ohne Netz.').first().waitFor()
    expect(await textOf(id, 2)).toBe('Von Zoe.')
    await row(page, 2).getByRole('button', { name: 'Use mine' }).click()
    await expect.poll(() => textOf(id, 2), PATIENT).toBe('Von Ada ohne Netz.')
  })

  it('when two tabs of one person crash with different texts for one segment', async () => {
    const id = await newArticle()
    const { page: first, context } = await open('Ada', id)
    const second = await another(context, id)
    await goTo(first, 2)
    await write(first, 'Aus dem ersten Fenster.')
    await goTo(second, 2)
    // The other tab is open and looks after its own text.
    expect(await field(second).textContent()).toBe('Satz: Nobody went home.')
    await row(second, 2).getByText('You have this segment open in another tab, too.').waitFor()
    await write(second, 'Aus dem zweiten Fenster.')
    await crash(first)
    await crash(second)
    const third = await another(context, id)
    await row(third, 2).getByText('Restored, not saved yet').waitFor()
    expect(await field(third).textContent()).toBe('Aus dem zweiten Fenster.')
    await third.getByRole('button', { name: 'Look at what was kept' }).click()
    await third.getByRole('dialog').getByText('Aus dem ersten Fenster.').waitFor()
    await third.getByRole('button', { name: 'Put it into the segment' }).click()
    await expect.poll(() => field(third).textContent(), PATIENT).toBe('Aus dem ersten Fenster.')
  })

  it('when the session is revoked, and shows nothing of it to somebody else who signs in on that computer', async () => {
    const id = await newArticle()
    const { page } = await open('Ada', id)
    await goTo(page, 2)
    await server.database.db.deleteFrom('access_token').where('kind', '=', 'session').execute()
    await server.database.db.deleteFrom('auth_session').execute()
    await write(page, 'Adas Satz.')
    await page.keyboard.press('Control+Enter')
    const signIn = async (name: string) => {
      await page.getByText('I cannot get in, or have an access token').last().click()
      const token = page.getByLabel('Access token').last()
      await token.fill(await person(name))
      await token.press('Enter')
    }
    await page.getByRole('dialog').waitFor()
    await signIn('Ben')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await row(page, 2).waitFor()
    await expect.poll(() => row(page, 2).textContent(), PATIENT).toContain('Satz: Nobody went home.')
    expect(await page.getByText('Adas Satz.').count()).toBe(0)
    expect(await textOf(id, 2)).toBe('Satz: Nobody went home.')
    // Back on her own.
    await page.context().clearCookies()
    await page.reload()
    await signIn('Ada')
    await row(page, 2).getByText('Adas Satz.').waitFor()
    await goTo(page, 2)
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => textOf(id, 2), PATIENT).toBe('Adas Satz.')
  })

  it('without a question when one signs out with unsaved texts; then nothing of them stays on the computer', async () => {
    const id = await newArticle()
    const { page } = await open('Ada', id)
    await goTo(page, 2)
    await page.context().setOffline(true)
    await write(page, 'Nur hier.')
    await page.keyboard.press('Control+Enter')
    await row(page, 2).getByText('Kept on this device').waitFor()
    const context = page.context()
    await page.close()
    await context.setOffline(false)
    const next = await context.newPage()
    await next.goto(server.url)
    const button = next.getByRole('button', { name: 'Sign out', exact: true })
    await button.click()
    await next.getByRole('dialog').getByText('1 text that you typed is on this device only').waitFor()
    await next.getByRole('button', { name: 'Stay signed in' }).click()
    const kept = () =>
      next.evaluate('Object.keys(localStorage).filter((key) => key.includes("draft")).length')
    expect(await kept()).toBe(1)
    await button.click()
    await next.getByRole('button', { name: 'Delete them and sign out' }).click()
    await next.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(await kept()).toBe(0)
  })

  it('where the browser forbids storage: it says so, still saves, and asks before the page is closed', async () => {
    const id = await newArticle()
    const { page, context } = await open('Ada', id)
    await context.addInitScript(
      'Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError") } })',
    )
    await page.reload()
    await goTo(page, 2)
    await context.setOffline(true)
    await page.keyboard.press('Control+A')
    await page.keyboard.type('Nirgends sonst.')
    await page.getByText('This browser cannot keep unsaved text').waitFor()
    const asked = page.waitForEvent('dialog')
    const closing = page.close({ runBeforeUnload: true })
    const dialog = await asked
    expect(dialog.type()).toBe('beforeunload')
    await dialog.dismiss()
    await closing
    await context.setOffline(false)
    await page.keyboard.press('Control+Enter')
    await row(page, 2).getByText('Saved', { exact: true }).waitFor()
    expect(await textOf(id, 2)).toBe('Nirgends sonst.')
  })
})
