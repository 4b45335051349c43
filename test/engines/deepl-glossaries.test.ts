import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Glossary } from '../../src/domain/term.ts'
import { createDeeplEngine } from '../../src/engines/deepl.ts'
import type { EngineRequest } from '../../src/engines/engine.ts'
import { readConfig } from '../../src/env.ts'
import { type DeeplServer, startDeeplServer } from '../support/deepl-server.ts'
import { GLOSSARY, translate } from './fixtures.ts'

const HOUR = 3_600_000
let server: DeeplServer

beforeEach(async () => {
  server = await startDeeplServer()
})
afterEach(async () => {
  await server.close()
})

const engine = (now = Date.now()) =>
  createDeeplEngine({ authKey: 'key', serverUrl: server.url, now: () => now })

const VERSION = 'a'.repeat(64)

function request(more: Partial<EngineRequest>): EngineRequest {
  return {
    source: 'en',
    target: 'de',
    texts: [{ text: 'Militsiya came', codes: [] }],
    glossary: [{ source: 'Militsiya', target: 'Miliz' }],
    termBase: { name: 'Belarus 2020', version: VERSION },
    signal: new AbortController().signal,
    ...more,
  }
}

const shape = () =>
  server.glossaries.map(({ name, dictionaries }) => [
    name,
    dictionaries.map(({ source, target }) => `${source}-${target}`).sort(),
  ])

const run = (targetLocale: string, glossary: Glossary, deepl = engine()) =>
  translate(['The Militsiya and OMON came.'], { engines: [deepl], targetLocale, glossaries: [glossary] })

describe('DeepL glossaries', () => {
  it('are one for a term base and version, with a dictionary for each pair, also when five locales ask at once', async () => {
    const deepl = engine()
    const locales = ['de', 'es', 'fr', 'ru', 'pt-BR']
    const all = await Promise.all(locales.map((locale) => run(locale, GLOSSARY, deepl)))
    expect(all.every(({ summary }) => summary.terms.ok === 2)).toBe(true)
    expect(shape()).toEqual([
      [expect.stringMatching(/^talmach test [0-9a-f]{12}$/), ['en-de', 'en-es', 'en-fr', 'en-pt', 'en-ru']],
    ])
  })

  it('are found again after a restart and compared entry by entry', async () => {
    await run('de', GLOSSARY)
    const calls = server.glossaryCalls.length
    await run('de', GLOSSARY)
    expect(server.glossaryCalls.slice(calls)).toEqual([
      'GET /v3/glossaries',
      expect.stringMatching(/^GET \/v3\/glossaries\/glossary-1\/entries$/),
    ])
  })

  it('split Portuguese where the two want different words, in either order and after a restart', async () => {
    for (const locale of ['pt-BR', 'pt-PT', 'pt-BR', 'pt-PT']) {
      const { results } = await run(locale, GLOSSARY)
      expect(results[0]?.text).toContain(locale === 'pt-BR' ? 'milícia' : 'milítsia')
    }
    expect(shape()).toEqual([
      [expect.stringMatching(/^talmach test [0-9a-f]{12}$/), ['en-pt']],
      [expect.stringMatching(/^talmach test [0-9a-f]{12} en pt-PT$/), ['en-pt']],
    ])
  })

  it('of older versions are deleted after an hour, and nobody else’s', async () => {
    const start = Date.now()
    server.set({ glossaryTime: start - 2 * HOUR })
    await engine().translate(request({ termBase: { name: 'Belarus 2020', version: 'b'.repeat(64) } }))
    await engine().translate(request({ termBase: { name: 'Another base', version: 'c'.repeat(64) } }))
    server.set({ glossaryTime: start - HOUR / 2 })
    await engine(start - HOUR / 2).translate(
      request({ termBase: { name: 'Belarus 2020', version: 'd'.repeat(64) } }),
    )
    server.set({ glossaryTime: start })
    await engine(start).translate(request({}))
    expect(server.glossaries.map(({ name }) => name)).toEqual([
      'talmach Another base cccccccccccc',
      'talmach Belarus 2020 dddddddddddd',
      'talmach Belarus 2020 aaaaaaaaaaaa',
    ])
  })

  it('make room at once where the account has none, and never at the cost of the version in use', async () => {
    server.set({ mostGlossaries: 1 })
    await engine().translate(request({ termBase: { name: 'Belarus 2020', version: 'b'.repeat(64) } }))
    const answer = await engine().translate(request({}))
    expect(answer).toMatchObject({ texts: ['Miliz camede'], glossaryApplied: true })
    expect(server.glossaries.map(({ name }) => name)).toEqual(['talmach Belarus 2020 aaaaaaaaaaaa'])

    const deepl = engine()
    const portuguese = (target: string, word: string) =>
      deepl.translate(request({ target, glossary: [{ source: 'Militsiya', target: word }] }))
    expect(await portuguese('pt-BR', 'milícia')).toMatchObject({ glossaryApplied: true })
    // No room for a second Portuguese: it goes without, and masks and the check make up for it.
    expect(await portuguese('pt-PT', 'milítsia')).toMatchObject({ glossaryApplied: false })
    expect(server.glossaries).toHaveLength(1)
    const calls = server.glossaryCalls.length
    await portuguese('pt-PT', 'milítsia')
    expect(server.glossaryCalls).toHaveLength(calls)
  })

  it('have only what a document needs where a term base is too large', async () => {
    const long = 'x'.repeat(900)
    const glossary = Array.from({ length: 6_000 }, (_, index) => ({
      source: `Term ${index} ${long}`,
      target: `Wort ${index} ${long}`,
    }))
    const needed = [{ source: 'Militsiya', target: 'Miliz' }]
    const answer = await engine().translate(request({ glossary, neededGlossary: needed }))
    expect(answer).toMatchObject({ texts: ['Miliz camede'], glossaryApplied: true })
    expect(server.glossaries.map(({ name }) => name)).toEqual([
      expect.stringMatching(/^talmach Belarus 2020 \(part\) [0-9a-f]{12}$/),
    ])
  })

  it('leave out entries that DeepL does not take', async () => {
    const glossary = [
      { source: 'Militsiya', target: 'Miliz' },
      { source: 'ж'.repeat(600), target: 'x' },
    ]
    expect(await engine().translate(request({ glossary }))).toMatchObject({ glossaryApplied: true })
    expect(server.glossaries[0]?.dictionaries[0]?.entries.size).toBe(1)
  })

  it('that someone emptied or deleted meanwhile do no harm', async () => {
    const deepl = engine()
    await deepl.translate(request({}))
    server.dropGlossaries()
    expect(await deepl.translate(request({}))).toMatchObject({
      texts: ['Miliz camede'],
      glossaryApplied: true,
    })
  })
})

