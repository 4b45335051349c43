import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codesIn } from '../../src/domain/document.ts'
import { createDeeplEngine } from '../../src/engines/deepl.ts'
import type { Engine } from '../../src/engines/engine.ts'
import { createLibreTranslateEngine } from '../../src/engines/libretranslate.ts'
import { createPseudoEngine } from '../../src/engines/pseudo.ts'
import type { SegmentTranslation } from '../../src/engines/translate-segments.ts'
import { type DeeplBehaviour, type DeeplServer, startDeeplServer } from '../support/deepl-server.ts'
import { type LibreTranslateServer, startLibreTranslateServer } from '../support/libretranslate-server.ts'
import { B, coded, createLedger, createStillHealth, END_B, IMG, translate } from './fixtures.ts'

let deeplServer: DeeplServer
let libreServer: LibreTranslateServer
let deepl: Engine
let libre: Engine

beforeEach(async () => {
  deeplServer = await startDeeplServer()
  libreServer = await startLibreTranslateServer()
  deepl = createDeeplEngine({ authKey: 'key', serverUrl: deeplServer.url, timeoutMs: 2_000 })
  libre = await createLibreTranslateEngine({ url: libreServer.url, timeoutMs: 2_000 })
})

afterEach(async () => {
  await deeplServer.close()
  await libreServer.close()
})

/** A hard term that is not right must never look right. */
function expectNoSilentFault(results: readonly SegmentTranslation[], sources: readonly string[]): void {
  for (const result of results) {
    expect(result.text).not.toBeNull()
    const source = sources[Number(result.id.slice(1)) - 1] ?? ''
    const terms = source.match(/OMON|Decree No\. 3|Militsiya/g)?.length ?? 0
    expect(result.verdicts).toHaveLength(terms)
    expect(result.text).not.toMatch(/_T\d+_/)
    for (const verdict of result.verdicts.filter(({ status }) => status === 'ok')) {
      const found = result.text?.slice(verdict.targetStart, verdict.targetEnd) ?? ''
      const expected = verdict.expected.map((form) => form.toLowerCase())
      expect(expected.some((form) => found.toLowerCase().startsWith(form.slice(0, 4)))).toBe(true)
    }
  }
}

const SENTENCES = [
  'OMON beat people near the plant.',
  'Workers fear Decree No. 3 and OMON.',
  'The Militsiya came with OMON.',
  'Nothing of the kind happened here.',
]

