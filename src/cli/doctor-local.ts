import { existsSync } from 'node:fs'
import { mkdir, readdir, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Probe } from './doctor.ts'

const GIB = 1024 ** 3

/**
 * Probes that need nothing but this machine.
 * @param packageRoot where Talmach lies
 * @param home TALMACH_HOME
 */
export function localProbes(packageRoot: string, home: string): readonly Probe[] {
  return [
    {
      name: 'node',
      remedy: 'run npm ci, then npx talmach',
      ask: async () => {
        const major = Number.parseInt(process.versions.node, 10)
        if (major < 24) throw new Error(`Node ${process.versions.node} is too old: 24 is needed`)
        return process.versions.node
      },
    },
    {
      name: 'desk',
      remedy: 'npm run build',
      ask: async () => {
        if (existsSync(join(packageRoot, 'dist/web/index.html'))) return 'built'
        throw new Error('the web client is not built')
      },
    },
    {
      name: 'home',
      remedy: 'give the account that runs Talmach the right to write there, or choose another TALMACH_HOME',
      ask: async () => {
        const probe = join(home, `doctor-${process.pid}.partial`)
        await mkdir(home, { recursive: true, mode: 0o700 })
        await writeFile(probe, 'x')
        await rm(probe)
        return home
      },
    },
    {
      name: 'disk',
      remedy: 'free some space, or move TALMACH_HOME to a larger disk',
      ask: () => space(home),
    },
    { name: 'secrets', ask: () => modes(home) },
  ]
}

async function space(home: string) {
  const { bavail, blocks, bsize } = await statfs(home)
  const free = bavail * bsize
  const detail = `${(free / GIB).toFixed(1)} GiB of ${((blocks * bsize) / GIB).toFixed(1)} GiB are free`
  if (free < GIB / 4) throw new Error(`${detail}: the database will stop when it is full`)
  if (free < 2 * GIB || free < 0.05 * blocks * bsize) {
    return { detail, warn: 'free some space: delete old backups, run talmach retain' }
  }
  return detail
}

/** Files that only their owner may read. */
async function modes(home: string) {
  if (process.platform === 'win32') return 'not checked on Windows'
  const files = await readdir(home).catch(() => [])
  const secret = files.filter((name) => name === 'postgres-password' || name.endsWith('.key'))
  const backups = (await readdir(join(home, 'backups')).catch(() => [])).map((name) => join('backups', name))
  const open: string[] = []
  for (const name of [...secret, ...backups]) {
    const { mode } = await stat(join(home, name))
    if ((mode & 0o077) !== 0) open.push(name)
  }
  if (open.length > 0) {
    const paths = open.slice(0, 3).map((name) => join(home, name))
    throw new Error(
      `others can read ${open.length === 1 ? 'a file' : `${open.length} files`} that hold${open.length === 1 ? 's' : ''} secrets: chmod 600 ${paths.join(' ')}`,
    )
  }
  return secret.length === 0 ? 'none in the home' : `${secret.length} files, for their owner only`
}
