import { createRoute, z } from '@hono/zod-openapi'
import { DomainError } from '../domain/errors.ts'
import { documentsAllowed, isAllowed, localesAllowed, type Principal } from '../domain/permission.ts'
import {
  listPublications,
  listPublicDocuments,
  loadPublicationStates,
  type Reach,
} from '../store/publication-list.ts'
import { type DocumentSummary, listSummaries, loadSummary } from '../store/summaries.ts'
import { createRouter, type HttpDeps, requirePrincipal } from './context.ts'
import { PublicationHistory, type PublishedDocument, PublishedPage } from './publication-schemas.ts'
import { errorResponses, json } from './responses.ts'

const PAGE = 20
const HISTORY = 200

/** What is published of which document, for people at the desk and for a site's key. */
export function publicationListRoutes(deps: HttpDeps) {
  const router = createRouter()

  router.openapi(
    createRoute({
      method: 'get',
      path: '/publications',
      summary: 'Documents with what is published of them, and what is missing',
      request: { query: z.object({ cursor: z.string().max(200).optional() }) },
      responses: { 200: json(PublishedPage, 'at most 20, newest first'), ...errorResponses },
    }),
    async (c) => {
      const who = requirePrincipal(c)
      const reach = reachOf(who)
      const { cursor } = c.req.valid('query')
      c.header('Cache-Control', 'private, no-store')
      return c.json(reach.publicOnly ? await publicPage(reach, cursor) : await deskPage(who, cursor), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/publications',
      summary: 'Everything that came out of a document, or waits to, newest first',
      request: { params: z.object({ id: z.uuid() }) },
      responses: { 200: json(PublicationHistory, 'at most 200'), ...errorResponses },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const reach = reachOf(requirePrincipal(c), id)
      const rows = await listPublications(deps.db, id, reach, HISTORY)
      const list = (value: unknown) => (Array.isArray(value) ? value.map(String) : null)
      const events = rows.map(({ manifest, locale, sha256, at, ...row }) => ({
        ...row,
        locale: locale === '' ? null : locale,
        sha256: sha256 === '' ? null : sha256,
        locales: list(manifest.locales),
        missing: list(manifest.missing),
        notice: typeof manifest.notice === 'string' ? manifest.notice : null,
        at: at.toISOString(),
      }))
      c.header('Cache-Control', 'private, no-store')
      return c.json({ events }, 200)
    },
  )

  /** For a site's key: what is public, and nothing of what is not. */
  async function publicPage(reach: Reach, cursor: string | undefined): Promise<PublishedPage> {
    if (cursor !== undefined && !/^\d{1,18}$/.test(cursor)) throw wrongCursor()
    const documents = await listPublicDocuments(deps.db, reach, cursor, PAGE)
    const states = await loadPublicationStates(deps.db, idsOf(documents), reach)
    return {
      documents: documents.map(({ last: _, createdAt, ...document }) => ({
        ...document,
        createdAt: createdAt.toISOString(),
        ...viewOf(states.get(document.id)),
        locales: localesOf(states.get(document.id)),
      })),
      nextCursor: documents.length < PAGE ? null : (documents.at(-1)?.last ?? null),
    }
  }

  async function deskPage(who: Principal, cursor: string | undefined): Promise<PublishedPage> {
    const { documents, next } = await readable(who, cursor)
    const states = await loadPublicationStates(deps.db, idsOf(documents), {
      publicOnly: false,
      locales: [],
      documents: null,
    })
    return {
      documents: documents.map(({ id, title, name, sourceLocale, revision, createdAt, locales }) => {
        const published = new Map(localesOf(states.get(id)).map((one) => [one.locale, one]))
        return {
          ...{ id, title, name, sourceLocale, revision, createdAt: createdAt.toISOString() },
          ...viewOf(states.get(id)),
          locales: locales.map(({ locale, state }) => ({
            ...(published.get(locale) ?? { published: null, held: false }),
            ...{ locale, state },
          })),
        }
      }),
      nextCursor: next,
    }
  }

  async function readable(
    who: Principal,
    cursor: string | undefined,
  ): Promise<{ readonly documents: readonly DocumentSummary[]; readonly next: string | null }> {
    const only = documentsAllowed(who, 'read')
    if (only === null) return listSummaries(deps.db, cursor, PAGE)
    return { documents: await Promise.all(only.map((id) => loadSummary(deps.db, id))), next: null }
  }
  return router
}

/** @throws DomainError `forbidden` for whoever may neither read nor publish */
function reachOf(who: Principal, documentId?: string): Reach {
  const where = documentId === undefined ? {} : { documentId }
  const somewhere = (permission: 'read' | 'publish') =>
    isAllowed(who, permission, where) ||
    (documentId === undefined && documentsAllowed(who, permission)?.length !== 0)
  if (somewhere('read')) return { publicOnly: false, locales: [], documents: null }
  if (!somewhere('publish')) {
    throw new DomainError('forbidden', `your role, ${who.role}, does not allow to read or publish`)
  }
  return {
    publicOnly: true,
    locales: localesAllowed(who, 'publish', documentId),
    documents: documentsAllowed(who, 'publish'),
  }
}

type State =
  Awaited<ReturnType<typeof loadPublicationStates>> extends ReadonlyMap<string, infer One> ? One : never

function viewOf(
  state: State | undefined,
): Pick<PublishedDocument, 'embargoUntil' | 'licence' | 'retractedAt' | 'release'> {
  return {
    embargoUntil: state?.embargoUntil?.toISOString() ?? null,
    licence: state?.licence ?? null,
    retractedAt: state?.retractedAt?.toISOString() ?? null,
    release:
      state === undefined || state.release === null
        ? null
        : { ...state.release, missing: [...state.release.missing], at: state.release.at.toISOString() },
  }
}

function localesOf(state: State | undefined): PublishedDocument['locales'] {
  return (state?.locales ?? []).map(({ locale, sha256, at, revision, times, held }) => ({
    ...{ locale, state: null, held },
    published: at === null ? null : { sha256, at: at.toISOString(), revision, times },
  }))
}

const idsOf = (documents: readonly { readonly id: string }[]) => documents.map(({ id }) => id)

const wrongCursor = () => new DomainError('invalid-input', 'the cursor is not one that this list gave out')
