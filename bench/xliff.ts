import { createRequire } from 'node:module'
import { z } from 'zod'
import { codeCharacter, type InlineCode } from '../src/domain/document.ts'
import type { ExchangeFile } from '../src/exchange/xliff-model.ts'
import { readXliff } from '../src/exchange/xliff-read.ts'
import { writeXliff } from '../src/exchange/xliff-write.ts'

export type Figure = { readonly name: string; readonly figure: string; readonly value: number }

const MEGABYTES = 5
const ROUNDS = 3

/**
 * Parses and writes 5 MB of XLIFF 1.2 and 2.0, ours and npm `xliff` in turns in one run.
 *
 * @returns medians in milliseconds, and the peer's time divided by ours
 */
export async function benchXliff(): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const version of ['1.2', '2.0'] as const) {
    const file = document(version)
    const text = writeXliff(file, version)
    const peer = peerOf(version)
    const parsed = await peer.read(text)
    const [read, write, peerRead, peerWrite] = await timed([
      () => readXliff(text),
      () => writeXliff(file, version),
      () => peer.read(text),
      () => peer.write(parsed),
    ])
    const size = `${(text.length / 2 ** 20).toFixed(1)} MB of XLIFF ${version}`
    const ratio = ((peerRead ?? 0) + (peerWrite ?? 0)) / ((read ?? 0) + (write ?? 0))
    figures.push(
      milliseconds(`parse ${size}`, read),
      milliseconds(`write ${size}`, write),
      milliseconds(`parse ${size}, npm xliff`, peerRead),
      milliseconds(`write ${size}, npm xliff`, peerWrite),
      {
        name: `parse + write ${size}: time of npm xliff by ours`,
        figure: `${ratio.toFixed(1)} ×`,
        value: ratio,
      },
    )
  }
  return figures
}

/** The median of each task, run in turns so that a busy machine slows all alike. */
async function timed(tasks: readonly (() => unknown)[]): Promise<readonly number[]> {
  const times = tasks.map((): number[] => [])
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, task] of tasks.entries()) {
      const started = performance.now()
      await task()
      times[at]?.push(performance.now() - started)
    }
  }
  return times.map((list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0)
}

function milliseconds(name: string, value = 0): Figure {
  return { name, figure: `${value.toFixed(0)} ms`, value }
}

const call = z.custom<(input: unknown) => Promise<unknown>>((value) => typeof value === 'function')
const peer = z
  .object({ xliff12ToJs: call, jsToXliff12: call, xliff2js: call, js2xliff: call })
  .parse(createRequire(import.meta.url)('xliff'))

function peerOf(version: '1.2' | '2.0') {
  return version === '1.2'
    ? { read: peer.xliff12ToJs, write: peer.jsToXliff12 }
    : { read: peer.xliff2js, write: peer.js2xliff }
}

/** As many paragraphs of a news article, with a link and emphasis, as make 5 MB. */
function document(version: '1.2' | '2.0'): ExchangeFile {
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
  const each = writeXliff(file(1000), version).length / 1000
  return file(Math.ceil((MEGABYTES * 2 ** 20) / each))
}
