import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import type { TestContext } from 'vitest'
import { ROLES } from '../../src/domain/permission.ts'

const CHROMIUM = '/usr/bin/chromium'
const ARGS = [
  '--no-sandbox',
  '--headless=new',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** Skips loudly where there is no Chromium; in CI that is a failure. */
export function needChromium(context: TestContext): void {
  if (existsSync(CHROMIUM)) return
  if (process.env.CI === 'true') throw new Error(`${CHROMIUM} is missing`)
  context.skip(`no browser: ${CHROMIUM} is missing`)
}

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM, args: ARGS })

export type Visit = {
  readonly page: Page
  readonly context: BrowserContext
  /** Errors of the page: exceptions, and what the content security policy stopped. */
  readonly faults: readonly string[]
}

type VisitOptions = {
  readonly url: string
  /** Where to go; the desk when left out. */
  readonly path?: string
  /** Signs in with it; left out: the visitor is nobody. */
  readonly token?: string
  readonly width?: number
  readonly height?: number
  readonly colorScheme?: 'light' | 'dark'
  /** Nobody has used this browser before: the first steps are shown. */
  readonly firstVisit?: boolean
}

/** A person with a browser profile of their own, at the first page. */
export async function visit(browser: Browser, options: VisitOptions): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
    colorScheme: options.colorScheme ?? 'light',
    acceptDownloads: true,
  })
  if (options.firstVisit !== true) {
    const roles = JSON.stringify(JSON.stringify(ROLES))
    // Pages without an origin have no storage.
    await context.addInitScript(`try { localStorage.setItem('talmach-first-steps', ${roles}) } catch {}`)
  }
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error.stack)))
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) faults.push(message.text())
  })
  if (options.token !== undefined) {
    const answer = await context.request.post(`${options.url}/api/session`, {
      data: { token: options.token },
      headers: { Origin: options.url },
    })
    if (!answer.ok()) throw new Error(`signing in was answered with ${answer.status()}`)
  }
  await page.goto(options.url + (options.path ?? '/'))
  return { page, context, faults }
}
