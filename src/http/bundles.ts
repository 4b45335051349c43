import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { parseFormat } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import { parseLocale } from '../domain/locale.ts'
import { ADAPTERS } from '../formats/adapters.ts'
import { RENDERING_TYPES, RENDERINGS, type Rendering, renderArticle } from '../formats/block-render.ts'
import { loadCurrentRevision } from '../store/documents.ts'
import {
  findPublishedRelease,
  listPublishedBundles,
  loadBundleByHash,
  loadPublishedBundle,
  type PublishedBundle,
} from '../store/published.ts'
import { buildReleaseArchive } from '../store/release-archive.ts'
import { loadSigningKey } from '../store/signing-key.ts'
import { articleOf } from './article.ts'
import { answerWith } from './conditional.ts'
import { createRouter, type HttpDeps, type HttpEnv } from './context.ts'
import { baseUrl, negotiate, requireReader } from './reader.ts'
import { attachment, errorResponses } from './responses.ts'

const As = z.object({
  as: z
    .enum([...RENDERINGS, 'manifest'])
    .optional()
    .openapi({ description: 'a rendering of the content, or the manifest, in place of the document itself' }),
})

const binary = (type: string, description: string) => ({
  description,
  content: { [type]: { schema: z.string().openapi({ format: 'binary' }) } },
})
const published = {
  200: binary('*/*', 'the document'),
  206: { description: 'a part of it' },
  304: { description: 'it has not changed' },
  416: { description: 'it has no such part' },
  ...errorResponses,
}

export function bundleRoutes(deps: HttpDeps) {
  const router = createRouter()

  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/bundle/{locale}',
      summary: 'The finished document in one locale, in its own format or as HTML, Markdown, text or JSON',
      request: { params: z.object({ id: z.uuid(), locale: z.string() }), query: As },
      responses: published,
    }),
    async (c) => {
      const locale = parseLocale(c.req.valid('param').locale)
      requireReader(c, deps, locale)
      const bundle = await loadPublishedBundle(deps.db, c.req.valid('param').id, locale)
      return answerBundle(c, bundle, c.req.valid('query').as ?? negotiate(c.req.header('accept')), false)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/bundles/{sha256}',
      summary: 'A finished document by the SHA-256 of its content, which never changes',
      request: { params: z.object({ sha256: z.string().regex(/^[\da-f]{64}$/) }) },
      responses: published,
    }),
    async (c) => {
      const locales = requireReader(c, deps)
      const bundle = await loadBundleByHash(deps.db, c.req.valid('param').sha256, locales)
      return answerBundle(c, bundle, undefined, true)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/bundle',
      summary: 'The newest release, or else all finished languages, with a signed manifest as a ZIP',
      request: { params: z.object({ id: z.uuid() }) },
      responses: { ...published, 200: binary('application/zip', 'the release') },
    }),
    async (c) => {
      const locales = requireReader(c, deps)
      const { id } = c.req.valid('param')
      const revision = await loadCurrentRevision(deps.db, id)
      const whole = locales.length === 0 ? await findPublishedRelease(deps.db, id) : undefined
      const bundles = (await listPublishedBundles(deps.db, id))
        .filter(({ locale }) => locales.length === 0 || locales.includes(locale))
        .sort((a, b) => revision.targetLocales.indexOf(a.locale) - revision.targetLocales.indexOf(b.locale))
      const newest = new Date(Math.max(0, ...bundles.map(({ publishedAt }) => publishedAt.getTime())))
      if (whole === undefined && bundles.length === 0) {
        throw new DomainError('not-ready', 'no language is published yet')
      }
      const { sha256, bytes } =
        whole ??
        buildReleaseArchive(
          { ...revision, documentId: id, licence: null, bundles },
          await loadSigningKey(deps.db),
        )
      return answerWith(c, {
        bytes,
        sha256,
        lastModified: whole?.publishedAt ?? newest,
        type: 'application/zip',
        isPublic: deps.publicRead,
        headers: { 'Content-Disposition': attachment(`${revision.name}.zip`) },
      })
    },
  )

  function answerBundle(
    c: Context<HttpEnv>,
    bundle: PublishedBundle,
    as: Rendering | 'manifest' | undefined,
    immutable: boolean,
  ) {
    const { locale, publishedAt: lastModified } = bundle
    const common = { lastModified, immutable, isPublic: deps.publicRead }
    const headers = { 'Content-Language': locale }
    if (as === 'manifest') {
      const type = 'application/json; charset=utf-8'
      return answerWith(c, { ...common, bytes: `${JSON.stringify(bundle.manifest, null, 2)}\n`, type })
    }
    if (as !== undefined) {
      const bytes = renderArticle(articleOf(bundle, baseUrl(c, deps)), as)
      return answerWith(c, { ...common, bytes, type: RENDERING_TYPES[as], headers })
    }
    return answerWith(c, {
      ...common,
      bytes: bundle.bytes,
      sha256: bundle.sha256,
      type: ADAPTERS[parseFormat(bundle.format)].mediaTypes[0] ?? 'application/octet-stream',
      headers: { ...headers, 'Content-Disposition': attachment(nameIn(bundle.name, locale)) },
    })
  }
  return router
}

/** `strike.html` in de → `strike.de.html`. */
function nameIn(name: string, locale: string): string {
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? `${name}.${locale}` : `${name.slice(0, dot)}.${locale}${name.slice(dot)}`
}
