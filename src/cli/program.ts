import { Command, Option } from 'commander'
import { DomainError } from '../domain/errors.ts'
import { parseLocale, parseTargetLocales } from '../domain/locale.ts'
import { isRole, ROLES } from '../domain/permission.ts'
import { XLIFF_VERSIONS, type XliffVersion } from '../exchange/xliff-model.ts'
import { whyNotFor, XLIFF_PROFILES, type XliffProfile } from '../exchange/xliff-profile.ts'
import type { FormatSettings } from '../formats/adapter.ts'
import type { SegmentationChoice, SegmentationOf } from '../store/segmentation-files.ts'
import { type ArticleCommandDeps, addArticleCommand } from './article-command.ts'
import { addConvertCommand } from './convert.ts'
import { EXIT, type ExitCode } from './exit.ts'
import { addFileCommands, type FileCommandDeps } from './file-commands.ts'
import { addGlossaryCommands } from './glossary.ts'
import { addKeyCommands, type KeyCommandDeps } from './keys.ts'
import { addMemoryCommands } from './memory.ts'
import { addOperationCommands, type OperationDeps } from './operations.ts'
import { addPeopleCommands, type PeopleCommandDeps } from './people.ts'
import { addRemoteCommands, type RemoteCommandDeps } from './remote-commands.ts'
import { addValidateCommand } from './validate.ts'

/** What a command prints goes through here: the result on stdout, everything else on stderr. */
export type Output = {
  readonly print: (text: string) => void
  readonly tell: (text: string) => void
  /** Exit code of a command that is done but has something to say: 3 for conflicts. */
  readonly finishWith: (code: ExitCode) => void
}

export type ServerCommandDeps = {
  readonly keys: KeyCommandDeps
  /** Runs until it is told to stop. */
  readonly start: (options: { readonly port?: number; readonly workers: boolean }) => Promise<void>
  readonly worker: () => Promise<void>
  readonly migrate: () => Promise<readonly string[]>
  readonly doctor: () => Promise<{ readonly ok: boolean; readonly text: string; readonly json: unknown }>
  readonly token: (wish: {
    readonly role: (typeof ROLES)[number]
    readonly locales: readonly string[]
    readonly name: string
    readonly signIn: boolean
  }) => Promise<string>
}

export type ProgramDeps = FileCommandDeps &
  ArticleCommandDeps &
  PeopleCommandDeps &
  RemoteCommandDeps & { readonly server: ServerCommandDeps; readonly operations: OperationDeps }

/** The `talmach` command. Parsing throws commander's errors; the caller maps them to exit codes. */
export function createProgram(deps: ProgramDeps, output: Output, version: string): Command {
  const program = new Command('talmach')
    .description('A translation desk for newsrooms')
    .version(version)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(talmach --help says more)')
  addFileCommands(program, deps, output)
  addValidateCommand(program, output)
  addConvertCommand(program, output)
  addArticleCommand(program, deps, output)
  addServerCommands(program, deps.server, output)
  addKeyCommands(program, deps.server.keys, output)
  addOperationCommands(program, deps.operations, output)
  addRemoteCommands(program, deps, output)
  addMemoryCommands(program, deps, output)
  addPeopleCommands(program, deps, output)
  addGlossaryCommands(program, deps, output)
  return program
}

/** `--json` on every command: one JSON document on stdout. */
export function jsonOption(): Option {
  return new Option('--json', 'print one JSON document on stdout')
}

export type SettingsOptions = { readonly path?: string[]; readonly column?: string[] }

const collect = (value: string, before: string[] = []) => [...before, value]

export function pathOption(): Option {
  return new Option(
    '--path <path>',
    'JSON, YAML: a value that is text, as items.*.title (repeatable)',
  ).argParser(collect)
}

export function columnOption(): Option {
  return new Option('--column <name>', 'CSV: a column that is text (repeatable)').argParser(collect)
}

/** What changes how text is segmented. */
export type RulesOptions = {
  readonly srx?: string
  readonly breaks?: string[]
  readonly partner?: string
  readonly wholeQuotes?: true
  readonly splitBrackets?: true
}

export function partnerOption(): Option {
  return new Option('--partner <name>', 'whose break lists hold: a folder of TALMACH_SEGMENTATION')
}

/** What a document is about. */
export function domainOption(): Option {
  return new Option(
    '--domain <subject>',
    'what it is about, “police”: memory from other subjects counts less',
  )
}

