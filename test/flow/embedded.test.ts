import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEmbeddedPostgres } from '../../src/store/embedded-postgres.ts'
import { runTalmach, spawnTalmach } from '../support/process.ts'

describe('the embedded engine', () => {
  let home: string
  let env: Record<string, string>

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'talmach-home-'))
    env = { TALMACH_HOME: home, PORT: '0', TALMACH_MT: 'none' }
  })
  afterAll(() => rm(home, { recursive: true, force: true }))

  it('starts from nothing, says where to sign in, and keeps its password to itself', async () => {
    const desk = spawnTalmach(['start'], env)
    const [, url = ''] = await desk.waitFor(/ready: (http:\/\/127\.0\.0\.1:\d+)/)
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    const [, link = ''] = await desk.waitFor(/(http\S+sign-in\?code=\S+)/)
    expect(((await stat(join(home, 'postgres-password'))).mode & 0o777).toString(8)).toBe('600')

    const cookieOf = async () => {
      const response = await fetch(`${url}/sign-in`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: url },
        body: new URLSearchParams({ code: new URL(link).searchParams.get('code') ?? '' }),
      })
      return { status: response.status, cookie: response.headers.get('set-cookie') ?? '' }
    }
    const first = await cookieOf()
    expect(first.status).toBe(303)
    expect(first.cookie).toMatch(/HttpOnly/)
    const session = await fetch(`${url}/api/session`, {
      headers: { Cookie: first.cookie.split(';')[0] ?? '' },
    })
    expect(await session.json()).toMatchObject({ role: 'admin', engines: [] })
    expect((await cookieOf()).status).toBe(401)

    const second = await runTalmach(['start'], env)
    expect(second.code).toBe(1)
    expect(second.stderr.trim().split('\n')).toHaveLength(1)
    expect(second.stderr).toContain(`already running on ${home} at ${url}`)
    expect((await fetch(`${url}/readyz`)).status).toBe(200)

    expect(await desk.kill('SIGINT')).toBe(0)
    await expect(stat(join(home, 'postgres', 'postmaster.pid'))).rejects.toThrow('ENOENT')
  }, 60_000)

  it('goes on after it was killed, and after a crash left a lock with a pid that is somebody else’s now', async () => {
    const desk = spawnTalmach(['start'], env)
    await desk.waitFor(/ready: /)
    await desk.kill('SIGKILL')
    const again = spawnTalmach(['start'], env)
    await again.waitFor(/ready: /)
    expect(await again.kill('SIGTERM')).toBe(0)

    // As after a power cut: the lock names a pid that now belongs to a process that is not PostgreSQL.
    const lock = `${process.pid}\n${join(home, 'postgres')}\n1600000000\n1\n\n127.0.0.1\n\nready\n`
    await writeFile(join(home, 'postgres', 'postmaster.pid'), lock)
    const recovered = spawnTalmach(['start'], env)
    await recovered.waitFor(/ready: /)
    expect(await recovered.kill('SIGTERM')).toBe(0)
  }, 60_000)

  it('is shared by processes that start at once, and stops with the last of them', async () => {
    const shared = await mkdtemp(join(tmpdir(), 'talmach-shared-'))
    const [a, b] = await Promise.all([openEmbeddedPostgres(shared), openEmbeddedPostgres(shared)])
    expect(a.url).toBe(b.url)
    await a.release()
    expect(await readFile(join(shared, 'postgres', 'postmaster.pid'), 'utf8')).toContain('ready')
    await b.release()
    await expect(stat(join(shared, 'postgres', 'postmaster.pid'))).rejects.toThrow('ENOENT')
    await rm(shared, { recursive: true, force: true })
  }, 60_000)
})
