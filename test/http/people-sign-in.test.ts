import getPort from 'get-port'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type OidcServer, startOidcServer } from '../support/oidc-server.ts'
import { joinAs, type Person, person } from '../support/person.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { type SmtpServer, startSmtpServer } from '../support/smtp-server.ts'

const PASSWORD = 'correct horse battery'
let server: TestServer
let mail: SmtpServer
let provider: OidcServer

beforeAll(async () => {
  ;[mail, provider] = await Promise.all([startSmtpServer(), startOidcServer()])
  const port = await getPort()
  server = await startServer({
    workers: false,
    env: {
      PORT: String(port),
      TALMACH_PUBLIC_URL: `http://127.0.0.1:${port}`,
      TALMACH_SMTP_URL: mail.url,
      TALMACH_MAIL_FROM: 'Talmach <desk@example.org>',
      TALMACH_OIDC_ISSUER: provider.issuer,
      TALMACH_OIDC_CLIENT_ID: provider.clientId,
      TALMACH_OIDC_CLIENT_SECRET: provider.clientSecret,
      TALMACH_OIDC_NAME: 'the newsroom',
    },
  })
}, 60_000)
afterAll(async () => {
  await server?.close()
  await mail?.close()
  await provider?.close()
})
beforeEach(async () => {
  await sql`delete from auth_rate_limit`.execute(server.database.db)
})

const who = async (somebody: Person): Promise<string | number> => {
  const answer = await somebody.ask('GET', '/api/session')
  if (answer.status !== 200) return answer.status
  const { name } = (await answer.json()) as { name: string }
  return name
}
/** The path and query of the first link of a letter. */
const linkIn = (letter: string): URL =>
  new URL(/https?:\S+/.exec(letter.replace(/=\n/g, '').replace(/=3D/g, '='))?.[0] ?? '')
const field = (url: URL, name: string) => new URLSearchParams({ [name]: url.searchParams.get(name) ?? '' })

describe('a link by mail', () => {
  it('signs in once, and not by being looked at', async () => {
    await joinAs(server, { name: 'Anna', email: 'anna@example.org', grants: [{ role: 'editor' }] })
    await sql`update auth_user set email_verified = true where email = 'anna@example.org'`.execute(
      server.database.db,
    )
    const anna = person(server)
    expect((await anna.ask('POST', '/api/auth/sign-in/magic-link', { email: 'ANNA' })).status).toBe(200)
    const url = linkIn(await mail.letterTo('anna@example.org'))
    expect(url.origin).toBe(server.url)
    expect((await anna.ask('GET', url.pathname + url.search)).status).toBe(200)
    expect(await who(anna)).toBe(401)
    expect((await anna.ask('POST', '/sign-in', field(url, 'link'))).status).toBe(303)
    expect(await who(anna)).toBe('Anna')
    const thief = person(server)
    expect((await thief.ask('POST', '/sign-in', field(url, 'link'))).status).toBe(401)
    // What the database holds opens nothing.
    const { rows } =
      await sql`select 1 from auth_verification where identifier = ${url.searchParams.get('link')}`.execute(
        server.database.db,
      )
    expect(rows).toEqual([])
  })

  it('goes to nobody who has no account, and the answer does not tell', async () => {
    const before = mail.letters.length
    const known = await person(server).ask('POST', '/api/auth/sign-in/magic-link', {
      email: 'anna@example.org',
    })
    const unknown = await person(server).ask('POST', '/api/auth/sign-in/magic-link', {
      email: 'nobody@example.org',
    })
    expect([unknown.status, await unknown.text()]).toEqual([known.status, await known.text()])
    await mail.letterTo('anna@example.org')
    expect(mail.letters.slice(before).map(({ to }) => to)).not.toContain('nobody@example.org')
  })

  it('gives the account of whoever typed somebody’s address to nobody but them', async () => {
    // An impostor joins under the address of somebody else, before that person does.
    await joinAs(server, {
      name: 'Impostor',
      email: 'victim@example.org',
      password: PASSWORD,
      grants: [{ role: 'translator' }],
    })
    const victim = person(server)
    await victim.ask('POST', '/api/auth/sign-in/magic-link', { email: 'victim@example.org' })
    const url = linkIn(await mail.letterTo('victim@example.org'))
    await victim.ask('POST', '/sign-in', field(url, 'link'))
    expect(await who(victim)).toBe('Impostor')
    const old = person(server)
    const again = await old.ask('POST', '/api/auth/sign-in/email', { email: 'Impostor', password: PASSWORD })
    expect(again.status).toBe(401)
  })

  it('proves an address that was given later', async () => {
    const berta = await joinAs(server, { name: 'Berta', password: PASSWORD, grants: [{ role: 'editor' }] })
    const given = await berta.ask('PUT', '/api/people/me/email', { email: 'berta@example.org' })
    expect(await given.json()).toMatchObject({ email: 'berta@example.org', emailProved: false })
    const url = linkIn(await mail.letterTo('berta@example.org'))
    expect((await berta.ask('POST', '/sign-in', field(url, 'confirm'))).status).toBe(303)
    expect(await (await berta.ask('GET', '/api/people/me')).json()).toMatchObject({ emailProved: true })
    expect((await berta.ask('PUT', '/api/people/me/email', { email: 'anna@example.org' })).status).toBe(409)
  })
})

