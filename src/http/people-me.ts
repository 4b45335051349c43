import { createRoute, z } from '@hono/zod-openapi'
import { DomainError } from '../domain/errors.ts'
import { endOtherSessions, endSession, listPasskeys, listSessions } from '../store/auth.ts'
import { loadPerson, renamePerson } from '../store/people.ts'
import { changeEmail, erasePerson, loadEmail } from '../store/people-own.ts'
import { copyCookies } from './auth.ts'
import { createRouter, type HttpDeps, requireFreshSession, requireSession } from './context.ts'
import { viewGrants } from './people.ts'
import { exportAccount } from './people-export.ts'
import { AccountView, EmailChange, Erasure, NameChange, NewPassword } from './people-schemas.ts'
import { errorResponses, json } from './responses.ts'

const body = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
})
const answer = { 200: json(AccountView, 'as it is now'), ...errorResponses }

/** The own account. */
export function ownAccountRoutes(deps: HttpDeps) {
  const router = createRouter()
  const view = async (personId: string, token: string): Promise<z.infer<typeof AccountView>> => {
    const [person, address, passkeys, sessions] = await Promise.all([
      loadPerson(deps.db, personId),
      loadEmail(deps.db, personId),
      listPasskeys(deps.db, personId),
      listSessions(deps.db, personId, token),
    ])
    return {
      id: person.id,
      name: person.name,
      grants: viewGrants(person.grants),
      createdAt: person.createdAt.toISOString(),
      email: address.email,
      emailProved: address.proved,
      ways: [...person.ways],
      passkeys: passkeys.map((one) => ({ ...one, createdAt: one.createdAt?.toISOString() ?? null })),
      sessions: sessions.map((one) => ({
        ...one,
        createdAt: one.createdAt.toISOString(),
        expiresAt: one.expiresAt.toISOString(),
      })),
    }
  }

  router.openapi(
    createRoute({ method: 'get', path: '/people/me', summary: 'My account', responses: answer }),
    async (c) => {
      const { personId, token } = requireSession(c)
      return c.json(await view(personId, token), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'patch',
      path: '/people/me',
      summary: 'Take another public name; it is changed on all that I contributed',
      request: { body: body(NameChange) },
      responses: answer,
    }),
    async (c) => {
      const { personId, token } = requireSession(c)
      await renamePerson(deps.db, personId, c.req.valid('json').name)
      return c.json(await view(personId, token), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'put',
      path: '/people/me/email',
      summary: 'Give another address, or none; a letter asks to confirm it',
      request: { body: body(EmailChange) },
      responses: answer,
    }),
    async (c) => {
      const { personId, token } = requireFreshSession(c)
      const { email } = c.req.valid('json')
      const before = await loadEmail(deps.db, personId)
      if (email?.toLowerCase() !== before.email) await changeEmail(deps.db, personId, email)
      if (email !== null && deps.auth.settings.mail !== undefined) {
        const library = await deps.auth.libraryFor(c)
        const now = await loadEmail(deps.db, personId)
        if (!now.proved) await library.sendConfirmation(email.toLowerCase(), c.req.raw.headers)
      }
      return c.json(await view(personId, token), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/people/me/password',
      summary: 'Choose the first password; /auth/change-password changes one',
      request: { body: body(NewPassword) },
      responses: answer,
    }),
    async (c) => {
      const { personId, token } = requireFreshSession(c)
      const { ways } = await loadPerson(deps.db, personId)
      if (ways.includes('password')) {
        throw new DomainError('conflict', 'you have a password: change it with the old one')
      }
      const library = await deps.auth.libraryFor(c)
      const set = await library.setPassword(c.req.valid('json').password, c.req.raw.headers)
      if (!set.ok) throw new DomainError('invalid-input', 'this password cannot be taken: choose another one')
      copyCookies(c, set)
      return c.json(await view(personId, token), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'delete',
      path: '/people/me/sessions/{id}',
      summary: 'Sign out somewhere else; `others`: everywhere but here',
      request: { params: z.object({ id: z.union([z.uuid(), z.literal('others')]) }) },
      responses: answer,
    }),
    async (c) => {
      const { personId, token } = requireSession(c)
      const { id } = c.req.valid('param')
      if (id === 'others') await endOtherSessions(deps.db, personId, token)
      else await endSession(deps.db, personId, id)
      return c.json(await view(personId, token), 200)
    },
  )

  // Described by hand: what is written while it is read has no JSON type.
  router.openAPIRegistry.registerPath({
    method: 'get',
    path: '/people/me/export',
    summary: 'All that is kept about me, and what I contributed',
    responses: {
      200: {
        description: 'a JSON document',
        content: { 'application/json': { schema: z.record(z.string(), z.unknown()) } },
      },
      ...errorResponses,
    },
  })
  router.get('/people/me/export', async (c) => {
    const { personId, token } = requireSession(c)
    const account = await view(personId, token)
    return c.body(exportAccount(deps.db, account), 200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': 'attachment; filename="talmach-account.json"',
      'Cache-Control': 'no-store',
    })
  })

  router.openapi(
    createRoute({
      method: 'post',
      path: '/people/me/erasure',
      summary: 'Erase my account; what I contributed stays, unnamed',
      request: { body: body(Erasure) },
      responses: { 204: { description: 'the account is gone' }, ...errorResponses },
    }),
    async (c) => {
      const { principal, personId } = requireFreshSession(c)
      if (c.req.valid('json').name.trim() !== principal.name) {
        throw new DomainError('invalid-input', 'type your public name as it is, to be sure')
      }
      await erasePerson(deps.db, null, personId)
      deps.auth.dropCookie(c)
      deps.log('info', 'account erased', { person: personId })
      return c.body(null, 204)
    },
  )
  return router
}
