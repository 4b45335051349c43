import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments, stringify } from 'yaml'
import { yamlAdapter } from '../../src/formats/yaml.ts'
import { readWith, translatedWith } from './data-support.ts'
import { brokenPromises, kinds, refusal, texts } from './support.ts'

const ALL = { paths: ['**'] }
const STYLES = `plain: One two
plain over lines: One
  two

  three
single: 'It''s
  one

  two'
double: "\\u00e9 \\"q\\" \\
  joined
  folded\\n new"
literal: |
  One

    indented
  two
folded: >-

   One
   two

   three
kept: |+
  One

given: |2-
    One
   two
`

describe('yamlAdapter.read', () => {
  it('reads every style of scalar as the parser does', () => {
    const document = readWith(yamlAdapter, STYLES, ALL)
    expect(texts(document)).toEqual([
      'One two',
      'One two\nthree',
      "It's one\ntwo",
      'é "q" joined folded\n new',
      'One\n\n  indented\ntwo',
      'One two\nthree',
      'One',
      'One\n two',
    ])
    expect(brokenPromises(document)).toEqual([])
    const values: unknown[] = Object.values(parse(STYLES))
    expect(texts(document)).toEqual(values.map((value) => String(value).trim()))
  })

  it('reads lists and maps in blocks and in brackets, and all documents of a stream', () => {
    const source = `%YAML 1.2
---
title: &t First # not this
items:
- text: Two
- {text: Three, id: no, alt: "Four"}
body: [Five, 'Six']
copy: *t
--- # next
summary: Seven
...
`
    expect(kinds(readWith(yamlAdapter, source))).toEqual([
      'headline: First',
      'paragraph: Two',
      'paragraph: Three',
      'caption: Four',
      'paragraph: Five',
      'paragraph: Six',
      'standfirst: Seven',
    ])
  })

  it('leaves what is no string, has a tag of its own or lies deeper in a folded scalar', () => {
    const source = `a: 12
b: true
c: !secret words
d: !!str 12 words
e: >
  folded
    deeper
f: ~
g: !!binary aGk=
`
    expect(texts(readWith(yamlAdapter, source, ALL))).toEqual(['12 words'])
  })

  it('makes codes of tags and placeholders', () => {
    const document = readWith(yamlAdapter, 'text: "Hi <b>%{name} x</b>,\\x07 {{x}}"\n')
    expect(texts(document)).toEqual(['Hi ⟦0⟧⟦1⟧ x⟦2⟧,⟦3⟧ ⟦4⟧'])
  })

  it.each([
    ['a: [1', 1, 6],
    ['a: b: c', 1, 4],
    ['ok: x\n\tb: c', 2, 1],
    ['a: "\\q"', 1, 5],
    ['- a\nb: c', 2, 1],
  ])('refuses %j at line %d, column %d', (source, line, column) => {
    expect(refusal(() => readWith(yamlAdapter, source, ALL, 'a.yml'))).toMatchObject({
      code: 'invalid-input',
      place: { file: 'a.yml', line, column },
    })
  })

  it('refuses what is nested deeper than the parser can take, and says where', () => {
    expect(refusal(() => readWith(yamlAdapter, `a:\n  ${'['.repeat(300)}`, ALL, 'a.yml'))).toEqual({
      code: 'invalid-input',
      message: 'more than 200 lists or maps in one another',
      place: { file: 'a.yml', line: 2, column: 202 },
    })
  })
})

