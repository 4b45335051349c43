import { type Block, blockText, type Span, titleOf } from '../domain/block.ts'
import type { CorrectionLine } from '../domain/correction.ts'
import { directionOf } from '../domain/locale.ts'
import { renderMarkdown } from './block-markdown.ts'
import { type BlockTable, gatherTables } from './block-table.ts'
import { escapeHtml } from './block-text.ts'

/** A finished article, ready to be written in any of the renderings. */
export type Article = {
  readonly locale: string
  readonly title: string
  readonly blocks: readonly Block[]
  readonly credits: string
  readonly licence: string | null
  /** What readers are told of corrections, oldest first. */
  readonly corrections?: readonly CorrectionLine[]
  /** The edition's languages, this one and the source among them, each with an absolute or root-relative address. */
  readonly languages: readonly { readonly hreflang: string; readonly href: string }[]
}

export const RENDERINGS = ['html', 'md', 'txt', 'json'] as const
export type Rendering = (typeof RENDERINGS)[number]

export const RENDERING_TYPES: Readonly<Record<Rendering, string>> = {
  html: 'text/html; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  json: 'application/json; charset=utf-8',
}

/** The article as text of one rendering. The same article gives the same characters. */
export function renderArticle(article: Article, as: Rendering): string {
  switch (as) {
    case 'html':
      return renderHtml(article)
    case 'md':
      return renderMarkdown([...article.blocks, ...correctionBlocks(article)])
    case 'txt':
      return renderText([...article.blocks, ...correctionBlocks(article)])
    case 'json':
      return renderJson(article)
  }
}

function renderHtml(article: Article): string {
  const { locale, languages, credits, licence } = article
  const links = languages.map(
    ({ hreflang, href }) =>
      `<link rel="alternate" hreflang="${escapeHtml(hreflang)}" href="${escapeHtml(href)}">\n`,
  )
  const signature = [credits, licence ?? '']
    .filter((line) => line !== '')
    .map((line) => `<p>${escapeHtml(line)}</p>\n`)
  return `<!doctype html>
<html lang="${escapeHtml(locale)}" dir="${directionOf(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(article.title)}</title>
${links.join('')}</head>
<body>
<article>
${renderBody(article.blocks)}${renderCorrections(article)}</article>
${signature.length === 0 ? '' : `<footer lang="en" dir="ltr">\n${signature.join('')}</footer>\n`}</body>
</html>
`
}

/** Readers' notes as HTML; '' where there are none. A note that is not in the page's language says which it is in. */
export function renderCorrections({
  corrections = [],
  locale,
}: Pick<Article, 'corrections' | 'locale'>): string {
  return corrections
    .map(({ lead, note, noteLocale, at }) => {
      const tag = escapeHtml(noteLocale)
      const text = escapeHtml(note).replaceAll('\n', '<br>')
      const foreign = `<span lang="${tag}" dir="${directionOf(noteLocale)}">${text}</span>`
      const shown = noteLocale === locale ? text : foreign
      return `<p class="correction"><time datetime="${escapeHtml(at)}">${escapeHtml(lead.trimEnd())}</time> ${shown}</p>\n`
    })
    .join('')
}

function correctionBlocks({ corrections = [] }: Article): readonly Block[] {
  return corrections.map(({ lead, note }) => ({ kind: 'paragraph', spans: [{ text: lead + note }] }))
}

/** The blocks as HTML without a page around them: for feeds and for sites with pages of their own. */
export function renderBody(blocks: readonly Block[]): string {
  let html = ''
  let inList = false
  for (const block of gatherTables(blocks)) {
    const item = !('rows' in block) && block.kind === 'list-item'
    if (item !== inList) html += item ? '<ul>\n' : '</ul>\n'
    inList = item
    html += 'rows' in block ? tableHtml(block) : blockHtml(block)
  }
  return inList ? `${html}</ul>\n` : html
}

function tableHtml({ rows }: BlockTable): string {
  const lines = rows.map((row) => {
    const cells = row.map(({ spans }) => `<td>${spans.map(spanHtml).join('').trim()}</td>`)
    return `<tr>${cells.join('')}</tr>\n`
  })
  return `<table>\n${lines.join('')}</table>\n`
}

function blockHtml(block: Block): string {
  const inner = block.spans.map(spanHtml).join('').trim()
  switch (block.kind) {
    case 'headline':
      return `<h1>${inner}</h1>\n`
    case 'subheading':
      return `<h2>${inner}</h2>\n`
    case 'standfirst':
      return `<p class="standfirst">${inner}</p>\n`
    case 'list-item':
      return `<li>${inner}</li>\n`
    case 'quotation':
      return `<blockquote><p>${inner}</p></blockquote>\n`
    case 'caption':
      return `<p class="caption">${inner}</p>\n`
    case 'image':
      return `<p class="image">[${inner}]</p>\n`
    case 'paragraph':
    case 'table-cell':
      return `<p>${inner}</p>\n`
  }
}

function spanHtml(span: Span): string {
  let html = escapeHtml(span.text).replaceAll('\n', '<br>')
  if (span.code) html = `<code>${html}</code>`
  if (span.em) html = `<em>${html}</em>`
  if (span.strong) html = `<strong>${html}</strong>`
  return span.href === undefined ? html : `<a href="${escapeHtml(span.href)}">${html}</a>`
}

function renderText(blocks: readonly Block[]): string {
  let text = ''
  let last: Block | undefined
  for (const block of gatherTables(blocks)) {
    if ('rows' in block) {
      const lines = block.rows.map((row) =>
        row.map((cell) => blockText(cell).replace(/\s+/g, ' ')).join(' | '),
      )
      text += `${text === '' ? '' : '\n'}${lines.join('\n')}\n`
      last = block.rows.at(-1)?.at(-1)
      continue
    }
    const item = block.kind === 'list-item'
    if (text !== '' && !(item && last?.kind === 'list-item')) text += '\n'
    const words = blockText(block)
    text += `${item ? '• ' : ''}${block.kind === 'image' ? `[${words}]` : words}\n`
    last = block
  }
  return text
}

function renderJson(article: Article): string {
  const { locale, title, blocks, credits, licence, languages, corrections = [] } = article
  const content = blocks.map((block) => ({
    type: block.kind,
    ...(block.starts === undefined ? {} : { starts: block.starts }),
    text: blockText(block),
    html: block.spans.map(spanHtml).join('').trim(),
  }))
  const notes = corrections.map(({ at, lead, note, noteLocale }) => ({
    at,
    text: lead + note,
    note,
    noteLocale,
  }))
  const about = { credits, licence, languages, corrections: notes }
  const body = { locale, direction: directionOf(locale), title, blocks: content, ...about }
  return `${JSON.stringify(body, null, 2)}\n`
}

/** The title that is shown where the document has no headline of its own. */
export function articleTitle(blocks: readonly Block[], name: string): string {
  return titleOf(blocks) ?? name
}
