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

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(7007),
  /** Address to listen on; everything but loopback must be asked for. */
  HOST: z.string().min(1).default('127.0.0.1'),
  TALMACH_HOME: z.string().min(1).default('.talmach'),
  DATABASE_URL: url(['postgres:', 'postgresql:']).optional(),
  REDIS_URL: url(['redis:', 'rediss:']).optional(),
  DEEPL_API_KEY: z.string().min(1).optional(),
  DEEPL_SERVER_URL: url(['http:', 'https:']).optional(),
  LIBRETRANSLATE_URL: url(['http:', 'https:']).optional(),
  TALMACH_MT: z
    .string()
    .regex(/^(auto|none|[a-z]+(,[a-z]+)*)$/, 'must be auto, none, or engine names with commas')
    .default('auto'),
  TALMACH_URL: url(['http:', 'https:']).optional(),
  TALMACH_TOKEN: z.string().min(1).optional(),
  /** The address people reach the desk at, where a proxy stands in front. */
  TALMACH_PUBLIC_URL: url(['http:', 'https:']).optional(),
  /** `yes`: articles may be taken from addresses of the own machine and network. */
  TALMACH_ALLOW_PRIVATE_URLS: z.enum(['yes', 'no']).default('no'),
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
  const home = parsed.data.TALMACH_HOME.replace(/^~(?=\/|$)/, homedir())
  return { ...parsed.data, TALMACH_HOME: resolve(home) }
}
