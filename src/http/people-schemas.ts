import { z } from '@hono/zod-openapi'
import { PERMISSIONS, ROLES } from '../domain/permission.ts'

/** Shapes of the API about people, how they sign in, and their tokens. */

export const GrantView = z
  .object({
    role: z.enum(ROLES),
    locales: z.array(z.string().min(1).max(35)).max(200).default([]).openapi({
      description: 'target locales where the role holds; empty: everywhere',
    }),
    documentId: z.uuid().nullable().default(null).openapi({
      description: 'the one document that the role is about; null: all',
    }),
  })
  .openapi('Grant')
export type GrantView = z.infer<typeof GrantView>

export const Grants = z.array(GrantView).max(200)

export const PersonView = z
  .object({
    id: z.uuid(),
    name: z.string().openapi({ description: 'the public name' }),
    grants: z.array(GrantView),
    createdAt: z.iso.datetime(),
    blocked: z.boolean(),
    ways: z.array(z.enum(['password', 'passkey', 'oidc'])).openapi({ description: 'how they can sign in' }),
    hasEmail: z.boolean().openapi({ description: 'the address itself is shown to the person only' }),
    signedInAt: z.iso.datetime().nullable(),
  })
  .openapi('Person')
export type PersonView = z.infer<typeof PersonView>

export const PublicNames = z
  .object({
    people: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        roles: z.array(z.enum(ROLES)),
        locales: z.array(z.string()).openapi({ description: 'of all roles; empty: every locale' }),
      }),
    ),
  })
  .openapi('PublicNames')
export type PublicNames = z.infer<typeof PublicNames>

export const PersonChange = z
  .object({ grants: Grants.optional(), blocked: z.boolean().optional() })
  .openapi('PersonChange')

export const SignInLink = z
  .object({ url: z.string(), validMinutes: z.int() })
  .openapi('SignInLink', { description: 'a link that signs in once' })
export type SignInLink = z.infer<typeof SignInLink>

export const InvitationWish = z
  .object({
    grants: Grants.min(1),
    email: z
      .email()
      .max(254)
      .optional()
      .openapi({ description: 'where the link is sent, if the server sends mail; it is not kept' }),
    days: z.int().min(1).max(90).default(14),
  })
  .openapi('InvitationWish')

export const InvitationView = z
  .object({
    id: z.uuid(),
    grants: z.array(GrantView),
    createdBy: z.string(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .openapi('Invitation')
export type InvitationView = z.infer<typeof InvitationView>

export const InvitationMade = InvitationView.extend({
  url: z.string().openapi({ description: 'the link, which is shown this once' }),
  sent: z.boolean().openapi({ description: 'whether it was sent to the address' }),
}).openapi('InvitationMade')
export type InvitationMade = z.infer<typeof InvitationMade>

export const InvitationCode = z.object({ code: z.string().min(1).max(200) })

export const Acceptance = InvitationCode.extend({
  name: z.string().max(240).openapi({ description: 'the public name; a pseudonym is welcome' }),
  email: z.email().max(254).optional(),
  password: z
    .string()
    .min(10, 'a password has at least 10 characters')
    .max(128)
    .optional()
    .openapi({ description: 'leave it out to set up a passkey instead' }),
}).openapi('Acceptance')

export const AccountView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    grants: z.array(GrantView),
    createdAt: z.iso.datetime(),
    email: z.string().nullable(),
    emailProved: z.boolean(),
    ways: z.array(z.enum(['password', 'passkey', 'oidc'])),
    passkeys: z.array(z.object({ id: z.uuid(), name: z.string(), createdAt: z.iso.datetime().nullable() })),
    sessions: z.array(
      z.object({
        id: z.uuid(),
        userAgent: z.string(),
        createdAt: z.iso.datetime(),
        expiresAt: z.iso.datetime(),
        current: z.boolean(),
      }),
    ),
  })
  .openapi('Account')
export type AccountView = z.infer<typeof AccountView>

export const NameChange = z.object({ name: z.string().max(240) }).openapi('NameChange')
export const EmailChange = z
  .object({ email: z.email().max(254).nullable() })
  .openapi('EmailChange', { description: 'null: no address any more' })
export const NewPassword = z
  .object({ password: z.string().min(10, 'a password has at least 10 characters').max(128) })
  .openapi('NewPassword')
export const Erasure = z
  .object({ name: z.string().max(240).openapi({ description: 'the own public name, to be sure' }) })
  .openapi('Erasure')

export const TokenWish = z
  .object({
    label: z.string().trim().min(1, 'say what the token is for').max(80),
    scopes: z
      .array(z.enum(PERMISSIONS))
      .min(1)
      .nullable()
      .default(null)
      .openapi({ description: 'null: all that you may do' }),
    locales: z.array(z.string().min(1).max(35)).max(200).default([]),
    days: z.int().min(1).max(3650).nullable().default(90).openapi({ description: 'null: for good' }),
  })
  .openapi('TokenWish')

export const TokenView = z
  .object({
    id: z.uuid(),
    label: z.string(),
    scopes: z.array(z.enum(PERMISSIONS)).nullable(),
    locales: z.array(z.string()),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
    usedAt: z.iso.datetime().nullable(),
  })
  .openapi('Token')
export type TokenView = z.infer<typeof TokenView>

export const TokenMade = z
  .object({ token: z.string(), label: z.string() })
  .openapi('TokenMade', { description: 'the token, which is shown this once' })
export type TokenMade = z.infer<typeof TokenMade>

export const SignInWays = z
  .object({
    mail: z.boolean().openapi({ description: 'links are sent by mail' }),
    oidc: z.string().nullable().openapi({ description: 'what the button for the provider says' }),
    passkeys: z.boolean().openapi({ description: 'false at an address that browsers keep no passkeys for' }),
  })
  .openapi('SignInWays')
export type SignInWays = z.infer<typeof SignInWays>
