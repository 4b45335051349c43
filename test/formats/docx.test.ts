import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { docxAdapter } from '../../src/formats/docx.ts'
import { docx, parseParts, part, readWith, translateWith, wordPart, writeWith } from './office-support.ts'
import { brokenPromises, kinds, refusal, show, texts } from './support.ts'

const read = (bytes: Uint8Array) => readWith(docxAdapter, bytes, 'a.docx')
const BOLD = '<w:rPr><w:b/></w:rPr>'

function run(text: string, properties = ''): string {
  return `<w:r>${properties}<w:t xml:space="preserve">${text}</w:t></w:r>`
}

function paragraph(...content: readonly string[]): string {
  return `<w:p>${content.join('')}</w:p>`
}

/** The body's XML after translating every unit. */
function body(bytes: Uint8Array, translate: (text: string) => string): string {
  const written = translateWith(docxAdapter, read(bytes), translate)
  parseParts(written)
  return part(written, 'word/document.xml').replace(/^[\s\S]*<w:body>|<\/w:body>[\s\S]*$/g, '')
}

/** Each run of the written paragraphs as its formatting letters and text. */
function runsOf(xml: string): readonly string[] {
  return [...xml.matchAll(/<w:r(?: [^>]*)?>(.*?)<\/w:r>/g)]
    .map(([, inner = '']) => {
      const format = [...inner.matchAll(/<w:(b|i)\/>/g)].map(([, name]) => name).join('')
      const text = [...inner.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, value]) => value).join('')
      return `${format}:${text}`
    })
    .filter((shown) => !shown.endsWith(':'))
}

