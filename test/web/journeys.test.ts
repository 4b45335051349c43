import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type DeeplServer, startDeeplServer } from '../support/deepl-server.ts'
import { newsdesk } from '../support/newsdesk.ts'
import { joinAs } from '../support/person.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { runAxe } from './axe.ts'
import { launch, needChromium } from './browser.ts'

const PASSWORD = 'correct horse battery'
const ARTICLE = `# Strike spreads in Minsk

The OMON sealed off [the square](https://example.org/square) at noon. Thousands of people stayed there until the evening came.

Nobody went home. The kettle held until midnight.
`
/** Two cores, and other tests. */
const PATIENT = { timeout: 15_000 }

let server: TestServer
let machine: DeeplServer
let receiver: Receiver
let admin: string
let desk: ReturnType<typeof newsdesk>
let browser: Browser
let visitors: { readonly page: Page; readonly faults: string[] }[] = []

beforeAll(async () => {
  machine = await startDeeplServer()
  receiver = await startReceiver()
  server = await startServer({
    mt: 'deepl',
    env: {
      DEEPL_API_KEY: 'a-key-for-tests',
      DEEPL_SERVER_URL: machine.url,
      TALMACH_ALLOW_PRIVATE_URLS: 'yes',
    },
  })
  admin = await server.token('admin')
  desk = newsdesk(server, admin)
}, 60_000)
beforeEach(async (context) => {
  needChromium(context)
  browser ??= await launch()
})
afterEach(async () => {
  const faults = visitors.flatMap((visitor) => visitor.faults)
  for (const { page } of visitors) await page.context().close()
  visitors = []
  expect(faults).toEqual([])
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await machine?.close()
  await receiver?.close()
})

/**
 * A browser that nobody has used before. Whatever goes wrong in it is a fault: what a script throws or complains about,
 * what the content security policy stops, a request to another host, an answer that a person would not expect.
 */
async function come(path: string, look: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...look })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const faults: string[] = []
  visitors.push({ page, faults })
  page.on('pageerror', (error) => faults.push(String(error.stack)))
  page.on('console', (message) => {
    // What the browser says about answers stands below, with their addresses.
    const bad = message.type() === 'error' && !message.text().startsWith('Failed to load resource')
    if (bad || /Content Security Policy/.test(message.text())) faults.push(message.text())
  })
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== server.url) faults.push(`foreign: ${request.url()}`)
  })
  page.on('response', (answer) => {
    // Before signing in, the page asks who is there.
    const nobody = answer.status() === 401 && answer.url().endsWith('/api/session')
    if (answer.status() >= 400 && !nobody) faults.push(`${answer.status()} ${answer.url()}`)
  })
  await page.goto(path.startsWith('http') ? path : server.url + path)
  return page
}