describe('DeepL wishes by locale', () => {
  it('send formality and style rules where they are set and DeepL has them', async () => {
    const { TALMACH_DEEPL_FORMALITY: formality, TALMACH_DEEPL_STYLE: styleRules } = readConfig({
      TALMACH_DEEPL_FORMALITY: 'less,de=more,pt-BR=default',
      TALMACH_DEEPL_STYLE: 'fr=rule-1',
    })
    const deepl = createDeeplEngine({
      authKey: 'key',
      serverUrl: server.url,
      ...(formality === undefined ? {} : { formality }),
      ...(styleRules === undefined ? {} : { styleRules }),
    })
    for (const target of ['de', 'pt-BR', 'pt-PT', 'fr', 'be', 'sv']) {
      await deepl.translate(request({ target, glossary: [] }))
    }
    expect(server.requests.map(({ params }) => [params.formality, params.style_id])).toEqual([
      ['prefer_more', undefined],
      [undefined, undefined],
      ['prefer_less', undefined],
      ['prefer_less', 'rule-1'],
      [undefined, undefined],
      [undefined, undefined],
    ])
  })

  it('are part of what an answer is kept under, and change nothing where there are none', () => {
    const settings = (more: object) => createDeeplEngine({ authKey: 'k', ...more }).settings
    expect(settings({})).toBe('v2 xml-v2 formality=default')
    expect(settings({ formality: { de: 'prefer_more' } })).not.toBe(settings({}))
    expect(settings({ styleRules: { de: 'a' } })).not.toBe(settings({ styleRules: { de: 'b' } }))
  })

  it.each(['more,', 'de=formal', '=more', 'de:more'])('names a wrong wish at the start: %s', (text) => {
    expect(() => readConfig({ TALMACH_DEEPL_FORMALITY: text })).toThrow(/TALMACH_DEEPL_FORMALITY/)
  })
})
