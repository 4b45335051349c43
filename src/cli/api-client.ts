import { z } from 'zod'
import { DomainError } from '../domain/errors.ts'

export type ApiClient = (path: string, init?: RequestInit) => Promise<Response>

/**
 * `fetch` against a Talmach server with the token; a problem+json answer becomes one plain error.
 * @throws DomainError `misconfigured` without address or token, `engine-unavailable` when nobody answers
 */
export function createApiClient(url: string | undefined, token: string | undefined): ApiClient {
  if (url === undefined || token === undefined) {
    throw new DomainError('misconfigured', 'set TALMACH_URL and TALMACH_TOKEN (npx talmach token prints one)')
  }
  return async (path, init = {}) => {
    const headers = new Headers(init.headers)
    headers.set('Authorization', `Bearer ${token}`)
    const response = await fetch(new URL(path, url), { ...init, headers }).catch((cause: unknown) => {
      throw new DomainError('engine-unavailable', `nobody answers at ${url}`, { cause })
    })
    if (response.ok || response.status === 304) return response
    throw await explain(response)
  }
}

const Problem = z.looseObject({
  detail: z.string().optional(),
  title: z.string().optional(),
  code: z.string().optional(),
})

/** What a command can do something about keeps its code; the rest is a request that failed. */
async function explain(response: Response): Promise<DomainError> {
  const text = await response.text()
  try {
    const { detail, title, code, ...extra } = Problem.parse(JSON.parse(text))
    const known = (['gone', 'not-ready', 'not-found'] as const).find((one) => one === code)
    return new DomainError(known ?? 'invalid-input', detail ?? String(title), { extra })
  } catch {
    return new DomainError('invalid-input', `the server answered ${response.status}`)
  }
}
