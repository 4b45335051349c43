import {
  AuthorizationError,
  ConnectionError,
  DeepLClient,
  GlossaryEntries,
  type MultilingualGlossaryInfo,
  QuotaExceededError,
  type SourceLanguageCode,
  type TargetLanguageCode,
  type TextResult,
  TooManyRequestsError,
  type TranslateTextOptions,
} from 'deepl-node'
import { z } from 'zod'
import { DomainError } from '../domain/errors.ts'
import {
  badAnswer,
  connectionError,
  countBilledCharacters,
  errorOfStatus,
  requireFullAnswer,
  shorten,
  withTimeout,
} from './answer-errors.ts'
import { formEncodedLength } from './batch.ts'
import {
  type AccountGlossary,
  createGlossaryKeeper,
  type Dictionary,
  type GlossaryAccount,
  type GlossaryWish,
} from './deepl-glossaries.ts'
import { deeplIsFull, deeplSource, deeplSupports, deeplTarget } from './deepl-languages.ts'
import { type DeeplWishes, formalityFor, settingsOf, styleFor } from './deepl-wishes.ts'
import type { Engine, EngineRequest, EngineText } from './engine.ts'
import { versionOfEntries } from './glossary-entries.ts'
import { fromMarkup, toMarkup } from './markup.ts'

export type DeeplConfig = DeeplWishes & {
  readonly authKey: string
  /** Another address than DeepL's own, for a proxy or a stand-in. */
  readonly serverUrl?: string
  /** Time limit of one request; 30 s by default. */
  readonly timeoutMs?: number
  /** The clock, in milliseconds since the epoch. */
  readonly now?: () => number
}

const NAME = 'deepl'
/** DeepL's limit of a request body, less room for the parameters beside the texts. */
const MAX_BYTES = 128 * 1024 - 1024

/** What the account says when it cannot have a glossary: translation goes on without. */
const NO_GLOSSARY: ReadonlySet<string> = new Set(['engine-refused', 'engine-quota', 'engine-bad-answer'])
const REFUSAL_MS = 600_000

/** DeepL through its own client library. One `translate` is one request; nothing is retried here. */
export function createDeeplEngine(config: DeeplConfig): Engine {
  const timeoutMs = config.timeoutMs ?? 30_000
  const client = new DeepLClient(config.authKey, {
    // Counts all attempts: the queue backs off, not this client, which would hold a worker meanwhile.
    maxRetries: 1,
    minTimeout: timeoutMs + 1000,
    sendPlatformInfo: false,
    appInfo: { appName: 'talmach', appVersion: '0.1' },
    ...(config.serverUrl === undefined ? {} : { serverUrl: config.serverUrl.replace(/(?<!\/)\/+$/, '') }),
  })
  /** One call of the client under our own time limit, its errors turned into ours. */
  async function call<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    return await withTimeout(NAME, timeoutMs, signal, async () => {
      try {
        return await work()
      } catch (error) {
        throw toDomainError(error)
      }
    })
  }

  const account: GlossaryAccount = {
    list: async (signal) => (await call(signal, () => client.listMultilingualGlossaries())).map(describe),
    create: async (name, dictionary, signal) =>
      describe(await call(signal, () => client.createMultilingualGlossary(name, [toWire(dictionary)]))),
    replace: async (id, dictionary, signal) =>
      void (await call(signal, () => client.replaceMultilingualGlossaryDictionary(id, toWire(dictionary)))),
    entries: async (id, source, target, signal) => {
      const { entries } = await call(signal, () =>
        client.getMultilingualGlossaryDictionaryEntries(id, source, target),
      )
      return new Map(Object.entries(entries.entries()))
    },
    remove: async (id, signal) => await call(signal, () => client.deleteMultilingualGlossary(id)),
  }
  const now = config.now ?? Date.now
  const keeper = createGlossaryKeeper(account, now)

  /** Until when an account that can have no glossary for a target is not asked again. */
  const refusedUntil = new Map<string, number>()

  /** The glossary's id; null when this account can have none, which verification and masks make up for. */
  async function usableGlossary(request: EngineRequest): Promise<string | null> {
    if (request.glossary.length === 0 || !deeplIsFull(request)) return null
    const pair = `${request.source} ${request.target} ${versionOfEntries(request.glossary)}`
    if ((refusedUntil.get(pair) ?? 0) > now()) return null
    try {
      return await keeper.sync(wishOf(request), request.signal)
    } catch (error) {
      const permanent = error instanceof DomainError && NO_GLOSSARY.has(error.code)
      if (!permanent) throw error
      refusedUntil.set(pair, now() + REFUSAL_MS)
      return null
    }
  }

  async function send(request: EngineRequest, glossary: string | null): Promise<readonly TextResult[]> {
    const tags = deeplIsFull(request)
    const options: TranslateTextOptions = {
      splitSentences: 'off',
      preserveFormatting: true,
      ...(tags ? { tagHandling: 'xml', tagHandlingVersion: 'v2' } : {}),
      ...(tags && request.context !== undefined ? { context: request.context } : {}),
      ...(tags ? formalityFor(config, request.target) : {}),
      ...(tags ? styleFor(config, request.target) : {}),
      ...(glossary === null ? {} : { glossary }),
    }
    const texts = request.texts.map((text) => wireText(text, tags))
    return await call(request.signal, async () =>
      parseResults(
        await client.translateText(
          texts,
          deeplSource(request.source) as SourceLanguageCode,
          deeplTarget(request.target) as TargetLanguageCode,
          options,
        ),
      ),
    )
  }

  return {
    name: NAME,
    settings: settingsOf(config),
    capabilities: {
      maxTexts: 50,
      maxBytes: MAX_BYTES,
      tags: deeplIsFull,
      glossary: deeplIsFull,
      context: true,
      supports: deeplSupports,
      billed: true,
      pretend: false,
    },
    bytesOf: (text, pair) => 'text=&'.length + formEncodedLength(wireText(text, deeplIsFull(pair))),
    async translate(request) {
      let glossary = await usableGlossary(request)
      let results: readonly TextResult[]
      try {
        results = await send(request, glossary)
      } catch (error) {
        if (glossary === null || !isLostGlossary(error)) throw error
        keeper.forget()
        const again = await usableGlossary(request)
        if (again === glossary) throw error
        glossary = again
        results = await send(request, glossary)
      }
      const tags = deeplIsFull(request)
      const texts = results.map((result, index) =>
        tags ? fromMarkup(result.text, request.texts[index]?.codes ?? []) : result.text,
      )
      requireFullAnswer(
        NAME,
        request.texts.map((text) => text.text),
        texts,
      )
      const counted = request.texts.reduce((sum, text) => sum + countBilledCharacters(text.text), 0)
      return { texts, billedCharacters: counted, glossaryApplied: glossary !== null }
    },
  }
}

