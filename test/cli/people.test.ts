import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiClient } from '../../src/cli/api-client.ts'
import { addPeopleCommands, type PeopleDesk } from '../../src/cli/people.ts'
import { peopleInDatabase } from '../../src/cli/people-local.ts'
import { peopleOverApi } from '../../src/cli/people-remote.ts'
import { joinAs, person } from '../support/person.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
let over: Record<'api' | 'database', PeopleDesk>
beforeAll(async () => {
  server = await startServer({ workers: false })
  over = {
    api: peopleOverApi(createApiClient(server.url, await server.token('admin'))),
    database: peopleInDatabase((work) => work(server.database.db), server.url),
  }
  await joinAs(server, {
    name: 'Anna',
    email: 'anna@example.org',
    grants: [{ role: 'translator', locales: ['de', 'fr'] }],
  })
}, 60_000)
afterAll(() => server?.close())

/** What one command prints. */
async function run(way: 'api' | 'database', ...args: string[]): Promise<string> {
  const lines: string[] = []
  const output = {
    print: (text: string) => void lines.push(text),
    tell: (text: string) => void lines.push(text),
    finishWith: () => undefined,
  }
  const program = new Command().exitOverride()
  addPeopleCommands(program, { people: () => over[way] }, output)
  await program.parseAsync(['people', ...args], { from: 'user' })
  return lines.join('\n')
}

describe('talmach people', () => {
  for (const way of ['api', 'database'] as const) {
    it(`lists, invites, links and blocks over the ${way}`, async () => {
      expect(await run(way, 'list')).toContain('Anna  translator (de, fr)')
      const link = await run(way, 'invite', '--role', 'editor', '--locale', 'es,pt-BR')
      expect(link).toMatch(new RegExp(`^${server.url}/invitation#talmach_\\S+$`))
      const newcomer = person(server)
      const accepted = await newcomer.ask('POST', '/api/invitations/accept', {
        code: new URL(link).hash.slice(1),
        name: `Newcomer ${way}`,
      })
      expect(accepted.status).toBe(201)
      const { people } = JSON.parse(await run(way, 'list', '--json')) as { people: unknown[] }
      expect(people).toContainEqual(
        expect.objectContaining({
          name: `Newcomer ${way}`,
          grants: [{ role: 'editor', locales: ['es', 'pt-BR'], documentId: null }],
        }),
      )
      const code = new URL(await run(way, 'link', 'anna')).searchParams.get('code') ?? ''
      const anna = person(server)
      expect((await anna.ask('POST', '/sign-in', new URLSearchParams({ code }))).status).toBe(303)
      expect((await anna.ask('GET', '/api/session')).status).toBe(200)
      await run(way, 'block', 'anna')
      expect((await anna.ask('GET', '/api/session')).status).toBe(401)
      await run(way, 'block', 'Anna', '--undo')
    }, 30_000)

    it(`says over the ${way} who is not there`, async () => {
      await expect(run(way, 'link', 'Nobody')).rejects.toThrow('there is nobody with this')
    })
  }
})
