import { resolve } from 'node:path'
import { sql } from 'kysely'
import type { ArticleCommandDeps } from './cli/article-command.ts'
import { describeChecks, examine, localProbes } from './cli/doctor.ts'
import type { FileCommandDeps } from './cli/file-commands.ts'
import type { Output, ServerCommandDeps } from './cli/program.ts'
import { capEngines } from './engines/ceiling.ts'
import { createEngines, engineOrder, requireEngines } from './engines/choose.ts'
import { createEngineHealth } from './engines/health.ts'
import type { Config } from './env.ts'
import { detectFormat } from './formats/detect.ts'
import { openArticleExtractor } from './http/article-extractor.ts'
import { takePageArticle, takeSavedPage } from './http/take-article.ts'
import { createLog } from './log.ts'
import { openProducer } from './queue/producer.ts'
import { budgetOf, engineConfigOf, migrateAll, openStore, startProcess, withStore } from './serve.ts'
import { chargeUsage, findMachineTranslations, keepMachineTranslations } from './store/ledger.ts'
import { issueToken } from './store/tokens.ts'

/** What the commands do that need a database, a queue or a process that stays. */
export function createCommands(
  config: Config,
  output: Output,
): ArticleCommandDeps & {
  readonly server: ServerCommandDeps
  readonly openEngines: FileCommandDeps['openEngines']
} {
  const log = createLog(config.LOG_LEVEL)
  // One-shot commands speak to a person: only what goes wrong is logged.
  const quiet = createLog(config.LOG_LEVEL === 'info' ? 'error' : config.LOG_LEVEL)

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
        const code = await issueToken(running.store.db, {
          kind: 'sign-in',
          name: 'owner',
          role: 'admin',
          locales: [],
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
    token: ({ role, locales, name, signIn }) =>
      withStore(config, quiet, async ({ db }) => {
        const kind = signIn ? 'sign-in' : 'access'
        const secret = await issueToken(db, { kind, name, role, locales })
        if (!signIn) return secret
        const url = config.TALMACH_PUBLIC_URL ?? config.TALMACH_URL ?? `http://${config.HOST}:${config.PORT}`
        return `${url}/sign-in?code=${secret}`
      }),
    doctor: async () => {
      const checks = await examine([
        ...localProbes(resolve(import.meta.dirname, '..')),
        ...serverProbes(config, quiet),
      ])
      return { ok: checks.every(({ ok }) => ok), text: describeChecks(checks), json: { checks } }
    },
  }

  return {
    server,
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
        return { mt: 'none', engines: [], health, ledger: nothing, close: async () => {} }
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
        close: store.close,
      }
    },
  }
}

function serverProbes(config: Config, log: ReturnType<typeof createLog>) {
  const engineConfig = engineConfigOf(config)
  return [
    {
      name: 'database',
      ask: () =>
        withStore(config, log, async ({ db, embedded }) => {
          const { rows } = await sql<{
            version: string
          }>`select current_setting('server_version') as version`.execute(db)
          const { rows: documents } = await sql<{
            n: number
          }>`select count(*)::int as n from document`.execute(db)
          const where = embedded ? `embedded in ${config.TALMACH_HOME}` : 'DATABASE_URL'
          return `PostgreSQL ${rows[0]?.version} (${where}), ${documents[0]?.n} documents`
        }),
    },
    {
      name: 'queue',
      ask: () =>
        withStore(config, log, async ({ queue }) => {
          const producer = openProducer(queue, () => {})
          try {
            await producer.counts()
            return queue.kind === 'redis' ? 'Redis (REDIS_URL)' : 'in the database'
          } finally {
            await producer.close()
          }
        }),
    },
    {
      name: 'engines',
      ask: async () => {
        const engines = await createEngines(engineConfig)
        const { engines: chosen, notice } = engineOrder(engineConfig, engines, { source: 'en', target: 'es' })
        return notice ?? chosen.map(({ name }) => name).join(', ')
      },
    },
  ]
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
