import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import { runTalmach } from '../test/support/process.ts'
import { launch, visit } from '../test/web/browser.ts'
import { type Desk, openDesk } from './desk.ts'
import { type Figure, median, spread } from './figure.ts'

const SEGMENTS = 5_000
/** As many as an hour of hard work brings. */
const EDITS = 400
const TYPED = 'Der Satz, den jemand hier in Ruhe hinschreibt. '

/**
 * The editor in a real Chromium, on a document of 5,000 segments with a draft in each: how soon one can type after
 * navigation, whether typing ever waits, how soon the next segment is open after a confirmation, and what it all holds
 * in memory. Server, database, workers and browser share the machine.
 */
export async function benchEditor(): Promise<readonly Figure[]> {
  await build({ configFile: join(import.meta.dirname, '../vite.config.ts'), logLevel: 'error' })
  const desk = await openDesk({ TALMACH_MT: 'pseudo' })
  const browser = await launch()
  try {
    const id = await desk.submit(longText(), ['de'])
    await translated(desk, id)
    const { stdout } = await runTalmach(['token', '--role', 'editor'], desk.env)
    const { page, context } = await visit(browser, { url: desk.url, token: stdout.trim() })
    const usable: number[] = []
    await page.addInitScript(TYPABLE)
    for (let run = 0; run < 5; run++) usable.push(await timeToType(page, `${desk.url}/documents/${id}/de`))
    await page.locator('.list-end').waitFor({ state: 'detached', timeout: 120_000 })
    await page.evaluate(OBSERVE)
    const { delays, saves } = await edit(page)
    const inputs = await page.evaluate('window.benchInputs')
    const heap = await heapOf(page)
    await context.close()
    return [
      figure('editor: 5,000 segments, navigation to a field one can type in', usable, 'ms'),
      late('editor: input to next paint while typing, 95th percentile', numbersIn(inputs)),
      late('editor: confirm to next field focused, 95th percentile', delays),
      late('editor: confirm to saved, one writer, 95th percentile', saves),
      { name: `editor: JavaScript heap after ${EDITS} edits`, figure: `${heap.toFixed(1)} MB`, value: heap },
    ]
  } finally {
    await browser.close()
    await desk.close()
  }
}

function longText(): string {
  const paragraphs: string[] = []
  for (let number = 1; number <= SEGMENTS; number += 5) {
    const sentences = [0, 1, 2, 3, 4].map(
      (more) => `Resident ${number + more} of the town said that the water had come back on Monday.`,
    )
    paragraphs.push(sentences.join(' '))
  }
  return `${paragraphs.join('\n\n')}\n`
}

async function translated(desk: Desk, id: string): Promise<void> {
  const until = Date.now() + 300_000
  while (Date.now() < until) {
    // A busy server may drop a connection; the next look is as good.
    const locales = await desk.document(id).then(
      (document) => document.locales,
      () => [],
    )
    if (
      locales.length > 0 &&
      locales.every(({ segments, translated: done }) => segments === SEGMENTS && done === segments)
    )
      return
    await new Promise((wake) => setTimeout(wake, 500))
  }
  throw new Error('the document is not translated')
}

/** Milliseconds from the start of the navigation until a key press stands in the first segment's field. */
async function timeToType(page: Page, url: string): Promise<number> {
  await page.goto('about:blank')
  await page.goto(url, { waitUntil: 'commit' })
  return untilNumber(page, 'window.benchTypable')
}

/** Asks the debugger, for the page's own policy forbids what `waitForFunction` does. */
async function untilNumber(page: Page, expression: string, least = 0): Promise<number> {
  for (const until = Date.now() + 60_000; Date.now() < until; ) {
    const value: unknown = await page.evaluate(expression).catch(() => undefined)
    if (typeof value === 'number' && value >= least) return value
    await new Promise((wake) => setTimeout(wake, 50))
  }
  throw new Error(`${expression} is still not there`)
}

/** Types into a segment, confirms it with the key, and so on, as a person in a hurry would. */
async function edit(page: Page): Promise<{ delays: readonly number[]; saves: readonly number[] }> {
  await page.locator('.cm-content').click()
  for (let done = 0; done < EDITS; done++) {
    await page.keyboard.press('Control+a')
    // A few long ones, so that typing is measured too; the others are short.
    await page.keyboard.type(done % 20 === 0 ? TYPED : `Satz ${done}`)
    await page.keyboard.press('Control+Enter')
  }
  await untilNumber(page, 'window.benchSaves.length', EDITS * 0.9)
  return {
    delays: numbersIn(await page.evaluate('window.benchDelays')),
    saves: numbersIn(await page.evaluate('window.benchSaves')),
  }
}

async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize / 1_000_000
}

/** Before the page's own listeners: the focus moves before any later one is asked. */
const TYPABLE = `
  window.benchPressed = 0
  window.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.ctrlKey) window.benchPressed = performance.now()
  }, { capture: true })
{
  const seen = new MutationObserver(() => {
    const field = document.querySelector('.cm-content')
    if (field === null) return
    seen.disconnect()
    // Focus and layout belong to it, and a frame in which it is drawn.
    field.focus()
    requestAnimationFrame(() => setTimeout(() => { window.benchTypable = performance.now() }))
  })
  seen.observe(document, { childList: true, subtree: true })
}`

/** Event timing gives steps of 8 ms, and nothing below 16 ms: those are counted as 16. */
const OBSERVE = `
  window.benchInputs = []
  window.benchDelays = []
  window.benchSaves = []
  let presses = 0
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.interactionId > 0 && entry.name === 'keydown') window.benchInputs.push(entry.duration)
    }
  }).observe({ type: 'event', durationThreshold: 16, buffered: false })
  window.addEventListener('keydown', () => presses++, { capture: true })
  window.addEventListener('keyup', () => {
    while (window.benchInputs.length < presses - 40) window.benchInputs.push(16)
  })
  document.addEventListener('focusin', (event) => {
    if (window.benchPressed > 0 && event.target.classList.contains('cm-content')) {
      window.benchDelays.push(performance.now() - window.benchPressed)
      window.benchPressed = 0
    }
  })
  const send = window.fetch
  window.fetch = async (...asked) => {
    const start = performance.now()
    const answer = await send(...asked)
    if (asked[1]?.method === 'PUT') window.benchSaves.push(performance.now() - start)
    return answer
  }
`

function figure(name: string, values: readonly number[], unit: string): Figure {
  return { name, figure: spread(values, unit, 0), value: median(values) }
}

function late(name: string, values: readonly number[]): Figure {
  const sorted = values.toSorted((a, b) => a - b)
  const value = sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN
  return {
    name,
    figure: `${value.toFixed(0)} ms (median ${median(values).toFixed(0)}, of ${values.length})`,
    value,
  }
}

function numbersIn(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'number') : []
}
