import { type Command, Option } from 'commander'
import { DomainError } from '../domain/errors.ts'
import type { XliffVersion } from '../exchange/xliff-model.ts'
import type { XliffProfile } from '../exchange/xliff-profile.ts'
import type { DocumentSummary } from '../http/schemas.ts'
import type { ApiClient } from './api-client.ts'
import { addBundleCommand, contentOption, describeSync } from './bundle.ts'
import { type ContentKind, syncBundles } from './bundle-sync.ts'
import { describeCost, describeQuality } from './cost-report.ts'
import { EXIT } from './exit.ts'
import {
  columnOption,
  domainOption,
  jsonOption,
  type Output,
  parsePair,
  partnerOption,
  pathOption,
  profileOption,
  requireReadable,
  type SettingsOptions,
  settingsOf,
  xliffOption,
} from './program.ts'
import { pull, push, pushUpdate, readCost, readQuality, returnFile, status } from './remote.ts'
import { addReportCommand } from './report.ts'
import { describeReturn, openOutcomes } from './return-report.ts'

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
    .description('send a document, or the article of a web page, to the server')
    .argument('<file>', 'a file, or the address of a page')
    .option('--from <locale>', 'source locale', editionSource)
    .option('--to <locales>', 'target locales, with commas', editionTargets.join(','))
    .addOption(pathOption())
    .addOption(columnOption())
    .addOption(partnerOption())
    .addOption(domainOption())
    .option('--update <document>', 'a new version of a document that the server has, by its id')
    .option(
      '--resegment',
      'with --update: cut it into sentences by the rules of today, even if it is the same',
    )
    .option('--article-only', 'of a saved web page take the article and leave out the rest')
    .addOption(jsonOption())
    .action(async (file: string, options: PushOptions) => {
      if (options.update !== undefined) {
        const updated = await pushUpdate(deps.api(), {
          file,
          documentId: options.update,
          settings: settingsOf(options),
          articleOnly: options.articleOnly === true,
          resegment: options.resegment === true,
        })
        output.print(options.json === true ? JSON.stringify(updated) : updated.id)
        return
      }
      const { source, targets } = parsePair(options.from, options.to)
      const document = await push(deps.api(), {
        file,
        sourceLocale: source,
        targetLocales: targets,
        settings: settingsOf(options),
        partner: options.partner,
        domain: options.domain,
        articleOnly: options.articleOnly === true,
      })
      output.print(options.json === true ? JSON.stringify(document) : document.id)
    })
  program
    .command('status')
    .description('what stands where')
    .argument('[document]', 'a document id; without it the newest documents')
    .option('--cost', 'of a document: words by what there is already, and characters for engines')
    .option('--quality', 'of a document: how much people changed of what engines and memory wrote')
    .addOption(jsonOption())
    .action(async (id: string | undefined, options: StatusOptions) => {
      if (options.cost === true || options.quality === true) {
        if (id === undefined) throw new DomainError('misconfigured', 'name the document')
        const cost = options.cost === true ? await readCost(deps.api(), id) : undefined
        const quality = options.quality === true ? await readQuality(deps.api(), id) : undefined
        if (options.json === true) output.print(JSON.stringify({ cost, quality }))
        if (options.json !== true && cost !== undefined) output.print(describeCost(cost))
        if (options.json !== true && quality !== undefined) output.print(describeQuality(quality))
        return
      }
      const documents = await status(deps.api(), id)
      if (options.json === true) output.print(JSON.stringify(documents))
      else for (const document of documents) output.print(describe(document))
    })
  program
    .command('pull')
    .description('fetch XLIFF files, or ready OmegaT projects, for translators’ tools; or what is finished')
    .argument('[document]', 'a document id; without it the newest documents')
    .option('--locale <locale>', 'only this target locale')
    .option('--dir <dir>', 'where they go', 'translations')
    .option('--omegat', 'ready OmegaT projects as ZIP files')
    .addOption(
      new Option(
        '--finished',
        'the published documents instead, as <slug>/<locale>/… (talmach bundle --dir)',
      ).conflicts('omegat'),
    )
    .addOption(contentOption())
    .addOption(profileOption().conflicts('omegat'))
    .addOption(xliffOption().conflicts('omegat'))
    .addOption(jsonOption())
    .action(async (id: string | undefined, options: PullOptions) => {
      if (options.finished === true) {
        const { dir, locale, as = [] } = options
        const documents = id === undefined ? undefined : [id]
        const report = await syncBundles(deps.api(), { documents, since: '0', locale, dir, as })
        output.print(options.json === true ? JSON.stringify(report) : describeSync(report))
        return
      }
      requireReadable(options.profile, options.xliff)
      const files = await pull(deps.api(), {
        documentId: id,
        locale: options.locale,
        dir: options.dir,
        version: options.xliff,
        profile: options.profile,
        omegat: options.omegat === true,
      })
      if (options.json === true) output.print(JSON.stringify({ files }))
      else for (const file of files) output.print(file)
    })
  program
    .command('return')
    .description('give a translated XLIFF, or an OmegaT project, back')
    .argument('<file>', 'an XLIFF file, an OmegaT project’s folder, or its project_save.tmx')
    .option('--dry-run', 'only say what would happen')
    .addOption(jsonOption())
    .action(async (file: string, options: { dryRun?: true; json?: true }) => {
      const report = await returnFile(deps.api(), file, options.dryRun === true)
      output.print(options.json === true ? JSON.stringify(report) : describeReturn(report))
      if (openOutcomes(report).length > 0) output.finishWith(EXIT.blocked)
    })
  addBundleCommand(program, deps, output)
  addReportCommand(program, deps, output)
}

type StatusOptions = { readonly cost?: true; readonly quality?: true; readonly json?: true }

type PullOptions = {
  readonly locale?: string
  readonly dir: string
  readonly omegat?: true
  readonly finished?: true
  readonly as?: readonly ContentKind[]
  readonly profile: XliffProfile
  readonly xliff: XliffVersion
  readonly json?: true
}

type PushOptions = SettingsOptions & {
  readonly from: string
  readonly to: string
  readonly partner?: string
  readonly domain?: string
  readonly update?: string
  readonly resegment?: true
  readonly articleOnly?: true
  readonly json?: true
}

function describe(document: DocumentSummary): string {
  const lines = document.locales.map(
    ({ locale, state, translated, segments, approved, blocked, error }) =>
      `  ${locale.padEnd(8)} ${state.padEnd(15)} ${translated}/${segments} translated, ${approved} approved, ${blocked} blocked${error === null ? '' : `: ${error}`}`,
  )
  return [
    `${document.id}  ${document.title}${document.revision > 1 ? ` (revision ${document.revision})` : ''}${document.error === null ? '' : `: ${document.error}`}`,
    ...lines,
  ].join('\n')
}
