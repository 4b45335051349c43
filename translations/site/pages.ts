import { directionOf } from '../../src/domain/locale.ts'
import { endonymOf } from '../../src/domain/publication.ts'
import { escapeHtml } from '../../src/formats/block-text.ts'
import type { Page, Withdrawn } from './read.ts'
import { wordsFor } from './words.ts'

export type Site = {
  readonly name: string
  /** Where it will stand, without a slash at the end. */
  readonly base: string
  readonly locales: readonly string[]
  readonly pages: readonly Page[]
}

type Frame = {
  readonly locale: string
  readonly title: string
  /** Of this page, from the site's root: `de/strike.html`. */
  readonly path: string
  /** The same in other languages, this one among them. */
  readonly others: readonly { readonly locale: string; readonly path: string }[]
  readonly main: string
  readonly head?: string
}

const e = escapeHtml
const encode = (path: string) => path.split('/').map(encodeURIComponent).join('/')

/** Pages stand in folders of one level: the root is one up, but for the first page. */
function frame(site: Site, { locale, title, path, others, main, head = '' }: Frame): string {
  const { words, lang } = wordsFor(locale)
  const up = path.includes('/') ? '../' : ''
  const alternates = others.map(
    (other) =>
      `<link rel="alternate" hreflang="${e(other.locale)}" href="${e(`${site.base}/${encode(other.path)}`)}">\n`,
  )
  const links = others.map((other) => {
    const here = other.locale === locale ? ' aria-current="page"' : ''
    const tag = e(other.locale)
    return `<li><a href="${up}${e(encode(other.path))}" lang="${tag}" hreflang="${tag}" dir="${directionOf(other.locale)}"${here}>${e(endonymOf(other.locale))}</a></li>`
  })
  return `<!doctype html>
<html lang="${e(locale)}" dir="${directionOf(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self'">
<title>${e(title)} · ${e(site.name)}</title>
<link rel="stylesheet" href="${up}style.css">
<link rel="canonical" href="${e(`${site.base}/${encode(path)}`)}">
<link rel="alternate" type="application/atom+xml" hreflang="${e(locale)}" title="${e(`${site.name}: ${endonymOf(locale)}`)}" href="${up}${e(locale)}/feed.atom">
${alternates.join('')}${head}</head>
<body>
<header class="top">
<a class="name" href="${up}${e(locale)}/index.html">${e(site.name)}</a>
<nav aria-label="${e(words.languages)}"><ul class="languages">${links.join('')}</ul></nav>
</header>
<main>
${main}</main>
<footer class="bottom" lang="${e(lang)}" dir="${directionOf(lang)}"><a href="${up}${e(locale)}/feed.atom">${e(words.feed)}</a></footer>
</body>
</html>
`
}

/** One article. Its switcher leads to the same article in its other languages. */
export function articlePage(site: Site, page: Page): string {
  const { slug, locale, credits, licence } = page
  const { words, lang } = wordsFor(locale)
  const others = site.pages
    .filter((other) => other.slug === slug)
    .map((other) => ({ locale: other.locale, path: `${other.locale}/${slug}.html` }))
  const date = page.approvedAt?.slice(0, 10)
  const time =
    date === undefined
      ? ''
      : `<p class="date"><time datetime="${e(date)}">${e(dateIn(locale, date))}</time></p>\n`
  // The line of credits is in English, whatever the page.
  const signature = [credits, licence ?? '']
    .filter((line) => line !== '')
    .map((line) => `<p><span lang="en" dir="ltr">${e(line)}</span></p>\n`)
  const proof = `<p lang="${e(lang)}" dir="${directionOf(lang)}"><a href="${encodeURIComponent(slug)}.json" hreflang="en" type="application/json">${e(words.proof)}</a></p>\n`
  return frame(site, {
    ...{ locale, others, title: page.title, path: `${locale}/${slug}.html` },
    main: `<article>\n${page.html}</article>\n<aside class="credits">\n${time}${signature.join('')}${proof}</aside>\n`,
  })
}

/** What stands where a withdrawn article was: it is kept out of search engines. */
export function withdrawnPage(site: Site, locale: string, { slug, notice, notices }: Withdrawn): string {
  const { words, lang } = wordsFor(locale)
  const translated = notices[locale]
  const others = site.locales.map((other) => ({ locale: other, path: `${other}/${slug}.html` }))
  return frame(site, {
    ...{ locale, others, title: words.withdrawn, path: `${locale}/${slug}.html` },
    head: '<meta name="robots" content="noindex">\n',
    main: `<article class="withdrawn">
<h1 lang="${e(lang)}" dir="${directionOf(lang)}">${e(words.withdrawn)}</h1>
<p${translated === undefined ? ' lang="" dir="auto"' : ''}>${e(translated ?? notice)}</p>
</article>
`,
  })
}

/** All articles of one language, the newest first. */
export function listPage(site: Site, locale: string): string {
  const { words, lang } = wordsFor(locale)
  const items = newest(site.pages.filter((page) => page.locale === locale)).map((page) => {
    const others = site.pages.filter((other) => other.slug === page.slug && other.locale !== locale)
    const links = others.map(
      (other) =>
        `<a href="../${e(encode(`${other.locale}/${other.slug}.html`))}" lang="${e(other.locale)}" hreflang="${e(other.locale)}" dir="${e(other.direction)}">${e(other.language)}</a>`,
    )
    const also =
      links.length === 0
        ? ''
        : `<p class="also"><span lang="${e(lang)}">${e(words.alsoIn)}</span> ${links.join(' ')}</p>`
    return `<li><h2><a href="${encodeURIComponent(page.slug)}.html">${e(page.title)}</a></h2>${also}</li>\n`
  })
  return frame(site, {
    ...{ locale, title: words.articles, path: `${locale}/index.html` },
    others: site.locales.map((other) => ({ locale: other, path: `${other}/index.html` })),
    main: `<h1 class="list-title" lang="${e(lang)}" dir="${directionOf(lang)}">${e(words.articles)}</h1>\n<ul class="list">\n${items.join('')}</ul>\n`,
  })
}

/** The first page: which languages there are. */
export function firstPage(site: Site): string {
  const items = site.locales.map((locale) => {
    const tag = e(locale)
    return `<li><a href="${tag}/index.html" lang="${tag}" hreflang="${tag}" dir="${directionOf(locale)}">${e(endonymOf(locale))}</a></li>\n`
  })
  return frame(site, {
    ...{ locale: site.locales[0] ?? 'en', title: site.name, path: 'index.html' },
    others: site.locales.map((other) => ({ locale: other, path: `${other}/index.html` })),
    main: `<h1>${e(site.name)}</h1>\n<ul class="choices">\n${items.join('')}</ul>\n`,
  })
}

export function newest(pages: readonly Page[]): readonly Page[] {
  return pages.toSorted(
    (a, b) => (b.approvedAt ?? '').localeCompare(a.approvedAt ?? '') || a.slug.localeCompare(b.slug),
  )
}

function dateIn(locale: string, day: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day))
}
