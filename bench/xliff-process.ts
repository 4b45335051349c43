import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { z } from 'zod'
import { codeCharacter, type InlineCode, type Segment } from '../src/domain/document.ts'
import type { ExchangeFile, ExchangeSegment, ReadXliff } from '../src/exchange/xliff-model.ts'
import { readXliff } from '../src/exchange/xliff-read.ts'
import { writeXliff } from '../src/exchange/xliff-write.ts'

/**
 * One program at one file, in a process of its own so that its memory can be told: reads and writes ROUNDS times
 * and prints `{"read":ms,"write":ms,"memory":bytes}`, the least times and the most memory.
 *
 * `node bench/xliff-process.ts make FILE VERSION MEGABYTES`, then
 * `node bench/xliff-process.ts ours|peer FILE VERSION ROUNDS`
 */
const [task = '', path = '', version = '', number = '1'] = process.argv.slice(2)
if (task === 'make') writeFileSync(path, makeXliff(version === '1.2' ? '1.2' : '2.0', Number(number)))
else await measure(version === '1.2' ? '1.2' : '2.0', Number(number))

async function measure(format: '1.2' | '2.0', rounds: number): Promise<void> {
  const text = readFileSync(path, 'utf8')
  const reads: number[] = []
  const writes: number[] = []
  let written = 0
  for (let round = 0; round < rounds; round++) {
    const started = performance.now()
    const write = task === 'ours' ? readOurs(text, format) : await readPeer(text, format)
    reads.push(performance.now() - started)
    const again = performance.now()
    written += (await write()).length
    writes.push(performance.now() - again)
  }
  const memory = process.resourceUsage().maxRSS * 1024
  if (written < text.length / 2) throw new Error('what was written is too short')
  console.log(JSON.stringify({ read: Math.min(...reads), write: Math.min(...writes), memory }))
}

function readOurs(text: string, format: '1.2' | '2.0'): () => string {
  const read = readXliff(text)
  return () => writeXliff(exchangeOf(read), format)
}

/** What was read as what is written: the way of `talmach convert`. */
function exchangeOf({ files }: ReadXliff): ExchangeFile {
  const [file] = files
  if (file === undefined) throw new Error('no file')
  const segments = file.segments.map((read): ExchangeSegment => {
    const segment: Segment = {
      ...{ id: read.id, unitId: read.unitId, unitKind: 'paragraph', start: 0, end: read.source.length },
      ...{ text: read.source, codes: read.sourceCodes },
    }
    const { state } = read.meaning
    const target = { text: read.target ?? '', state, origin: 'mt', by: 'Engine', version: 1 } as const
    return { segment, target, notes: read.note === undefined ? [] : [read.note], terms: [] }
  })
  return {
    ...{ documentId: 'bench', original: file.original, format: 'html', segmentationVersion: '1' },
    ...{ sourceLocale: file.sourceLocale, targetLocale: file.targetLocale ?? '', segments },
  }
}

async function readPeer(text: string, format: '1.2' | '2.0'): Promise<() => Promise<string>> {
  const call = z.custom<(input: unknown) => Promise<unknown>>((value) => typeof value === 'function')
  const { xliff12ToJs, jsToXliff12, xliff2js, js2xliff } = z
    .object({ xliff12ToJs: call, jsToXliff12: call, xliff2js: call, js2xliff: call })
    .parse(createRequire(import.meta.url)('xliff'))
  const parsed = await (format === '1.2' ? xliff12ToJs : xliff2js)(text)
  return async () => z.string().parse(await (format === '1.2' ? jsToXliff12 : js2xliff)(parsed))
}

/** As many paragraphs of a news article, with a link and emphasis, as make so many megabytes. */
function makeXliff(format: '1.2' | '2.0', megabytes: number): string {
  const code = { type: 'link', data: '<a href="https://example.org/news">', label: 'a', equiv: '' } as const
  const codes: readonly InlineCode[] = [
    { ...code, kind: 'open', pair: 1 },
    { ...code, kind: 'close', pair: 0, data: '</a>', label: '/a' },
    { kind: 'single', pair: null, type: 'note', data: '<sup>1</sup>', label: '¹', equiv: '' },
  ]
  const [a, z, note] = codes.map((_, at) => codeCharacter(at))
  const file = (count: number): ExchangeFile => ({
    ...{ documentId: 'bench', original: 'bench.html', format: 'html', segmentationVersion: '1' },
    ...{ sourceLocale: 'en', targetLocale: 'de' },
    segments: Array.from({ length: count }, (_, at) => {
      const words = `workers of line ${at} at the ${a}tractor works${z} walked out on Monday & joined the march${note}`
      const text = `The ${words}; the committee asked for new elections.`
      const place = { unitId: `u${at}`, unitKind: 'paragraph', start: 0, end: text.length } as const
      return {
        segment: { id: `u${at}-s1`, ...place, text, codes },
        target: { text: `Die ${words}.`, state: 'initial', origin: 'mt', by: 'Engine', version: 1 },
        notes: ['From the third paragraph on, quote the committee word for word.'],
        terms: [],
      }
    }),
  })
  const each = writeXliff(file(1000), format).length / 1000
  return writeXliff(file(Math.ceil((megabytes * 2 ** 20) / each)), format)
}
