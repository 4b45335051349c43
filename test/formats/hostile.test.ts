import { describe, expect, it } from 'vitest'
import type { Format } from '../../src/domain/document.ts'
import { readDocument } from '../../src/formats/read.ts'
import { writeDocument } from '../../src/formats/write.ts'
import { brokenPromises, read, refusal, texts, translated } from './support.ts'

const MEGABYTE = 1_000_000
const MANY = 300_000
/** Generous: linear work on these documents takes a tenth of it on a slow machine. */
const GUARD = { timeout: 20_000 }

/** Reads and writes back; a clear refusal is as good as success. */
function survive(source: string, format: Format): string {
  let outcome = 'read'
  const refused = refusal(() => {
    const bytes = Buffer.from(source)
    const document = readDocument(bytes, { format, file: 'hostile' })
    expect(brokenPromises(document).slice(0, 3)).toEqual([])
    expect(bytes.equals(writeDocument(document, []))).toBe(true)
    translated(document, (text) => `${text}x`)
  })
  if (refused !== undefined) {
    expect(refused).toMatchObject({ code: 'invalid-input', place: { file: 'hostile' } })
    outcome = 'refused'
  }
  return outcome
}

describe('readDocument', () => {
  it.each([
    ['html', 'nothing', ''],
    ['markdown', 'white space', ' \r\n\t\n'],
    ['text', 'a byte order mark', '\ufeff'],
  ] as const)('refuses an empty document: %s, %s', (format, _, source) => {
    expect(refusal(() => readDocument(Buffer.from(source), { format, file: 'a' }))).toEqual({
      code: 'invalid-input',
      message: 'the document is empty',
      place: { file: 'a' },
    })
  })

  it('refuses a binary file that is called .md', () => {
    const image = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
    expect(refusal(() => readDocument(image, { format: 'markdown', file: 'a.md' }))).toMatchObject({
      code: 'invalid-input',
      place: { file: 'a.md' },
    })
  })

  it.each(['div', 'b', 'ul><li', 'blockquote', 'table><tr><td', 'svg', 'template', 'code', 'a href=#'])(
    'reads HTML nested 10,000 deep: %s',
    GUARD,
    (name) => {
      const closing = name.split(/[> ]/)[0]
      expect(survive(`${`<${name}>`.repeat(10_000)}Text</p> ${`</${closing}>`.repeat(10_000)}`, 'html')).toBe(
        'read',
      )
      expect(survive(`${`<${name}>`.repeat(10_000)}Text`, 'html')).toBe('read')
    },
  )

  it('refuses a paragraph with more tags than codes exist, and says where', () => {
    const source = `<p>One</p>\n<p>${'<b>x</b>'.repeat(4000)}</p>`
    expect(refusal(() => readDocument(Buffer.from(source), { format: 'html', file: 'a.html' }))).toEqual({
      code: 'invalid-input',
      message: expect.stringMatching(/more than 6400 tags/),
      place: { file: 'a.html', line: 2, column: 4 },
    })
  })

  it.each(['>', '> ', '- ', '- > ', '1. ', '* ', '[', '![', '*a_', '`', '<div>'])(
    'survives Markdown that opens %j 10,000 times',
    GUARD,
    (open) => {
      survive(`${open.repeat(10_000)}Text\n`, 'markdown')
    },
  )

  it('refuses Markdown nested deeper than anybody writes, and says where', () => {
    expect(refusal(() => read(`x\n\n${'> '.repeat(101)}y\n`, 'markdown'))).toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/more than 100 quotations or lists/),
      place: { line: 3 },
    })
    expect(
      texts(read(`${'> '.repeat(100)}y\n\n${'* '.repeat(200)}\n\n${'-'.repeat(200)}\n`, 'markdown')),
    ).toEqual(['y'])
  })

  it('refuses a paragraph of more marks than parsers can take, and says where', () => {
    expect(refusal(() => read(`x\n\n${'*a_'.repeat(10_000)}\n`, 'markdown'))).toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/too many mark-up characters; split it/),
      place: { line: 3 },
    })
  })

  it('takes long lists, tables and code with many marks', () => {
    const list = '- [*a*](b) `c` __d__ [e]\n'.repeat(300)
    const code = `\`\`\`\n${'a[0]*b[1]_c\n'.repeat(1000)}\`\`\`\n`
    expect(read(`${list}\n${code}`, 'markdown').units).toHaveLength(300)
  })

  it.each([
    '<',
    '<a ',
    '&',
    '&#',
    '<!--',
    '</',
    '<b>',
    '</b>',
    '<p>',
    '<br>',
    '<![CDATA[',
    '<svg>',
    "<a b='",
    '\ue000',
    '<x a=1 b=2 ',
  ])('takes 300,000 characters of %j in HTML', GUARD, (piece) => {
    survive(piece.repeat(MANY / piece.length), 'html')
  })

  it('takes a tag with 100,000 attributes', GUARD, () => {
    const attributes = Array.from({ length: 100_000 }, (_, index) => `a${index}=b`).join(' ')
    expect(survive(`<p title="x" ${attributes}>y</p>`, 'html')).toBe('read')
  })

  it.each(['[', '*', '<', '`', '_', '> '])('takes a megabyte of %j in Markdown', GUARD, (piece) => {
    survive(piece.repeat(MEGABYTE / piece.length), 'markdown')
  })

  it.each([
    '[',
    '*',
    '<',
    '`',
    '_',
    '~',
    '![',
    '](',
    '[a](',
    '*a_',
    '**a',
    '> ',
    '>',
    '- ',
    '|',
    '|a',
    '&',
    '\\',
    '#',
    '\n',
    'a\n',
    '<b>',
    '[a]: b\n',
    'a@',
    'www.',
  ])('takes 50,000 characters of %j in Markdown', GUARD, (piece) => {
    survive(piece.repeat(50_000 / piece.length), 'markdown')
  })

  it.each(['-', '- ', '> ', '1. a\n', ' ', '\n', 'A', 'a\n', '\r', '\ue000', '* a\n'])(
    'takes 300,000 characters of %j in text',
    GUARD,
    (piece) => {
      survive(`x${piece.repeat(MANY / piece.length)}`, 'text')
    },
  )

  it.each([
    ['html', '<p>The OMON <b>came</b> to Minsk &amp; left, <a href="x" title="t">they</a> said.</p>\n'],
    ['text', 'The OMON came to Minsk and left, they said, after five hours in the rain.\n\n'],
  ] as const)('takes 5 MB of %s', GUARD, (format, paragraph) => {
    expect(survive(paragraph.repeat((5 * MEGABYTE) / paragraph.length), format)).toBe('read')
  })
})
