import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { newsdesk } from '../support/newsdesk.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { runAxe } from './axe.ts'
import { launch, needChromium, type Visit, visit } from './browser.ts'

let server: TestServer
let receiver: Receiver
let admin: string
let browser: Browser
let people: Visit[] = []

beforeAll(async () => {
  receiver = await startReceiver()
  server = await startServer({ env: { TALMACH_ALLOW_PRIVATE_URLS: 'yes' } })
  admin = await server.token('admin')
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
  await receiver?.close()
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
const sidewaysScroll = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
/** What the workers do takes a moment, and the page does not watch them. */
const reloadUntil = async (page: Page, there: Locator) => {
  await eventually('the page to show it', async () => {
    await page.reload()
    await page.waitForLoadState('networkidle')
    return (await there.count()) > 0
  })
}
const dialog = (page: Page) => page.getByRole('dialog')

describe('the publishing page', { timeout: 90_000 }, () => {
  it('says that nothing is published, and how something comes to be', async () => {
    const page = await enter('/publishing')
    await page.getByText('Nothing is published yet').waitFor()
    await page.getByRole('link', { name: 'Webhooks' }).click()
    await page.getByText('Nobody is told yet').waitFor()
  })

  it('shows what is out, what waits and what is missing, and takes an editor’s decisions', async () => {
    const desk = newsdesk(server, admin)
    const id = await desk.submit('# The strike goes on\n\nNobody went home.\n', ['de', 'ar'])
    await desk.finish(id, 'de')
    const page = await enter('/publishing', { role: 'editor' })
    const card = page.getByRole('article', { name: 'The strike goes on' })
    await card.getByText('1 of 2 languages published').waitFor()
    expect(await page.getByRole('link', { name: 'Webhooks' }).count()).toBe(0)

    await card.getByRole('button', { name: 'Release without the rest…' }).click()
    await dialog(page)
      .getByText(/are missing: Arabic/)
      .waitFor()
    await dialog(page).getByRole('button', { name: 'Release now' }).click()
    await card.getByText(/Partial release of/).waitFor()

    await card.getByRole('button', { name: 'Embargo and licence…' }).click()
    await dialog(page).getByLabel('Nothing new comes out before').fill('2031-01-01T12:00')
    await dialog(page).getByLabel('Licence').fill('CC BY 4.0')
    expect((await runAxe(page)).violations).toEqual([])
    await dialog(page).getByRole('button', { name: 'Save' }).click()
    await card.getByText(/Embargo until 1 Jan 2031, 12:00/).waitFor()
    await desk.translate(id, 'ar')
    await desk.approve(id, 'ar')
    await reloadUntil(page, card.getByText('Finished, held back'))

    await card.getByRole('button', { name: 'History' }).click()
    await dialog(page).getByText('Partial release of revision 1').waitFor()
    await dialog(page).getByText('Arabic, waits to come out').waitFor()
    await page.keyboard.press('Escape')
    expect(await dialog(page).count()).toBe(0)

    await card.getByRole('button', { name: 'Withdraw…' }).click()
    await dialog(page).getByLabel('Notice for readers').fill('The figures were wrong.')
    await dialog(page).getByText('The notice in each language').click()
    await dialog(page).getByLabel('German').fill('Die Zahlen waren falsch.')
    expect(await dialog(page).getByLabel('Arabic').getAttribute('dir')).toBe('rtl')
    await dialog(page).getByRole('button', { name: 'Withdraw in all languages' }).click()
    await card.getByText(/readers see a notice/).waitFor()
    const gone = await server.api(admin, `/api/documents/${id}/bundle/de`)
    expect([gone.status, ((await gone.json()) as { detail: string }).detail]).toEqual([
      410,
      'Die Zahlen waren falsch.',
    ])
    await card.getByRole('button', { name: 'Publish again…' }).click()
    await dialog(page).getByRole('button', { name: 'Publish again' }).click()
    await card.getByRole('button', { name: 'Withdraw…' }).waitFor()
    await card.getByRole('button', { name: 'History' }).click()
    await dialog(page).getByText('Published again', { exact: true }).waitFor()
  })

  it('gives addresses that can be copied, to a site’s own key too, and that work', async () => {
    const page = await enter('/publishing', { role: 'publisher' })
    const card = page.getByRole('article', { name: /strike/ })
    await card.getByText('1 of 1 languages published').waitFor()
    expect(await page.getByText(/Embargo|Arabic/).count()).toBe(0)
    expect(await card.getByRole('button').allTextContents()).toEqual(['History', 'Addresses'])
    await card.getByRole('button', { name: 'Addresses' }).click()
    const address = await dialog(page)
      .getByText(/as=html/)
      .textContent()
    const answer = await fetch(address ?? '', { headers: { Authorization: `Bearer ${admin}` } })
    expect([answer.status, answer.headers.get('content-language')]).toEqual([200, 'de'])
    const clipboard = ['clipboard-read', 'clipboard-write']
    await page.context().grantPermissions(clipboard, { origin: server.url })
    await dialog(page).getByRole('button', { name: 'Copy: German, HTML' }).click()
    await dialog(page).getByText('Copied', { exact: true }).waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(address)
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Addresses for sites' }).click()
    await page.getByText(`${server.url}/feed.atom?locale=pt-BR`).waitFor()
  })

  it('makes, tries, pauses, changes and deletes a webhook, and sends again what it was told', async () => {
    const page = await enter('/publishing/webhooks')
    await page.getByRole('button', { name: 'New webhook' }).click()
    await dialog(page).getByLabel('Address').fill('ftp://example.org/')
    await dialog(page).getByRole('button', { name: 'Create' }).click()
    await dialog(page).getByRole('alert').filter({ hasText: /http/ }).waitFor()
    await dialog(page).getByLabel('Address').fill(receiver.url)
    await dialog(page).getByText('German').click()
    await dialog(page).getByRole('button', { name: 'Create' }).click()
    const secret = await dialog(page).locator('code').textContent()
    expect(secret).toMatch(/^whsec_/)
    await dialog(page).getByRole('button', { name: 'I have copied it' }).click()
    const card = page.getByRole('article', { name: receiver.url })
    await card.getByText('Active').waitFor()
    expect(await page.getByText(secret ?? '').count()).toBe(0)

    await card.getByRole('button', { name: 'Send a test' }).click()
    await card.getByText(/The test arrived: status 204/).waitFor()
    expect(receiver.messages.at(-1)?.json.type).toBe('webhook.test')
    receiver.state.answer = () => 500
    await card.getByRole('button', { name: 'Send a test' }).click()
    await card.getByText('The test did not arrive: it answered with status 500.').waitFor()

    const desk = newsdesk(server, admin)
    const id = await desk.submit('# Second\n\nIt goes on.\n', ['de'])
    await desk.finish(id, 'de')
    await reloadUntil(page, card.getByText(/went wrong: it answered with status 500/))
    receiver.state.answer = () => 204
    await card.getByRole('button', { name: 'Delivery log' }).click()
    const log = card.getByRole('region', { name: 'Delivery log' })
    await log.getByText('It went wrong: it answered with status 500.').first().waitFor()
    await log.getByLabel('Show').selectOption('delivered')
    await log.getByText('Nothing of this kind.').waitFor()
    await log.getByLabel('Show').selectOption('')
    const before = receiver.messages.length
    await log
      .getByRole('button', { name: /^Send again: event \d+$/ })
      .last()
      .click()
    await page.getByText('1 event is sent again.').waitFor()
    await expect.poll(() => receiver.messages.length, { timeout: 15_000 }).toBeGreaterThan(before)
    expect(receiver.messages[before]?.json.type).toBe('bundle.published')
    await expect
      .poll(async () => {
        await log.getByRole('button', { name: 'Look again' }).click()
        return log.getByText(/^Arrived/).count()
      })
      .toBeGreaterThan(0)
    expect((await runAxe(page)).violations).toEqual([])

    await card.getByRole('button', { name: 'Pause' }).click()
    await card.getByText('Nothing is sent: paused by test admin.').waitFor()
    await card.getByRole('button', { name: 'Resume' }).click()
    await card.getByRole('button', { name: 'Change…' }).click()
    await dialog(page).getByLabel('Address').fill(`${receiver.url}/2`)
    await dialog(page).getByRole('button', { name: 'Save' }).click()
    const changed = page.getByRole('article', { name: `${receiver.url}/2` })
    await changed.getByRole('button', { name: 'Delete…' }).click()
    await dialog(page).getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('Nobody is told yet').waitFor()
  })

  it('is usable on a telephone, in the dark, by keyboard and with a screen reader', async () => {
    for (const path of ['/publishing', '/publishing/links', '/publishing/webhooks']) {
      const page = await enter(path, { width: 360, colorScheme: 'dark' })
      await page.getByRole('heading', { level: 1, name: 'Publishing' }).waitFor()
      await page.waitForLoadState('networkidle')
      expect([path, await sidewaysScroll(page)]).toEqual([path, 0])
      expect([path, (await runAxe(page)).violations]).toEqual([path, []])
    }
    const page = await enter('/publishing')
    const history = page.getByRole('button', { name: 'History' }).first()
    await history.focus()
    await page.keyboard.press('Enter')
    await dialog(page).waitFor()
    await page.keyboard.press('Escape')
    await expect
      .poll(() => history.evaluate((element) => element === element.ownerDocument.activeElement))
      .toBe(true)
  })

  it('says what is wrong, and tries again when asked to', async () => {
    const page = await enter('/')
    await page.route('**/api/publications*', (route) => route.abort())
    await page.getByRole('link', { name: 'Publishing' }).click()
    await page.getByText('The server does not answer.').waitFor()
    await page.unroute('**/api/publications*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('article', { name: /strike/ }).waitFor()
  })
})
