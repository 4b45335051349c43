import { segmentText } from '../src/segmentation/segment.ts'

type Measurement = { readonly name: string; readonly figure: string; readonly value: number }

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

/** The best of nine runs in MB (of UTF-8) a second: on a shared machine the best is the least disturbed. */
function megabytesPerSecond(bytes: number, run: () => void): number {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 9; round++) {
    const began = performance.now()
    run()
    best = Math.min(best, performance.now() - began)
  }
  return bytes / 1_000 / best
}

/** Sentence segmentation of one million characters of news against `Intl.Segmenter`, both in this process. */
export async function benchSegmentation(): Promise<readonly Measurement[]> {
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
  ]
}

function figure(name: string, value: number): Measurement {
  return { name, figure: value.toFixed(1), value }
}
