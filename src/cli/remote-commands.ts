import type { Command } from 'commander'
import type { DocumentSummary } from '../http/schemas.ts'
import type { ApiClient } from './api-client.ts'
import { EXIT } from './exit.ts'
import {
  columnOption,
  jsonOption,
  type Output,
  parsePair,
  pathOption,
  type SettingsOptions,
  settingsOf,
  xliffOption,
} from './program.ts'
import { bundle, pull, push, returnFile, status } from './remote.ts'

export type RemoteCommandDeps = {
  /** Against `TALMACH_URL` with `TALMACH_TOKEN`. */
  readonly api: () => ApiClient
  readonly edition: readonly string[]
}

/** Commands that are clients of a server's API. */
export function addRemoteCommands(program: Command, deps: RemoteCommandDeps, output: Output): void {
  const [editionSource = 'en', ...editionTargets] = deps.edition
  program
    .command('push')
    .description('send a document to the server')
    .argument('<file>')
    .option('--from <locale>', 'source locale', editionSource)
    .option('--to <locales>', 'target locales, with commas', editionTargets.join(','))
    .addOption(pathOption())
    .addOption(columnOption())
    .addOption(jsonOption())
    .action(async (file: string, options: SettingsOptions & { from: string; to: string; json?: true }) => {
      const { source, targets } = parsePair(options.from, options.to)
      const document = await push(deps.api(), file, source, targets, settingsOf(options))
      output.print(options.json === true ? JSON.stringify(document) : document.id)
    })
  program
    .command('status')
    .description('what stands where')
    .argument('[document]', 'a document id; without it the newest documents')
    .addOption(jsonOption())
    .action(async (id: string | undefined, options: { json?: true }) => {
      const documents = await status(deps.api(), id)
      if (options.json === true) output.print(JSON.stringify(documents))
      else for (const document of documents) output.print(describe(document))
    })
  program
    .command('pull')
    .description('fetch XLIFF files for a CAT tool')
    .argument('[document]', 'a document id; without it the newest documents')
    .option('--locale <locale>', 'only this target locale')
    .option('--dir <dir>', 'where they go', 'translations')
    .addOption(xliffOption())
    .addOption(jsonOption())
    .action(
      async (
        id: string | undefined,
        options: { locale?: string; dir: string; xliff: string; json?: true },
      ) => {
        const files = await pull(deps.api(), {
          documentId: id,
          locale: options.locale,
          dir: options.dir,
          version: options.xliff,
        })
        if (options.json === true) output.print(JSON.stringify({ files }))
        else for (const file of files) output.print(file)
      },
    )
  program
    .command('return')
    .description('give a translated XLIFF back')
    .argument('<xliff>')
    .option('--dry-run', 'only say what would happen')
    .addOption(jsonOption())
    .action(async (file: string, options: { dryRun?: true; json?: true }) => {
      const report = await returnFile(deps.api(), file, options.dryRun === true)
      const open = report.outcomes.filter(({ outcome }) => outcome === 'conflict' || outcome === 'skipped')
      if (options.json === true) output.print(JSON.stringify(report))
      else {
        for (const { segment, outcome, reason } of open)
          output.print(`${segment} ${outcome}${reason ? `: ${reason}` : ''}`)
        output.print(
          Object.entries(report.counts)
            .filter(([, count]) => count > 0)
            .map(([outcome, count]) => `${count} ${outcome}`)
            .join(', '),
        )
      }
      if (open.length > 0) output.finishWith(EXIT.blocked)
    })
  program
    .command('bundle')
    .description('fetch the finished languages of a document as a ZIP')
    .argument('<document>')
    .requiredOption('--out <file>', 'where the ZIP goes')
    .addOption(jsonOption())
    .action(async (id: string, options: { out: string; json?: true }) => {
      const file = await bundle(deps.api(), id, options.out)
      output.print(options.json === true ? JSON.stringify({ file }) : file)
    })
}

function describe(document: DocumentSummary): string {
  const lines = document.locales.map(
    ({ locale, state, translated, segments, approved, blocked, error }) =>
      `  ${locale.padEnd(8)} ${state.padEnd(15)} ${translated}/${segments} translated, ${approved} approved, ${blocked} blocked${error === null ? '' : `: ${error}`}`,
  )
  return [
    `${document.id}  ${document.title}${document.error === null ? '' : `: ${document.error}`}`,
    ...lines,
  ].join('\n')
}
