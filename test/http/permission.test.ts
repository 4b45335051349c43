import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Grant, isRole, ROLES } from '../../src/domain/permission.ts'
import { replaceGrants } from '../../src/store/people-grants.ts'
import { issueToken } from '../../src/store/tokens.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { ROLE_MAY, RULES, type Rule } from './permission-rules.ts'

/** Somebody who asks. */
type Asker = {
  readonly role: string
  readonly locales: readonly string[]
  /** The one document that the role is about. */
  readonly own: string | null
  readonly name: string
  readonly token: string
}

type Place = { readonly document: string; readonly segment: string; readonly comment: string }

const Description = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
const SHA = 'a'.repeat(64)

let server: TestServer
let routes: readonly string[]
let places: { readonly mine: Place; readonly other: Place }
let askers: readonly Asker[]
let unit: { readonly id: string; readonly memory: string }

beforeAll(async () => {
  server = await startServer({ workers: false })
  const described = Description.parse(await (await fetch(`${server.url}/api/openapi.json`)).json())
  routes = Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  places = { mine: await makePlace(), other: await makePlace() }
  unit = await makeUnit()
  const { document } = places.mine
  askers = await Promise.all(
    ROLES.flatMap((role) => [
      asker(role, [], null),
      asker(role, ['de'], null),
      asker(role, ['fr'], null),
      asker(role, [], document),
      asker(role, ['fr'], document),
    ]),
  )
}, 60_000)
afterAll(() => server?.close())

/** A document in German and French with one segment and a comment in German, as after segmenting. */
async function makePlace(): Promise<Place> {
  const admin = await server.token('admin')
  const sent = await server.api(admin, '/api/documents', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      text: '# A',
      format: 'markdown',
      sourceLocale: 'en',
      targetLocales: ['de', 'fr'],
    }),
  })
  const { id: document } = z.object({ id: z.uuid() }).parse(await sent.json())
  const { db } = server.database
  const { rows } = await sql<{ id: string }>`
    insert into segment (revision_id, position, name, unit_id, unit_kind, start_offset, end_offset, text, codes, hash)
    select id, 1, 's1', 'u1', 'heading', 0, 1, 'A', '[]', '\\x00' from revision where document_id = ${document}
    returning id`.execute(db)
  const segment = rows[0]?.id ?? ''
  return { document, segment, comment: randomUUID() }
}

/** A comment in German, by a translator, as it was before anybody changed it. */
async function writeComment({ document, segment, comment }: Place): Promise<void> {
  const { db } = server.database
  const author = askers.find(isAuthor)?.name
  await sql`delete from comment where id = ${comment}`.execute(db)
  await sql`insert into comment (id, document_id, segment_id, locale, text, by_name)
    values (${comment}, ${document}, ${segment}, 'de', 'x', ${author})`.execute(db)
}

const isAuthor = ({ role, locales, own }: Asker) =>
  role === 'translator' && locales.length === 0 && own === null

/** A memory’s unit in German. */
async function makeUnit(): Promise<typeof unit> {
  const { db } = server.database
  const { rows } = await sql<typeof unit>`
    with m as (insert into memory (name) values ('For the matrix') returning id),
    p as (insert into memory_pair (source_locale, target_locale, source_key, target_key)
      values ('en', 'de', 'en-x', 'de-x') returning id)
    insert into memory_unit (source_locale, target_locale, hash, source, target, by_name, memory_id, pair_id)
    select 'en', 'de', '\\x00', 'a', 'b', 'x', m.id, p.id from m, p returning id, memory_id::text as memory`.execute(
    db,
  )
  return rows[0] ?? { id: '', memory: '' }
}

async function asker(role: string, locales: readonly string[], own: string | null): Promise<Asker> {
  if (!isRole(role)) throw new Error(role)
  const { db } = server.database
  const grant: Grant = { role, locales, documentId: own }
  const name = `${role} ${randomUUID()}`
  const { id } = await db.insertInto('person').values({ name }).returning('id').executeTakeFirstOrThrow()
  await replaceGrants(db, id, [grant])
  const token = await issueToken(db, { kind: 'access', name: '', role, locales: [], personId: id })
  return { role, locales, own, name, token }
}

/** What the rules say. @param at the document that is asked for */
function mayAsk(rule: Rule, path: string, who: Asker, at: string): boolean {
  if (rule.needs === 'anybody') return true
  if (rule.needs === 'known') return who.own === null || !isInDocument(rule, path) || who.own === at
  if (rule.author === true && isAuthor(who)) return true
  if (rule.needs === 'session' || rule.needs === 'nobody else') return false
  if (ROLE_MAY[who.role]?.includes(rule.needs) !== true) return false
  if (rule.german === true && who.locales.includes('fr')) return false
  if (rule.everyLanguage === true && who.locales.length > 0) return false
  if (who.own === null || rule.anyDocument === true) return true
  return isInDocument(rule, path) && who.own === at
}

/** Where languages make no difference, some of those who have only some of them are enough. */
const matters = (rule: Rule) => (who: Asker) =>
  rule.german === true ||
  rule.everyLanguage === true ||
  who.locales.length === 0 ||
  (who.own === null && who.locales.includes('fr'))

