import { createWriteStream } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import { DomainError } from '../domain/errors.ts'
import { parseLocale } from '../domain/locale.ts'
import { MemoryHits, type MemoryImportLine, MemoryList, MemoryView } from '../http/memory-schemas.ts'
import type { ApiClient } from './api-client.ts'
import { importFile } from './memory-import.ts'
import { jsonOption, type Output } from './program.ts'

export type MemoryCommandDeps = {
  /** Against `TALMACH_URL` with `TALMACH_TOKEN`. */
  readonly api: () => ApiClient
}

type PairOptions = {
  readonly memory: string
  readonly from?: string
  readonly to?: string
  readonly json?: true
}

/** `talmach memory`: translation memories of a server. */
export function addMemoryCommands(program: Command, deps: MemoryCommandDeps, output: Output): void {
  const memory = program.command('memory').description('translation memories of a server')
  memory
    .command('list')
    .description('memories in the order in which they are read')
    .addOption(jsonOption())
    .action(async (options: { json?: true }) => {
      const { memories } = await listMemories(deps.api())
      if (options.json === true) output.print(JSON.stringify(memories))
      else for (const each of memories) output.print(describeMemory(each))
    })
  memory
    .command('import')
    .description(
      'take TMX files in; the same file goes on where it broke off, and changes nothing the second time',
    )
    .argument('<file...>', 'TMX files of any size')
    .option('--memory <name>', 'which memory; made where there is none', 'imported')
    .option('--from <locale>', 'only this source locale')
    .option('--to <locale>', 'only this target locale')
    .option('--unreviewed', 'nobody has approved these translations: their matches count less')
    .addOption(jsonOption())
    .action(async (files: string[], options: PairOptions & { unreviewed?: true }) => {
      const api = deps.api()
      const { id } = await ensureMemory(api, options.memory)
      const reports: unknown[] = []
      for (const file of files) {
        const query = pairQuery(options)
        query.set('reviewed', `${options.unreviewed !== true}`)
        const report = await importFile(api, id, file, query)
        reports.push({ file, ...report })
        if (options.json !== true) output.print(`${file}: ${describeImport(report)}`)
      }
      if (options.json === true) output.print(JSON.stringify({ memory: options.memory, files: reports }))
    })
  memory
    .command('export')
    .description('write a memory as TMX')
    .argument('<file>', 'where the TMX goes')
    .option('--memory <name>', 'which memory', 'approved')
    .option('--from <locale>', 'only this source locale')
    .option('--to <locale>', 'only this target locale')
    .addOption(jsonOption())
    .action(async (file: string, options: PairOptions) => {
      const api = deps.api()
      const { id } = await requireMemory(api, options.memory)
      const response = await api(`/api/memories/${id}/export?${pairQuery(options)}`)
      await saveBody(response, file)
      output.print(options.json === true ? JSON.stringify({ file }) : file)
    })
  memory
    .command('search')
    .description('sentences in which words stand')
    .argument('<words>')
    .requiredOption('--from <locale>', 'source locale')
    .requiredOption('--to <locale>', 'target locale')
    .option('--in-target', 'look in the translations')
    .addOption(jsonOption())
    .action(async (words: string, options: { from: string; to: string; inTarget?: true; json?: true }) => {
      const query = pairQuery(options)
      query.set('q', words)
      query.set('side', options.inTarget === true ? 'target' : 'source')
      const hits = MemoryHits.parse(await (await deps.api()(`/api/memories/search?${query}`)).json())
      if (options.json === true) output.print(JSON.stringify(hits))
      else for (const { source, target } of hits.units) output.print(`${source}\n  ${target}`)
    })
}

async function listMemories(api: ApiClient): Promise<MemoryList> {
  return MemoryList.parse(await (await api('/api/memories')).json())
}

async function findMemory(api: ApiClient, name: string): Promise<MemoryView | undefined> {
  return (await listMemories(api)).memories.find((known) => known.name === name)
}

async function requireMemory(api: ApiClient, name: string): Promise<MemoryView> {
  const memory = await findMemory(api, name)
  if (memory !== undefined) return memory
  throw new DomainError('not-found', `there is no memory “${name}”: talmach memory list shows them`)
}

async function ensureMemory(api: ApiClient, name: string): Promise<MemoryView> {
  const known = await findMemory(api, name)
  if (known !== undefined) return known
  const body = JSON.stringify({ name })
  const headers = { 'Content-Type': 'application/json' }
  return MemoryView.parse(await (await api('/api/memories', { method: 'POST', body, headers })).json())
}

/** Written beside its place and moved there, without ever holding it whole. */
async function saveBody(response: Response, file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const draft = join(dirname(file), `.${basename(file)}.${process.pid}`)
  await pipeline(Readable.from(response.body ?? []), createWriteStream(draft))
  await rename(draft, file)
}

function pairQuery({ from, to }: { readonly from?: string; readonly to?: string }): URLSearchParams {
  const query = new URLSearchParams()
  if (from !== undefined) query.set('sourceLocale', parseLocale(from))
  if (to !== undefined) query.set('targetLocale', parseLocale(to))
  return query
}

function describeImport({
  read,
  added = 0,
  updated = 0,
  unchanged = 0,
  skipped = 0,
  resumedAt = 0,
}: MemoryImportLine) {
  const from = resumedAt === 0 ? '' : `, went on at ${resumedAt}`
  return `${read} pairs: ${added} new, ${updated} newer, ${unchanged} known, ${skipped} skipped${from}`
}

function describeMemory({ name, priority, penalty, active, pairs }: MemoryView): string {
  const held = pairs.map(({ source, target, units }) => `  ${source} → ${target}  ${units}`)
  const off = active ? '' : ', not read'
  return [`${name}  (priority ${priority}, penalty ${penalty}${off})`, ...held].join('\n')
}
