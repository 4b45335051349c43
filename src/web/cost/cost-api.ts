import type { CostView, QualityView } from '../../http/cost-schemas.ts'
import type { DocumentSummary } from '../../http/schemas.ts'
import { type Answer, request } from '../request.ts'

/** A new version of an article, wherever it comes from. */
export type NewSource =
  | { readonly file: File; readonly articleOnly: boolean }
  | { readonly text: string; readonly format: DocumentSummary['format']; readonly name: string }
  | { readonly url: string }

export const getCost = (id: string) =>
  request<CostView>('GET', `/api/documents/${encodeURIComponent(id)}/cost`)
export const getQuality = (id: string) =>
  request<QualityView>('GET', `/api/documents/${encodeURIComponent(id)}/quality`)

/** What a new version would keep and cost; nothing is queued. */
export const previewSource = (id: string, source: NewSource) => send<CostView>(id, source, true)
/** Sends a new version; the same bytes again change nothing. */
export const sendSource = (id: string, source: NewSource) => send<DocumentSummary>(id, source, false)

function send<T>(id: string, source: NewSource, dryRun: boolean): Promise<Answer<T>> {
  const path = `/api/documents/${encodeURIComponent(id)}/source?dryRun=${dryRun}`
  if (!('file' in source)) return request('PUT', path, { json: source })
  const form = new FormData()
  form.set('articleOnly', String(source.articleOnly))
  form.set('file', source.file)
  return request('PUT', path, { body: form })
}
