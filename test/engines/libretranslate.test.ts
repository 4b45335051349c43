import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EngineRequest } from '../../src/engines/engine.ts'
import { createLibreTranslateEngine } from '../../src/engines/libretranslate.ts'
import { type LibreTranslateServer, startLibreTranslateServer } from '../support/libretranslate-server.ts'
import { B, CODES, END_B, GLOSSARY, IMG, translate } from './fixtures.ts'

let server: LibreTranslateServer

beforeEach(async () => {
  server = await startLibreTranslateServer()
})
afterEach(async () => {
  await server.close()
})

function request(texts: readonly string[], target = 'es'): EngineRequest {
  return {
    source: 'en',
    target,
    texts: texts.map((text) => ({ text, codes: CODES })),
    glossary: [],
    signal: new AbortController().signal,
  }
}

const engine = (timeoutMs = 2_000) => createLibreTranslateEngine({ url: `${server.url}/`, timeoutMs })

describe('createLibreTranslateEngine', () => {
  it('asks for the languages once and knows its pairs from them', async () => {
    const libre = await engine()
    const supports = (source: string, target: string) => libre.capabilities.supports({ source, target })
    expect([supports('en', 'de'), supports('en', 'pt-BR'), supports('en', 'be')]).toEqual([true, true, false])
    await libre.translate(request(['one'], 'pt-BR'))
    await libre.translate(request(['two'], 'pt-PT'))
    expect(server.requests.map(({ target }) => target)).toEqual(['pb', 'pt'])
    expect(server.languageRequests()).toBe(1)
  })

  it('keeps codes through HTML and escapes text', async () => {
    const answer = await (await engine()).translate(request([`A ${B}b${END_B}${IMG} <c> & d`]))
    expect(answer.texts).toEqual([`Aes ${B}bes${END_B}${IMG} <ces> & des`])
    expect(server.requests[0]?.format).toBe('html')
  })

  it.each([
    [403, 'engine-refused'],
    [400, 'engine-refused'],
    [429, 'engine-rate-limited'],
    [500, 'engine-unavailable'],
  ])('turns status %i into %s', async (status, code) => {
    const libre = await engine()
    server.set({ status, retryAfter: 7 })
    await expect(libre.translate(request(['x']))).rejects.toMatchObject({
      code,
      retryAfterMs: status === 403 || status === 400 ? undefined : 7_000,
    })
  })

  it.each(['wrong-count', 'empty-texts', 'html-page', 'endless'] as const)(
    'refuses a bad answer: %s',
    async (fault) => {
      const libre = await engine(10_000)
      server.set({ fault })
      await expect(libre.translate(request(['one', 'two']))).rejects.toMatchObject({
        code: 'engine-bad-answer',
        message: expect.stringContaining(fault === 'endless' ? 'larger than' : ''),
      })
    },
  )

  it('starts without its server and reports it when a translation is wanted', async () => {
    await server.close()
    const libre = await engine()
    expect(libre.capabilities.supports({ source: 'en', target: 'de' })).toBe(true)
    await expect(libre.translate(request(['x']))).rejects.toMatchObject({ code: 'engine-unavailable' })
  })

  it('gives up on a server that never answers', async () => {
    const libre = await engine(100)
    server.set({ fault: 'never' })
    await expect(libre.translate(request(['x']))).rejects.toMatchObject({ code: 'engine-unavailable' })
  })

  it.each(['masks-doubled', 'masks-lost'] as const)(
    'never lets a wrong term pass silently: %s',
    async (fault) => {
      server.set({ fault })
      const { results } = await translate(['OMON beat people.', 'They fear Decree No. 3 and OMON.'], {
        engines: [await engine()],
        targetLocale: 'es',
        glossaries: [GLOSSARY],
      })
      for (const { text, verdicts } of results) {
        expect(text).not.toMatch(/_T\d_/)
        expect(verdicts.length).toBeGreaterThan(0)
        for (const { status, expected } of verdicts) {
          const stands = expected.some((term) => text?.toLowerCase().includes(term.toLowerCase()) === true)
          const wrong = text?.includes(`${expected[0]}es`) === true
          expect(status === 'ok').toBe(stands && !wrong)
        }
      }
    },
  )
})