const isInDocument = (rule: Rule, path: string): boolean =>
  rule.document === true || /^\/api\/(documents|segments)\/\{id\}/.test(path)

function addressOf(path: string, place: Place, rule: Rule): string {
  const ids: readonly [RegExp, string][] = [
    [/^\/api\/documents\/\{id\}/, `/api/documents/${place.document}`],
    [/^\/api\/segments\/\{id\}/, `/api/segments/${place.segment}`],
    [/^\/api\/comments\/\{id\}/, `/api/comments/${place.comment}`],
    [/^\/api\/memories\/units\/\{id\}/, `/api/memories/units/${unit.id}`],
    [/^\/api\/memories\/\{id\}\/export/, `/api/memories/${unit.memory}/export`],
    [/^\/api\/memories\/\{id\}/, '/api/memories/99999'],
    [/\{locale\}/, 'de'],
    [/\{sha256\}/, SHA],
    [/\{glossary\}/, 'none'],
    [/concepts\/\{id\}/, 'concepts/none'],
    [/\{\w+\}/g, randomUUID()],
  ]
  const address = ids.reduce((text, [pattern, id]) => text.replace(pattern, id), path)
  return rule.query === undefined ? address : `${address}?${rule.query}`
}

async function ask(route: string, rule: Rule, place: Place, token: string | null): Promise<number> {
  const [method = '', path = ''] = route.split(' ')
  const headers = new Headers(token === null ? {} : { Authorization: `Bearer ${token}` })
  headers.set('Origin', server.url)
  if (method !== 'GET') headers.set('If-Match', '"1"')
  let body: string | FormData | undefined
  if (rule.body !== undefined) {
    headers.set('Content-Type', 'application/json')
    body = JSON.stringify(rule.body)
  } else if (rule.text !== undefined) {
    headers.set('Content-Type', rule.text.type)
    body = rule.text.body
  } else if (rule.form !== undefined) {
    body = new FormData()
    for (const [name, value] of Object.entries(rule.form)) {
      if (name === 'file') body.set(name, new Blob([value]), 'a.xlf')
      else body.set(name, value)
    }
  }
  const init = { method, headers, redirect: 'manual' as const, ...(body === undefined ? {} : { body }) }
  const response = await fetch(server.url + addressOf(path, place, rule), init)
  await response.body?.cancel()
  return response.status
}

describe('permissions', () => {
  it('are written down for every route that the API describes, and for no other', () => {
    expect([...routes].sort()).toEqual(Object.keys(RULES).sort())
  })

  it('let nobody in who is not known', async () => {
    const wrong: string[] = []
    for (const route of routes) {
      const rule = RULES[route]
      if (rule === undefined || rule.needs === 'anybody') continue
      const status = await ask(route, rule, places.mine, null)
      if (status !== 401) wrong.push(`${route}: ${status}`)
    }
    expect(wrong).toEqual([])
  })

  it('show somebody with a role in one document that document alone', async () => {
    const own = await asker('translator', [], places.mine.document)
    const everywhere = await asker('translator', [], null)
    for (const list of ['/api/documents', '/api/board']) {
      const idsOf = async ({ token }: Asker) => {
        const answer = await (await server.api(token, list)).json()
        return z
          .object({ documents: z.array(z.object({ id: z.uuid() })) })
          .parse(answer)
          .documents.map(({ id }) => id)
      }
      expect([list, await idsOf(own)]).toEqual([list, [places.mine.document]])
      expect(await idsOf(everywhere)).toContain(places.other.document)
    }
  })

  it('hold for every route, role, locale and document', async () => {
    const wrong: string[] = []
    let asked = 0
    for (const route of routes) {
      const rule = RULES[route]
      const [, path = ''] = route.split(' ')
      if (rule === undefined || rule.needs === 'anybody') continue
      if (rule.document === true) await Promise.all([writeComment(places.mine), writeComment(places.other)])
      // What better-auth answers knows no tokens at all, and limits how often one asks.
      const asking = path.startsWith('/api/auth/') ? askers.slice(-1) : askers.filter(matters(rule))
      const cases = asking.flatMap((who) => {
        const where =
          who.own === null || !isInDocument(rule, path) ? [places.mine] : [places.mine, places.other]
        return where.map((place) => ({ who, place, may: mayAsk(rule, path, who, place.document) }))
      })
      const check = async ({ who, place, may }: (typeof cases)[number]) => {
        const status = await ask(route, rule, place, who.token)
        asked += 1
        const refused = status === 401 || status === 403
        const described = `${route} as ${who.role} in [${who.locales}]${who.own === null ? '' : place === places.mine ? ' of this document' : ' of another document'}`
        if (refused === may) wrong.push(`${described}: ${status}`)
        if (status >= 500 || (may && status === 415)) wrong.push(`${described}: ${status}`)
      }
      // Those who are refused first: what they ask for must still be there then.
      await Promise.all(cases.filter(({ may }) => !may).map(check))
      await Promise.all(cases.filter(({ may }) => may).map(check))
    }
    expect(wrong).toEqual([])
    expect(asked).toBeGreaterThan(2000)
  }, 120_000)
})
