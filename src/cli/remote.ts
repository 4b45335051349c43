import { basename, join } from 'node:path'
import type { z } from 'zod'
import { DomainError } from '../domain/errors.ts'
import { parseLocale } from '../domain/locale.ts'
import { readXliff } from '../exchange/xliff-read.ts'
import type { FormatSettings } from '../formats/adapter.ts'
import { CostView, QualityView } from '../http/cost-schemas.ts'
import { MergeReportView } from '../http/file-schemas.ts'
import { DocumentPage, DocumentSummary } from '../http/schemas.ts'
import { decodeXml } from '../xml/encoding.ts'
import type { ApiClient } from './api-client.ts'
import { isAddress } from './article-command.ts'
import { readBytes, stemOf, writeWhole } from './files.ts'
import { readReturned } from './omegat.ts'

/** Commands against a server: each is a request or two, and what came of it. */

export type PushWish = {
  /** A file, or the address (http, https) of a page whose article the server takes. */
  readonly file: string
  readonly sourceLocale: string
  readonly targetLocales: readonly string[]
  readonly settings: FormatSettings
  readonly partner: string | undefined
  /** What it is about. */
  readonly domain?: string | undefined
  /** Of a saved web page the article only; an address gives no more anyway. */
  readonly articleOnly: boolean
}

export async function push(api: ApiClient, wish: PushWish): Promise<DocumentSummary> {
  const response = await api('/api/documents', {
    method: 'POST',
    ...(isAddress(wish.file) ? addressBody(wish) : { body: await fileBody(wish) }),
  })
  return DocumentSummary.parse(await response.json())
}

function addressBody({ file, sourceLocale, targetLocales, partner, domain }: PushWish): RequestInit {
  const said = { ...(partner === undefined ? {} : { partner }), ...(domain === undefined ? {} : { domain }) }
  const body = { url: file, sourceLocale, targetLocales, ...said }
  return { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }
}

async function fileBody(wish: PushWish): Promise<FormData> {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(await readBytes(wish.file))]), basename(wish.file))
  form.set('sourceLocale', wish.sourceLocale)
  form.set('targetLocales', wish.targetLocales.join(','))
  form.set('settings', JSON.stringify(wish.settings))
  form.set('articleOnly', String(wish.articleOnly))
  if (wish.partner !== undefined) form.set('partner', wish.partner)
  if (wish.domain !== undefined) form.set('domain', wish.domain)
  return form
}

/** A new version of a document's source. */
export async function pushUpdate(
  api: ApiClient,
  wish: Pick<PushWish, 'file' | 'settings' | 'articleOnly'> & {
    readonly documentId: string
    /** Cut it into sentences by the rules of today, although the source is the same. */
    readonly resegment: boolean
  },
): Promise<DocumentSummary> {
  const path = `/api/documents/${encodeURIComponent(wish.documentId)}/source?resegment=${wish.resegment}`
  if (isAddress(wish.file)) {
    const body = JSON.stringify({ url: wish.file })
    const headers = { 'Content-Type': 'application/json' }
    return DocumentSummary.parse(await (await api(path, { method: 'PUT', body, headers })).json())
  }
  const body = new FormData()
  body.set('file', new Blob([new Uint8Array(await readBytes(wish.file))]), basename(wish.file))
  if (Object.keys(wish.settings).length > 0) body.set('settings', JSON.stringify(wish.settings))
  body.set('articleOnly', String(wish.articleOnly))
  return DocumentSummary.parse(await (await api(path, { method: 'PUT', body })).json())
}

export async function status(
  api: ApiClient,
  documentId: string | undefined,
): Promise<readonly DocumentSummary[]> {
  if (documentId !== undefined) {
    return [DocumentSummary.parse(await (await api(`/api/documents/${documentId}`)).json())]
  }
  return DocumentPage.parse(await (await api('/api/documents')).json()).documents
}

/** What a document costs, in each language. */
export async function readCost(api: ApiClient, documentId: string): Promise<z.infer<typeof CostView>> {
  return CostView.parse(await (await api(`/api/documents/${encodeURIComponent(documentId)}/cost`)).json())
}

/** How much people changed of the drafts of a document. */
export async function readQuality(api: ApiClient, documentId: string): Promise<z.infer<typeof QualityView>> {
  return QualityView.parse(
    await (await api(`/api/documents/${encodeURIComponent(documentId)}/quality`)).json(),
  )
}

/** XLIFF files, or OmegaT projects, of one document, or of the newest ones, into `dir`. @returns the files written */
export async function pull(
  api: ApiClient,
  wish: {
    readonly documentId: string | undefined
    readonly locale: string | undefined
    readonly dir: string
    readonly version: string
    readonly profile: string
    /** Ready OmegaT projects in place of XLIFF files. */
    readonly omegat: boolean
  },
): Promise<readonly string[]> {
  const locale = wish.locale === undefined ? undefined : parseLocale(wish.locale)
  const written: string[] = []
  for (const document of await status(api, wish.documentId)) {
    for (const { locale: target, state } of document.locales) {
      if (locale !== undefined && target !== locale) continue
      if (state === 'queued' || state === 'translating' || state === 'failed') continue
      const query = `?version=${wish.version}&profile=${wish.profile}`
      const [route, ending] = wish.omegat ? ['omegat', 'omegat.zip'] : ['xliff', 'xlf']
      const response = await api(
        `/api/documents/${document.id}/${route}/${target}${wish.omegat ? '' : query}`,
      )
      const path = join(wish.dir, document.id, `${stemOf(document.name)}.${target}.${ending}`)
      await writeWhole(path, new Uint8Array(await response.arrayBuffer()))
      written.push(path)
    }
  }
  return written
}

/** Returns a translated XLIFF, or an OmegaT project's folder or memory, to the document and locale that it names itself. */
export async function returnFile(
  api: ApiClient,
  path: string,
  dryRun: boolean,
): Promise<z.infer<typeof MergeReportView>> {
  const bytes = await readReturned(path)
  const [file] = readXliff(decodeXml(bytes, path).text, path).files
  if (file?.documentId === undefined || file.targetLocale === undefined) {
    throw new DomainError('invalid-input', 'the file does not say which document it was exported from', {
      place: { file: path },
    })
  }
  const response = await api(
    `/api/documents/${encodeURIComponent(file.documentId)}/xliff/${parseLocale(file.targetLocale)}?dryRun=${dryRun}`,
    { method: 'PUT', body: new Uint8Array(bytes), headers: { 'Content-Type': 'application/xliff+xml' } },
  )
  return MergeReportView.parse(await response.json())
}
