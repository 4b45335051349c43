import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import { buildReleaseArchive, verifyRelease } from '../../src/store/release-archive.ts'
import { keyIdOf, type SigningKey } from '../../src/store/signing-key.ts'
import { runTalmach } from '../support/process.ts'

function newKey(): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return {
    id: keyIdOf(publicKey),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (bytes) => sign(null, bytes, privateKey).toString('base64'),
  }
}

const key = newKey()
const bundle = (locale: string, text: string) => {
  const bytes = new TextEncoder().encode(text)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { locale, bytes, sha256, manifest: { title: text } }
}
const release = (signer = key) =>
  buildReleaseArchive(
    {
      documentId: 'd1',
      name: '../strike.md',
      sourceLocale: 'en',
      targetLocales: ['de', 'fr', 'ar'],
      licence: null,
      bundles: [bundle('de', '# Streik\n'.repeat(20)), bundle('ar', '# إضراب\n')],
    },
    signer,
  )

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'talmach-bundle-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('a release', () => {
  it('is the same bytes in every time zone and whenever it is packed', async () => {
    const first = release()
    const zone = process.env.TZ
    process.env.TZ = 'Pacific/Auckland'
    const second = release()
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
    expect(Buffer.from(second.bytes).equals(Buffer.from(first.bytes))).toBe(true)
    expect(second.sha256).toBe(first.sha256)
    // A name cannot lead out of the folder it is unpacked in.
    expect(Object.keys(unzipSync(first.bytes))).toContain('de/.._strike.md')
  })

  it('is found out whichever byte of it was changed', { timeout: 120_000 }, () => {
    const { bytes } = release()
    const unnoticed = [...bytes.keys()].flatMap((at) =>
      [0x01, 0x04, 0x20, 0xff].flatMap((by) => {
        const changed = Uint8Array.from(bytes)
        changed[at] = (changed[at] ?? 0) ^ by
        return sameContents(changed, bytes) || isRefused(changed) ? [] : [{ at, by }]
      }),
    )
    expect(unnoticed).toEqual([])
  })

  it('is found out when a file was exchanged, added or left out, or another key signed it', () => {
    const files = unzipSync(release().bytes)
    const exchange = (changes: Record<string, Uint8Array | undefined>) => {
      const all = Object.entries({ ...files, ...changes }).flatMap(([name, bytes]) =>
        bytes === undefined ? [] : [[name, bytes] as const],
      )
      return verifyRelease(zipSync(Object.fromEntries(all)), key.publicKey)
    }
    const other = new TextEncoder().encode('# Anderes\n')
    expect(exchange({}).problems).toEqual([])
    expect(exchange({ 'de/.._strike.md': other }).problems).toEqual(['de/.._strike.md has been changed'])
    expect(exchange({ 'de/.._strike.md': undefined }).problems).toEqual(['de/.._strike.md is missing'])
    expect(exchange({ 'extra.html': other }).problems).toEqual(['extra.html was added'])
    const stranger = verifyRelease(release(newKey()).bytes, key.publicKey)
    expect(stranger.problems).toHaveLength(2)
    expect(stranger.valid).toBe(false)
    expect(verifyRelease(release().bytes, undefined)).toMatchObject({ valid: true, trusted: false })
  })
})

describe('talmach bundle --verify', () => {
  it('says what was released and by whom, and ends with 1 for what was changed', async () => {
    const file = join(folder, 'strike.zip')
    const pem = join(folder, 'key.pem')
    await writeFile(file, release().bytes)
    await writeFile(pem, key.publicKey)
    const good = await runTalmach(['bundle', '--verify', file, '--key', pem, '--json'])
    expect(good.code).toBe(0)
    expect(JSON.parse(good.stdout)).toMatchObject({
      valid: true,
      trusted: true,
      locales: ['de', 'ar'],
      missing: ['fr'],
    })
    const files = unzipSync(release().bytes)
    const bad = { ...files, 'ar/.._strike.md': new TextEncoder().encode('changed') }
    await writeFile(file, zipSync(bad))
    const refused = await runTalmach(['bundle', '--verify', file])
    expect(refused.code).toBe(1)
    expect(refused.stdout).toContain('ar/.._strike.md has been changed')
    expect((await runTalmach(['bundle'])).code).toBe(2)
    const none = await runTalmach(['bundle', '--verify', pem])
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('no ZIP archive')])
  })
})

function isRefused(bytes: Uint8Array): boolean {
  try {
    return !verifyRelease(bytes, key.publicKey).valid
  } catch (error) {
    return error instanceof DomainError
  }
}

/** A byte of a date or of a comment changes nothing that is unpacked. */
function sameContents(a: Uint8Array, b: Uint8Array): boolean {
  try {
    const [left, right] = [unzipSync(a), unzipSync(b)]
    const names = Object.keys(right)
    return (
      names.length === Object.keys(left).length &&
      names.every((name) => Buffer.from(left[name] ?? []).equals(Buffer.from(right[name] ?? [])))
    )
  } catch {
    return false
  }
}
