import { spawn } from 'node:child_process'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { judgePairs, LOWEST_SCORE, type MemoryPair } from '../src/domain/leverage.ts'
import { similarities } from '../src/domain/leverage-score.ts'
import { streamTmx, writeTmxStream } from '../src/exchange/tmx-stream.ts'
import { type Database, migrate, openDatabase } from '../src/store/database.ts'
import { openEmbeddedPostgres } from '../src/store/embedded-postgres.ts'
import { exportPairs } from '../src/store/memory-export.ts'
import { importPairs } from '../src/store/memory-import.ts'
import { findMatches, type LookupWish, type WantedSegment } from '../src/store/memory-lookup.ts'
import type { Figure } from './figure.ts'
import { createNews, type NewsLanguage, seeded } from './news.ts'

/**
 * A memory of synthetic news on the embedded database: taking it in, looking up, filling articles.
 *
 * @param units of the English memory (MEMORY_UNITS); Chinese and Japanese have as many each (MEMORY_EAST, default a quarter)
 */
export async function benchMemory(
  units = Number(process.env.MEMORY_UNITS ?? 200_000),
): Promise<readonly Figure[]> {
  const east = Number(process.env.MEMORY_EAST ?? units / 4)
  const home = await mkdtemp(join(tmpdir(), 'talmach-memory-'))
  const postgres = await openEmbeddedPostgres(home)
  const db = openDatabase(postgres.url, () => {})
  try {
    await migrate(db)
    const { id } = await db.selectFrom('memory').select('id').executeTakeFirstOrThrow()
    const figures: Figure[] = []
    const tell = (name: string, figure: string, value: number): void => {
      figures.push({ name, figure, value })
      if (process.env.MEMORY_TELL !== undefined) console.log(name.padEnd(60), figure)
    }
    for (const [language, size] of [
      ['en', units],
      ['zh', east],
      ['ja', east],
    ] as const) {
      const title = `memory of ${size} ${language} units`
      const file = await makeTmx(home, language, size)
      const megabytes = (await stat(file)).size / 1e6
      const began = performance.now()
      const memory = { memoryId: id, file: language, reviewed: true }
      await importPairs(db, memory, streamTmx(createReadStream(file, { highWaterMark: 1 << 20 })))
      const seconds = (performance.now() - began) / 1000
      const peak = Math.round(process.resourceUsage().maxRSS / 1024)
      const speed = `${seconds.toFixed(1)} s, ${Math.round(megabytes)} MB, peak ${peak} MB`
      tell(`${title}: import of TMX`, speed, seconds)
      await lookUps(db, language, size, title, tell)
    }
    await exportSpeed(db, id, tell)
    return figures
  } finally {
    await db.destroy()
    await postgres.release()
    await rm(home, { recursive: true, force: true })
  }
}

type Tell = (name: string, figure: string, value: number) => void

