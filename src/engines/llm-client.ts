import type { OpenAI } from 'openai'
import { z } from 'zod'
import { DomainError } from '../domain/errors.ts'
import {
  badAnswer,
  connectionError,
  errorOfStatus,
  parseRetryAfter,
  shorten,
  withTimeout,
} from './answer-errors.ts'

export type ChatConfig = {
  /** Address up to and with `/v1`, as OpenAI-compatible servers have it (Ollama: `http://127.0.0.1:11434/v1`). */
  readonly url: string
  readonly model: string
  /** Sent as a bearer token; local servers need none. */
  readonly key?: string | undefined
  /** Time limit of one request; 120 s by default, as a local model may run on a small machine. */
  readonly timeoutMs?: number
}

/** How an answer is held to its form: by a JSON schema, as any JSON object, or by the prompt alone. */
export const ANSWER_FORMS = ['json_schema', 'json_object', 'plain'] as const
export type AnswerForm = (typeof ANSWER_FORMS)[number]

export type ChatQuestion = {
  readonly system: string
  /** Data, never instructions: a JSON document. */
  readonly user: string
  readonly form: AnswerForm
  readonly schema: { readonly name: string; readonly schema: Record<string, unknown> }
  /** Undefined where the endpoint wants its own. */
  readonly temperature: number | undefined
}

export type ChatAnswer = {
  readonly text: string
  /** `stop` where the model finished by itself; `length` where it was cut off. */
  readonly finish: string
  /** What the model said in place of an answer. */
  readonly refusal: string | null
  readonly tokens: { readonly input: number; readonly output: number } | null
}

export type Chat = (question: ChatQuestion, signal: AbortSignal) => Promise<ChatAnswer>

const NAME = 'llm'

/**
 * One question to one OpenAI-compatible endpoint through OpenAI's client library, which is loaded with the first
 * question. Nothing is retried here, redirects are not followed (the text goes to the configured address or nowhere),
 * and nothing is taken from OpenAI's own environment variables.
 * @returns a function that throws DomainError with an `engine-*` code; what an endpoint says of a request it does
 * not accept is in `extra.status` and `extra.said`
 */
export function createChat(config: ChatConfig): Chat {
  const timeoutMs = config.timeoutMs ?? 120_000
  let opening: Promise<OpenAI> | undefined
  return async (question, signal) =>
    await withTimeout(NAME, timeoutMs, signal, async (either) => {
      opening ??= openClient(config, timeoutMs)
      const client = await opening
      try {
        const completion: unknown = await client.chat.completions.create(bodyOf(config.model, question), {
          signal: either,
        })
        return readCompletion(completion)
      } catch (error) {
        signal.throwIfAborted()
        throw toDomainError(error)
      }
    })
}

async function openClient(config: ChatConfig, timeoutMs: number): Promise<OpenAI> {
  const { OpenAI: Client } = await import('openai')
  return new Client({
    baseURL: config.url.replace(/(?<!\/)\/+$/, ''),
    // The library insists on a key; servers without accounts ignore it.
    apiKey: config.key ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: timeoutMs + 1000,
    logLevel: 'off',
    fetch: async (address, init) => await fetch(address, { ...init, redirect: 'error' }),
  })
}

function bodyOf(model: string, { system, user, form, schema, temperature }: ChatQuestion) {
  const format =
    form === 'json_schema'
      ? ({ type: 'json_schema', json_schema: { ...schema, strict: true } } as const)
      : ({ type: 'json_object' } as const)
  return {
    model,
    messages: [
      { role: 'system' as const, content: system },
      { role: 'user' as const, content: user },
    ],
    stream: false as const,
    ...(temperature === undefined ? {} : { temperature }),
    ...(form === 'plain' ? {} : { response_format: format }),
  }
}

const Completion = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: z
    .object({ prompt_tokens: z.number().nonnegative(), completion_tokens: z.number().nonnegative() })
    .nullish(),
})

/** The library hands on whatever the JSON had, typed as if it were right. */
function readCompletion(completion: unknown): ChatAnswer {
  const parsed = Completion.safeParse(completion)
  const choice = parsed.data?.choices[0]
  if (choice === undefined) throw badAnswer(NAME, 'not the JSON that was promised')
  const usage = parsed.data?.usage ?? null
  return {
    text: choice.message.content ?? '',
    finish: choice.finish_reason ?? 'stop',
    refusal: choice.message.refusal ?? null,
    tokens: usage === null ? null : { input: usage.prompt_tokens, output: usage.completion_tokens },
  }
}

const Failure = z.object({
  status: z.number(),
  message: z.string(),
  code: z.string().nullish(),
  headers: z.instanceof(Headers).optional(),
})

function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error
  const parsed = Failure.safeParse(error)
  if (!parsed.success) {
    // Without a status no answer came, or none that is JSON.
    return error instanceof SyntaxError
      ? badAnswer(NAME, 'not the JSON that was promised', error)
      : connectionError(NAME, error)
  }
  const { status, message, code, headers } = parsed.data
  const said = shorten(message)
  // Money that has run out is told as 429 by some services, and waiting a moment would not help.
  if (code === 'insufficient_quota') return errorOfStatus(NAME, 402, said)
  if (status === 404) {
    return new DomainError(
      'engine-refused',
      `${NAME} does not know the model or the address (${said}); check TALMACH_LLM_URL and TALMACH_LLM_MODEL`,
      { extra: { status, said } },
    )
  }
  const known = errorOfStatus(NAME, status, said, parseRetryAfter(headers?.get('retry-after') ?? null))
  if (known.code !== 'engine-refused') return known
  return new DomainError('engine-refused', known.message, { extra: { status, said } })
}
