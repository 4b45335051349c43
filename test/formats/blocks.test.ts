import fc from 'fast-check'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { parse } from 'parse5'
import { describe, expect, it } from 'vitest'
import { BLOCK_KINDS, type Block, blockText, type Span, titleOf } from '../../src/domain/block.ts'
import type { Format } from '../../src/domain/document.ts'
import { type Article, renderArticle } from '../../src/formats/block-render.ts'
import { blocksOf } from '../../src/formats/blocks.ts'
import { readDocument } from '../../src/formats/read.ts'
import { ownTime } from '../support/own-time.ts'

const article = (blocks: readonly Block[]): Article => ({
  ...{ locale: 'de', title: titleOf(blocks) ?? '', blocks, credits: '', licence: null, languages: [] },
})
const blocksIn = (format: Format, text: string) =>
  blocksOf(readDocument(new TextEncoder().encode(text), { format }).units, [])

const word = fc.string({
  unit: fc.constantFrom(...'ab1é*_`[]()<>#+-.!|~&;:"\'\\=@$ '),
  minLength: 1,
  maxLength: 12,
})
const span: fc.Arbitrary<Span> = fc.record(
  {
    text: word,
    strong: fc.constant(true as const),
    em: fc.constant(true as const),
    href: fc.constantFrom('https://example.org/a(b)?c=1&d="2"', 'mailto:a@example.org'),
  },
  { requiredKeys: ['text'] },
)
const paragraph = fc
  .array(span, { minLength: 1, maxLength: 4 })
  .map((spans): Block => ({ kind: 'paragraph', spans }))
const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim()

describe('a document’s content as blocks', () => {
  it('keeps order, emphasis and links whatever the format, and leaves images and furniture out', () => {
    const html = blocksIn(
      'html',
      '<title>T</title><h1>Head</h1><p class="lead">Lead <i>it</i></p><h2>Sub</h2><p>Go <a href=\'https://e.org/?a=1&amp;b=2\'>there</a><br>now <img src="x" alt="pic"> <code>a&lt;b</code></p><figure><figcaption>Cap</figcaption></figure><blockquote><p>Quote</p></blockquote>',
    )
    expect(html.map(({ kind }) => kind)).toEqual([
      ...['headline', 'standfirst', 'subheading', 'paragraph', 'caption', 'quotation'],
    ])
    expect(html[3]?.spans).toEqual([
      { text: 'Go ' },
      { text: 'there', href: 'https://e.org/?a=1&b=2' },
      { text: '\nnow  ' },
      { text: 'a<b', code: true },
    ])
    const markdown = blocksIn(
      'markdown',
      '# Head\n\nGo [there](https://e.org/ "t") **now** `a<b` <https://x.org/>\n',
    )
    expect(markdown[1]?.spans).toEqual([
      { text: 'Go ' },
      { text: 'there', href: 'https://e.org/' },
      { text: ' ' },
      { text: 'now', strong: true },
      { text: ' ' },
      { text: 'a<b', code: true },
      { text: ' ' },
      { text: 'https://x.org/', href: 'https://x.org/' },
    ])
  })

  it('drops addresses that lead nowhere on another page, or run code', () => {
    for (const href of [
      'javascript:alert(1)',
      '/about',
      'java&#10;script:alert(1)',
      'data:text/html,x',
      '&#106;avascript:x',
    ]) {
      const [block] = blocksIn('html', `<p>a <a href="${href}">b</a></p>`)
      expect([href, block?.spans.map(({ href: kept }) => kept)]).toEqual([href, [undefined]])
    }
  })

  it('takes linear time on hostile documents', () => {
    for (const text of [
      `<p>${'<a href='.repeat(20_000)}`,
      `<p>${'<b>'.repeat(30_000)}x`,
      `<p>${'<a href="https://e.org/">'.repeat(10_000)}x`,
    ]) {
      const started = performance.now()
      let blocks: readonly Block[] = []
      try {
        blocks = blocksIn('html', text)
      } catch {
        // The reader refuses it.
      }
      renderArticle(article(blocks), 'html')
      expect(performance.now() - started).toBeLessThan(2000)
    }
  })
})

