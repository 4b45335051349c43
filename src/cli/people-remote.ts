import { z } from 'zod'
import { DomainError } from '../domain/errors.ts'
import { isRole } from '../domain/permission.ts'
import type { ApiClient } from './api-client.ts'
import type { PeopleDesk } from './people.ts'

const Listed = z.object({
  people: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      grants: z.array(
        z.object({
          role: z.string().refine(isRole),
          locales: z.array(z.string()),
          documentId: z.string().nullable(),
        }),
      ),
      blocked: z.boolean(),
    }),
  ),
})
const Made = z.object({ url: z.string(), sent: z.boolean() })
const Link = z.object({ url: z.string() })

/** People over the API of a server. */
export function peopleOverApi(api: ApiClient): PeopleDesk {
  const send = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const headers = { 'Content-Type': 'application/json' }
    const response = await api(path, {
      method,
      ...(body === undefined ? {} : { headers, body: JSON.stringify(body) }),
    })
    return response.json()
  }
  const list = async () => Listed.parse(await send('GET', '/api/people')).people
  const idOf = async (name: string): Promise<string> => {
    const wanted = name.trim().toLowerCase()
    const found = (await list()).find((person) => person.name.toLowerCase() === wanted)
    if (found === undefined) throw new DomainError('not-found', 'there is nobody with this public name')
    return found.id
  }
  return {
    list,
    invite: async ({ grants, email, days }) =>
      Made.parse(
        await send('POST', '/api/invitations', { grants, days, ...(email === undefined ? {} : { email }) }),
      ),
    link: async (name) => Link.parse(await send('POST', `/api/people/${await idOf(name)}/link`)).url,
    block: async (name, blocked) => {
      await send('PATCH', `/api/people/${await idOf(name)}`, { blocked })
    },
  }
}
