import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { odtAdapter } from '../../src/formats/odt.ts'
import { odfPart, odt, parseParts, part, readWith, translateWith, writeWith } from './office-support.ts'
import { brokenPromises, kinds, refusal, show, texts } from './support.ts'

const read = (bytes: Uint8Array) => readWith(odtAdapter, bytes, 'a.odt')

/** The body's XML after translating every unit. */
function body(bytes: Uint8Array, translate: (text: string) => string): string {
  const written = translateWith(odtAdapter, read(bytes), translate)
  parseParts(written)
  return part(written, 'content.xml').replace(/^[\s\S]*<office:text>|<\/office:text>[\s\S]*$/g, '')
}

describe('odtAdapter', () => {
  it('tells headlines, list items, cells and quotations by element, place and style', () => {
    const bytes = odt(
      '<text:h text:outline-level="1">Head</text:h><text:p text:style-name="Title">Title</text:p>' +
        '<text:list><text:list-item><text:p>Item</text:p></text:list-item></text:list>' +
        '<table:table><table:table-row><table:table-cell><text:p>Cell</text:p></table:table-cell></table:table-row></table:table>' +
        '<text:p text:style-name="P1">Said</text:p><text:p>Text</text:p>',
    )
    expect(kinds(read(bytes))).toEqual([
      'headline: Head',
      'headline: Title',
      'list-item: Item',
      'table-cell: Cell',
      'quotation: Said',
      'paragraph: Text',
    ])
  })

  it('shows spans that look alike as one text, and no span in which nothing shows', () => {
    const bytes = odt(
      '<text:p>Mi<text:span text:style-name="N">nsk</text:span> <text:span text:style-name="B">was</text:span><text:span text:style-name="B2"> calm</text:span> today.</text:p>',
    )
    expect(texts(read(bytes))).toEqual(['Minsk ⟦0⟧was calm⟦1⟧ today.'])
    expect(body(bytes, () => 'Heute war Minsk ⟦0⟧ruhig⟦1⟧.')).toBe(
      '<text:p>Heute war Minsk <text:span text:style-name="B">ruhig</text:span>.</text:p>',
    )
  })

  it.each([
    ['another span', '<text:span text:style-name="I">three</text:span>'],
    ['a field', '<text:page-count>3</text:page-count>'],
    ['a link', '<text:a xlink:href="x">three</text:a>'],
    ['a span that looks alike', '<text:span text:style-name="B2">three</text:span>'],
  ])('ends a format before the space that %s follows', (_, next) => {
    const xml = `<text:p>Some <text:span text:style-name="B">two</text:span> ${next} and more of it.</text:p>`
    expect(body(odt(xml), (text) => text.replace('two', 'zwei'))).toBe(xml.replace('two', 'zwei'))
  })

  it('writes whole elements where a translation drops or doubles codes', () => {
    const bytes = odt(
      '<text:p><text:span text:style-name="N">One </text:span><text:a xlink:href="x">two</text:a>.</text:p>',
    )
    expect(body(bytes, () => 'A ⟦0⟧b⟦1⟧⟦1⟧')).toContain('<text:a xlink:href="x">b</text:a>')
    expect(body(bytes, () => 'A')).toBe('<text:p><text:span text:style-name="N">A</text:span></text:p>')
  })

  it('reads runs of white space as one space and writes more of them as elements', () => {
    const bytes = odt(
      '<text:p>\n  One\n   two<text:s text:c="2"/>three<text:tab/>four<text:line-break/>five</text:p>',
    )
    const document = read(bytes)
    expect(texts(document)).toEqual(['One two⟦0⟧three⟦1⟧four⟦2⟧five'])
    expect(document.units[0]?.codes.map(({ equiv }) => equiv)).toEqual(['  ', '\t', '\n'])
    expect(body(bytes, () => 'a   b\tc')).toBe('<text:p>\n  a <text:s text:c="2"/>b<text:tab/>c</text:p>')
  })

  it('has a footnote as one code, and its text as a unit of its own', () => {
    const bytes = odt(
      '<text:p>One<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>The note.</text:p></text:note-body></text:note> two.</text:p>',
    )
    const document = read(bytes)
    expect(texts(document)).toEqual(['One⟦0⟧ two.', 'The note.'])
    expect(document.units[0]?.codes[0]?.type).toBe('note')
    const written = body(bytes, (text) => text.replace('One', 'Eins').replace('The note', 'Die Note'))
    expect(written).toContain('<text:p>Eins<text:note ')
    expect(written).toContain('<text:p>Die Note.</text:p>')
  })

  it('translates a picture’s title and description, and a text box', () => {
    const bytes = odt(
      '<text:p>See <draw:frame><draw:text-box><text:p>Boxed</text:p></draw:text-box><svg:title>Flag</svg:title><svg:desc>Red &amp; white</svg:desc></draw:frame> it</text:p>',
    )
    expect(kinds(read(bytes))).toEqual([
      'paragraph: See ⟦0⟧ it',
      'paragraph: Boxed',
      'attribute: Flag',
      'attribute: Red & white',
    ])
    expect(body(bytes, (text) => `${text}<`)).toContain('<svg:desc>Red &amp; white&lt;</svg:desc>')
  })

  it('translates headers, footers and the title', () => {
    const bytes = odt('<text:p>Text</text:p>', {
      'styles.xml': odfPart(
        'document-styles',
        '<office:master-styles><style:master-page style:name="S"><style:header><text:p>Top</text:p></style:header></style:master-page></office:master-styles>',
      ),
      'meta.xml': odfPart('document-meta', '<office:meta><dc:title>Name</dc:title></office:meta>'),
    })
    expect(kinds(read(bytes))).toEqual(['metadata: Name', 'paragraph: Text', 'paragraph: Top'])
    const written = translateWith(odtAdapter, read(bytes), (text) => `x${text}`)
    expect(part(written, 'styles.xml')).toContain('<text:p>xTop</text:p>')
    expect(part(written, 'meta.xml')).toContain('<dc:title>xName</dc:title>')
  })

  it('refuses tracked changes with line and column', () => {
    const bytes = odt(
      '\n<text:tracked-changes><text:changed-region text:id="a"/></text:tracked-changes><text:p>x</text:p>',
    )
    expect(refusal(() => read(bytes))).toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/tracked changes; accept or reject/),
      place: { file: 'a.odt/content.xml', line: 3, column: 23 },
    })
  })

  it('refuses a document with a password', () => {
    const locked =
      '<manifest:manifest xmlns:manifest="m"><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>'
    expect(refusal(() => read(odt('', { 'META-INF/manifest.xml': locked })))).toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/with a password/),
    })
  })

  it('takes many spans in one paragraph', { timeout: 20_000 }, () => {
    const spans = '<text:span text:style-name="B">a</text:span><text:span text:style-name="N">b </text:span>'
    parseParts(
      translateWith(odtAdapter, read(odt(`<text:p>${spans.repeat(3000)}</text:p>`)), (text) => `${text} x`),
    )
    const alike = '<text:span text:style-name="N">b </text:span>'.repeat(30_000)
    parseParts(translateWith(odtAdapter, read(odt(`<text:p>${alike}</text:p>`)), (text) => `${text} x`))
  })
})

