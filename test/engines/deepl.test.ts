import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDeeplEngine } from '../../src/engines/deepl.ts'
import { deeplTarget } from '../../src/engines/deepl-languages.ts'
import type { EngineRequest } from '../../src/engines/engine.ts'
import { type DeeplServer, startDeeplServer } from '../support/deepl-server.ts'
import { B, CODES, END_B, IMG } from './fixtures.ts'

let server: DeeplServer

beforeEach(async () => {
  server = await startDeeplServer({ authKey: 'right' })
})
afterEach(async () => {
  await server.close()
})

function request(texts: readonly string[], more: Partial<EngineRequest> = {}): EngineRequest {
  return {
    source: 'en',
    target: 'de',
    texts: texts.map((text) => ({ text, codes: CODES })),
    glossary: [],
    signal: new AbortController().signal,
    ...more,
  }
}

const engine = (more: { authKey?: string; timeoutMs?: number } = {}) =>
  createDeeplEngine({ authKey: 'right', serverUrl: server.url, timeoutMs: 2_000, ...more })

describe('createDeeplEngine', () => {
  it('sends mark-up that DeepL accepts and reads it back, with only the text’s own characters billed', async () => {
    const text = `Fish & ${B}chips <cheap>${END_B}${IMG} at 5 > 3`
    const answer = await engine().translate(request([text]))
    expect(server.requests[0]?.texts).toEqual([
      'Fish &amp; <g id="0">chips &lt;cheap&gt;</g><x id="2"/> at 5 &gt; 3',
    ])
    expect(server.requests[0]?.params).toMatchObject({
      tag_handling: 'xml',
      tag_handling_version: 'v2',
      split_sentences: '0',
      preserve_formatting: '1',
      source_lang: 'en',
      target_lang: 'de',
    })
    expect(answer.texts).toEqual([`Fishde & ${B}chipsde <cheapde>${END_B}${IMG} atde 5 > 3`])
    expect(answer.billedCharacters).toBe(text.length - 3)
  })

  it('sends text with control characters and half surrogates as valid XML', async () => {
    const answer = await engine().translate(request(['one\u0001two \ud83d three']))
    expect(answer.texts).toEqual(['onede twode \ufffd threede'])
  })

  it.each([
    ['en', 'en-US'],
    ['en-GB', 'en-GB'],
    ['en-AU', 'en-GB'],
    ['pt', 'pt-PT'],
    ['pt-BR', 'pt-BR'],
    ['pt-PT', 'pt-PT'],
    ['pt-AO', 'pt-PT'],
    ['es', 'es'],
    ['es-MX', 'es-419'],
    ['de-AT', 'de'],
    ['zh-TW', 'zh-HANT'],
    ['no', 'nb'],
  ])('calls %s %s', (locale, code) => {
    expect(deeplTarget(locale)).toBe(code)
  })

  it('says truthfully what it can do for Belarusian', () => {
    const { tags, glossary, supports } = engine().capabilities
    const pair = { source: 'en', target: 'be' }
    expect([supports(pair), tags(pair), glossary(pair)]).toEqual([true, false, false])
    expect(supports({ source: 'en', target: 'en-GB' })).toBe(false)
    expect(supports({ source: 'en', target: 'tlh' })).toBe(false)
  })

  it('creates a glossary once, finds it again after a restart, and makes it anew when someone deleted it', async () => {
    const glossary = [{ source: 'OMON', target: 'OMON' }]
    const first = engine()
    await first.translate(request(['OMON came'], { glossary }))
    await first.translate(request(['OMON went'], { glossary }))
    const answer = await engine().translate(request(['OMON stayed'], { glossary }))
    expect(server.glossaries).toHaveLength(1)
    expect(answer).toMatchObject({ texts: ['OMON stayedde'], glossaryApplied: true })
    server.dropGlossaries()
    expect((await first.translate(request(['OMON again'], { glossary }))).texts).toEqual(['OMON againde'])
    expect(server.glossaries).toHaveLength(1)
  })

  it('has two glossaries for the two Portugueses where terms differ and one where they agree', async () => {
    const deepl = engine()
    const same = [{ source: 'OMON', target: 'OMON' }]
    const differing = [...same, { source: 'Militsiya', target: 'milícia' }]
    await deepl.translate(request(['x'], { glossary: same, target: 'pt-BR' }))
    await deepl.translate(request(['x'], { glossary: same, target: 'pt-PT' }))
    expect(server.glossaries.flatMap(({ dictionaries }) => dictionaries.map(({ target }) => target))).toEqual(
      ['pt'],
    )
    const answer = await deepl.translate(request(['Militsiya'], { glossary: differing, target: 'pt-BR' }))
    expect(server.glossaries).toHaveLength(2)
    expect(answer.texts).toEqual(['milícia'])
  })

  it('creates one glossary for requests that come at the same time', async () => {
    const deepl = engine()
    const glossary = [{ source: 'OMON', target: 'OMON' }]
    await Promise.all(['a', 'b', 'c'].map((text) => deepl.translate(request([text], { glossary }))))
    expect(server.glossaries).toHaveLength(1)
  })

  it('translates without a glossary, and says so, where the account can have none', async () => {
    server.set({ glossaryStatus: 400 })
    const glossary = [{ source: 'OMON', target: 'OMON' }]
    expect(await engine().translate(request(['OMON'], { glossary }))).toMatchObject({
      texts: ['OMONde'],
      glossaryApplied: false,
    })
  })

  it.each([
    [403, 'engine-refused'],
    [404, 'engine-refused'],
    [413, 'engine-refused'],
    [400, 'engine-refused'],
    [429, 'engine-rate-limited'],
    [456, 'engine-quota'],
    [500, 'engine-unavailable'],
    [502, 'engine-unavailable'],
    [503, 'engine-unavailable'],
    [529, 'engine-rate-limited'],
  ])('turns status %i into %s after one attempt', async (status, code) => {
    server.set({ status })
    await expect(engine().translate(request(['x']))).rejects.toMatchObject({ name: 'DomainError', code })
    expect(server.requests).toHaveLength(1)
  })

  it.each(['wrong-count', 'empty-texts', 'html-page'] as const)('refuses a bad answer: %s', async (fault) => {
    server.set({ fault })
    await expect(engine().translate(request(['one', 'two']))).rejects.toMatchObject({
      code: 'engine-bad-answer',
    })
  })

  it('reports a wrong key, a dead server and one that never answers', async () => {
    await expect(engine({ authKey: 'wrong' }).translate(request(['x']))).rejects.toMatchObject({
      code: 'engine-refused',
      message: expect.stringContaining('key'),
    })
    server.set({ fault: 'never' })
    await expect(engine({ timeoutMs: 100 }).translate(request(['x']))).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: expect.stringContaining('100 ms'),
    })
    await server.close()
    await expect(engine().translate(request(['x']))).rejects.toMatchObject({ code: 'engine-unavailable' })
  })

  it('measures a text exactly as the request carries it', async () => {
    const deepl = engine()
    const pair = { source: 'ru', target: 'de' }
    const texts = ['Милиция & ОМОН', `${B}жжж${END_B} "x" + y%z~ é`, 'plain']
    const sizes = texts.map((text) => deepl.bytesOf({ text, codes: CODES }, pair))
    await deepl.translate(request(['a'], pair))
    await deepl.translate(request(['a', ...texts], pair))
    const [small, large] = server.requests
    expect((large?.bytes ?? 0) - (small?.bytes ?? 0)).toBe(sizes.reduce((sum, size) => sum + size, 0))
  })
})
