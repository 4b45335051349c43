import type { Command } from 'commander'
import { parseLocale } from '../domain/locale.ts'
import type { Glossary } from '../domain/term.ts'
import type { Engine } from '../engines/engine.ts'
import type { EngineHealth } from '../engines/health.ts'
import type { Ledger } from '../engines/ledger.ts'
import { readTmx } from '../exchange/tmx.ts'
import type { XliffVersion } from '../exchange/xliff-model.ts'
import { decodeXml } from '../xml/encoding.ts'
import { checkFile, describeCheck } from './check.ts'
import { EXIT } from './exit.ts'
import { readBytes } from './files.ts'
import { mergeFiles } from './merge.ts'
import {
  breaksOption,
  columnOption,
  jsonOption,
  type Output,
  parsePair,
  pathOption,
  type RulesOptions,
  readRules,
  type SettingsOptions,
  settingsOf,
  srxOption,
  xliffOption,
} from './program.ts'
import { showProgress } from './progress.ts'
import { runPipeline } from './run.ts'
import { describeRun } from './run-report.ts'
import { segmentFile } from './segment.ts'

export type FileCommandDeps = {
  readonly readGlossaries: (paths: readonly string[]) => Promise<readonly Glossary[]>
  /** Engines and where their answers are kept; `close` when done. @param mt overrides `TALMACH_MT` */
  readonly openEngines: (mt: string | undefined) => Promise<{
    readonly mt: string
    readonly engines: readonly Engine[]
    readonly health: EngineHealth
    readonly ledger: Ledger
    readonly close: () => Promise<void>
  }>
}

const collect = (value: string, before: string[] = []) => [...before, value]

/** Commands that work on files and need no server. */
export function addFileCommands(program: Command, deps: FileCommandDeps, output: Output): void {
  program
    .command('run')
    .description('translate one file into XLIFF, without a server')
    .argument('<file>', 'HTML, Markdown or text')
    .requiredOption('--from <locale>', 'source locale')
    .requiredOption('--to <locales>', 'target locales, with commas')
    .requiredOption('--out <dir>', 'folder for the XLIFF files and report.json')
    .option('--glossary <path>', 'TBX or CSV file, or a folder of them (repeatable)', collect)
    .option('--memory <file>', 'TMX file (repeatable)', collect)
    .option('--engine <name>', 'deepl, libretranslate, apertium, pseudo or none; else TALMACH_MT')
    .addOption(pathOption())
    .addOption(columnOption())
    .addOption(srxOption())
    .addOption(breaksOption())
    .addOption(xliffOption())
    .addOption(jsonOption())
    .action(async (file: string, options: RunOptions) => {
      const { source, targets } = parsePair(options.from, options.to)
      const glossaries = await deps.readGlossaries(options.glossary ?? [])
      const memories = await Promise.all(
        (options.memory ?? []).map(async (path) => ({
          path,
          text: decodeXml(await readBytes(path), path).text,
        })),
      )
      const opened = await deps.openEngines(options.engine)
      const progress = showProgress(targets)
      try {
        const report = await runPipeline({
          ...opened,
          file,
          settings: settingsOf(options),
          segmentation: await readRules(options),
          sourceLocale: source,
          targetLocales: targets,
          outDir: options.out,
          glossaries,
          memory: (targetLocale) =>
            memories.flatMap(({ path, text }) =>
              readTmx(text, { file: path, sourceLocale: source, targetLocale }),
            ),
          version: options.xliff,
          onProgress: progress.update,
          onNotice: () => {},
        })
        progress.stop()
        output.print(options.json === true ? JSON.stringify(report) : describeRun(report))
      } finally {
        progress.stop()
        await opened.close()
      }
    })

  program
    .command('segment')
    .description('show where sentences end: one JSON line a segment')
    .argument('<file>')
    .requiredOption('--from <locale>', 'locale of the file')
    .option('--whole-quotes', 'keep each quotation in one segment')
    .option('--split-brackets', 'split between sentences inside brackets too')
    .addOption(srxOption())
    .addOption(breaksOption())
    .addOption(pathOption())
    .addOption(columnOption())
    .addOption(jsonOption())
    .action(async (file: string, options: SettingsOptions & RulesOptions & SegmentOptions) => {
      const lines = await segmentFile(file, parseLocale(options.from), settingsOf(options), {
        ...(await readRules(options)).options,
        splitInQuotes: options.wholeQuotes !== true,
        splitInBrackets: options.splitBrackets === true,
      })
      if (options.json === true) output.print(JSON.stringify(lines))
      else for (const line of lines) output.print(JSON.stringify(line))
    })

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
    .addOption(jsonOption())
    .action(async (file: string, options: { glossary?: string[]; json?: true }) => {
      const report = await checkFile(file, await deps.readGlossaries(options.glossary ?? []))
      // A script reads it as JSON, a person at a terminal as lines.
      const people = options.json !== true && process.stdout.isTTY
      output.print(people ? describeCheck(report) : JSON.stringify(report))
      if (report.blocked) output.finishWith(EXIT.blocked)
    })
}

type SegmentOptions = {
  readonly from: string
  readonly wholeQuotes?: true
  readonly splitBrackets?: true
  readonly json?: true
}

type RunOptions = SettingsOptions &
  RulesOptions & {
    readonly from: string
    readonly to: string
    readonly out: string
    readonly glossary?: string[]
    readonly memory?: string[]
    readonly engine?: string
    readonly xliff: XliffVersion
    readonly json?: true
  }
