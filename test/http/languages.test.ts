import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseEncoding } from '../../src/http/encoding.ts'
import { chooseLocale } from '../../src/http/languages.ts'
import { negotiate, negotiateBesideZip, negotiateContent } from '../../src/http/reader.ts'
import { ownTime } from '../support/own-time.ts'

const EDITION = ['de', 'es', 'fr', 'pt-BR', 'pt-PT', 'zh-Hans']

describe('the language a reader gets', () => {
  it.each([
    ['de', 'de'],
    ['DE', 'de'],
    ['de-AT', 'de'],
    ['de-CH-1996', 'de'],
    ['pt', 'pt-BR'],
    ['pt-PT, pt-BR;q=0.9', 'pt-PT'],
    ['pt-AO', 'pt-BR'],
    ['en, fr;q=0.5, de;q=0.7', 'de'],
    ['fr;q=0, *', 'de'],
    ['de;q=0, *;q=0.1', 'es'],
    ['pt-BR;q=0, pt', 'pt-PT'],
    // Another script is another language to its reader.
    ['zh-TW', undefined],
    ['zh-CN', 'zh-Hans'],
    ['ja', undefined],
    ['*;q=0', undefined],
    ['', undefined],
    ['nonsense;;;,,, ;q=x', undefined],
    ['de;q=2', undefined],
  ])('for “%s” is %s', (header, expected) => {
    expect(chooseLocale(header, EDITION)).toBe(expected)
  })

  it('is the first of the edition for somebody who takes any, and nothing for one who says nothing', () => {
    expect(chooseLocale('*', EDITION)).toBe('de')
    expect(chooseLocale(undefined, EDITION)).toBeUndefined()
    expect(chooseLocale('de', [])).toBeUndefined()
  })

  it('is one that there is, whatever is sent, and found in linear time', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'de,-;q=0.1*ptBR ') }), (header) => {
        const locale = chooseLocale(header, EDITION)
        return locale === undefined || EDITION.includes(locale)
      }),
    )
    const began = ownTime()
    for (const text of [
      'a-'.repeat(50_000),
      ','.repeat(100_000),
      'de;'.repeat(33_000),
      '*'.repeat(100_000),
    ]) {
      chooseLocale(text, EDITION)
    }
    expect(ownTime() - began).toBeLessThan(2000)
  })
})

describe('the encoding of an answer', () => {
  it('is Brotli or gzip as the reader would rather have it, and none for what is short or compressed already', () => {
    const html = (accept: string | undefined) => chooseEncoding(accept, 'text/html; charset=utf-8', 5000)
    expect(html('gzip, deflate, br')).toBe('br')
    expect(html('gzip;q=1, br;q=0.5')).toBe('gzip')
    expect(html('gzip')).toBe('gzip')
    expect(html('br;q=0, *')).toBe('gzip')
    expect(html('identity')).toBeUndefined()
    expect(html('gzip;q=0')).toBeUndefined()
    expect(html(undefined)).toBeUndefined()
    expect(chooseEncoding('br', 'text/html', 100)).toBeUndefined()
    expect(chooseEncoding('br', 'application/feed+json; charset=utf-8', 5000)).toBe('br')
    expect(chooseEncoding('br', 'application/atom+xml; charset=utf-8', 5000)).toBe('br')
    for (const type of ['application/zip', 'application/vnd.oasis.opendocument.text', 'image/png']) {
      expect(chooseEncoding('br, gzip', type, 5000)).toBeUndefined()
    }
  })
})

describe('the rendering', () => {
  it('follows Accept with its weights; a ZIP stays for whoever takes one', () => {
    expect(negotiate('text/plain;q=0.5, text/markdown')).toBe('md')
    expect(negotiate('text/html,*/*;q=0.8')).toBeUndefined()
    expect(negotiateBesideZip('text/html')).toBe('html')
    expect(negotiateBesideZip('application/zip, text/html')).toBeUndefined()
    expect(negotiateBesideZip(undefined)).toBeUndefined()
    expect(negotiateContent('*/*')).toBe('html')
    expect(negotiateContent('application/json, */*;q=0.1')).toBe('json')
    expect(negotiateContent('text/html,application/xhtml+xml,*/*;q=0.8')).toBe('html')
    expect(negotiateContent('text/plain;q=0.9, text/*;q=0.1')).toBe('txt')
  })
})
