import { createRoute, z } from '@hono/zod-openapi'
import {
  acceptInvitation,
  createInvitation,
  type Invitation,
  listInvitations,
  loadInvitation,
  readInvitation,
  revokeInvitation,
} from '../store/invitations.ts'
import { requireGivable } from '../store/people.ts'
import { createRouter, type HttpDeps, requirePermission } from './context.ts'
import { invitationMail } from './mail.ts'
import { readGrantViews, viewGrants } from './people.ts'
import {
  Acceptance,
  InvitationCode,
  InvitationMade,
  InvitationView,
  InvitationWish,
} from './people-schemas.ts'
import { errorResponses, json } from './responses.ts'

const params = z.object({ id: z.uuid() })
const body = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
})

/** How people come in: somebody invites them, and they choose their public name. */
export function invitationRoutes(deps: HttpDeps) {
  const router = createRouter()

  router.openapi(
    createRoute({
      method: 'get',
      path: '/invitations',
      summary: 'Invitations that can still be accepted',
      responses: {
        200: json(z.object({ invitations: z.array(InvitationView) }), 'without their links'),
        ...errorResponses,
      },
    }),
    async (c) => {
      requirePermission(c, 'manage')
      return c.json({ invitations: (await listInvitations(deps.db)).map(viewInvitation) }, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/invitations',
      summary: 'Invite somebody with roles and languages',
      request: { body: body(InvitationWish) },
      responses: { 201: json(InvitationMade, 'with the link, which is shown this once'), ...errorResponses },
    }),
    async (c) => {
      const who = requirePermission(c, 'manage')
      const wish = c.req.valid('json')
      const grants = readGrantViews(wish.grants)
      requireGivable(who, grants)
      const email = wish.email ?? null
      const { mail } = deps.auth.settings
      const made = await createInvitation(deps.db, {
        grants,
        // Only an address to which we sent the link ourselves is proved by whoever opens it.
        email: mail === undefined ? null : email,
        days: wish.days,
        createdBy: who.name,
      })
      // Behind the hash: it is in no log of a server or a proxy.
      const url = `${deps.auth.originOf(c)}/invitation#${made.code}`
      const sent =
        mail !== undefined &&
        email !== null &&
        (await mail({ to: email, ...invitationMail(url, wish.days) }).then(
          () => true,
          () => false,
        ))
      deps.log('info', 'invitation made', { invitation: made.id, sent })
      return c.json({ ...viewInvitation(made), url, sent }, 201)
    },
  )

  router.openapi(
    createRoute({
      method: 'delete',
      path: '/invitations/{id}',
      summary: 'Take an invitation back',
      request: { params },
      responses: { 204: { description: 'its link no longer works' }, ...errorResponses },
    }),
    async (c) => {
      const who = requirePermission(c, 'manage')
      const invitation = await loadInvitation(deps.db, c.req.valid('param').id)
      requireGivable(who, invitation.grants)
      await revokeInvitation(deps.db, invitation.id)
      return c.body(null, 204)
    },
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/invitations/look',
      summary: 'What a link invites to',
      security: [],
      request: { body: body(InvitationCode) },
      responses: { 200: json(InvitationView, 'the invitation'), ...errorResponses },
    }),
    async (c) => c.json(viewInvitation(await readInvitation(deps.db, c.req.valid('json').code)), 200),
  )

  router.openapi(
    createRoute({
      method: 'post',
      path: '/invitations/accept',
      summary: 'Accept an invitation: choose a public name, and a password or none; signs in',
      security: [],
      request: { body: body(Acceptance) },
      responses: {
        201: json(z.object({ id: z.uuid() }), 'the account; the session’s cookie is set'),
        ...errorResponses,
      },
    }),
    async (c) => {
      const { code, name, email, password } = c.req.valid('json')
      // Before a password is hashed, which takes its time on purpose.
      await readInvitation(deps.db, code)
      const library = await deps.auth.libraryFor(c)
      const id = await acceptInvitation(deps.db, {
        code,
        name,
        email: email ?? null,
        passwordHash: password === undefined ? null : await library.hashPassword(password),
      })
      await deps.auth.startSession(c, id)
      deps.log('info', 'invitation accepted', { person: id })
      return c.json({ id }, 201)
    },
  )
  return router
}

function viewInvitation(invitation: Invitation): z.infer<typeof InvitationView> {
  return {
    id: invitation.id,
    grants: viewGrants(invitation.grants),
    createdBy: invitation.createdBy,
    createdAt: invitation.createdAt.toISOString(),
    expiresAt: invitation.expiresAt.toISOString(),
  }
}