/** The options that `readRules` understands, for every command that segments by itself. */
export function rulesOptions(): readonly Option[] {
  return [
    new Option('--srx <file>', 'SRX 2.0 rules in place of our own'),
    new Option(
      '--breaks <file>',
      'abbreviations and other words that never end a sentence (repeatable)',
    ).argParser(collect),
    partnerOption(),
    new Option('--whole-quotes', 'keep each quotation in one segment'),
    new Option('--split-brackets', 'split between sentences inside brackets too'),
  ]
}

/** Flags over files, files over the partner's folder, that over the general one. */
export async function readRules(
  { srx, breaks, partner, wholeQuotes, splitBrackets }: RulesOptions,
  segmentationOf: SegmentationOf,
): Promise<SegmentationChoice> {
  const files = [...(srx === undefined ? [] : [srx]), ...(breaks ?? [])]
  const { options, version } = await segmentationOf(partner ?? '', files)
  return {
    options: {
      ...options,
      ...(wholeQuotes === true ? { splitInQuotes: false } : {}),
      ...(splitBrackets === true ? { splitInBrackets: true } : {}),
    },
    version: `${version}${wholeQuotes === true ? '-whole-quotes' : ''}${splitBrackets === true ? '-split-brackets' : ''}`,
  }
}

/** What was chosen about how a document is read. */
export function settingsOf({ path, column }: SettingsOptions): FormatSettings {
  return {
    ...(path === undefined ? {} : { paths: path }),
    ...(column === undefined ? {} : { columns: column }),
  }
}

/** For which tools an XLIFF is written. */
export function profileOption(): Option {
  return new Option('--profile <tool>', 'omegat, poedit, rich (Trados, memoQ, Phrase), or default for any')
    .choices(XLIFF_PROFILES)
    .default('default')
}

/** @throws DomainError `misconfigured` for a version that the tools of the profile refuse */
export function requireReadable(profile: XliffProfile, version: XliffVersion): void {
  const refusal = whyNotFor(profile, version)
  if (refusal !== undefined) throw new DomainError('misconfigured', refusal)
}

export function xliffOption(): Option {
  return new Option('--xliff <version>', 'XLIFF version').choices(XLIFF_VERSIONS).default('1.2')
}

/** Parses `--from` and `--to`. @throws DomainError `unknown-locale`, `same-locale` */
export function parsePair(from: string, to: string): { source: string; targets: readonly string[] } {
  const source = parseLocale(from)
  return {
    source,
    targets: parseTargetLocales(
      to.split(',').filter((tag) => tag.trim() !== ''),
      source,
    ),
  }
}

function addServerCommands(program: Command, deps: ServerCommandDeps, output: Output): void {
  program
    .command('start')
    .description('the desk, the API and the workers in one process')
    .option('--port <number>', 'port to listen on (PORT)', (text) => {
      const port = Number(text)
      if (Number.isInteger(port) && port >= 0 && port < 65536) return port
      throw new DomainError('misconfigured', `--port ${text} is not a port number`)
    })
    .option('--no-workers', 'the desk and the API only; workers run elsewhere')
    .action((options: { port?: number; workers: boolean }) => deps.start(options))
  program.command('worker').description('workers only, any number of them').action(deps.worker)
  program
    .command('migrate')
    .description('bring the database up to date')
    .addOption(jsonOption())
    .action(async (options: { json?: true }) => {
      const applied = await deps.migrate()
      if (options.json === true) output.print(JSON.stringify({ applied }))
      else output.print(applied.length === 0 ? 'the database is up to date' : `applied ${applied.join(', ')}`)
    })
  program
    .command('doctor')
    .description('check everything this installation needs and say what to do')
    .addOption(jsonOption())
    .action(async (options: { json?: true }) => {
      const { ok, text, json } = await deps.doctor()
      output.print(options.json === true ? JSON.stringify(json) : text)
      if (!ok) output.finishWith(EXIT.failed)
    })
  program
    .command('token')
    .description('print a new access token (for whoever can read the database)')
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).default('translator'))
    .option('--locale <locale...>', 'only for these target locales')
    .option('--name <name>', 'the public name that histories will show', 'token')
    .option('--sign-in', 'print a one-time sign-in link for a browser instead')
    .addOption(jsonOption())
    .action(
      async (options: { role: string; locale?: string[]; name: string; signIn?: true; json?: true }) => {
        if (!isRole(options.role)) throw new DomainError('misconfigured', `no role ${options.role}`)
        const locales = (options.locale ?? [])
          .flatMap((tags) => tags.split(','))
          .map((tag) => parseLocale(tag))
        const wish = { role: options.role, locales, name: options.name, signIn: options.signIn === true }
        const token = await deps.token(wish)
        output.print(options.json === true ? JSON.stringify({ token, role: options.role, locales }) : token)
      },
    )
}
