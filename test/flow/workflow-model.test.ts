import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import type { DocumentSummary, SegmentPage, SegmentView } from '../../src/http/schemas.ts'
import { eventually } from '../support/eventually.ts'
import { redisMissing, startRedis, type TestRedis } from '../support/redis.ts'
import { startServer, type TestServer } from '../support/server.ts'

/**
 * The workflow of an article as a small model, held against the real product over HTTP on both queues: whatever people
 * do in whatever order, each answer and everything that stands afterwards is what the model says.
 */
const LOCALES = ['de', 'fr'] as const
type Locale = (typeof LOCALES)[number]
type State = 'initial' | 'translated' | 'reviewed'
type Cell = { text: string; state: State } | null
type Model = {
  sentences: string[]
  cells: Record<Locale, Cell[]>
  /** How often each language became finished, and what it said the last time. */
  finished: Record<Locale, number>
  published: Record<Locale, string | undefined>
}
type Real = { server: TestServer; token: string; id: string; loseQueue: () => Promise<void> }
type Command = fc.AsyncCommand<Model, Real>

const SENTENCES = ['Rain fell on the square.', 'Nobody opened the gate.', 'The choir sang until dawn.']
const SPARE = ['Two buses left at noon.', 'Her brother kept the letters.', 'Snow covered every roof.']

const api = async (real: Real, method: string, path: string, body?: unknown, version?: number) => {
  const headers: Record<string, string> = { 'Content-Type': 'application/json' }
  if (version !== undefined) headers['If-Match'] = `"${version}"`
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
  return real.server.api(real.token, path, init)
}

const segmentsOf = async (real: Real, locale: Locale): Promise<readonly SegmentView[]> => {
  const page = (await (
    await api(real, 'GET', `/api/documents/${real.id}/segments/${locale}`)
  ).json()) as SegmentPage
  return page.segments
}

const segmentAt = async (real: Real, locale: Locale, index: number): Promise<SegmentView> => {
  const segment = (await segmentsOf(real, locale))[index]
  if (segment === undefined) throw new Error(`no segment ${index}`)
  return segment
}

const isFinished = (cells: readonly Cell[]): boolean => cells.every((cell) => cell?.state === 'reviewed')
const textOf = (cells: readonly Cell[]): string => `${cells.map((cell) => cell?.text).join(' ')}\n`

/** Changes the model; a language that becomes finished by it will be published. */
function step(model: Model, locale: Locale, change: (cells: Cell[]) => void): void {
  const before = isFinished(model.cells[locale])
  change(model.cells[locale])
  if (before || !isFinished(model.cells[locale])) return
  model.finished[locale]++
  model.published[locale] = textOf(model.cells[locale])
}

