import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIRST_CODE, type Format } from '../../src/domain/document.ts'
import { writeDocument } from '../../src/formats/write.ts'
import { segmentUnit } from '../../src/segmentation/unit-segments.ts'
import { read, show } from './support.ts'

const HTML = ['b', 'i', 'em', 'span', 'a', 'x-y', 'font', 'q', 'sub'].map((name) => ({
  open: `<${name} class="k">`,
  close: `</${name}>`,
}))
const MARKDOWN = [
  { open: '<span>', close: '</span>' },
  { open: '<b>', close: '</b>' },
  { open: '[', close: '](u)' },
  { open: '~~', close: '~~' },
  { open: '**', close: '**' },
]
type Mark = { readonly open: string; readonly close: string }
/** Marks around marks; the same one twice in a row would be other Markdown. */
const nest = (marks: readonly Mark[]) =>
  fc.uniqueArray(fc.constantFrom(...marks), { minLength: 1, maxLength: marks.length })

const around = (marks: readonly Mark[], text: string): string =>
  marks.map(({ open }) => open).join('') +
  text +
  marks
    .map(({ close }) => close)
    .reverse()
    .join('')

function segments(source: string, format: Format): readonly string[] {
  return read(source, format).units.flatMap((unit) => segmentUnit(unit, 'en').map(({ text }) => show(text)))
}

/** The unit's text with each code in its own characters again. */
function spelled(source: string, format: Format): string {
  const [unit] = read(source, format).units
  return (unit?.text ?? '').replace(
    /[\ue000-\uf8ff]/g,
    (code) => unit?.codes[code.charCodeAt(0) - FIRST_CODE]?.data ?? '?',
  )
}

const CASES = [
  ['html', HTML, '<p>', '</p>'],
  ['markdown', MARKDOWN, '', ''],
] as const

describe.each(CASES)('codes in %s', (format, marks, before, after) => {
  const page = (text: string): string => before + text + after

  it('are one pair however many elements stand around the same words', () => {
    fc.assert(
      fc.property(nest(marks), (nested) => {
        const source = page(`One ${around(nested, 'two')} three.`)
        expect(segments(source, format)).toEqual(['One ⟦0⟧two⟦1⟧ three.'])
        expect(before + spelled(source, format) + after).toBe(source)
      }),
    )
  })

  it('are no part of a sentence that they stand around', () => {
    fc.assert(
      fc.property(nest(marks), nest(marks), (first, second) => {
        const source = page(`${around(first, 'One two.')} ${around(second, 'Three four.')}`)
        expect(segments(source, format)).toEqual(['One two.', 'Three four.'])
      }),
    )
  })

  it('that hold words of their own stay apart', () => {
    fc.assert(
      fc.property(nest(marks), nest(marks), (outer, inner) => {
        fc.pre(!outer.some((mark) => inner.includes(mark)))
        const source = page(`One ${around(outer, `two ${around(inner, 'three')} four`)} five.`)
        expect(segments(source, format)).toEqual(['One ⟦0⟧two ⟦1⟧three⟦2⟧ four⟦3⟧ five.'])
      }),
    )
  })

  it('stand where they stood when the words between them change', () => {
    fc.assert(
      fc.property(nest(marks), nest(marks), (first, second) => {
        const source = (one: string, two: string): string =>
          page(`a ${around(first, one)} b ${around(second, two)} c.`)
        const document = read(source('one', 'two'), format)
        const [unit] = document.units
        const text = (unit?.text ?? '').replace('one', 'eins').replace('two', 'zwei')
        const part = { unitId: 'u1', start: 0, end: unit?.text.length ?? 0, text }
        expect(Buffer.from(writeDocument(document, [part])).toString()).toBe(source('eins', 'zwei'))
      }),
    )
  })
})

describe('codes in HTML', () => {
  it('without words between them are one: a linked picture, an element without text', () => {
    expect(segments('<p>a <a href=x><b><img src=y></b></a> c <i class=k></i> d</p>', 'html')).toEqual([
      'a ⟦0⟧ c ⟦1⟧ d',
    ])
  })

  it('leave the white space around a sentence outside it', () => {
    expect(segments('<p>\n <b>\n <i> One two. </i>\n </b>\n &nbsp;</p>', 'html')).toEqual(['One two.'])
    expect(segments('<p><img src=a> <b>One.</b> <sup><a href="#1">1</a></sup></p>', 'html')).toEqual(['One.'])
  })

  it('stay apart where white space stands between them, which may be seen', () => {
    expect(segments('<p>a<b> <i>b</i></b> c.</p>', 'html')).toEqual(['a⟦0⟧ ⟦1⟧b⟦2⟧⟦3⟧ c.'])
  })
})
