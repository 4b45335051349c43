import type { DocumentPlan, HandBack, NewAssignment } from '../../http/assignment-schemas.ts'
import type { BoardPage, BoardRow, PeopleAtWork } from '../../http/board-schemas.ts'
import { request } from '../request.ts'

/** What is asked of the board; all of it by itself, `yes` for what is true. */
export type BoardQuery = {
  readonly state: string
  readonly locale: string
  /** `mine`, `unassigned`, a public name, or '' for anybody. */
  readonly who: string
  readonly priority: string
  readonly due: '' | 'overdue' | 'today' | 'week'
  readonly findings: boolean
  readonly text: string
  readonly sort: 'urgent' | 'newest'
}

const path = encodeURIComponent
const HOUR = 3_600_000

/** The parameters of a request. @param now milliseconds since 1970 */
export function boardParameters(query: BoardQuery, now: number): URLSearchParams {
  const wish = new URLSearchParams({ sort: query.sort })
  if (query.state === 'open') wish.set('open', 'true')
  else if (query.state !== '') wish.set('state', query.state)
  if (query.locale !== '') wish.set('locale', query.locale)
  if (query.who === 'mine') wish.set('mine', 'true')
  else if (query.who === 'unassigned') wish.set('unassigned', 'true')
  else if (query.who !== '') wish.set('person', query.who)
  if (query.priority !== '') wish.set('priority', query.priority)
  if (query.due === 'overdue') wish.set('overdue', 'true')
  if (query.due === 'today') wish.set('dueBefore', new Date(now + 24 * HOUR).toISOString())
  if (query.due === 'week') wish.set('dueBefore', new Date(now + 7 * 24 * HOUR).toISOString())
  if (query.findings) wish.set('findings', 'true')
  if (query.text.trim() !== '') wish.set('q', query.text.trim().slice(0, 200))
  return wish
}

/** One page of the board. @param cursor null for the first */
export function getBoard(wish: URLSearchParams, cursor: string | null) {
  const all = new URLSearchParams(wish)
  if (cursor !== null) all.set('cursor', cursor)
  return request<BoardPage>('GET', `/api/board?${all}`)
}

/** Public names of who has work now. */
export const getPeopleAtWork = () => request<PeopleAtWork>('GET', '/api/board/people')

/** Takes a language of a document, or gives it to somebody. */
export const assign = (id: string, wish: NewAssignment) =>
  request<BoardRow>('POST', `/api/documents/${path(id)}/assignments`, { json: wish })

/** Hands work back, or takes it from somebody. */
export const handBack = (id: string, assignment: string, wish: HandBack) =>
  request<BoardRow>('POST', `/api/documents/${path(id)}/assignments/${path(assignment)}/hand-back`, {
    json: wish,
  })

/** Sets how urgent a document is and when it is due. */
export const savePlan = (id: string, plan: DocumentPlan) =>
  request<BoardRow>('PATCH', `/api/documents/${path(id)}`, { json: plan })

/** Where the events of the whole board stream from. @param change the last that is known */
export const boardEventsPath = (change: string) => `/api/events?since=${path(change)}`

/** Where the source is downloaded, byte for byte as it was sent. */
export const sourcePath = (id: string) => `/api/documents/${path(id)}/source`
