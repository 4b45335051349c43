import type { Command } from 'commander'
import { Option } from 'commander'
import { DomainError } from '../domain/errors.ts'
import { GlossaryList, ImportReport } from '../http/term-schemas.ts'
import { EXPORT_FORMATS, type ExportFormat } from '../store/glossary-export.ts'
import type { ApiClient } from './api-client.ts'
import { EXIT } from './exit.ts'
import { readBytes, stemOf, writeWhole } from './files.ts'
import { jsonOption, type Output } from './program.ts'
import type { RemoteCommandDeps } from './remote-commands.ts'

type ImportOptions = {
  readonly name?: string
  readonly dryRun?: true
  readonly missing: 'keep' | 'deprecate'
  readonly conflicts: 'keep' | 'take'
  readonly from?: string
  readonly to?: string
  readonly json?: true
}

type ExportOptions = {
  readonly format: ExportFormat
  readonly out: string
  readonly from?: string
  readonly to?: string
  readonly json?: true
}

/** `talmach glossary import|export|list`, against a server. */
export function addGlossaryCommands(program: Command, deps: RemoteCommandDeps, output: Output): void {
  const glossary = program.command('glossary').description('term bases of the server')
  glossary
    .command('list')
    .description('the term bases and how many concepts they have')
    .addOption(jsonOption())
    .action(async (options: { json?: true }) => {
      const list = await listGlossaries(deps.api())
      if (options.json === true) output.print(JSON.stringify(list))
      else for (const one of list.glossaries) output.print(describe(one))
    })
  glossary
    .command('import')
    .description('take term bases over: TBX, CSV or TSV; what people changed at the desk stays')
    .argument('<file...>')
    .option('--name <name>', 'of the term base; the file’s name without its ending by default')
    .option('--dry-run', 'only say what would change')
    .addOption(
      new Option('--missing <what>', 'concepts that the file has not: keep them, or deprecate them')
        .choices(['keep', 'deprecate'])
        .default('keep'),
    )
    .addOption(
      new Option('--conflicts <what>', 'concepts that both the file and the desk changed')
        .choices(['keep', 'take'])
        .default('keep'),
    )
    .option('--from <locale>', 'of a list without a header: the language of its first column')
    .option('--to <locale>', 'and of its second')
    .addOption(jsonOption())
    .action(async (files: string[], options: ImportOptions) => {
      const api = deps.api()
      const reports: ImportReport[] = []
      for (const file of files) reports.push(await importGlossary(api, file, options))
      if (options.json === true) output.print(JSON.stringify({ imports: reports }))
      else for (const report of reports) output.print(describeImport(report))
      if (reports.some(hasOpenConflicts)) output.finishWith(EXIT.blocked)
    })
  glossary
    .command('export')
    .description('write a term base to a file')
    .argument('[name]', 'of the term base; not needed where there is only one')
    .addOption(new Option('--format <format>', 'what to write').choices(EXPORT_FORMATS).default('tbx'))
    .requiredOption('--out <file>', 'where it goes')
    .option('--from <locale>', 'deepl, omegat: from which language')
    .option('--to <locale>', 'deepl, omegat: to which')
    .addOption(jsonOption())
    .action(async (name: string | undefined, options: ExportOptions) => {
      const api = deps.api()
      const which = name ?? (await onlyGlossary(api))
      const bytes = await exportGlossary(api, which, options)
      await writeWhole(options.out, bytes)
      if (options.json === true) output.print(JSON.stringify({ glossary: which, file: options.out }))
      else output.print(options.out)
    })
}

async function listGlossaries(api: ApiClient): Promise<GlossaryList> {
  return GlossaryList.parse(await (await api('/api/glossaries')).json())
}

async function importGlossary(api: ApiClient, file: string, options: ImportOptions): Promise<ImportReport> {
  const bytes = await readBytes(file)
  const name = options.name ?? stemOf(file)
  const query = new URLSearchParams({
    file,
    dryRun: String(options.dryRun === true),
    missing: options.missing,
    conflicts: options.conflicts,
    ...pairOf(options),
  })
  const response = await api(`/api/glossaries/${encodeURIComponent(name)}/import?${query}`, {
    method: 'POST',
    body: new Uint8Array(bytes),
    headers: { 'Content-Type': 'application/octet-stream' },
  })
  return ImportReport.parse(await response.json())
}

async function exportGlossary(api: ApiClient, name: string, options: ExportOptions): Promise<Uint8Array> {
  const query = new URLSearchParams({ format: options.format, ...pairOf(options) })
  const response = await api(`/api/glossaries/${encodeURIComponent(name)}/export?${query}`)
  return new Uint8Array(await response.arrayBuffer())
}

/** @throws DomainError `misconfigured` where there is none or more than one */
async function onlyGlossary(api: ApiClient): Promise<string> {
  const { glossaries } = await listGlossaries(api)
  const [first, ...others] = glossaries
  if (first !== undefined && others.length === 0) return first.name
  const names = glossaries.map(({ name }) => name).join(', ')
  const why = first === undefined ? 'the server has no term base' : `say which term base: ${names}`
  throw new DomainError('misconfigured', why)
}

function pairOf({ from, to }: { readonly from?: string; readonly to?: string }): Record<string, string> {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

function hasOpenConflicts({ outcomes }: ImportReport): boolean {
  return outcomes.some(({ kind, taken }) => kind === 'conflict' && !taken)
}

function describe({ name, counts, waiting, locales }: GlossaryList['glossaries'][number]): string {
  const open = waiting === 0 ? '' : `, ${waiting} waiting for a decision`
  return `${name}: ${counts.approved} concepts in ${locales.join(', ') || 'no locale'}${open}`
}

/** How many concepts, and each one that is not simply new. */
function describeImport({ glossary, dryRun, counts, outcomes }: ImportReport): string {
  const numbers = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`)
  const summary = numbers.length === 0 ? 'no concepts' : numbers.join(', ')
  const lines = outcomes
    .filter(({ kind }) => kind !== 'new')
    .map(({ kind, id, taken }) => {
      const side =
        kind === 'conflict' ? (taken ? ': the file’s side is taken' : ': what the desk has stays') : ''
      return `  ${kind} ${id}${side}`
    })
  return [`${glossary}: ${summary}${dryRun ? ' (nothing was changed)' : ''}`, ...lines].join('\n')
}
