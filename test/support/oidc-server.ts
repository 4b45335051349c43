import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Who is at the provider. */
export type Subject = { readonly sub: string; readonly email: string; readonly emailVerified: boolean }

export type OidcServer = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Who answers when the provider asks who one is. */
  readonly enter: (subject: Subject) => void
  /** What the next ID token says in place of the truth, as a broken or hostile provider would. */
  readonly lie: (claims: Record<string, unknown>) => void
  readonly close: () => Promise<void>
}

type Code = {
  readonly subject: Subject
  readonly nonce: string
  readonly challenge: string
  readonly redirect: string
}

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/**
 * A provider of OpenID Connect as far as signing in goes: discovery, authorization code with PKCE (S256), client secret,
 * nonce, RS256 ID tokens, JWKS. It refuses what a real one refuses. Spec: OpenID Connect Core 1.0, RFC 7636.
 */
export async function startOidcServer(): Promise<OidcServer> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const codes = new Map<string, Code>()
  const [clientId, clientSecret] = ['talmach', randomBytes(16).toString('hex')]
  let subject: Subject = { sub: '1', email: 'nobody@example.org', emailVerified: true }
  let lies: Record<string, unknown> = {}
  let issuer = ''

  const idToken = ({ subject: who, nonce }: Code): string => {
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      ...{ iss: issuer, aud: clientId, sub: who.sub, iat: now, exp: now + 300, nonce },
      ...{ email: who.email, email_verified: who.emailVerified },
      ...lies,
    }
    lies = {}
    const text = `${base64url({ alg: 'RS256', typ: 'JWT', kid: 'k1' })}.${base64url(claims)}`
    return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`
  }

  const exchange = (form: URLSearchParams, authorization: string | undefined) => {
    const basic = Buffer.from(authorization?.replace(/^Basic /, '') ?? '', 'base64').toString()
    const [id, secret] =
      authorization === undefined ? [form.get('client_id'), form.get('client_secret')] : basic.split(':')
    const code = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (id !== clientId || secret !== clientSecret) return { status: 401, body: { error: 'invalid_client' } }
    if (code === undefined || code.challenge !== verifier || code.redirect !== form.get('redirect_uri')) {
      return { status: 400, body: { error: 'invalid_grant' } }
    }
    const tokens = { access_token: randomBytes(8).toString('hex'), token_type: 'Bearer', expires_in: 300 }
    return { status: 200, body: { ...tokens, id_token: idToken(code) } }
  }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', issuer)
    const json = (body: unknown, status = 200) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
    if (url.pathname === '/.well-known/openid-configuration') {
      return json({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        code_challenge_methods_supported: ['S256'],
      })
    }
    if (url.pathname === '/jwks') {
      return json({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' }] })
    }
    if (url.pathname === '/authorize') {
      const ask = url.searchParams
      const wrong = ask.get('client_id') !== clientId || ask.get('code_challenge_method') !== 'S256'
      if (wrong || ask.get('scope')?.split(' ').includes('openid') !== true)
        return json({ error: 'invalid_request' }, 400)
      const code = randomBytes(8).toString('hex')
      const redirect = ask.get('redirect_uri') ?? ''
      codes.set(code, {
        subject,
        nonce: ask.get('nonce') ?? '',
        challenge: ask.get('code_challenge') ?? '',
        redirect,
      })
      const back = new URL(redirect)
      back.searchParams.set('code', code)
      back.searchParams.set('state', ask.get('state') ?? '')
      return response.writeHead(302, { Location: back.href }).end()
    }
    if (url.pathname === '/token' && request.method === 'POST') {
      const { status, body } = exchange(
        new URLSearchParams(await read(request)),
        request.headers.authorization,
      )
      return json(body, status)
    }
    return json({ error: 'not_found' }, 404)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    issuer,
    clientId,
    clientSecret,
    enter: (next) => {
      subject = next
    },
    lie: (claims) => {
      lies = claims
    },
    close: () => new Promise((done) => server.close(() => done())),
  }
}

async function read(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}
