import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newsdesk } from '../support/newsdesk.ts'
import { joinAs, person } from '../support/person.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
}, 60_000)
afterAll(() => server?.close())
// Every test signs in from the same machine, more often than a person would.
beforeEach(async () => {
  await sql`delete from auth_rate_limit`.execute(server.database.db)
})

const PASSWORD = 'correct horse battery'
const signIn = (who: ReturnType<typeof person>, email: string, password = PASSWORD) =>
  who.ask('POST', '/api/auth/sign-in/email', { email, password })
const json = async (response: Response): Promise<Record<string, unknown>> => {
  const value: unknown = await response.json()
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

describe('an invitation', () => {
  it('lets one person in, under the name they choose, with the roles it gives', async () => {
    const admin = await server.token('admin')
    const made = await json(
      await server.api(admin, '/api/invitations', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          grants: [
            { role: 'translator', locales: ['de'] },
            { role: 'editor', locales: ['fr'] },
          ],
        }),
      }),
    )
    expect(String(made.url)).toMatch(new RegExp(`^${server.url}/invitation#talmach_`))
    const code = String(made.url).split('#')[1]
    const anna = person(server)
    const look = await anna.ask('POST', '/api/invitations/look', { code })
    expect(await look.json()).toMatchObject({ grants: [{ role: 'translator' }, { role: 'editor' }] })
    const accepted = await anna.ask('POST', '/api/invitations/accept', {
      code,
      name: '  Anna  Vega ',
      password: PASSWORD,
    })
    expect(accepted.status).toBe(201)
    const [cookie = ''] = accepted.headers.getSetCookie()
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Lax/i)
    expect(cookie).not.toMatch(/Secure/)
    expect(await (await anna.ask('GET', '/api/session')).json()).toMatchObject({
      name: 'Anna Vega',
      grants: [
        { role: 'editor', locales: ['fr'] },
        { role: 'translator', locales: ['de'] },
      ],
    })

    const second = await person(server).ask('POST', '/api/invitations/accept', { code, name: 'Berta' })
    expect(second.status).toBe(404)
    expect((await person(server).ask('POST', '/api/invitations/look', { code })).status).toBe(404)
  })

  it('can be used again when the name was taken, in whatever case', async () => {
    await joinAs(server, { name: 'Carla', password: PASSWORD, grants: [{ role: 'translator' }] })
    const admin = await server.token('admin')
    const made = await json(
      await server.api(admin, '/api/invitations', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ grants: [{ role: 'translator' }] }),
      }),
    )
    const code = String(made.url).split('#')[1]
    const dora = person(server)
    for (const name of ['carla', 'CARLA', 'DeepL', 'a former member', 'x@example.org', ' ', 'test admin']) {
      const refused = await dora.ask('POST', '/api/invitations/accept', { code, name, password: PASSWORD })
      expect([name, [400, 409].includes(refused.status)]).toEqual([name, true])
    }
    const taken = await dora.ask('POST', '/api/invitations/accept', {
      code,
      name: 'Dora',
      password: PASSWORD,
    })
    expect(taken.status).toBe(201)
  })

  it('of two that use it at once lets one in', async () => {
    const admin = await server.token('admin')
    const made = await json(
      await server.api(admin, '/api/invitations', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ grants: [{ role: 'translator' }] }),
      }),
    )
    const code = String(made.url).split('#')[1]
    const answers = await Promise.all(
      ['Emil', 'Frida'].map((name) => person(server).ask('POST', '/api/invitations/accept', { code, name })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 404])
  })

  it('gives no more than its maker manages, and can be taken back', async () => {
    const chief = await joinAs(server, {
      name: 'Greta',
      password: PASSWORD,
      grants: [{ role: 'admin', locales: ['de'] }],
    })
    const invite = (grants: unknown) => chief.ask('POST', '/api/invitations', { grants })
    expect((await invite([{ role: 'translator', locales: ['fr'] }])).status).toBe(403)
    expect((await invite([{ role: 'translator' }])).status).toBe(403)
    const made = await invite([{ role: 'editor', locales: ['de'] }])
    expect(made.status).toBe(201)
    const { id, url } = await json(made)
    expect((await chief.ask('DELETE', `/api/invitations/${String(id)}`)).status).toBe(204)
    const code = String(url).split('#')[1]
    expect((await person(server).ask('POST', '/api/invitations/look', { code })).status).toBe(404)
  })
})

