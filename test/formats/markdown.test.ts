import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'
import { markdownAdapter } from '../../src/formats/markdown-adapter.ts'
import { escapeMarkdown } from '../../src/formats/markdown-escape.ts'
import { readWith } from './data-support.ts'
import { brokenPromises, kinds, read, texts, translated } from './support.ts'

describe('readMarkdown', () => {
  it('decodes escapes and references and joins lines behind their marks', () => {
    expect(texts(read('> - a \\* b &eacute; \\\\ &copy\n>   c\n>   d\n', 'markdown'))).toEqual([
      'a * b é \\ &copy c d',
    ])
  })

  it('reads lazy lines and lines that begin with a quoted sign', () => {
    expect(texts(read('> one\ntwo\n>     > three\n', 'markdown'))).toEqual(['one two > three'])
  })

  it('gives white space before a line break to the break, not to a code', () => {
    const [unit] = read('Use `a` \nnow\n', 'markdown').units
    expect(unit?.codes.map((code) => code.data)).toEqual(['`a`'])
    expect(unit?.text).toBe('Use \ue000 now')
  })

  it('leaves code blocks, link targets and front matter of other kinds alone', () => {
    const source = '+++\ntitle = 5\n+++\n\n    indented\n\n```\nfenced\n```\n\n[a](http://b)\n'
    expect(texts(read(source, 'markdown'))).toEqual(['⟦0⟧a⟦1⟧'])
  })

  it('reads chosen keys of front matter however they are quoted', () => {
    const source = `---\ntitle: A: no\ntitle2: x\nsummary: 'It''s'\ndescription: "\\u00e9 \\"q\\""\ntags: [a]\n---\n\ntext\n`
    expect(texts(read(source.replace('A: no', 'A b'), 'markdown'))).toEqual(['A b', "It's", 'é "q"', 'text'])
  })

  it('leaves front matter alone that is no YAML or TOML, and numbers', () => {
    expect(texts(read('---\ntitle: [\n---\n\ntext\n', 'markdown'))).toEqual(['text'])
    expect(texts(read('---\ntitle: 2020\n---\n\ntext\n', 'markdown'))).toEqual(['text'])
    expect(texts(read('+++\ntitle = "a\n+++\n\ntext\n', 'markdown'))).toEqual(['text'])
  })

  it('reads block scalars and values on several lines, and writes them in their style', () => {
    const source = '---\nsummary: |\n  a\n  b\ndescription: >-\n  c\n  d\ntitle: e\n  f\n---\n\ntext\n'
    const document = read(source, 'markdown')
    expect(texts(document)).toEqual(['a\nb', 'c d', 'e f', 'text'])
    expect(translated(document, (text) => text.toUpperCase())).toBe(
      '---\nsummary: |\n  A\n  B\ndescription: >-\n  C D\ntitle: E F\n---\n\nTEXT\n',
    )
  })

  it('reads the same keys of TOML front matter', () => {
    const source = `+++
title = "A \\"b\\" \\u00e9" # "no"
"summary" = 'lit \\ c'
tags = ["title", """
title = "no"
"""]
description = """several
lines"""
[params]
title = "no"
[[again]]
summary = "lit \\\\ c"
+++

text
`
    const document = read(source, 'markdown')
    expect(kinds(document)).toEqual(['metadata: A "b" é', 'metadata: lit \\ c', 'paragraph: text'])
    expect(translated(document, (text) => `${text} "it's" \\`)).toBe(
      source
        .replace('\\u00e9"', 'é \\"it\'s\\" \\\\"')
        .replace("c'", 'c "it’s" \\\'')
        .replace(/text\n$/, 'text "it\'s" \\\\\n'),
    )
  })

  it('reads the front matter values that the settings choose, and no other', () => {
    const yaml = '---\ntitle: no\nseo:\n  title: one\nauthors:\n- bio: two\n---\n\ntext\n'
    const toml = '+++\ntitle = "no"\n[seo]\ntitle = "one"\n[[authors]]\nbio = "left"\n+++\n\ntext\n'
    const settings = { paths: ['seo.title', 'authors.*.bio'] }
    expect(texts(readWith(markdownAdapter, yaml, settings))).toEqual(['one', 'two', 'text'])
    expect(texts(readWith(markdownAdapter, toml, settings))).toEqual(['one', 'text'])
    expect(texts(readWith(markdownAdapter, yaml, { paths: [] }))).toEqual(['text'])
  })

  it('quotes a plain value only when its translation needs it', () => {
    const document = read('---\ntitle: Strike\n---\n\nx\n', 'markdown')
    expect(translated(document, () => 'Streik')).toContain('title: Streik\n')
    expect(translated(document, () => 'Streik: Tag 2')).toContain('title: "Streik: Tag 2"\n')
    expect(translated(document, () => 'yes # "no"')).toContain('title: "yes # \\"no\\""\n')
    expect(translated(document, () => '2020')).toContain('title: "2020"\n')
  })

  it('reads HTML blocks with the HTML reader, inside quotations and lists too', () => {
    const source =
      '<div>\n<p>One <b>two</b></p>\n</div>\n\n> <p>three <i\n> class="x">four</i>\n> five</p>\n\n- <div title="six">\n  seven\n  </div>\n'
    const document = read(source, 'markdown')
    expect(texts(document)).toEqual(['One ⟦0⟧two⟦1⟧', 'three ⟦0⟧four⟦1⟧ five', 'six', 'seven'])
    expect(brokenPromises(document)).toEqual([])
    expect(translated(document, (text) => `${text} & <`)).toBe(
      '<div>\n<p>One <b>two</b> &amp; &lt;</p>\n</div>\n\n> <p>three <i\n> class="x">four</i> five &amp; &lt;</p>\n\n' +
        '- <div title="six &amp; <">\n  seven &amp; &lt;\n  </div>\n',
    )
  })

  it('makes one code of inline HTML that is not to be translated', () => {
    expect(
      texts(read('Press <kbd>Ctrl *x*</kbd> or <b class="notranslate">no</b> <code>open\n', 'markdown')),
    ).toEqual(['Press ⟦0⟧ or ⟦1⟧ ⟦2⟧open'])
  })

  it('translates titles and alternative texts inside their codes', () => {
    const document = read('A [![pic](a.png "tip")](b "over") z\n\n[r]: u (note)\n', 'markdown')
    expect(kinds(document)).toEqual([
      'paragraph: A ⟦0⟧ z',
      'attribute: pic',
      'attribute: tip',
      'attribute: over',
      'attribute: note',
    ])
    expect(translated(document, (text) => text.toUpperCase())).toBe(
      'A [![PIC](a.png "TIP")](b "OVER") Z\n\n[r]: u (NOTE)\n',
    )
  })

  it('names the target of a reference whose text is translated', () => {
    const document = read('See [the *union*][] and [it].\n\n[the *union*]: u\n[it]: v\n', 'markdown')
    expect(translated(document, (text) => text.replace('union', 'Bund').replace('it', 'es'))).toBe(
      'See [the *Bund*][the *union*] and [es][it].\n\n[the *union*]: u\n[it]: v\n',
    )
  })
})

