import { createReadStream } from 'node:fs'
import { join, resolve } from 'node:path'
import { describeChecks, examine } from './cli/doctor.ts'
import { localProbes } from './cli/doctor-local.ts'
import { networkProbes } from './cli/doctor-network.ts'
import { queueProbes } from './cli/doctor-queue.ts'
import { storeProbes } from './cli/doctor-store.ts'
import type { OperationDeps } from './cli/operations.ts'
import type { ServerCommandDeps } from './cli/program.ts'
import { DomainError } from './domain/errors.ts'
import { createEngines, engineOrder } from './engines/choose.ts'
import { engineProbes } from './engines/engine-probes.ts'
import type { Config } from './env.ts'
import type { Log } from './log.ts'
import { VERSION } from './observe-process.ts'
import { engineConfigOf, migrateAll, openStore, type Store, withStore } from './serve.ts'
import { writeBackup } from './store/backup.ts'
import { checkBackup, type ReadBackup } from './store/backup-read.ts'
import { restoreBackup } from './store/backup-restore.ts'
import { noteOperation } from './store/operations.ts'
import { retain } from './store/retention.ts'

/** What is done to an installation as a whole. */
export function createOperationCommands(
  config: Config,
  log: Log,
): { readonly operations: OperationDeps; readonly doctor: ServerCommandDeps['doctor'] } {
  const passphrase = config.TALMACH_BACKUP_PASSPHRASE
  const home = config.TALMACH_HOME
  const mailUrl = config.TALMACH_SMTP_URL

  const operations: OperationDeps = {
    backup: (file) =>
      withStore(config, log, async ({ db, databaseUrl }) => {
        const now = new Date()
        const result = await writeBackup({
          databaseUrl,
          home,
          file: resolve(file ?? join(home, 'backups', nameOf(now, passphrase !== undefined))),
          version: VERSION,
          passphrase,
          now,
        })
        const { bytes, rows, sha256, encrypted } = result
        await noteOperation(db, 'backup', { bytes, rows, sha256, encrypted })
        return result
      }),
    checkBackup: async (file) => summarise(await checkBackup(await openFile(file), passphrase)),
    restore: async (file, { replace }) => {
      const chunks = await openFile(file)
      return withStore(config, log, async (store) => {
        const read = await restoreBackup({
          databaseUrl: store.databaseUrl,
          home,
          chunks,
          passphrase,
          replace,
        })
        const applied = await migrateAll(store)
        const summary = summarise(read)
        await noteOperation(store.db, 'restore', { madeAt: summary.madeAt, rows: summary.rows })
        return { ...summary, applied }
      })
    },
    retain: (wish) =>
      withStore(config, log, async ({ db }) => {
        const done = await retain(db, wish)
        if (!wish.dryRun) {
          await noteOperation(db, 'retain', {
            days: wish.days,
            rows: done.reduce((sum, { rows }) => sum + rows, 0),
          })
        }
        return done
      }),
  }

  return {
    operations,
    doctor: async () => {
      let opened: Promise<Store> | undefined
      const open = () => {
        opened ??= openStore(config, log)
        return opened
      }
      const engineConfig = engineConfigOf(config)
      try {
        const checks = await examine([
          ...localProbes(resolve(import.meta.dirname, '..'), home),
          ...storeProbes(
            async () => (await open()).db,
            config.DATABASE_URL === undefined ? `embedded in ${home}` : 'DATABASE_URL',
          ),
          ...queueProbes(async () => (await open()).queue).map((probe) => ({ ...probe, needs: 'database' })),
          ...networkProbes({
            engines: async () => {
              const engines = await createEngines(engineConfig)
              const pair = { source: 'en', target: 'es' }
              const { engines: chosen, notice } = engineOrder(engineConfig, engines, pair)
              return notice ?? chosen.map(({ name }) => name).join(', ')
            },
            engineProbes: engineProbes(engineConfig),
            publicUrl: config.TALMACH_PUBLIC_URL,
            listensTo: config.HOST,
            verifyMail: mailUrl === undefined ? undefined : () => verifyMail(mailUrl),
          }),
        ])
        const ok = checks.every((check) => check.ok)
        return { ok, text: describeChecks(checks), json: { ok, checks } }
      } finally {
        await opened?.then(
          (store) => store.close(),
          () => {},
        )
      }
    },
  }
}

/** Asks the server whether it would take a letter; none is sent. */
async function verifyMail(url: string): Promise<void> {
  const { createTransport } = await import('nodemailer')
  const transport = createTransport(url)
  try {
    await transport.verify()
  } finally {
    transport.close()
  }
}

function nameOf(now: Date, encrypted: boolean): string {
  const time = now.toISOString().slice(0, 19).replaceAll(':', '-')
  return `talmach-${time}Z.tar.gz${encrypted ? '.sealed' : ''}`
}

function summarise({ head, manifest }: ReadBackup) {
  const rows = Object.values(manifest.rows).reduce((sum, n) => sum + n, 0)
  return { madeAt: head.madeAt, version: head.version, tables: head.tables.length, rows }
}

async function openFile(path: string): Promise<AsyncIterable<Uint8Array>> {
  const stream = createReadStream(path)
  await new Promise<void>((done, fail) => {
    stream.once('open', () => done())
    stream.once('error', (cause) =>
      fail(new DomainError('not-found', `cannot read the backup ${path}`, { cause })),
    )
  })
  return stream
}
