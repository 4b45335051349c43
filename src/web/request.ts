import type { Problem } from '../http/schemas.ts'
import { interfaceLocale, t } from './i18n.ts'
import { problemTitle } from './problem-words.ts'

/** Why a request brought nothing. `offline`: no answer at all, worth trying again. */
export type Failure =
  | { readonly kind: 'offline' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'problem'; readonly problem: Problem }

export type Answer<T> = { readonly kind: 'ok'; readonly value: T } | Failure

/** One sentence for the person in front of the page. */
export function describeFailure(failure: Failure): string {
  switch (failure.kind) {
    case 'offline':
      return t('The server does not answer. Check your connection; nothing you typed is lost.')
    case 'signed-out':
      return t('You are signed out. Sign in again to go on.')
    case 'problem': {
      const { detail, code, place } = failure.problem
      const title = problemTitle(code, failure.problem.title)
      // The server says details in English: elsewhere the title says first, in short, what it is about.
      const told = interfaceLocale() === 'en' ? [detail || title] : [title, detail]
      const said = told.filter((part) => part !== '').join(': ')
      const where = [
        place?.line === undefined ? '' : t('line {line}', { line: place.line }),
        place?.line === undefined || place.column === undefined
          ? ''
          : t('column {column}', { column: place.column }),
        place?.segment === undefined ? '' : t('segment {segment}', { segment: place.segment }),
      ].filter((part) => part !== '')
      return `${said}${where.length === 0 ? '' : ` (${where.join(', ')})`}`
    }
  }
}

type RequestInput = {
  readonly json?: unknown
  readonly body?: Blob | FormData
  readonly headers?: Readonly<Record<string, string>>
  readonly keepalive?: boolean
}

/**
 * The one fetch of the client. It never throws. The body of a good answer is trusted to have the shape that
 * `http/schemas.ts` gives it: server and client are one origin and one build.
 */
export async function request<T>(method: string, url: string, input: RequestInput = {}): Promise<Answer<T>> {
  const body = input.json === undefined ? input.body : JSON.stringify(input.json)
  let response: Response
  let text: string
  try {
    response = await fetch(url, {
      method,
      credentials: 'same-origin',
      headers: {
        Accept: 'application/json',
        ...(input.json === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...input.headers,
      },
      ...(body === undefined ? {} : { body }),
      ...(input.keepalive === true ? { keepalive: true } : {}),
    })
    text = await response.text()
  } catch {
    return { kind: 'offline' }
  }
  const value = parseJson(text)
  if (response.ok && (value !== undefined || text === '')) return { kind: 'ok', value: (value ?? null) as T }
  // Who is refused while signing in is told why.
  const signsIn = /^\/api\/(?:session|auth\/)/.test(url)
  if (response.status === 401 && !signsIn) signedOut()
  if (response.status === 401 && method === 'GET') return { kind: 'signed-out' }
  if (response.status === 401 && !signsIn) return { kind: 'signed-out' }
  // What stands before the server (a proxy) says 502 to 504 in HTML while the server restarts.
  if (response.status >= 502 && response.status <= 504 && value === undefined) return { kind: 'offline' }
  return { kind: 'problem', problem: readProblem(value, response.status) }
}

let signedOut: () => void = () => undefined
/** Tells who wants to know that a request was answered with 401 in the middle of the work. */
export function onSignedOut(listener: () => void): void {
  signedOut = listener
}

function readProblem(value: unknown, status: number): Problem {
  const given: Record<string, unknown> = isRecord(value) ? value : {}
  const say = (key: string, otherwise: string) => (typeof given[key] === 'string' ? given[key] : otherwise)
  return {
    ...given,
    type: say('type', 'about:blank'),
    title: say('title', t('Something went wrong')),
    detail: say('detail', t('The server answered with {status} and did not say why.', { status })),
    code: say('code', ''),
    status,
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