describe('tables and pictures', () => {
  const gather = (format: Format, text: string) => {
    const document = readDocument(new TextEncoder().encode(text), { format })
    return article(blocksOf(document.units, [], document))
  }

  it('keep their rows, their empty cells and the description of the picture, from HTML', () => {
    const page = gather(
      'html',
      '<h1>H</h1><p>Before</p><figure><img src="x" title="no" alt="A yard at night"><figcaption>By night</figcaption></figure><table><tr><th>City</th><th>Held</th></tr><tr><td>Minsk</td><td></td><td>3 | 4</td></tr></table><table><tr><td>Next</td></tr></table><p>After <img src="y" alt="Icon"> it</p>',
    )
    const html = renderArticle(page, 'html')
    expect(html).toContain('<p class="image">[A yard at night]</p>\n<p class="caption">By night</p>\n')
    expect(html).toContain(
      '<table>\n<tr><td>City</td><td>Held</td></tr>\n<tr><td>Minsk</td><td></td><td>3 | 4</td></tr>\n</table>\n<table>\n<tr><td>Next</td></tr>\n</table>\n<p>After  it</p>\n<p class="image">[Icon]</p>',
    )
    expect(renderArticle(page, 'txt')).toContain('City | Held\nMinsk |  | 3 | 4\n\nNext\n\nAfter')
    const markdown = renderArticle(page, 'md')
    expect(markdown).toContain('| City | Held |  |\n| --- | --- | --- |\n| Minsk |  | 3 \\| 4 |\n')
    expect(markdown).toContain('\\[A yard at night\\]\n')
    expect(markdown).not.toContain('no')
  })

  it('keep them from Markdown, and Markdown is a table again', () => {
    const page = gather(
      'markdown',
      '# H\n\n![A yard](x.png "no") text\n\n| a | b | c |\n|---|---|---|\n| 1 | | 3 |\n\nEnd\n',
    )
    expect(renderArticle(page, 'md')).toBe(
      '# H\n\ntext\n\n\\[A yard\\]\n\n| a | b | c |\n| --- | --- | --- |\n| 1 |  | 3 |\n\nEnd\n',
    )
  })

  it('are paragraphs where nobody knows the rows, as in what an older version published', () => {
    const cells = ['a', 'b'].map((text): Block => ({ kind: 'table-cell', spans: [{ text }] }))
    expect(renderArticle(article(cells), 'txt')).toBe('a\n\nb\n')
  })

  it('take linear time', () => {
    const began = ownTime()
    gather('html', `<table>${'<tr><td>x</td></tr>'.repeat(5000)}</table>`)
    gather('markdown', `|a|\n|-|\n${'|x|\n'.repeat(5000)}`)
    expect(ownTime() - began).toBeLessThan(4000)
  })
})

describe('the renderings', () => {
  it('lose and add no words: HTML', () => {
    fc.assert(
      fc.property(fc.array(paragraph, { minLength: 1, maxLength: 3 }), (blocks) => {
        const body = renderArticle(article(blocks), 'html')
        expect(squeeze(textIn(parse(body), 'article'))).toBe(squeeze(blocks.map(blockText).join('\n')))
        expect(body).not.toMatch(
          /<(?!\/?(?:html|head|meta|title|link|body|article|p|strong|em|a|br|!doctype)\b)/,
        )
      }),
      { numRuns: 1000 },
    )
  })

  it('lose and add no words: Markdown', () => {
    fc.assert(
      fc.property(paragraph, (block) => {
        const text = renderArticle(article([block]), 'md')
        fc.pre(blockText(block) !== '')
        const { children } = fromMarkdown(text)
        expect(children.map(({ type }) => type)).toEqual(['paragraph'])
        expect(squeeze(wordsIn(children))).toBe(squeeze(blockText(block)))
      }),
      { numRuns: 1000 },
    )
  })

  it('have every kind of block', () => {
    const blocks = BLOCK_KINDS.map((kind): Block => ({ kind, spans: [{ text: `${kind} <&>` }] }))
    const html = renderArticle(article(blocks), 'html')
    const parsed = JSON.parse(renderArticle(article(blocks), 'json'))
    for (const [at, kind] of BLOCK_KINDS.entries()) {
      expect(html).toContain(`${kind} &lt;&amp;&gt;`)
      expect(renderArticle(article(blocks), 'txt')).toContain(`${kind} <&>`)
      expect(parsed.blocks[at]).toMatchObject({ type: kind, text: `${kind} <&>` })
    }
  })
})

type Leaf = { readonly type: string; readonly value?: string; readonly children?: readonly Leaf[] }

function wordsIn(nodes: readonly Leaf[]): string {
  return nodes
    .map((node) => (node.type === 'break' ? ' ' : (node.value ?? wordsIn(node.children ?? []))))
    .join('')
}

type Node = { readonly nodeName: string; readonly value?: string; readonly childNodes?: readonly Node[] }

/** The text of the element with this name. */
function textIn(root: Node, name: string): string {
  const found: Node[] = []
  const open: Node[] = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.nodeName === name) found.push(node)
    open.push(...(node.childNodes ?? []))
  }
  let text = ''
  const walk: Node[] = found.slice(0, 1)
  for (let node = walk.pop(); node !== undefined; node = walk.pop()) {
    text += node.nodeName === 'p' ? '\n' : ''
    text += node.nodeName === 'br' ? '\n' : (node.value ?? '')
    walk.push(...[...(node.childNodes ?? [])].reverse())
  }
  return text
}
