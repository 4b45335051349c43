import {
  AuthorizationError,
  ConnectionError,
  DeepLClient,
  type Formality,
  GlossaryEntries,
  QuotaExceededError,
  type SourceGlossaryLanguageCode,
  type SourceLanguageCode,
  type TargetGlossaryLanguageCode,
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
import { deeplHasFormality, deeplIsFull, deeplSource, deeplSupports, deeplTarget } from './deepl-languages.ts'
import type { Engine, EngineRequest, EngineText, GlossaryEntry, LocalePair } from './engine.ts'
import { versionOfEntries } from './glossary-entries.ts'
import { fromMarkup, toMarkup } from './markup.ts'

export type DeeplConfig = {
  readonly authKey: string
  /** Another address than DeepL's own, for a proxy or a stand-in. */
  readonly serverUrl?: string
  readonly formality?: 'default' | 'prefer_more' | 'prefer_less'
  /** Time limit of one request; 30 s by default. */
  readonly timeoutMs?: number
}

export type DeeplEngine = Engine & {
  /**
   * Makes sure that the account has a glossary with exactly these entries, and gives its id. Glossaries are
   * named by content (`talmach en-pt 1f3a…`), so the two Portugueses share one where their terms agree and
   * have two where they differ, and a restart finds again what was created before.
   * @throws DomainError with an `engine-*` code
   */
  readonly syncGlossary: (
    pair: LocalePair,
    entries: readonly GlossaryEntry[],
    signal: AbortSignal,
  ) => Promise<string>
}

const NAME = 'deepl'
/** DeepL's limit of a request body, less room for the parameters beside the texts. */
const MAX_BYTES = 128 * 1024 - 1024

/** DeepL through its own client library. One `translate` is one request; nothing is retried here. */
export function createDeeplEngine(config: DeeplConfig): DeeplEngine {
  const timeoutMs = config.timeoutMs ?? 30_000
  const client = new DeepLClient(config.authKey, {
    // Counts all attempts: the queue backs off, not this client, which would hold a worker meanwhile.
    maxRetries: 1,
    minTimeout: timeoutMs + 1000,
    sendPlatformInfo: false,
    appInfo: { appName: 'talmach', appVersion: '0.1' },
    ...(config.serverUrl === undefined ? {} : { serverUrl: config.serverUrl.replace(/\/+$/, '') }),
  })
  const glossaryIds = new Map<string, Promise<string>>()

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

  async function findOrCreateGlossary(
    name: string,
    pair: LocalePair,
    entries: readonly GlossaryEntry[],
    signal: AbortSignal,
  ): Promise<string> {
    const known = await call(signal, () => client.listMultilingualGlossaries())
    const existing = known.find((glossary) => glossary.name === name)
    if (existing !== undefined) return existing.glossaryId
    const dictionary = {
      sourceLangCode: deeplSource(pair.source) as SourceGlossaryLanguageCode,
      targetLangCode: deeplSource(pair.target) as TargetGlossaryLanguageCode,
      entries: new GlossaryEntries({
        entries: Object.fromEntries(entries.map(({ source, target }) => [source, target])),
      }),
    }
    return (await call(signal, () => client.createMultilingualGlossary(name, [dictionary]))).glossaryId
  }

  async function syncGlossary(
    pair: LocalePair,
    entries: readonly GlossaryEntry[],
    signal: AbortSignal,
  ): Promise<string> {
    const name = glossaryName(pair, entries)
    const running = glossaryIds.get(name)
    if (running !== undefined) return await running
    const id = findOrCreateGlossary(name, pair, entries, signal)
    glossaryIds.set(name, id)
    try {
      return await id
    } catch (error) {
      glossaryIds.delete(name)
      throw error
    }
  }

  /** The glossary's id; null when this account can have none, which verification and masks make up for. */
  async function usableGlossary(request: EngineRequest): Promise<string | null> {
    if (request.glossary.length === 0 || !deeplIsFull(request)) return null
    try {
      return await syncGlossary(request, request.glossary, request.signal)
    } catch (error) {
      const permanent =
        error instanceof DomainError && ['engine-refused', 'engine-quota'].includes(error.code)
      if (permanent) return null
      throw error
    }
  }

  async function send(request: EngineRequest, glossary: string | null): Promise<readonly TextResult[]> {
    const tags = deeplIsFull(request)
    const options: TranslateTextOptions = {
      splitSentences: 'off',
      preserveFormatting: true,
      ...(tags ? { tagHandling: 'xml', tagHandlingVersion: 'v2' } : {}),
      ...(tags && request.context !== undefined ? { context: request.context } : {}),
      ...(tags ? formalityFor(config.formality, request.target) : {}),
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
    settings: `v2 xml-v2 formality=${config.formality ?? 'default'}`,
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
    syncGlossary,
    async translate(request) {
      let glossary = await usableGlossary(request)
      let results: readonly TextResult[]
      try {
        results = await send(request, glossary)
      } catch (error) {
        if (glossary === null || !isLostGlossary(error)) throw error
        glossaryIds.delete(glossaryName(request, request.glossary))
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

/** Someone may have deleted a glossary at DeepL; deepl-node tells it like any other 404 or 400. */
function isLostGlossary(error: unknown): boolean {
  const status = error instanceof DomainError ? error.extra?.status : undefined
  return status === 404 || status === 400
}

function glossaryName(pair: LocalePair, entries: readonly GlossaryEntry[]): string {
  const languages = `${deeplSource(pair.source)}-${deeplSource(pair.target)}`
  return `talmach ${languages} ${versionOfEntries(entries).slice(0, 32)}`
}

/** deepl-node refuses an empty text, and a language without tags gets no code characters. */
function wireText(text: EngineText, tags: boolean): string {
  return tags ? toMarkup(text) : text.text.toWellFormed().replace(/[\ue000-\uf8ff]/g, '')
}

function formalityFor(formality: DeeplConfig['formality'], target: string): { formality?: Formality } {
  return formality === undefined || formality === 'default' || !deeplHasFormality(target) ? {} : { formality }
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
