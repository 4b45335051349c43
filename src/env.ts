import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { z } from 'zod'
import { DomainError } from './domain/errors.ts'

const url = (protocols: readonly string[]) =>
  z.string().refine(
    (text) => {
      try {
        return protocols.includes(new URL(text).protocol)
      } catch {
        return false
      }
    },
    `must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  )

/** `less`, or `default,de=more,pt-BR=less`: one value for all locales, others for some. */
const formality = z
  .string()
  .regex(
    /^(?:(?:[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*=)?(?:default|more|less)(?:,(?=.)|$))+$/,
    'must be default, more or less, or locales with it: default,de=more,pt-BR=less',
  )
  .transform((text) => {
    const byLocale: Record<string, 'default' | 'prefer_more' | 'prefer_less'> = {}
    for (const part of text.split(',')) {
      const at = part.indexOf('=')
      const value = part.slice(at + 1)
      byLocale[at === -1 ? '*' : part.slice(0, at)] =
        value === 'more' ? 'prefer_more' : value === 'less' ? 'prefer_less' : 'default'
    }
    return byLocale
  })

/** `de=0a1b…,fr=2c3d…` */
const styleRules = z
  .string()
  .regex(
    /^(?:[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*=[\w-]{1,80}(?:,(?=.)|$))+$/,
    'must be locales with ids of style rules: de=ID,fr=ID',
  )
  .transform((text) => {
    const byLocale: Record<string, string> = {}
    for (const part of text.split(','))
      byLocale[part.slice(0, part.indexOf('='))] = part.slice(part.indexOf('=') + 1)
    return byLocale
  })

/** `0.15,0.60`: for a million tokens in and out. */
const tokenPrice = z
  .string()
  .regex(
    /^\d{1,6}(\.\d{1,6})?,\d{1,6}(\.\d{1,6})?$/,
    'must be two numbers for a million tokens, in and out: 0.15,0.60',
  )
  .transform((text) => {
    const [input = 0, output = 0] = text.split(',').map(Number)
    return { input, output }
  })

/** `deepl=500000,llm=2000000`: characters, tokens. */
const ceilings = z
  .string()
  .regex(
    /^(?:(?:deepl|llm)=\d{1,12}(?:,(?=.)|$))+$/,
    'must be deepl=CHARACTERS and llm=TOKENS with commas, for a month: deepl=500000,llm=2000000',
  )
  .transform(
    (text) => new Map(text.split(',').map((part) => [part.split('=')[0] ?? '', Number(part.split('=')[1])])),
  )

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(7007),
  /** Address to listen on; everything but loopback must be asked for. */
  HOST: z.string().min(1).default('127.0.0.1'),
  TALMACH_HOME: z.string().min(1).default('.talmach'),
  DATABASE_URL: url(['postgres:', 'postgresql:']).optional(),
  REDIS_URL: url(['redis:', 'rediss:']).optional(),
  DEEPL_API_KEY: z.string().min(1).optional(),
  DEEPL_SERVER_URL: url(['http:', 'https:']).optional(),
  TALMACH_DEEPL_FORMALITY: formality.optional(),
  TALMACH_DEEPL_STYLE: styleRules.optional(),
  LIBRETRANSLATE_URL: url(['http:', 'https:']).optional(),
  /** An OpenAI-compatible endpoint, with its `/v1`; nothing is sent to any model unless this is set. */
  TALMACH_LLM_URL: url(['http:', 'https:']).optional(),
  TALMACH_LLM_MODEL: z.string().min(1).max(200).optional(),
  TALMACH_LLM_KEY: z.string().min(1).optional(),
  TALMACH_LLM_PRICE: tokenPrice.optional(),
  TALMACH_MT: z
    .string()
    .regex(/^(auto|none|[a-z]+(,[a-z]+)*)$/, 'must be auto, none, or engine names with commas')
    .default('auto'),
  /** What engines may use in a calendar month (UTC); they stop before it is passed. */
  TALMACH_MT_CEILING: ceilings.optional(),
  TALMACH_URL: url(['http:', 'https:']).optional(),
  TALMACH_TOKEN: z.string().min(1).optional(),
  /** The address people reach the desk at, where a proxy stands in front. */
  TALMACH_PUBLIC_URL: url(['http:', 'https:']).optional(),
  /** `yes`: articles may be taken from addresses of the own machine and network. */
  TALMACH_ALLOW_PRIVATE_URLS: z.enum(['yes', 'no']).default('no'),
  /** `yes`: whatever is published can be read without a token. */
  TALMACH_PUBLIC_FEEDS: z.enum(['yes', 'no']).default('no'),
  /** Folder of break lists (.txt, .json) and at most one .srx file. */
  TALMACH_SEGMENTATION: z.string().min(1).optional(),
  TALMACH_GLOSSARY: z.string().default('glossary'),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
})

export type Config = z.infer<typeof Environment>

/**
 * The only reader of `process.env`. Empty variables count as absent.
 * @throws DomainError `misconfigured` that names every wrong variable at once
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(present)
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new DomainError('misconfigured', `environment: ${wrong.join('; ')}`)
  }
  if (parsed.data.TALMACH_LLM_URL !== undefined && parsed.data.TALMACH_LLM_MODEL === undefined) {
    throw new DomainError(
      'misconfigured',
      'environment: TALMACH_LLM_MODEL: name the model that TALMACH_LLM_URL shall use',
    )
  }
  const home = parsed.data.TALMACH_HOME.replace(/^~(?=\/|$)/, homedir())
  return { ...parsed.data, TALMACH_HOME: resolve(home) }
}
