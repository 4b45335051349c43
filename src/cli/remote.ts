import { basename, join } from 'node:path'
import type { z } from 'zod'
import { DomainError } from '../domain/errors.ts'
import { parseLocale } from '../domain/locale.ts'
import { readXliff } from '../exchange/xliff-read.ts'
import type { FormatSettings } from '../formats/adapter.ts'
import { DocumentPage, DocumentSummary, MergeReportView } from '../http/schemas.ts'
import { decodeXml } from '../xml/encoding.ts'
import type { ApiClient } from './api-client.ts'
import { readBytes, stemOf, writeWhole } from './files.ts'

/** Commands against a server: each is a request or two, and what came of it. */

export async function push(
  api: ApiClient,
  file: string,
  sourceLocale: string,
  targetLocales: readonly string[],
  settings: FormatSettings,
): Promise<DocumentSummary> {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(await readBytes(file))]), basename(file))
  form.set('sourceLocale', sourceLocale)
  form.set('targetLocales', targetLocales.join(','))
  form.set('settings', JSON.stringify(settings))
  return DocumentSummary.parse(await (await api('/api/documents', { method: 'POST', body: form })).json())
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

/** XLIFF files of one document, or of the newest ones, into `dir`. @returns the files written */
export async function pull(
  api: ApiClient,
  wish: {
    readonly documentId: string | undefined
    readonly locale: string | undefined
    readonly dir: string
    readonly version: string
  },
): Promise<readonly string[]> {
  const locale = wish.locale === undefined ? undefined : parseLocale(wish.locale)
  const written: string[] = []
  for (const document of await status(api, wish.documentId)) {
    for (const { locale: target, state } of document.locales) {
      if (locale !== undefined && target !== locale) continue
      if (state === 'queued' || state === 'translating' || state === 'failed') continue
      const response = await api(`/api/documents/${document.id}/xliff/${target}?version=${wish.version}`)
      const path = join(wish.dir, document.id, `${stemOf(document.name)}.${target}.xlf`)
      await writeWhole(path, new Uint8Array(await response.arrayBuffer()))
      written.push(path)
    }
  }
  return written
}

/** Returns a translated XLIFF to the document and locale that it names itself. */
export async function returnFile(
  api: ApiClient,
  path: string,
  dryRun: boolean,
): Promise<z.infer<typeof MergeReportView>> {
  const bytes = await readBytes(path)
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

/** The ZIP of all finished languages. */
export async function bundle(api: ApiClient, documentId: string, out: string): Promise<string> {
  const response = await api(`/api/documents/${documentId}/bundle`)
  await writeWhole(out, new Uint8Array(await response.arrayBuffer()))
  return out
}
