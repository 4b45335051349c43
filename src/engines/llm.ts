import { DomainError } from '../domain/errors.ts'
import { badAnswer, requireFullAnswer, shorten } from './answer-errors.ts'
import type { Engine, EngineRequest } from './engine.ts'
import { ANSWER_FORMS, type ChatAnswer, type ChatConfig, createChat } from './llm-client.ts'
import {
  ANSWER_SCHEMA,
  materialOf,
  PROMPT_VERSION,
  readAnswer,
  requireTranslations,
  systemPrompt,
  userPrompt,
} from './llm-prompt.ts'

export type LlmConfig = ChatConfig & {
  /** For a million tokens, in the operator's currency. */
  readonly price?: { readonly input: number; readonly output: number } | undefined
}

const NAME = 'llm'

/**
 * A language model behind an OpenAI-compatible endpoint, local or hosted. It gets terms as lemma and features with
 * each text and inflects them itself; the ladder verifies what came of it as with every engine. It also mends
 * drafts of other engines. An endpoint that refuses a JSON schema or a temperature is asked without, from then on.
 */
export function createLlmEngine(config: LlmConfig): Engine {
  const chat = createChat(config)
  const { origin, pathname } = new URL(config.url)
  let form = 0
  let temperature: number | undefined = 0

  /** One question; where the endpoint refuses the way it is asked, the next simpler way. */
  async function ask(request: EngineRequest): Promise<ChatAnswer> {
    for (;;) {
      const way = ANSWER_FORMS[form] ?? 'plain'
      const question = {
        system: systemPrompt(request),
        user: userPrompt(request),
        form: way,
        schema: ANSWER_SCHEMA,
        temperature,
      }
      try {
        return await chat(question, request.signal)
      } catch (error) {
        const said = complaintOf(error)
        if (said === undefined) throw error
        if (temperature !== undefined && said.includes('temperature')) temperature = undefined
        else if (ANSWER_FORMS[form] === way && way !== 'plain') form++
        else if (way === ANSWER_FORMS[form]) throw error
      }
    }
  }

  return {
    name: NAME,
    settings: `${PROMPT_VERSION} ${config.model} ${origin}${pathname.replace(/(?<!\/)\/+$/, '')}`,
    capabilities: {
      maxTexts: 20,
      // The answer is about as long as the question and has to fit into what a small model can write.
      maxBytes: 12 * 1024,
      tags: () => true,
      glossary: () => false,
      hints: true,
      repairs: true,
      context: true,
      supports: (pair) => pair.source !== pair.target,
      billed: false,
      pretend: false,
    },
    bytesOf: (text) => Buffer.byteLength(JSON.stringify(materialOf(text))) + 16,
    async translate(request) {
      const answer = await ask(request)
      if (answer.tokens !== null) {
        const { input, output } = answer.tokens
        const cost =
          config.price === undefined
            ? null
            : (input * config.price.input + output * config.price.output) / 1_000_000
        request.onUsage?.({ inputTokens: input, outputTokens: output, cost })
      }
      if (answer.refusal !== null || answer.finish === 'content_filter') {
        throw badAnswer(NAME, `the model refuses: “${shorten(answer.refusal ?? 'content filter')}”`)
      }
      if (answer.finish === 'length') throw badAnswer(NAME, 'it was cut off at the length limit')
      const texts = readAnswer(NAME, answer.text, request.texts)
      requireFullAnswer(
        NAME,
        request.texts.map(({ text }) => text),
        texts,
      )
      requireTranslations(NAME, request, texts)
      return { texts, billedCharacters: 0, glossaryApplied: false }
    },
  }
}

/** What an endpoint said that did not accept the request itself; undefined for every other error. */
function complaintOf(error: unknown): string | undefined {
  if (!(error instanceof DomainError) || error.code !== 'engine-refused') return undefined
  const status = error.extra?.status
  return status === 400 || status === 422 ? String(error.extra?.said ?? '') : undefined
}
