import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDocument } from '../../src/formats/read.ts'
import { writeDocument } from '../../src/formats/write.ts'
import { docx, odfPart, odt, parseParts, part, wordPart } from './office-support.ts'
import { texts } from './support.ts'

type OfficeFormat = 'docx' | 'odt'

/** The document written for a locale, translated by a function of its text. */
function write(bytes: Uint8Array, format: OfficeFormat, locale: string, change = (text: string) => text) {
  const document = readDocument(bytes, { format })
  const translations = document.units.map((unit) => ({
    unitId: unit.id,
    start: 0,
    end: unit.text.length,
    text: change(unit.text),
  }))
  const written = writeDocument(document, translations, { locale })
  parseParts(written)
  return written
}

const run = (text: string, properties = ''): string =>
  `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`
const paragraph = (content: string, properties = ''): string =>
  `<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}${content}</w:p>`
const styles = (defaults: string, more = ''): Record<string, string> => ({
  'word/styles.xml': wordPart(
    'styles',
    `<w:docDefaults><w:rPrDefault><w:rPr>${defaults}</w:rPr></w:rPrDefault></w:docDefaults>${more}`,
  ),
})
const bodyOf = (bytes: Uint8Array): string =>
  part(bytes, 'word/document.xml').replace(/^[\s\S]*<w:body>|<\/w:body>[\s\S]*$/g, '')
const stylesOf = (bytes: Uint8Array): string =>
  part(bytes, 'word/styles.xml').replace(/^[\s\S]*?<w:docDefaults>/, '')

