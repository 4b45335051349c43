import type { Command } from 'commander'
import { parseLocale } from '../domain/locale.ts'
import type { Glossary } from '../domain/term.ts'
import type { Engine } from '../engines/engine.ts'
import type { EngineHealth } from '../engines/health.ts'
import type { Ledger } from '../engines/ledger.ts'
import type { TmxPair } from '../exchange/tmx-model.ts'
import { streamTmx } from '../exchange/tmx-stream.ts'
import type { XliffVersion } from '../exchange/xliff-model.ts'
import type { XliffProfile } from '../exchange/xliff-profile.ts'
import type { SegmentationOf } from '../store/segmentation-files.ts'
import { checkFile, describeCheck, readCheckSettings } from './check.ts'
import { describeCost } from './cost-report.ts'
import { EXIT } from './exit.ts'
import { streamBytes } from './files.ts'
import { mergeFiles } from './merge.ts'
import {
  columnOption,
  domainOption,
  jsonOption,
  type Output,
  parsePair,
  pathOption,
  profileOption,
  type RulesOptions,
  readRules,
  requireReadable,
  rulesOptions,
  type SettingsOptions,
  settingsOf,
  xliffOption,
} from './program.ts'
import { showProgress } from './progress.ts'
import { readSegments, runPipeline } from './run.ts'
import { estimateRun } from './run-cost.ts'
import { describeRun } from './run-report.ts'
import type { RunWish } from './run-wish.ts'
import { segmentFile } from './segment.ts'
import { addSrxCommand } from './srx.ts'

export type FileCommandDeps = {
  /** Break lists and SRX rules, from TALMACH_SEGMENTATION. */
  readonly segmentation: SegmentationOf
  readonly readGlossaries: (paths: readonly string[]) => Promise<readonly Glossary[]>
  /** Engines and where their answers are kept; `close` when done. @param mt overrides `TALMACH_MT` */
  readonly openEngines: (mt: string | undefined) => Promise<{
    readonly mt: string
    readonly engines: readonly Engine[]
    readonly health: EngineHealth
    readonly ledger: Ledger
    readonly ceiling: RunWish['ceiling']
    readonly close: () => Promise<void>
  }>
}

const collect = (value: string, before: string[] = []) => [...before, value]

