import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Certificate = { readonly key: string; readonly cert: string }

export type Authority = {
  /** PEM; what a client must trust. */
  readonly ca: string
  /** A server's certificate for one host name. @param days from now until it ends; negative: it has ended. */
  readonly issue: (host: string, days?: number) => Certificate
  readonly remove: () => void
}

/** A certificate authority in a folder of its own, made with openssl (1.1 or newer). */
export function createAuthority(): Authority {
  const dir = mkdtempSync(join(tmpdir(), 'talmach-ca-'))
  const file = (name: string) => join(dir, name)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, stdio: 'pipe' })
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl(
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '2',
    '-subj',
    '/CN=Test CA',
  )
  let serial = 1
  return {
    ca: readFileSync(file('ca.pem'), 'utf8'),
    issue: (host, days = 2) => {
      serial++
      openssl('req', ...newKey, '-keyout', 'host.key', '-out', 'host.csr', '-subj', `/CN=${host}`)
      writeFileSync(file('host.ext'), `subjectAltName=DNS:${host}\n`)
      const sign = [
        '-CA',
        'ca.pem',
        '-CAkey',
        'ca.key',
        '-set_serial',
        String(serial),
        '-extfile',
        'host.ext',
      ]
      openssl('x509', '-req', '-in', 'host.csr', ...sign, '-days', String(days), '-out', 'host.pem')
      return { key: readFileSync(file('host.key'), 'utf8'), cert: readFileSync(file('host.pem'), 'utf8') }
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  }
}
