import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { z } from 'zod'
import { fakeTranslate } from './fake-translation.ts'

/** How the stand-in behaves until told otherwise. Nothing set: it translates correctly and at once. */
export type LlmBehaviour = {
  readonly delayMs?: number
  /** Answer with this status instead. */
  readonly status?: number
  /** `error.code` beside `status`. */
  readonly errorCode?: string
  /** Seconds for a Retry-After header beside `status`. */
  readonly retryAfter?: number
  /** Send the client to this address. */
  readonly redirect?: string
  readonly fault?:
    | 'wrong-count'
    | 'extra-text'
    | 'id-twice'
    | 'empty-texts'
    | 'html-page'
    | 'no-choices'
    | 'not-json'
    | 'never'
    | 'cut'
    | 'refusal'
    | 'content-filter'
    | 'terms-ignored'
    | 'tags-lost'
    | 'tags-doubled'
    | 'untranslated'
    | 'latin'
    | 'talks'
    | 'draft-rewritten'
    | 'draft-numbers'
    | 'draft-tags'
  /** The status or fault holds for so many requests, then it behaves. */
  readonly times?: number
  /** The fault holds only for texts that this accepts. */
  readonly when?: (text: string) => boolean
  /** Ways of asking that the endpoint refuses with 400, as many local servers do. */
  readonly refuses?: readonly ('json_schema' | 'json_object' | 'temperature')[]
  /** How the JSON is wrapped. */
  readonly wrapping?: 'fence' | 'think'
  /** Leaves `usage` out, as some local servers do. */
  readonly withoutUsage?: boolean
}

const Material = z.object({
  context: z.string().optional(),
  texts: z.array(
    z.object({
      id: z.string(),
      text: z.string(),
      draft: z.string().optional(),
      terms: z
        .array(
          z.object({
            source: z.string(),
            lemma: z.string(),
            invariant: z.boolean(),
            partOfSpeech: z.string(),
          }),
        )
        .optional(),
    }),
  ),
})
export type LlmMaterial = z.infer<typeof Material>

const Body = z.object({
  model: z.string(),
  stream: z.literal(false).optional(),
  temperature: z.number().optional(),
  response_format: z
    .union([
      z.object({ type: z.literal('json_object') }),
      z.object({
        type: z.literal('json_schema'),
        json_schema: z.object({
          name: z.string(),
          strict: z.literal(true),
          schema: z.object({ type: z.literal('object'), additionalProperties: z.literal(false) }),
        }),
      }),
    ])
    .optional(),
  messages: z.tuple([
    z.object({ role: z.literal('system'), content: z.string() }),
    z.object({ role: z.literal('user'), content: z.string() }),
  ]),
})

export type LlmRequest = {
  readonly system: string
  readonly material: LlmMaterial
  readonly form: 'json_schema' | 'json_object' | 'plain'
  readonly authorization: string | undefined
  readonly raw: string
}

export type LlmServer = {
  /** With `/v1`. */
  readonly url: string
  /** Every request that reached it, whatever became of it. */
  readonly requests: readonly LlmRequest[]
  readonly set: (behaviour: LlmBehaviour) => void
  readonly close: () => Promise<void>
}

/** The model that the stand-in has. */
export const LLM_MODEL = 'stand-in-1'

