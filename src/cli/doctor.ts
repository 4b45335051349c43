import { existsSync } from 'node:fs'
import { join } from 'node:path'

export type Check = { readonly name: string; readonly ok: boolean; readonly detail: string }

/** A part of the installation that can be asked whether it works; a throw is a “no” with its message. */
export type Probe = { readonly name: string; readonly ask: () => Promise<string> }

/** Asks every probe, one after the other; none stops the next. */
export async function examine(probes: readonly Probe[]): Promise<readonly Check[]> {
  const checks: Check[] = []
  for (const { name, ask } of probes) {
    try {
      checks.push({ name, ok: true, detail: await ask() })
    } catch (error) {
      checks.push({ name, ok: false, detail: error instanceof Error ? error.message : String(error) })
    }
  }
  return checks
}

/** Probes that need nothing but this process. */
export function localProbes(packageRoot: string): readonly Probe[] {
  return [
    {
      name: 'node',
      ask: async () => {
        const major = Number.parseInt(process.versions.node, 10)
        if (major < 24) throw new Error(`Node ${process.versions.node}: run npm ci, then npx talmach`)
        return process.versions.node
      },
    },
    {
      name: 'desk',
      ask: async () => {
        if (existsSync(join(packageRoot, 'dist/web/index.html'))) return 'built'
        throw new Error('the web client is not built: npm run build')
      },
    },
  ]
}

export function describeChecks(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ name }) => name.length))
  return checks
    .map(({ name, ok, detail }) => `${ok ? 'ok  ' : 'FAIL'}  ${name.padEnd(width)}  ${detail}`)
    .join('\n')
}
