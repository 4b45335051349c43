import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readTmx } from '../../src/exchange/tmx.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { runAxe } from './axe.ts'
import { launch, needChromium, visit } from './browser.ts'

const XLIFF = `<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a.html" source-language="en" target-language="de" datatype="html"><body>
<trans-unit id="1" translate="maybe"><source>The strike goes on.</source><target>Der Streik geht weiter.</target></trans-unit>
<trans-unit id="2"><source>Nobody left.</source></trans-unit>
</body></file></xliff>`

let server: TestServer
let browser: Browser
beforeAll(async () => {
  server = await startServer()
})
beforeEach(async (context) => {
  needChromium(context)
  browser ??= await launch()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

describe('the page for files', () => {
  it('shows what is wrong in an XLIFF, makes a memory of it and says what was not kept', async () => {
    const person = await visit(browser, {
      url: server.url,
      path: '/files',
      token: await server.token('translator'),
      width: 360,
    })
    const { page } = person
    const file = { name: 'back.xlf', mimeType: 'application/xliff+xml', buffer: Buffer.from(XLIFF) }
    await page.getByLabel('File', { exact: true }).setInputFiles(file)
    await page.getByText('1 violation of XLIFF 1.2').waitFor()
    await page.getByText(/Line 4, column \d+: .*maybe/).waitFor()
    await page.getByLabel('Turn it into').selectOption('tmx')
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Convert and download' }).click()
    const download = await downloading
    expect(download.suggestedFilename()).toBe('back.tmx')
    const [pair, ...others] = readTmx(await readFile(await download.path(), 'utf8'))
    expect(pair?.target.text).toBe('Der Streik geht weiter.')
    expect(others).toEqual([])
    await page.getByText('1 × a segment without a translation is left out').waitFor()
    expect((await runAxe(page)).violations).toEqual([])
    const { scroll, width } = await page.evaluate(() => ({
      scroll: document.documentElement.scrollWidth,
      width: window.innerWidth,
    }))
    expect(scroll).toBeLessThanOrEqual(width)
    expect(person.faults).toEqual([])
    await person.context.close()
  })

  it('says in the file’s own place why it cannot be read', async () => {
    const person = await visit(browser, {
      url: server.url,
      path: '/files',
      token: await server.token('translator'),
    })
    const broken = XLIFF.replace('</source>', '')
    await person.page
      .getByLabel('File', { exact: true })
      .setInputFiles({ name: 'b.xlf', mimeType: 'text/xml', buffer: Buffer.from(broken) })
    await person.page.getByText(/Line 4/).waitFor()
    await person.page.getByRole('button', { name: 'Convert and download' }).click()
    await person.page
      .getByRole('alert')
      .getByText(/line 4/)
      .waitFor()
    await person.context.close()
  })
})
