import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CommanderError } from 'commander'
import { createApiClient } from './cli/api-client.ts'
import { EXIT, explainFailure } from './cli/exit.ts'
import { peopleOverApi } from './cli/people-remote.ts'
import { createProgram } from './cli/program.ts'
import { DEFAULT_EDITION } from './domain/locale.ts'
import { readConfig } from './env.ts'
import { readGlossaryFiles } from './store/glossary-files.ts'
import { openSegmentation } from './store/segmentation-files.ts'

const packageRoot = resolve(import.meta.dirname, '..')

// `talmach segment … | head`: the reader has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

/** The `talmach` command: reads the environment once, runs one command, ends with its exit code. */
async function main(): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    version: string
  }
  const config = readConfig()
  const output = {
    print: (text: string) => void process.stdout.write(`${text}\n`),
    tell: (text: string) => void process.stderr.write(`${text}\n`),
    finishWith: (code: number) => {
      process.exitCode = code
    },
  }
  // Most commands need no database, queue or web server: what they are made of is loaded when one does.
  const commands = async () => (await import('./commands.ts')).createCommands(config, output)
  const program = createProgram(
    {
      server: {
        start: async (options) => (await commands()).server.start(options),
        worker: async () => (await commands()).server.worker(),
        migrate: async () => (await commands()).server.migrate(),
        keys: {
          list: async () => (await commands()).server.keys.list(),
          rotate: async () => (await commands()).server.keys.rotate(),
        },
        doctor: async () => (await commands()).server.doctor(),
        token: async (wish) => (await commands()).server.token(wish),
      },
      operations: {
        backup: async (file) => (await commands()).operations.backup(file),
        restore: async (file, wish) => (await commands()).operations.restore(file, wish),
        checkBackup: async (file) => (await commands()).operations.checkBackup(file),
        retain: async (wish) => (await commands()).operations.retain(wish),
      },
      people: () =>
        config.TALMACH_URL !== undefined && config.TALMACH_TOKEN !== undefined
          ? peopleOverApi(createApiClient(config.TALMACH_URL, config.TALMACH_TOKEN))
          : {
              list: async () => (await commands()).people.list(),
              invite: async (wish) => (await commands()).people.invite(wish),
              link: async (name) => (await commands()).people.link(name),
              block: async (name, blocked) => (await commands()).people.block(name, blocked),
            },
      takeArticle: async (page) => (await commands()).takeArticle(page),
      openEngines: async (mt) => (await commands()).openEngines(mt),
      segmentation: openSegmentation(config.TALMACH_SEGMENTATION),
      readGlossaries: async (paths) => (await Promise.all(paths.map(readGlossaryFiles))).flat(),
      api: () => createApiClient(config.TALMACH_URL, config.TALMACH_TOKEN),
      edition: DEFAULT_EDITION,
    },
    output,
    version,
  )
  await program.parseAsync()
}

try {
  await main()
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has said it already; help and version are no errors.
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.wrongUse
  } else {
    const { line, code } = explainFailure(error)
    process.stderr.write(`${line}\n`)
    process.exitCode = code
  }
}
