import './fast-strings.ts'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { serve } from '@hono/node-server'
import { startWorkerSet } from '../workers/main.ts'
import { createApp } from './app.ts'
import { DomainError } from './domain/errors.ts'
import { DEFAULT_EDITION } from './domain/locale.ts'
import { type Budget, capEngines, unitOf } from './engines/ceiling.ts'
import { createEngines, type EngineConfig, engineOrder, requireEngines } from './engines/choose.ts'
import { createEngineHealth } from './engines/health.ts'
import type { Config } from './env.ts'
import { openArticleExtractor } from './http/article-extractor.ts'
import { openChangeFeed } from './http/change-feed.ts'
import type { Log } from './log.ts'
import { migrateQueue, type QueueAddress } from './queue/connection.ts'
import { openProducer } from './queue/producer.ts'
import { releaseUse, reserveUse } from './store/ceilings.ts'
import { type Database, migrate, openDatabase } from './store/database.ts'
import { openEmbeddedPostgres } from './store/embedded-postgres.ts'
import { activateGlossary } from './store/glossaries.ts'
import { readGlossaryFiles } from './store/glossary-files.ts'
import { lockHome } from './store/home-lock.ts'
import { openSegmentation } from './store/segmentation-files.ts'
import { createTermBaseReader } from './store/term-base.ts'

const PACKAGE_ROOT = resolve(import.meta.dirname, '..')

export type Store = {
  readonly db: Database
  readonly databaseUrl: string
  readonly queue: QueueAddress
  readonly embedded: boolean
  readonly close: () => Promise<void>
}

/** The database: `DATABASE_URL`, or the embedded one under `TALMACH_HOME`, which is migrated here. */
export async function openStore(config: Config, log: Log): Promise<Store> {
  const complain = (error: Error) => log('warn', 'database', { error: error.message })
  const embedded =
    config.DATABASE_URL === undefined ? await openEmbeddedPostgres(config.TALMACH_HOME) : undefined
  const databaseUrl = embedded?.url ?? config.DATABASE_URL ?? ''
  const db = openDatabase(databaseUrl, complain)
  const queue: QueueAddress =
    config.REDIS_URL === undefined
      ? { kind: 'postgres', url: databaseUrl }
      : { kind: 'redis', url: config.REDIS_URL }
  const store: Store = {
    db,
    databaseUrl,
    queue,
    embedded: embedded !== undefined,
    close: async () => {
      await db.destroy()
      await embedded?.release()
    },
  }
  try {
    if (embedded !== undefined) await migrateAll(store)
  } catch (error) {
    await store.close()
    throw error
  }
  return store
}

/** Opens the store for one piece of work and closes it again, whatever comes of it. */
export async function withStore<Result>(
  config: Config,
  log: Log,
  use: (store: Store) => Promise<Result>,
): Promise<Result> {
  const store = await openStore(config, log)
  try {
    return await use(store)
  } finally {
    await store.close()
  }
}

export function engineConfigOf(config: Config): EngineConfig {
  return {
    mt: config.TALMACH_MT,
    deeplAuthKey: config.DEEPL_API_KEY,
    deeplServerUrl: config.DEEPL_SERVER_URL,
    deeplFormality: config.TALMACH_DEEPL_FORMALITY,
    deeplStyleRules: config.TALMACH_DEEPL_STYLE,
    libreTranslateUrl: config.LIBRETRANSLATE_URL,
    llm:
      config.TALMACH_LLM_URL === undefined || config.TALMACH_LLM_MODEL === undefined
        ? undefined
        : {
            url: config.TALMACH_LLM_URL,
            model: config.TALMACH_LLM_MODEL,
            key: config.TALMACH_LLM_KEY,
            price: config.TALMACH_LLM_PRICE,
          },
  }
}

/** Where the use of engines with a ceiling is counted. */
export function budgetOf(db: Database): Budget {
  return { reserve: (wish) => reserveUse(db, wish), release: (id) => releaseUse(db, id) }
}

/** Brings the tables of the product and of the queue up to date. @returns names of what was applied */
export async function migrateAll(store: Pick<Store, 'db' | 'queue'>): Promise<readonly string[]> {
  const applied = await migrate(store.db)
  await migrateQueue(store.queue)
  return applied
}

export type Running = {
  readonly url: string | undefined
  readonly store: Store
  readonly engineNotice: string | null
  readonly engineNames: readonly string[]
  readonly close: () => Promise<void>
}

