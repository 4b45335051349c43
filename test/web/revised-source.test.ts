import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runAxe } from './axe.ts'
import { launch, needChromium, type Visit, visit } from './browser.ts'
import { DISPATCH, type Newsroom, openNewsroom } from './newsroom.ts'

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

describe('an article whose source has changed', () => {
  it('shows what changed beside the old translation, which stands as a draft', async () => {
    const id = await newsroom.submit('de')
    const token = await newsroom.token('editor')
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
    const third = (await newsroom.segments(id, 'de'))[2]
    await fetch(`${newsroom.url}/api/segments/${third?.id}/targets/de`, {
      method: 'PUT',
      headers: { ...headers, 'If-Match': `"${third?.target?.version}"` },
      body: JSON.stringify({ text: 'Niemand ging nach Hause.' }),
    })
    const updated = await fetch(`${newsroom.url}/api/documents/${id}/source`, {
      method: 'PUT',
      headers,
      body: JSON.stringify({ text: DISPATCH.replace('went home', 'went back home'), format: 'html' }),
    })
    expect(updated.status).toBe(202)
    await expect
      .poll(async () => (await newsroom.document(id)).locales[0]?.state, { timeout: 20_000 })
      .toMatch(/^in-/)

    const ada = await visit(browser, { url: newsroom.url, path: `/documents/${id}/de`, token })
    people.push(ada)
    const row = ada.page.locator('#segment-3')
    await row.getByText('has changed since revision 1').waitFor()
    expect(await row.locator('.revised ins').allInnerTexts()).toEqual([expect.stringContaining('back')])
    expect(await row.locator('.revised').innerText()).toContain('Niemand ging nach Hause.')
    expect(await row.locator('.segment-target').innerText()).toContain('Niemand ging nach Hause.')
    expect((await runAxe(ada.page)).violations).toEqual([])
    await ada.page.goto(newsroom.url)
    await ada.page.getByText('Revision 2').waitFor()
  })
})