describe('docxAdapter', () => {
  it('tells headlines, list items, cells, captions and quotations by style and place', () => {
    const style = (id: string): string => `<w:pPr><w:pStyle w:val="${id}"/></w:pPr>`
    const styles = wordPart(
      'styles',
      '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>' +
        '<w:style w:styleId="Own"><w:name w:val="House head"/><w:basedOn w:val="berschrift1"/></w:style>' +
        '<w:style w:styleId="C"><w:name w:val="caption"/></w:style>' +
        '<w:style w:styleId="Z"><w:name w:val="Intense Quote"/></w:style>',
    )
    const bytes = docx(
      paragraph(style('berschrift1'), run('Head')) +
        paragraph(style('Own'), run('Own')) +
        paragraph('<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', run('Item')) +
        `<w:tbl><w:tr><w:tc>${paragraph(run('Cell'))}</w:tc></w:tr></w:tbl>` +
        paragraph(style('C'), run('Caption')) +
        paragraph(style('Z'), run('Said')) +
        paragraph(run('Text')),
      { 'word/styles.xml': styles },
    )
    expect(kinds(read(bytes))).toEqual([
      'headline: Head',
      'headline: Own',
      'list-item: Item',
      'table-cell: Cell',
      'caption: Caption',
      'quotation: Said',
      'paragraph: Text',
    ])
  })

  it('shows runs that look alike as one text without codes', () => {
    const bytes = docx(
      paragraph(
        '<w:r w:rsidR="00A1"><w:rPr><w:lang w:val="en-GB"/></w:rPr><w:t>Mi</w:t></w:r>',
        '<w:proofErr w:type="spellStart"/>',
        '<w:r><w:rPr><w:noProof/></w:rPr><w:t xml:space="preserve">nsk </w:t></w:r>',
        '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>today</w:t></w:r>',
      ),
    )
    expect(texts(read(bytes))).toEqual(['Minsk today'])
    expect(runsOf(body(bytes, () => 'Heute in Minsk'))).toEqual([':Heute in Minsk'])
  })

  it('puts a pair of codes around what looks otherwise than most of the paragraph', () => {
    const bytes = docx(
      paragraph(
        run('MINSK', BOLD),
        run(' — Police '),
        run('came', '<w:rPr><w:i/></w:rPr>'),
        run(' at night.'),
      ),
    )
    const document = read(bytes)
    expect(texts(document)).toEqual(['⟦0⟧MINSK⟦1⟧ — Police ⟦2⟧came⟦3⟧ at night.'])
    expect(document.units[0]?.codes.map(({ kind, pair, label }) => [kind, pair, label])).toEqual([
      ['open', 1, 'b'],
      ['close', 0, '/b'],
      ['open', 3, 'i'],
      ['close', 2, '/i'],
    ])
  })

  it.each([
    ['kept in place', '⟦0⟧M⟦1⟧ p ⟦2⟧c⟦3⟧ n', ['b:M', ': p ', 'i:c', ': n']],
    ['moved to the end', 'p n ⟦0⟧M⟦1⟧', [':p n ', 'b:M']],
    ['in another order', 'A ⟦2⟧c⟦3⟧ B ⟦0⟧M⟦1⟧ C', [':A ', 'i:c', ': B ', 'b:M', ': C']],
    ['dropped', 'A B C', [':A B C']],
    ['dropped by half', 'A ⟦0⟧B C', [':A B C']],
  ])('keeps the formatting of text whose codes are %s', (_, translation, runs) => {
    const bytes = docx(
      paragraph(
        run('MINSK', BOLD),
        run(' — Police '),
        run('came', '<w:rPr><w:i/></w:rPr>'),
        run(' at night.'),
      ),
    )
    expect(runsOf(body(bytes, () => translation))).toEqual(runs)
  })

  it('nests a pair in another where one format includes the other', () => {
    const both = '<w:rPr><w:b/><w:i/></w:rPr>'
    const bytes = docx(
      paragraph(
        run('It was a long text '),
        run('at ', BOLD),
        run('least', both),
        run(' 200', BOLD),
        run('.'),
      ),
    )
    expect(texts(read(bytes))).toEqual(['It was a long text ⟦0⟧at ⟦1⟧least⟦2⟧ 200⟦3⟧.'])
  })

  it('translates links, and keeps them around their words', () => {
    const link =
      '<w:hyperlink r:id="rId9"><w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr><w:t>Viasna</w:t></w:r></w:hyperlink>'
    const bytes = docx(paragraph(link, run(' said so.')))
    expect(texts(read(bytes))).toEqual(['⟦0⟧Viasna⟦1⟧ said so.'])
    const written = body(bytes, () => 'So ⟦0⟧Wjasna⟦1⟧.')
    expect(written).toMatch(
      /^<w:p><w:r><w:t xml:space="preserve">So <\/w:t><\/w:r><w:hyperlink r:id="rId9"><w:r><w:rPr><w:rStyle w:val="Hyperlink"\/><\/w:rPr><w:t>Wjasna<\/w:t><\/w:r><\/w:hyperlink>/,
    )
  })

  it('translates the text of a link field and leaves other fields alone', () => {
    const field = (mark: string): string => `<w:r><w:fldChar w:fldCharType="${mark}"/></w:r>`
    const of = (code: string, result: string): string =>
      `${field('begin')}<w:r><w:instrText>${code}</w:instrText></w:r>${field('separate')}${run(result)}${field('end')}`
    const bytes = docx(
      paragraph(
        run('See '),
        of(' HYPERLINK "http://a.example/" ', 'the site'),
        run(', page '),
        of(' PAGE ', '7'),
        run(' of it.'),
      ),
    )
    const document = read(bytes)
    expect(texts(document)).toEqual(['See ⟦0⟧the site⟦1⟧, page ⟦2⟧ of it.'])
    expect(document.units[0]?.codes.map(({ type }) => type)).toEqual(['link', 'link', 'other'])
    expect(body(bytes, (text) => text.replace('the site', 'x'))).toContain(
      '<w:t>7</w:t>'.replace('<w:t>', '<w:t xml:space="preserve">'),
    )
  })

  it('reads a table of contents whose field goes over paragraphs', () => {
    const begin =
      '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    const bytes = docx(
      paragraph(begin, run('One')) + paragraph(run('Two'), '<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
    )
    expect(texts(read(bytes))).toEqual(['One', 'Two'])
  })

  it('has notes, tabs, breaks and hyphens as codes, and notes themselves as units', () => {
    const bytes = docx(
      paragraph(
        run('One'),
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>',
        '<w:r><w:t>two</w:t><w:tab/><w:t>three</w:t><w:br/><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t></w:r>',
      ),
      {
        'word/footnotes.xml': wordPart(
          'footnotes',
          `<w:footnote w:id="2">${paragraph('<w:r><w:footnoteRef/></w:r>', run(' The note.'))}</w:footnote>`,
        ),
        'word/header1.xml': wordPart('hdr', paragraph(run('Top'))),
        'word/comments.xml': wordPart(
          'comments',
          `<w:comment w:id="1">${paragraph(run('Check'))}</w:comment>`,
        ),
      },
    )
    const document = read(bytes)
    expect(texts(document)).toEqual(['One⟦0⟧two⟦1⟧three⟦2⟧co⟦3⟧op', 'Check', 'The note.', 'Top'])
    expect(document.units[0]?.codes.map(({ type, equiv }) => [type, equiv])).toEqual([
      ['note', ''],
      ['break', '\t'],
      ['break', '\n'],
      ['char', '\u2011'],
    ])
    const written = translateWith(docxAdapter, document, (text) => `x ${text}`)
    expect(part(written, 'word/footnotes.xml')).toContain('x The note.')
    expect(part(written, 'word/header1.xml')).toContain('>x Top<')
  })

  it('translates a text box and a picture’s description inside a paragraph, once', () => {
    const box = (tag: string): string =>
      `<${tag}><w:txbxContent>${paragraph(run('In the box'))}</w:txbxContent></${tag}>`
    const drawing =
      '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:docPr id="1" name="n" descr="A red &amp; white flag"/>' +
      `${box('wps:txbx')}</w:drawing></mc:Choice><mc:Fallback><w:pict>${box('v:textbox')}</w:pict></mc:Fallback></mc:AlternateContent></w:r>`
    const bytes = docx(paragraph(run('Before. '), drawing, run('After.')))
    const document = read(bytes)
    expect(kinds(document)).toEqual([
      'paragraph: Before. ⟦0⟧After.',
      'attribute: A red & white flag',
      'paragraph: In the box',
    ])
    const written = body(bytes, (text) => `${text} "x"`)
    expect(written).toContain('descr="A red &amp; white flag &quot;x&quot;"')
    expect(written.match(/In the box "x"/g)).toHaveLength(1)
    // Also where the picture stands between two translated sentences, in neither of them.
    const [outer, alt, inner] = document.units
    if (outer === undefined || alt === undefined || inner === undefined) throw new Error('three units')
    const between = part(
      writeWith(docxAdapter, document, [
        { unit: outer, start: 0, end: 7, text: 'Vorher.' },
        { unit: alt, start: 0, end: alt.text.length, text: 'Fahne' },
        { unit: inner, start: 0, end: inner.text.length, text: 'Im Kasten' },
      ]),
      'word/document.xml',
    )
    expect(between).toContain('Vorher. ')
    expect(between).toContain('descr="Fahne"')
    expect(between).toContain('Im Kasten')
  })

  it('keeps spaces at the edges of translated runs', () => {
    const bytes = docx(
      '<w:p><w:r><w:t>Hello</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>you</w:t></w:r><w:r><w:t>there friend</w:t></w:r></w:p>',
    )
    const written = body(bytes, () => 'Ach ⟦0⟧ du ⟦1⟧ da')
    expect(texts(read(translateWith(docxAdapter, read(bytes), () => 'Ach ⟦0⟧ du ⟦1⟧ da')))).toEqual([
      'Ach ⟦0⟧ du ⟦1⟧ da',
    ])
    expect(written).not.toContain('<w:t>Ach ')
  })

  it('translates the title of the document', () => {
    const core =
      '<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A &amp; B</dc:title><dc:creator>X</dc:creator></cp:coreProperties>'
    const bytes = docx(paragraph(run('Text')), { 'docProps/core.xml': core })
    expect(kinds(read(bytes))).toEqual(['metadata: A & B', 'paragraph: Text'])
    expect(
      part(
        translateWith(docxAdapter, read(bytes), (text) => `${text}<`),
        'docProps/core.xml',
      ),
    ).toContain('<dc:title>A &amp; B&lt;</dc:title>')
  })

  it.each(['ins', 'del', 'moveFrom'])('refuses tracked changes with line and column: w:%s', (name) => {
    const bytes = docx(paragraph(run('One'), `\n<w:${name} w:id="1">${run('two')}</w:${name}>`))
    expect(refusal(() => read(bytes))).toEqual({
      code: 'invalid-input',
      message: 'the document has tracked changes; accept or reject all of them and save it again',
      place: { file: 'a.docx/word/document.xml', line: 3, column: 1 },
    })
  })

  it.each([
    ['a DOCTYPE', '<!DOCTYPE a [<!ENTITY b "c">]><w:document/>', /DOCTYPE/],
    ['broken XML', '<w:document', /not well-formed/],
    ['an unknown entity', '<a>&lol;</a>', /not well-formed/],
    ['elements 100,000 deep', '<a>'.repeat(100_000), /more than 256 deep/],
  ])('refuses %s', (_, xml, message) => {
    expect(refusal(() => read(docx('', { 'word/document.xml': xml })))).toMatchObject({
      code: xml.length > 1000 ? 'too-large' : 'invalid-input',
      message: expect.stringMatching(message),
      place: { file: 'a.docx/word/document.xml', line: 1 },
    })
  })

  it('refuses a main part that is something else', () => {
    expect(refusal(() => read(docx('', { 'word/document.xml': '<a>One</a>' })))?.message).toMatch(
      /no w:document/,
    )
  })

  it.each([
    ['runs', run('a').repeat(30_000)],
    ['formats', (run('a', BOLD) + run('b')).repeat(3000)],
    ['links', '<w:hyperlink><w:r><w:t>a</w:t></w:r></w:hyperlink>'.repeat(3000)],
    ['field starts', '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'.repeat(20_000) + run('a')],
    ['texts without a space', `<w:r><w:t>${'&amp;a '.repeat(50_000)}</w:t></w:r>`],
  ])('takes many %s in one paragraph', { timeout: 20_000 }, (_, content) => {
    const bytes = docx(paragraph(content))
    parseParts(translateWith(docxAdapter, read(bytes), (text) => `${text} x`))
  })
})