function wishOf(request: EngineRequest): GlossaryWish {
  const { source, target, glossary, neededGlossary, termBase } = request
  return {
    termBase: termBase ?? { name: 'glossary', version: versionOfEntries(glossary) },
    sourceLocale: source,
    targetLocale: target,
    dictionary: { source: deeplSource(source), target: deeplSource(target), entries: glossary },
    needed: neededGlossary ?? glossary,
  }
}

/** Someone may have deleted a glossary at DeepL; deepl-node tells it like any other 404 or 400. */
function isLostGlossary(error: unknown): boolean {
  const status = error instanceof DomainError ? error.extra?.status : undefined
  return status === 404 || status === 400
}

function describe({
  glossaryId,
  name,
  creationTime,
  dictionaries,
}: MultilingualGlossaryInfo): AccountGlossary {
  return {
    id: glossaryId,
    name,
    createdAt: creationTime.getTime(),
    dictionaries: dictionaries.map(({ sourceLangCode, targetLangCode, entryCount }) => ({
      source: sourceLangCode,
      target: targetLangCode,
      count: entryCount,
    })),
  }
}

function toWire({ source, target, entries }: Dictionary) {
  return {
    sourceLangCode: source,
    targetLangCode: target,
    entries: new GlossaryEntries({
      entries: Object.fromEntries(entries.map((entry) => [entry.source, entry.target])),
    }),
  }
}

/** deepl-node refuses an empty text, and a language without tags gets no code characters. */
function wireText(text: EngineText, tags: boolean): string {
  return tags ? toMarkup(text) : text.text.toWellFormed().replace(/[\ue000-\uf8ff]/g, '')
}

const Results = z.array(z.object({ text: z.string() }))

/** deepl-node hands on whatever the JSON had, typed as if it were right. */
function parseResults(results: readonly TextResult[]): readonly TextResult[] {
  if (!Results.safeParse(results).success) throw badAnswer(NAME, 'not the JSON that was promised')
  return results
}

/** deepl-node tells most statuses only in the words of its message. Source: its `translator.js`, `checkStatusCode`. */
function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof TooManyRequestsError) return errorOfStatus(NAME, 429, '')
  if (error instanceof QuotaExceededError) return errorOfStatus(NAME, 456, '')
  if (error instanceof AuthorizationError) return errorOfStatus(NAME, 403, '')
  if (error instanceof ConnectionError) return connectionError(NAME, error)
  const status = /^Unexpected status code: (\d{3})/.exec(message)?.[1]
  if (status !== undefined) return errorOfStatus(NAME, Number(status), '')
  if (message.startsWith('Service unavailable')) return errorOfStatus(NAME, 503, '')
  if (message.startsWith('Bad request')) return errorOfStatus(NAME, 400, shorten(message))
  if (message.startsWith('Not found')) return errorOfStatus(NAME, 404, shorten(message))
  return badAnswer(NAME, shorten(message), error)
}
