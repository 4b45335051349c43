/**
 * Checks the licences of everything in package-lock.json: `npm run licences`. Prints how many packages have which, and
 * names those that may not be here; ends with 1 when there are any.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'

/** Licences that may go out with Talmach, which is under MIT. */
const SHIPPED: ReadonlySet<string> = new Set([
  'MIT',
  'MIT-0',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
])
/** Those that may besides be used to build and test it: nothing of them goes out. */
const TOOLS: ReadonlySet<string> = new Set([...SHIPPED, 'MPL-2.0', 'CC-BY-4.0'])
/** Packages that do not say it in package.json; read in their own files. */
const READ_BY_HAND: Readonly<Record<string, string>> = { 'format@0.2.2': 'MIT' }

const Names = z.record(z.string(), z.string()).default({})
const Entry = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  dependencies: Names,
  optionalDependencies: Names,
  peerDependencies: Names,
  peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean().optional() })).default({}),
})
const Lock = z.object({ packages: z.record(z.string(), Entry) })

export type Licensed = {
  readonly name: string
  /** An SPDX expression; empty where the package does not say. */
  readonly licence: string
  /** Only used to build and test: what goes out does not need it. */
  readonly tool: boolean
}

/** @param lock the text of package-lock.json */
export function readLicences(lock: string): readonly Licensed[] {
  const { packages } = Lock.parse(JSON.parse(lock))
  const shipped = findShipped(packages)
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, { version = '', license }]) => {
      const name = `${path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)}@${version}`
      return { name, licence: license ?? READ_BY_HAND[name] ?? '', tool: !shipped.has(path) }
    })
}

/** Everything that the dependencies of the project lead to; a lock's own marks count a tool that a library could use. */
function findShipped(packages: z.infer<typeof Lock>['packages']): ReadonlySet<string> {
  const found = new Set<string>()
  const open = ['']
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const entry = packages[path]
    if (entry === undefined || found.has(path)) continue
    found.add(path)
    const peers = Object.keys(entry.peerDependencies).filter(
      (name) => entry.peerDependenciesMeta[name]?.optional !== true,
    )
    for (const name of [
      ...Object.keys(entry.dependencies),
      ...Object.keys(entry.optionalDependencies),
      ...peers,
    ]) {
      const place = findFrom(packages, path, name)
      if (place !== undefined) open.push(place)
    }
  }
  return found
}

/** Where Node would find a package: beside whoever asks, or in a folder above. */
function findFrom(
  packages: Readonly<Record<string, unknown>>,
  from: string,
  name: string,
): string | undefined {
  for (let at = from; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (`${at}/node_modules/${name}` in packages) return `${at}/node_modules/${name}`
  }
  return `node_modules/${name}` in packages ? `node_modules/${name}` : undefined
}

/** Whether we may use it: of alternatives (OR) one must be allowed, of what holds together (AND) all. */
export function isAllowed({ licence, tool }: Licensed): boolean {
  const allowed = tool ? TOOLS : SHIPPED
  return licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((part) => allowed.has(part.trim())))
}

if (import.meta.main) {
  const found = readLicences(readFileSync(resolve(import.meta.dirname, '../package-lock.json'), 'utf8'))
  const counts = new Map<string, number>()
  for (const { licence, tool } of found) {
    const kind = `${licence === '' ? '(not said)' : licence}${tool ? ', tools only' : ''}`
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  for (const [kind, n] of [...counts].sort(([, a], [, b]) => b - a))
    process.stdout.write(`${String(n).padStart(5)}  ${kind}\n`)
  const wrong = found.filter((one) => !isAllowed(one))
  for (const { name, licence } of wrong)
    process.stderr.write(`not allowed: ${name} (${licence || 'it does not say'})\n`)
  process.exitCode = wrong.length > 0 ? 1 : 0
}
