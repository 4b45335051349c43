import type { ApprovalBatches, ReviewSettings, UndoReport } from '../../http/review-schemas.ts'
import type { SegmentView } from '../../http/schemas.ts'
import { orConflict, type SaveAnswer } from '../api.ts'
import { request } from '../request.ts'

const path = encodeURIComponent
const target = (id: string, locale: string) => `/api/segments/${path(id)}/targets/${path(locale)}`
const inLocale = (id: string, locale: string) => `/api/documents/${path(id)}/locales/${path(locale)}`
const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` })

/** Takes an approval back. @param version of the target that was seen */
export const unapproveTarget = async (id: string, locale: string, version: number): Promise<SaveAnswer> =>
  orConflict(
    await request<SegmentView>('POST', `${target(id, locale)}/unapprove`, { headers: ifMatch(version) }),
  )

/** Puts an earlier text up again. @param version of the target that was seen */
export const restoreVersion = async (
  id: string,
  locale: string,
  earlier: number,
  version: number,
): Promise<SaveAnswer> =>
  orConflict(
    await request<SegmentView>('POST', `${target(id, locale)}/restore`, {
      json: { version: earlier },
      headers: ifMatch(version),
    }),
  )

/** The last approvals of many segments at once, newest first. */
export const listBatches = (id: string, locale: string) =>
  request<ApprovalBatches>('GET', `${inLocale(id, locale)}/approvals`)

/** Takes them back. */
export const undoBatch = (id: string, locale: string, batch: string) =>
  request<UndoReport>('POST', `${inLocale(id, locale)}/approvals/${path(batch)}/undo`)

/** What holds for approving in a document. */
export const getReviewSettings = (id: string) =>
  request<ReviewSettings>('GET', `/api/documents/${path(id)}/review`)

/** @param fourEyes null: as the server says */
export const saveReviewSettings = (id: string, fourEyes: boolean | null) =>
  request<ReviewSettings>('PUT', `/api/documents/${path(id)}/review`, { json: { fourEyes } })
