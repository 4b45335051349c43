import { createRoute, z } from '@hono/zod-openapi'
import { DomainError } from '../domain/errors.ts'
import type { Article } from '../formats/article.ts'
import { detectFormat } from '../formats/detect.ts'
import { decodeDocument } from '../formats/encoding.ts'
import { createRouter, type HttpDeps, requirePermission } from './context.ts'
import { fetchPage } from './fetch-page.ts'
import { errorResponses, json } from './responses.ts'
import { ArticlePreview } from './schemas.ts'

/** A page of the web, as a document: the article alone, or the page whole where it is no HTML. */
export type TakenPage = {
  readonly name: string
  readonly bytes: Uint8Array
  readonly format: 'html' | 'markdown' | 'text'
  readonly charset: string | null
  readonly article: Article | undefined
}

/** What would be taken from a page and what would be left out, before anything is queued. */
export function intakeRoutes(deps: HttpDeps) {
  const router = createRouter()
  router.openapi(
    createRoute({
      method: 'post',
      path: '/intake',
      summary: 'Look at the article of a page on the web, without queueing it',
      request: {
        body: {
          required: true,
          content: { 'application/json': { schema: z.object({ url: z.string().max(2000) }) } },
        },
      },
      responses: { 200: json(ArticlePreview, 'what would be taken and what left out'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'submit')
      const { article } = await takePage(c.req.valid('json').url, deps.allowPrivateUrls)
      if (article === undefined)
        throw new DomainError('invalid-input', 'this address is no HTML page: send it as it is')
      return c.json(viewArticle(article), 200)
    },
  )
  return router
}

/** @throws DomainError for an address that must not be asked, a page that cannot be had, or one without an article */
export async function takePage(url: string, allowPrivate: boolean): Promise<TakenPage> {
  const page = await fetchPage(url, { allowPrivate })
  // What the server says it is, not how the address ends: `/notes.md` may well be a page.
  const format = detectFormat({ contentType: page.contentType, bytes: page.bytes })
  if (format !== 'html' && format !== 'markdown' && format !== 'text') {
    throw new DomainError('unsupported-format', 'an address must lead to a page or a text')
  }
  const charset = page.charset ?? null
  const stem = stemOf(page.url)
  if (format !== 'html') {
    const name = `${stem}.${format === 'markdown' ? 'md' : 'txt'}`
    return { name, bytes: page.bytes, format, charset, article: undefined }
  }
  const { text } = decodeDocument(page.bytes, { format, ...(charset === null ? {} : { charset }) })
  // Loaded when it is first asked for: the DOM it brings would double every start.
  const { extractArticle } = await import('../formats/article.ts')
  const article = extractArticle(text, { url: page.url })
  return {
    name: `${stem}.html`,
    bytes: new TextEncoder().encode(article.html),
    format,
    charset: 'utf-8',
    article,
  }
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

function viewArticle(article: Article): z.infer<typeof ArticlePreview> {
  const { title, byline, publishedAt, language, html, words } = article
  return { title, byline, publishedAt, language, html, words, leftOut: [...article.leftOut] }
}
