import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it, type TestContext } from 'vitest'
import { codesIn } from '../../src/domain/document.ts'
import { createApertiumEngine } from '../../src/engines/apertium.ts'
import { readStream, writeStream } from '../../src/engines/apertium-stream.ts'
import type { Engine } from '../../src/engines/engine.ts'
import { B, CODES, coded, END_B, IMG, translate } from './fixtures.ts'

const installed = await createApertiumEngine()

/** The real engine; skips loudly where it is not installed, and fails in CI. */
function requireApertium(context: TestContext, ...targets: readonly string[]): Engine {
  const missing = targets.filter(
    (target) => installed?.capabilities.supports({ source: 'en', target }) !== true,
  )
  if (installed === undefined || missing.length > 0) {
    const reason = `Apertium is not installed for en to ${targets.join(', ')}`
    if (process.env.CI === 'true') throw new Error(reason)
    context.skip(reason)
    throw new Error(reason)
  }
  return installed
}

async function withMode<Result>(mode: string, use: (engine: Engine) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'talmach-modes-'))
  try {
    await writeFile(join(folder, 'eng-spa.mode'), mode)
    const engine = await createApertiumEngine({ modes: folder, timeoutMs: 500 })
    if (engine === undefined) throw new Error('no engine')
    return await use(engine)
  } finally {
    await rm(folder, { recursive: true })
  }
}

const ask = (engine: Engine, texts: readonly string[], target = 'es') =>
  engine.translate({
    source: 'en',
    target,
    texts: texts.map((text) => ({ text, codes: CODES })),
    glossary: [],
    signal: new AbortController().signal,
  })