async function makeTmx(home: string, language: NewsLanguage, units: number): Promise<string> {
  const file = join(home, `${language}.tmx`)
  const maker = spawn(process.execPath, [join(import.meta.dirname, 'memory-tmx.ts'), language, `${units}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await pipeline(maker.stdout, createWriteStream(file))
  return file
}

async function lookUps(
  db: Database,
  language: NewsLanguage,
  size: number,
  title: string,
  tell: Tell,
): Promise<void> {
  const news = createNews(language)
  const random = seeded(99)
  const wish = (similar: LookupWish['similar'], most: number): LookupWish => {
    const pair = { sourceLocale: language, targetLocale: 'de' }
    return { ...pair, domain: '', most, similar, now: new Date() }
  }
  const same = Array.from({ length: 300 }, () => asSegment(news.sentence(Math.floor(random() * size))))
  const similar = pickSimilar(news, size, random, 400)
  const one = (segment: WantedSegment, fuzzy: boolean) =>
    findMatches(db, wish(fuzzy ? 'always' : 'no', fuzzy ? 5 : 1), [segment], [segment])
  for (const segment of [...same.slice(0, 50), ...similar.slice(0, 50)]) await one(segment, true)

  const exact = await times(same, (segment) => one(segment, false))
  tell(`${title}: exact`, describe(exact), at(exact, 0.5))
  const found: number[][] = []
  const fuzzy = await times(similar, async (segment) => {
    const matches = (await one(segment, true)).get(segment.id) ?? []
    found.push(matches.map(({ score }) => score))
  })
  tell(`${title}: fuzzy, one at a time`, describe(fuzzy), at(fuzzy, 0.95))
  const short = fuzzy.filter((_, n) => (similar[n]?.text.length ?? 99) <= 20)
  tell(`${title}: fuzzy, up to 20 characters`, describe(short), at(short, 0.95))

  const batched: number[] = []
  for (let from = 0; from < similar.length; from += 50) {
    const part = similar.slice(from, from + 50)
    const began = performance.now()
    await findMatches(db, wish('always', 5), part, part)
    batched.push((performance.now() - began) / part.length)
  }
  tell(`${title}: fuzzy, in batches of 50`, describe(batched), at(batched, 0.5))

  const serial = await seconds(async () => {
    for (const segment of similar) await one(segment, true)
  })
  const atOnce = await seconds(async () => {
    const rest = [...similar]
    const worker = async (): Promise<void> => {
      for (let next = rest.pop(); next !== undefined; next = rest.pop()) await one(next, true)
    }
    await Promise.all(Array.from({ length: 50 }, worker))
  })
  const rate = (time: number): string => `${Math.round(similar.length / time)}/s`
  tell(`${title}: one after the other, 50 at once`, `${rate(serial)}, ${rate(atOnce)}`, serial / atOnce)

  recall(news, size, similar, found, title, tell, wish('always', 5))

  const article = [...same.slice(0, 20), ...similar.slice(0, 50)]
  const articleTime = await times([1, 2, 3, 4, 5], () =>
    findMatches(db, wish('where-open', 3), article, article),
  )
  tell(`${title}: an article of 70 sentences`, describe(articleTime), at(articleTime, 0.5))
  const many = Math.min(100_000, Math.floor(size / 10))
  const segments = Array.from({ length: many }, (_, n) => {
    // A third is there as it is, a third similar, the rest new.
    const sentence = news.sentence(n % 3 === 2 ? size + n : Math.floor(random() * size))
    return asSegment(n % 3 === 1 ? news.edited(sentence, random) : sentence, n)
  })
  const prefill = await seconds(async () => {
    const half = Math.ceil(many / 2)
    await Promise.all(
      [segments.slice(0, half), segments.slice(half)].map(async (part) => {
        for (let from = 0; from < part.length; from += 500) {
          const slice = part.slice(from, from + 500)
          await findMatches(db, wish('where-open', 3), slice, slice)
        }
      }),
    )
  })
  tell(`${title}: prefill of ${many}, two at once`, `${prefill.toFixed(1)} s`, prefill)
}

let made = 0
function asSegment(text: string, id = made++): WantedSegment {
  return { id: `s${id}`, text, codes: [], unitKind: 'paragraph' }
}

/** Changed sentences of all lengths from 5 to 400 characters, as many of each. */
function pickSimilar(
  news: ReturnType<typeof createNews>,
  size: number,
  random: () => number,
  count: number,
): readonly WantedSegment[] {
  const bands = [20, 60, 150, 400].map((most) => ({ most, texts: [] as string[] }))
  for (let tries = 0; tries < count * 200; tries++) {
    const text = news.edited(news.sentence(Math.floor(random() * size)), random)
    const band = bands.find(({ most }) => text.length <= most)
    if (band !== undefined && text.length >= 5 && band.texts.length < count / 4) band.texts.push(text)
  }
  return bands.flatMap(({ texts }) => texts).map((text) => asSegment(text))
}

/**
 * Compares with the best five of all units, found by comparing with every one and judged as a match is: what differs in a
 * number or a negation loses points on both sides.
 */
function recall(
  news: ReturnType<typeof createNews>,
  size: number,
  similar: readonly WantedSegment[],
  found: readonly (readonly number[])[],
  title: string,
  tell: Tell,
  wish: LookupWish,
): void {
  const most = Number(process.env.MEMORY_RECALL ?? Math.max(20, Math.min(200, 20_000_000 / size)))
  const step = Math.max(1, Math.floor(similar.length / most))
  const sample = similar.map((segment, at) => ({ segment, at })).filter(({ at }) => at % step === 0)
  const near = sample.map(() => new Set<string>())
  for (let from = 0; from < size; from += 20_000) {
    const block = Array.from({ length: Math.min(20_000, size - from) }, (_, n) => news.sentence(from + n))
    for (const [n, { segment }] of sample.entries()) {
      const { length } = segment.text
      const others = block.filter((other) => other.length > length * 0.55 && other.length < length * 1.8)
      for (const [place, score] of similarities(segment.text, others, LOWEST_SCORE).entries()) {
        if (score >= LOWEST_SCORE) near[n]?.add(others[place] ?? '')
      }
    }
  }
  let [tops, topHits, alls, allHits] = [0, 0, 0, 0]
  for (const [n, { segment, at }] of sample.entries()) {
    const wanted = { ...wish, ...segment, previous: null, next: null }
    const pairs = [...(near[n] ?? [])].map((source) => asPair(source))
    const expected = judgePairs(wanted, pairs).slice(0, 5)
    const got = found[at] ?? []
    if (expected[0] !== undefined) {
      tops += 1
      if ((got[0] ?? 0) >= expected[0].score) topHits += 1
    }
    for (const [place, { score }] of expected.entries()) {
      alls += 1
      if ((got[place] ?? 0) >= score) allHits += 1
    }
  }
  const percent = (hits: number, all: number): string => `${((100 * hits) / Math.max(1, all)).toFixed(1)} %`
  const figure = `best ${percent(topHits, tops)} of ${tops}, best five ${percent(allHits, alls)} of ${alls}`
  tell(`${title}: found, against comparing with all`, figure, topHits / Math.max(1, tops))
}

/** As `memory-tmx.ts` writes it and the server reads it. */
function asPair(source: string): MemoryPair {
  return {
    ...{ id: '0', source, target: `Ü ${source}`, codes: [], by: 'ann', memory: 'approved' },
    ...{ memoryPenalty: 0, memoryPriority: 0, domain: 'news', document: '', unitKind: '', reviewed: true },
    ...{ previous: null, next: null, changedAt: new Date('2025-08-09T20:00:00Z'), segmentId: null },
  }
}

async function exportSpeed(db: Database, memoryId: number, tell: Tell): Promise<void> {
  let bytes = 0
  const time = await seconds(async () => {
    const pairs = exportPairs(db, { memoryId })
    for await (const text of writeTmxStream(pairs, { sourceLocale: '*all*' }))
      bytes += Buffer.byteLength(text)
  })
  const speed = bytes / 1e6 / time
  tell('memory: export as TMX', `${speed.toFixed(0)} MB/s (${(bytes / 1e6).toFixed(0)} MB)`, speed)
}

async function times<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<number[]> {
  const all: number[] = []
  for (const item of items) {
    const began = performance.now()
    await work(item)
    all.push(performance.now() - began)
  }
  return all
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

function describe(values: readonly number[]): string {
  return `p50 ${at(values, 0.5).toFixed(2)} ms, p95 ${at(values, 0.95).toFixed(2)} ms`
}
