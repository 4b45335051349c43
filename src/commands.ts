import type { ArticleCommandDeps } from './cli/article-command.ts'
import type { FileCommandDeps } from './cli/file-commands.ts'
import type { OperationDeps } from './cli/operations.ts'
import type { PeopleDesk } from './cli/people.ts'
import { peopleInDatabase } from './cli/people-local.ts'
import type { Output, ServerCommandDeps } from './cli/program.ts'
import { capEngines, unitOf } from './engines/ceiling.ts'
import { createEngines, requireEngines } from './engines/choose.ts'
import { createEngineHealth } from './engines/health.ts'
import type { Config } from './env.ts'
import { detectFormat } from './formats/detect.ts'
import { openArticleExtractor } from './http/article-extractor.ts'
import { takePageArticle, takeSavedPage } from './http/take-article.ts'
import { createLog } from './log.ts'
import { createOperationCommands } from './operation-commands.ts'
import { budgetOf, engineConfigOf, migrateAll, openStore, startProcess, withStore } from './serve.ts'
import { usedThisMonth } from './store/ceilings.ts'
import type { Database } from './store/database.ts'
import { chargeUsage, findMachineTranslations, keepMachineTranslations } from './store/ledger.ts'
import { ensureOwner } from './store/people-owner.ts'
import { openSecretBox, type SecretBox } from './store/secret-box.ts'
import { listPublicKeys, rotateSigningKey } from './store/signing-key.ts'
import { issueToken } from './store/tokens.ts'

/** What the commands do that need a database, a queue or a process that stays. */
export function createCommands(
  config: Config,
  output: Output,
): ArticleCommandDeps & {
  readonly people: PeopleDesk
  readonly server: ServerCommandDeps
  readonly operations: OperationDeps
  readonly openEngines: FileCommandDeps['openEngines']
} {
  const log = createLog(config.LOG_LEVEL)
  // One-shot commands speak to a person: only what goes wrong is logged.
  const quiet = createLog(config.LOG_LEVEL === 'info' ? 'error' : config.LOG_LEVEL)

  const upkeep = createOperationCommands(config, quiet)

  const server: ServerCommandDeps = {
    start: async ({ port, workers }) => {
      const stopped = stopSignal()
      const running = await startProcess({ ...config, PORT: port ?? config.PORT }, log, {
        http: true,
        workers,
      })
      const { url = '' } = running
      output.tell(`Talmach is ready: ${url}`)
      if (running.store.embedded) {
        const owner = await ensureOwner(running.store.db)
        const code = await issueToken(running.store.db, {
          kind: 'sign-in',
          name: owner.name,
          role: 'admin',
          locales: [],
          personId: owner.id,
        })
        output.tell(`Sign in (once, within an hour): ${url}/sign-in?code=${code}`)
      }
      output.tell(running.engineNotice ?? `Machine translation: ${running.engineNames.join(', ')}`)
      await closeWhen(stopped, running.close, output)
    },
    worker: async () => {
      const stopped = stopSignal()
      const running = await startProcess(config, log, { http: false, workers: true })
      output.tell(running.engineNotice ?? `Machine translation: ${running.engineNames.join(', ')}`)
      output.tell('Talmach worker is ready')
      await closeWhen(stopped, running.close, output)
    },
    migrate: () => withStore(config, quiet, migrateAll),
    keys: {
      list: () => withSecrets(config, quiet, listPublicKeys),
      rotate: () => withSecrets(config, quiet, rotateSigningKey),
    },
    token: ({ role, locales, name, signIn }) =>
      withStore(config, quiet, async ({ db }) => {
        const kind = signIn ? 'sign-in' : 'access'
        const secret = await issueToken(db, { kind, name, role, locales })
        if (!signIn) return secret
        const url = config.TALMACH_PUBLIC_URL ?? config.TALMACH_URL ?? `http://${config.HOST}:${config.PORT}`
        return `${url}/sign-in?code=${secret}`
      }),
    doctor: upkeep.doctor,
  }

  return {
    operations: upkeep.operations,
    server,
    people: peopleInDatabase(
      (work) => withStore(config, quiet, ({ db }) => work(db)),
      (config.TALMACH_PUBLIC_URL ?? config.TALMACH_URL ?? `http://${config.HOST}:${config.PORT}`).replace(
        /\/$/,
        '',
      ),
    ),
    takeArticle: async (page) => {
      const articles = openArticleExtractor()
      try {
        const deps = { articles, allowPrivateUrls: config.TALMACH_ALLOW_PRIVATE_URLS === 'yes' }
        return 'url' in page
          ? await takePageArticle(page.url, deps)
          : await takeSavedPage({ ...page, format: detectFormat(page), charset: null }, articles)
      } finally {
        await articles.close()
      }
    },
    openEngines: async (mt) => {
      const engineConfig = engineConfigOf(mt === undefined ? config : { ...config, TALMACH_MT: mt })
      const health = createEngineHealth({ now: Date.now })
      if (engineConfig.mt === 'none') {
        const nothing = { find: async () => new Map(), keep: async () => {} }
        const ceiling = async () => null
        return { mt: 'none', engines: [], health, ledger: nothing, ceiling, close: async () => {} }
      }
      const engines = await createEngines(engineConfig)
      requireEngines(engineConfig.mt, engines)
      const store = await openStore(config, quiet)
      return {
        mt: engineConfig.mt,
        engines: capEngines(engines, config.TALMACH_MT_CEILING, budgetOf(store.db)),
        health,
        ledger: {
          find: (keys) => findMachineTranslations(store.db, keys),
          keep: (entries) => keepMachineTranslations(store.db, null, entries),
          charge: (charge) => chargeUsage(store.db, null, charge),
        },
        ceiling: async (name) => {
          const most = config.TALMACH_MT_CEILING?.get(name)
          const engine = engines.find((one) => one.name === name)
          if (most === undefined || engine === undefined) return null
          const unit = unitOf(engine)
          return { unit, most, used: await usedThisMonth(store.db, name, unit) }
        },
        close: store.close,
      }
    },
  }
}

function withSecrets<Result>(
  config: Config,
  log: ReturnType<typeof createLog>,
  use: (db: Database, secrets: SecretBox) => Promise<Result>,
): Promise<Result> {
  return withStore(config, log, async ({ db }) =>
    use(db, await openSecretBox(config.TALMACH_SECRET_KEY, config.TALMACH_HOME)),
  )
}

/** Resolves at the first SIGINT or SIGTERM, also one that comes before the start is over; a second one ends it at once. */
function stopSignal(): Promise<void> {
  return new Promise((stopped) => {
    const stop = () => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.removeListener(signal, stop)
        process.once(signal, () => process.exit(130))
      }
      stopped()
    }
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
  })
}

async function closeWhen(stopped: Promise<void>, close: () => Promise<void>, output: Output): Promise<void> {
  await stopped
  output.tell('Stopping: work at hand is finished first')
  await close()
  process.exit(0)
}
