import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeDocument } from '../../src/formats/write.ts'
import { brokenPromises, read, refusal, texts, translated } from './support.ts'

const PIECES = [
  'Minsk ',
  'a',
  ' – ',
  '&amp;',
  '&shy;',
  '&nbsp;',
  '<svg>',
  '</svg>',
  '<svg aria-label="Map" translate=no>',
  '<g translate="no">',
  '</g>',
  '<title>',
  '</title>',
  '<desc>',
  '</desc>',
  '<text x=1>',
  '<text/>',
  '</text>',
  '<tspan>',
  '</tspan>',
  '<tspan translate="no">',
  '<![CDATA[x < y]]>',
  '<foreignObject>',
  '</foreignObject>',
  '<math>',
  '</math>',
  '<mtext>',
  '<textarea>',
  '</textarea>',
  '<script type="application/ld+json">{"@type":"Article","description":"d \\u00e9","headline":"h"}</script>',
  '<script type="application/ld+json">',
  '{"headline":"h"}',
  '</script>',
  '<span its-within-text="no">',
  '<span>',
  '</span>',
  '<div its-within-text=yes>',
  '<div>',
  '</div>',
  '<p its-translate=no>',
  '<p>',
  '</p>',
  '<code its-within-text=no>',
  '</code>',
  '<template shadowrootmode=open>',
  '<template>',
  '</template>',
  '<x-card title="Card">',
  '</x-card>',
  '<br>',
  '<wbr>',
  '<b>',
  '</b>',
  '<!--[if IE]>',
  '<![endif]-->',
  '<noscript>',
  '</noscript>',
  '<select><option>',
  '</select>',
  '<img alt="Alt">',
]
const page = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 40 })
  .map((pieces) => pieces.join(''))
  .filter((source) => source.trim() !== '')
const RUNS = { numRuns: 500 }

describe('a page with SVG, scripts, fields, templates and ITS in any order', () => {
  it('keeps what readers promise and is written back byte for byte', () => {
    fc.assert(
      fc.property(page, (source) => {
        const document = read(source, 'html')
        expect(brokenPromises(document)).toEqual([])
        expect(Buffer.from(writeDocument(document, [])).toString()).toBe(source)
        expect(translated(document, (text) => text)).toBe(source)
      }),
      RUNS,
    )
  })

  it('is read again as the texts that were written', () => {
    const anyText = fc.string({
      unit: fc.constantFrom(...'aé <>&"\'\\/=;!x5—#\u00a0\u00ad'),
      minLength: 1,
      maxLength: 12,
    })
    fc.assert(
      fc.property(page, anyText, (source, words) => {
        const document = read(source, 'html')
        // Only before: behind an element that is never closed every word would be part of it.
        const word = `W${words}w`.replace(/ +/g, ' ')
        const wanted = texts(document).map((text) => word + text)
        expect(
          texts(
            read(
              translated(document, (text) => word + text),
              'html',
            ),
          ),
        ).toEqual(wanted)
      }),
      RUNS,
    )
  })

  it.each([
    ['<svg>', '<text>x</text>', '</svg>'],
    ['<svg>', '<text>', 'x'],
    ['<svg>', '<g translate=no>', 'x'],
    ['<svg><text>', '<![CDATA[', ']]>x'],
    ['<svg><text>', '</text><text>', 'x'],
    ['', '<span its-within-text=no>', 'x'],
    ['<p>', '</span><span its-within-text=no>', 'x'],
    ['', '<textarea>x</textarea>', ''],
    ['', '<script type="application/ld+json">{"headline":"x"}</script>', ''],
    ['<script type="application/ld+json">[', '{"headline":"x"},', '0]</script>'],
    ['<script type="application/ld+json">{"@type":"Article",', '"description":"x",', '"a":0}</script>'],
    ['', '<template shadowrootmode=open>', 'x'],
  ])('takes %j with 600,000 characters of %j', { timeout: 20_000 }, (before, piece, after) => {
    const source = before + piece.repeat(600_000 / piece.length) + after
    const refused = refusal(() => {
      const document = read(source, 'html')
      expect(translated(document, (text) => text)).toBe(source)
      translated(document, (text) => `${text}y`)
    })
    if (refused !== undefined) expect(refused.message).toMatch(/more than 6400 tags/)
  })
})
