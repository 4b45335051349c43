import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brokenPromises, kinds, read, texts, translated } from './support.ts'

const script = (json: string): string => `<script type="application/ld+json">${json}</script>`

/** What a search engine would read from the translated page. */
function linkedData(page: string): unknown {
  const content = /<script[^>]*>([\s\S]*?)<\/script/i.exec(page)?.[1] ?? ''
  return JSON.parse(content)
}

describe('draftJsonLd', () => {
  it('reads headlines, captions and the descriptions of articles, and nothing else', () => {
    const source = script(
      JSON.stringify({
        '@context': 'https://schema.org',
        '@graph': [
          {
            headline: 'The strike',
            '@type': 'https://schema.org/NewsArticle',
            alternativeHeadline: 'Plants stop',
            name: 'The strike, a name',
            articleBody: 'All of it',
            description: 'What happened',
            keywords: ['strike'],
            image: { '@type': 'ImageObject', caption: 'The gate', description: 'A gate', url: 'a.jpg' },
            author: { '@type': 'Person', name: 'A. Person', description: 'Writes here' },
          },
          { '@type': ['WebPage', 'AboutPage'], description: 'A page', url: 'headline' },
        ],
      }),
    )
    expect(kinds(read(source, 'html'))).toEqual([
      'metadata: The strike',
      'metadata: Plants stop',
      'metadata: What happened',
      'metadata: The gate',
      'metadata: A gate',
      'metadata: A page',
    ])
  })

  it('decodes escapes and gives each character its place', () => {
    const source = script('{"headline":"a \\"b\\" \\u00e9\\/\\ud83d\\ude42 \\n c\\ud83d \\u0001 \ue005"}')
    const document = read(source, 'html')
    expect(texts(document)).toEqual(['a "b" é/🙂 \n c⟦0⟧ ⟦1⟧ ⟦2⟧'])
    expect(brokenPromises(document)).toEqual([])
    expect(translated(document, (text) => text.replace('b', 'x'))).toBe(
      script('{"headline":"a \\"x\\" \\u00e9/\\ud83d\\ude42 \\n c\\ud83d \\u0001 \ue005"}'),
    )
  })

  it('never ends the script it stands in', () => {
    const evil = '</script><b>x</b> <!-- <script> "q" \\ & \n\t ]]> é\u2028'
    for (const old of ['x', 'été']) {
      const document = read(`<meta charset="utf-8">\r\n${script(`{"headline":"${old}"}`)}`, 'html')
      const page = translated(document, () => evil)
      expect(page.toLowerCase().split('</script>')).toHaveLength(2)
      expect(page).not.toMatch(/<!--|<b>|&/)
      expect(linkedData(page)).toEqual({ headline: evil })
    }
  })

  it('writes characters as the script does, and by number where the encoding may lack them', () => {
    const json = (text: string) => `{"headline":"${text}"}`
    const write = (source: string) => translated(read(source, 'html'), () => 'Мінск')
    expect(write(`<meta charset=utf-8>${script(json('été'))}`)).toContain('Мінск')
    expect(write(script(json('été')))).toContain('\\u041c\\u0456')
    expect(write(`<meta charset=utf-8>${script(json('x'))}`)).toContain('\\u041c\\u0456')
    const latin = Buffer.from(`<meta charset=windows-1252>${script(json('été'))}`, 'latin1')
    expect(translated(read(latin, 'html'), () => 'Мінск')).toContain('\\u041c\\u0456')
  })

  it('leaves alone what is no JSON, no linked data or not to be translated', () => {
    for (const source of [
      script('{"headline": "x",}'),
      script('<!-- {"headline": "x"} -->'),
      script('"headline"'),
      '<script>{"headline":"x"}</script>',
      '<script type="application/json">{"headline":"x"}</script>',
      '<script type="application/ld+json" translate=no>{"headline":"x"}</script>',
      `<div translate=no>${script('{"headline":"x"}')}</div>`,
      '<script type="application/ld+json">{"headline":"x"}',
      script('{"headline":["x"],"caption":{"headline":1},"@type":"Person","description":"x"}'),
    ]) {
      expect(texts(read(source, 'html')), source).toEqual([])
    }
  })

  it('gives any text back as it was written', () => {
    const anything = fc.dictionary(
      fc.constantFrom('headline', 'caption', 'name', '@type', 'x"y'),
      fc.anything(),
    )
    const page = fc.tuple(anything, fc.string({ unit: 'grapheme' }), fc.boolean())
    fc.assert(
      fc.property(page, fc.string({ unit: 'grapheme' }), ([around, headline, ascii], written) => {
        const plain = JSON.stringify({ ...around, headline: `x${headline}` })?.replace(/[<>]/g, '') ?? '{}'
        const json = ascii
          ? plain.replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
          : plain
        const document = read(`<meta charset="utf-8">${script(json)}`, 'html')
        expect(brokenPromises(document)).toEqual([])
        const page = translated(document, (text) => (text.startsWith('x') ? `x${written}` : text))
        expect(linkedData(page)).toBeTypeOf('object')
        expect(texts(read(page, 'html'))).toHaveLength(document.units.length)
      }),
    )
  })

  it.each(['[', '{"headline":', '"\\', '{"a":[', '"headline",', '\\u', '{"headline":"x"},'])(
    'takes 300,000 characters of %j',
    { timeout: 20_000 },
    (piece) => {
      const count = Math.floor(300_000 / piece.length)
      const source = script(piece.repeat(count))
      expect(brokenPromises(read(source, 'html'))).toEqual([])
      const closed = script(`[${piece.repeat(count)}0]`)
      expect(brokenPromises(read(closed, 'html'))).toEqual([])
      const deep = `{"headline":"x","a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
      expect(texts(read(script(deep), 'html'))).toEqual(['x'])
    },
  )
})
