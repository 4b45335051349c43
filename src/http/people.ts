import { createRoute, z } from '@hono/zod-openapi'
import { parseLocale } from '../domain/locale.ts'
import { type Grant, permissionsOf } from '../domain/permission.ts'
import {
  blockPerson,
  changeGrants,
  listPeople,
  loadPerson,
  type Person,
  requireGivable,
} from '../store/people.ts'
import { erasePerson } from '../store/people-own.ts'
import { issueToken } from '../store/tokens.ts'
import { createRouter, type HttpDeps, requirePermission } from './context.ts'
import { type GrantView, PersonChange, PersonView, PublicNames, SignInLink } from './people-schemas.ts'
import { errorResponses, json } from './responses.ts'

const params = z.object({ id: z.uuid() })

/** Who has an account here, and what they may do. */
export function peopleRoutes(deps: HttpDeps) {
  const router = createRouter()

  router.openapi(
    createRoute({
      method: 'get',
      path: '/people',
      summary: 'Everybody who has an account',
      responses: {
        200: json(z.object({ people: z.array(PersonView) }), 'by name'),
        ...errorResponses,
      },
    }),
    async (c) => {
      requirePermission(c, 'manage')
      return c.json({ people: (await listPeople(deps.db)).map(viewPerson) }, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/people/names',
      summary: 'Public names, to mention people and to give them work',
      request: {
        query: z.object({
          locale: z.string().max(35).optional().openapi({ description: 'only who translates or reviews it' }),
          documentId: z.uuid().optional().openapi({ description: 'count roles in this document too' }),
        }),
      },
      responses: { 200: json(PublicNames, 'by name'), ...errorResponses },
    }),
    async (c) => {
      const { locale, documentId } = c.req.valid('query')
      requirePermission(c, 'read', { documentId })
      const wanted = locale === undefined ? undefined : parseLocale(locale)
      const names = (await listPeople(deps.db))
        .filter(({ blocked }) => !blocked)
        .flatMap(({ id, name, grants }) => {
          const here = grants.filter((grant) => counts(grant, wanted, documentId))
          if (wanted !== undefined && here.length === 0) return []
          const everywhere = here.some(({ locales }) => locales.length === 0)
          return [
            {
              id,
              name,
              roles: [...new Set(here.map(({ role }) => role))],
              locales: everywhere ? [] : [...new Set(here.flatMap(({ locales }) => locales))],
            },
          ]
        })
      return c.json({ people: names }, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/people/{id}',
      summary: 'One person',
      request: { params },
      responses: { 200: json(PersonView, 'the person'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'manage')
      return c.json(viewPerson(await loadPerson(deps.db, c.req.valid('param').id)), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'patch',
      path: '/people/{id}',
      summary: 'Change their roles, shut them out or let them in again',
      request: {
        params,
        body: { required: true, content: { 'application/json': { schema: PersonChange } } },
      },
      responses: { 200: json(PersonView, 'as it is now'), ...errorResponses },
    }),
    async (c) => {
      const who = requirePermission(c, 'manage')
      const { id } = c.req.valid('param')
      const { grants, blocked } = c.req.valid('json')
      if (grants !== undefined) await changeGrants(deps.db, who, id, readGrantViews(grants))
      if (blocked !== undefined) await blockPerson(deps.db, who, id, blocked)
      deps.log('info', 'person changed', { person: id, blocked, roles: grants?.map(({ role }) => role) })
      return c.json(viewPerson(await loadPerson(deps.db, id)), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/people/{id}/link',
      summary: 'Make a link that signs them in once, for somebody who cannot get in',
      request: { params },
      responses: { 201: json(SignInLink, 'to hand to them, and to nobody else'), ...errorResponses },
    }),
    async (c) => {
      const who = requirePermission(c, 'manage')
      const person = await loadPerson(deps.db, c.req.valid('param').id)
      // Whoever holds it is that person: nobody makes one for somebody who may do more.
      requireGivable(who, person.grants)
      const url = await makeSignInLink(deps, person, deps.auth.originOf(c))
      deps.log('info', 'sign-in link made', { person: person.id })
      return c.json({ url, validMinutes: 60 }, 201)
    },
  )

  router.openapi(
    createRoute({
      method: 'delete',
      path: '/people/{id}',
      summary: 'Remove an account; what the person contributed stays, unnamed',
      request: { params },
      responses: { 204: { description: 'the account is gone' }, ...errorResponses },
    }),
    async (c) => {
      const who = requirePermission(c, 'manage')
      const { id } = c.req.valid('param')
      await erasePerson(deps.db, who, id)
      deps.log('info', 'person removed', { person: id })
      return c.body(null, 204)
    },
  )
  return router
}

/** @param origin the address of the desk */
export async function makeSignInLink(
  { db }: Pick<HttpDeps, 'db'>,
  person: Pick<Person, 'id' | 'name'>,
  origin: string,
): Promise<string> {
  const { id, name } = person
  const code = await issueToken(db, { kind: 'sign-in', name, role: 'submitter', locales: [], personId: id })
  return `${origin}/sign-in?code=${code}`
}

/** @throws DomainError `unknown-locale` */
export function readGrantViews(grants: readonly GrantView[]): readonly Grant[] {
  return grants.map(({ role, locales, documentId }) => ({
    role,
    locales: [...new Set(locales.map(parseLocale))],
    documentId: documentId?.toLowerCase() ?? null,
  }))
}

export function viewGrants(grants: readonly Grant[]): GrantView[] {
  return grants.map(({ role, locales, documentId }) => ({ role, locales: [...locales], documentId }))
}

function counts(grant: Grant, locale: string | undefined, documentId: string | undefined): boolean {
  if (grant.documentId !== null && grant.documentId !== documentId) return false
  if (locale === undefined) return true
  const works = permissionsOf(grant.role).some((one) => one === 'translate' || one === 'review')
  return works && (grant.locales.length === 0 || grant.locales.includes(locale))
}

function viewPerson(person: Person): z.infer<typeof PersonView> {
  return {
    ...person,
    grants: viewGrants(person.grants),
    ways: [...person.ways],
    createdAt: person.createdAt.toISOString(),
    signedInAt: person.signedInAt?.toISOString() ?? null,
  }
}
