import { z } from 'zod'
import { DomainError } from '../domain/errors.ts'
import { languageOf } from '../domain/locale.ts'
import {
  badAnswer,
  connectionError,
  errorOfStatus,
  parseRetryAfter,
  requireFullAnswer,
  shorten,
  withTimeout,
} from './answer-errors.ts'
import type { Engine, LocalePair } from './engine.ts'
import { fromMarkup, toMarkup } from './markup.ts'

export type LibreTranslateConfig = {
  /** Address of the server, with or without a slash at the end. */
  readonly url: string
  readonly apiKey?: string
  /** Time limit of one request; 60 s by default, as it may run on a small machine. */
  readonly timeoutMs?: number
}

const NAME = 'libretranslate'
/** An answer larger than this is no translation of a request of ours. In bytes. */
const MAX_ANSWER = 8 * 1024 * 1024

const Languages = z.array(z.object({ code: z.string(), targets: z.array(z.string()).optional() }))
const Translation = z.object({ translatedText: z.array(z.string()) })

/**
 * A LibreTranslate server over HTTP. Its languages are asked once: here if it is up, else before the first
 * translation; until they are known it is taken to speak every pair. Never throws for a server that is down.
 */
export async function createLibreTranslateEngine(config: LibreTranslateConfig): Promise<Engine> {
  const base = config.url.replace(/(?<!\/)\/+$/, '')
  const timeoutMs = config.timeoutMs ?? 60_000
  let languages: ReadonlyMap<string, ReadonlySet<string> | null> | undefined

  async function ask(path: string, body: unknown, limitMs: number, signal: AbortSignal): Promise<unknown> {
    return await withTimeout(NAME, limitMs, signal, async (either) => {
      const response = await open(`${base}${path}`, body, either)
      const text = await readLimited(response, either)
      if (!response.ok) {
        const retryAfter = parseRetryAfter(response.headers.get('retry-after'))
        throw errorOfStatus(NAME, response.status, describeBody(text), retryAfter)
      }
      try {
        return JSON.parse(text)
      } catch (error) {
        throw badAnswer(NAME, `not JSON but “${shorten(text)}”`, error)
      }
    })
  }

  async function learnLanguages(limitMs: number, signal: AbortSignal): Promise<void> {
    const parsed = Languages.safeParse(await ask('/languages', undefined, limitMs, signal))
    if (!parsed.success) throw badAnswer(NAME, 'its list of languages is not what was promised')
    languages = new Map(
      parsed.data.map(({ code, targets }) => [code, targets === undefined ? null : new Set(targets)]),
    )
  }

  /** The server's codes for a pair; undefined when it does not offer it. */
  function codesFor(pair: LocalePair): LocalePair | undefined {
    if (languages === undefined) return { source: languageOf(pair.source), target: languageOf(pair.target) }
    const source = candidatesFor(pair.source).find((code) => languages?.has(code))
    if (source === undefined) return undefined
    const targets = languages.get(source)
    const target = candidatesFor(pair.target).find((code) =>
      targets === null ? languages?.has(code) : targets?.has(code),
    )
    return target === undefined || target === source ? undefined : { source, target }
  }

  try {
    await learnLanguages(Math.min(3_000, timeoutMs), new AbortController().signal)
  } catch {
    // It may come up later; the first translation asks again and says what is wrong.
  }
  return {
    name: NAME,
    settings: `html ${base}`,
    capabilities: {
      maxTexts: 25,
      maxBytes: 64 * 1024,
      tags: () => true,
      glossary: () => false,
      context: false,
      supports: (pair) => codesFor(pair) !== undefined,
      billed: false,
      pretend: false,
    },
    bytesOf: (text) => Buffer.byteLength(JSON.stringify(toMarkup(text))) + 1,
    async translate(request) {
      if (languages === undefined) await learnLanguages(timeoutMs, request.signal)
      const codes = codesFor(request)
      if (codes === undefined) {
        throw new DomainError(
          'engine-refused',
          `${NAME} does not offer ${request.source} to ${request.target}`,
        )
      }
      const key = config.apiKey === undefined ? {} : { api_key: config.apiKey }
      const body = { q: request.texts.map(toMarkup), ...codes, format: 'html', ...key }
      const parsed = Translation.safeParse(await ask('/translate', body, timeoutMs, request.signal))
      if (!parsed.success) throw badAnswer(NAME, 'translatedText is not a list of texts')
      const texts = parsed.data.translatedText.map((text, index) =>
        fromMarkup(text, request.texts[index]?.codes ?? []),
      )
      requireFullAnswer(
        NAME,
        request.texts.map(({ text }) => text),
        texts,
      )
      return { texts, billedCharacters: 0, glossaryApplied: false }
    },
  }
}

/** What a server may call a locale, the best first: `pt-BR` is `pt-BR` or `pb`, Chinese goes by script. */
function candidatesFor(locale: string): readonly string[] {
  const language = languageOf(locale)
  const { script } = new Intl.Locale(locale).maximize()
  return [
    locale,
    ...(locale === 'pt-BR' ? ['pb'] : []),
    ...(language === 'zh' ? [`zh-${script}`, script === 'Hant' ? 'zt' : 'zh'] : []),
    ...(language === 'no' ? ['nb'] : []),
    language,
  ]
}

async function open(url: string, body: unknown, signal: AbortSignal): Promise<Response> {
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  try {
    return await fetch(url, { ...(body === undefined ? {} : post), signal })
  } catch (error) {
    throw connectionError(NAME, error)
  }
}

async function readLimited(response: Response, signal: AbortSignal): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  try {
    for await (const chunk of response.body ?? []) {
      signal.throwIfAborted()
      bytes += chunk.length
      if (bytes > MAX_ANSWER) throw badAnswer(NAME, `it is larger than ${MAX_ANSWER} bytes`)
      text += decoder.decode(chunk, { stream: true })
    }
  } catch (error) {
    if (error instanceof DomainError) throw error
    throw connectionError(NAME, error)
  }
  return text + decoder.decode()
}

const Problem = z.object({ error: z.string() })

function describeBody(text: string): string {
  try {
    const parsed = Problem.safeParse(JSON.parse(text))
    return shorten(parsed.success ? parsed.data.error : text)
  } catch {
    return /<html|<!doctype/i.test(text.slice(0, 200)) ? 'an HTML page' : shorten(text)
  }
}
