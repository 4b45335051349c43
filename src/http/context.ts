import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { DomainError } from '../domain/errors.ts'
import { isAllowed, type Permission, type Principal, type Where } from '../domain/permission.ts'
import { describeError } from '../observe/describe-error.ts'
import type { Producer } from '../queue/producer.ts'
import type { Database } from '../store/database.ts'
import type { SecretBox } from '../store/secret-box.ts'
import type { SegmentationOf } from '../store/segmentation-files.ts'
import type { TermBase } from '../store/term-base.ts'
import type { ArticleExtractor } from './article-extractor.ts'
import type { Auth } from './auth.ts'
import type { ChangeFeed } from './change-feed.ts'
import type { Shelved } from './shelf.ts'
import type { StreamLimits } from './stream-limit.ts'

export type EngineCost = {
  readonly name: string
  readonly unit: 'characters' | 'tokens'
  /** Characters cost money. */
  readonly billed: boolean
  /** In its unit, for a month. */
  readonly ceiling: number | undefined
}

/** What every route may use; made once at the start. */
export type HttpDeps = {
  readonly db: Database
  readonly secrets: SecretBox
  /** How people sign in. */
  readonly auth: Auth
  readonly producer: Producer
  readonly termBase: () => Promise<TermBase>
  readonly changes: ChangeFeed
  /** How many event streams may be open; safe numbers where it is left out (TALMACH_STREAMS). */
  readonly streams?: StreamLimits
  readonly articles: ArticleExtractor
  /** Engines in use and, where there is none, what to set. */
  readonly engines: { readonly names: readonly string[]; readonly notice: string | null }
  /** The engines for a pair in the order in which they are asked, and what limits their use. */
  readonly costs: (pair: { readonly source: string; readonly target: string }) => readonly EngineCost[]
  readonly edition: readonly string[]
  /** Addresses of this machine and its network may be taken in (TALMACH_ALLOW_PRIVATE_URLS). */
  readonly allowPrivateUrls: boolean
  /** What is published can be read without a token (TALMACH_PUBLIC_FEEDS). */
  readonly publicRead: boolean
  /** Whoever wrote a text does not approve it, where a document does not say otherwise (TALMACH_FOUR_EYES). */
  readonly fourEyes: boolean
  /** Where people reach this server, when it is not where requests arrive (TALMACH_PUBLIC_URL). */
  readonly publicUrl: string | undefined
  /** Refuses partners that have no break lists. */
  readonly segmentation: SegmentationOf
  readonly log: (level: 'info' | 'warn' | 'error', event: string, facts: Record<string, unknown>) => void
}

export type HttpEnv = {
  Variables: {
    principal: Principal | undefined
    requestId: string
    shelved: Shelved | undefined
    /** Of the person who signed in, if it was one. */
    session: { readonly token: string; readonly startedAt: Date } | undefined
    /** The document that the path is about, where it matters to this principal (see `session.ts`). */
    documentId: string | undefined
  }
}

/** A router whose invalid inputs become `invalid-input` problems that name the field. */
export function createRouter(): OpenAPIHono<HttpEnv> {
  return new OpenAPIHono<HttpEnv>({
    defaultHook: (result) => {
      if (result.success) return
      const [issue] = result.error.issues
      const field = issue?.path.join('.') ?? ''
      const what = issue?.message ?? 'not as described'
      throw new DomainError('invalid-input', field === '' ? what : `${field}: ${what}`)
    },
  })
}

/**
 * Whoever asks, if they may. The one place where permissions are enforced.
 *
 * @param where the target locale that is touched, or more; the document that the path is about is known without it
 * @throws DomainError `unauthorized` without a valid token or session, `forbidden` without the permission
 */
export function requirePermission(
  c: Context<HttpEnv>,
  permission: Permission,
  where?: string | Where,
): Principal {
  const principal = requirePrincipal(c)
  const { locale, documentId } = typeof where === 'string' ? { locale: where } : (where ?? {})
  if (!isAllowed(principal, permission, { locale, documentId: documentId ?? c.get('documentId') })) {
    const place = locale === undefined ? '' : ` in ${locale}`
    const role = principal.grants.length === 0 ? 'you have no role, which' : `your role, ${principal.role},`
    throw new DomainError('forbidden', `${role} does not allow to ${permission}${place}`)
  }
  return principal
}

/**
 * A person who signed in, not a token: what follows is about how they sign in.
 *
 * @throws DomainError `unauthorized`, `forbidden` for a token
 */
export function requireSession(c: Context<HttpEnv>): {
  readonly principal: Principal
  readonly personId: string
  readonly token: string
} {
  const principal = requirePrincipal(c)
  const session = c.get('session')
  if (session === undefined || principal.personId === null) {
    throw new DomainError('forbidden', 'sign in as a person to do this: a token cannot')
  }
  return { principal, personId: principal.personId, token: session.token }
}

const FRESH_MS = 24 * 3600 * 1000

/**
 * The same, signed in within a day, as for what cannot be taken back.
 *
 * @throws DomainError `unauthorized`, `forbidden`
 */
export function requireFreshSession(c: Context<HttpEnv>): ReturnType<typeof requireSession> {
  const found = requireSession(c)
  const startedAt = c.get('session')?.startedAt.getTime() ?? 0
  if (Date.now() - startedAt > FRESH_MS) {
    throw new DomainError('forbidden', 'you signed in more than a day ago: sign out and in again first')
  }
  return found
}

/** @throws DomainError `unauthorized` */
export function requirePrincipal(c: Context<HttpEnv>): Principal {
  const principal = c.get('principal')
  if (principal === undefined) {
    throw new DomainError('unauthorized', 'sign in, or send a token as “Authorization: Bearer …”')
  }
  return principal
}

/** Enqueues and forgives: a queue that is away costs time, not work, because the sweeper reads the rows. */
export async function enqueue(deps: HttpDeps, ...key: Parameters<Producer['add']>): Promise<void> {
  try {
    await deps.producer.add(...key)
  } catch (error) {
    deps.log('warn', 'queue is away; the sweeper will find the work', {
      error: describeError(error),
      ...key[0],
    })
  }
}