/** Paragraphs of runs with any formatting, marks and links between them. */
const word = fc.string({ unit: fc.constantFrom(...'aé &<ж\u00a0 b.7'), minLength: 1, maxLength: 12 })
const escapeAll = (text: string): string => text.replace(/[&<]/g, (mark) => `&#${mark.charCodeAt(0)};`)
const properties = fc
  .subarray(['<w:b/>', '<w:i/>', '<w:u w:val="single"/>', '<w:lang w:val="ru"/>'])
  .map((parts) => (parts.length === 0 ? '' : `<w:rPr>${parts.join('')}</w:rPr>`))
const inline = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(word, properties).map(([text, format]) => run(escapeAll(text), format)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(word, word, properties)
      .map(
        ([a, b, format]) =>
          `<w:r>${format}<w:t>${escapeAll(a)}</w:t><w:tab/><w:t>${escapeAll(b)}</w:t></w:r>`,
      ),
  },
  fc.constantFrom(
    '<w:proofErr w:type="x"/>',
    '<w:bookmarkStart w:id="1" w:name="a"/>',
    '<w:r><w:footnoteReference w:id="2"/></w:r>',
    '\n ',
    '<!-- c -->',
    '<w:r><w:br/></w:r>',
    '<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt>',
  ),
)
const content = fc.oneof(
  { weight: 4, arbitrary: inline },
  {
    weight: 1,
    arbitrary: fc
      .array(inline, { maxLength: 3 })
      .map(
        (inner) =>
          `<w:hyperlink r:id="r1">${inner.filter((piece) => !piece.startsWith('<w:sdt')).join('')}</w:hyperlink>`,
      ),
  },
)
const documents = fc
  .array(fc.array(content, { maxLength: 8 }), { minLength: 1, maxLength: 3 })
  .map((paragraphs) => docx(paragraphs.map((pieces) => paragraph(...pieces)).join('')))

