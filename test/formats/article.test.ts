import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extractArticle } from '../../src/formats/article.ts'
import { looksLikeWebPage } from '../../src/formats/article-signs.ts'
import { readDocument } from '../../src/formats/read.ts'
import { refusal } from './support.ts'

const NEWS = readFileSync(join(import.meta.dirname, 'fixtures/article/news.html'), 'utf8')
const OLD = readFileSync(join(import.meta.dirname, 'fixtures/article/old-page.html'), 'utf8')
const URL_OF_NEWS = 'https://post.example/2024/flood'

const PARAGRAPH =
  '<p>The water came at four in the morning, faster than anyone had expected, and by noon the bridge was gone.</p>'
const page = (body: string, head = '<title>A flood in the lower town</title>') =>
  `<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`

describe('extractArticle', () => {
  it('takes title, author, date and language of a news page', () => {
    expect(extractArticle(NEWS, { url: URL_OF_NEWS })).toMatchObject({
      title: 'River town counts its losses after the flood',
      byline: 'Mara Lindqvist',
      publishedAt: '2024-05-14T08:30:00+02:00',
      language: 'en-GB',
      words: 206,
    })
  })

  it('gives the article as a small document in the author’s own mark-up', () => {
    const { html } = extractArticle(NEWS)
    expect(html).toMatch(
      /^<article lang="en-GB">\n<h1>River town counts <em>its losses<\/em> after the flood<\/h1>\n/,
    )
    expect(html).toContain(
      '<p>The water came at four in the morning, faster than anyone in the lower town had expected,\nand by noon the <a href="/topics/old-bridge" title="The bridge">old bridge</a> was gone &mdash; a structure',
    )
    expect(html).toContain('<blockquote>\n<p>Nobody here will forget')
    expect(html).toMatch(/<ul>\n<li>the old bridge.*<\/li>\n<li>.*<\/li>\n<li>.*photographs\.<\/li>\n<\/ul>/)
    expect(html).toMatch(
      /<figure class="wp-block-image">\n<img src="\/images\/bridge.jpg" alt="[^"]+" width="800">/,
    )
    expect(html).toMatch(/<p id="fn1">1\. The gauge.*\n<\/article>\n$/)
  })

  it('leaves out navigation, cookie note, donation box, related links, newsletter and comments, and says so', () => {
    const { html, leftOut } = extractArticle(NEWS)
    expect(leftOut.map(({ what }) => what)).toEqual([
      'cookie notice',
      'header',
      'share buttons',
      'donation box',
      'related links',
      'newsletter box',
      'comments',
      'footer',
    ])
    expect(leftOut[0]?.text).toBe('We use cookies to make this site work.')
    for (const word of [
      'cookies',
      'Weather',
      'Share on',
      'donation',
      'earlier flood',
      'newsletter',
      'First!',
    ]) {
      expect(html).not.toContain(word)
    }
    expect(html).not.toMatch(/<script|<style|<form|<button|dataLayer/)
  })

  it('tells for every word of the page whether it was taken or left out', () => {
    const { html, leftOut } = extractArticle(NEWS)
    const told = `${html} ${leftOut.map(({ text }) => text).join(' ')}`
    const body = NEWS.slice(NEWS.indexOf('<body'))
    const seen = body.replace(/<(script|style|button)\b[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]*>/g, ' ')
    const words = seen.match(/[\p{L}\p{N}]{3,}/gu) ?? []
    expect(words.length).toBeGreaterThan(200)
    expect(words.filter((word) => !told.includes(word))).toEqual([])
  })

  it('makes relative links complete in a saved page that names its address, but not what was saved beside it', () => {
    const canonical = '<link rel="canonical" href="https://post.example/2024/flood">'
    const saved = NEWS.replace('<meta charset', `${canonical}<meta charset`).replace(
      'src="/images/bridge.jpg"',
      'src="./A flood_files/bridge.jpg"',
    )
    const { html } = extractArticle(saved)
    expect(html).toContain('<a href="https://post.example/topics/old-bridge" title="The bridge">')
    expect(html).toContain('<img src="./A flood_files/bridge.jpg"')
    const odd = NEWS.replace('<meta charset', '<link rel=canonical href="javascript:1"><meta charset')
    expect(extractArticle(odd).html).toContain('<a href="/topics/old-bridge"')
  })

  it('makes relative links and images complete when it knows where the page was', () => {
    const { html } = extractArticle(NEWS, { url: URL_OF_NEWS })
    expect(html).toContain(
      '<a href="https://post.example/topics/old-bridge" title="The bridge">old bridge</a>',
    )
    expect(html).toContain('<img src="https://post.example/images/bridge.jpg" alt="The bridge')
    expect(html).toContain('<a href="#fn1">')
    const elsewhere = NEWS.replace('<meta charset', '<base href="https://cdn.example/x/"><meta charset')
    expect(extractArticle(elsewhere, { url: URL_OF_NEWS }).html).toContain('src="https://cdn.example/images/')
  })

  it('takes paragraphs that an old page makes of line breaks in a table', () => {
    const { title, html, language, leftOut } = extractArticle(OLD)
    expect(title).toBe('Der Winter im Tal')
    expect(language).toBe('de')
    expect(html).toContain('Schnee bis an die Fenster,<br>\n<br>\nund niemand kam <i>mehr</i> über den Pass.')
    expect(html).not.toContain('Gästebuch')
    expect(html).not.toMatch(/<table|<td|<font/)
    expect(leftOut.some(({ text }) => text.includes('Gästebuch'))).toBe(true)
  })

  it('gives a document that the desk can read', () => {
    const document = readDocument(Buffer.from(extractArticle(NEWS).html), { format: 'html', file: 'a.html' })
    expect(document.units.map(({ kind }) => kind)).toEqual(
      'headline paragraph attribute paragraph headline paragraph list-item list-item list-item attribute caption quotation paragraph paragraph'.split(
        ' ',
      ),
    )
  })

  it('finds the title where the name of the site is a heading too', () => {
    const source = page(
      `<div><h1>The Harbour Post</h1></div><div><h2>Why it rains</h2>${PARAGRAPH.repeat(6)}</div>`,
      '<title>Why it rains - The Harbour Post</title>',
    )
    const { title, html } = extractArticle(source)
    expect(title).toBe('Why it rains')
    expect(html).toContain('<h1>Why it rains</h1>')
    expect(html).not.toContain('Harbour Post')
  })

  it('makes a heading of the title when the page shows none', () => {
    const { html } = extractArticle(
      page(`<div>${PARAGRAPH.repeat(6)}</div>`, '<title>Rain &amp; wind in the lower town today</title>'),
    )
    expect(html).toContain('<h1>Rain &amp; wind in the lower town today</h1>\n<p>')
  })

  it('believes the text where the page declares a plainly other language', () => {
    const german =
      '<p>Das Wasser kam um vier Uhr morgens, schneller als irgendjemand in der unteren Stadt erwartet hatte, und am Mittag war die alte Brücke nicht mehr da.</p>'
    expect(extractArticle(page(`<div>${german.repeat(5)}</div>`)).language).toBe('de')
    expect(extractArticle(NEWS.replace(' lang="en-GB"', '')).language).toBe('en')
    expect(extractArticle(page(`<div lang="en-AU">${PARAGRAPH.repeat(5)}</div>`)).language).toBe('en-AU')
  })

  it('believes the page where the language is one that cannot be detected', () => {
    const albanian =
      '<p>Uji erdhi në orën katër të mëngjesit, më shpejt se sa priste kushdo në qytetin e poshtëm, dhe në mesditë ura e vjetër nuk ishte më.</p>'
    const source = page(`<div>${albanian.repeat(5)}</div>`)
    expect(extractArticle(source.replace('lang="en"', 'lang="sq"')).language).toBe('sq')
  })

  it('marks an article that is written from right to left', () => {
    const arabic =
      '<p>وصلت المياه في الرابعة صباحا، أسرع مما توقع أي شخص في المدينة السفلى، وبحلول الظهر اختفى الجسر القديم.</p>'
    const source = page(`<div>${arabic.repeat(5)}</div>`).replace('lang="en"', 'lang="ar"')
    expect(extractArticle(source).html).toMatch(/^<article lang="ar" dir="rtl">/)
  })

  it.each([
    ['2020-11-03', '2020-11-03'],
    ['2020-11-03T10:00:00+0300', '2020-11-03T10:00:00+03:00'],
    ['Tue, 03 Nov 2020 10:00:00 GMT', '2020-11-03T10:00:00.000Z'],
    ['next Tuesday', null],
    ['2020-99-99', null],
  ])('reads the date %j', (said, expected) => {
    const meta = `<title>A flood</title><meta property="article:published_time" content="${said}">`
    expect(extractArticle(page(`<div>${PARAGRAPH.repeat(5)}</div>`, meta)).publishedAt).toBe(expected)
  })

  it('keeps what says “do not translate” and a passage in another language marked', () => {
    const passage = `<div lang="fr">${PARAGRAPH}</div><section translate="no">${PARAGRAPH}</section>`
    const { html } = extractArticle(page(`<div>${PARAGRAPH.repeat(5)}${passage}${PARAGRAPH}</div>`))
    expect(html).toContain(`<div lang="fr">\n${PARAGRAPH}\n</div>`)
    expect(html).toContain(`<section translate="no">\n${PARAGRAPH}\n</section>`)
  })

  it('takes scripts and frames out of the middle of a paragraph, and tells of frames', () => {
    const odd =
      '<p>One, two<script>evil()</script> and three, said the <b>harbour</b> master<style>p{}</style>, twice.</p>'
    const source = page(
      `<div>${PARAGRAPH.repeat(5)}${odd}<iframe src="https://video.example/1"></iframe></div>`,
    )
    const { html, leftOut } = extractArticle(source)
    expect(html).toContain('<p>One, two and three, said the <b>harbour</b> master, twice.</p>')
    expect(leftOut).toContainEqual({ what: 'embedded page', text: 'https://video.example/1' })
  })

  it('tells what stood around the title, but not the title, which it takes', () => {
    const top = '<header class="page-header"><h1>A flood in the lower town</h1><p>Monday edition</p></header>'
    const { html, leftOut } = extractArticle(page(`${top}<div>${PARAGRAPH.repeat(6)}</div>`))
    expect(html).toContain('<h1>A flood in the lower town</h1>')
    expect(leftOut).toEqual([{ what: 'other', text: 'Monday edition' }])
  })

  it('takes text once where tags overlap across blocks', () => {
    const odd =
      '<div>Zero, they said, <i>one and <p>two and</i> three, with commas, and words, for a paragraph.</p></div>'
    const { html } = extractArticle(page(`<div>${PARAGRAPH.repeat(6)}${odd}</div>`))
    expect(html.match(/Zero|one and|two and|three/g)).toEqual(['Zero', 'one and', 'two and', 'three'])
  })

  it('leaves alone what stands inside a sentence, except what nobody sees', () => {
    const inside = 'so <span class="share">our share</span>, <b aria-hidden="true">5 of 9</b>, is'
    const hidden = ' <span style="display:none">not seen</span>'
    const { html } = extractArticle(
      page(`<div>${PARAGRAPH.repeat(6)}<p>It rained, ${inside}${hidden} gone.</p></div>`),
    )
    expect(html).toContain(`<p>It rained, ${inside}  gone.</p>`)
  })

  it('keeps a whole page that stands in a form', () => {
    const source = page(`<form action="/"><div>${PARAGRAPH.repeat(6)}</div></form>`)
    expect(extractArticle(source).html.match(/<p>/g)).toHaveLength(6)
  })

  it.each([
    ['an empty page', ''],
    ['a page of a few words', page('<h1>Not found</h1><p>Sorry, there is nothing here.</p>')],
    [
      'a list of links',
      page(
        `<div>${'<p><a href="/x">The water came at four in the morning, faster than anyone, they say, had thought</a></p>'.repeat(20)}</div>`,
      ),
    ],
  ])('refuses %s', (_, source) => {
    expect(refusal(() => extractArticle(source, { url: URL_OF_NEWS }))).toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/no article|list of links/),
      place: { file: URL_OF_NEWS },
    })
  })

  it('takes every paragraph once and unchanged, however the page is built', () => {
    const wrapper = fc.constantFrom('div', 'section', 'article', 'main', 'center', 'span', 'x-box')
    const inline = fc.constantFrom(
      'one',
      '<b>two</b>',
      '<i>three <b>four</b></i>',
      'five &amp; six',
      '<br>',
      '“seven”',
    )
    const paragraph = fc
      .tuple(fc.array(inline, { maxLength: 5 }), fc.constantFrom('</p>', ''))
      .map(([inside, end]) => ({ inside: inside.join(' '), end }))
    const arrangement = fc.record({
      wrappers: fc.array(wrapper, { maxLength: 5 }),
      paragraphs: fc.array(paragraph, { minLength: 5, maxLength: 12 }),
    })
    fc.assert(
      fc.property(arrangement, ({ wrappers, paragraphs }) => {
        const bodies = paragraphs.map(
          ({ inside, end }, index) =>
            [
              `<p>Number ${index} says, at some length, that the water came, and that it went ${inside}.`,
              end,
            ] as const,
        )
        const open = wrappers.map((name) => `<${name}>`).join('')
        const close = wrappers
          .map((name) => `</${name}>`)
          .reverse()
          .join('')
        const { html } = extractArticle(
          page(`${open}<div>${bodies.map((body) => body.join('')).join('')}</div>${close}`),
        )
        for (const [body] of bodies) expect(html.split(body)).toHaveLength(2)
        expect(html.match(/<p>/g)?.length).toBe(html.match(/<\/p>/g)?.length)
      }),
      { numRuns: 30 },
    )
  })

  it('survives tags nested in any order', () => {
    const tag = fc.constantFrom(
      '<p>',
      '</p>',
      '<b>',
      '</b>',
      '<table>',
      '<td>',
      '</table>',
      '<ul><li>',
      '</div>',
      '<a href=x>',
      '<svg>',
      '<template>',
      '<!--',
      '<h2>',
      'text, ',
      '<form>',
      '<select>',
      '</body>',
    )
    fc.assert(
      fc.property(fc.array(tag, { maxLength: 40 }), (tags) => {
        const source = page(`<div>${PARAGRAPH.repeat(3)}${tags.join('')}${PARAGRAPH.repeat(3)}</div>`)
        const refused = refusal(() => {
          expect(extractArticle(source).html.length).toBeLessThan(source.length * 2)
        })
        if (refused !== undefined) expect(refused).toMatchObject({ code: 'invalid-input' })
      }),
      { numRuns: 60 },
    )
  })
})