describe('signing in', () => {
  it('takes the public name or the address, whatever the case, and gives a fresh secret each time', async () => {
    await joinAs(server, {
      name: 'Hanna',
      email: 'Hanna@Example.org',
      password: PASSWORD,
      grants: [{ role: 'translator' }],
    })
    const seen = new Set<string>()
    for (const name of ['Hanna', 'hanna', 'hanna@example.org', 'HANNA@example.ORG']) {
      const who = person(server)
      // Whatever an attacker put into the cookie before is worth nothing after.
      who.setCookie('talmach.session_token', 'planted.secret')
      expect([name, (await signIn(who, name)).status]).toEqual([name, 200])
      expect(who.cookies()).not.toContain('planted')
      seen.add(who.cookies())
      expect((await who.ask('GET', '/api/session')).status).toBe(200)
    }
    expect(seen.size).toBe(4)
  })

  it('says the same of a wrong password and of a name that nobody has', async () => {
    const [wrong, nobody] = [
      await signIn(person(server), 'Hanna', 'wrong password'),
      await signIn(person(server), 'Nobody Known', 'wrong password'),
    ]
    expect([wrong.status, nobody.status]).toEqual([401, 401])
    expect(await wrong.json()).toEqual(await nobody.json())
  })

  it('holds up whoever guesses', async () => {
    const statuses: number[] = []
    for (let turn = 0; turn < 11; turn++) {
      statuses.push((await signIn(person(server), 'Hanna', `guess number ${turn}`)).status)
    }
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401))
    expect(statuses[10]).toBe(429)
    expect((await signIn(person(server), 'Hanna')).status).toBe(429)
  })

  it('holds up guesses at one account that come from many machines', async () => {
    const key = await sql<{ key: string }>`select key from auth_rate_limit`.execute(server.database.db)
    expect(key.rows).toEqual([])
    await signIn(person(server), 'Hanna', 'a first guess')
    await sql`update auth_rate_limit set count = 30 where key like 'account|%'`.execute(server.database.db)
    await sql`delete from auth_rate_limit where key not like 'account|%'`.execute(server.database.db)
    expect((await signIn(person(server), 'Hanna')).status).toBe(429)
  })

  it('is refused from the page of another site', async () => {
    const answer = await person(server).ask(
      'POST',
      '/api/auth/sign-in/email',
      { email: 'Hanna', password: PASSWORD },
      { Origin: 'https://evil.example' },
    )
    expect(answer.status).toBe(403)
    expect(answer.headers.getSetCookie()).toEqual([])
  })

  it('cannot be done with a cookie that we did not sign', async () => {
    const who = person(server)
    await signIn(who, 'Hanna')
    const [name = '', value = ''] = who.cookies().split('=')
    const [token = ''] = decodeURIComponent(value).split('.')
    const forged = person(server)
    for (const text of [token, `${token}.`, `${token}.${'A'.repeat(43)}=`]) {
      forged.setCookie(name, encodeURIComponent(text))
      expect((await forged.ask('GET', '/api/session')).status).toBe(401)
    }
  })

  it('ends with signing out, here and wherever else one asks for', async () => {
    const [laptop, phone] = [person(server), person(server)]
    await signIn(laptop, 'Hanna')
    await signIn(phone, 'Hanna')
    const kept = laptop.cookies()
    expect((await laptop.ask('DELETE', '/api/session')).status).toBe(204)
    const thief = person(server)
    thief.setCookie('talmach.session_token', kept.split('=').slice(1).join('='))
    expect((await thief.ask('GET', '/api/session')).status).toBe(401)

    await signIn(laptop, 'Hanna')
    const account = await json(await phone.ask('DELETE', '/api/people/me/sessions/others'))
    expect(account.sessions).toMatchObject([{ current: true }])
    expect((await laptop.ask('GET', '/api/session')).status).toBe(401)
    expect((await phone.ask('GET', '/api/session')).status).toBe(200)
  })

  it('answers nothing of better-auth that is not needed', async () => {
    const admin = await server.token('admin')
    for (const path of [
      'sign-up/email',
      'get-session',
      'list-sessions',
      'update-user',
      'delete-user',
      'ok',
    ]) {
      for (const method of ['GET', 'POST']) {
        const answer = await server.api(admin, `/api/auth/${path}`, { method })
        expect([path, method, answer.status]).toEqual([path, method, 404])
      }
    }
  })
})

