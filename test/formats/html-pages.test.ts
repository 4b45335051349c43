import { globSync, readFileSync, statSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { ReadDocument } from '../../src/formats/read.ts'
import { writeDocument } from '../../src/formats/write.ts'
import { programMissing } from '../support/missing.ts'
import { brokenPromises, read, refusal, show, translated } from './support.ts'

const MODULES = new URL('../../node_modules/', import.meta.url).pathname
const SAMPLE = new URL('../../translations/samples/strike-at-the-tractor-works.html', import.meta.url)
const SMALL = 60_000
const MOST = 80
const ENOUGH = 40

/** Pages as their authors and generators wrote them: of installed packages, and of Debian's documentation. */
function pages(): readonly string[] {
  const packages = globSync(['*/*.html', '*/{demo,docs,examples,playground}/**/*.html'], { cwd: MODULES })
  const found = [
    ...packages.map((name) => MODULES + name),
    ...globSync('/usr/share/doc/*/{,html/,manual/,examples/,faq/}*.{html,htm}'),
  ].filter((name) => {
    const file = statSync(name)
    return file.isFile() && file.size > 500 && file.size < SMALL
  })
  // One of several generated alike is enough.
  const kinds = Map.groupBy(found.sort(), (name) => name.replace(/[^/]+$/, ''))
  const rounds = Array.from({ length: MOST }, (_, round) =>
    [...kinds.values()].flatMap((names) => names[round] ?? []),
  )
  return rounds.flat().slice(0, MOST)
}

const vowels = (text: string): string => text.replace(/[aeo]/g, 'ä')

/** What is wrong with the page after its translation; empty when it is the same page with other words. */
function damage(document: ReadDocument): readonly string[] {
  const wrong: string[] = []
  const translations = document.units.map(({ id, text }) => {
    return { unitId: id, start: 0, end: text.length, text: vowels(text) }
  })
  const again = read(writeDocument(document, translations), 'html')
  if (again.units.length !== document.units.length) {
    wrong.push(`${document.units.length} units became ${again.units.length}`)
  }
  for (const [at, unit] of document.units.entries()) {
    const found = again.units[at]
    if (found === undefined || vowels(unit.text) === found.text) continue
    wrong.push(`${unit.id}: ${show(vowels(unit.text))} became ${show(found.text)}`)
  }
  return wrong
}

describe('HTML pages found on this machine', () => {
  it('come back byte for byte, and translated ones are read again as the same units', {
    timeout: 60_000,
  }, (context) => {
    const names = pages()
    if (names.length < ENOUGH && process.env.CI !== 'true') {
      context.skip(`only ${names.length} HTML pages are installed here, not ${ENOUGH}`)
    }
    expect(names.length).toBeGreaterThanOrEqual(ENOUGH)
    const wrong: string[] = []
    for (const name of names) {
      const bytes = readFileSync(name)
      const refused = refusal(() => {
        const document = read(bytes, 'html')
        expect(brokenPromises(document), name).toEqual([])
        if (!bytes.equals(writeDocument(document, []))) wrong.push(`${name}: untouched`)
        wrong.push(...damage(document).map((what) => `${name}: ${what}`))
      })
      // Old pages in an encoding that they do not declare.
      if (refused !== undefined && !/encoding/.test(refused.message))
        wrong.push(`${name}: ${refused.message}`)
    }
    expect(wrong).toEqual([])
  })
})

/** The element tree without its text, and the attributes that are text. */
const STRUCTURE = `(() => {
  const prose = ['alt', 'title', 'content', 'aria-label', 'placeholder']
  const copy = document.documentElement.cloneNode(true)
  const texts = document.createNodeIterator(copy, NodeFilter.SHOW_TEXT)
  const all = []
  for (let node = texts.nextNode(); node; node = texts.nextNode()) all.push(node)
  for (const node of all) if (!node.parentElement.closest('script, style')) node.remove()
  for (const element of copy.querySelectorAll('*')) for (const name of prose) if (element.hasAttribute(name)) element.setAttribute(name, '')
  return copy.outerHTML
})()`

async function structure(browser: Browser, html: string): Promise<{ tree: unknown; text: unknown }> {
  const page = await browser.newPage({ javaScriptEnabled: true })
  try {
    await page.setContent(html, { waitUntil: 'domcontentloaded' })
    return { tree: await page.evaluate(STRUCTURE), text: await page.evaluate('document.body.innerText') }
  } finally {
    await page.close()
  }
}

describe('a translated page in Chromium', () => {
  it('has the same elements in the same places, and the translation in them', {
    timeout: 60_000,
  }, async (context) => {
    const missing = programMissing('chromium')
    if (missing !== undefined) context.skip(missing)
    const browser = await chromium.launch({
      executablePath: chromiumPath(),
      args: ['--no-sandbox', '--headless=new'],
    })
    try {
      const source = readFileSync(SAMPLE, 'utf8')
      const before = await structure(browser, source)
      const after = await structure(browser, translated(read(source, 'html'), vowels))
      expect(after.tree).toBe(before.tree)
      expect(after.text).not.toBe(before.text)
      expect(String(after.text)).toContain(vowels('Strike at the tractor works'))
      const broken = await structure(browser, source.replace('</strong>', ''))
      expect(broken.tree, 'the comparison sees a lost tag').not.toBe(before.tree)
    } finally {
      await browser.close()
    }
  })
})

function chromiumPath(): string {
  const folders = (process.env.PATH ?? '').split(':').map((folder) => `${folder}/chromium`)
  return globSync(folders)[0] ?? 'chromium'
}