describe('translateSegments', () => {
  it('uses the engine’s own glossary and gives every occurrence a verdict', async () => {
    const { summary, results } = await translate(SENTENCES, { engines: [deepl] })
    expect(summary).toMatchObject({ segments: 4, translated: 4, untranslated: 0, requests: 1, notice: null })
    expect(summary.terms).toMatchObject({ ok: 5, missing: 0, forbidden: 0 })
    expect(results[1]?.text).toBe('Workersde fearde Dekret Nr. 3 andde OMON.')
    expect(results[1]?.rungs).toEqual(['deepl glossary: 2 ok'])
    expectNoSilentFault(results, SENTENCES)
  })

  it('masks invariant terms and puts inflecting ones into the source where an engine has no glossary', async () => {
    libreServer.set({ keepWords: ['milicia'] })
    const { results } = await translate(SENTENCES, { engines: [libre], targetLocale: 'es' })
    expect(libreServer.requests[0]?.texts).toContain('Workers fear _T1_ and _T2_.')
    expect(libreServer.requests[0]?.texts).toContain('The milicia came with _T1_.')
    expect(results.flatMap(({ verdicts }) => verdicts).every(({ status }) => status === 'ok')).toBe(true)
    expectNoSilentFault(results, SENTENCES)
  })

  it.each(['ru', 'de'])(
    'never puts an inflecting term into a sentence for %s, but flags it',
    async (locale) => {
      const { results } = await translate(['The Militsiya came.'], { engines: [libre], targetLocale: locale })
      expect(libreServer.requests.flatMap(({ texts }) => texts)).toEqual(['The Militsiya came.'])
      expect(results[0]?.verdicts.map(({ status }) => status)).toEqual(['missing'])
    },
  )

  it('keeps each answer before it is told, and never sends a text twice', async () => {
    const ledger = createLedger()
    const kept: number[] = []
    await translate(SENTENCES, {
      engines: [deepl],
      ledger,
      onBatch: async (batch) => {
        kept.push(ledger.entries.size - batch.length)
      },
    })
    expect(kept.every((ahead) => ahead >= 0)).toBe(true)
    const again = await translate(SENTENCES, { engines: [deepl], ledger })
    expect(deeplServer.requests).toHaveLength(1)
    expect(again.summary).toMatchObject({ fromLedger: 4, billedCharacters: 0, requests: 0, translated: 4 })
  })

  it('sends again at most the batch in flight after a crash', async () => {
    const ledger = createLedger()
    const many = Array.from({ length: 120 }, (_, index) => `Sentence number ${index} about bread.`)
    const crash = new Error('power cut')
    let told = 0
    await expect(
      translate(many, {
        engines: [deepl],
        ledger,
        onBatch: async () => {
          if (++told === 2) throw crash
        },
      }),
    ).rejects.toBe(crash)
    const { texts } = await translate(many, { engines: [deepl], ledger })
    const sent = deeplServer.requests.flatMap((request) => request.texts)
    expect(new Set(sent).size).toBe(120)
    // The next batch goes out while the last one is being stored: that one, and no other, may go out again.
    const again = sent.filter((text, place) => sent.indexOf(text) !== place)
    const batches = deeplServer.requests.filter((request) =>
      request.texts.some((text) => again.includes(text)),
    )
    expect(batches.length).toBeLessThanOrEqual(2)
    expect(again.length).toBeLessThanOrEqual(50)
    expect(texts.every((text) => text !== null)).toBe(true)
  })

  it('sends identical texts once and bills them once', async () => {
    const { summary, results } = await translate(['Read more', 'Read more', 'Read more'], {
      engines: [deepl],
    })
    expect(deeplServer.requests.flatMap((request) => request.texts)).toEqual(['Read more'])
    expect(summary.billedCharacters).toBe(9)
    expect(results.map(({ text }) => text)).toEqual(Array(3).fill('Readde morede'))
  })

  it('pays again only for the sentences whose own terms changed', async () => {
    const ledger = createLedger()
    await translate(SENTENCES, { engines: [deepl], ledger })
    const glossary = {
      name: 'test',
      version: 'v2',
      concepts: [
        {
          id: 'militsiya',
          subject: '',
          definition: '',
          source: '',
          enforcement: 'hard' as const,
          terms: [
            {
              locale: 'en',
              text: 'Militsiya',
              status: 'preferred',
              caseMode: 'insensitive',
              inflecting: true,
              forms: [],
            },
            {
              locale: 'de',
              text: 'Milizija',
              status: 'preferred',
              caseMode: 'insensitive',
              inflecting: true,
              forms: [],
            },
          ] as const,
        },
      ],
    }
    await translate([SENTENCES[2] ?? '', SENTENCES[3] ?? ''], {
      engines: [deepl],
      ledger,
      glossaries: [glossary],
    })
    expect(deeplServer.requests[1]?.texts).toEqual(['The Militsiya came with OMON.'])
  })

  it('asks no engine where there is nothing but codes, signs or an invariant term', async () => {
    const { results } = await translate(
      ['* * *', coded(IMG.repeat(1), 's2'), 'OMON'].map((one) =>
        typeof one === 'string' ? { id: `x${one.length}`, text: one, codes: [] } : one,
      ),
      { engines: [libre], targetLocale: 'ru' },
    )
    expect(libreServer.requests).toHaveLength(0)
    expect(results.map(({ text, engine }) => [text, engine])).toEqual([
      ['* * *', 'copy'],
      [IMG, 'copy'],
      ['ОМОН', 'libretranslate'],
    ])
  })

  it('stays within 50 texts and 128 KiB of encoded bytes, Cyrillic and context included', async () => {
    const long = Array.from({ length: 90 }, (_, index) => ({
      id: `s${index}`,
      text: `${'Милиция пришла на площадь. '.repeat(30)}${index}`,
      codes: [],
      context: `Соседний текст ${index} ${'и ещё '.repeat(200)}`,
    }))
    const { summary } = await translate(long, { engines: [deepl], sourceLocale: 'ru', glossaries: [] })
    expect(summary.translated).toBe(90)
    expect(deeplServer.requests.length).toBeGreaterThan(2)
    for (const { texts, bytes, params } of deeplServer.requests) {
      expect(texts.length).toBeLessThanOrEqual(50)
      expect(bytes).toBeLessThanOrEqual(128 * 1024)
      expect(params.context).toContain('Соседний текст')
    }
  })

  it('leaves a text that no request can hold to the next engine, and says so', async () => {
    const huge = `${'Ж'.repeat(30_000)}.`
    const { results } = await translate([huge, 'Привет.'], {
      engines: [deepl, createPseudoEngine()],
      sourceLocale: 'ru',
    })
    const byId = new Map(results.map((result) => [result.id, result]))
    expect(byId.get('s1')).toMatchObject({ engine: 'pseudo', pretend: true })
    expect(byId.get('s1')?.rungs[0]).toBe('deepl: too large for one request')
    expect(byId.get('s2')?.engine).toBe('deepl')
  })

  it('keeps inline codes through tags, and masks them for Belarusian, which has none', async () => {
    const text = `The ${B}Militsiya${END_B} of Minsk${IMG} came.`
    for (const locale of ['de', 'be']) {
      const { results } = await translate([coded(text)], { engines: [deepl], targetLocale: locale })
      expect([...codesIn(results[0]?.text ?? '')]).toEqual([0, 1, 2])
      expect(deeplServer.requests.at(-1)?.params.tag_handling).toBe(locale === 'de' ? 'xml' : undefined)
      expect(deeplServer.requests.at(-1)?.params.glossary_id === undefined).toBe(locale === 'be')
    }
    expect(deeplServer.requests.at(-1)?.texts[0]).toBe('The _C1_ Militsiya _C2_ of Minsk _C3_ came.')
  })

  it('asks again with masked codes when tags jump to the front', async () => {
    deeplServer.set({ fault: 'tags-first' })
    const { results } = await translate([coded(`We saw ${B}the plant${END_B} burn${IMG}.`)], {
      engines: [deepl],
    })
    expect(results[0]?.text).toBe(`Wede sawde ${B}thede plantde${END_B} burnde${IMG}.`)
    expect(results[0]?.rungs).toEqual(['deepl glossary: codes broken', 'deepl glossary: codes masked'])
  })

  const faults: readonly DeeplBehaviour[] = [
    { fault: 'half-glossary' },
    { fault: 'source-word-left' },
    { fault: 'tags-first' },
    { fault: 'masks-doubled' },
    { fault: 'masks-lost' },
    { glossaryStatus: 400 },
    { glossaryStatus: 400, fault: 'masks-doubled' },
    { glossaryStatus: 400, fault: 'masks-lost' },
  ]
  it.each(faults.flatMap((fault) => ['de', 'es', 'ru', 'be'].map((locale) => ({ ...fault, locale }))))(
    'never lets a wrong term pass silently: $fault, glossary $glossaryStatus, $locale',
    async ({ locale, ...behaviour }) => {
      deeplServer.set(behaviour)
      const sources = [...SENTENCES, 'OMON and OMON and OMON again under Decree No. 3.']
      const { results, summary } = await translate(sources, { engines: [deepl], targetLocale: locale })
      expect(summary.untranslated).toBe(0)
      expectNoSilentFault(results, sources)
      expect(results.find(({ id }) => id === 's4')?.rungs).toHaveLength(1)
      const sent = deeplServer.requests.flatMap(({ texts }) => texts)
      expect(new Set(sent).size).toBe(sent.length)
    },
  )

  it('masks inflecting terms at last where the target language hardly inflects', async () => {
    const { results } = await translate(['The Militsiya came.'], { engines: [libre], targetLocale: 'fr' })
    expect(results[0]?.rungs).toEqual([
      'libretranslate in-source: 1 placed in the source, 1 missing',
      'libretranslate mask: 1 masked, 1 ok',
    ])
  })

  it('puts the dictionary form where an inflecting term is all of the text, in any language', async () => {
    const texts = ['Militsiya', '“Militsiya”', 'Militsiya!', 'The Militsiya']
    const { results } = await translate(texts, { engines: [libre], targetLocale: 'ru' })
    const byId = new Map(results.map((result) => [result.id, result.text]))
    expect(['s1', 's2', 's3'].map((id) => byId.get(id))).toEqual(['Милиция', '“Милиция”', 'Милиция!'])
    expect(byId.get('s4')).not.toContain('Милиция')
    expect(libreServer.requests.flatMap((request) => request.texts)).toEqual(['The Militsiya'])
  })

  it('climbs for each term by itself: what the glossary did right stays with it', async () => {
    const when = (text: string) => !text.includes('_T1_')
    deeplServer.set({ fault: 'source-word-left', when, keepWords: ['milicia'] })
    const { results } = await translate(['The Militsiya feared Decree No. 3.'], {
      engines: [deepl],
      targetLocale: 'es',
    })
    expect(results[0]?.trails.map(({ source, steps }) => [source, steps.map(({ way }) => way)])).toEqual([
      ['Militsiya', ['glossary', 'in-source']],
      ['Decree No. 3', ['glossary', 'mask']],
    ])
    deeplServer.set({ fault: 'half-glossary' })
    const half = await translate(['OMON and OMON feared the Militsiya.'], {
      engines: [deepl],
      targetLocale: 'es',
    })
    expect(half.results[0]?.trails.map(({ source, steps }) => [source, steps.map(({ way }) => way)])).toEqual(
      [
        ['OMON', ['glossary', 'mask']],
        ['OMON', ['glossary', 'mask']],
        ['Militsiya', ['glossary']],
      ],
    )
  })

  it('says when an engine could not use its glossary', async () => {
    deeplServer.set({ glossaryStatus: 400 })
    const { results } = await translate(['OMON came.', 'Nobody came.'], { engines: [deepl] })
    expect(results.find(({ id }) => id === 's1')?.rungs[0]).toBe('deepl: no glossary can be used')
    expect(results.find(({ id }) => id === 's2')?.rungs).toEqual(['deepl glossary: no terms'])
  })

  it('still gives a text, without its codes, where masks keep coming back wrong', async () => {
    deeplServer.set({ fault: 'masks-doubled' })
    const source = `The ${B}Militsiya${END_B} saw OMON${IMG}.`
    const { results } = await translate([coded(source)], { engines: [deepl], targetLocale: 'be' })
    expect(results[0]?.text).not.toBeNull()
    expect(results[0]?.text).not.toMatch(/_[TC]\d/)
    expect(results[0]?.verdicts.every(({ status }) => status === 'ok')).toBe(false)
  })

  it('never masks a term that codes run through, so that no code is lost', async () => {
    const source = `Read Decree ${B}No. 3${END_B} now.`
    const { results } = await translate([coded(source)], { engines: [libre], targetLocale: 'es' })
    expect(libreServer.requests.flatMap(({ texts }) => texts).join()).not.toContain('_T')
    expect(codesIn(results[0]?.text ?? '')).toEqual([0, 1])
    expect(results[0]?.verdicts.map(({ status }) => status)).toEqual(['missing'])
  })

  it('keeps the flagged answer it has when the quota ends before the next rung', async () => {
    deeplServer.set({ fault: 'source-word-left' })
    const { results, summary } = await translate(['Decree No. 3 is law.'], {
      engines: [deepl],
      targetLocale: 'ru',
      ledger: { ...createLedger(), keep: async () => deeplServer.set({ status: 456 }) },
    })
    expect(summary.problems).toMatchObject([{ code: 'engine-quota' }])
    expect(results[0]?.rungs.at(-1)).toBe('deepl: stopped (engine-quota)')
    expect(results[0]?.verdicts.map(({ status }) => status)).toEqual(['missing'])
  })

  it('comes back to the rung where an outage stopped it, without sending the earlier ones again', async () => {
    deeplServer.set({ fault: 'source-word-left' })
    const ledger = createLedger()
    const keep: typeof ledger.keep = async (entries) => {
      await ledger.keep(entries)
      deeplServer.set({ status: 503 })
    }
    const text = 'Decree No. 3 is law.'
    const stopped = translate([text], { engines: [deepl], targetLocale: 'ru', ledger: { ...ledger, keep } })
    await expect(stopped).rejects.toMatchObject({ code: 'engine-unavailable' })
    deeplServer.set({})
    const { results } = await translate([text], { engines: [deepl], targetLocale: 'ru', ledger })
    expect(results[0]?.verdicts.map(({ status }) => status)).toEqual(['ok'])
    expect(deeplServer.requests.map(({ texts }) => texts[0])).toEqual([text, '_T1_ is law.', '_T1_ is law.'])
  })

  it('tells results in portions', async () => {
    const ledger = createLedger()
    const many = Array.from({ length: 1_200 }, (_, index) => `Sentence ${index}.`)
    await translate(many, { engines: [createPseudoEngine()], ledger })
    const portions: number[] = []
    const onBatch = async (batch: readonly SegmentTranslation[]) => {
      portions.push(batch.length)
    }
    await translate(many, { engines: [createPseudoEngine()], ledger, onBatch })
    expect(portions).toEqual([500, 500, 200])
  })

  it('repairs a half-applied glossary by masks', async () => {
    deeplServer.set({ fault: 'half-glossary' })
    const { results } = await translate(['OMON met OMON.'], { engines: [deepl], targetLocale: 'ru' })
    expect(results[0]?.verdicts.map(({ status }) => status)).toEqual(['ok', 'ok'])
    expect(results[0]?.rungs).toEqual(['deepl glossary: 1 ok, 1 missing', 'deepl mask: 2 masked, 2 ok'])
  })

  it.each(['wrong-count', 'empty-texts', 'html-page'] as const)(
    'asks again in halves after one bad answer (%s) and loses nothing',
    async (fault) => {
      deeplServer.set({ fault, times: 1 })
      const { texts, summary } = await translate(SENTENCES, { engines: [deepl] })
      expect(texts.every((text) => text !== null)).toBe(true)
      expect(summary.requests).toBe(3)
      expect(summary.problems).toEqual([])
    },
  )

  it.each(['wrong-count', 'empty-texts', 'html-page'] as const)(
    'goes on with the next engine when answers stay bad (%s)',
    async (fault) => {
      deeplServer.set({ fault })
      const { results, summary } = await translate(SENTENCES, { engines: [deepl, libre] })
      expect(results.every(({ engine }) => engine === 'libretranslate')).toBe(true)
      expect(summary.problems).toMatchObject([{ engine: 'deepl', code: 'engine-bad-answer' }])
      expect(deeplServer.requests).toHaveLength(3)
    },
  )

  it('says when to come back where the only engine keeps answering badly', async () => {
    deeplServer.set({ fault: 'html-page' })
    await expect(translate(SENTENCES, { engines: [deepl] })).rejects.toMatchObject({
      code: 'engine-bad-answer',
      retryAfterMs: 30_000,
    })
  })

  it('finds the one text that an engine cannot answer and gives only that to the next engine', async () => {
    deeplServer.set({ fault: 'empty-texts', when: (text) => text.includes('poison') })
    const sources = [...Array.from({ length: 19 }, (_, index) => `Sentence ${index}.`), 'A poison one.']
    const { results, summary } = await translate(sources, { engines: [deepl, libre] })
    expect(summary.byEngine).toEqual({ deepl: 19, libretranslate: 1 })
    expect(results.find(({ engine }) => engine === 'libretranslate')?.id).toBe('s20')
  })

  it('pauses an engine without quota, says so, and goes on with the next', async () => {
    const health = createStillHealth()
    deeplServer.set({ status: 456 })
    const { results, summary } = await translate(SENTENCES, { engines: [deepl, libre], health })
    expect(results.every(({ engine }) => engine === 'libretranslate')).toBe(true)
    expect(summary.notice).toContain('no characters left')
    expect(health.pauseOf('deepl')).toMatchObject({ reason: 'engine-quota' })
    await translate(['Another sentence.'], { engines: [deepl, libre], health })
    expect(deeplServer.requests).toHaveLength(1)
  })

  it('leaves texts untranslated, and says so, when the last engine has no quota', async () => {
    deeplServer.set({ status: 456 })
    const { results, summary } = await translate(SENTENCES, { engines: [deepl] })
    expect(results.map(({ text }) => text)).toEqual([null, null, null, null])
    expect(summary).toMatchObject({ translated: 0, untranslated: 4 })
    expect(summary.notice).toContain('4 segments were left untranslated')
  })

  it.each([
    [429, 'engine-rate-limited'],
    [529, 'engine-rate-limited'],
    [503, 'engine-unavailable'],
    [500, 'engine-unavailable'],
  ] as const)(
    'throws on %i when no other engine can go on, with what it received kept',
    async (status, code) => {
      const ledger = createLedger()
      const many = Array.from({ length: 70 }, (_, index) => `Sentence number ${index}.`)
      const told: string[] = []
      const health = createStillHealth()
      const promise = translate(many, {
        engines: [deepl],
        ledger,
        health,
        onBatch: async (batch) => {
          told.push(...batch.map(({ id }) => id))
          deeplServer.set({ status })
        },
      })
      await expect(promise).rejects.toMatchObject({ code, retryAfterMs: expect.any(Number) })
      expect(told).toHaveLength(50)
      expect(ledger.entries.size).toBe(50)
      await expect(translate(many, { engines: [deepl], ledger, health })).rejects.toMatchObject({ code })
      expect(deeplServer.requests).toHaveLength(2) // the pause holds for everyone
    },
  )

  it('waits out a short rate limit rather than fall to a lesser engine', async () => {
    const health = createStillHealth()
    deeplServer.set({ status: 429, times: 2 })
    const { summary } = await translate(SENTENCES, { engines: [deepl, libre], health })
    expect(summary.byEngine).toEqual({ deepl: 4 })
    expect(health.waits).toHaveLength(2)
  })

  it('goes on with the next engine when the rate limit stays', async () => {
    deeplServer.set({ status: 429 })
    const { summary } = await translate(SENTENCES, { engines: [deepl, libre] })
    expect(summary.byEngine).toEqual({ libretranslate: 4 })
    expect(deeplServer.requests).toHaveLength(3)
  })

  it('does not wait for ever for an engine that never answers', async () => {
    deeplServer.set({ fault: 'never' })
    const impatient = createDeeplEngine({ authKey: 'key', serverUrl: deeplServer.url, timeoutMs: 150 })
    const { summary } = await translate(SENTENCES, { engines: [impatient, libre] })
    expect(summary.byEngine).toEqual({ libretranslate: 4 })
    expect(summary.problems[0]?.message).toContain('has not answered within 150 ms')
  })

  it('stops at once when aborted', async () => {
    deeplServer.set({ fault: 'never' })
    const reason = new Error('shutting down')
    const signal = AbortSignal.any([AbortSignal.timeout(100)])
    await expect(translate(SENTENCES, { engines: [deepl], signal })).rejects.toThrow(/timeout/)
    await expect(translate(SENTENCES, { engines: [deepl], signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    )
  })

  it('gives what it has on the final attempt instead of throwing', async () => {
    deeplServer.set({ status: 503 })
    const { summary } = await translate(SENTENCES, { engines: [deepl], finalAttempt: true })
    expect(summary).toMatchObject({ translated: 0, untranslated: 4 })
  })

  it('finishes without any engine', async () => {
    const { results } = await translate(SENTENCES, { engines: [] })
    expect(results.map(({ text, engine }) => [text, engine])).toEqual(Array(4).fill([null, null]))
  })
})
