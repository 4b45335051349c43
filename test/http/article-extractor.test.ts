import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import { type ArticleLimits, openArticleExtractor } from '../../src/http/article-extractor.ts'

const PARAGRAPH =
  '<p>The water came at four in the morning, faster than anyone had expected, and by noon the bridge was gone.</p>'
const page = (body: string) =>
  `<!doctype html><html lang="en"><head><title>A flood in the lower town</title></head><body>${body}</body></html>`
const ARTICLE = page(PARAGRAPH.repeat(6))
/** Let through by every limit on size, and takes seconds: 18,000 small boxes in nested ones. */
const TANGLED = page(`${PARAGRAPH.repeat(5)}${'<div>'.repeat(15)}${'<div>a, b</div>'.repeat(18_000)}`)

let opened: ReturnType<typeof openArticleExtractor> | undefined
const open = (limits: ArticleLimits = {}) => {
  opened = openArticleExtractor(limits)
  return opened
}
afterEach(() => opened?.close())

async function refusal(work: Promise<unknown>) {
  const [result] = await Promise.allSettled([work])
  if (result?.status !== 'rejected') throw new Error('it was not refused')
  if (!(result.reason instanceof DomainError)) throw result.reason
  return { code: result.reason.code, message: result.reason.message, place: result.reason.place }
}

describe('the extractor of articles', () => {
  it('gives what the article holds, and what it was refused for', async () => {
    const { extract } = open()
    const { article, wholePage } = await extract(ARTICLE, { url: 'https://post.example/flood' })
    expect(article).toMatchObject({ title: 'A flood in the lower town', language: 'en', leftOut: [] })
    expect(wholePage).toBe(false)
    expect(await refusal(extract('<p>Nothing.</p>', { file: 'nothing.html' }))).toEqual({
      code: 'invalid-input',
      message: expect.stringContaining('no article'),
      place: { file: 'nothing.html' },
    })
  })

  it('leaves the process free while it works', async () => {
    const { extract } = open()
    await extract(ARTICLE)
    let done = false
    const work = extract(TANGLED).then(
      () => (done = true),
      () => 'cut off by the end of the test',
    )
    for (let turn = 0; turn < 20; turn++) await sleep(10)
    expect(done).toBe(false)
    await opened?.close()
    await work
  })

  it('cuts off a page that takes too long, and goes on with the next', async () => {
    const { extract } = open({ atOnce: 1, timeoutMs: 300 })
    const slow = refusal(extract(TANGLED))
    const next = extract('<p>Next.</p>').catch((error: unknown) => error)
    expect(await slow).toMatchObject({
      code: 'too-large',
      message: expect.stringContaining('not found within 1 seconds'),
    })
    expect(await next).toMatchObject({ message: expect.stringContaining('no article') })
  })

  it('cuts off a page that needs too much memory, and goes on with the next', async () => {
    const { extract } = open({ atOnce: 1, memoryMb: 64 })
    const large = page(`<p>${'word, '.repeat(600)}</p>`.repeat(1_300))
    expect(await refusal(extract(large))).toMatchObject({
      code: 'too-large',
      message: expect.stringContaining('too much memory'),
    })
    expect((await extract(ARTICLE)).article.words).toBeGreaterThan(100)
  })

  it('reads as many pages at once as it may, lets some wait, and refuses more', async () => {
    const { extract } = open({ atOnce: 2, waiting: 3 })
    const taken = Array.from({ length: 5 }, () => extract(ARTICLE))
    expect(await refusal(extract(ARTICLE))).toMatchObject({ code: 'not-ready' })
    const articles = await Promise.all(taken)
    expect(new Set(articles.map(({ article }) => article.words)).size).toBe(1)
  })

  it('refuses what is at work and in line when it is closed, and whatever comes later', async () => {
    const { extract, close } = open({ atOnce: 1 })
    const refused = [refusal(extract(TANGLED)), refusal(extract(ARTICLE))]
    await close()
    refused.push(refusal(extract(ARTICLE)))
    for (const { code, message } of await Promise.all(refused)) {
      expect([code, message]).toEqual(['not-ready', expect.stringContaining('stopping')])
    }
  })

  it('ends a thread that has nothing to do, and starts another when there is work', async () => {
    const { extract } = open({ idleMs: 1 })
    await extract(ARTICLE)
    await sleep(50)
    expect((await extract(ARTICLE)).article.language).toBe('en')
  })
})
