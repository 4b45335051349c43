import { strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { Format } from '../../src/domain/document.ts'
import { readDocument } from '../../src/formats/read.ts'
import { docx, odfPart, odt } from './office-support.ts'
import { refusal } from './support.ts'

const WORD = docx('<w:p><w:r><w:t>Text</w:t></w:r></w:p>')
const OPEN = odt('<text:p>Text</text:p>')
/** What old Office files, and new ones with a password, begin with. */
const COMPOUND = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Array(504).fill(0)])

function withPart(bytes: Uint8Array, name: string, contents: string | Uint8Array): Uint8Array {
  const data = typeof contents === 'string' ? strToU8(contents) : contents
  return zipSync({ ...unzipSync(bytes), [name]: data })
}

function without(bytes: Uint8Array, name: string): Uint8Array {
  const { [name]: _, ...rest } = unzipSync(bytes)
  return zipSync(rest)
}

const spreadsheet = odfPart('document-content', '<office:body><office:spreadsheet/></office:body>')
const slides = zipSync({
  'ppt/presentation.xml': strToU8('<p/>'),
  '[Content_Types].xml': strToU8('<Types/>'),
})
const bomb = new Uint8Array(40 * 1024 * 1024).fill(32)
const utf16 = new Uint8Array(Buffer.from('\ufeff<w:document/>', 'utf16le'))

describe('a file that is no office document, or a bad one', () => {
  it.each<[what: string, format: Format, bytes: Uint8Array, code: string, message: RegExp]>([
    ['an empty file', 'docx', new Uint8Array(), 'invalid-input', /no ZIP archive/],
    ['a web page', 'docx', strToU8('<!doctype html><p>Text'), 'invalid-input', /no ZIP archive/],
    ['rich text', 'odt', strToU8('{\\rtf1 Text}'), 'invalid-input', /no ZIP archive/],
    [
      'an old or locked Word file',
      'docx',
      COMPOUND,
      'invalid-input',
      /password or in an old format; save it again/,
    ],
    [
      'an old or locked file',
      'odt',
      COMPOUND,
      'invalid-input',
      /password or in an old format; save it again/,
    ],
    [
      'half a document',
      'docx',
      WORD.subarray(0, WORD.length >> 1),
      'invalid-input',
      /no ZIP archive, or its end is missing/,
    ],
    [
      'slides',
      'docx',
      slides,
      'invalid-input',
      /not a Word document: the archive has no word\/document\.xml/,
    ],
    ['a Word document by the name of the other', 'odt', WORD, 'invalid-input', /not an OpenDocument text/],
    ['an OpenDocument text by the name of the other', 'docx', OPEN, 'invalid-input', /not a Word document/],
    ['a spreadsheet', 'odt', withPart(OPEN, 'content.xml', spreadsheet), 'invalid-input', /no office:text/],
    [
      'a main part without a body',
      'docx',
      withPart(WORD, 'word/document.xml', '<a/>'),
      'invalid-input',
      /no w:document/,
    ],
    [
      'an empty main part',
      'docx',
      withPart(WORD, 'word/document.xml', ''),
      'invalid-input',
      /not well-formed/,
    ],
    ['a part in UTF-16', 'docx', withPart(WORD, 'word/document.xml', utf16), 'invalid-input', /not UTF-8/],
    ['a main part that is missing', 'odt', without(OPEN, 'content.xml'), 'invalid-input', /no content\.xml/],
    [
      'a bomb',
      'docx',
      withPart(WORD, 'word/document.xml', bomb),
      'too-large',
      /document\.xml unpacks to more/,
    ],
    [
      'a bomb in its styles',
      'odt',
      withPart(OPEN, 'styles.xml', bomb),
      'too-large',
      /styles\.xml unpacks to more/,
    ],
    [
      'deep nesting',
      'odt',
      withPart(OPEN, 'content.xml', '<a>'.repeat(200_000)),
      'too-large',
      /more than 256 deep/,
    ],
    ['broken styles', 'odt', withPart(OPEN, 'styles.xml', '<a><b></a>'), 'invalid-input', /not well-formed/],
    ['broken notes', 'docx', withPart(WORD, 'word/footnotes.xml', '<a'), 'invalid-input', /not well-formed/],
  ])('is refused with a message that says why: %s', (_, format, bytes, code, message) => {
    expect(refusal(() => readDocument(bytes, { format, file: 'report' }))).toMatchObject({
      code,
      message: expect.stringMatching(message),
      place: { file: expect.stringMatching(/^report/) },
    })
  })

  it('is read where it lacks no more than styles and properties', () => {
    const bare = without(without(WORD, '_rels/.rels'), '[Content_Types].xml')
    expect(readDocument(bare, { format: 'docx' }).units).toHaveLength(1)
    expect(readDocument(without(OPEN, 'META-INF/manifest.xml'), { format: 'odt' }).units).toHaveLength(1)
  })
})
