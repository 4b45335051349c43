import { deflateSync } from 'node:zlib'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { SaxesParser } from 'saxes'
import { parse as parseYaml } from 'yaml'
import type { Format } from '../src/domain/document.ts'
import { readDocument } from '../src/formats/read.ts'
import { writeDocument } from '../src/formats/write.ts'
import { segmentUnit } from '../src/segmentation/unit-segments.ts'
import { makeArticle } from './article.ts'
import { type Figure, median } from './figure.ts'

const ROUNDS = 5

type Sample = {
  readonly format: Format
  readonly bytes: Uint8Array
  /** Size of the text that is parsed, in MB: an archive's contents, not its packed size. */
  readonly megabytes: number
  /** The named peer: it only parses. */
  readonly bare: { readonly name: string; readonly parse: () => unknown }
}

/** Parse + segment + write with every sentence changed, per format, against a bare parser of the same text. */
export async function benchFormats(): Promise<readonly Figure[]> {
  return samples().map(({ format, bytes, megabytes, bare }) => {
    const ours: number[] = []
    const theirs: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      theirs.push(time(bare.parse))
      ours.push(
        time(() => {
          const document = readDocument(bytes, { format })
          const segments = document.units.flatMap((unit) => segmentUnit(unit, 'en'))
          return writeDocument(
            document,
            segments.map(({ unitId, start, end, text }) => ({ unitId, start, end, text: `${text}!` })),
          )
        }),
      )
    }
    const ratio = median(ours) / median(theirs)
    return {
      name: `${format}: parse + segment + write, against ${bare.name} parsing alone`,
      figure: `${((megabytes / median(ours)) * 1000).toFixed(1)} MB/s, ${ratio.toFixed(1)} ×`,
      value: ratio,
    }
  })
}

function samples(): readonly Sample[] {
  const articles = Array.from({ length: 25 }, (_, seed) => makeArticle(1500, seed))
  const paragraphs = articles.flatMap((article) => article.trim().split('\n\n'))
  const text = (format: Format, source: string, name: string, parse: () => unknown): Sample => ({
    format,
    bytes: strToU8(source),
    megabytes: source.length / 1_000_000,
    bare: { name, parse },
  })
  const markdown = articles.join('\n')
  const json = JSON.stringify(
    { items: paragraphs.map((body, id) => ({ id, title: `Item ${id}`, body })) },
    null,
    2,
  )
  const yaml = paragraphs
    .map((body, id) => `- id: ${id}\n  title: Item ${id}\n  body: ${JSON.stringify(body)}\n`)
    .join('')
  const srt = paragraphs
    .map((body, n) => `${n + 1}\n00:00:01,000 --> 00:00:09,000\n${body.slice(0, 80)}\n`)
    .join('\n')
  const csv = `id,title\r\n${paragraphs.map((body, n) => `${n},"${body}"`).join('\r\n')}\r\n`
  const po = paragraphs.map((body, n) => `msgid "${n} ${body}"\nmsgstr ""\n`).join('\n')
  const word = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${paragraphs
    .map((body) => `<w:p><w:r><w:t>${body}</w:t></w:r></w:p>`)
    .join('')}</w:body></w:document>`
  const docx = zipSync({
    '[Content_Types].xml': strToU8(
      '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    ),
    'word/document.xml': strToU8(word),
  })
  return [
    text('markdown', markdown, 'mdast-util-from-markdown', () => fromMarkdown(markdown)),
    text('text', markdown, 'String.split', () => markdown.split(/\n\s*\n/).map((part) => part.split('\n'))),
    text('json', json, 'JSON.parse', () => JSON.parse(json)),
    text('yaml', yaml, 'yaml', () => parseYaml(yaml)),
    text('srt', srt, 'String.split', () => srt.split('\n\n').map((cue) => cue.split('\n'))),
    text('csv', csv, 'String.split', () => csv.split('\r\n').map((line) => line.split(','))),
    text('po', po, 'String.split', () => po.split('\n\n').map((entry) => entry.split('\n'))),
    {
      format: 'docx',
      bytes: docx,
      megabytes: word.length / 1_000_000,
      bare: {
        name: 'fflate + saxes',
        parse: () => {
          const xml = strFromU8(unzipSync(docx)['word/document.xml'] ?? new Uint8Array())
          new SaxesParser().write(xml).close()
          return deflateSync(xml)
        },
      },
    },
  ]
}

function time(run: () => unknown): number {
  const began = performance.now()
  run()
  return performance.now() - began
}
