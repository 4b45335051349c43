import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { joinAs } from '../support/person.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { runAxe } from './axe.ts'
import { launch, needChromium, type Visit, visit } from './browser.ts'

const PASSWORD = 'correct horse battery'
let server: TestServer
let browser: Browser
let person: Visit | undefined

beforeAll(async () => {
  server = await startServer({ workers: false })
}, 60_000)
afterAll(() => server?.close())
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
afterAll(() => browser?.close())

/** WebAuthn wants a name. */
const home = () => server.url.replace('127.0.0.1', 'localhost')

async function open(path: string, options: { width?: number; colorScheme?: 'light' | 'dark' } = {}) {
  person = await visit(browser, { url: home(), path, ...options })
  return person.page
}

async function signIn(page: Page, name: string, password = PASSWORD) {
  await page.getByLabel('Public name or e-mail address').fill(name)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

const sideways = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
const clean = async (page: Page) => {
  expect((await runAxe(page)).violations).toEqual([])
  expect(await sideways(page)).toBe(0)
}

describe('an invitation in the browser', () => {
  it('is made by an admin, opened by somebody new, and leads to an account of their own', async () => {
    await joinAs(server, { name: 'Chief', password: PASSWORD, grants: [{ role: 'admin' }] })
    const page = await open('/people')
    await signIn(page, 'Chief', 'a wrong password')
    await page.getByText('the name or the password is wrong').waitFor()
    await clean(page)
    await signIn(page, 'Chief')
    await page.getByRole('heading', { name: 'People', level: 1 }).waitFor()
    await page.getByRole('button', { name: 'Invite somebody' }).click()
    await page.getByLabel('Languages, as de, pt-BR; none: all').fill('de, fr')
    await clean(page)
    await page.getByRole('button', { name: 'Make the link' }).click()
    const link = await page.getByLabel('The link', { exact: true }).inputValue()
    expect(link).toContain(`${home()}/invitation#talmach_`)
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('heading', { name: 'Invited' }).waitFor()
    await clean(page)
    await person?.context.close()

    const newcomer = await open(link.slice(home().length), { width: 360 })
    await newcomer.getByText('Translator: German, French').waitFor()
    await clean(newcomer)
    await newcomer.getByLabel('Public name').fill('chief')
    await newcomer.getByLabel('Password').fill(PASSWORD)
    await newcomer.getByRole('button', { name: 'Come in' }).click()
    await newcomer.getByText(/“chief” is taken/).waitFor()
    await newcomer.getByLabel('Public name').fill('Vera')
    await newcomer.getByRole('button', { name: 'Come in' }).click()
    await newcomer.getByRole('link', { name: 'Vera' }).click()
    await newcomer.getByRole('heading', { name: 'My account' }).waitFor()
    await newcomer.getByText('Translator: German, French').waitFor()
    await clean(newcomer)
  }, 90_000)
})

describe('my account', () => {
  it('changes the name, makes a token that works, and ends other sessions', async () => {
    await joinAs(server, { name: 'Wanda', password: PASSWORD, grants: [{ role: 'editor' }] })
    const page = await open('/account', { colorScheme: 'dark' })
    await signIn(page, 'wanda')
    await page.getByRole('heading', { name: 'My account' }).waitFor()
    await page.getByRole('textbox', { name: 'Public name', exact: true }).fill('Wendy')
    await page.getByRole('button', { name: 'Change the name' }).click()
    await page.getByRole('link', { name: 'Wendy' }).waitFor()

    await page.getByLabel('What the token is for').fill('script')
    await page.getByRole('checkbox', { name: 'read' }).check()
    await page.getByRole('button', { name: 'Make a token' }).click()
    const token = await page.getByLabel('The token', { exact: true }).inputValue()
    const seen = await server.api(token, '/api/session')
    expect(await seen.json()).toMatchObject({ name: 'Wendy', permissions: ['read'] })
    await clean(page)
    await page.getByRole('button', { name: 'Revoke the token script' }).click()
    await page.getByRole('button', { name: 'Revoke the token script' }).waitFor({ state: 'detached' })
    expect((await server.api(token, '/api/session')).status).toBe(401)

    await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
    await page.getByRole('button', { name: 'Sign out everywhere else' }).waitFor({ state: 'detached' })
  }, 60_000)

  it('sets up a passkey that signs in without a password, and removes it', async () => {
    await joinAs(server, { name: 'Xenia', password: PASSWORD, grants: [{ role: 'editor' }] })
    const page = await open('/account')
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
      },
    })
    await signIn(page, 'Xenia')
    await page.getByLabel('A name for it, as “phone”').fill('phone')
    await page.getByRole('button', { name: 'Set up a passkey' }).click()
    await page.getByRole('button', { name: 'Remove the passkey phone' }).waitFor()

    await page.getByRole('button', { name: 'Sign out', exact: true }).first().click()
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await page.getByRole('button', { name: 'Remove the passkey phone' }).waitFor()
    expect(await page.getByRole('link', { name: 'Xenia' }).count()).toBe(1)

    await page.getByRole('button', { name: 'Remove the passkey phone' }).click()
    await page.getByRole('button', { name: 'Remove the passkey phone' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Sign out', exact: true }).first().click()
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await page.getByText('this passkey is not known here').waitFor()
  }, 60_000)

  it('is erased by whoever types their name', async () => {
    await joinAs(server, { name: 'Yusra', password: PASSWORD, grants: [{ role: 'translator' }] })
    const page = await open('/account', { width: 360, colorScheme: 'dark' })
    await signIn(page, 'Yusra')
    await page.getByRole('button', { name: 'Erase my account…' }).click()
    await clean(page)
    await page.getByLabel(/Type your public name/).fill('Yusra')
    await page.getByRole('button', { name: 'Erase for good' }).click()
    await page.getByLabel('Public name or e-mail address').waitFor()
    await signIn(page, 'Yusra')
    await page.getByText('the name or the password is wrong').waitFor()
  }, 60_000)
})

describe('people', () => {
  it('are found, given other roles, blocked, and helped in with a link', async () => {
    await joinAs(server, { name: 'Zora', password: PASSWORD, grants: [{ role: 'admin' }] })
    await joinAs(server, {
      name: 'Abel',
      password: PASSWORD,
      grants: [{ role: 'translator', locales: ['de'] }],
    })
    const page = await open('/people', { width: 360 })
    await signIn(page, 'Zora')
    await page.getByLabel('Find by name, role or language').fill('abel')
    await page.getByText('1 person').waitFor()
    const card = page.locator('.member', { hasText: 'Abel' })
    await card.getByRole('button', { name: 'Change roles of Abel' }).click()
    await page.getByRole('combobox', { name: 'Role' }).selectOption('editor')
    await page.getByRole('button', { name: 'Save' }).click()
    await card.getByText('Editor: German').waitFor()
    await card.getByRole('button', { name: 'Make a sign-in link' }).click()
    await page.getByRole('button', { name: 'Make the link' }).click()
    const link = await page.getByLabel('The link', { exact: true }).inputValue()
    await page.getByRole('button', { name: 'Close' }).click()
    await clean(page)
    await person?.context.close()

    const abel = await open(link.slice(home().length))
    await clean(abel)
    await abel.getByRole('button', { name: 'Sign in' }).click()
    await abel.getByRole('link', { name: 'Abel' }).waitFor()
  }, 90_000)
})
