import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeJson, jsonAdapter } from '../../src/formats/json.ts'
import { readWith, translatedWith } from './data-support.ts'
import { brokenPromises, kinds, refusal, texts } from './support.ts'

const ALL = { paths: ['**'] }

describe('jsonAdapter.read', () => {
  it('takes usual keys with the kind that each means', () => {
    const source = JSON.stringify({
      id: 'no',
      title: 'Strike',
      summary: 'They walk out',
      image: { src: 'a.png', alt: 'Workers' },
      blocks: [{ type: 'text', text: 'First.' }],
      body: ['Second.', 'Third.'],
    })
    expect(kinds(readWith(jsonAdapter, source))).toEqual([
      'headline: Strike',
      'standfirst: They walk out',
      'caption: Workers',
      'paragraph: First.',
      'paragraph: Second.',
      'paragraph: Third.',
    ])
  })

  it('takes only what the paths choose, by decoded keys, and each of two equal keys', () => {
    const source = '{"a":{"b":"one","c":"two"},"\\u0061":{"b":"three"},"d":["four","five"]}'
    expect(texts(readWith(jsonAdapter, source, { paths: ['a.b', 'd.1'] }))).toEqual(['one', 'three', 'five'])
    expect(texts(readWith(jsonAdapter, source, { paths: [] }))).toEqual([])
    expect(texts(readWith(jsonAdapter, '"only a string"', ALL))).toEqual(['only a string'])
  })

  it('decodes every escape to one character that knows where it stands', () => {
    const source = '["a\\"\\\\\\/\\n\\t\\u00e9\\ud83d\\ude42z"]'
    const document = readWith(jsonAdapter, source, ALL)
    expect(texts(document)).toEqual(['a"\\/\n\té🙂z'])
    expect([...(document.units[0]?.offsets ?? [])]).toEqual([2, 3, 5, 7, 9, 11, 13, 19, 25, 31, 32])
  })

  it('makes codes of tags, references, placeholders and what no translator can be given', () => {
    const source = String.raw`{"text":"<b>AT&amp;T<\/b><br>{name} %s \u0007 <code>a b</code> \ud800 {n, plural, one {# <i>x</i>} other {#}} 1 < 2 & 3"}`
    const document = readWith(jsonAdapter, source)
    expect(texts(document)).toEqual(['⟦0⟧AT⟦1⟧T⟦2⟧⟦3⟧⟦4⟧ ⟦5⟧ ⟦6⟧ ⟦7⟧ ⟦8⟧ ⟦9⟧ 1 < 2 & 3'])
    const unit = document.units[0]
    expect(unit?.codes.map((code) => code.data)).toEqual([
      '<b>',
      '&amp;',
      '<\\/b>',
      '<br>',
      '{name}',
      '%s',
      '\\u0007',
      '<code>a b</code>',
      '\\ud800',
      '{n, plural, one {# <i>x</i>} other {#}}',
    ])
    expect(unit?.codes[0]?.pair).toBe(2)
    expect(unit?.codes[1]?.equiv).toBe('&')
    expect(brokenPromises(document)).toEqual([])
  })

  it.each([
    ['{"a": 1,}', 1, 9, /key in double quotes/],
    ['{\n  // no\n}', 2, 3, /key in double quotes/],
    ['[/* no */]', 1, 2, /no comments/],
    ['{"a" 1}', 1, 6, /colon/],
    ['[1 2]', 1, 4, /comma or \]/],
    ['[1}', 1, 3, /comma or \]/],
    ['{"a":1]', 1, 7, /comma or \}/],
    ['[01]', 1, 2, /value is missing or wrong/],
    ['[+1]', 1, 2, /value is missing or wrong/],
    ['[1.]', 1, 2, /value is missing or wrong/],
    ['[nul]', 1, 2, /value is missing or wrong/],
    ['[1,]', 1, 4, /value is missing or wrong/],
    ["['a']", 1, 2, /value is missing or wrong/],
    ['["\\x"]', 1, 3, /no escape \\x/],
    ['["\\u12g4"]', 1, 3, /four hexadecimal digits/],
    ['["a\nb"]', 1, 4, /line break or control/],
    ['["a', 1, 4, /ends too early/],
    ['["a\\', 1, 5, /ends too early/],
    ['[[', 1, 3, /ends too early/],
    ['{"a":', 1, 6, /ends too early/],
    ['{} {}', 1, 4, /goes on behind/],
  ])('refuses %j at line %d, column %d', (source, line, column, message) => {
    expect(refusal(() => readWith(jsonAdapter, source, ALL, 'a.json'))).toEqual({
      code: 'invalid-input',
      message: expect.stringMatching(message),
      place: { file: 'a.json', line, column },
    })
  })

  it('accepts and refuses what JSON.parse does', () => {
    const piece = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"a"',
        '"',
        '\\',
        '1',
        '-',
        '0',
        '.5',
        'e1',
        'true',
        ' ',
        '\n',
        '/',
        '\\u12',
      ],
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { minLength: 1, maxLength: 8 }).map((parts) => parts.join('')),
          fc.json(),
        ),
        (source) => {
          let valid = true
          try {
            JSON.parse(source)
          } catch {
            valid = false
          }
          expect(refusal(() => readWith(jsonAdapter, source, ALL)) === undefined, source).toBe(valid)
        },
      ),
      { numRuns: 1000 },
    )
  })
})