describe('yamlAdapter', () => {
  const word = fc.constantFrom(
    ...[
      'One',
      'two',
      "it's",
      '"q"',
      'a: b',
      '# c',
      '- d',
      '{x}',
      '<b>e</b>',
      'é',
      '🙂',
      'no',
      '12',
      '%',
      '\\n',
      ',',
    ],
  )
  const line = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '))
  const text = fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n'))
  const style = fc.constantFrom(
    ...(['PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'] as const),
  )
  const document = fc
    .tuple(
      fc.array(text, { minLength: 1, maxLength: 5 }),
      style,
      fc.constantFrom(20, 80),
      fc.boolean(),
      fc.boolean(),
    )
    .map(([values, defaultStringType, lineWidth, crlf, flow]) => {
      const data = { items: values.map((value) => ({ deep: { text: value } })) }
      const options = {
        defaultStringType,
        lineWidth,
        collectionStyle: flow ? 'flow' : 'any',
        defaultKeyType: 'PLAIN',
      } as const
      const source = `# comment\n${stringify(data, options)}`
      return crlf ? source.replaceAll('\n', '\r\n') : source
    })
  /** The strings of all documents, white space beside line breaks left out: folding takes it. */
  const strings = (source: string): string[] =>
    parseAllDocuments(source).flatMap((each) => {
      const data: { items: { deep: { text: string } }[] } = each.toJS()
      return data.items.map((item) => item.deep.text.replace(/[ \t]*\n[ \t]*/g, '\n').trim())
    })

  it('finds every string whatever its style, and writes untouched documents byte for byte', () => {
    fc.assert(
      fc.property(document, (source) => {
        const read = readWith(yamlAdapter, source)
        expect(brokenPromises(read)).toEqual([])
        expect(translatedWith(read, () => undefined)).toBe(source)
      }),
      { numRuns: 300 },
    )
  })

  it('is read by YAML parsers as what was written, and changes nothing else', () => {
    fc.assert(
      fc.property(document, text, fc.nat(), (source, words, pick) => {
        const read = readWith(yamlAdapter, source)
        const unit = read.units[pick % Math.max(read.units.length, 1)]
        if (unit === undefined) return
        const written = translatedWith(read, (_, id) => (id === unit.id ? words : undefined))
        const from = unit.offsets[0] ?? 0
        const behind = source.length - (unit.offsets.at(-1) ?? 0)
        expect(written.slice(0, from)).toBe(source.slice(0, from))
        expect(written.slice(written.length - behind)).toBe(source.slice(source.length - behind))
        const before = strings(source)
        const after = strings(written)
        expect(after).toHaveLength(before.length)
        const changed = after.filter((value, index) => value !== before[index])
        expect(changed.length, written).toBeLessThanOrEqual(1)
        const single = unit.escape === 'yaml-single' ? words.replace(/\n/g, ' ') : words
        expect(
          after.map((value) => value),
          written,
        ).toContainEqual(expect.stringContaining(single.trim()))
      }),
      { numRuns: 500 },
    )
  })

  it('keeps styles, indentation and chomping when it translates', () => {
    const written = translatedWith(readWith(yamlAdapter, STYLES, ALL), (old) => `X ${old}\nY`)
    const values: unknown[] = Object.values(parse(written))
    expect(values.map((value) => String(value).trim())).toEqual([
      'X One two\nY',
      'X One two\nthree\nY',
      "X It's one\ntwo\nY",
      'X é "q" joined folded\n new\nY',
      'X One\n\n  indented\ntwo\nY',
      'X One two\nthree\nY',
      'X One\nY',
      'X One\n two\nY',
    ])
    expect(written).toContain(
      'literal: |\n  X One\n\n    indented\n  two\n  Y\nfolded: >-\n\n   X One two\n\n   three',
    )
    expect(written).toContain('kept: |+\n  X One\n  Y\n\ngiven: |2-\n    X One')
  })

  it.each([
    ['a: x\n', 'no', 'a: "no"\n'],
    ['a: x\n', '2020-08-09', 'a: "2020-08-09"\n'],
    ['a: x\n', 'b: c', 'a: "b: c"\n'],
    ['a: x\n', 'b, c', 'a: b, c\n'],
    ['a: [x]\n', 'b, c', 'a: ["b, c"]\n'],
    ['a: [x]\n', 'b@c', 'a: [b@c]\n'],
    ["a: 'x'''\n", 'y', "a: 'y'\n"],
    ['a: x\n', 'b\nc', 'a: "b\\nc"\n'],
    ['a: x\n', '* b', 'a: "* b"\n'],
    ["a: 'x'\n", "it's", "a: 'it''s'\n"],
    ['a: "x"\n', 'é "q"\\', 'a: "é \\"q\\"\\\\"\n'],
    ['a: "x"\n', '\u2028\x7f', 'a: "\\u2028\\u007f"\n'],
    ['a: |\n  x\n', '  b', 'a: |\n  b\n'],
    ['a: |\r\n  x\r\n', 'b\n\nc', 'a: |\r\n  b\r\n\r\n  c\r\n'],
    ['a: >\n  x\n', 'b\n  c', 'a: >\n  b\n\n  c\n'],
    ['--- x\n', '--- b', '--- "--- b"\n'],
  ])('writes into %j the text %j', (source, translation, wanted) => {
    expect(translatedWith(readWith(yamlAdapter, source, ALL), () => translation)).toBe(wanted)
  })
})
