import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DocumentSummary } from '../src/http/schemas.ts'
import { type RunningProcess, runTalmach, spawnTalmach } from '../test/support/process.ts'

export type Desk = {
  readonly url: string
  readonly env: Readonly<Record<string, string>>
  readonly process: RunningProcess
  readonly submit: (
    text: string,
    targets: readonly string[],
    fields?: Readonly<Record<string, unknown>>,
  ) => Promise<string>
  readonly document: (id: string) => Promise<DocumentSummary>
  readonly xliff: (id: string, locale: string) => Promise<Response>
  readonly close: () => Promise<void>
}

/** A desk as a process of its own on a new embedded database. */
export async function openDesk(
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<Desk> {
  const home = await mkdtemp(join(tmpdir(), 'talmach-bench-'))
  const all = { TALMACH_HOME: home, PORT: '0', LOG_LEVEL: 'error', ...env }
  const process = spawnTalmach(['start', ...args], all)
  const [, url = ''] = await process.waitFor(/ready: (http\S+)/, 60_000)
  const { stdout } = await runTalmach(['token', '--role', 'admin'], all)
  const headers = { Authorization: `Bearer ${stdout.trim()}`, 'Content-Type': 'application/json' }
  return {
    url,
    env: all,
    process,
    submit: async (text, targetLocales, fields = {}) => {
      const body = JSON.stringify({ text, format: 'markdown', sourceLocale: 'en', targetLocales, ...fields })
      const response = await fetch(`${url}/api/documents`, { method: 'POST', headers, body })
      if (response.status !== 202) throw new Error(await response.text())
      return ((await response.json()) as DocumentSummary).id
    },
    document: async (id) =>
      (await (await fetch(`${url}/api/documents/${id}`, { headers })).json()) as DocumentSummary,
    xliff: (id, locale) => fetch(`${url}/api/documents/${id}/xliff/${locale}`, { headers }),
    close: async () => {
      await process.kill('SIGTERM')
      await rm(home, { recursive: true, force: true })
    },
  }
}
