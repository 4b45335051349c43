import { parse } from 'parse5'
import { readDocument } from '../src/formats/read.ts'
import { writeDocument } from '../src/formats/write.ts'
import { segmentUnit } from '../src/segmentation/unit-segments.ts'
import { makeArticle } from './article.ts'
import { type Figure, median, spread } from './figure.ts'

const MEGABYTES = 5

/** Parse + segment + write back a 5 MB HTML document with a link in each paragraph, against parse5 alone, in turn. */
export async function benchHtml(): Promise<readonly Figure[]> {
  const paragraphs: string[] = []
  for (let size = 0, seed = 0; size < MEGABYTES * 1_000_000; seed++) {
    const html = makeArticle(400, seed)
      .split('\n\n')
      .map(
        (text) =>
          `<p class="body">${text.replace(/in (\w+)/, 'in <a href="/x?a=1&amp;b=2"><b>$1</b></a>')}</p>`,
      )
      .join('\n')
    paragraphs.push(html)
    size += html.length
  }
  const source = `<!doctype html><html lang="en"><head><title>Bench</title></head><body>\n${paragraphs.join('\n')}\n</body></html>\n`
  const bytes = new TextEncoder().encode(source)
  const ours: number[] = []
  const bare: number[] = []
  for (let round = 0; round < 7; round++) {
    bare.push(time(() => parse(source)))
    ours.push(
      time(() => {
        const document = readDocument(bytes, { format: 'html' })
        const segments = document.units.flatMap((unit) => segmentUnit(unit, 'en'))
        const written = writeDocument(
          document,
          // Every sentence changed, so that every one is written anew.
          segments.map(({ unitId, start, end, text }) => ({ unitId, start, end, text: `${text}!` })),
        )
        if (written.length !== bytes.length + segments.length) throw new Error('not the same document')
      }),
    )
  }
  const ratios = ours.map((ms, i) => ms / (bare[i] ?? ms)).slice(1)
  return [
    {
      name: `${MEGABYTES} MB of HTML: parse + segment + write against parse5 alone`,
      figure: `${spread(ratios, '×')}; ${(MEGABYTES / (median(ours.slice(1)) / 1000)).toFixed(1)} MB/s`,
      value: median(ratios),
    },
  ]
}

function time(run: () => void): number {
  const began = performance.now()
  run()
  return performance.now() - began
}
