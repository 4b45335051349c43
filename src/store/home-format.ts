import { execFile } from 'node:child_process'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { DomainError } from '../domain/errors.ts'
import { findPostgresBinaries } from './postgres-binaries.ts'

const run = promisify(execFile)

/** Of the lay-out of a home: `postgres/`, `postgres-password`, `secret.key`. It grows when an older version could not read it. */
export const HOME_FORMAT = 1

/**
 * Makes sure that this version can read a home before anything in it is touched. A home without a `format` file is new,
 * or from before there was one, which is format 1.
 *
 * @throws DomainError `misconfigured` for a home of a newer Talmach, or whose database another PostgreSQL made
 */
export async function requireHomeFormat(home: string): Promise<void> {
  const file = join(home, 'format')
  const text = await readFile(file, 'utf8').catch(() => '')
  // Empty: the disk was full, or the power went, in the moment when it was made.
  if (text === '') {
    await mkdir(home, { recursive: true, mode: 0o700 })
    const draft = `${file}.${process.pid}.partial`
    await writeFile(draft, `${HOME_FORMAT}\n`, { mode: 0o600 })
    await rename(draft, file)
  } else if (!/^\d{1,6}\s*$/.test(text)) {
    throw new DomainError('misconfigured', `${file} does not hold a number: is ${home} a home of Talmach?`)
  } else if (Number(text) > HOME_FORMAT) {
    throw new DomainError(
      'misconfigured',
      `${home} has format ${text.trim()}, this version of Talmach knows ${HOME_FORMAT}: start the newer version, or choose another TALMACH_HOME and restore a backup into it`,
    )
  }
  const made = await readFile(join(home, 'postgres/PG_VERSION'), 'utf8').catch(() => undefined)
  if (made === undefined) return
  const { stdout } = await run((await findPostgresBinaries()).postgres, ['--version'])
  const major = /PostgreSQL\) (\d+)/.exec(stdout)?.[1]
  if (major === undefined || major === made.trim()) return
  throw new DomainError(
    'misconfigured',
    `the database in ${home} was made by PostgreSQL ${made.trim()}, this version of Talmach comes with ${major}: make a backup with the version before (talmach backup), and restore it into a new TALMACH_HOME`,
  )
}
