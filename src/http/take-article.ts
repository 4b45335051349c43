import { DomainError } from '../domain/errors.ts'
import { detectFormat } from '../formats/detect.ts'
import { decodeDocument } from '../formats/encoding.ts'
import type { ArticleExtractor, ExtractedArticle } from './article-extractor.ts'
import { fetchPage } from './fetch-page.ts'

/** What came in, as a document: the article alone, or the text whole where it is no HTML. */
export type Taken = {
  readonly name: string
  readonly bytes: Uint8Array
  readonly format: 'html' | 'markdown' | 'text'
  readonly charset: string | null
}

export type TakenArticle = Taken & ExtractedArticle

export type TakeDeps = { readonly articles: ArticleExtractor; readonly allowPrivateUrls: boolean }

/**
 * A page or a text of the web.
 * @throws DomainError for an address that must not be asked, a page that cannot be had, or one without an article
 */
export async function takePage(url: string, deps: TakeDeps): Promise<Taken & Partial<ExtractedArticle>> {
  const page = await fetchPage(url, { allowPrivate: deps.allowPrivateUrls })
  // What the server says it is, not how the address ends: `/notes.md` may well be a page.
  const format = detectFormat({ contentType: page.contentType, bytes: page.bytes })
  if (format !== 'html' && format !== 'markdown' && format !== 'text') {
    throw new DomainError('unsupported-format', 'an address must lead to a page or a text')
  }
  const charset = page.charset ?? null
  const stem = stemOf(page.url)
  if (format !== 'html') {
    const name = `${stem}.${format === 'markdown' ? 'md' : 'txt'}`
    return { name, bytes: page.bytes, format, charset }
  }
  const { text } = decodeDocument(page.bytes, { format, ...(charset === null ? {} : { charset }) })
  return await takeArticle({ text, name: `${stem}.html`, url: page.url }, deps.articles)
}

/** As `takePage`, of HTML only. @throws DomainError `invalid-input` for an address that is no HTML page */
export async function takePageArticle(url: string, deps: TakeDeps): Promise<TakenArticle> {
  const { article, wholePage, ...taken } = await takePage(url, deps)
  if (article !== undefined && wholePage !== undefined) return { ...taken, article, wholePage }
  throw new DomainError('invalid-input', 'this address is no HTML page: send it as it is')
}

/**
 * The article of a page that somebody saved, under the page's name.
 *
 * @param page its bytes, and the `charset` parameter of its media type, null for none
 * @throws DomainError `unsupported-format` for what is no HTML; see `decodeDocument`, `ArticleExtractor`
 */
export async function takeSavedPage(
  page: {
    readonly name: string
    readonly bytes: Uint8Array
    readonly format: string
    readonly charset: string | null
  },
  articles: ArticleExtractor,
): Promise<TakenArticle> {
  const { name, bytes, format, charset } = page
  if (format !== 'html') {
    throw new DomainError('unsupported-format', 'only of an HTML page can the article be taken alone', {
      place: { file: name },
    })
  }
  const { text } = decodeDocument(bytes, { format, file: name, ...(charset === null ? {} : { charset }) })
  return await takeArticle({ text, name }, articles)
}

async function takeArticle(
  { text, name, url }: { readonly text: string; readonly name: string; readonly url?: string },
  articles: ArticleExtractor,
): Promise<TakenArticle> {
  const options = url === undefined ? { file: name } : { url }
  const { article, wholePage } = await articles.extract(text, options)
  const bytes = new TextEncoder().encode(article.html)
  return { name, bytes, format: 'html', charset: 'utf-8', article, wholePage }
}

/** `https://example.org/2020/strike.html?x=1` → `strike`. */
function stemOf(url: string): string {
  const last = new URL(url).pathname.split('/').filter(Boolean).at(-1) ?? 'article'
  try {
    return decodeURIComponent(last).replace(/\.[a-z]{1,8}$/i, '')
  } catch {
    return 'article' // a stray percent sign
  }
}
