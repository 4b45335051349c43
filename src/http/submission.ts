import { z } from '@hono/zod-openapi'
import { PRIORITIES } from '../domain/assignment.ts'
import { FORMATS, type Format } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import { ADAPTERS } from '../formats/adapters.ts'
import { detectFormat } from '../formats/detect.ts'
import { UNSAFE_IN_NAMES } from './responses.ts'
import { type TakeDeps, takePage, takeSavedPage } from './take-article.ts'

/** What may be chosen about how a document is read (see `formats/adapter.ts`). */
const Settings = z
  .strictObject({
    paths: z.array(z.string().min(1).max(200)).max(100).exactOptional(),
    columns: z.array(z.string().min(1).max(200)).max(100).exactOptional(),
  })
  .openapi('FormatSettings')

/** Whose break lists are used besides our own; see `store/segmentation-files.ts`. */
/** What an article is about, in a word of the desk's own. */
const Domain = z
  .string()
  .trim()
  .max(100)
  .optional()
  .openapi({ description: 'what it is about, “police”: what memory has from other subjects counts less' })

const PriorityField = z
  .enum(PRIORITIES)
  .optional()
  .openapi({ description: '`breaking` goes first in every queue; left out: normal' })
const DeadlineField = z.iso.datetime({ offset: true }).optional()

const Partner = z.string().max(100).optional().openapi({ description: 'whose break lists to use' })

/** What is said of a document once, however its text comes. */
const OF_DOCUMENT = { partner: Partner, domain: Domain, priority: PriorityField, deadline: DeadlineField }
const NOT_OF_REVISION = {
  sourceLocale: true,
  targetLocales: true,
  partner: true,
  domain: true,
  priority: true,
  deadline: true,
} as const

export const DocumentText = z
  .object({
    text: z.string(),
    format: z.enum(FORMATS),
    settings: Settings.default({}),
    name: z.string().min(1).max(200).optional(),
    articleOnly: z
      .boolean()
      .default(false)
      .openapi({ description: 'HTML: keep the article of a web page and leave out the rest' }),
    ...OF_DOCUMENT,
    sourceLocale: z.string(),
    targetLocales: z.array(z.string()).min(1).max(100),
  })
  .openapi('DocumentText')

/** A page of the web: its article is taken, or the text itself where it is no HTML. */
export const DocumentUrl = z
  .object({
    url: z.string().max(2000),
    ...OF_DOCUMENT,
    sourceLocale: z.string(),
    targetLocales: z.array(z.string()).min(1).max(100),
  })
  .openapi('DocumentUrl')

export const DocumentUpload = z
  .object({
    file: z
      .instanceof(File, { message: 'attach the document as a file' })
      .openapi({ type: 'string', format: 'binary' }),
    ...OF_DOCUMENT,
    sourceLocale: z.string(),
    /** Repeated, or one with commas. */
    targetLocales: z.union([z.string(), z.array(z.string())]),
    /** `FormatSettings` as JSON. */
    settings: z.string().max(20_000).optional(),
    articleOnly: z
      .enum(['true', 'false'])
      .default('false')
      .openapi({ description: 'HTML: keep the article of a saved web page and leave out the rest' }),
  })
  .openapi('DocumentUpload')

/** A new version of a document's source: languages and lists are those of the document. */
export const SourceText = DocumentText.omit(NOT_OF_REVISION)
  .extend({ settings: Settings.optional() })
  .openapi('SourceText')
export const SourceUrl = DocumentUrl.pick({ url: true }).openapi('SourceUrl')
export const SourceUpload = DocumentUpload.omit(NOT_OF_REVISION).openapi('SourceUpload')

/** A document as it was sent in, locales not yet parsed. */
export type Submission = {
  readonly name: string
  readonly bytes: Uint8Array
  readonly format: Format
  /** WHATWG name or label of the encoding; null: what the document itself says. */
  readonly charset: string | null
  readonly settings: z.infer<typeof Settings>
  readonly sourceLocale: string
  readonly targetLocales: readonly string[]
}

/** @throws DomainError what is wrong with the document, or with the page it is to be taken from */
export async function readSubmission(
  body: z.infer<typeof DocumentText> | z.infer<typeof DocumentUrl> | z.infer<typeof DocumentUpload>,
  deps: TakeDeps,
): Promise<Submission> {
  if ('file' in body) return await readUpload(body, deps)
  if ('url' in body) return await readUrl(body, deps)
  return await readText(body, deps)
}

async function readUpload(form: z.infer<typeof DocumentUpload>, deps: TakeDeps): Promise<Submission> {
  const bytes = new Uint8Array(await form.file.arrayBuffer())
  const name = safeName(form.file.name)
  const tags = Array.isArray(form.targetLocales) ? form.targetLocales : form.targetLocales.split(',')
  const sent = { bytes, name, format: formatOf(form.file, name, bytes), charset: charsetOf(form.file) }
  return {
    ...(await reduce(sent, form.articleOnly === 'true', deps)),
    settings: readSettings(form.settings),
    sourceLocale: form.sourceLocale,
    targetLocales: tags.filter((tag) => tag.trim() !== ''),
  }
}

async function readUrl({ url, ...locales }: z.infer<typeof DocumentUrl>, deps: TakeDeps) {
  const { bytes, name, format, charset } = await takePage(url, deps)
  return { bytes, name: safeName(name), format, charset, settings: {}, ...locales }
}

async function readText(body: z.infer<typeof DocumentText>, deps: TakeDeps): Promise<Submission> {
  const [extension = 'txt'] = ADAPTERS[body.format].extensions
  const sent = {
    bytes: new TextEncoder().encode(body.text),
    name: safeName(body.name ?? `untitled.${extension}`),
    format: body.format,
    charset: 'utf-8',
  }
  const { settings, sourceLocale, targetLocales } = body
  return { ...(await reduce(sent, body.articleOnly, deps)), settings, sourceLocale, targetLocales }
}

type Sent = Pick<Submission, 'bytes' | 'name' | 'format' | 'charset'>

/** The article alone where that is wished, the document as it came where not. */
async function reduce(sent: Sent, articleOnly: boolean, { articles }: TakeDeps): Promise<Sent> {
  if (!articleOnly) return sent
  const { bytes, name, format, charset } = await takeSavedPage(sent, articles)
  return { bytes, name, format, charset }
}

/** @throws DomainError `invalid-input` */
function readSettings(text: string | undefined): z.infer<typeof Settings> {
  if (text === undefined || text.trim() === '') return {}
  try {
    return Settings.parse(JSON.parse(text))
  } catch (cause) {
    throw new DomainError('invalid-input', 'settings: not JSON of the form {"paths":[…],"columns":[…]}', {
      cause,
    })
  }
}

/** @throws DomainError `unsupported-format` */
export function formatOf(file: File, name: string, bytes: Uint8Array): Format {
  return detectFormat({ name, bytes, ...(file.type === '' ? {} : { contentType: file.type }) })
}

/** The `charset` parameter of an uploaded file's media type. */
export function charsetOf(file: File): string | null {
  return /;\s*charset="?([\w.:-]{1,40})/i.exec(file.type)?.[1] ?? null
}

/** The last part of a path, without what could harm a header, a file system or a terminal. */
export function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const clean = last.toWellFormed().replace(UNSAFE_IN_NAMES, '').trim()
  return clean === '' || clean === '.' || clean === '..' ? 'untitled' : clean.slice(0, 200).toWellFormed()
}