/** What CommonMark takes for text, by the parser itself; `Type[` tells blocks apart. */
function plain(markdown: string): string {
  const options = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }
  const waiting: unknown[] = [fromMarkdown(markdown, options)]
  let text = ''
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node !== 'object' || node === null || !('type' in node)) continue
    if (node.type !== 'text') text += `${String(node.type)}[`
    else if ('value' in node) text += String(node.value)
    if ('children' in node && Array.isArray(node.children)) waiting.push(...node.children.toReversed())
  }
  return text
}

describe('escapeMarkdown', () => {
  it.each([
    'a * b *c* _d_ snake_case __init__ `e` ~f~ ~~g~~',
    '[h](i) ![j](k) [l] [^1] <b>m</b> <!-- n --> 1 < 2 &amp; &copy; AT&T',
    '# no heading',
    '###### no',
    '- no list',
    '+ no',
    '1. no list',
    '23) no',
    '> no quotation',
    '---',
    '- - -',
    '***',
    '* x',
    '=== ',
    'back\\slash \\* end\\',
    '| a | b |',
    '```js',
    '~~~',
    '    indented',
    'ends with #',
    'Hello!',
    '_',
    'http no link: example',
    '5 * 3 = 15, 10 % of 2_000, C# and F#.',
  ])('gives %j back as text in every place', (text) => {
    const wanted = text.trim()
    for (const source of [
      'x\n',
      '# x\n',
      'x\n===\n',
      '- x\n',
      '> x\n',
      '|x|\n|-|\n',
      '1. x\n',
      '[x](u)\n',
      '**x** y\n',
    ]) {
      const written = translated(read(source, 'markdown'), (old) => old.replace('x', wanted))
      expect(plain(written), written).toBe(plain(source).replace('x', wanted))
    }
  })

  it('adds no backslash where none is needed', () => {
    const text = 'On 3.5. Mr. Lee (58) said: “5 * 3 – 2_000!” A-B, x = y; C# & D + 1) #tag'
    expect(escapeMarkdown(text, 'text')).toBe(text)
  })

  it('keeps titles and alternative texts whole', () => {
    const text = 'a "b" (c) \'d\' \\ [e] &amp;'
    for (const source of ['[x](u "y")\n', "[x](u 'y')\n", '[x](u (y))\n', '![y](u) x\n']) {
      const written = translated(read(source, 'markdown'), (old) => old.replace('y', text))
      expect(texts(read(written, 'markdown')), written).toContain(text)
    }
  })
})
