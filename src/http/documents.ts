import { createRoute, z } from '@hono/zod-openapi'
import { FORMATS, parseFormat } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import { directionOf, parseLocale, parseTargetLocales } from '../domain/locale.ts'
import { ADAPTERS } from '../formats/adapters.ts'
import { detectFormat } from '../formats/detect.ts'
import { probeDocument } from '../formats/read.ts'
import { createDocument, loadCurrentRevision, loadSourceBytes } from '../store/documents.ts'
import { listSummaries, loadSummary, type DocumentSummary as Summary } from '../store/summaries.ts'
import { createRouter, enqueue, type HttpDeps, requirePermission } from './context.ts'
import { takePage } from './intake.ts'
import { attachment, errorResponses, json } from './responses.ts'
import { DocumentPage, DocumentSummary } from './schemas.ts'

const PAGE = 20

/** What may be chosen about how a document is read (see `formats/adapter.ts`). */
const Settings = z
  .strictObject({
    paths: z.array(z.string().min(1).max(200)).max(100).exactOptional(),
    columns: z.array(z.string().min(1).max(200)).max(100).exactOptional(),
  })
  .openapi('FormatSettings')

const DocumentText = z
  .object({
    text: z.string(),
    format: z.enum(FORMATS),
    settings: Settings.default({}),
    name: z.string().min(1).max(200).optional(),
    sourceLocale: z.string(),
    targetLocales: z.array(z.string()).min(1).max(100),
  })
  .openapi('DocumentText')

/** A page of the web: its article is taken, or the text itself where it is no HTML. */
const DocumentUrl = z
  .object({
    url: z.string().max(2000),
    sourceLocale: z.string(),
    targetLocales: z.array(z.string()).min(1).max(100),
  })
  .openapi('DocumentUrl')

const DocumentUpload = z
  .object({
    file: z
      .instanceof(File, { message: 'attach the document as a file' })
      .openapi({ type: 'string', format: 'binary' }),
    sourceLocale: z.string(),
    /** Repeated, or one with commas. */
    targetLocales: z.union([z.string(), z.array(z.string())]),
    /** `FormatSettings` as JSON. */
    settings: z.string().max(20_000).optional(),
  })
  .openapi('DocumentUpload')

