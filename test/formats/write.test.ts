import { describe, expect, it } from 'vitest'
import { writeDocument } from '../../src/formats/write.ts'
import { hide, read, refusal, show, texts, translated } from './support.ts'

function write(source: string, start: number, end: number, text: string): string {
  const document = read(source, 'html')
  const written = writeDocument(document, [{ unitId: 'u1', start, end, text: hide(text) }])
  return Buffer.from(written).toString()
}

describe('writeDocument', () => {
  it('translates one sentence and keeps the bytes of its neighbours', () => {
    const source = '<p>One&nbsp;&amp;\n two. Three  four. <b>Five</b>.</p>'
    const text = show(read(source, 'html').units[0]?.text ?? '')
    const start = text.indexOf('Three')
    expect(write(source, start, start + 'Three four.'.length, 'Drei & vier.')).toBe(
      '<p>One&nbsp;&amp;\n two. Drei &amp; vier. <b>Five</b>.</p>',
    )
  })

  it('applies translations inside codes that another translation moves', () => {
    const source = '<p>See <img src="a" alt="A cat"> and <a href="x" title="A dog">this</a>.</p>'
    expect(
      translated(read(source, 'html'), (text) =>
        text.startsWith('See') ? '⟦1⟧Das⟦2⟧ und ⟦0⟧.' : `${text}!`,
      ),
    ).toBe('<p><a href="x" title="A dog!">Das</a> und <img src="a" alt="A cat!">.</p>')
  })

  it('applies translations inside codes of a unit that is not translated', () => {
    const document = read('<p>See <img src="a" alt="A cat">.</p>', 'html')
    const written = writeDocument(document, [{ unitId: 'u2', start: 0, end: 5, text: 'Une "chatte"' }])
    expect(Buffer.from(written).toString()).toBe('<p>See <img src="a" alt="Une &quot;chatte&quot;">.</p>')
  })

  it.each([
    ['both halves dropped', 'Ein fett Wort', 'Ein fett Wort'],
    ['the end dropped', 'Ein ⟦0⟧fett Wort', 'Ein fett Wort'],
    ['the beginning dropped', 'Ein fett⟦1⟧ Wort', 'Ein fett Wort'],
    ['the halves swapped', 'Ein ⟦1⟧fett⟦0⟧ Wort', 'Ein fett Wort'],
    ['the pair twice', '⟦0⟧Ein⟦1⟧ ⟦0⟧fett⟦1⟧ Wort', '<b>Ein</b> <b>fett</b> Wort'],
  ])('never leaves half of a pair: %s', (_, text, written) => {
    expect(write('<p>A <b>bold</b> word</p>', 0, 13, text)).toBe(`<p>${written}</p>`)
  })

  it('keeps halves whose partner stands in another segment, dropped or not', () => {
    const source = '<p>One <b>two. Three</b> four.</p>' // segments: [0, 9) and [10, 22)
    expect(write(source, 0, 9, 'Eins zwei.')).toBe('<p>Eins zwei.<b> Three</b> four.</p>')
    expect(write(source, 10, 22, 'Drei vier.')).toBe('<p>One <b>two. </b>Drei vier.</p>')
    expect(write(source, 10, 22, 'Drei⟦0⟧ vier.')).toBe('<p>One <b>two. Drei</b> vier.</p>')
  })

  it('writes line breaks as the document does', () => {
    expect(translated(read('<pre>a</pre>\r\n', 'html'), () => 'b\nc')).toBe('<pre>b\r\nc</pre>\r\n')
  })

  it('escapes for the place: before a link an exclamation mark would make an image', () => {
    const document = read('Hi [x](u)\n', 'markdown')
    const written = translated(document, () => 'Hallo!⟦0⟧x⟦1⟧')
    expect(written).toBe('Hallo\\![x](u)\n')
    expect(texts(read(written, 'markdown'))).toEqual(['Hallo!⟦0⟧x⟦1⟧'])
  })

  it('escapes what would begin a block after a hard break', () => {
    const written = translated(read('> a\\\n> b\n', 'markdown'), (text) =>
      text.replace('b', '1. b').replace('a', '# a'),
    )
    expect(written).toBe('> \\# a\\\n> 1\\. b\n')
  })

  it.each([
    ['an unknown unit', { unitId: 'u9', start: 0, end: 1, text: 'x' }, /no such unit/, 'u9'],
    ['an empty range', { unitId: 'u1', start: 1, end: 1, text: 'x' }, /range 1 to 1/, 'u1'],
    ['a range that ends outside', { unitId: 'u1', start: 0, end: 99, text: 'x' }, /range 0 to 99/, 'u1'],
    ['a range that is no number', { unitId: 'u1', start: Number.NaN, end: 1, text: 'x' }, /range NaN/, 'u1'],
    [
      'a code that the source has not',
      { unitId: 'u1', start: 0, end: 5, text: '\ue001' },
      /uses code 2, but its source has 1/,
      'u1',
    ],
    ['half a character', { unitId: 'u1', start: 0, end: 10, text: 'x' }, /cuts a character in two/, 'u1'],
    ['NUL', { unitId: 'u1', start: 0, end: 1, text: 'a\0' }, /NUL/, 'u1'],
  ])('refuses %s', (_, translation, message, segment) => {
    const document = read('<p>One <br>two \u{1f642}</p>', 'html')
    expect(refusal(() => writeDocument(document, [translation]))).toEqual({
      code: 'invalid-input',
      message: expect.stringMatching(message),
      place: { segment },
    })
  })

  it('refuses overlapping ranges, and takes touching ones in any order', () => {
    const document = read('<p>OneTwo</p>', 'html')
    const first = { unitId: 'u1', start: 0, end: 3, text: 'Eins' }
    const second = { unitId: 'u1', start: 3, end: 6, text: 'Zwei' }
    expect(Buffer.from(writeDocument(document, [second, first])).toString()).toBe('<p>EinsZwei</p>')
    expect(refusal(() => writeDocument(document, [first, { ...second, start: 2 }]))?.message).toMatch(
      /overlap/,
    )
  })
})
