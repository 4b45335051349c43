import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runAxe } from './axe.ts'
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

async function come(role: string, path: string): Promise<Page> {
  const person = await visit(browser, { url: newsroom.url, path, token: await newsroom.token(role) })
  people.push(person)
  return person.page
}

/** Hands in a file in the desk's dialog. */
async function handIn(page: Page, id: string, xliff: string): Promise<void> {
  const row = page.locator(`#document-${id} [data-locale="de"]`)
  await row.locator('summary').click()
  await row.getByText('Return a translated XLIFF…').click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('input[type="file"]').setInputFiles({
    name: 'back.xlf',
    mimeType: 'application/xliff+xml',
    buffer: Buffer.from(xliff),
  })
}

describe('a returned file and the desk that disagree', () => {
  it('are shown side by side to an editor, who chooses; nothing can be approved before', async () => {
    const id = await newsroom.submit('de')
    const asked = await fetch(`${newsroom.url}/api/documents/${id}/xliff/de`, {
      headers: { Authorization: `Bearer ${await newsroom.token('translator')}` },
    })
    const xliff = await asked.text()
    const theirs = xliff.replace(
      /(<trans-unit id="u2-s2"[\s\S]*?<target[^>]*>)[\s\S]*?(<\/target>)/,
      '$1Keiner ging nach Hause.$2',
    )
    expect(theirs).not.toBe(xliff)

    const ada = await come('editor', `/documents/${id}/de`)
    await ada.locator('#segment-3 .target-text, #segment-3 .cm-content').first().click()
    await ada.locator('.cm-content').fill('Niemand ging heim.')
    await ada.keyboard.press('Control+Enter')
    await ada.locator('#segment-3').getByText('Saved', { exact: true }).waitFor()

    const ben = await come('translator', '/')
    await handIn(ben, id, theirs)
    await ben.getByRole('button', { name: 'Hand in for a choice' }).click()
    await ben.getByRole('link', { name: 'Choose between the texts' }).waitFor()

    await ada.reload()
    const choice = ada.locator('#segment-3 .conflict')
    await choice.getByText('Keiner').waitFor()
    await choice.getByText('Niemand').waitFor()
    expect((await runAxe(ada)).violations).toEqual([])
    await choice.getByRole('button', { name: 'Use this' }).click()
    await choice.waitFor({ state: 'detached' })
    await ada.locator('#segment-3').getByText('Keiner ging nach Hause.').first().waitFor()
    const [, , segment] = await newsroom.segments(id, 'de')
    expect(segment).toMatchObject({
      conflicts: [],
      target: { text: 'Keiner ging nach Hause.', by: 'test translator' },
    })
  })
})
