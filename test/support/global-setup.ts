import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openEmbeddedPostgres } from '../../src/store/embedded-postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string
  }
}

/** One real PostgreSQL for the whole run; every test that needs a database makes its own in it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'talmach-test-'))
  const postgres = await openEmbeddedPostgres(home)
  project.provide('postgresUrl', postgres.url)
  return async () => {
    await postgres.release()
    await rm(home, { recursive: true, force: true })
  }
}
