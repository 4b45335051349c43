import { execFile } from 'node:child_process'
import { chown } from 'node:fs/promises'
import { promisify } from 'node:util'
import { DomainError } from '../domain/errors.ts'

const run = promisify(execFile)

/** How to start a PostgreSQL program: a prefix for its command line, and who owns its files. */
export type PostgresAccount = {
  readonly prefix: readonly string[]
  readonly own: (path: string) => Promise<void>
}

/**
 * PostgreSQL refuses to run as root. An ordinary user runs it as themself; root runs it as an unprivileged
 * account through `setpriv` (util-linux), which keeps one capability: passing through directories that only
 * root may enter, such as a home or a temporary folder with mode 700.
 * @throws DomainError `misconfigured` when root has no way to step down
 */
export async function findPostgresAccount(): Promise<PostgresAccount> {
  if (process.getuid?.() !== 0) return { prefix: [], own: async () => {} }
  const account = await unprivilegedAccount()
  const keep = '+dac_override'
  const prefix = [
    'setpriv',
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    '--clear-groups',
    `--inh-caps=${keep}`,
    `--ambient-caps=${keep}`,
    '--',
  ]
  try {
    await run('setpriv', [...prefix.slice(1), 'true'])
  } catch (cause) {
    throw new DomainError(
      'misconfigured',
      'PostgreSQL does not run as root and setpriv cannot step down here: run as an ordinary user, or set DATABASE_URL',
      { cause },
    )
  }
  return { prefix, own: (path) => chown(path, account.uid, account.gid) }
}

async function unprivilegedAccount(): Promise<{ uid: number; gid: number }> {
  for (const name of ['talmach', 'postgres']) {
    const found = await accountNamed(name)
    if (found !== undefined) return found
  }
  await run('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'talmach']).catch(
    () => {},
  )
  // `nobody` exists on every Linux; it serves where accounts cannot be made (a read-only /etc).
  const account = (await accountNamed('talmach')) ?? (await accountNamed('nobody'))
  if (account !== undefined) return account
  throw new DomainError('misconfigured', 'no unprivileged account to run PostgreSQL under: set DATABASE_URL')
}

async function accountNamed(name: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
    return { uid: Number.parseInt(uid.stdout, 10), gid: Number.parseInt(gid.stdout, 10) }
  } catch {
    return undefined
  }
}
