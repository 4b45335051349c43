import './fast-strings.ts'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { startWorkerSet } from '../workers/main.ts'
import { createApp } from './app.ts'
import { authSettingsOf } from './auth-settings.ts'
import { DEFAULT_EDITION } from './domain/locale.ts'
import { type Budget, capEngines, unitOf } from './engines/ceiling.ts'
import { createEngines, type EngineConfig, engineOrder, requireEngines } from './engines/choose.ts'
import { createEngineHealth } from './engines/health.ts'
import type { Config } from './env.ts'
import { openArticleExtractor } from './http/article-extractor.ts'
import { openAuth } from './http/auth.ts'
import { openChangeFeed } from './http/change-feed.ts'
import { openQueueBoard } from './http/queue-board.ts'
import { listen } from './listen.ts'
import type { Log } from './log.ts'
import { describeError } from './observe/describe-error.ts'
import { observeEngines } from './observe/observed-engine.ts'
import { observeProcess } from './observe-process.ts'
import { migrateQueue, type QueueAddress } from './queue/connection.ts'
import { openProducer } from './queue/producer.ts'
import { releaseUse, reserveUse } from './store/ceilings.ts'
import { type Database, migrate, openDatabase, poolFigures } from './store/database.ts'
import { openEmbeddedPostgres } from './store/embedded-postgres.ts'
import { loadFigures } from './store/figures.ts'
import { activateGlossary } from './store/glossaries.ts'
import { readGlossaryFiles } from './store/glossary-files.ts'
import { requireHomeFormat } from './store/home-format.ts'
import { lockHome } from './store/home-lock.ts'
import { urgencyOfRevision } from './store/plans.ts'
import { sealSecrets } from './store/seal-secrets.ts'
import { openSecretBox } from './store/secret-box.ts'
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
  const complain = (error: Error) => log('warn', 'database', { error: describeError(error) })
  if (config.DATABASE_URL === undefined) await requireHomeFormat(config.TALMACH_HOME)
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
    for (const closer of closers.splice(0).reverse()) {
      // One that fails must not keep the others, and so the process, open.
      await closer().catch((error: unknown) => log('warn', 'closing', { error: describeError(error) }))
    }
  }
  try {
    const complain = (error: Error) => log('warn', 'queue', { error: describeError(error) })
    const observed = await observeProcess(config, log, parts.http ? 'desk' : 'worker')
    closers.push(observed.close)
    const { metrics, traces } = observed
    const lock =
      parts.http && store.embedded ? await lockHome(config.TALMACH_HOME, store.databaseUrl) : undefined
    if (lock !== undefined) closers.push(lock.release)
    const producer = openProducer(store.queue, complain, traces.telemetry, (revisionId) =>
      urgencyOfRevision(store.db, revisionId),
    )
    closers.push(producer.close)
    const secrets = await openSecretBox(config.TALMACH_SECRET_KEY, config.TALMACH_HOME)
    await sealSecrets(store.db, secrets)
    const engineConfig = engineConfigOf(config)
    const engines = capEngines(
      observeEngines(await createEngines(engineConfig), metrics, traces),
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
        secrets,
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
        telemetry: traces.telemetry,
      })
      closers.push(workers.close)
    }
    const engineNames = chosen.engines.map((engine) => engine.name)
    const engineNotice = chosen.notice ?? null
    let listeners = () => 0
    const expose = await observed.expose({
      figures: () => loadFigures(store.db),
      jobs: producer.counts,
      pool: () => poolFigures(store.db),
      listeners: () => listeners(),
    })
    if (!parts.http) return { url: undefined, store, engineNotice, engineNames, close }

    const changes = openChangeFeed(store.databaseUrl, complain)
    closers.push(changes.close)
    listeners = changes.size
    const queueBoard = openQueueBoard(store.queue, complain, config.TALMACH_BOARD_WRITE === 'yes')
    closers.push(queueBoard.close)
    const articles = openArticleExtractor()
    closers.push(articles.close)
    const webRoot = join(PACKAGE_ROOT, 'dist/web')
    const app = createApp({
      db: store.db,
      secrets,
      auth: openAuth({ db: store.db, secrets, log, ...authSettingsOf(config) }),
      producer,
      termBase,
      changes,
      streams: { perPerson: config.TALMACH_STREAMS_PER_PERSON, total: config.TALMACH_STREAMS },
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
      fourEyes: config.TALMACH_FOUR_EYES === 'yes',
      failedSignIns: config.TALMACH_FAILED_SIGN_INS,
      maxBodyMib: config.TALMACH_MAX_BODY_MIB,
      segmentation,
      log,
      webRoot: existsSync(join(webRoot, 'index.html')) ? webRoot : undefined,
      watch: { metrics, traces },
      metrics: { expose, token: config.TALMACH_METRICS_TOKEN },
      queueBoard,
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
