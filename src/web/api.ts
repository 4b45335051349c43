import type { BoardRow } from '../http/board-schemas.ts'
import type { ArticlePreview, ConvertedFile, MergeReportView, ValidationView } from '../http/file-schemas.ts'
import type { MatchList } from '../http/memory-schemas.ts'
import type { ApproveAllReport } from '../http/review-schemas.ts'
import type {
  DocumentPage,
  DocumentSummary,
  FindingView,
  HistoryEntry,
  SegmentPage,
  SegmentView,
  TargetView,
  VerdictView,
} from '../http/schemas.ts'
import type { SessionView } from '../http/session-schemas.ts'
import { type Answer, describeFailure, isRecord, request } from './request.ts'

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
/** Where an article comes from that is to be taken from the web. */
export type NewAddress = {
  readonly url: string
  readonly sourceLocale: string
  readonly targetLocales: readonly string[]
  readonly priority?: BoardRow['priority']
  /** What it is about; empty: not said. */
  readonly domain?: string
}

/** A page to look at before it is sent. */
export type NewPage = { readonly url: string } | { readonly html: string } | { readonly file: File }

export type NewDocument =
  | NewAddress
  | {
      readonly file: File
      readonly articleOnly: boolean
      readonly sourceLocale: string
      readonly targetLocales: readonly string[]
      readonly priority?: BoardRow['priority']
      /** What it is about; empty: not said. */
      readonly domain?: string
    }
  | {
      readonly text: string
      readonly format: DocumentSummary['format']
      readonly articleOnly: boolean
      readonly sourceLocale: string
      readonly targetLocales: readonly string[]
      readonly priority?: BoardRow['priority']
      /** What it is about; empty: not said. */
      readonly domain?: string
    }

/** Who is signed in. */
export const getSession = () => request<SessionView>('GET', '/api/session')
/** Signs in with an access token; the server sets the session's cookie. */
export const signIn = (token: string) => request<SessionView>('POST', '/api/session', { json: { token } })
/** Ends the session. */
export const signOut = () => request<null>('DELETE', '/api/session')

/** What would be taken from a page, before it is. */
export function previewArticle(page: NewPage): Promise<Answer<ArticlePreview>> {
  if (!('file' in page)) return request('POST', '/api/intake', { json: page })
  const form = new FormData()
  form.set('file', page.file)
  return request('POST', '/api/intake', { body: form })
}

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
  form.set('articleOnly', String(input.articleOnly))
  if (input.priority !== undefined) form.set('priority', input.priority)
  if (input.domain !== undefined) form.set('domain', input.domain)
  form.set('file', input.file)
  return request('POST', '/api/documents', { body: form })
}

/** Where the events of a document stream from. */
export const eventsPath = (id: string) => `/api/documents/${path(id)}/events`
/** Where the XLIFF of one language is downloaded. */
export const xliffPath = (
  id: string,
  locale: string,
  version: '1.2' | '2.0',
  profile: 'default' | 'poedit' | 'rich' = 'default',
) => `/api/documents/${path(id)}/xliff/${path(locale)}?version=${version}&profile=${profile}`
/** Where a ready OmegaT project in one language is downloaded. */
export const omegatPath = (id: string, locale: string) => `/api/documents/${path(id)}/omegat/${path(locale)}`
/** Where the finished document of one language is downloaded. */
export const bundlePath = (id: string, locale: string) => `/api/documents/${path(id)}/bundle/${path(locale)}`
/** Where the ZIP of all finished languages is downloaded. */
export const allBundlesPath = (id: string) => `/api/documents/${path(id)}/bundle`

/** Returns a translated XLIFF, or the memory (.tmx) of an OmegaT project. @param dryRun only says what would be taken */
export const returnFile = (id: string, locale: string, file: File, dryRun: boolean) => {
  const [route, type] = /\.tmx$/i.test(file.name)
    ? ['omegat', 'application/x-tmx+xml']
    : ['xliff', 'application/xliff+xml']
  return request<MergeReportView>(
    'PUT',
    `/api/documents/${path(id)}/${route}/${path(locale)}?dryRun=${dryRun}`,
    { body: file, headers: { 'Content-Type': type } },
  )
}

/** Every violation of the XLIFF specification in a file. */
export function validateXliff(file: File): Promise<Answer<ValidationView>> {
  const form = new FormData()
  form.set('file', file)
  return request('POST', '/api/validate', { body: form })
}

/** One exchange file into another. @param wish `form` and, where the file does not say, `from` and `to` */
export function convertFile(
  file: File,
  wish: Readonly<Record<string, string>>,
): Promise<Answer<ConvertedFile>> {
  const form = new FormData()
  form.set('file', file)
  for (const [name, value] of Object.entries(wish)) if (value !== '') form.set(name, value)
  return request('POST', '/api/convert', { body: form })
}

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
  const { findings, verdicts } = answer.problem
  return {
    kind: 'blocked',
    message: describeFailure(answer),
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

/** What memory has for a segment, best first. */
export const getMatches = (id: string, locale: string) =>
  request<MatchList>('GET', `/api/segments/${path(id)}/matches/${path(locale)}`)

/** Every version of a target that ever stood. */
export const getHistory = (id: string, locale: string) =>
  request<{ history: readonly HistoryEntry[] }>('GET', `${targetPath(id, locale)}/history`)

/** Approves every segment that has a target and nothing against it. */
export const approveClean = (id: string, locale: string) =>
  request<ApproveAllReport>('POST', `/api/documents/${path(id)}/locales/${path(locale)}/approve`, {
    json: {},
  })

/** What somebody else's version in an answer means. */
export function orConflict(answer: Answer<SegmentView>): SaveAnswer {
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
