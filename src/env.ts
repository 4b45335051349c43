import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { z } from 'zod'
import { DomainError } from './domain/errors.ts'
import { parseSecretKey } from './store/secret-box.ts'

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

/** 32 bytes in base64 or hex; after a comma older ones, which open and no longer seal. */
const secretKeys = z.string().transform((text, context) => {
  const keys = text.split(',').map((part) => parseSecretKey(part.trim()))
  const [first, ...rest] = keys.filter((key) => key !== undefined)
  if (first === undefined || rest.length + 1 < keys.length) {
    context.addIssue('must be 32 bytes in base64 (openssl rand -base64 32), with commas before older ones')
    return z.NEVER
  }
  return [first, ...rest] as const
})

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
  /** Pages that one person, and all together, may have open with live updates, in one process. */
  TALMACH_STREAMS_PER_PERSON: z.coerce.number().int().min(1).max(1000).default(20),
  TALMACH_STREAMS: z.coerce.number().int().min(1).max(100_000).default(2000),
  /** Wrong tokens, cookies, links and invitations that one network address may try in a minute. */
  TALMACH_FAILED_SIGN_INS: z.coerce.number().int().min(1).max(1_000_000).default(60),
  /** Largest request; larger than any document, so that those meet their own, clearer limit of 10 MiB. */
  TALMACH_MAX_BODY_MIB: z.coerce.number().int().min(1).max(512).default(32),
  /** How long the headers of a request may take. */
  TALMACH_HEADERS_SECONDS: z.coerce.number().min(0.5).max(3600).default(20),
  /** How long any body may take, and how many bytes buy it a second more. */
  TALMACH_BODY_SECONDS: z.coerce.number().min(0.5).max(3600).default(30),
  TALMACH_BODY_RATE: z.coerce.number().int().min(1).max(1_000_000).default(500),
  /** `yes`: whatever is published can be read without a token. */
  TALMACH_PUBLIC_FEEDS: z.enum(['yes', 'no']).default('no'),
  /** Seals secrets in the database; without it a key is kept in TALMACH_HOME. */
  TALMACH_SECRET_KEY: secretKeys.optional(),
  /** `yes`: whoever translated a segment does not approve it; a document may say otherwise. */
  TALMACH_FOUR_EYES: z.enum(['yes', 'no']).default('no'),
  /** Letters: links to sign in, invitations. smtp://user:password@host:587, or smtps:// for TLS from the start. */
  TALMACH_SMTP_URL: url(['smtp:', 'smtps:']).optional(),
  /** Who they come from: Talmach <desk@example.org>. */
  TALMACH_MAIL_FROM: z.string().min(3).max(300).optional(),
  /** A provider of OpenID Connect where people may sign in: its address, as it calls itself. */
  TALMACH_OIDC_ISSUER: url(['http:', 'https:']).optional(),
  TALMACH_OIDC_CLIENT_ID: z.string().min(1).max(300).optional(),
  TALMACH_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  /** What the button says. */
  TALMACH_OIDC_NAME: z.string().min(1).max(60).default('your organisation'),
  /** Folder of break lists (.txt, .json) and at most one .srx file. */
  TALMACH_SEGMENTATION: z.string().min(1).optional(),
  TALMACH_GLOSSARY: z.string().default('glossary'),
  /** What a collector sends as “Authorization: Bearer” to read /metrics. */
  TALMACH_METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').max(200).optional(),
  /** A port of its own for /metrics, for desks and workers; 0: any that is free. */
  TALMACH_METRICS_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  TALMACH_METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  /** Where traces are sent (OTLP over HTTP): the whole address, as http://localhost:4318/v1/traces. */
  TALMACH_TRACES_URL: url(['http:', 'https:']).optional(),
  /** The same without its path, as OpenTelemetry names it. */
  OTEL_EXPORTER_OTLP_ENDPOINT: url(['http:', 'https:']).optional(),
  /** `yes`: admins may also change the queues at /admin/queues, not only look. */
  TALMACH_BOARD_WRITE: z.enum(['yes', 'no']).default('no'),
  /** What backups are encrypted with, and restored. */
  TALMACH_BACKUP_PASSPHRASE: z.string().min(12, 'must have at least 12 characters').optional(),
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
  requireSignInSettings(parsed.data)
  const home = parsed.data.TALMACH_HOME.replace(/^~(?=\/|$)/, homedir())
  return { ...parsed.data, TALMACH_HOME: resolve(home) }
}

/** Where traces are sent; undefined: nowhere, and nothing for it is loaded. */
export function tracesUrlOf(
  config: Pick<Config, 'TALMACH_TRACES_URL' | 'OTEL_EXPORTER_OTLP_ENDPOINT'>,
): string | undefined {
  const base = config.OTEL_EXPORTER_OTLP_ENDPOINT
  return (
    config.TALMACH_TRACES_URL ?? (base === undefined ? undefined : `${base.replace(/\/$/, '')}/v1/traces`)
  )
}

/** @throws DomainError `misconfigured` where one variable wants another */
function requireSignInSettings(config: z.infer<typeof Environment>): void {
  const wants = (name: keyof typeof config, others: readonly (keyof typeof config)[], why: string) => {
    const missing = others.filter((other) => config[other] === undefined)
    if (config[name] === undefined || missing.length === 0) return
    throw new DomainError('misconfigured', `environment: ${name} wants ${missing.join(' and ')}: ${why}`)
  }
  const link = 'links must lead to an address that nobody but you chooses'
  wants('TALMACH_SMTP_URL', ['TALMACH_MAIL_FROM'], 'the sender of letters')
  wants('TALMACH_SMTP_URL', ['TALMACH_PUBLIC_URL'], link)
  wants('TALMACH_OIDC_ISSUER', ['TALMACH_OIDC_CLIENT_ID'], 'the name of this desk at the provider')
  wants('TALMACH_OIDC_ISSUER', ['TALMACH_PUBLIC_URL'], 'the provider sends people back there')
}