async function holdAgainst(model: Model, real: Real): Promise<void> {
  for (const locale of LOCALES) {
    const stands = (await segmentsOf(real, locale)).map(({ source, target }) => ({
      source: source.trim(),
      target: target === null ? null : { text: target.text, state: target.state },
    }))
    expect(stands).toEqual(
      model.sentences.map((source, index) => ({ source, target: model.cells[locale][index] })),
    )
    const text = model.published[locale]
    const path = `/api/documents/${real.id}/bundle/${locale}`
    if (text === undefined) {
      expect((await api(real, 'GET', path)).ok).toBe(false)
      continue
    }
    // Where it was taken back since, what was published stays until it is finished again.
    await eventually(`${locale} to be published as ${text}`, async () => {
      const response = await api(real, 'GET', path)
      return response.ok && (await response.text()) === text
    })
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from publication
      where kind = 'bundle' and document_id = ${real.id} and locale = ${locale}`.execute(
      real.server.database.db,
    )
    expect(rows[0]?.n).toBeLessThanOrEqual(model.finished[locale])
  }
}

function command(
  name: string,
  run: (model: Model, real: Real) => Promise<void>,
  check: (model: Readonly<Model>) => boolean = () => true,
): Command {
  return {
    check,
    run: async (model, real) => {
      await run(model, real)
      await holdAgainst(model, real)
    },
    toString: () => name,
  }
}

const at = fc.record({ locale: fc.constantFrom(...LOCALES), index: fc.nat(2) })
/** No two texts are the same, or saving one that stands already would change nothing. */
let written = 0
/** Everything that was ever said of a sentence in a language. */
const said = new Map<string, string[]>()
const write = (locale: Locale, sentence: string): string => {
  const text = `${locale} sentence of version ${(++written).toString(2).replaceAll('0', 'o').replaceAll('1', 'i')}.`
  const key = `${locale} ${sentence}`
  said.set(key, [...(said.get(key) ?? []), text])
  return text
}

const commands: fc.Arbitrary<Command>[] = [
  at.map(({ locale, index }) =>
    command(`save ${locale} ${index}`, async (model, real) => {
      const segment = await segmentAt(real, locale, index)
      const text = write(locale, segment.source.trim())
      const path = `/api/segments/${segment.id}/targets/${locale}`
      const saved = await api(real, 'PUT', path, { text }, segment.target?.version ?? 0)
      expect(saved.status).toBe(200)
      step(model, locale, (cells) => {
        cells[index] = { text, state: 'translated' }
      })
      // Whoever had seen only what stood before is told, with both texts.
      const late = await api(real, 'PUT', path, { text: 'too late' }, segment.target?.version ?? 0)
      expect(late.status).toBe(412)
      expect(await late.json()).toMatchObject({ current: { text }, yours: 'too late' })
    }),
  ),
  at.map(({ locale, index }) =>
    command(`two save ${locale} ${index} at once`, async (model, real) => {
      const segment = await segmentAt(real, locale, index)
      const texts = [write(locale, segment.source.trim()), write(locale, segment.source.trim())]
      const answers = await Promise.all(
        texts.map((text) =>
          api(
            real,
            'PUT',
            `/api/segments/${segment.id}/targets/${locale}`,
            { text },
            segment.target?.version ?? 0,
          ),
        ),
      )
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
      const text = texts[answers.findIndex(({ status }) => status === 200)] ?? ''
      step(model, locale, (cells) => {
        cells[index] = { text, state: 'translated' }
      })
    }),
  ),
  at.map(({ locale, index }) =>
    command(`approve ${locale} ${index}`, async (model, real) => {
      const segment = await segmentAt(real, locale, index)
      const path = `/api/segments/${segment.id}/targets/${locale}/approve`
      const approved = await api(real, 'POST', path, undefined, segment.target?.version ?? 0)
      const cell = model.cells[locale][index] ?? null
      expect(approved.status).toBe(cell === null ? 409 : 200)
      step(model, locale, (cells) => {
        if (cell !== null) cells[index] = { ...cell, state: 'reviewed' }
      })
    }),
  ),
  fc.constantFrom(...LOCALES).map((locale) =>
    command(`everybody approves ${locale} at once`, async (model, real) => {
      const segments = (await segmentsOf(real, locale)).filter(({ target }) => target !== null)
      const answers = await Promise.all(
        segments.map(({ id, target }) =>
          api(real, 'POST', `/api/segments/${id}/targets/${locale}/approve`, undefined, target?.version ?? 0),
        ),
      )
      expect(answers.map(({ status }) => status)).toEqual(segments.map(() => 200))
      step(model, locale, (cells) => {
        for (const [index, cell] of cells.entries())
          if (cell !== null) cells[index] = { ...cell, state: 'reviewed' }
      })
    }),
  ),
  at.map(({ locale, index }) =>
    command(`reject ${locale} ${index}`, async (model, real) => {
      const segment = await segmentAt(real, locale, index)
      const path = `/api/segments/${segment.id}/targets/${locale}/reject`
      const body = { category: 'style', note: 'again' }
      const rejected = await api(real, 'POST', path, body, segment.target?.version ?? 0)
      const cell = model.cells[locale][index] ?? null
      expect(rejected.status).toBe(cell === null ? 409 : 200)
      step(model, locale, (cells) => {
        if (cell !== null) cells[index] = { ...cell, state: 'initial' }
      })
    }),
  ),
  fc.nat(2).map((index) =>
    command(
      `the source's sentence ${index} becomes another`,
      async (model, real) => {
        const sentence = SPARE.find((spare) => !model.sentences.includes(spare)) ?? ''
        model.sentences[index] = sentence
        await segmented(real, await revise(model, real))
        // A sentence that was there before, here or in another article, brings along what was said of it, and no more.
        for (const locale of LOCALES) {
          const { target } = await segmentAt(real, locale, index)
          if (target !== null) expect(said.get(`${locale} ${sentence}`)).toContain(target.text)
          step(model, locale, (cells) => {
            cells[index] = null
          })
          step(model, locale, (cells) => {
            cells[index] = target === null ? null : { text: target.text, state: target.state as State }
          })
        }
      },
      (model) => SPARE.some((spare) => !model.sentences.includes(spare)),
    ),
  ),
  fc.constant(
    command('the same source again', async (model, real) => {
      const body = { text: `${model.sentences.join(' ')}\n`, format: 'text' }
      expect((await api(real, 'PUT', `/api/documents/${real.id}/source`, body)).status).toBe(200)
    }),
  ),
  fc.constant(
    command('the queue forgets everything', async (_, real) => {
      await real.loseQueue()
    }),
  ),
  fc.constant(
    command('every lease runs out', async (_, { server }) => {
      await sql`update stage set claimed_until = now() - interval '1 s' where status = 'claimed'`.execute(
        server.database.db,
      )
    }),
  ),
]