describe('a password', () => {
  it('is changed with the old one, and ends all other sessions', async () => {
    const ines = await joinAs(server, { name: 'Ines', password: PASSWORD, grants: [{ role: 'editor' }] })
    const phone = person(server)
    await signIn(phone, 'Ines')
    const change = (currentPassword: string) =>
      ines.ask('POST', '/api/auth/change-password', {
        currentPassword,
        newPassword: 'another good password',
        revokeOtherSessions: true,
      })
    expect((await change('not the old one')).status).toBe(400)
    expect((await phone.ask('GET', '/api/session')).status).toBe(200)
    expect((await change(PASSWORD)).status).toBe(200)
    expect((await phone.ask('GET', '/api/session')).status).toBe(401)
    expect((await ines.ask('GET', '/api/session')).status).toBe(200)
    expect((await signIn(person(server), 'Ines')).status).toBe(401)
    expect((await signIn(person(server), 'Ines', 'another good password')).status).toBe(200)
  })

  it('can be chosen by somebody who came in without one', async () => {
    const jana = await joinAs(server, { name: 'Jana', grants: [{ role: 'editor' }] })
    expect((await jana.ask('POST', '/api/people/me/password', { password: 'short' })).status).toBe(400)
    expect((await jana.ask('POST', '/api/people/me/password', { password: PASSWORD })).status).toBe(200)
    expect((await signIn(person(server), 'Jana')).status).toBe(200)
    const again = await jana.ask('POST', '/api/people/me/password', { password: 'stolen password' })
    expect(again.status).toBe(409)
  })
})

describe('a personal access token', () => {
  it('may do what it was made for, as long as its person may, and is shown once', async () => {
    const kim = await joinAs(server, {
      name: 'Kim',
      password: PASSWORD,
      grants: [{ role: 'editor', locales: ['de', 'fr'] }],
    })
    const made = await kim.ask('POST', '/api/tokens', { label: 'script', scopes: ['read'], locales: ['de'] })
    expect(made.status).toBe(201)
    const { token } = await json(made)
    const use = (path: string, init?: RequestInit) => server.api(String(token), path, init)
    expect((await use('/api/documents')).status).toBe(200)
    expect(await (await use('/api/session')).json()).toMatchObject({
      name: 'Kim',
      permissions: ['read'],
      grants: [{ role: 'editor', permissions: ['read'], locales: ['de'] }],
    })
    const nowhere = '/api/segments/1/targets'
    const save = {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json', 'If-Match': '"1"' },
      body: '{"text":"x"}',
    }
    expect((await use(`${nowhere}/de`, save)).status).toBe(403)

    // It cannot make itself more than it is, nor take the account over.
    expect(
      (
        await use('/api/tokens', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: '{"label":"more"}',
        })
      ).status,
    ).toBe(403)
    expect((await use('/api/people/me')).status).toBe(403)
    const wish = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token }),
    }
    expect((await fetch(`${server.url}/api/session`, wish)).status).toBe(403)

    const list = await kim.ask('GET', '/api/tokens')
    const text = await list.text()
    expect(text).not.toContain(String(token))
    const { tokens } = JSON.parse(text) as { tokens: { id: string; usedAt: string | null }[] }
    expect(tokens).toMatchObject([{ label: 'script', scopes: ['read'], locales: ['de'] }])
    expect(tokens[0]?.usedAt).not.toBeNull()
    expect((await kim.ask('DELETE', `/api/tokens/${tokens[0]?.id}`)).status).toBe(204)
    expect((await use('/api/documents')).status).toBe(401)
  })

  it('is refused for more than the person may, and follows when that is less', async () => {
    const lea = await joinAs(server, { name: 'Lea', grants: [{ role: 'translator', locales: ['de'] }] })
    const make = (wish: Record<string, unknown>) => lea.ask('POST', '/api/tokens', { label: 'x', ...wish })
    expect((await make({ scopes: ['manage'] })).status).toBe(403)
    expect((await make({ locales: ['fr'] })).status).toBe(403)
    const { token } = await json(await make({}))
    expect((await server.api(String(token), '/api/documents')).status).toBe(200)
    const admin = await server.token('admin')
    const change = (body: unknown) =>
      server.api(admin, `/api/people/${lea.id}`, {
        method: 'PATCH',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      })
    expect((await change({ grants: [{ role: 'publisher' }] })).status).toBe(200)
    expect((await server.api(String(token), '/api/documents')).status).toBe(403)
    expect((await change({ grants: [{ role: 'editor' }], blocked: true })).status).toBe(200)
    expect((await server.api(String(token), '/api/documents')).status).toBe(401)
    expect((await lea.ask('GET', '/api/session')).status).toBe(401)
    expect((await change({ blocked: false })).status).toBe(200)
    expect((await server.api(String(token), '/api/documents')).status).toBe(200)
  })
})