export function documentRoutes(deps: HttpDeps) {
  const router = createRouter()

  router.openapi(
    createRoute({
      method: 'post',
      path: '/documents',
      summary: 'Send an article to be translated',
      request: {
        // Not `required`: the validator would then ask for both forms at once; a request with neither is refused below.
        body: {
          content: {
            'application/json': { schema: z.union([DocumentText, DocumentUrl]) },
            'multipart/form-data': { schema: DocumentUpload },
          },
        },
      },
      responses: { 202: json(DocumentSummary, 'accepted; `Location` is the document'), ...errorResponses },
    }),
    async (c) => {
      const who = requirePermission(c, 'submit')
      const type = c.req.header('content-type') ?? ''
      const body = type.startsWith('multipart/form-data')
        ? c.req.valid('form')
        : type.startsWith('application/json')
          ? c.req.valid('json')
          : undefined
      const article =
        body === undefined
          ? undefined
          : 'file' in body
            ? await readUpload(body)
            : 'url' in body
              ? await readUrl(body, deps)
              : readText(body)
      if (article === undefined) {
        throw new DomainError(
          'invalid-input',
          'send multipart/form-data with a file, or application/json with a text',
        )
      }
      const sourceLocale = parseLocale(article.sourceLocale)
      const targetLocales = parseTargetLocales(article.targetLocales, sourceLocale)
      // Read as far as is cheap, so that a binary or a wrong encoding is refused here and not minutes later.
      probeDocument(article.bytes, {
        format: article.format,
        file: article.name,
        settings: article.settings,
        ...(article.charset === null ? {} : { charset: article.charset }),
      })
      const { documentId, revisionId } = await createDocument(deps.db, {
        ...article,
        sourceLocale,
        targetLocales,
        createdBy: who.name,
      })
      await enqueue(deps, { revisionId, locale: '', stage: 'segment' })
      deps.log('info', 'document accepted', { document: documentId, locales: targetLocales.length })
      c.header('Location', `/api/documents/${documentId}`)
      return c.json(viewDocument(await loadSummary(deps.db, documentId)), 202)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents',
      summary: 'Documents, newest first',
      request: { query: z.object({ cursor: z.string().max(100).optional() }) },
      responses: { 200: json(DocumentPage, 'one page'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'read')
      const { documents, next } = await listSummaries(deps.db, c.req.valid('query').cursor, PAGE)
      return c.json({ documents: documents.map(viewDocument), nextCursor: next }, 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}',
      summary: 'One document with the progress of each locale',
      request: { params: z.object({ id: z.uuid() }) },
      responses: { 200: json(DocumentSummary, 'the document'), ...errorResponses },
    }),
    async (c) => {
      requirePermission(c, 'read')
      return c.json(viewDocument(await loadSummary(deps.db, c.req.valid('param').id)), 200)
    },
  )

  router.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{id}/source',
      summary: 'The source as it was sent, byte for byte',
      request: { params: z.object({ id: z.uuid() }) },
      responses: {
        200: { description: 'the document', content: { 'application/octet-stream': { schema: z.string() } } },
        ...errorResponses,
      },
    }),
    async (c) => {
      requirePermission(c, 'read')
      const revision = await loadCurrentRevision(deps.db, c.req.valid('param').id)
      const bytes = await loadSourceBytes(deps.db, revision.id)
      return c.body(new Uint8Array(bytes), 200, {
        'Content-Type': 'application/octet-stream',
        'Content-Disposition': attachment(revision.name),
      })
    },
  )

  return router
}

export function viewDocument(summary: Summary): z.infer<typeof DocumentSummary> {
  return {
    ...summary,
    format: parseFormat(summary.format),
    createdAt: summary.createdAt.toISOString(),
    locales: summary.locales.map((locale) => ({
      ...locale,
      direction: directionOf(locale.locale),
      engines: [...locale.engines],
    })),
  }
}

async function readUpload(form: z.infer<typeof DocumentUpload>) {
  const bytes = new Uint8Array(await form.file.arrayBuffer())
  const name = safeName(form.file.name)
  const tags = Array.isArray(form.targetLocales) ? form.targetLocales : form.targetLocales.split(',')
  return {
    bytes,
    name,
    format: detectFormat({ name, bytes, ...(form.file.type === '' ? {} : { contentType: form.file.type }) }),
    charset: /;\s*charset="?([\w.:-]{1,40})/i.exec(form.file.type)?.[1] ?? null,
    settings: readSettings(form.settings),
    sourceLocale: form.sourceLocale,
    targetLocales: tags.filter((tag) => tag.trim() !== ''),
  }
}

async function readUrl({ url, ...locales }: z.infer<typeof DocumentUrl>, deps: HttpDeps) {
  const { bytes, name, format, charset } = await takePage(url, deps.allowPrivateUrls)
  return { bytes, name: safeName(name), format, charset, settings: {}, ...locales }
}

function readText(body: z.infer<typeof DocumentText>) {
  const [extension = 'txt'] = ADAPTERS[body.format].extensions
  return {
    bytes: new TextEncoder().encode(body.text),
    name: safeName(body.name ?? `untitled.${extension}`),
    format: body.format,
    charset: 'utf-8',
    settings: body.settings,
    sourceLocale: body.sourceLocale,
    targetLocales: body.targetLocales,
  }
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

/** The last part of a path, without what could harm a header, a file system or a terminal. */
function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const clean = last.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '').trim()
  return clean === '' || clean === '.' || clean === '..' ? 'untitled' : clean.slice(0, 200)
}