describe('an invitation by mail', () => {
  it('proves the address that it was sent to, and no other', async () => {
    const admin = await server.token('admin')
    for (const [name, email, proved] of [
      ['Carl', 'carl@example.org', true],
      ['Doris', 'elsewhere@example.org', false],
    ] as const) {
      const made = await server.api(admin, '/api/invitations', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ grants: [{ role: 'editor' }], email: `${name.toLowerCase()}@example.org` }),
      })
      expect(await made.json()).toMatchObject({ sent: true })
      const code = linkIn(await mail.letterTo(`${name.toLowerCase()}@example.org`)).hash.slice(1)
      const somebody = person(server)
      await somebody.ask('POST', '/api/invitations/accept', { code, name, email, password: PASSWORD })
      expect(await (await somebody.ask('GET', '/api/people/me')).json()).toMatchObject({
        email,
        emailProved: proved,
      })
    }
  })
})

describe('a provider of OpenID Connect', () => {
  /** Goes to the provider and comes back. @returns where one is in the end */
  async function through(somebody: Person, path = '/api/auth/sign-in/social'): Promise<string> {
    const started = await somebody.ask('POST', path, {
      provider: 'oidc',
      callbackURL: '/account',
      errorCallbackURL: '/',
      disableRedirect: true,
    })
    expect(started.status).toBe(200)
    const { url } = (await started.json()) as { url: string }
    const asked = new URL(url).searchParams
    expect([asked.get('code_challenge_method'), asked.get('response_type')]).toEqual(['S256', 'code'])
    expect(asked.get('nonce')).toMatch(/\S{16}/)
    const there = await fetch(url, { redirect: 'manual' })
    const back = new URL(there.headers.get('location') ?? '')
    const here = await somebody.ask('GET', back.pathname + back.search)
    return here.headers.get('location') ?? String(here.status)
  }

  it('lets nobody in who was not invited', async () => {
    provider.enter({ sub: 's-1', email: 'stranger@example.org', emailVerified: true })
    const stranger = person(server)
    expect(await through(stranger)).toContain('error=signup_disabled')
    expect(await who(stranger)).toBe(401)
  })

  it('signs in whoever connected their account with it, whatever address they have there', async () => {
    const emma = await joinAs(server, { name: 'Emma', password: PASSWORD, grants: [{ role: 'editor' }] })
    provider.enter({ sub: 's-2', email: 'emma@work.example', emailVerified: true })
    expect(await through(emma, '/api/auth/link-social')).toMatch(/\/account$/)
    expect(await (await emma.ask('GET', '/api/people/me')).json()).toMatchObject({
      email: null,
      ways: ['password', 'oidc'],
    })
    const later = person(server)
    expect(await through(later)).toMatch(/\/account$/)
    expect(await who(later)).toBe('Emma')
    const { rows } = await sql`
      select 1 from auth_account where coalesce(access_token, refresh_token, id_token) is not null`.execute(
      server.database.db,
    )
    expect(rows).toEqual([])
  })

  it('signs in by an address only where both sides have proved it', async () => {
    await joinAs(server, {
      name: 'Fritz',
      email: 'fritz@example.org',
      password: PASSWORD,
      grants: [{ role: 'editor' }],
    })
    provider.enter({ sub: 's-3', email: 'fritz@example.org', emailVerified: true })
    const first = person(server)
    expect(await through(first)).toContain('error=')
    expect(await who(first)).toBe(401)
    await sql`update auth_user set email_verified = true where email = 'fritz@example.org'`.execute(
      server.database.db,
    )
    provider.enter({ sub: 's-3', email: 'fritz@example.org', emailVerified: false })
    expect(await through(first)).toContain('error=')
    provider.enter({ sub: 's-3', email: 'fritz@example.org', emailVerified: true })
    expect(await through(first)).toMatch(/\/account$/)
    expect(await who(first)).toBe('Fritz')
  })

  it('is not believed when its token is for somebody else, too old, or answers another question', async () => {
    provider.enter({ sub: 's-2', email: 'emma@work.example', emailVerified: true })
    for (const lie of [{ aud: 'another' }, { iss: 'http://evil.example' }, { exp: 1 }, { nonce: 'other' }]) {
      provider.lie(lie)
      const somebody = person(server)
      expect([lie, await through(somebody)]).toEqual([lie, expect.stringContaining('error=')])
      expect(await who(somebody)).toBe(401)
    }
  })

  it('cannot be used to sign somebody into the account of another (the state belongs to the browser)', async () => {
    provider.enter({ sub: 's-2', email: 'emma@work.example', emailVerified: true })
    const attacker = person(server)
    const started = await attacker.ask('POST', '/api/auth/sign-in/social', {
      provider: 'oidc',
      callbackURL: '/',
    })
    const { url } = (await started.json()) as { url: string }
    const back = new URL((await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '')
    const victim = person(server)
    await victim.ask('GET', back.pathname + back.search)
    expect(await who(victim)).toBe(401)
  })

  it('sends people to no other site afterwards', async () => {
    const answer = await person(server).ask('POST', '/api/auth/sign-in/social', {
      provider: 'oidc',
      callbackURL: 'https://evil.example/',
    })
    expect(answer.status).toBe(403)
  })
})

describe('behind a proxy', () => {
  it('asks for cookies over TLS only, takes requests from the public address, and counts who guesses by theirs', async () => {
    const port = await getPort()
    const desk = await startServer({
      workers: false,
      env: { PORT: String(port), TALMACH_PUBLIC_URL: 'https://desk.example' },
    })
    try {
      const inside = { ...desk, url: `http://127.0.0.1:${port}` }
      const api: TestServer['api'] = (token, path, init = {}) => {
        const headers = new Headers(init.headers)
        headers.set('Authorization', `Bearer ${token}`)
        return fetch(inside.url + path, { ...init, headers })
      }
      const made = await api(await desk.token('admin'), '/api/invitations', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ grants: [{ role: 'editor' }] }),
      })
      const { url } = (await made.json()) as { url: string }
      expect(url).toMatch(/^https:\/\/desk\.example\/invitation#/)
      const gerda = person(inside)
      const from = { Origin: 'https://desk.example', 'X-Forwarded-For': '203.0.113.7' }
      const accepted = await gerda.ask(
        'POST',
        '/api/invitations/accept',
        { code: new URL(url).hash.slice(1), name: 'Gerda', password: PASSWORD },
        from,
      )
      expect(accepted.headers.getSetCookie()[0]).toMatch(/^__Secure-talmach\.session_token=.*Secure/)

      const guess = (address: string, origin = 'https://desk.example') =>
        person(inside).ask(
          'POST',
          '/api/auth/sign-in/email',
          { email: 'Gerda', password: 'a guess of many' },
          // The first part is what the client itself claims: it must not count.
          { Origin: origin, 'X-Forwarded-For': `198.51.100.${Math.floor(Math.random() * 250)}, ${address}` },
        )
      expect((await guess('203.0.113.9', 'https://evil.example')).status).toBe(403)
      // Past the proxy, from a page of the same server.
      expect((await guess('203.0.113.11', inside.url)).status).toBe(401)
      const statuses: number[] = []
      for (let turn = 0; turn < 11; turn++) statuses.push((await guess('203.0.113.8')).status)
      expect(statuses.at(-1)).toBe(429)
      expect((await guess('203.0.113.10')).status).toBe(401)
    } finally {
      await desk.close()
    }
  }, 60_000)
})
