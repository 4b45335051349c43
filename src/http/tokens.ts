import { createRoute, z } from '@hono/zod-openapi'
import { DomainError } from '../domain/errors.ts'
import { parseLocale } from '../domain/locale.ts'
import { isAllowed, type Principal, permissionsAnywhere } from '../domain/permission.ts'
import { listOwnTokens, type OwnToken, revokeOwnToken } from '../store/people-tokens.ts'
import { issueToken } from '../store/tokens.ts'
import { createRouter, type HttpDeps, requireSession } from './context.ts'
import { TokenMade, TokenView, TokenWish } from './people-schemas.ts'
import { errorResponses, json } from './responses.ts'

/** Personal access tokens: for programs that work in the name of a person. */
export function tokenRoutes(deps: HttpDeps) {
  const router = createRouter()

  router.openapi(
    createRoute({
      method: 'get',
      path: '/tokens',
      summary: 'The own tokens, without their secrets',
      responses: {
        200: json(z.object({ tokens: z.array(TokenView) }), 'newest first'),
        ...errorResponses,
      },
    }),
    async (c) => {
      const { personId } = requireSession(c)
      return c.json({ tokens: (await listOwnTokens(deps.db, personId)).map(viewToken) }, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/tokens',
      summary: 'Make a token that may do as much as you, or less',
      request: { body: { required: true, content: { 'application/json': { schema: TokenWish } } } },
      responses: { 201: json(TokenMade, 'the token, which is shown this once'), ...errorResponses },
    }),
    async (c) => {
      // A token makes no tokens: one that leaked would go on in its children.
      const { principal, personId } = requireSession(c)
      const { label, scopes, locales, days } = c.req.valid('json')
      const limits = locales.map(parseLocale)
      refuseMore(principal, scopes, limits)
      const token = await issueToken(deps.db, {
        kind: 'access',
        name: principal.name,
        role: principal.role,
        locales: limits,
        personId,
        scopes,
        label,
        expiresAt: days === null ? null : new Date(Date.now() + days * 24 * 3600 * 1000),
      })
      return c.json({ token, label }, 201)
    },
  )

  router.openapi(
    createRoute({
      method: 'delete',
      path: '/tokens/{id}',
      summary: 'Revoke an own token',
      request: { params: z.object({ id: z.uuid() }) },
      responses: { 204: { description: 'it no longer works' }, ...errorResponses },
    }),
    async (c) => {
      const { personId } = requireSession(c)
      await revokeOwnToken(deps.db, personId, c.req.valid('param').id)
      return c.body(null, 204)
    },
  )
  return router
}

/** @throws DomainError `forbidden` for a scope or a locale that the person does not have themselves */
function refuseMore(
  who: Principal,
  scopes: z.infer<typeof TokenWish>['scopes'],
  locales: readonly string[],
): void {
  const own = permissionsAnywhere(who)
  const more = (scopes ?? []).find((scope) => !own.includes(scope))
  if (more !== undefined) throw new DomainError('forbidden', `you may not ${more} yourself`)
  const places = [undefined, ...who.grants.map(({ documentId }) => documentId ?? undefined)]
  const foreign = locales.find(
    (locale) => !own.some((one) => places.some((documentId) => isAllowed(who, one, { locale, documentId }))),
  )
  if (foreign !== undefined) throw new DomainError('forbidden', `you have no role in ${foreign} yourself`)
}

function viewToken(token: OwnToken): z.infer<typeof TokenView> {
  return {
    ...token,
    scopes: token.scopes === null ? null : [...token.scopes],
    locales: [...token.locales],
    createdAt: token.createdAt.toISOString(),
    expiresAt: token.expiresAt?.toISOString() ?? null,
    usedAt: token.usedAt?.toISOString() ?? null,
  }
}
