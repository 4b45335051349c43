import type { TestServer } from './server.ts'

/** A browser without pages: it keeps cookies and says where it comes from. */
export type Person = {
  readonly ask: (method: string, path: string, body?: unknown, headers?: HeadersInit) => Promise<Response>
  /** The cookies as they would be sent. */
  readonly cookies: () => string
  readonly setCookie: (name: string, value: string) => void
}

export function person(server: Pick<TestServer, 'url'>): Person {
  const jar = new Map<string, string>()
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  return {
    cookies,
    setCookie: (name, value) => void jar.set(name, value),
    ask: async (method, path, body, more) => {
      const headers = new Headers(more)
      if (!headers.has('origin')) headers.set('Origin', server.url)
      if (jar.size > 0) headers.set('Cookie', cookies())
      const form = body instanceof URLSearchParams
      if (body !== undefined && !form) headers.set('Content-Type', 'application/json')
      const response = await fetch(new URL(path, server.url), {
        method,
        headers,
        redirect: 'manual',
        ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
      })
      for (const line of response.headers.getSetCookie()) {
        const [pair = ''] = line.split(';')
        const at = pair.indexOf('=')
        if (/max-age=0/i.test(line)) jar.delete(pair.slice(0, at))
        else jar.set(pair.slice(0, at), pair.slice(at + 1))
      }
      return response
    },
  }
}

type GrantWish = {
  readonly role: string
  readonly locales?: readonly string[]
  readonly documentId?: string | null
}

/** Invites somebody as an admin, and accepts as that person, who is signed in then. */
export async function joinAs(
  server: TestServer,
  wish: { name: string; email?: string; password?: string; grants: readonly GrantWish[] },
): Promise<Person & { readonly id: string }> {
  const admin = await server.token('admin')
  const { name, email, password, grants } = wish
  const invited = await server.api(admin, '/api/invitations', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ grants }),
  })
  if (invited.status !== 201) throw new Error(`inviting: ${invited.status} ${await invited.text()}`)
  const made: unknown = await invited.json()
  const url = typeof made === 'object' && made !== null && 'url' in made ? String(made.url) : ''
  const somebody = person(server)
  const code = new URL(url).hash.slice(1)
  const accepted = await somebody.ask('POST', '/api/invitations/accept', { code, name, email, password })
  if (accepted.status !== 201) throw new Error(`accepting: ${accepted.status} ${await accepted.text()}`)
  const answer: unknown = await accepted.json()
  const id = typeof answer === 'object' && answer !== null && 'id' in answer ? String(answer.id) : ''
  return { ...somebody, id }
}
