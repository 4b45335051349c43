import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { DomainError } from '../domain/errors.ts'
import { isAllowed, type Permission, type Principal } from '../domain/permission.ts'
import type { Producer } from '../queue/producer.ts'
import type { Database } from '../store/database.ts'
import type { TermBase } from '../store/term-base.ts'
import type { ChangeFeed } from './change-feed.ts'

/** What every route may use; made once at the start. */
export type HttpDeps = {
  readonly db: Database
  readonly producer: Producer
  readonly termBase: () => Promise<TermBase>
  readonly changes: ChangeFeed
  /** Engines in use and, where there is none, what to set. */
  readonly engines: { readonly names: readonly string[]; readonly notice: string | null }
  readonly edition: readonly string[]
  /** Addresses of this machine and its network may be taken in (TALMACH_ALLOW_PRIVATE_URLS). */
  readonly allowPrivateUrls: boolean
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
