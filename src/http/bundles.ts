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
import { chooseLocale } from './languages.ts'
import { baseUrl, negotiate, negotiateBesideZip, negotiateContent, requireReader } from './reader.ts'
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
      return answerBundle(c, bundle, c.req.valid('query').as ?? negotiate(c.req.header('accept')), {})
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/content',
      summary: 'What is published in the language of `Accept-Language`, or else in the first of the edition',
      request: { params: z.object({ id: z.uuid() }), query: As },
      responses: published,
    }),
    async (c) => {
      const locales = requireReader(c, deps)
      const as = c.req.valid('query').as ?? negotiateContent(c.req.header('accept'))
      return answerInLanguage(c, await listVisible(c.req.valid('param').id, locales), as)
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
      return answerBundle(c, bundle, undefined, { immutable: true })
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/bundle',
      summary: 'The newest release, or else all finished languages, with a signed manifest as a ZIP',
      description: 'With an `Accept` that names renderings and takes no ZIP: one language, as `/content`.',
      request: { params: z.object({ id: z.uuid() }) },
      responses: { ...published, 200: binary('application/zip', 'the release') },
    }),
    async (c) => {
      const locales = requireReader(c, deps)
      const { id } = c.req.valid('param')
      const as = negotiateBesideZip(c.req.header('accept'))
      const whole =
        as === undefined && locales.length === 0 ? await findPublishedRelease(deps.db, id) : undefined
      const visible = whole === undefined ? await listVisible(id, locales) : []
      if (as !== undefined) return answerInLanguage(c, visible, as)
      const revision = await loadCurrentRevision(deps.db, id)
      const newest = new Date(Math.max(0, ...visible.map(({ publishedAt }) => publishedAt.getTime())))
      const contents = { ...revision, documentId: id, licence: null, bundles: visible }
      const { sha256, bytes } =
        whole ?? buildReleaseArchive(contents, await loadSigningKey(deps.db, deps.secrets))
      return answerWith(c, {
        bytes,
        sha256,
        lastModified: whole?.publishedAt ?? newest,
        type: 'application/zip',
        isPublic: deps.publicRead,
        vary: ['Accept-Language'],
        headers: { 'Content-Disposition': attachment(`${revision.name}.zip`) },
      })
    },
  )

  /** In the order of the edition. @throws DomainError `not-ready`, `gone`, `not-found` */
  async function listVisible(id: string, locales: readonly string[]): Promise<readonly PublishedBundle[]> {
    const { targetLocales } = await loadCurrentRevision(deps.db, id)
    const visible = (await listPublishedBundles(deps.db, id))
      .filter(({ locale }) => locales.length === 0 || locales.includes(locale))
      .sort((a, b) => targetLocales.indexOf(a.locale) - targetLocales.indexOf(b.locale))
    if (visible.length === 0) throw new DomainError('not-ready', 'no language is published yet')
    return visible
  }

  /** Somebody whose language is not there gets the first one rather than nothing (RFC 9110, 12.5.4). */
  async function answerInLanguage(
    c: Context<HttpEnv>,
    visible: readonly PublishedBundle[],
    as: Rendering | 'manifest',
  ) {
    const locales = visible.map(({ locale }) => locale)
    const locale = chooseLocale(c.req.header('accept-language'), locales) ?? locales[0]
    const bundle = visible.find((one) => one.locale === locale)
    if (bundle === undefined) throw new DomainError('not-ready', 'no language is published yet')
    const location = `/api/documents/${bundle.documentId}/bundle/${bundle.locale}?as=${as}`
    return answerBundle(c, bundle, as, { location })
  }

  async function answerBundle(
    c: Context<HttpEnv>,
    bundle: PublishedBundle,
    as: Rendering | 'manifest' | undefined,
    // The address by which the language that was chosen can be had again.
    { immutable = false, location }: { readonly immutable?: boolean; readonly location?: string },
  ) {
    const { locale, publishedAt: lastModified } = bundle
    const vary = location === undefined ? [] : ['Accept-Language']
    const common = { lastModified, immutable, isPublic: deps.publicRead, vary }
    const headers = {
      'Content-Language': locale,
      ...(location === undefined ? {} : { 'Content-Location': location }),
    }
    if (as === 'manifest') {
      const bytes = `${JSON.stringify(bundle.manifest, null, 2)}\n`
      return answerWith(c, { ...common, bytes, type: RENDERING_TYPES.json, headers })
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
