import { describe, expect, it } from 'vitest'
import { checkCodes } from '../../src/domain/check/codes.ts'
import { docxAdapter } from '../../src/formats/docx.ts'
import { odtAdapter } from '../../src/formats/odt.ts'
import { docx, odfPart, odt, readWith } from './office-support.ts'

const run = (text: string, properties = ''): string =>
  `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`
const mark = (xml: string): string => `<w:r>${xml}</w:r>`
const field = (type: string): string => mark(`<w:fldChar w:fldCharType="${type}"/>`)

/** Each code's label with `?` where it may be left out and `!` where it must keep its order. */
function flags(xml: string, format: 'docx' | 'odt', more: Record<string, string> = {}): readonly string[] {
  const document =
    format === 'docx'
      ? readWith(
          docxAdapter,
          docx(`<w:p>${run('Plain text before it ')}${xml}${run(' and after it')}</w:p>`, more),
        )
      : readWith(odtAdapter, odt(`<text:p>Plain text before it ${xml} and after it</text:p>`, more))
  return (document.units[0]?.codes ?? []).map(
    ({ label, deletable, reorderable }) =>
      `${label}${deletable === true ? '?' : ''}${reorderable === false ? '!' : ''}`,
  )
}

describe('inline codes of a Word document', () => {
  it.each([
    ['bold type', run('x', '<w:b/>'), ['b?', '/b?']],
    ['colour and size', run('x', '<w:color w:val="FF0000"/><w:sz w:val="40"/>'), ['color?', '/color?']],
    ['strong words', run('x', '<w:rStyle w:val="Strong"/>'), ['Strong?', '/Strong?']],
    ['words of a style that means something', run('x', '<w:rStyle w:val="Code"/>'), ['Code', '/Code']],
    ['struck words', run('x', '<w:strike/>'), ['s', '/s']],
    ['a power', run('x', '<w:vertAlign w:val="superscript"/>'), ['sup', '/sup']],
    ['hidden words', run('x', '<w:b/><w:vanish/>'), ['b', '/b']],
    ['a link', `<w:hyperlink r:id="r">${run('x')}</w:hyperlink>`, ['a', '/a']],
    [
      'a format in a link',
      `<w:hyperlink r:id="r">${run('x')}${run('y', '<w:b/>')}</w:hyperlink>`,
      ['a', 'b!', '/a'],
    ],
    ['a footnote', mark('<w:footnoteReference w:id="2"/>'), ['fn']],
    ['a line break', mark('<w:br/>'), ['br?']],
    ['a page break', mark('<w:br w:type="page"/>'), ['br']],
    ['a soft hyphen', mark('<w:softHyphen/>'), ['-?']],
    ['a tab', mark('<w:tab/>'), ['tab']],
    ['a picture', mark('<w:drawing/>'), ['image']],
    [
      'a bookmark',
      `<w:bookmarkStart w:id="1" w:name="a"/>${run('x')}<w:bookmarkEnd w:id="1"/>`,
      ['bookmarkStart!', 'bookmarkEnd!'],
    ],
    [
      'a whole field',
      `${field('begin')}${mark('<w:instrText>PAGE</w:instrText>')}${field('separate')}${run('7')}${field('end')}`,
      ['field'],
    ],
    [
      'half a field',
      `${field('begin')}${mark('<w:instrText>TOC</w:instrText>')}${field('separate')}`,
      ['field!'],
    ],
  ])('say whether a translation may do without them or move them: %s', (_, xml, expected) => {
    expect(flags(xml, 'docx')).toEqual(expected)
  })
})

describe('inline codes of an OpenDocument text', () => {
  const properties = (name: string, text: string): string =>
    `<style:style style:name="${name}" style:family="text"><style:text-properties ${text}/></style:style>`
  const styles = {
    'styles.xml': odfPart(
      'document-styles',
      `<office:automatic-styles>${properties('T7', 'style:text-line-through-style="solid"')}${properties('T8', 'style:text-position="super 58%"')}${properties('T9', 'fo:font-style="italic"')}</office:automatic-styles>`,
    ),
  }
  const span = (style: string): string => `<text:span text:style-name="${style}">x</text:span>`

  it.each([
    ['italics', span('T9'), ['i?', '/i?']],
    ['strong words', span('Strong_20_Emphasis'), ['Strong Emphasis?', '/Strong Emphasis?']],
    ['words of a style that means something', span('Source_20_Text'), ['Source Text', '/Source Text']],
    ['struck words', span('T7'), ['s', '/s']],
    ['a power', span('T8'), ['sup', '/sup']],
    ['a link', '<text:a xlink:href="x">y</text:a>', ['a', '/a']],
    ['a note', '<text:note><text:note-body/></text:note>', ['fn']],
    [
      'a comment on words',
      '<office:annotation office:name="c"/>x<office:annotation-end office:name="c"/>',
      ['comment!', 'comment!'],
    ],
    ['a line break', '<text:line-break/>', ['br?']],
    ['spaces', '<text:s text:c="3"/>', ['space?']],
    ['a tab', '<text:tab/>', ['tab']],
    [
      'a bookmark',
      '<text:bookmark-start text:name="a"/>x<text:bookmark-end text:name="a"/>',
      ['bookmark-start!', 'bookmark-end!'],
    ],
    ['a field', '<text:page-number>7</text:page-number>', ['page-number']],
  ])('say whether a translation may do without them or move them: %s', (_, xml, expected) => {
    expect(flags(xml, 'odt', styles)).toEqual(expected)
  })

  it('are checked by it', () => {
    const document = readWith(
      odtAdapter,
      odt(
        '<text:p>One <text:span text:style-name="B">bold</text:span> word<text:note><text:note-body/></text:note> more</text:p>',
      ),
    )
    const unit = document.units[0]
    if (unit === undefined) throw new Error('one unit')
    const severities = (target: string): readonly string[] => {
      const texts = { source: unit.text, sourceCodes: unit.codes, target }
      return checkCodes({ ...texts, sourceLocale: 'en', targetLocale: 'de' }).map(
        ({ check, severity }) => `${check} ${severity}`,
      )
    }
    expect(severities('Ein fettes Wort\ue002 mehr')).toEqual(['codes-missing info'])
    expect(severities('Ein \ue000fettes\ue001 Wort mehr')).toEqual(['codes-missing error'])
  })
})