/** Starts a server on a free port of this machine that speaks OpenAI's `POST /v1/chat/completions`. */
export async function startLlmServer(options: LlmBehaviour = {}): Promise<LlmServer> {
  let behaviour = options
  let faultsLeft = options.times ?? Number.POSITIVE_INFINITY
  const requests: LlmRequest[] = []

  async function complete(request: IncomingMessage, raw: string, response: ServerResponse): Promise<void> {
    const parsed = Body.safeParse(JSON.parse(raw))
    if (!parsed.success) return fail(response, 400, z.prettifyError(parsed.error))
    const { model, temperature, response_format: format, messages } = parsed.data
    if (model !== LLM_MODEL)
      return fail(response, 404, `The model ${model} does not exist`, 'model_not_found')
    const [system, user] = messages
    const material = Material.parse(JSON.parse(user.content))
    const form = format?.type ?? 'plain'
    requests.push({
      system: system.content,
      material,
      form,
      authorization: request.headers.authorization,
      raw: user.content,
    })
    const now = behaviour
    const concerned = now.when === undefined || material.texts.some(({ text }) => now.when?.(text))
    const faulty = concerned && faultsLeft > 0 && (now.status !== undefined || now.fault !== undefined)
    if (faulty) faultsLeft--
    if (now.delayMs !== undefined) await setTimeout(now.delayMs)
    if (now.redirect !== undefined) {
      response.writeHead(307, { location: now.redirect })
      response.end()
      return
    }
    if (faulty && now.fault === 'never') return
    if (faulty && now.status !== undefined) {
      const headers = now.retryAfter === undefined ? {} : { 'retry-after': String(now.retryAfter) }
      return fail(response, now.status, 'as told', now.errorCode, headers)
    }
    if (faulty && now.fault === 'html-page') {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end('<!DOCTYPE html><title>Welcome to the hotel network</title>')
      return
    }
    for (const way of now.refuses ?? []) {
      if (way === form) return fail(response, 400, `response_format type ${way} is not supported`)
      if (way === 'temperature' && temperature !== undefined) {
        return fail(response, 400, "Unsupported value: 'temperature' does not support 0 with this model")
      }
    }
    const fault = faulty ? now.fault : undefined
    if (fault === 'no-choices')
      return send(response, 200, { id: 'x', object: 'chat.completion', choices: [] })
    const target = /into .* \(([\w-]+)\)\./.exec(system.content)?.[1] ?? 'de'
    const content = write(material, target, fault, now)
    send(response, 200, {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 0,
      model,
      choices: [
        {
          index: 0,
          message:
            fault === 'refusal'
              ? { role: 'assistant', content: null, refusal: 'I cannot help with that.' }
              : { role: 'assistant', content, refusal: null },
          finish_reason: fault === 'cut' ? 'length' : fault === 'content-filter' ? 'content_filter' : 'stop',
        },
      ],
      ...(now.withoutUsage === true
        ? {}
        : { usage: { prompt_tokens: 100, completion_tokens: 50, total_tokens: 150 } }),
    })
  }

  const server = createServer((request, response) => {
    readBody(request)
      .then(async (raw) => {
        if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
          return fail(response, 404, 'Not found')
        }
        await complete(request, raw, response)
      })
      .catch((error: unknown) => fail(response, 500, String(error)))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    set(next) {
      behaviour = next
      faultsLeft = next.times ?? Number.POSITIVE_INFINITY
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

type Fault = LlmBehaviour['fault']

function write(material: LlmMaterial, target: string, fault: Fault, now: LlmBehaviour): string {
  if (fault === 'not-json') return 'Sure! Here are your translations: Guten Tag.'
  let translations = material.texts.map((one) => {
    const concerned = now.when?.(one.text) !== false
    return { id: one.id, text: answerFor(one, target, concerned ? fault : undefined) }
  })
  const [first] = translations
  if (fault === 'wrong-count') translations = translations.slice(1)
  if (fault === 'extra-text') translations = [...translations, { id: 'x', text: 'extra' }]
  if (fault === 'id-twice' && first !== undefined) translations = translations.map(() => first)
  const json = JSON.stringify({ translations })
  if (fault === 'cut') return json.slice(0, Math.floor(json.length / 2))
  if (now.wrapping === 'fence') return `Here you are:\n\`\`\`json\n${json}\n\`\`\``
  if (now.wrapping === 'think') return `<think>{"translations": []} no, better:</think>\n${json}`
  return json
}

function answerFor(one: LlmMaterial['texts'][number], target: string, fault: Fault): string {
  if (fault === 'empty-texts') return ''
  if (fault === 'untranslated') return one.text
  if (fault === 'talks') return `${'I would be happy to translate this for you. '.repeat(40)}${one.text}`
  if (fault === 'latin') return one.text.replace(/[a-z]+/gi, 'lorem')
  if (one.draft !== undefined) return mend(one, one.draft, target, fault)
  const terms = fault === 'terms-ignored' ? [] : (one.terms ?? [])
  const glossary = new Map(terms.map(({ source, lemma }) => [source, lemma]))
  const answer = one.text
    .split(/(<[^>]*>|&\w+;)/)
    .map((piece) => (/^[<&]/.test(piece) ? piece : fakeTranslate(piece, target, { glossary })))
    .join('')
  if (fault === 'tags-lost') return answer.replace(/<[^>]*>/g, '')
  if (fault === 'tags-doubled') return answer.replace(/<x [^>]*>/g, '$&$&')
  return answer
}

/** Puts each term in the place of the word that stands for it in the draft. */
function mend(one: LlmMaterial['texts'][number], draft: string, target: string, fault: Fault): string {
  if (fault === 'terms-ignored') return draft
  let mended = draft
  for (const { source, lemma } of one.terms ?? []) {
    for (const wrong of [fakeTranslate(source, target), source]) {
      if (!mended.toLowerCase().includes(lemma.toLowerCase())) mended = mended.replace(wrong, lemma)
    }
    if (!mended.toLowerCase().includes(lemma.toLowerCase())) mended = `${lemma} ${mended}`
  }
  if (fault === 'draft-rewritten') {
    return `${(one.terms ?? []).map(({ lemma }) => lemma).join(' ')} something else entirely was said by somebody`
  }
  if (fault === 'draft-numbers') return `${mended} 4711`
  if (fault === 'draft-tags') return mended.replace(/<[^>]*>/g, '')
  return mended
}

function fail(
  response: ServerResponse,
  status: number,
  message: string,
  code?: string,
  headers: Record<string, string> = {},
): void {
  send(response, status, { error: { message, type: 'error', param: null, code: code ?? null } }, headers)
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  if (response.headersSent) return
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
