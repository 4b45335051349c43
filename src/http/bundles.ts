import { createRoute, z } from '@hono/zod-openapi'
import { zipSync } from 'fflate'
import { DomainError } from '../domain/errors.ts'
import { parseLocale } from '../domain/locale.ts'
import { ADAPTERS } from '../formats/adapters.ts'
import { type Bundle, listBundles } from '../store/bundles.ts'
import { loadCurrentRevision, type Revision } from '../store/documents.ts'
import { createRouter, type HttpDeps, requirePermission } from './context.ts'
import { attachment, errorResponses } from './responses.ts'

/** The earliest date a ZIP can hold: the same bundles give the same bytes, whenever they are fetched. */
const ZIP_EPOCH = new Date(1980, 0, 1)

export function bundleRoutes(deps: HttpDeps) {
  const router = createRouter()
  const binary = (type: string, description: string) => ({
    description,
    content: { [type]: { schema: z.string().openapi({ format: 'binary' }) } },
  })

  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/bundle/{locale}',
      summary: 'The finished document in one locale, in its own format',
      request: { params: z.object({ id: z.uuid(), locale: z.string() }) },
      responses: { 200: binary('*/*', 'the document'), ...errorResponses },
    }),
    async (c) => {
      const locale = parseLocale(c.req.valid('param').locale)
      requirePermission(c, 'publish', locale)
      const revision = await loadCurrentRevision(deps.db, c.req.valid('param').id)
      const bundle = (await listBundles(deps.db, revision.id)).find(
        (candidate) => candidate.locale === locale,
      )
      if (bundle === undefined) {
        throw new DomainError('not-ready', `it is not approved in ${locale} yet`)
      }
      const etag = `"${bundle.sha256}"`
      c.header('ETag', etag)
      c.header('Cache-Control', 'private, no-cache')
      if (c.req.header('if-none-match') === etag) return c.body(null, 304)
      return c.body(new Uint8Array(bundle.bytes), 200, {
        'Content-Type': ADAPTERS[revision.format].mediaTypes[0] ?? 'application/octet-stream',
        'Content-Language': locale,
        'Content-Disposition': attachment(nameIn(revision.name, locale)),
      })
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/bundle',
      summary: 'All finished languages with a manifest, as a ZIP',
      request: { params: z.object({ id: z.uuid() }) },
      responses: { 200: binary('application/zip', 'the release'), ...errorResponses },
    }),
    async (c) => {
      const who = requirePermission(c, 'publish')
      const revision = await loadCurrentRevision(deps.db, c.req.valid('param').id)
      const bundles = (await listBundles(deps.db, revision.id)).filter(
        ({ locale }) => who.locales.length === 0 || who.locales.includes(locale),
      )
      if (bundles.length === 0) throw new DomainError('not-ready', 'no language is approved yet')
      return c.body(new Uint8Array(zipBundles(revision, bundles)), 200, {
        'Content-Type': 'application/zip',
        'Content-Disposition': attachment(`${revision.name}.zip`),
      })
    },
  )
  return router
}

function zipBundles(revision: Revision, bundles: readonly Bundle[]): Uint8Array {
  const missing = revision.targetLocales.filter(
    (locale) => !bundles.some((bundle) => bundle.locale === locale),
  )
  const manifest = {
    document: revision.documentId,
    name: revision.name,
    sourceLocale: revision.sourceLocale,
    locales: bundles.map(({ locale }) => locale),
    missing,
    files: bundles.map(({ locale, sha256, manifest }) => ({
      ...manifest,
      locale,
      sha256,
      file: `${locale}/${revision.name}`,
    })),
  }
  const files: Record<string, Uint8Array> = {
    'manifest.json': new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`),
  }
  for (const { locale, bytes } of bundles) files[`${locale}/${revision.name}`] = bytes
  return zipSync(files, { mtime: ZIP_EPOCH })
}

/** `strike.html` in de → `strike.de.html`. */
function nameIn(name: string, locale: string): string {
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? `${name}.${locale}` : `${name.slice(0, dot)}.${locale}${name.slice(dot)}`
}
