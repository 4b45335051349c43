import type { Role } from '../../src/domain/permission.ts'
import { isRole } from '../../src/domain/permission.ts'
import { readConfig } from '../../src/env.ts'
import { createLog } from '../../src/log.ts'
import { startProcess } from '../../src/serve.ts'
import { issueToken } from '../../src/store/tokens.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

export type TestServer = {
  readonly url: string
  readonly database: TestDatabase
  /** A new access token. */
  readonly token: (role: string, locales?: readonly string[]) => Promise<string>
  /** A one-time sign-in link. */
  readonly signInLink: (role: string) => Promise<string>
  /** `fetch` with a token. */
  readonly api: (token: string, path: string, init?: RequestInit) => Promise<Response>
  readonly close: () => Promise<void>
}

/** Seals what is secret in test databases: nothing is kept in a home. */
export const TEST_SECRET_KEY = Buffer.alloc(32, 7).toString('base64')

/** The whole product in this process, on a free port and a database of its own. */
export async function startServer(
  options: { mt?: string; env?: Record<string, string>; workers?: boolean } = {},
): Promise<TestServer> {
  const database = await createTestDatabase()
  const config = readConfig({
    PORT: '0',
    DATABASE_URL: database.url,
    TALMACH_MT: options.mt ?? 'none',
    LOG_LEVEL: 'error',
    // A test with a home of its own has the key there.
    ...(options.env?.TALMACH_HOME === undefined && { TALMACH_SECRET_KEY: TEST_SECRET_KEY }),
    ...options.env,
  })
  const running = await startProcess(config, createLog(config.LOG_LEVEL), {
    http: true,
    workers: options.workers ?? true,
  })
  const url = running.url ?? ''
  return {
    url,
    database,
    token: (role, locales = []) =>
      issueToken(database.db, { kind: 'access', name: `test ${role}`, role: parseRole(role), locales }),
    signInLink: async (role) => {
      const grant = { kind: 'sign-in', name: `test ${role}`, role: parseRole(role), locales: [] } as const
      return `${url}/sign-in?code=${await issueToken(database.db, grant)}`
    },
    api: (token, path, init = {}) => {
      const headers = new Headers(init.headers)
      headers.set('Authorization', `Bearer ${token}`)
      return fetch(new URL(path, url), { ...init, headers })
    },
    close: async () => {
      await running.close()
      await database.close()
    },
  }
}

function parseRole(role: string): Role {
  if (!isRole(role)) throw new Error(`no role ${role}`)
  return role
}
