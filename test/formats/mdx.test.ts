import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markdownAdapter } from '../../src/formats/markdown-adapter.ts'
import { type DataDocument, readWith, translatedWith } from './data-support.ts'
import { brokenPromises, kinds, refusal, texts } from './support.ts'

function read(source: string, file = 'a.mdx'): DataDocument {
  return readWith(markdownAdapter, source, {}, file)
}

describe('readMarkdown of MDX', () => {
  it('leaves tags, expressions, imports and exports alone that stand by themselves', () => {
    const source = `---
title: Title
---

import A from './a'
export const meta = {
  title: '}',

  b: \`\${1}}\`,
}

{/* don't */}

<Note items={[1, '}']}
  title="x > y">
Some **text**.
</Note>

<>
  Indented text.
</>

> <Q>
> Quoted.
> </Q>
`
    const document = read(source)
    expect(kinds(document)).toEqual([
      'metadata: Title',
      'paragraph: Some ⟦0⟧text⟦1⟧.',
      'paragraph: Indented text.',
      'quotation: Quoted.',
    ])
    expect(translatedWith(document, (text) => text.toUpperCase())).toBe(
      source
        .replace('Title', 'TITLE')
        .replace('Some **text**', 'SOME **TEXT**')
        .replace('Indented text', 'INDENTED TEXT')
        .replace('Quoted', 'QUOTED'),
    )
  })

  it('makes codes of those in text, over several lines and in every block', () => {
    const document = read(
      '# A {#id} b\n\nOne <B c={"}"}>two *three*</B> {\n  x\n} four.\n\n> five {y}\n> <br /> six\n\n| a {z} |\n|-|\n\n- Press <code>{a}</code>\n',
    )
    expect(texts(document)).toEqual([
      'A ⟦0⟧ b',
      'One ⟦0⟧two ⟦1⟧three⟦2⟧⟦3⟧ ⟦4⟧ four.',
      'five ⟦0⟧ ⟦1⟧ six',
      'a ⟦0⟧',
      'Press ⟦0⟧',
    ])
    expect(document.units[1]?.codes.map((code) => code.data)).toEqual([
      '<B c={"}"}>',
      '*',
      '*',
      '</B>',
      '{\n  x\n}',
    ])
    expect(document.units[1]?.codes[0]?.pair).toBe(3)
    expect(brokenPromises(document)).toEqual([])
  })

  it('leaves braces in code and behind backslashes as they are', () => {
    const source = 'Say `{` and \\{a\\} b.\n\n```js\nconst a = {\n```\n\nA ` tick\n\n{x} c ` d\n'
    expect(texts(read(source))).toEqual(['Say ⟦0⟧ and {a} b.', 'A ` tick', '⟦0⟧ c ` d'])
  })

  it('takes braces and tags for text or HTML in files of other names', () => {
    expect(texts(read('A {b}\n\n<Note>c</Note>\n', 'a.md'))).toEqual(['A {b}', '⟦0⟧c⟦1⟧'])
  })

  it('writes no braces, tags or imports that were not there', () => {
    const document = read('One\n\n# Two\n\n[t](u "v")\n')
    expect(translatedWith(document, () => 'import {a} < \\b')).toBe(
      '&#105;mport \\{a\\} \\< \\b\n\n# &#105;mport \\{a\\} \\< \\b\n\n&#105;mport \\{a\\} \\< \\b\n',
    )
    expect(
      texts(
        read(
          translatedWith(document, () => 'export {a} <b> c'),
          'a.mdx',
        ),
      ),
    ).toEqual(['export {a} <b> c', 'export {a} <b> c', 'export {a} <b> c'])
  })

  it.each([
    ['x\n\nA {b', 3, 3, /brace/],
    ['A <b c="d', 1, 3, /tag/],
    ['A <b c={d', 1, 3, /tag/],
    ['A {/* b}', 1, 3, /brace/],
    ['export const a = {\n', 1, 18, /brace/],
  ])('refuses %j at line %d, column %d', (source, line, column, message) => {
    expect(refusal(() => read(source))).toEqual({
      code: 'invalid-input',
      message: expect.stringMatching(message),
      place: { file: 'a.mdx', line, column },
    })
  })

  it('keeps what readers promise, and every code, for any mixture', () => {
    const piece = fc.constantFrom(
      ...[
        'Word',
        ' ',
        '\n',
        '\n\n',
        '{a}',
        "{'}'}",
        '{/* c */}',
        '<B>',
        '</B>',
        '<C d="e" />',
        '*',
        '**',
        '`',
        '> ',
      ],
      ...[
        '- ',
        '# ',
        // With its empty line: what follows on the next line would be JavaScript, and most of this is none.
        'export const x = 1\n\n',
        '<>',
        '</>',
        '\\{',
        '<code>',
        '</code>',
        '[l](u)',
        '|',
        '\ue000',
        "don't",
      ],
    )
    const source = fc.array(piece, { minLength: 1, maxLength: 30 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(source, (mdx) => {
        const document = read(`x ${mdx}`)
        expect(brokenPromises(document)).toEqual([])
        expect(translatedWith(document, () => undefined)).toBe(document.source)
        const spans = (text: string) =>
          text.replace(/`[^`]*`/g, '').match(/\{[^{}]*\}|<\/?[BC][^<>]*>/g) ?? []
        if (/[`\\]|code|\|/.test(mdx)) return
        const written = translatedWith(document, (text) => text.replace(/Word|x/g, 'Wort'))
        expect(spans(written).toSorted(), written).toEqual(spans(document.source).toSorted())
      }),
      { numRuns: 500 },
    )
  })
})