describe('extractArticle, of a hostile page,', () => {
  const GUARD = { timeout: 30_000 }

  it('refuses what is too large', () => {
    expect(refusal(() => extractArticle('a'.repeat(5 * 1024 * 1024 + 1)))).toMatchObject({
      code: 'too-large',
    })
  })

  it.each([
    ['deep nesting', '<div>'.repeat(1_000_000), /nested more than 150 deep/],
    ['deep formatting', '<b>'.repeat(1_000_000), /nested more than 150 deep/],
    [
      'reopened formatting',
      '<p><b a=1><b a=2><b a=3><b a=4>'.repeat(30_000),
      /more than 20000 elements|deep/,
    ],
    ['very many elements', '<i>a</i>'.repeat(30_000), /more than 20000 elements/],
    ['much in much', `${'<div>'.repeat(140)}${'<i>a</i>'.repeat(5_000)}`, /too much in too many nested/],
    [
      'very many attributes',
      `<p ${Array.from({ length: 100_000 }, (_, index) => `a${index}`).join(' ')}>`,
      /more than 300 attributes/,
    ],
  ])('refuses %s', GUARD, (_, hostile, message) => {
    expect(refusal(() => extractArticle(page(`${PARAGRAPH.repeat(5)}${hostile}`)))).toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(message),
    })
  })

  it.each(['<', '&', '<!--', ' ', 'a, ', '</p', '<![CDATA[', '\ue000'])(
    'takes 1,000,000 characters of %j',
    GUARD,
    (piece) => {
      const source = page(`${PARAGRAPH.repeat(5)}${piece.repeat(1_000_000 / piece.length)}`)
      expect(extractArticle(source).html).toContain(PARAGRAPH)
    },
  )
})

