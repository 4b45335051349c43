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
      '<pre class="highlight">h</pre><iframe>i</iframe><p translate="no" title="j">k</p>'
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
      '<p>An <svg><title>t</title><style><p>x</style></svg> icon</p><p>Sum <math><mtext>x</mtext></math></p>'
    expect(texts(read('<p>An <svg><path d="M0 0"/></svg> icon</p>', 'html'))).toEqual(['An ⟦0⟧ icon'])
    expect(texts(read(source, 'html'))).toContain('Sum ⟦0⟧')
    expect(
      texts(read('<p>Sum <math alttext="a"><mtext>x</mtext><title>t</title></math></p>', 'html')),
    ).toEqual(['Sum ⟦0⟧'])
    expect(texts(read('<p>A <svg><style></svg> sign</p>', 'html'))).toEqual(['A ⟦0⟧ sign'])
    expect(texts(read('<p>Open <svg><g><p>Next</p>', 'html'))).toEqual(['Open ⟦0⟧', 'Next'])
  })

  it('reads the titles, descriptions and lettering of an inline SVG, and its aria-label', () => {
    const source =
      '<figure><svg role="img" aria-label="Turnout"><title>Turnout by <i>region</i></title><g title="x"><desc>Six bars</desc>' +
      '<text x=1>Minsk <tspan dy="2">city</tspan><tspan/> 84 %</text><text>–</text></g></svg></figure>'
    const document = read(source, 'html')
    expect(kinds(document)).toEqual([
      'attribute: Turnout',
      'caption: Turnout by ⟦0⟧region⟦1⟧',
      'caption: Six bars',
      'caption: Minsk ⟦0⟧city⟦1⟧⟦2⟧ 84 %',
    ])
    expect(translated(document, (text) => text.toUpperCase())).toBe(
      source
        .replace('"Turnout"', '"TURNOUT"')
        .replace('Turnout by <i>region', 'TURNOUT BY <i>REGION')
        .replace('Six bars', 'SIX BARS')
        .replace('Minsk <tspan dy="2">city', 'MINSK <tspan dy="2">CITY'),
    )
  })

  it('translates what is inside an SVG that stands in a sentence, with the sentence', () => {
    const source = '<p>An <svg><title>icon</title></svg> here</p>'
    expect(translated(read(source, 'html'), (text) => text.replace(/[a-z]+/g, 'w'))).toBe(
      '<p>Aw <svg><title>w</title></svg> w</p>',
    )
  })

  it('leaves alone in an SVG what is marked so, foreign content and CDATA sections', () => {
    const source =
      '<svg><g translate="no"><g><text>a</text></g><text>b</text></g><text translate=no>c</text>' +
      '<text>d <![CDATA[< e]]></text><foreignObject><p>f</p></foreignObject><text>g <tspan translate=no>h</tspan></text></svg>' +
      '<svg translate="no"><title>i</title></svg><div class="notranslate"><svg><title>j</title></svg></div>'
    expect(texts(read(source, 'html'))).toEqual(['g ⟦0⟧'])
    expect(texts(read('<svg><text/><desc>k</desc></svg>', 'html'))).toEqual(['k'])
    expect(texts(read('<svg><text>a <text>b</text> c</text></svg>', 'html'))).toEqual(['a ⟦0⟧b⟦1⟧ c'])
    expect(texts(read('<svg><text>open <tspan>text<p>Next</p>', 'html'))).toEqual(['open ⟦0⟧text', 'Next'])
  })

  it('takes the word of its-translate, and of translate before it', () => {
    const source =
      '<p its-translate="no">a</p><div its-translate=no><p its-translate="yes">b</p></div>' +
      '<p translate=yes its-translate=no>c <i its-translate="NO">d</i></p><p its-term=yes its-loc-note="e">f</p>'
    expect(texts(read(source, 'html'))).toEqual(['b', 'c ⟦0⟧', 'f'])
  })

  it('takes the word of its-within-text on what ends a text', () => {
    const source =
      '<div>One <div its-within-text="yes">and <div>two</div></div> three <span its-within-text=no>apart</span> four</div>'
    expect(texts(read(source, 'html'))).toEqual(['One ⟦0⟧and', 'two', '⟦0⟧ three', 'apart', 'four'])
    const nested = '<p>A note<span its-within-text="nested">on it</span> here</p>'
    expect(texts(read(nested, 'html'))).toEqual(['A note⟦0⟧on it⟦1⟧ here'])
    const stray = '<div><code its-within-text=no>x</code> a</code> b</div>'
    expect(texts(read(stray, 'html'))).toEqual(['a⟦0⟧ b'])
    const left = '<div>x <code its-within-text=no>y</code> z <code>v</code> w</div>'
    expect(texts(read(left, 'html'))).toEqual(['x', 'z ⟦0⟧ w'])
  })

  it('reads templates that browsers show, and no others', () => {
    const source =
      '<x-card><template shadowrootmode="open"><p>Shown</p></template>Slot</x-card><template><p>Hidden</p></template>'
    expect(texts(read(source, 'html'))).toEqual(['Shown', 'Slot⟦0⟧'])
  })

  it('takes custom elements as part of the sentence unless they hold blocks', () => {
    expect(texts(read('<p>Due <x-date>today</x-date> or so</p>', 'html'))).toEqual(['Due ⟦0⟧today⟦1⟧ or so'])
    expect(texts(read('<x-page>Before<x-card><p>One</p></x-card>After</x-page>', 'html'))).toEqual([
      '⟦0⟧Before⟦1⟧',
      'One',
      '⟦0⟧After⟦1⟧',
    ])
  })

  it('leaves comments alone, conditional ones too, and reads what those reveal', () => {
    const source =
      '<!--[if IE]><p>No</p><![endif]--><![if !IE]><p>Yes<!-- c --></p><![endif]><!--[if !mso]><!--><p>Too</p><!--<![endif]-->'
    expect(texts(read(source, 'html'))).toEqual(['Yes', 'Too'])
  })

  it('reads a field’s first text unless it is mark-up to copy', () => {
    const source =
      '<textarea>\nDear Minister,\n  free &lt;them&gt;</textarea><textarea> &lt;iframe></textarea><textarea><b>x</textarea>'
    const document = read(source, 'html')
    expect(texts(document)).toEqual(['Dear Minister,\n  free <them>'])
    expect(translated(document, (text) => `${text} & </textarea>`)).toBe(
      source.replace('them&gt;', 'them&gt; &amp; &lt;/textarea&gt;'),
    )
  })

  it('reads details, definition lists, choices, tracks and what stands in for scripts and films', () => {
    const source =
      '<details><summary>More</summary>Text</details><dl><dt>OMON<dd>Police</dl><label>Town <select><option label="Mi">Minsk' +
      '<option>Brest</select></label><video><track label="Deutsch" src=a>No film</video><noscript>No script</noscript>' +
      '<iframe src=x title="Map">No frame</iframe><input type=reset value=Clear><input value=Typed>'
    expect(kinds(read(source, 'html'))).toEqual([
      'paragraph: More',
      'paragraph: Text',
      'list-item: OMON',
      'list-item: Police',
      'paragraph: ⟦0⟧Town',
      'attribute: Mi',
      'list-item: Minsk',
      'list-item: Brest',
      'attribute: Deutsch',
      'paragraph: No film',
      'paragraph: No script',
      'attribute: Map',
      'attribute: Clear',
    ])
  })

  it('keeps places to break a word', () => {
    const source = '<p>Donau<wbr>dampf&shy;schiff over</p>'
    const document = read(source, 'html')
    expect(texts(document)).toEqual(['Donau⟦0⟧dampf\u00adschiff over'])
    expect(translated(document, (text) => text.replace('over', 'ü\u00adber'))).toBe(
      source.replace('over', 'ü&shy;ber'),
    )
  })

  it('keeps quotations in another language in their sentence, with their lang', () => {
    const document = read('<p>He said <q lang="fr">non</q> and <q lang=be translate=no>не</q>.</p>', 'html')
    expect(texts(document)).toEqual(['He said ⟦0⟧non⟦1⟧ and ⟦2⟧.'])
    expect(document.units[0]?.codes[0]?.data).toBe('<q lang="fr">')
  })

  it('reads of meta elements only those whose content is prose', () => {
    const source =
      '<meta name=description content=A><meta property="og:title" content=B><meta property="og:description" content=C>' +
      '<meta name="twitter:title" content=D><meta name="twitter:description" content=E><meta name=author content=F>' +
      '<meta property="og:site_name" content=G><meta name=viewport content=width><p aria-label=H aria-description=I>–</p>'
    expect(texts(read(source, 'html')).join('')).toBe('ABCDEHI')
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
    ['double-nbsp-shy', '5\u00a0€ "a\u00adb', '5&nbsp;€ &quot;a&shy;b'],
    ['single-shy', '5\u00a0€ a\u00adb', '5\u00a0€ a&shy;b'],
  ])('escapes for %s only what must be', (mode, text, escaped) => {
    expect(escapeHtml(text, mode)).toBe(escaped)
  })

  it('gives text with mark-up characters back as text', () => {
    const text = `1 < 2 & "q" 'r' <b>x</b> &amp; &lt; a=b \`c\``
    for (const source of [
      '<p>x</p>',
      '<img alt="x">',
      "<img alt='x'>",
      '<img alt=x>',
      '<title>x</title>',
      '<svg><text>x</text></svg>',
      '<textarea>x</textarea>',
    ]) {
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