/** Nothing to complain about for axe, and nothing that one would have to scroll sideways for. */
async function inspect(page: Page): Promise<void> {
  expect((await runAxe(page)).violations).toEqual([])
  const wide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
  expect(await page.evaluate(wide)).toBe(0)
}
/** Goes to something by Tab alone, and sees that it is marked when it has the focus. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor()
  for (let presses = 0; presses < 150; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) {
      const outline = await wanted.evaluate((element) => {
        const shown = element.matches('.choice input') ? element.nextElementSibling : element
        return shown === null ? 'none' : getComputedStyle(shown).outlineStyle
      })
      expect([await wanted.textContent(), outline]).toEqual([await wanted.textContent(), 'solid'])
      return
    }
    await page.keyboard.press('Tab')
  }
  throw new Error(`150 times Tab do not lead to ${wanted}`)
}
async function press(page: Page, wanted: Locator): Promise<void> {
  await tabTo(page, wanted)
  await page.keyboard.press('Enter')
}
const row = (page: Page, number: number) => page.locator(`#segment-${number}`)
const button = (place: Page | Locator, name: string) => place.getByRole('button', { name, exact: true })
const signIn = async (page: Page, name: string) => {
  await tabTo(page, page.getByLabel('Public name or e-mail address'))
  await page.keyboard.type(name)
  await page.keyboard.press('Tab')
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
}
const textOf = async (id: string, locale: string, number: number) =>
  (await desk.segmentsOf(id, locale))[number - 1]?.target?.text
async function write(id: string, locale: string, number: number, text: string): Promise<void> {
  const segment = (await desk.segmentsOf(id, locale))[number - 1]
  const version = `"${segment?.target?.version ?? 0}"`
  const path = `/api/segments/${segment?.id}/targets/${locale}`
  expect((await desk.send('PUT', path, { text }, { 'If-Match': version })).status).toBe(200)
}

describe('a translator on a phone', () => {
  it('comes by invitation, takes breaking news, translates it through a gap in the line and hands it back', async () => {
    await joinAs(server, { name: 'Edda', password: PASSWORD, grants: [{ role: 'editor' }] })
    const before = await desk.submit('Thousands of people stayed there until the morning came.', ['de'])
    await write(before, 'de', 1, 'Tausende blieben dort bis zum Morgen.')
    await desk.approve(before, 'de')
    await desk.submit('# Something else\n', ['de'])
    const id = await desk.submit(ARTICLE, ['de', 'ar'])
    await desk.send('PATCH', `/api/documents/${id}`, { priority: 'breaking' })
    const invited = await desk.send('POST', '/api/invitations', {
      grants: [{ role: 'translator', locales: ['de'], documentId: null }],
    })
    const { url } = (await invited.json()) as { url: string }

    const page = await come(url, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })
    await page.getByText('Translator: German').waitFor()
    await inspect(page)
    await page.getByLabel('Public name').fill('Vera')
    await page.getByLabel('Password').fill(PASSWORD)
    await button(page, 'Come in').tap()
    const steps = page.getByRole('region', { name: 'First steps' })
    await steps.waitFor()
    expect(await steps.getByRole('listitem').count()).toBe(5)
    await inspect(page)
    await button(steps, 'Got it').tap()
    await steps.waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'My work' }).tap()
    const first = page.locator('.work-item').first()
    await first.getByText('Breaking').waitFor()
    expect(await page.locator('[data-locale]:not([data-locale="de"])').count()).toBe(0)
    await inspect(page)
    await button(first, 'Take it as translator').tap()
    await page.getByText('It is yours: German, as translator.').waitFor()
    await page.getByRole('link', { name: 'Open German in the editor' }).first().tap()

    // An agreed word, and codes that stay whole.
    const field = page.locator('.cm-content')
    await row(page, 2).locator('.target-text').tap()
    await row(page, 2).locator('.cm-focused').waitFor()
    await page.keyboard.press('Control+A')
    await page.keyboard.press('Delete')
    await page.keyboard.type('Die ')
    await row(page, 2).getByRole('button', { name: 'OMON' }).tap()
    await page.keyboard.type(' riegelte mittags ')
    await row(page, 2).getByRole('button', { name: 'Insert', exact: false }).last().tap()
    await page.keyboard.type('den Platz')
    await page.keyboard.press('Control+,')
    await page.keyboard.type(' ab.')
    await inspect(page)
    await button(row(page, 2), 'Confirm').tap()
    await row(page, 2).getByText('Saved', { exact: true }).waitFor()
    expect(await textOf(id, 'de', 2)).toMatch(/^Die OMON riegelte mittags \p{Co}den Platz\p{Co} ab\.$/u)

    // Something alike is in the memory.
    await row(page, 3).locator('.matches').getByText('Tausende blieben dort bis zum Morgen.').waitFor()
    await row(page, 3).locator('.matches').getByRole('button', { name: 'Use' }).first().tap()
    expect(await field.textContent()).toBe('Tausende blieben dort bis zum Morgen.')
    await button(row(page, 3), 'Comment…').tap()
    await row(page, 3).locator('textarea:focus').waitFor()
    await page.keyboard.type('Morning or evening, @ed')
    await page.getByRole('option', { name: 'Edda' }).tap()
    await inspect(page)
    await button(row(page, 3), 'Comment').tap()
    await row(page, 3).getByText('@Edda', { exact: true }).waitFor()
    await button(row(page, 3), 'Confirm').tap()
    await row(page, 3).getByText('Saved', { exact: true }).waitFor()

    // Into a tunnel in the middle of a sentence, and out of it.
    await row(page, 4).locator('.cm-content').waitFor()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('Niemand ')
    await page.context().setOffline(true)
    await page.keyboard.type('ging heim.')
    await button(row(page, 4), 'Confirm').tap()
    await row(page, 4).getByText('Kept on this device').waitFor()
    await inspect(page)
    await page.context().setOffline(false)
    await row(page, 4).getByText('Saved', { exact: true }).waitFor()
    expect(await textOf(id, 'de', 4)).toBe('Niemand ging heim.')

    await page.getByRole('link', { name: 'Desk' }).tap()
    await page.getByRole('link', { name: 'My work' }).tap()
    const mine = page.locator('.work-part', { has: page.getByRole('heading', { name: 'What you have' }) })
    await mine.locator('.cell summary').first().tap()
    await mine.getByRole('button', { name: 'Hand back as translator…' }).tap()
    await page.getByLabel('I am done with it').check()
    await inspect(page)
    await button(page.getByRole('dialog'), 'Hand back').tap()
    await page.getByText('Handed back.').waitFor()
    await page.reload()
    await page.getByText('You have no work').waitFor()
    expect(await steps.count()).toBe(0)
    await page.locator('.top-nav summary').tap()
    await button(page, 'First steps').tap()
    await page.getByRole('dialog').waitFor()
    expect(await page.getByRole('dialog').getByRole('listitem').count()).toBe(5)
    await inspect(page)
  }, 120_000)
})

describe('an editor without a mouse', () => {
  it('signs in, settles a returned file, sends back, makes an exception, approves and takes it back, in Arabic', async () => {
    await joinAs(server, { name: 'Nadia', password: PASSWORD, grants: [{ role: 'editor', locales: ['ar'] }] })
    await server.api(admin, '/api/glossaries/arabic/import?file=list.csv', {
      method: 'POST',
      body: 'concept,en,ar\nkettle,kettle,طوق\n',
    })
    const id = await desk.submit(ARTICLE, ['ar'])
    const texts = [
      'الإضراب يتسع في مينسك',
      '',
      'بقي الآلاف حتى المساء.',
      'لم يعد أحد إلى بيته.',
      'استمر حتى منتصف الليل.',
    ]
    const path = `/api/documents/${id}/xliff/ar`
    const xliff = await (await server.api(admin, path)).text()
    for (const [place, text] of texts.entries()) if (text !== '') await write(id, 'ar', place + 1, text)
    const theirs = xliff.replace(
      /(<source[^>]*>Nobody went home[\s\S]*?<target[^>]*>)[^<]*/,
      '$1لم يذهب أحد.',
    )
    expect(theirs).not.toBe(xliff)
    const returned = await server.api(await server.token('translator'), path, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/xliff+xml' },
      body: theirs,
    })
    expect(await returned.json()).toMatchObject({ counts: { conflict: 1 } })

    const page = await come('/')
    await page.getByLabel('Password').waitFor()
    await inspect(page)
    await signIn(page, 'Nadia')
    await page.getByRole('heading', { name: 'Documents' }).waitFor()
    await inspect(page)
    await press(
      page,
      page.locator(`.row:has(#title-${id})`).getByRole('link', { name: 'Open Arabic in the editor' }),
    )
    await row(page, 5).waitFor()
    const target = row(page, 3).locator('.segment-target')
    expect([await target.getAttribute('lang'), await target.getAttribute('dir')]).toEqual(['ar', 'rtl'])

    const { keyboard } = page
    const goTo = async (number: number) => {
      await keyboard.press('Control+g')
      await page.locator('dialog input:focus').waitFor()
      await keyboard.type(String(number))
      await keyboard.press('Enter')
      await row(page, number).locator('.cm-focused').waitFor()
    }
    await goTo(4)
    await row(page, 4).getByText('Which one should stand?', { exact: false }).waitFor()
    await inspect(page)
    await press(page, button(row(page, 4), 'Use this'))
    await row(page, 4).locator('.conflict').waitFor({ state: 'detached' })
    expect(await textOf(id, 'ar', 4)).toBe('لم يذهب أحد.')

    await goTo(3)
    await press(page, button(row(page, 3), 'Send back…'))
    const dialog = page.getByRole('dialog')
    await tabTo(page, dialog.getByRole('radio', { checked: true }))
    await keyboard.press('ArrowDown')
    expect(await dialog.getByRole('radio', { name: 'Wrong term' }).isChecked()).toBe(true)
    await keyboard.press('Tab')
    await keyboard.type('Say which people.')
    await inspect(page)
    await press(page, button(dialog, 'Send back'))
    await row(page, 3).getByText('Sent back by Nadia').waitFor()

    await goTo(5)
    await press(page, button(row(page, 5), 'Make an exception…'))
    await tabTo(page, dialog.getByRole('textbox'))
    await keyboard.type('The word stands in the headline.')
    await inspect(page)
    await press(page, button(dialog, 'Make the exception'))
    await dialog.waitFor({ state: 'detached' })
    await row(page, 5).getByText('Term must be right').waitFor({ state: 'detached' })

    await press(page, button(page, 'Approve all clean…'))
    await inspect(page)
    await press(page, button(dialog, 'Approve them'))
    await page.getByText(/[1-9] of 5 approved/).waitFor()
    await inspect(page)
    const approved = async () =>
      (await desk.segmentsOf(id, 'ar')).filter((segment) => segment.target?.state === 'reviewed').length
    expect(await approved()).toBeGreaterThan(1)
    await keyboard.press('Alt+Shift+Backspace')
    await page.getByText('0 of 5 approved').waitFor()
    expect(await approved()).toBe(0)
  }, 120_000)
})