describe('looksLikeWebPage', () => {
  it('tells a saved page from an article by itself', () => {
    expect(looksLikeWebPage(NEWS)).toBe(true)
    expect(looksLikeWebPage(extractArticle(NEWS).html)).toBe(false)
    expect(looksLikeWebPage(page(PARAGRAPH))).toBe(false)
    expect(looksLikeWebPage(page(`<header>${PARAGRAPH}</header>`, '<link rel=stylesheet href=a.css>'))).toBe(
      false,
    )
  })

  it.each(['<link ', '<meta ', 'class="', '<link rel=', '<'])(
    'is quick on a megabyte of %j',
    { timeout: 5000 },
    (piece) => {
      expect(looksLikeWebPage(`<html>${piece.repeat(1_000_000 / piece.length)}`)).toBe(false)
    },
  )
})

describe('extractArticle, quotations', () => {
  it('keep the line that says whose words they are', () => {
    const sentence =
      'The workers of the tractor plant stopped their machines and walked to the gate together. '
    const page = `<body><article><h1>Strike</h1><p>${sentence.repeat(4)}</p><blockquote><p>${sentence}</p><footer>A worker at the plant</footer></blockquote><p>${sentence.repeat(4)}</p></article><footer>All rights reserved.</footer></body>`
    const { html } = extractArticle(page)
    expect(html).toContain('<footer>A worker at the plant</footer>')
    expect(html).not.toContain('All rights')
  })
})