describe('jsonAdapter', () => {
  const value = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.constantFrom('a "b" c', 'x\ny', 'x\r\ny', '<b>c</b> d', '{n} e', '\ue000f', '\ud800g', '\\h', '  i  '),
  )
  const document = fc
    .tuple(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 6 }), fc.constantFrom(0, 2, '\t'))
    .map(([pairs, space]) =>
      JSON.stringify(
        pairs.map(([title, text]) => ({ title, list: [text] })),
        null,
        space,
      ),
    )
    .chain((json) =>
      fc.constantFrom(json, json.replace(/[^\0-\x7f]/g, asEscape), json.replaceAll('/', '\\/')),
    )

  it('keeps what readers promise, and writes untouched documents byte for byte', () => {
    fc.assert(
      fc.property(document, (source) => {
        const read = readWith(jsonAdapter, source, ALL)
        expect(brokenPromises(read)).toEqual([])
        expect(translatedWith(read, () => undefined)).toBe(source)
      }),
    )
  })

  it('changes nothing but what is translated, and says that to every JSON parser', () => {
    fc.assert(
      fc.property(document, fc.string({ unit: 'grapheme' }), fc.nat(), (source, words, pick) => {
        const read = readWith(jsonAdapter, source, ALL)
        const unit = read.units[pick % Math.max(read.units.length, 1)]
        if (unit === undefined || /[\ue000-\uf8ff⟦\r]/.test(words)) return
        const written = translatedWith(read, (text, id) => (id === unit.id ? `${words}${text}x` : undefined))
        const from = unit.offsets[0] ?? 0
        const behind = source.length - (unit.offsets.at(-1) ?? 0)
        expect(written.slice(0, from)).toBe(source.slice(0, from))
        expect(written.slice(written.length - behind)).toBe(source.slice(source.length - behind))
        const strings = (json: string) => JSON.stringify(JSON.parse(json)).replaceAll('\\r\\n', '\\n')
        expect(strings(written)).toContain(JSON.stringify(words).slice(1, -1).replaceAll('\\r\\n', '\\n'))
      }),
    )
  })

  it('writes only the escapes that are needed, and line ends as the string has them', () => {
    const source = '{\r\n"text":"a\\r\\nb","title":"c\\nd"}'
    const read = readWith(jsonAdapter, source)
    expect(translatedWith(read, (text) => `${text} "é"\n/`)).toBe(
      '{\r\n"text":"a\\r\\nb \\"é\\"\\r\\n/","title":"c\\nd \\"é\\"\\n/"}',
    )
  })

  it('keeps to ASCII where the document does', () => {
    const written = translatedWith(readWith(jsonAdapter, '["caf\\u00e9"]', ALL), () => 'Жук 🙂')
    expect(written).toBe('["\\u0416\\u0443\\u043a \\ud83d\\ude42"]')
    expect(translatedWith(readWith(jsonAdapter, '["cafe\\u0020"]', ALL), () => 'Жук')).toContain('Жук')
    expect(translatedWith(readWith(jsonAdapter, '["café \\u00e9"]', ALL), () => 'Жук')).toContain('Жук')
  })
})

describe('escapeJson', () => {
  const odd = fc.constantFrom('\ud800', '\0', '\x7f', '"', '\\', '\r', '\r\n', '\u2028', 'é', '🙂')
  const anyText = fc.array(fc.oneof(odd, fc.string())).map((parts) => parts.join(''))
  it('is undone by JSON.parse', () => {
    fc.assert(
      fc.property(anyText, fc.boolean(), (text, ascii) => {
        const escaped = escapeJson(text, ascii ? 'json-ascii' : 'json')
        expect(JSON.parse(`"${escaped}"`)).toBe(text.replace(/\r\n?/g, '\n'))
        if (ascii) expect(escaped).toMatch(/^[\0-\x7f]*$/)
      }),
    )
  })
})

function asEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
