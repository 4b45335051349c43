import fc from 'fast-check'
import { parse } from 'parse5'
import { describe, expect, it } from 'vitest'
import { htmlLocalise } from '../../src/formats/html-localise.ts'
import { read } from './support.ts'

function localised(source: string, locale: string): string {
  let written = ''
  let at = 0
  for (const { start, end, text } of htmlLocalise(source, locale)) {
    expect(start).toBeGreaterThanOrEqual(at)
    written += source.slice(at, start) + text
    at = end
  }
  return written + source.slice(at)
}

describe('htmlLocalise', () => {
  it.each([
    ['de', '<html lang="en"><p>x</p>', '<html lang="de"><p>x</p>'],
    [
      'pt-BR',
      "<!DOCTYPE html>\n<HTML class=a LANG='en-US' >",
      "<!DOCTYPE html>\n<HTML class=a LANG='pt-BR' >",
    ],
    ['de', '<html lang=en>', '<html lang=de>'],
    ['de', '<!-- Notice --> Notice <!-- --><html lang=en>', '<!-- Notice --> Notice <!-- --><html lang=de>'],
    ['de', '<html>', '<html lang="de">'],
    ['de', "<html class='a'>", "<html lang='de' class='a'>"],
    ['de', '<html lang="">', '<html lang="de">'],
    ['de', '<html lang>', '<html lang="de">'],
    ['de', '<html lang=>', '<html lang="de">'],
    ['de', '<html dir=rtl>', '<html lang="de">'],
    ['de', '<html lang= >', '<html lang="de" >'],
    [
      'de',
      '<?xml version="1.0"?><html xmlns="x" xml:lang="en" lang = "en">',
      '<?xml version="1.0"?><html xmlns="x" xml:lang="de" lang = "de">',
    ],
    ['de', '<html xml:lang="en">', '<html xml:lang="de">'],
    ['ar', '<html lang="en">', '<html dir="rtl" lang="ar">'],
    ['ar', '<html>', '<html lang="ar" dir="rtl">'],
    ['fa', '<html lang=en dir=ltr>', '<html lang=fa dir=rtl>'],
    ['he', '<html lang="en" dir="auto">', '<html lang="he" dir="rtl">'],
    ['en', '<html lang="ar" dir="rtl">', '<html lang="en">'],
    ['en', '<html dir=RTL\n lang="ar">', '<html\n lang="en">'],
    ['en', '<html dir="rtl"lang="ar">', '<html lang="en">'],
    ['en', '<html lang="ar" dir="auto">', '<html lang="en" dir="auto">'],
    ['de', '<html lang="en" dir="ltr">', '<html lang="de" dir="ltr">'],
    ['ar', '<html lang=ar dir=rtl><body dir="ltr">', '<html lang=ar dir=rtl><body dir="rtl">'],
    ['en', '<html lang=en><body dir="rtl" lang="fa">', '<html lang=en><body lang="en">'],
  ])('says %s in %s', (locale, source, wanted) => {
    expect(localised(source, locale)).toBe(wanted)
  })

  it.each([
    ['de', 'en_US', 'de_DE'],
    ['pt-PT', 'en_GB', 'pt_PT'],
    ['es', 'en', 'es'],
    ['sr-Latn', 'en-US', 'sr-RS'],
  ])('writes the og:locale of %s in the manner of %s', (locale, written, wanted) => {
    const page = (value: string, name: string): string =>
      `<html lang="${name}"><head><script>"<body>"</script><meta content='${value}' property="og:locale"></head><body>`
    expect(localised(page(written, 'en'), locale)).toBe(page(wanted, locale))
  })

  it('changes the declared language of the content, but not a list of readers nor other locales', () => {
    const page = (name: string): string =>
      `<html lang="${name}"><meta http-equiv="Content-Language" content="${name}"><meta http-equiv=content-language content="en, fr"><meta property="og:locale:alternate" content="en_US"><meta name=x content=en>`
    expect(localised(page('en'), 'de')).toBe(page('de'))
  })

  it('leaves fragments, comments, scripts and what is inside the page alone', () => {
    for (const source of [
      '<p lang="en">x</p>',
      '<article lang=en dir=ltr><p>x',
      'text',
      '<!-- <html lang=en> --><p>x</p>',
      '<body lang="en"><p>x</p></body>',
      '<meta property="og:locale" content="en_US"><p>x</p>',
      '<script>"<html lang=en>"</script>',
      '<html lang="ar" dir="rtl"> A <meta property="og:locale" content="en_US"> b',
      '<html lang="ar" dir="rtl"><html lang="en"><svg><meta property="og:locale" content="en_US">',
      '<html lang="ar" dir="rtl"><body><p lang="en" dir="ltr">x</p><html lang="en"></body>',
    ]) {
      expect(localised(source, 'ar'), source).toBe(source)
    }
  })

  it('says the target’s language and direction to a browser, whatever the tag looks like', () => {
    const attribute = fc.constantFrom(
      'lang=en',
      'lang="en"',
      "LANG = 'en'",
      'lang',
      'lang=',
      'dir=rtl',
      'dir="ltr"',
      "dir='rtl'",
      'DIR=auto',
      'dir',
      'class="a b"',
      'xml:lang="en"',
      'title="A title"',
      'x',
      '/',
    )
    const space = fc.constantFrom(' ', '\n', '\t ')
    const tag = fc
      .array(fc.tuple(space, attribute), { maxLength: 6 })
      .map((list) => `<html${list.flat().join('')}>`)
    fc.assert(
      fc.property(tag, fc.constantFrom('de', 'ar', 'pt-BR'), (html, locale) => {
        const source = `${html}<body><p>Text</p>`
        const page = localised(source, locale)
        const root = parse(page).childNodes.find((node) => node.nodeName === 'html')
        const attributes = root !== undefined && 'attrs' in root ? root.attrs : []
        const value = (name: string) => attributes.find((one) => one.name === name)?.value
        expect(value('lang') ?? value('xml:lang'), page).toBe(locale)
        if (locale === 'ar') expect(value('dir'), page).toBe('rtl')
        else expect(value('dir'), page).not.toBe('rtl')
        expect(localised(page, locale)).toBe(page)
      }),
      { numRuns: 500 },
    )
  })

  it('touches no unit and reads no further than the head', { timeout: 20_000 }, () => {
    const source = `<html lang=en title="A title"><head><meta property=og:locale content=en_US></head><body title="B">${'<p>x</p>'.repeat(500_000)}`
    const splices = htmlLocalise(source, 'ar')
    expect(splices).toHaveLength(3)
    const units = read(source.slice(0, 200), 'html').units
    for (const { start, end } of splices) {
      const within = units.find((unit) => (unit.offsets[0] ?? 0) < end && start < (unit.offsets.at(-1) ?? 0))
      expect(within).toBeUndefined()
    }
    for (const piece of ['<meta ', '<html ', '<html', '<script>', ' ', '<html lang', '<!--']) {
      expect(htmlLocalise(piece.repeat(300_000 / piece.length), 'ar').length).toBeLessThan(4)
    }
  })
})