/** Commands that work on files and need no server. */
export function addFileCommands(program: Command, deps: FileCommandDeps, output: Output): void {
  const run = program
    .command('run')
    .description('translate one file into XLIFF, without a server')
    .argument('<file>', 'HTML, Markdown or text')
    .requiredOption('--from <locale>', 'source locale')
    .requiredOption('--to <locales>', 'target locales, with commas')
    .option('--out <dir>', 'folder for the XLIFF files and report.json')
    .option('--dry-run', 'only say what it would cost')
    .option('--glossary <path>', 'TBX or CSV file, or a folder of them (repeatable)', collect)
    .option('--memory <file>', 'TMX file (repeatable)', collect)
    .addOption(domainOption())
    .option('--engine <name>', 'deepl, libretranslate, llm, apertium, pseudo or none; else TALMACH_MT')
    .addOption(pathOption())
    .addOption(columnOption())
    .addOption(xliffOption())
    .addOption(profileOption())
    .addOption(jsonOption())
    .action(async (file: string, options: RunOptions) => {
      const { out } = options
      if (out === undefined && options.dryRun !== true)
        run.error("error: required option '--out <dir>' not specified")
      const { source, targets } = parsePair(options.from, options.to)
      requireReadable(options.profile, options.xliff)
      const glossaries = await deps.readGlossaries(options.glossary ?? [])
      const segmentation = await readRules(options, deps.segmentation)
      const opened = await deps.openEngines(options.engine)
      const progress = showProgress(targets)
      try {
        const wish: RunWish = {
          ...opened,
          file,
          settings: settingsOf(options),
          segmentation,
          sourceLocale: source,
          targetLocales: targets,
          outDir: out ?? '.',
          glossaries,
          domain: options.domain ?? '',
          memory: (targetLocale) => readMemories(options.memory ?? [], source, targetLocale),
          version: options.xliff,
          profile: options.profile,
          onProgress: progress.update,
          onNotice: () => {},
        }
        if (options.dryRun === true) {
          const cut = await readSegments(wish)
          const cost = await estimateRun(wish, cut.document.units, cut.segments)
          progress.stop()
          output.print(options.json === true ? JSON.stringify(cost) : describeCost(cost))
          return
        }
        const report = await runPipeline(wish)
        progress.stop()
        output.print(options.json === true ? JSON.stringify(report) : describeRun(report))
      } finally {
        progress.stop()
        await opened.close()
      }
    })

  const segment = program
    .command('segment')
    .description('show where sentences end: one JSON line a segment')
    .argument('<file>')
    .requiredOption('--from <locale>', 'locale of the file')
    .addOption(pathOption())
    .addOption(columnOption())
    .addOption(jsonOption())
    .action(async (file: string, options: SettingsOptions & RulesOptions & SegmentOptions) => {
      const rules = await readRules(options, deps.segmentation)
      const lines = await segmentFile(file, parseLocale(options.from), settingsOf(options), rules.options)
      if (options.json === true) output.print(JSON.stringify(lines))
      else for (const line of lines) output.print(JSON.stringify(line))
    })

  addSrxCommand(program, output)

  for (const option of rulesOptions()) {
    run.addOption(option)
    segment.addOption(option)
  }

  program
    .command('merge')
    .description('XLIFF and the original document → the translated document')
    .argument('<xliff...>')
    .requiredOption('--source <file>', 'the original document')
    .requiredOption('--out <file>', 'where the translated document goes')
    .addOption(pathOption())
    .addOption(columnOption())
    .addOption(jsonOption())
    .action(
      async (files: string[], options: SettingsOptions & { source: string; out: string; json?: true }) => {
        const report = await mergeFiles(files, options.source, options.out, settingsOf(options))
        for (const { segment, reason } of report.skipped) output.tell(`${segment}: ${reason}`)
        if (options.json === true) output.print(JSON.stringify(report))
        else {
          output.print(
            `${report.out}: ${report.translated} of ${report.segments} segments in ${report.locale}` +
              (report.skipped.length === 0 ? '' : `, ${report.skipped.length} skipped`),
          )
        }
        if (report.skipped.length > 0) output.finishWith(EXIT.blocked)
      },
    )

  program
    .command('check')
    .description('findings and term verdicts of an XLIFF, ours or not')
    .argument('<xliff>')
    .option('--glossary <path>', 'TBX or CSV file, or a folder of them (repeatable)', collect)
    .option('--checks <file>', 'JSON with severities, forbidden words and a length, see docs/checks.md')
    .addOption(jsonOption())
    .action(async (file: string, options: { glossary?: string[]; checks?: string; json?: true }) => {
      const settings = options.checks === undefined ? undefined : await readCheckSettings(options.checks)
      const report = await checkFile(file, await deps.readGlossaries(options.glossary ?? []), settings)
      // A script reads it as JSON, a person at a terminal as lines.
      const people = options.json !== true && process.stdout.isTTY
      output.print(people ? describeCheck(report) : JSON.stringify(report))
      if (report.blocked) output.finishWith(EXIT.blocked)
    })
}

/** Pairs of one direction from all memories, one after the other. */
async function* readMemories(
  paths: readonly string[],
  sourceLocale: string,
  targetLocale: string,
): AsyncGenerator<TmxPair> {
  for (const file of paths) yield* streamTmx(streamBytes(file), { file, sourceLocale, targetLocale })
}

type SegmentOptions = {
  readonly from: string
  readonly json?: true
}

type RunOptions = SettingsOptions &
  RulesOptions & {
    readonly from: string
    readonly to: string
    readonly out?: string
    readonly dryRun?: true
    readonly glossary?: string[]
    readonly memory?: string[]
    readonly domain?: string
    readonly engine?: string
    readonly xliff: XliffVersion
    readonly profile: XliffProfile
    readonly json?: true
  }