describe('apertium stream', () => {
  it('brings back any text through a pipeline that changes nothing', () => {
    const unit = fc.constantFrom(
      'a',
      ' ',
      '[',
      ']',
      '<',
      '>',
      '\\',
      '^',
      '$',
      '/',
      '{',
      '}',
      '*',
      '#',
      '@',
      '~',
      '.',
      B,
    )
    fc.assert(
      fc.property(fc.array(fc.string({ unit }), { minLength: 1 }), (texts) => {
        const { stream, asides } = writeStream(texts)
        const read = readStream(stream, asides)
        expect(read?.map(({ text }) => text)).toEqual(texts.map((text) => text.trim()))
      }),
    )
  })

  it('notices texts that are lost or joined', () => {
    const { stream, asides } = writeStream(['one', 'two'])
    expect(readStream(stream.replace('[<end0/>]', ''), asides)).toBeUndefined()
    expect(readStream(stream.replace('.[]', ''), asides)).toBeUndefined()
    expect(readStream('', asides)).toBeUndefined()
  })

  it('takes off the marks of unknown words and reports the words', () => {
    const { asides } = writeStream(['x'])
    expect(readStream('El *Minsk y @perro #casa 5 * 3.[][<end0/>]', asides)).toEqual([
      { text: 'El Minsk y perro casa 5 * 3', unknownWords: ['Minsk', 'perro', 'casa'] },
    ])
  })

  it('reads hostile output in linear time', () => {
    const started = performance.now()
    for (const piece of ['[', '*', '\\', '[<c', '.[]'])
      readStream(`${piece.repeat(100_000)}.[][<end0/>]`, [[]])
    writeStream(['a@'.repeat(50_000), 'http://'.repeat(20_000), '_'.repeat(100_000), 'a.'.repeat(50_000)])
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})

describe('createApertiumEngine', () => {
  it('does not exist where nothing is installed', async () => {
    expect(await createApertiumEngine({ modes: '/nonexistent' })).toBeUndefined()
  })

  it.each([
    ['prints nothing and ends well', 'true'],
    ['fails', 'echo broken >&2; exit 3'],
    ['joins all texts', "tr -d '[]'"],
    ['loses the middle of a text', "sed 's/more.*more/more/'"],
  ])('refuses the answer of a pipeline that %s', async (_, mode) => {
    await withMode(mode, async (engine) => {
      await expect(ask(engine, ['one', `two ${'more '.repeat(100)}`])).rejects.toMatchObject({
        code: 'engine-bad-answer',
      })
    })
  })

  it('stops every program of a pipeline that hangs', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'talmach-hang-'))
    const late = join(folder, 'late')
    await withMode(`(sleep 1; touch '${late}') | cat`, async (engine) => {
      await expect(ask(engine, ['one'])).rejects.toMatchObject({ code: 'engine-unavailable' })
    })
    await setTimeout(1_000)
    expect(existsSync(late)).toBe(false)
    await rm(folder, { recursive: true })
  })

  it('hands unknown words on with the segment', async () => {
    await withMode("sed 's/Minsk/*Minsk/'", async (engine) => {
      const { results } = await translate(['To Minsk.', 'Away.'], { engines: [engine], targetLocale: 'es' })
      expect(results.map(({ text, unknownWords }) => [text, unknownWords])).toEqual([
        ['To Minsk.', ['Minsk']],
        ['Away.', []],
      ])
    })
  })

  it('shows the shell nothing of the text', async () => {
    await withMode('cat', async (engine) => {
      const text = '$(touch /tmp/x) `id` "; exit 1; \' && | > x'
      expect((await ask(engine, [text])).texts).toEqual([text])
    })
  })

  it('translates directly and through Spanish, with codes, addresses and odd characters kept', async (context) => {
    const engine = requireApertium(context, 'es', 'fr', 'pt-PT', 'pt-BR')
    const text = `The ${B}workers${END_B} wrote${IMG} to https://example.org/a?b=c#d and a@b.org: 5 * 3 [sic].`
    const expected = {
      es: 'trabajadores',
      fr: 'travailleurs',
      'pt-PT': 'trabalhadores',
      'pt-BR': 'trabalhadores',
    }
    for (const [target, word] of Object.entries(expected)) {
      const [answer = ''] = (await ask(engine, [text], target)).texts
      expect(answer).toContain(`${B}${word}${END_B}`)
      expect(codesIn(answer)).toEqual([0, 1, 2])
      for (const kept of ['https://example.org/a?b=c#d', 'a@b.org', '5 * 3', '[sic].'])
        expect(answer).toContain(kept)
    }
  })

  it('keeps texts apart, whatever they end with', async (context) => {
    const engine = requireApertium(context, 'fr')
    const texts = ['Headline without stop', 'The end.', '“Why?”', 'One, two;', 'Minsk', '1,500', 'He said:']
    const answer = await ask(engine, texts, 'fr')
    expect(answer.texts).toHaveLength(texts.length)
    for (const text of answer.texts) expect(text).not.toMatch(/[*@#]|\[\]|\.\.$/)
    const alone = await Promise.all(texts.map(async (text) => (await ask(engine, [text], 'fr')).texts[0]))
    expect(answer.texts).toEqual(alone)
  })

  it('reports the words it does not know', async (context) => {
    const answer = await ask(requireApertium(context, 'es'), ['Lukashenko came.', 'He came.'])
    expect(answer.unknownWords).toEqual([['Lukashenko'], []])
  })

  it('keeps every term or flags it, in all its languages', async (context) => {
    const engine = requireApertium(context, 'es', 'fr', 'pt-PT', 'pt-BR')
    const sources = [
      'OMON beat the workers near the gates of the plant.',
      'Decree No. 3 made the unemployed pay, and the Militsiya came for those who did not.',
      'On Sunday OMON and the Militsiya arrested 300 people under Decree No. 3.',
      'According to Decree No. 3, nothing is certain.',
    ]
    for (const targetLocale of ['es', 'fr', 'pt-PT', 'pt-BR']) {
      const { results, summary } = await translate(sources, { engines: [engine], targetLocale })
      expect(summary.untranslated).toBe(0)
      expect(results.flatMap(({ verdicts }) => verdicts)).toHaveLength(7)
      for (const { text, verdicts } of results) {
        expect(text).not.toMatch(/_T|T\d_/)
        for (const verdict of verdicts.filter(({ status }) => status === 'ok')) {
          const found = text?.slice(verdict.targetStart, verdict.targetEnd).toLowerCase()
          expect(found).toBe(verdict.expected[0]?.toLowerCase())
        }
      }
      expect(summary.terms.ok).toBeGreaterThanOrEqual(5)
    }
  })

  it('brings codes back where terms are masked around them', async (context) => {
    const engine = requireApertium(context, 'es')
    const { results } = await translate([coded(`${B}OMON${END_B} came to the plant${IMG}.`)], {
      engines: [engine],
      targetLocale: 'es',
    })
    expect(results[0]?.text).toContain(`${B}OMON${END_B}`)
    expect(results[0]?.verdicts[0]?.status).toBe('ok')
  })
})
