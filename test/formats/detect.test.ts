import { describe, expect, it } from 'vitest'
import { detectFormat } from '../../src/formats/detect.ts'
import { refusal } from './support.ts'

const bytes = (text: string): Uint8Array => Buffer.from(text)

describe('detectFormat', () => {
  it.each([
    [{ name: 'a/b.HTM' }, 'html'],
    [{ name: 'README.md', contentType: 'text/plain' }, 'markdown'],
    [{ name: 'a.txt', bytes: bytes('<html>') }, 'text'],
    [{ contentType: 'Text/HTML; charset=utf-8' }, 'html'],
    [{ name: 'page.php', contentType: 'text/html' }, 'html'],
    [{ contentType: 'text/markdown' }, 'markdown'],
    [{ contentType: 'text/plain' }, 'text'],
    [{ name: 'README', bytes: bytes('# Title\n') }, 'markdown'],
    [{ bytes: bytes('---\ntitle: x\n---\n') }, 'markdown'],
    [{ bytes: bytes('\ufeff\n<!DOCTYPE html>') }, 'html'],
    [{ bytes: bytes('<p>x') }, 'html'],
    [{ bytes: Buffer.from('\ufeff<p>x', 'utf16le') }, 'html'],
    [{ bytes: bytes('Just words, 1 < 2') }, 'text'],
  ] as const)('%j is %s', (input, format) => {
    expect(detectFormat(input)).toBe(format)
  })

  it.each([
    [{ name: 'a.xlsx' }],
    [{ name: 'a.xlsx', contentType: 'application/octet-stream', bytes: bytes('x') }],
    [{ contentType: 'application/pdf' }],
    [{ bytes: bytes('%PDF-1.7') }],
    [{ bytes: bytes('PK\u0003\u0004') }],
    [{ bytes: bytes('a\0b') }],
    [{}],
  ])('refuses %j and names what can be read', (input) => {
    expect(refusal(() => detectFormat(input))).toMatchObject({
      code: 'unsupported-format',
      message: expect.stringMatching(/HTML \(.html.*Markdown.*plain text/),
    })
  })
})
