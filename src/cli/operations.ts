import { type Command, Option } from 'commander'
import { DomainError } from '../domain/errors.ts'
import type { BackupResult } from '../store/backup.ts'
import type { Retained } from '../store/retention.ts'
import { jsonOption, type Output } from './program.ts'

export type RestoreResult = {
  readonly madeAt: string
  readonly version: string
  readonly tables: number
  readonly rows: number
  /** Migrations that brought it to the newest shape. */
  readonly applied: readonly string[]
}

export type OperationDeps = {
  /** @param file undefined: a new one in the home’s folder `backups` */
  readonly backup: (file: string | undefined) => Promise<BackupResult>
  readonly restore: (file: string, wish: { readonly replace: boolean }) => Promise<RestoreResult>
  /** Reads a backup to its end without touching anything. */
  readonly checkBackup: (file: string) => Promise<Omit<RestoreResult, 'applied'>>
  readonly retain: (wish: { readonly days: number; readonly dryRun: boolean }) => Promise<readonly Retained[]>
}

const number = new Intl.NumberFormat('en')

/** `backup`, `restore`, `retain`: for whoever runs the installation. */
export function addOperationCommands(program: Command, deps: OperationDeps, output: Output): void {
  program
    .command('backup')
    .description('write the database and the keys of the home into one file, while everybody works on')
    .argument('[file]', 'the new file (TALMACH_HOME/backups/talmach-TIME.tar.gz)')
    .addHelpText('after', '\nIt is encrypted when TALMACH_BACKUP_PASSPHRASE is set.')
    .addOption(jsonOption())
    .action(async (file: string | undefined, options: { json?: true }) => {
      const result = await deps.backup(file)
      if (options.json === true) return output.print(JSON.stringify(result))
      const { tables, rows, bytes, encrypted, sha256 } = result
      output.print(result.file)
      output.tell(
        `${number.format(rows)} rows of ${tables} tables, ${number.format(bytes)} bytes${encrypted ? ', encrypted' : ''}, SHA-256 ${sha256}`,
      )
    })

  program
    .command('restore')
    .description('put a backup into an empty database, or one of an older version')
    .argument('<file>', 'what talmach backup wrote')
    .option('--replace', 'whatever the database and the home hold is lost')
    .option('--check', 'only read the file to its end and see that it is whole')
    .addOption(jsonOption())
    .action(async (file: string, options: { replace?: true; check?: true; json?: true }) => {
      const result =
        options.check === true
          ? await deps.checkBackup(file)
          : await deps.restore(file, { replace: options.replace === true })
      if (options.json === true) return output.print(JSON.stringify(result))
      const { tables, rows, madeAt, version } = result
      const what = `${number.format(rows)} rows of ${tables} tables, made at ${madeAt} by Talmach ${version}`
      output.print(options.check === true ? `whole: ${what}` : `restored: ${what}`)
    })

  program
    .command('retain')
    .description('delete what nobody needs any more: ended sessions, old exports and records')
    .addOption(
      new Option('--days <number>', 'how long it is kept').default(365).argParser((text) => {
        const days = Number(text)
        if (Number.isInteger(days) && days >= 30 && days <= 36_500) return days
        throw new DomainError('misconfigured', `--days ${text} is not a number of days from 30 to 36500`)
      }),
    )
    .option('--dry-run', 'only say what would be deleted')
    .addOption(jsonOption())
    .action(async (options: { days: number; dryRun?: true; json?: true }) => {
      const dryRun = options.dryRun === true
      const done = await deps.retain({ days: options.days, dryRun })
      if (options.json === true) return output.print(JSON.stringify({ dryRun, days: options.days, done }))
      for (const { what, rows } of done) output.print(`${number.format(rows).padStart(9)}  ${what}`)
      output.print(dryRun ? 'nothing was deleted (--dry-run)' : 'deleted')
    })
}