const word = fc
  .string({ unit: fc.constantFrom(...'aé &<ж\u00a0 b.7'), minLength: 1, maxLength: 12 })
  .map((text) => text.replace(/[&<]/g, (mark) => `&#${mark.charCodeAt(0)};`))
const leaf = fc.oneof(
  { weight: 4, arbitrary: word },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '<text:s/>',
      '<text:tab/>',
      '<text:bookmark text:name="a"/>',
      '<!-- c -->',
      '<text:soft-page-break/>',
    ),
  },
)
const span = fc
  .tuple(fc.constantFrom('B', 'B2', 'I', 'N', 'Strong'), fc.array(leaf, { maxLength: 3 }))
  .map(([style, inner]) => `<text:span text:style-name="${style}">${inner.join('')}</text:span>`)
const nested = fc
  .tuple(
    fc.constantFrom(
      'text:span text:style-name="I"',
      'text:span text:style-name="N"',
      'text:a xlink:href="x"',
    ),
    fc.array(fc.oneof(leaf, span), { maxLength: 3 }),
  )
  .map(([tag, inner]) => `<${tag}>${inner.join('')}</${tag.split(' ')[0]}>`)
const documents = fc
  .array(fc.array(fc.oneof(leaf, span, nested), { maxLength: 8 }), { minLength: 1, maxLength: 3 })
  .map((paragraphs) => odt(paragraphs.map((pieces) => `<text:p>${pieces.join('')}</text:p>`).join('')))

describe('an OpenDocument text of any spans', () => {
  it('keeps what readers promise and is written back byte for byte', () => {
    fc.assert(
      fc.property(documents, (bytes) => {
        const document = read(bytes)
        expect(brokenPromises(document)).toEqual([])
        expect(Buffer.from(writeWith(odtAdapter, document, [])).equals(bytes)).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  it('is read again as the texts that were written', () => {
    fc.assert(
      fc.property(documents, (bytes) => {
        const document = read(bytes)
        const translate = (text: string): string => `Ж${text}& Ю`
        const written = translateWith(odtAdapter, document, translate)
        parseParts(written)
        // White space collapses over spans too.
        const plain = (text: string): string => text.replace(/⟦\d+⟧/g, '').replace(/ +/g, ' ').trim()
        expect(read(written).units.map(({ text }) => plain(show(text)))).toEqual(
          document.units.map(({ text }) => plain(translate(show(text)))),
        )
      }),
      { numRuns: 150 },
    )
  })

  it('stays well-formed whatever becomes of the codes', () => {
    fc.assert(
      fc.property(documents, fc.array(fc.nat(), { maxLength: 10 }), (bytes, order) => {
        const written = translateWith(odtAdapter, read(bytes), (_, unit) => {
          const codes = order.map((number) => number % Math.max(unit.codes.length, 1))
          return unit.codes.length === 0 ? 'W' : `W${codes.map((code) => `⟦${code}⟧W`).join('')}`
        })
        parseParts(written)
        expect(read(written).units.length).toBe(read(bytes).units.length)
      }),
      { numRuns: 150 },
    )
  })
})