describe('a publisher', () => {
  it('sees what is out, takes it to a site, is told of it, and hears when it is withdrawn', async () => {
    await joinAs(server, { name: 'Pia', password: PASSWORD, grants: [{ role: 'publisher' }] })
    await joinAs(server, { name: 'Otto', password: PASSWORD, grants: [{ role: 'admin' }] })
    const id = await desk.submit('# The trams run again\n\nThe first one left at noon.\n', ['de'])

    // Whoever manages the house tells the site's receiver of what comes.
    const otto = await come('/publishing/webhooks')
    await signIn(otto, 'Otto')
    await button(otto, 'New webhook').click()
    await otto.getByLabel('Address').fill(receiver.url)
    await inspect(otto)
    await button(otto, 'Create').click()
    await button(otto, 'I have copied it').click()
    const hook = otto.getByRole('article', { name: receiver.url })
    await hook.getByText('Active').waitFor()
    await desk.finish(id, 'de')
    await expect
      .poll(() => receiver.messages.some(({ json }) => json.type === 'bundle.published'), PATIENT)
      .toBe(true)
    await button(hook, 'Delivery log').click()
    await expect
      .poll(async () => {
        await button(hook, 'Look again').click()
        return hook.getByText(/^Arrived/).count()
      }, PATIENT)
      .toBeGreaterThan(0)
    await inspect(otto)

    const pia = await come('/')
    await signIn(pia, 'Pia')
    await pia.getByText('Your role does not show the desk').waitFor()
    await inspect(pia)
    await pia.getByRole('main').getByRole('link', { name: 'Publishing' }).click()
    const card = pia.getByRole('article', { name: 'The trams run again' })
    await card.getByText('1 of 1 languages published').waitFor()
    await inspect(pia)
    await button(card, 'Addresses').click()
    const address =
      (await pia
        .getByRole('dialog')
        .getByText(/as=html/)
        .textContent()) ?? ''
    await inspect(pia)
    const key = { Authorization: `Bearer ${await server.token('publisher')}` }
    const article = await fetch(address, { headers: key })
    expect([article.status, article.headers.get('content-language')]).toEqual([200, 'de'])
    await pia.keyboard.press('Escape')
    await pia.getByRole('link', { name: 'Addresses for sites' }).click()
    const feed =
      (await pia
        .getByText(/feed\.json$/)
        .first()
        .textContent()) ?? ''
    await inspect(pia)
    const told = (await (await fetch(feed, { headers: key })).json()) as {
      items: { url: string; language: string }[]
    }
    const where = new URL(address).pathname
    // Other articles of this desk may be out as well.
    const items = told.items.map(({ url, language }) => [new URL(url).pathname, language])
    expect(items.filter(([path]) => path === where)).toEqual([[where, 'de']])

    const otherwise = otto.getByRole('article', { name: 'The trams run again' })
    await otto.getByRole('link', { name: 'Documents' }).last().click()
    await button(otherwise, 'Withdraw…').click()
    await otto.getByLabel('Notice for readers').fill('The figures were wrong.')
    await inspect(otto)
    await button(otto, 'Withdraw in all languages').click()
    await expect
      .poll(
        () => receiver.messages.map(({ json }) => json.type).filter((type) => /retract|withdraw/.test(type)),
        PATIENT,
      )
      .not.toEqual([])
    await pia.getByRole('main').getByRole('link', { name: 'Documents' }).click()
    await card.getByText(/readers see a notice/).waitFor()
    expect((await fetch(address, { headers: key })).status).toBe(410)
  }, 120_000)
})
