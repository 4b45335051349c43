import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { decodeDocument, encodeDocument } from '../../src/formats/encoding.ts'
import { writeDocument } from '../../src/formats/write.ts'
import { read, refusal, texts, translated } from './support.ts'

const HTML_1251 = '<meta charset="windows-1251"><p>Указ № 3</p>'

describe('decodeDocument', () => {
  it.each(['UTF-8', 'UTF-16LE', 'UTF-16BE'])('believes a byte order mark: %s', (encoding) => {
    const bytes = iconv.encode('Указ 🙂\r\n', encoding, { addBOM: true })
    const decoded = decodeDocument(bytes, { format: 'text' })
    expect(decoded).toEqual({ text: 'Указ 🙂\r\n', encoding, bom: true })
    expect(encodeDocument(decoded.text, { ...decoded, format: 'text' })).toEqual(bytes)
  })

  it.each([
    ['html', undefined, iconv.encode(HTML_1251, 'win1251'), 'windows-1251'],
    ['text', 'cp1251', iconv.encode('Указ № 3', 'win1251'), 'windows-1251'],
    ['markdown', 'ISO-8859-1', iconv.encode('# été', 'win1252'), 'windows-1252'],
    ['text', 'shift_jis', iconv.encode('日本語', 'shift_jis'), 'Shift_JIS'],
    ['text', 'gb18030', iconv.encode('中文🙂', 'gb18030'), 'gb18030'],
    ['text', 'utf-16be', iconv.encode('Указ', 'utf-16be'), 'UTF-16BE'],
    ['html', undefined, Buffer.from('<p>Указ</p>'), 'UTF-8'],
  ] as const)('reads %s said to be %s', (format, charset, bytes, encoding) => {
    const document = read(bytes, format, charset)
    expect(document.encoding).toBe(encoding)
    expect(Buffer.from(writeDocument(document, []))).toEqual(Buffer.from(bytes))
  })

  it('names the byte and the line of what is not UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from('one\ntwo '), Buffer.from([0xe9]), Buffer.from(' three')])
    expect(refusal(() => decodeDocument(bytes, { format: 'text', file: 'a.txt' }))).toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/byte 8 is not UTF-8/),
      place: { file: 'a.txt', line: 2 },
    })
  })

  it.each([
    ['NUL bytes', Buffer.from('PK\u0003\u0004\0\0'), undefined, /byte 4 is NUL: this is a binary file/],
    [
      'half a surrogate in UTF-16',
      Buffer.from([0xff, 0xfe, 0x41, 0, 0, 0xd8, 0x42, 0]),
      undefined,
      /said to be UTF-16LE/,
    ],
    ['an odd byte in UTF-16', Buffer.from([0xff, 0xfe, 0x41, 0, 0x42]), undefined, /byte \d+ cannot be read/],
    ['NUL in UTF-16', Buffer.from([0xff, 0xfe, 0x41, 0, 0, 0]), undefined, /NUL/],
    ['a wrong declaration', Buffer.from([0x41, 0xe9, 0x42]), 'utf-8', /said to be UTF-8/],
    [
      'bytes that the encoding has not',
      Buffer.from([0x41, 0xd2]),
      'windows-1253',
      /byte 1 cannot be read and written/,
    ],
    ['an encoding that nobody knows', Buffer.from('x'), 'klingon', /“klingon” is not an encoding/],
    ['an encoding that we do not read', Buffer.from('x'), 'iso-2022-jp', /ISO-2022-JP cannot be read/],
  ])('refuses %s', (_, bytes, charset, message) => {
    const options = charset === undefined ? { format: 'text' as const } : { format: 'text' as const, charset }
    expect(refusal(() => decodeDocument(bytes, options))).toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(message),
    })
  })

  it('refuses a 20 MB file, and says how much is read', () => {
    expect(refusal(() => decodeDocument(new Uint8Array(20 * 1024 * 1024), { format: 'text' }))).toMatchObject(
      {
        code: 'too-large',
        message: expect.stringMatching(/has 20 MB; at most 10 MB/),
      },
    )
    expect(refusal(() => decodeDocument(Buffer.from('four'), { format: 'text', maxBytes: 3 }))).toMatchObject(
      {
        code: 'too-large',
      },
    )
  })
})

describe('encodeDocument', () => {
  it('writes numeric references for what the encoding of an HTML document lacks', () => {
    const document = read(iconv.encode(HTML_1251, 'win1251'), 'html')
    const translations = [{ unitId: 'u1', start: 0, end: 4, text: 'Décret 🙂' }]
    const written = writeDocument(document, translations)
    expect(iconv.decode(Buffer.from(written), 'win1251')).toBe(
      HTML_1251.replace('Указ', 'D&#233;cret &#128578;'),
    )
    expect(texts(read(written, 'html'))).toEqual(['Décret 🙂 № 3'])
  })

  it('says which character the encoding of a text lacks', () => {
    const document = read(iconv.encode('Указ', 'win1251'), 'text', 'windows-1251')
    const translations = [{ unitId: 'u1', start: 0, end: 4, text: 'Décret' }]
    expect(refusal(() => writeDocument(document, translations))).toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/windows-1251.*has no “é”/),
    })
  })

  it('refuses half of a surrogate pair', () => {
    expect(refusal(() => translated(read('x', 'text'), () => 'a\ud800b'))).toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/surrogate/),
    })
  })
})
