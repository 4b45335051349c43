import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { DomainError } from '../domain/errors.ts'
import { isAllowed, type Permission, type Principal } from '../domain/permission.ts'
import type { Producer } from '../queue/producer.ts'
import type { Database } from '../store/database.ts'
import type { SegmentationOf } from '../store/segmentation-files.ts'
import type { TermBase } from '../store/term-base.ts'
import type { ArticleExtractor } from './article-extractor.ts'
import type { ChangeFeed } from './change-feed.ts'

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
  readonly producer: Producer
  readonly termBase: () => Promise<TermBase>
  readonly changes: ChangeFeed
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
  /** Where people reach this server, when it is not where requests arrive (TALMACH_PUBLIC_URL). */
  readonly publicUrl: string | undefined
  /** Refuses partners that have no break lists. */
  readonly segmentation: SegmentationOf
  readonly log: (level: 'info' | 'warn' | 'error', event: string, facts: Record<string, unknown>) => void
}

export type HttpEnv = { Variables: { principal: Principal | undefined; requestId: string } }

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
 * Whoever asks, if they may.
 * @throws DomainError `unauthorized` without a valid token or session, `forbidden` without the permission
 */
export function requirePermission(c: Context<HttpEnv>, permission: Permission, locale?: string): Principal {
  const principal = requirePrincipal(c)
  if (!isAllowed(principal, permission, locale)) {
    const where = locale === undefined ? '' : ` in ${locale}`
    throw new DomainError(
      'forbidden',
      `your role, ${principal.role}, does not allow to ${permission}${where}`,
    )
  }
  return principal
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
    deps.log('warn', 'queue is away; the sweeper will find the work', { error: String(error), ...key[0] })
  }
}
