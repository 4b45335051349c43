import { spawn, spawnSync } from 'node:child_process'
import { chmod, chown, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import type { DocumentSummary } from '../../src/http/schemas.ts'
import { issueToken } from '../../src/store/tokens.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'
import { programMissing } from '../support/missing.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const NOBODY = 65534
const NAMESPACES = spawnSync('unshare', ['--mount', '--', 'mount', '-o', 'remount,bind,ro', '/']).status === 0

/**
 * The container's topology with plain processes: everything mounted read-only in a mount namespace, an account of
 * nobody, no capabilities, no new privileges; only the home and the temporary folder can be written.
 */
function confine(writable: readonly string[], command: readonly string[]): readonly string[] {
  const step = `exec setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all -- "$@"`
  // Where no mount namespace can be made, nobody is kept from writing by who owns the files.
  if (!NAMESPACES) return ['sh', '-c', step, 'sh', ...command]
  const binds = writable.map((path) => `mount --bind '${path}' '${path}'`)
  const script = [
    'set -e',
    ...binds,
    'mount -o remount,bind,ro /',
    ...writable.map((path) => `mount -o remount,bind,rw '${path}'`),
    step,
  ]
  return ['unshare', '--mount', '--', 'sh', '-c', script.join('\n'), 'sh', ...command]
}

describe('a desk and a worker in one process, on a file system that cannot be written', () => {
  let home: string
  let temporary: string
  let database: TestDatabase
  let missing: string | undefined

  beforeAll(async () => {
    missing = programMissing('setpriv') ?? programMissing('unshare') ?? whyNot()
    if (missing !== undefined) return
    database = await createTestDatabase()
    home = await mkdtemp(join(tmpdir(), 'talmach-data-'))
    temporary = await mkdtemp(join(tmpdir(), 'talmach-tmp-'))
    for (const path of [home, temporary]) {
      await chown(path, NOBODY, NOBODY)
      await chmod(path, 0o700)
    }
  })
  afterAll(async () => {
    await database?.close()
    for (const path of [home, temporary])
      if (path !== undefined) await rm(path, { recursive: true, force: true })
  })

  const env = () => ({
    ...{ PATH: `${dirname(process.execPath)}:${process.env.PATH}`, TMPDIR: temporary, HOME: '/nonexistent' },
    ...{ DATABASE_URL: database.url, TALMACH_HOME: home, TALMACH_MT: 'pseudo', PORT: '0' },
  })

  it('translates an article as nobody, and writes nothing but to its home', async (context) => {
    requireConfinement(context, missing)
    const refused = confine(
      [home, temporary],
      ['sh', '-c', `touch '${ROOT}/never' || echo refused; id -u; grep CapEff /proc/self/status`],
    )
    const [program = '', ...args] = refused
    const probe = spawnSync(program, args, { encoding: 'utf8', env: env() })
    expect(probe.stdout).toMatch(/^refused\n65534\nCapEff:\t0+\n$/)

    const [run = '', ...rest] = confine(
      [home, temporary],
      [process.execPath, join(ROOT, 'src/main.ts'), 'start'],
    )
    const child = spawn(run, rest, { cwd: ROOT, env: env(), stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += chunk
      })
    const exited = new Promise((done) => child.once('exit', done))
    try {
      const url = await eventually(
        `the desk; it said ${output}`,
        async () => /ready: (\S+)/.exec(output)?.[1],
        30_000,
      ).catch((error: unknown) => {
        throw new Error(`${String(error)}: ${output}`)
      })
      const token = await issueToken(database.db, {
        kind: 'access',
        name: 'Nadia',
        role: 'admin',
        locales: [],
      })
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      const body = {
        text: 'It rained at noon.',
        format: 'text',
        name: 'a.txt',
        sourceLocale: 'en',
        targetLocales: ['de'],
      }
      const sent = await fetch(new URL('/api/documents', url), {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      })
      expect(sent.status).toBe(202)
      const { id } = (await sent.json()) as DocumentSummary
      await eventually(
        'the translation',
        async () => {
          const answer = await fetch(new URL(`/api/documents/${id}`, url), { headers })
          return ((await answer.json()) as DocumentSummary).locales[0]?.state.startsWith('in-')
        },
        40_000,
      )
    } finally {
      child.kill('SIGTERM')
      await exited
    }
    expect(output).not.toMatch(/EROFS|EACCES|EPERM/)
    expect(await readdir(home)).not.toContain('postgres')
  }, 90_000)
})

function requireConfinement(context: TestContext, missing: string | undefined): void {
  if (missing !== undefined) context.skip(missing)
}

/** Whether this machine lets us make a mount namespace, and nobody can read the checkout. */
function whyNot(): string | undefined {
  const [program = '', ...args] = confine([], [process.execPath, '--version'])
  const probe = spawnSync(program, args, { encoding: 'utf8' })
  if (probe.status === 0) return undefined
  const reason = `no read-only mount namespace for nobody here (${(probe.stderr || String(probe.error)).trim().slice(0, 200)})`
  if (process.env.CI === 'true') throw new Error(reason)
  return reason
}
