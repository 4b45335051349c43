import { readFile } from 'node:fs/promises'
import { strFromU8, unzipSync } from 'fflate'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readTmx, writeTmx } from '../../src/exchange/tmx.ts'
import { launch, needChromium, type Visit, visit } from './browser.ts'
import { type Newsroom, openNewsroom } from './newsroom.ts'

let newsroom: Newsroom
let browser: Browser
const people: Visit[] = []

beforeAll(async () => {
  newsroom = await openNewsroom()
})
beforeEach(async (context) => {
  needChromium(context)
  browser ??= await launch()
})
afterAll(async () => {
  expect(people.flatMap((person) => person.faults)).toEqual([])
  await browser?.close()
  await newsroom?.close()
})

/** Chooses a download in the menu of a language. */
async function fetchFile(page: Page, id: string, name: string): Promise<{ name: string; bytes: Uint8Array }> {
  const row = page.locator(`#document-${id} [data-locale="de"]`)
  await row.locator('summary').click()
  const waiting = page.waitForEvent('download')
  await row.getByText(name).click()
  const download = await waiting
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

describe('the menu of a language', () => {
  it('has a download for each kind of tool, and takes an OmegaT project’s memory back', async () => {
    const id = await newsroom.submit('de')
    const person = await visit(browser, {
      url: newsroom.url,
      path: '/',
      token: await newsroom.token('translator'),
    })
    people.push(person)
    const { page } = person
    for (const name of [
      'Download for Poedit',
      'Download for Trados, memoQ, Phrase',
      'Download XLIFF 1.2',
      'Download XLIFF 2.0',
    ]) {
      const file = await fetchFile(page, id, name)
      expect(file.name).toMatch(/\.de\.xlf$/)
      expect(strFromU8(file.bytes)).toContain(name.endsWith('2.0') ? 'version="2.0"' : 'version="1.2"')
    }
    const project = await fetchFile(page, id, 'Download for OmegaT')
    expect(project.name).toMatch(/\.de\.omegat\.zip$/)
    const [first] = readTmx(strFromU8(unzipSync(project.bytes)['tm/mt/machine.tmx'] ?? new Uint8Array()))
    if (first === undefined) throw new Error('no machine translation in the project')

    const memory = writeTmx([{ ...first, target: { ...first.target, text: 'Ganz anders' } }], {
      sourceLocale: 'en',
    })
    const row = page.locator(`#document-${id} [data-locale="de"]`)
    await row.locator('summary').click()
    await row.getByText('Return a translated XLIFF…').click()
    const dialog = page.getByRole('dialog')
    await dialog.locator('input[type="file"]').setInputFiles({
      name: 'project_save.tmx',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(memory),
    })
    await dialog.getByRole('button', { name: 'Take over 1 segment' }).click()
    await dialog.getByRole('button', { name: 'Done' }).click()
    expect((await newsroom.segments(id, 'de')).map(({ target }) => target?.text)).toContain('Ganz anders')
  })
})