/** One process: the HTTP side, the workers, or both. Everything it opened is closed again by `close`. */
export async function startProcess(
  config: Config,
  log: Log,
  parts: { readonly http: boolean; readonly workers: boolean },
): Promise<Running> {
  const store = await openStore(config, log)
  const closers: (() => Promise<unknown>)[] = [store.close]
  const close = async () => {
    // In the reverse order of opening: the doors first, the database last.
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  try {
    const complain = (error: Error) => log('warn', 'queue', { error: error.message })
    const lock =
      parts.http && store.embedded ? await lockHome(config.TALMACH_HOME, store.databaseUrl) : undefined
    if (lock !== undefined) closers.push(lock.release)
    const producer = openProducer(store.queue, complain)
    closers.push(producer.close)
    const engineConfig = engineConfigOf(config)
    const engines = capEngines(
      await createEngines(engineConfig),
      config.TALMACH_MT_CEILING,
      budgetOf(store.db),
    )
    requireEngines(engineConfig.mt, engines)
    const chosen = engineOrder(engineConfig, engines, { source: 'en', target: 'es' })
    const termBase = createTermBaseReader(store.db)
    if (parts.http) await activateShippedGlossaries(store.db, config)
    const segmentation = openSegmentation(config.TALMACH_SEGMENTATION)
    // A wrong list is told at the start, not with the first document.
    await segmentation('')
    if (parts.workers) {
      const workers = await startWorkerSet({
        db: store.db,
        queue: store.queue,
        producer,
        termBase,
        engines,
        engineConfig,
        health: createEngineHealth({
          now: Date.now,
          onPause: (pause) => log('warn', 'engine paused', { engine: pause.engine, reason: pause.reason }),
        }),
        log,
        segmentation,
        allowPrivateUrls: config.TALMACH_ALLOW_PRIVATE_URLS === 'yes',
      })
      closers.push(workers.close)
    }
    const engineNames = chosen.engines.map((engine) => engine.name)
    const engineNotice = chosen.notice ?? null
    if (!parts.http) return { url: undefined, store, engineNotice, engineNames, close }

    const changes = openChangeFeed(store.databaseUrl, complain)
    closers.push(changes.close)
    const articles = openArticleExtractor()
    closers.push(articles.close)
    const webRoot = join(PACKAGE_ROOT, 'dist/web')
    const app = createApp({
      db: store.db,
      producer,
      termBase,
      changes,
      articles,
      engines: { names: engineNames, notice: engineNotice },
      costs: (pair) =>
        engineOrder(engineConfig, engines, pair).engines.map((engine) => ({
          name: engine.name,
          unit: unitOf(engine),
          billed: engine.capabilities.billed,
          ceiling: config.TALMACH_MT_CEILING?.get(engine.name),
        })),
      edition: DEFAULT_EDITION,
      allowPrivateUrls: config.TALMACH_ALLOW_PRIVATE_URLS === 'yes',
      publicRead: config.TALMACH_PUBLIC_FEEDS === 'yes',
      publicUrl: config.TALMACH_PUBLIC_URL,
      segmentation,
      log,
      webRoot: existsSync(join(webRoot, 'index.html')) ? webRoot : undefined,
    })
    const { url, stop } = await listen(app.fetch, config)
    closers.push(stop)
    await lock?.announce(url)
    return { url, store, engineNotice, engineNames, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function activateShippedGlossaries(db: Database, config: Config): Promise<void> {
  const here = resolve(config.TALMACH_GLOSSARY)
  const path = existsSync(here) ? here : join(PACKAGE_ROOT, config.TALMACH_GLOSSARY)
  for (const glossary of await readGlossaryFiles(path)) await activateGlossary(db, glossary)
}

async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  config: Config,
): Promise<{ url: string; stop: () => Promise<void> }> {
  return new Promise((resolveUrl, reject) => {
    const server = serve({ fetch, port: config.PORT, hostname: config.HOST }, (info) => {
      const host = config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST
      resolveUrl({ url: config.TALMACH_PUBLIC_URL ?? `http://${host}:${info.port}`, stop })
    })
    server.on('error', (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === 'EADDRINUSE'
      const message = taken
        ? `port ${config.PORT} is in use: choose another with --port or PORT`
        : `cannot listen on ${config.HOST}:${config.PORT} (${cause.code})`
      reject(new DomainError('misconfigured', message, { cause }))
    })
    const stop = () =>
      new Promise<void>((done) => {
        server.close(() => done())
        // Event streams never end by themselves; requests at work get a moment.
        if ('closeIdleConnections' in server) server.closeIdleConnections()
        setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 2000).unref()
      })
  })
}
