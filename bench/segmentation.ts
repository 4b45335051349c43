import { segmentText } from '../src/segmentation/segment.ts'
import type { Figure } from './figure.ts'
import { hostileTexts } from './hostile-texts.ts'

const PARAGRAPHS = [
  ['President', 'The president', 'Judge', 'Minister'],
  ['signed Decree No. 3', 'refused to meet Mr. Ivanov', 'spoke for 2.5 hours', 'left for the U.S. Embassy'],
  [
    'at 5 p.m. on Friday',
    'on 9 August 2020',
    'in Minsk, Brest and Homel',
    'before Dr. A. G. Novik could answer',
  ],
  ['“We will not pay,” said a worker.', 'Nobody knows why!', 'The fee was Br 3.6 million, i.e. about $250.'],
] as const

/** Ordinary news text: one million characters of paragraphs put together in a fixed order. */
function newsText(): string {
  const sentences: string[] = []
  let length = 0
  for (let seed = 1; length < 1_000_000; seed++) {
    const pick = (list: readonly string[], step: number) => list[Math.floor(seed / step) % list.length] ?? ''
    const [who, what, when, more] = PARAGRAPHS
    const sentence = `${pick(who, 1)} ${pick(what, 2)} ${pick(when, 3)}, the Viasna human rights centre reported. ${pick(more, 5)}`
    sentences.push(sentence)
    length += sentence.length + 1
  }
  return sentences.join(' ')
}

/**
 * The best of some runs in milliseconds of this thread's processor time: what others do on a shared machine
 * is not in it.
 */
function bestOf(rounds: number, run: () => void): number {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds; round++) {
    const before = process.threadCpuUsage()
    run()
    const { user, system } = process.threadCpuUsage(before)
    best = Math.min(best, (user + system) / 1_000)
  }
  return best
}

/** MB of UTF-8 a second. */
function megabytesPerSecond(bytes: number, run: () => void): number {
  return bytes / 1_000 / bestOf(9, run)
}

/** The slowest hostile text of 100,000 characters, and the one whose time grows most when it is four times as long. */
function hostileFigures(): readonly Figure[] {
  const long = hostileTexts(400_000)
  const double = hostileTexts(200_000)
  const times = [...hostileTexts(100_000)].map(([name, text]) => {
    const once = bestOf(5, () => void segmentText(text, 'en'))
    const twice = bestOf(5, () => void segmentText(double.get(name) ?? '', 'en'))
    const four = bestOf(5, () => void segmentText(long.get(name) ?? '', 'en'))
    return { name, once, twice, four }
  })
  const slowest = times.toSorted((one, other) => other.once - one.once).slice(0, 3)
  // Below a millisecond the clock and the memory decide.
  const steepest = times
    .filter(({ once }) => once >= 1)
    .toSorted((one, other) => other.four / other.once - one.four / one.once)
    .slice(0, 3)
  return [
    ...slowest.map(({ name, once, twice, four }) => ({
      name: `hostile text, ms for 100,000 / 200,000 / 400,000 characters: ${name}`,
      figure: [once, twice, four].map((time) => time.toFixed(1)).join(' / '),
      value: once,
    })),
    ...steepest.map(({ name, once, four }) => ({
      name: `hostile text, time × at 4 × the length: ${name}`,
      figure: (four / once).toFixed(1),
      value: four / once,
    })),
  ]
}

/** Sentence segmentation of one million characters of news against `Intl.Segmenter`, both in this process, and hostile texts. */
export async function benchSegmentation(): Promise<readonly Figure[]> {
  const text = newsText()
  const bytes = Buffer.byteLength(text)
  const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })
  let sink = 0
  const ours = megabytesPerSecond(bytes, () => {
    sink += segmentText(text, 'en').length
  })
  const whole = megabytesPerSecond(bytes, () => {
    sink += segmentText(text, 'en', { splitInQuotes: false }).length
  })
  const theirs = megabytesPerSecond(bytes, () => {
    for (const { index } of segmenter.segment(text)) sink += index
  })
  if (sink === 0) throw new Error('nothing was segmented')
  return [
    figure('segmentText, MB/s', ours),
    figure('segmentText, quotations whole, MB/s', whole),
    figure('Intl.Segmenter, MB/s', theirs),
    figure('segmentText ÷ Intl.Segmenter', ours / theirs),
    ...hostileFigures(),
  ]
}

function figure(name: string, value: number): Figure {
  return { name, figure: value.toFixed(1), value }
}