describe('a Word document of any runs', () => {
  it('keeps what readers promise and is written back byte for byte', () => {
    fc.assert(
      fc.property(documents, (bytes) => {
        const document = read(bytes)
        expect(brokenPromises(document)).toEqual([])
        expect(Buffer.from(writeWith(docxAdapter, document, [])).equals(bytes)).toBe(true)
        // A translation equal to its source changes no character of the part either.
        const same = translateWith(docxAdapter, document, (text) => text)
        expect(texts(read(same))).toEqual(texts(document))
      }),
      { numRuns: 150 },
    )
  })

  it('is read again as the texts that were written', () => {
    fc.assert(
      fc.property(documents, (bytes) => {
        const document = read(bytes)
        const translate = (text: string): string => `Ж${text} & Ю`
        const written = translateWith(docxAdapter, document, translate)
        parseParts(written)
        // Other words may make another format the common one, and so put codes elsewhere.
        const plain = (text: string): string => text.replace(/⟦\d+⟧/g, '').trim()
        expect(read(written).units.map(({ text }) => plain(show(text)))).toEqual(
          document.units.map(({ text }) => plain(translate(show(text)))),
        )
      }),
      { numRuns: 150 },
    )
  })

  it('stays well-formed with every word in a run, whatever becomes of the codes', () => {
    fc.assert(
      fc.property(documents, fc.array(fc.nat(), { maxLength: 10 }), (bytes, order) => {
        const document = read(bytes)
        const written = translateWith(docxAdapter, document, (_, unit) => {
          const codes = order.map((number) => number % Math.max(unit.codes.length, 1))
          return unit.codes.length === 0 ? 'W' : `W${codes.map((code) => `⟦${code}⟧W`).join('')}`
        })
        parseParts(written)
        const xml = part(written, 'word/document.xml').replaceAll('<!-- c -->', '')
        const inRuns = [
          ...xml.matchAll(
            /<w:r>(?:<w:rPr>.*?<\/w:rPr>)?((?:<w:t[^>]*>[^<]*<\/w:t>|<w:(?:tab|br)\/>|<w:footnoteReference[^>]*>|<w:t\/>)*)<\/w:r>/g,
          ),
        ]
          .map(([whole]) => whole)
          .join('')
        expect(inRuns.match(/W/g)?.length, xml).toBe(xml.match(/W(?![a-z])/g)?.length)
        for (const unit of document.units) expect(unit.text).not.toBe('')
      }),
      { numRuns: 150 },
    )
  })
})
