import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newsdesk } from '../support/newsdesk.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { launch, needChromium, visit } from './browser.ts'

describe('the board of queues in a browser', () => {
  let server: TestServer
  let browser: Browser | undefined
  beforeAll(async () => {
    server = await startServer({ workers: false })
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  it('shows what waits, at every address of its own, and loads all of itself', async (context) => {
    needChromium(context)
    browser = await launch()
    const token = await server.token('admin')
    await newsdesk(server, token).send('POST', '/api/documents', {
      ...{ text: '# Trams\n', format: 'markdown', name: 'trams.md', sourceLocale: 'en' },
      targetLocales: ['de'],
    })
    const { page, faults } = await visit(browser, { url: server.url, token })
    await page.getByRole('heading').first().waitFor()
    await page.goto(`${server.url}/admin/queues`)
    await page
      .getByRole('link', { name: /talmach-segment/ })
      .first()
      .click()
    await page
      .getByText(/^segment-[0-9a-f-]{36}$/)
      .first()
      .waitFor()
    await page.reload()
    await page
      .getByText(/^segment-[0-9a-f-]{36}$/)
      .first()
      .waitFor()
    // Decorations that it would style inline stay plain: the policy holds here, too.
    expect(faults.filter((fault) => !fault.startsWith('Applying inline style'))).toEqual([])
  })
})