describe('a Word document for another locale', () => {
  const ENGLISH = '<w:lang w:val="en-US" w:eastAsia="ja-JP" w:bidi="he-IL"/>'

  it.each([
    ['de', 'w:val="de-DE" w:eastAsia="ja-JP" w:bidi="he-IL"'],
    ['pt-PT', 'w:val="pt-PT" w:eastAsia="ja-JP" w:bidi="he-IL"'],
    ['sr-Latn', 'w:val="sr-Latn-RS" w:eastAsia="ja-JP" w:bidi="he-IL"'],
    ['zh-Hant', 'w:val="en-US" w:eastAsia="zh-TW" w:bidi="he-IL"'],
    ['ar', 'w:val="en-US" w:eastAsia="ja-JP" w:bidi="ar-EG"'],
    ['hi', 'w:val="en-US" w:eastAsia="ja-JP" w:bidi="hi-IN"'],
    ['en-US', 'w:val="en-US" w:eastAsia="ja-JP" w:bidi="he-IL"'],
  ])('says so in the language that its defaults have for that script: %s', (locale, attributes) => {
    const bytes = docx(paragraph(run('Text')), styles(ENGLISH))
    expect(stylesOf(write(bytes, 'docx', locale))).toContain(`<w:lang ${attributes}/>`)
  })

  it('keeps a country that fits a language without one', () => {
    const bytes = docx(paragraph(run('Text')), styles('<w:lang w:val="de-AT"/>'))
    expect(stylesOf(write(bytes, 'docx', 'de'))).toContain('<w:lang w:val="de-AT"/>')
    expect(stylesOf(write(bytes, 'docx', 'de-CH'))).toContain('<w:lang w:val="de-CH"/>')
  })

  it('says so where the defaults said nothing, in the place that the schema has for it', () => {
    const bytes = docx(paragraph(run('Text')), styles('<w:sz w:val="24"/><w:specVanish/>'))
    expect(stylesOf(write(bytes, 'docx', 'de'))).toContain(
      '<w:sz w:val="24"/><w:lang w:val="de-DE"/><w:specVanish/>',
    )
  })

  it('changes runs in its own language and leaves passages in another one', () => {
    const lang = (tag: string): string => `<w:lang w:val="${tag}"/>`
    const bytes = docx(
      paragraph(
        run('They said: ') + run('mostly this ', lang('en-GB')) + run('la vie', lang('fr-FR')) + run('.'),
      ),
      styles(ENGLISH),
    )
    const written = bodyOf(write(bytes, 'docx', 'de'))
    expect([...written.matchAll(/w:val="([^"]*)"/g)].map(([, tag]) => tag)).toEqual(['de-DE', 'fr-FR'])
  })

  it('does not take the only marked passage for its own language', () => {
    const french = run('Une citation en français.', '<w:lang w:val="fr-FR"/>')
    const bytes = docx(paragraph(run('A long text that is not marked: ') + french), styles(ENGLISH))
    expect(bodyOf(write(bytes, 'docx', 'de'))).toContain('<w:lang w:val="fr-FR"/>')
  })

  it('knows its language by most of its text where the defaults are somebody else’s', () => {
    const bytes = docx(
      paragraph(
        run('A long text in English.', '<w:lang w:val="en-GB"/>') + run('la vie', '<w:lang w:val="fr-FR"/>'),
      ),
      styles('<w:lang w:val="ru-RU"/>'),
    )
    const written = bodyOf(write(bytes, 'docx', 'de'))
    expect([...written.matchAll(/w:val="([^"]*)"/g)].map(([, tag]) => tag)).toEqual(['de-DE', 'fr-FR'])
  })

  it('says it in the properties of the document', () => {
    const core =
      '<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title><dc:language>en-US</dc:language></cp:coreProperties>'
    const written = write(docx(paragraph(run('Text')), { 'docProps/core.xml': core }), 'docx', 'de')
    expect(part(written, 'docProps/core.xml')).toContain('<dc:language>de-DE</dc:language>')
  })

  it('runs from right to left where the target does', () => {
    const bytes = docx(
      `${paragraph(run('Text ') + run('bold', '<w:b/><w:color w:val="FF0000"/><w:lang w:val="en-US"/>'), '<w:pStyle w:val="P"/><w:jc w:val="left"/>')}<w:tbl><w:tblPr><w:tblStyle w:val="T"/><w:tblW w:w="0"/></w:tblPr><w:tr><w:tc>${paragraph(run('OMON'))}</w:tc></w:tr></w:tbl><w:sectPr><w:pgSz w:w="1"/><w:docGrid/></w:sectPr>`,
    )
    const arabic = (text: string): string => text.replace('Text', 'نص').replace('bold', 'جريء')
    expect(bodyOf(write(bytes, 'docx', 'ar', arabic))).toBe(
      '<w:p><w:pPr><w:pStyle w:val="P"/><w:bidi/><w:jc w:val="left"/></w:pPr>' +
        '<w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space="preserve">نص </w:t></w:r>' +
        '<w:r><w:rPr><w:b/><w:bCs/><w:color w:val="FF0000"/><w:rtl/><w:lang w:val="en-US"/></w:rPr><w:t xml:space="preserve">جريء</w:t></w:r></w:p>' +
        '<w:tbl><w:tblPr><w:tblStyle w:val="T"/><w:bidiVisual/><w:tblW w:w="0"/></w:tblPr><w:tr><w:tc>' +
        '<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:t xml:space="preserve">OMON</w:t></w:r></w:p></w:tc></w:tr></w:tbl>' +
        '<w:sectPr><w:pgSz w:w="1"/><w:bidi/><w:docGrid/></w:sectPr>',
    )
  })

  it('runs from left to right again, but for words that still run from right to left', () => {
    const arabic = paragraph(run('قال', '<w:rtl/>'), '<w:bidi/>')
    const bytes = docx(
      `${arabic}${paragraph(run('شاهد', '<w:b/><w:rtl/>'), '<w:bidi/><w:jc w:val="left"/>')}<w:sectPr><w:bidi/></w:sectPr>`,
      styles('', '<w:style w:styleId="A"><w:pPr><w:bidi/></w:pPr><w:rPr><w:rtl/></w:rPr></w:style>'),
    )
    const written = write(bytes, 'docx', 'de', (text) => text.replace('شاهد', 'Zeuge (شاهد)'))
    expect(bodyOf(written)).toBe(
      `${arabic}<w:p><w:pPr><w:jc w:val="left"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Zeuge (شاهد)</w:t></w:r></w:p><w:sectPr></w:sectPr>`,
    )
    expect(stylesOf(written)).toContain('<w:style w:styleId="A"><w:pPr></w:pPr><w:rPr></w:rPr></w:style>')
  })
})

const odtStyles = (paragraphs: string, text: string, more = ''): Record<string, string> => ({
  'styles.xml': odfPart(
    'document-styles',
    `<office:styles><style:default-style style:family="paragraph"><style:paragraph-properties${paragraphs}/><style:text-properties${text}/></style:default-style>${more}</office:styles>`,
  ),
})
const ownStyles = (bytes: Uint8Array): string =>
  part(bytes, 'styles.xml').replace(/^[\s\S]*?<office:styles>/, '')

describe('an OpenDocument text for another locale', () => {
  const ENGLISH =
    ' fo:language="en" fo:country="US" style:language-asian="ja" style:country-asian="JP" style:language-complex="he" style:country-complex="IL"'

  it.each([
    ['de', 'fo:language="de" fo:country="DE" style:language-asian="ja"'],
    ['en-GB', 'fo:language="en" fo:country="GB" style:language-asian="ja"'],
    ['zh-Hant', 'fo:language="en" fo:country="US" style:language-asian="zh" style:country-asian="TW"'],
    ['fa', 'style:country-asian="JP" style:language-complex="fa" style:country-complex="IR"'],
  ])('says so in the language that its defaults have for that script: %s', (locale, attributes) => {
    const written = write(odt('<text:p>Text</text:p>', odtStyles('', ENGLISH)), 'odt', locale)
    expect(ownStyles(written)).toContain(attributes)
  })

  it('adds what is missing, and a script that the country does not tell', () => {
    const written = write(odt('<text:p>Text</text:p>', odtStyles('', '')), 'odt', 'sr-Latn')
    expect(ownStyles(written)).toContain(
      '<style:text-properties fo:language="sr" fo:country="RS" fo:script="Latn" style:rfc-language-tag="sr-Latn-RS"/>',
    )
    const back = write(written, 'odt', 'de')
    expect(ownStyles(back)).toContain('<style:text-properties fo:language="de" fo:country="DE"/>')
  })

  it('leaves a passage in another language', () => {
    const spans = ['en', 'fr'].map(
      (language) =>
        `<style:style style:name="T${language}" style:family="text"><style:text-properties fo:language="${language}" fo:country="GB"/></style:style>`,
    )
    const bytes = odt(
      '<text:p>A long text, <text:span text:style-name="Ten">and more</text:span> <text:span text:style-name="Tfr">la vie</text:span></text:p>',
      odtStyles('', ENGLISH, spans.join('')),
    )
    const written = ownStyles(write(bytes, 'odt', 'de'))
    expect([...written.matchAll(/fo:language="([^"]*)"/g)].map(([, language]) => language)).toEqual([
      'de',
      'de',
      'fr',
    ])
  })

  it('runs from right to left where the target does, and back', () => {
    const more =
      '<style:style style:name="P" style:family="paragraph"><style:paragraph-properties fo:text-align="end"/><style:text-properties fo:font-weight="bold"/></style:style><style:page-layout style:name="L"><style:page-layout-properties style:writing-mode="lr-tb"/></style:page-layout>'
    const bytes = odt('<text:p>Text</text:p>', odtStyles(' style:writing-mode="page"', ENGLISH, more))
    const written = write(bytes, 'odt', 'he', () => 'טקסט')
    const arabic = ownStyles(written)
    expect(arabic).toContain('<style:paragraph-properties style:writing-mode="page" fo:text-align="right"/>')
    expect(arabic).toContain('<style:page-layout-properties style:writing-mode="rl-tb"/>')
    expect(arabic).toContain('<style:paragraph-properties fo:text-align="left"/>')
    expect(arabic).toContain('fo:font-weight="bold" style:font-weight-complex="bold"')
    const back = ownStyles(write(written, 'odt', 'en-US'))
    expect(back).toContain('<style:paragraph-properties style:writing-mode="page" fo:text-align="left"/>')
    expect(back).toContain('<style:page-layout-properties style:writing-mode="lr-tb"/>')
    expect(back).toContain('<style:paragraph-properties fo:text-align="right"/>')
  })

  it('says it in the properties of the document', () => {
    const meta = odfPart('document-meta', '<office:meta><dc:language>en-US</dc:language></office:meta>')
    const written = write(odt('<text:p>Text</text:p>', { 'meta.xml': meta }), 'odt', 'de')
    expect(part(written, 'meta.xml')).toContain('<dc:language>de-DE</dc:language>')
  })
})

describe('an office document of any runs for any locale', () => {
  it('takes many runs in one paragraph, and many properties in one run', { timeout: 20_000 }, () => {
    const many = docx(
      paragraph(run('نص ', '<w:b/>').repeat(30_000) + run('a', '<w:lang w:val="fr"/>'.repeat(30_000))),
      styles('<w:lang w:val="en-US"/>'),
    )
    expect(
      texts(
        readDocument(
          write(many, 'docx', 'ar', () => 'نص'),
          { format: 'docx' },
        ),
      ),
    ).toEqual(['نص'])
  })

  const word = fc.constantFrom('Text', 'نص', '200', ' ', 'текст', 'a &amp; b')
  const look = fc
    .subarray([
      '<w:b/>',
      '<w:i w:val="0"/>',
      '<w:sz w:val="20"/>',
      '<w:rtl/>',
      '<w:lang w:val="en-US" w:bidi="ar-SA"/>',
    ])
    .map((parts) => parts.join(''))
  const runs = fc.array(fc.tuple(word, look), { minLength: 1, maxLength: 5 })
  const documents = fc
    .array(
      fc.tuple(
        runs,
        fc.constantFrom('', '<w:bidi/>', '<w:bidi w:val="0"/><w:jc w:val="end"/>', '<w:rPr><w:b/></w:rPr>'),
      ),
      {
        minLength: 1,
        maxLength: 3,
      },
    )
    .map((paragraphs) =>
      docx(
        paragraphs
          .map(([content, properties]) =>
            paragraph(content.map(([text, format]) => run(text, format)).join(''), properties),
          )
          .join(''),
        styles('<w:rtl/><w:lang w:val="en-US"/>'),
      ),
    )
  const locale = fc.constantFrom('de', 'ar', 'he', 'zh-Hans', 'ru', 'th')

  it('keeps its text, and has nothing more to change when it is written for the same locale again', () => {
    fc.assert(
      fc.property(documents, locale, (bytes, tag) => {
        const once = write(bytes, 'docx', tag)
        expect(texts(readDocument(once, { format: 'docx' })).map(bare)).toEqual(
          texts(readDocument(bytes, { format: 'docx' })).map(bare),
        )
        expect(Buffer.from(write(once, 'docx', tag)).equals(once)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('keeps its bytes without a locale', () => {
    fc.assert(
      fc.property(documents, (bytes) => {
        const document = readDocument(bytes, { format: 'docx' })
        expect(Buffer.from(writeDocument(document, [])).equals(bytes)).toBe(true)
      }),
    )
  })
})

/** Formats may have become alike or different, and so codes come or go. */
function bare(text: string): string {
  return text.replace(/⟦\d+⟧/g, '').trim()
}
