import type {
  ArticlePreview,
  DocumentPage,
  DocumentSummary,
  FindingView,
  HistoryEntry,
  MergeReportView,
  SegmentPage,
  SegmentView,
  SessionView,
  TargetView,
  VerdictView,
} from '../http/schemas.ts'
import { type Answer, isRecord, request } from './request.ts'

/** Somebody changed the target since the version that this request was based on. */
export type Conflict = { readonly kind: 'conflict'; readonly current: TargetView }
export type SaveAnswer = Answer<SegmentView> | Conflict
export type ApproveAnswer =
  | SaveAnswer
  | {
      readonly kind: 'blocked'
      readonly message: string
      readonly findings: readonly FindingView[] | null
      readonly verdicts: readonly VerdictView[] | null
    }
export type ApproveAllReport = {
  readonly approved: number
  readonly blocked: number
  readonly untranslated: number
}

/** Where an article comes from that is to be taken from the web. */
export type NewAddress = {
  readonly url: string
  readonly sourceLocale: string
  readonly targetLocales: readonly string[]
}

export type NewDocument =
  | NewAddress
  | { readonly file: File; readonly sourceLocale: string; readonly targetLocales: readonly string[] }
  | {
      readonly text: string
      readonly format: DocumentSummary['format']
      readonly sourceLocale: string
      readonly targetLocales: readonly string[]
    }

/** Who is signed in. */
export const getSession = () => request<SessionView>('GET', '/api/session')
/** Signs in with an access token; the server sets the session's cookie. */
export const signIn = (token: string) => request<SessionView>('POST', '/api/session', { json: { token } })
/** Ends the session. */
export const signOut = () => request<null>('DELETE', '/api/session')

/** What would be taken from a page of the web, before it is. */
export const previewArticle = (url: string) =>
  request<ArticlePreview>('POST', '/api/intake', { json: { url } })

/** One page of documents, newest first. @param cursor null for the first page */
export const listDocuments = (cursor: string | null) =>
  request<DocumentPage>(
    'GET',
    `/api/documents${cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`}`,
  )
/** One document with its progress in every language. */
export const getDocument = (id: string) => request<DocumentSummary>('GET', `/api/documents/${path(id)}`)

/** Sends a file or a text to be translated. */
export function submitDocument(input: NewDocument): Promise<Answer<DocumentSummary>> {
  if (!('file' in input)) return request('POST', '/api/documents', { json: input })
  const form = new FormData()
  form.set('sourceLocale', input.sourceLocale)
  form.set('targetLocales', input.targetLocales.join(','))
  form.set('file', input.file)
  return request('POST', '/api/documents', { body: form })
}

/** Where the events of a document stream from. */
export const eventsPath = (id: string) => `/api/documents/${path(id)}/events`
/** Where the XLIFF of one language is downloaded. */
export const xliffPath = (id: string, locale: string, version: '1.2' | '2.0') =>
  `/api/documents/${path(id)}/xliff/${path(locale)}?version=${version}`
/** Where the finished document of one language is downloaded. */
export const bundlePath = (id: string, locale: string) => `/api/documents/${path(id)}/bundle/${path(locale)}`
/** Where the ZIP of all finished languages is downloaded. */
export const allBundlesPath = (id: string) => `/api/documents/${path(id)}/bundle`

/** Returns a translated XLIFF. @param dryRun only says what would be taken */
export const returnXliff = (id: string, locale: string, file: Blob, dryRun: boolean) =>
  request<MergeReportView>('PUT', `/api/documents/${path(id)}/xliff/${path(locale)}?dryRun=${dryRun}`, {
    body: file,
    headers: { 'Content-Type': 'application/xliff+xml' },
  })

/** One page of segments in document order. @param cursor null for the first page */
export const listSegments = (id: string, locale: string, cursor: string | null) =>
  request<SegmentPage>(
    'GET',
    `/api/documents/${path(id)}/segments/${path(locale)}${cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`}`,
  )

/** @param version of the target that the text was based on; 0 where there was none. */
export async function saveTarget(
  id: string,
  locale: string,
  text: string,
  version: number,
): Promise<SaveAnswer> {
  return orConflict(
    await request<SegmentView>('PUT', targetPath(id, locale), {
      json: { text },
      headers: ifMatch(version),
      // A page that is being closed may still finish the save.
      keepalive: text.length < 10_000,
    }),
  )
}

/** Approves a target. @param version of the target that was seen */
export async function approveTarget(id: string, locale: string, version: number): Promise<ApproveAnswer> {
  const answer = orConflict(
    await request<SegmentView>('POST', `${targetPath(id, locale)}/approve`, {
      json: {},
      headers: ifMatch(version),
    }),
  )
  if (answer.kind !== 'problem' || answer.problem.code !== 'blocked') return answer
  const { findings, verdicts, detail } = answer.problem
  return {
    kind: 'blocked',
    message: detail,
    findings: Array.isArray(findings) ? findings : null,
    verdicts: Array.isArray(verdicts) ? verdicts : null,
  }
}

/** Sends a target back to the translators. @param version of the target that was seen */
export async function rejectTarget(
  id: string,
  locale: string,
  version: number,
  reason: { readonly category: string; readonly note: string },
): Promise<SaveAnswer> {
  return orConflict(
    await request<SegmentView>('POST', `${targetPath(id, locale)}/reject`, {
      json: reason,
      headers: ifMatch(version),
    }),
  )
}

/** Lets a hard term pass in one segment. */
export const waiveTerm = (id: string, locale: string, waiver: { conceptId: string; reason: string }) =>
  request<SegmentView>('POST', `${targetPath(id, locale)}/waive`, { json: waiver })

/** Says which text stands where a returned file and the desk disagree. @param version of the target that was seen */
export async function resolveConflict(
  id: string,
  locale: string,
  conflictId: string,
  text: string,
  version: number,
): Promise<SaveAnswer> {
  return orConflict(
    await request<SegmentView>('POST', `${targetPath(id, locale)}/conflicts/${path(conflictId)}/resolve`, {
      json: { text },
      headers: ifMatch(version),
    }),
  )
}

/** One segment as it stands now. */
export const getSegment = (id: string, locale: string) => request<SegmentView>('GET', targetPath(id, locale))

/** Every version of a target that ever stood. */
export const getHistory = (id: string, locale: string) =>
  request<{ history: readonly HistoryEntry[] }>('GET', `${targetPath(id, locale)}/history`)

/** Approves every segment that has a target and nothing against it. */
export const approveClean = (id: string, locale: string) =>
  request<ApproveAllReport>('POST', `/api/documents/${path(id)}/locales/${path(locale)}/approve`, {
    json: {},
  })

function orConflict(answer: Answer<SegmentView>): SaveAnswer {
  if (answer.kind !== 'problem' || answer.problem.status !== 412) return answer
  const current = answer.problem.current
  return isTarget(current) ? { kind: 'conflict', current } : answer
}

function isTarget(value: unknown): value is TargetView {
  return isRecord(value) && typeof value.text === 'string' && typeof value.version === 'number'
}

const path = encodeURIComponent
const targetPath = (id: string, locale: string) => `/api/segments/${path(id)}/targets/${path(locale)}`
const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` })