describe('a person', () => {
  it('who takes another name has it on everything they did', async () => {
    const mona = await joinAs(server, {
      name: 'Mona',
      email: 'mona@example.org',
      password: PASSWORD,
      grants: [{ role: 'editor' }],
    })
    const { token } = await json(await mona.ask('POST', '/api/tokens', { label: 'test' }))
    const desk = newsdesk(server, String(token))
    const id = await desk.submit('# One\n\nTwo sentences here. They are short.\n', ['de'])
    await desk.translate(id, 'de')
    const named = async () => {
      const [segment] = await desk.segmentsOf(id, 'de')
      const history = await server.api(String(token), `/api/segments/${segment?.id}/targets/de/history`)
      return [segment?.target?.by, await history.text()] as const
    }
    expect((await named())[0]).toBe('Mona')
    const renamed = await mona.ask('PATCH', '/api/people/me', { name: 'Nora' })
    expect(await renamed.json()).toMatchObject({
      name: 'Nora',
      email: 'mona@example.org',
      emailProved: false,
    })
    const [by, history] = await named()
    expect(by).toBe('Nora')
    expect(history).toContain('"Nora"')
    expect(history).not.toContain('Mona')
    await joinAs(server, { name: 'Malik', grants: [{ role: 'editor' }] })
    expect((await mona.ask('PATCH', '/api/people/me', { name: 'malik' })).status).toBe(409)
    // Another spelling of the own name is no clash.
    expect((await mona.ask('PATCH', '/api/people/me', { name: 'NORA' })).status).toBe(200)
  })

  it('who erases their account leaves their work without a name, and nothing else', async () => {
    const olga = await joinAs(server, {
      name: 'Olga',
      email: 'olga@example.org',
      password: PASSWORD,
      grants: [{ role: 'editor' }],
    })
    const { token } = await json(await olga.ask('POST', '/api/tokens', { label: 'test' }))
    const desk = newsdesk(server, String(token))
    const id = await desk.submit('# Uno\n\nA sentence that Olga translates.\n', ['de'])
    await desk.translate(id, 'de')

    // Files that name her as an author are kept, as they were sent.
    for (const version of ['1.2', '2.1']) {
      const file = await server.api(String(token), `/api/documents/${id}/xliff/de?version=${version}`)
      expect([version, await file.text()]).toEqual([version, expect.stringMatching(/["']Olga["']|>Olga</)])
    }

    const exported = await olga.ask('GET', '/api/people/me/export')
    expect(exported.headers.get('content-disposition')).toContain('talmach-account.json')
    expect(await exported.json()).toMatchObject({
      account: { name: 'Olga', email: 'olga@example.org' },
      contributions: { 'document.created_by': 1, 'target.by_name': 2 },
      translations: [{ locale: 'de', action: 'edit' }, { locale: 'de' }],
    })

    expect((await olga.ask('POST', '/api/people/me/erasure', { name: 'Anna' })).status).toBe(400)
    expect((await olga.ask('POST', '/api/people/me/erasure', { name: 'Olga' })).status).toBe(204)
    expect((await olga.ask('GET', '/api/session')).status).toBe(401)
    expect((await server.api(String(token), '/api/documents')).status).toBe(401)
    expect((await signIn(person(server), 'Olga')).status).toBe(401)
    const admin = newsdesk(server, await server.token('admin'))
    const [segment] = await admin.segmentsOf(id, 'de')
    expect(segment?.target).toMatchObject({ text: 'de Uno', by: 'a former member' })

    const { rows } = await sql<{ table: string; hits: number }>`
      select table_name as table,
        (xpath('/row/n/text()', query_to_xml(format(
          'select count(*) as n from %I t where t::text ilike ''%%olga@example%%'' or t::text like ''%%"Olga"%%'' or t::text ~ ''[(,>]Olga[),<]''',
          table_name), false, true, '')))[1]::text::int as hits
      from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(
      server.database.db,
    )
    expect(rows.filter(({ hits }) => hits > 0)).toEqual([])
    // The name is free again.
    await joinAs(server, { name: 'Olga', grants: [{ role: 'translator' }] })
  })

  it('cannot take a name that work of somebody else stands under', async () => {
    const { db } = server.database
    await sql`insert into document (id, name, format, source_locale, created_by)
      values (gen_random_uuid(), 'a', 'text', 'en', 'Ghost')`.execute(db)
    const paul = await joinAs(server, { name: 'Paul', grants: [{ role: 'translator' }] })
    expect((await paul.ask('PATCH', '/api/people/me', { name: 'Ghost' })).status).toBe(409)
  })

  it('who signed in days ago signs in again before what cannot be taken back', async () => {
    const ruth = await joinAs(server, { name: 'Ruth', grants: [{ role: 'translator' }] })
    await sql`update auth_session set created_at = now() - interval '25 hours' where user_id = ${ruth.id}`.execute(
      server.database.db,
    )
    expect((await ruth.ask('POST', '/api/people/me/erasure', { name: 'Ruth' })).status).toBe(403)
    expect((await ruth.ask('PUT', '/api/people/me/email', { email: 'x@example.org' })).status).toBe(403)
    expect((await ruth.ask('POST', '/api/people/me/password', { password: PASSWORD })).status).toBe(403)
    expect((await ruth.ask('GET', '/api/auth/passkey/generate-register-options')).status).toBe(403)
    expect((await ruth.ask('GET', '/api/people/me')).status).toBe(200)
  })

  it('who is the last admin stays one', async () => {
    const pia = await joinAs(server, { name: 'Pia', password: PASSWORD, grants: [{ role: 'admin' }] })
    const me = `/api/people/${pia.id}`
    expect((await pia.ask('PATCH', me, { grants: [{ role: 'editor' }] })).status).toBe(409)
    expect((await pia.ask('PATCH', me, { blocked: true })).status).toBe(409)
    expect((await pia.ask('DELETE', me)).status).toBe(409)
    expect((await pia.ask('POST', '/api/people/me/erasure', { name: 'Pia' })).status).toBe(409)
    expect(await (await pia.ask('GET', '/api/session')).json()).toMatchObject({ role: 'admin' })
    await joinAs(server, { name: 'Quirin', grants: [{ role: 'admin' }] })
    expect((await pia.ask('PATCH', me, { grants: [{ role: 'editor' }] })).status).toBe(200)
  })

  it('who cannot get in gets a link from an admin, which works once', async () => {
    const rita = await joinAs(server, { name: 'Rita', grants: [{ role: 'translator', locales: ['de'] }] })
    const admin = await server.token('admin')
    const made = await json(await server.api(admin, `/api/people/${rita.id}/link`, { method: 'POST' }))
    const code = new URL(String(made.url)).searchParams.get('code') ?? ''
    const browser = person(server)
    // To look at it, as programs that preview links do, changes nothing.
    expect((await browser.ask('GET', `/sign-in?code=${code}`)).status).toBe(200)
    const use = () => browser.ask('POST', '/sign-in', new URLSearchParams({ code }))
    expect((await use()).status).toBe(303)
    expect(await (await browser.ask('GET', '/api/session')).json()).toMatchObject({ name: 'Rita' })
    expect((await use()).status).toBe(401)
  })

  it('is seen by name and role only by those who do not manage people', async () => {
    await joinAs(server, { name: 'Selma', email: 'selma@example.org', grants: [{ role: 'editor' }] })
    const reader = await server.token('translator')
    expect((await server.api(reader, '/api/people')).status).toBe(403)
    const names = await server.api(reader, '/api/people/names?locale=de')
    const text = await names.text()
    expect(text).toContain('"Selma"')
    expect(text).not.toContain('example.org')
  })
})