async function revise(model: Model, real: Real): Promise<number> {
  const body = { text: `${model.sentences.join(' ')}\n`, format: 'text' }
  const answer = await api(real, 'PUT', `/api/documents/${real.id}/source`, body)
  expect(answer.status).toBe(202)
  return ((await answer.json()) as DocumentSummary).revision
}

async function segmented(real: Real, revision: number): Promise<void> {
  await eventually(`revision ${revision} to be ready`, async () => {
    const document = (await (await api(real, 'GET', `/api/documents/${real.id}`)).json()) as DocumentSummary
    const over = document.locales.every(({ state }) =>
      ['in-translation', 'in-review', 'approved'].includes(state),
    )
    return document.revision === revision && over
  })
}

for (const backend of ['postgres', 'redis'] as const) {
  describe(`the workflow, queue in ${backend}`, () => {
    const missing = backend === 'redis' ? redisMissing() : undefined
    let redis: TestRedis | undefined
    let server: TestServer
    let token: string

    beforeAll(async () => {
      if (missing !== undefined) return
      redis = backend === 'redis' ? await startRedis() : undefined
      server = await startServer(redis === undefined ? {} : { env: { REDIS_URL: redis.url } })
      token = await server.token('admin')
    })
    afterAll(async () => {
      await server?.close()
      await redis?.close()
    })

    it('is what the model says, whatever people do', { timeout: 240_000 }, async (context: TestContext) => {
      if (missing !== undefined) context.skip(missing)
      const loseQueue = async () => {
        if (redis !== undefined) return redis.flush()
        await sql`truncate bullmq.job, bullmq.job_dependency, bullmq.dedup cascade`.execute(
          server.database.db,
        )
      }
      const setup = async () => {
        const real: Real = { server, token, id: '', loseQueue }
        const body = { text: `${SENTENCES.join(' ')}\n`, format: 'text', name: 'a.txt' }
        const made = await api(real, 'POST', '/api/documents', {
          ...body,
          sourceLocale: 'en',
          targetLocales: LOCALES,
        })
        real.id = ((await made.json()) as DocumentSummary).id
        await segmented(real, 1)
        // What an earlier article left in the memory is not this one's.
        const cells = await Promise.all(
          LOCALES.map(async (locale) =>
            (await segmentsOf(real, locale)).map(({ target }) =>
              target === null ? null : { text: target.text, state: target.state as State },
            ),
          ),
        )
        const [de = [], fr = []] = cells
        const model: Model = {
          sentences: [...SENTENCES],
          cells: { de, fr },
          finished: { de: 0, fr: 0 },
          published: { de: undefined, fr: undefined },
        }
        return { model, real }
      }
      await fc.assert(
        fc.asyncProperty(fc.commands(commands, { maxCommands: 30, size: 'max' }), async (sequence) => {
          await fc.asyncModelRun(setup, sequence)
        }),
        { numRuns: 6, endOnFailure: true },
      )
    })
  })
}
