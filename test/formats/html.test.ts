import { describe, expect, it } from 'vitest'
import { escapeHtml } from '../../src/formats/html-text.ts'
import { brokenPromises, kinds, read, texts, translated } from './support.ts'

describe('readHtml', () => {
  it('collapses white space and decodes references', () => {
    expect(
      texts(read('<p> a \n\t b&nbsp;&eacute;&amp;&#8212;&#x41; &notit; &copy2 AT&T </p>', 'html')),
    ).toEqual(['a b\u00a0é&—A ¬it; ©2 AT&T'])
  })

  it('keeps wrong nesting as the source has it', () => {
    const document = read('<p><b>bold <i>both</b> italic</i> x</p>', 'html')
    expect(texts(document)).toEqual(['⟦0⟧bold ⟦1⟧both⟦2⟧ italic⟦3⟧ x'])
    expect(document.units[0]?.codes.map((code) => code.pair)).toEqual([2, 3, 0, 1])
  })

  it('shows translators few tags: nested ones as one pair, empty ones as one single', () => {
    const document = read(
      '<p>See <a href="x"><b><i>this</i></b></a><span></span> or <em><img src="a"></em></p>',
      'html',
    )
    expect(texts(document)).toEqual(['See ⟦0⟧this⟦1⟧⟦2⟧ or ⟦3⟧'])
    expect(document.units[0]?.codes.map((code) => code.data)).toEqual([
      '<a href="x"><b><i>',
      '</i></b></a>',
      '<span></span>',
      '<em><img src="a"></em>',
    ])
  })

  it('keeps tags apart that do not end together', () => {
    const document = read('<p><b><i>one</i> two</b> and <u><s></u>three</s></p>', 'html')
    expect(texts(document)).toEqual(['⟦0⟧⟦1⟧one⟦2⟧ two⟦3⟧ and ⟦4⟧⟦5⟧⟦6⟧three⟦7⟧'])
    expect(document.units[0]?.codes.map((code) => code.pair)).toEqual([3, 2, 1, 0, 6, 7, 4, 5])
  })

  it('leaves code, scripts, styles, templates and translate="no" alone', () => {
    const source =
      '<style>a</style><script>"<p>b</p>"</script><template><p>c</p></template>' +
      '<div class="notranslate"><p>d</p></div><p>Use <kbd>e</kbd> and <b translate=no>f <i>g</i></b> here</p>' +
      '<pre class="highlight">h</pre><textarea>i</textarea><p translate="no" title="j">k</p>'
    expect(texts(read(source, 'html'))).toEqual(['Use ⟦0⟧ and ⟦1⟧ here'])
  })

  it('closes what is left open at the end of its block', () => {
    expect(texts(read('<p>Use <code>x</p><p>Next</p><div translate=no><p>No</div><p>Yes', 'html'))).toEqual([
      'Use ⟦0⟧',
      'Next',
      'Yes',
    ])
  })

  it('ends translate="no" where its element ends, with or without an end tag', () => {
    expect(texts(read('<p translate=no>No<p>Yes<ul><li translate=no>No<li>Yes</ul>', 'html'))).toEqual([
      'Yes',
      'Yes',
    ])
  })

  it('reads footnote marks as single codes', () => {
    const document = read(
      '<p>OMON<sup><a href="#n2">[2]</a></sup> came, see <a href="#top">top</a>.</p>',
      'html',
    )
    expect(texts(document)).toEqual(['OMON⟦0⟧ came, see ⟦1⟧top⟦2⟧.'])
    expect(document.units[0]?.codes[0]?.type).toBe('note')
  })

  it('makes paragraphs of two line breaks in a row', () => {
    expect(texts(read('<div>One<br>line<br> <br>Two</div>', 'html'))).toEqual(['One⟦0⟧line', 'Two'])
  })

  it('keeps white space in pre, and only there', () => {
    expect(texts(read('<pre>\na\r\n  b</pre><pre><code>no</code></pre><p>c\n d</p>', 'html'))).toEqual([
      'a\n  b',
      'c d',
    ])
  })

  it('finds attributes with every kind of quotes', () => {
    const source = `<img alt="A &quot;b&quot;" src=x><img ALT = 'It&#39;s' ><img alt=C&amp;D><input type=submit value=Go title="">`
    expect(kinds(read(source, 'html'))).toEqual([
      'attribute: A "b"',
      "attribute: It's",
      'attribute: C&D',
      'attribute: Go',
    ])
  })

  it('does not decode a reference that runs on in an attribute', () => {
    expect(texts(read('<p title="a&copy=b &copy; &copyx">x</p>', 'html'))).toEqual(
      ['x', 'a&copy=b © &copyx'].reverse(),
    )
  })

  it('treats SVG and MathML as one code and finds the end of an unclosed one', () => {
    const source =
      '<p>An <svg><title>t</title><style><p>x</style></svg> icon</p><p>Sum <math><mi>x</mi></math></p>'
    expect(texts(read('<p>An <svg><title>t</title><text>x</text></svg> icon</p>', 'html'))).toEqual([
      'An ⟦0⟧ icon',
    ])
    expect(texts(read(source, 'html'))).toContain('Sum ⟦0⟧')
    expect(texts(read('<p>A <svg><style></svg> sign</p>', 'html'))).toEqual(['A ⟦0⟧ sign'])
    expect(texts(read('<p>Open <svg><g><p>Next</p>', 'html'))).toEqual(['Open ⟦0⟧', 'Next'])
  })

  it('reads a title as text, whatever it looks like', () => {
    expect(kinds(read('<title>a <b> &lt; c</title><p>x</p>', 'html'))).toEqual([
      'metadata: a <b> < c',
      'paragraph: x',
    ])
  })

  it('ignores a tag that the end of the file cuts off', () => {
    expect(texts(read('<p>Text <a href="x', 'html'))).toEqual(['Text'])
    expect(texts(read('<p>a </> b</p>', 'html'))).toEqual(['a ⟦0⟧ b'])
  })

  it('makes a code of characters that codes or XML cannot carry', () => {
    const document = read('<p>a\ue005b&#1;c&#xE000;d</p>', 'html')
    expect(texts(document)).toEqual(['a⟦0⟧b⟦1⟧c⟦2⟧d'])
    expect(document.units[0]?.codes.map((code) => code.equiv)).toEqual(['\ue005', '\u0001', '\ue000'])
    expect(brokenPromises(document)).toEqual([])
  })
})

describe('escapeHtml', () => {
  it.each([
    ['text', `a & b < c > "d"`, 'a &amp; b &lt; c &gt; "d"'],
    ['double', `a & "b" 'c' <`, `a &amp; &quot;b&quot; 'c' <`],
    ['single', `a & "b" 'c' <`, `a &amp; "b" &#39;c&#39; <`],
    ['unquoted', 'a b>', 'a&#32;b&gt;'],
    ['text-nbsp', '5\u00a0€', '5&nbsp;€'],
    ['text', '5\u00a0€', '5\u00a0€'],
  ])('escapes for %s only what must be', (mode, text, escaped) => {
    expect(escapeHtml(text, mode)).toBe(escaped)
  })

  it('gives text with mark-up characters back as text', () => {
    const text = `1 < 2 & "q" 'r' <b>x</b> &amp; &lt; a=b \`c\``
    for (const source of ['<p>x</p>', '<img alt="x">', "<img alt='x'>", '<img alt=x>', '<title>x</title>']) {
      expect(
        texts(
          read(
            translated(read(source, 'html'), () => text),
            'html',
          ),
        ),
        source,
      ).toEqual([text])
    }
  })
})
