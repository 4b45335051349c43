import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { APIError, createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { genericOAuth } from 'better-auth/plugins/generic-oauth'
import { magicLink } from 'better-auth/plugins/magic-link'
import { z } from 'zod'
import { NO_EMAIL } from '../store/people.ts'
import type { AuthSettings } from './auth.ts'
import { ADDRESS_HEADER } from './auth-names.ts'
import { confirmationMail, signInMail } from './mail.ts'

export const MIN_PASSWORD = 10
export const MAX_PASSWORD = 128
const DAY = 24 * 3600

export type AuthLibrary = {
  /** False: the configured provider could not be reached. */
  readonly complete: boolean
  readonly handle: (request: Request) => Promise<Response>
  /** Signs a person in; the answer sets the cookie. */
  readonly startSession: (personId: string, headers: Headers) => Promise<Response>
  /** Uses up a link that was sent by mail; the answer sets the cookie. */
  readonly useMailedLink: (token: string, headers: Headers) => Promise<Response>
  /** Takes an address for proved. @returns whether the link was good */
  readonly confirmEmail: (token: string) => Promise<boolean>
  readonly sendConfirmation: (email: string, headers: Headers) => Promise<void>
  readonly setPassword: (password: string, headers: Headers) => Promise<Response>
  readonly hashPassword: (password: string) => Promise<string>
}

type LibraryOptions = AuthSettings & { readonly origin: string; readonly secret: string }

/** better-auth as it works at one address: the one file that knows it. Docs: better-auth.com, 1.7. */
export async function createAuthLibrary(options: LibraryOptions): Promise<AuthLibrary> {
  const auth = build(options)
  const context = await auth.$context
  return {
    complete: options.oidc === undefined || context.socialProviders.some(({ id }) => id === 'oidc'),
    handle: (request) => auth.handler(request),
    startSession: (userId, headers) => auth.api.startSession({ body: { userId }, headers, asResponse: true }),
    useMailedLink: (token, headers) =>
      auth.api.magicLinkVerify({ query: { token }, headers, asResponse: true }),
    confirmEmail: async (token) => (await auth.api.verifyEmail({ query: { token }, asResponse: true })).ok,
    sendConfirmation: async (email, headers) => {
      await auth.api.sendVerificationEmail({ body: { email }, headers })
    },
    setPassword: (newPassword, headers) =>
      auth.api.setPassword({ body: { newPassword }, headers, asResponse: true }),
    hashPassword: (password) => context.password.hash(password),
  }
}

/** Signs in a person whom our own routes have let in: by a link, or an invitation. */
const ownEndpoints = {
  id: 'talmach',
  endpoints: {
    startSession: createAuthEndpoint.serverOnly(
      { method: 'POST', body: z.object({ userId: z.string() }), requireHeaders: true },
      async (ctx) => {
        const user = await ctx.context.internalAdapter.findUserById(ctx.body.userId)
        const session = user === null ? null : await ctx.context.internalAdapter.createSession(user.id)
        if (user === null || !session) throw new APIError('FORBIDDEN')
        await setSessionCookie(ctx, { session, user })
        return ctx.json({ status: true })
      },
    ),
  },
}

function build({ db, origin, secret, mail, oidc, log }: LibraryOptions) {
  const mailable = async (email: string): Promise<boolean> => {
    const row = await db
      .selectFrom('auth_user')
      .innerJoin('person', 'person.id', 'auth_user.id')
      .select('auth_user.id')
      .where('auth_user.email', '=', email.toLowerCase())
      .where('person.blocked_at', 'is', null)
      .executeTakeFirst()
    return row !== undefined && !email.endsWith(NO_EMAIL)
  }
  /** Not waited for: how long an answer takes must not tell whether somebody has an account. */
  const post = (email: string, letter: { readonly subject: string; readonly text: string }): void => {
    void mailable(email)
      .then((known) => (known ? mail?.({ to: email, ...letter }) : undefined))
      .catch((error: unknown) => log('warn', 'mail was not sent', { error: nameOf(error) }))
  }

  return betterAuth({
    appName: 'Talmach',
    baseURL: origin,
    basePath: '/api/auth',
    secret,
    trustedOrigins: [origin],
    telemetry: { enabled: false },
    database: { db, type: 'postgres' as const },
    // Messages only: their details hold addresses.
    logger: {
      level: 'error',
      log: (level, message) => log(level === 'error' ? 'warn' : 'info', 'sign-in', { message }),
    },
    onAPIError: {
      errorURL: `${origin}/`,
      // Refusals are answers; the rest is ours to mend.
      onError: (error) => {
        if (!(error instanceof APIError)) log('error', 'sign-in failed', { error: nameOf(error) })
      },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD,
      maxPasswordLength: MAX_PASSWORD,
    },
    emailVerification: {
      expiresIn: DAY,
      sendVerificationEmail: async ({ user, token }) =>
        post(user.email, confirmationMail(`${origin}/sign-in?confirm=${encodeURIComponent(token)}`)),
    },
    user: {
      modelName: 'auth_user',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    session: {
      modelName: 'auth_session',
      fields: {
        expiresAt: 'expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        userId: 'user_id',
      },
      expiresIn: 30 * DAY,
      disableSessionRefresh: true,
      freshAge: DAY,
    },
    account: {
      modelName: 'auth_account',
      fields: {
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'user_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      accountLinking: { enabled: true, allowDifferentEmails: true },
    },
    verification: {
      modelName: 'auth_verification',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
      storeIdentifier: 'hashed',
    },
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'auth_rate_limit',
      fields: { lastRequest: 'last_request' },
      window: 60,
      max: 100,
      customRules: {
        '/sign-in/email': { window: 60, max: 10 },
        '/sign-in/magic-link': { window: 60, max: 5 },
        '/sign-in/social': { window: 60, max: 30 },
        '/change-password': { window: 60, max: 5 },
        '/passkey/*': { window: 60, max: 60 },
      },
    },
    advanced: {
      cookiePrefix: 'talmach',
      // Said plainly: left out, the library turns them off where NODE_ENV says “test”.
      disableCSRFCheck: false,
      disableOriginCheck: false,
      useSecureCookies: origin.startsWith('https:'),
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      database: { generateId: 'uuid' },
    },
    databaseHooks: {
      session: {
        create: {
          // Where people work from is nobody's business here: it is not kept.
          before: async (session) => {
            const row = await db
              .selectFrom('person')
              .select('id')
              .where('id', '=', session.userId)
              .where('blocked_at', 'is', null)
              .where('erased_at', 'is', null)
              .executeTakeFirst()
            if (row === undefined) return false
            return { data: { ...session, ipAddress: '', userAgent: (session.userAgent ?? '').slice(0, 300) } }
          },
        },
      },
      account: {
        // We ask the provider who somebody is, once; nothing is done there in their name.
        create: { before: async (account) => ({ data: { ...account, ...NO_TOKENS } }) },
        update: { before: async (account) => ({ data: { ...account, ...NO_TOKENS } }) },
      },
    },
    plugins: [
      ownEndpoints,
      magicLink({
        disableSignUp: true,
        expiresIn: 15 * 60,
        storeToken: 'hashed',
        // To our own page with a button: programs that open links to preview them must not use it up.
        sendMagicLink: async ({ email, token }) =>
          post(email, signInMail(`${origin}/sign-in?link=${encodeURIComponent(token)}`)),
      }),
      passkey({
        rpID: new URL(origin).hostname,
        rpName: 'Talmach',
        origin,
        schema: {
          passkey: {
            modelName: 'auth_passkey',
            fields: {
              publicKey: 'public_key',
              userId: 'user_id',
              credentialID: 'credential_id',
              deviceType: 'device_type',
              backedUp: 'backed_up',
              createdAt: 'created_at',
            },
          },
        },
      }),
      genericOAuth({
        config:
          oidc === undefined
            ? []
            : [
                {
                  providerId: 'oidc',
                  discoveryUrl: `${oidc.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
                  clientId: oidc.clientId,
                  ...(oidc.clientSecret === undefined ? {} : { clientSecret: oidc.clientSecret }),
                  scopes: ['openid', 'email'],
                  requireIdTokenVerification: true,
                  // Whoever is not invited does not get in.
                  disableSignUp: true,
                },
              ],
      }),
    ],
  })
}

const NO_TOKENS = { accessToken: null, refreshToken: null, idToken: null }

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'error')
