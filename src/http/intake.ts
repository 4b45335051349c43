import { createRoute, z } from '@hono/zod-openapi'
import type { ExtractedArticle } from './article-extractor.ts'
import { createRouter, type HttpDeps, requirePermission } from './context.ts'
import { ArticlePreview } from './file-schemas.ts'
import { formOrJson } from './form-or-json.ts'
import { errorResponses, json } from './responses.ts'
import { charsetOf, formatOf, safeName } from './submission.ts'
import { takePageArticle, takeSavedPage } from './take-article.ts'

const PageUrl = z.strictObject({ url: z.string().max(2000) }).openapi('PageUrl')

/** A page that somebody saved, decoded. */
const PageText = z
  .strictObject({ html: z.string().min(1), name: z.string().min(1).max(200).optional() })
  .openapi('PageText')

const PageUpload = z
  .object({
    file: z
      .instanceof(File, { message: 'attach the saved page as a file' })
      .openapi({ type: 'string', format: 'binary' }),
  })
  .openapi('PageUpload')

/** What would be taken from a page and what would be left out, before anything is queued. */
export function intakeRoutes(deps: HttpDeps) {
  const router = createRouter()
  router.openapi(
    createRoute({
      method: 'post',
      path: '/intake',
      summary: 'Look at the article of a web page, by its address or as it was saved, without queueing it',
      request: {
        // Not `required`: see `documents.ts`.
        body: {
          content: {
            'application/json': { schema: z.union([PageUrl, PageText]) },
            'multipart/form-data': { schema: PageUpload },
          },
        },
      },
      responses: { 200: json(ArticlePreview, 'what would be taken and what left out'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'submit')
      const body = formOrJson(
        c.req.header('content-type'),
        () => c.req.valid('form'),
        () => c.req.valid('json'),
        'send application/json with a url or html, or a form with a file',
      )
      return c.json(viewArticle(await look(body, deps)), 200)
    },
  )
  return router
}

async function look(
  body: z.infer<typeof PageUrl> | z.infer<typeof PageText> | z.infer<typeof PageUpload>,
  deps: HttpDeps,
): Promise<ExtractedArticle> {
  if ('url' in body) return await takePageArticle(body.url, deps)
  if ('file' in body) {
    const bytes = new Uint8Array(await body.file.arrayBuffer())
    const name = safeName(body.file.name)
    const format = formatOf(body.file, name, bytes)
    return await takeSavedPage({ name, bytes, format, charset: charsetOf(body.file) }, deps.articles)
  }
  const bytes = new TextEncoder().encode(body.html)
  const name = safeName(body.name ?? 'page.html')
  return await takeSavedPage({ name, bytes, format: 'html', charset: 'utf-8' }, deps.articles)
}

function viewArticle({ article, wholePage }: ExtractedArticle): z.infer<typeof ArticlePreview> {
  const { title, byline, publishedAt, language, html, words } = article
  return { title, byline, publishedAt, language, html, words, leftOut: [...article.leftOut], wholePage }
}
