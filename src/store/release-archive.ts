import { createHash, type KeyObject, verify } from 'node:crypto'
import { zipSync } from 'fflate'
import { z } from 'zod'
import { DomainError } from '../domain/errors.ts'
import { directionOf } from '../domain/locale.ts'
import { endonymOf } from '../domain/publication.ts'
import { escapeHtml } from '../formats/block-text.ts'
import { MAX_UNPACKED, openArchive, unpackEntry } from '../formats/zip-archive.ts'
import type { Bundle } from './bundles.ts'
import { keyIdOf, readPublicKey, type SigningKey } from './signing-key.ts'

export type ReleaseContents = {
  readonly documentId: string
  readonly name: string
  readonly sourceLocale: string
  readonly targetLocales: readonly string[]
  readonly licence: string | null
  /** In the order of the edition. */
  readonly bundles: readonly Bundle[]
}

export type ReleaseArchive = {
  /** Hex SHA-256 of `bytes`: its address. */
  readonly sha256: string
  readonly bytes: Uint8Array
  readonly manifest: Readonly<Record<string, unknown>>
}

const MANIFEST = 'manifest.json'
const SIGNATURE = 'signature.json'
const AVAILABLE_IN = 'available-in.html'

/** All finished languages in one ZIP: documents, a manifest with their SHA-256, its signature, and links between them. */
export function buildReleaseArchive(contents: ReleaseContents, key: SigningKey): ReleaseArchive {
  const { bundles, targetLocales } = contents
  const name = contents.name.replace(/[\\/]/g, '_')
  const files: Record<string, Uint8Array> = {}
  for (const { locale, bytes } of bundles) files[`${locale}/${name}`] = bytes
  const fragment = new TextEncoder().encode(renderAvailableIn(contents))
  const locales = bundles.map(({ locale }) => locale)
  const manifest = {
    release: 1,
    document: contents.documentId,
    name: contents.name,
    sourceLocale: contents.sourceLocale,
    licence: contents.licence,
    locales,
    missing: targetLocales.filter((locale) => !locales.includes(locale)),
    key: key.id,
    availableIn: { file: AVAILABLE_IN, sha256: hashOf(fragment) },
    files: bundles.map(({ locale, sha256, manifest }) => ({
      ...manifest,
      locale,
      sha256,
      file: `${locale}/${name}`,
    })),
  }
  const packed = new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`)
  const signature = {
    algorithm: 'Ed25519',
    signs: MANIFEST,
    key: key.id,
    publicKey: key.publicKey,
    signature: key.sign(packed),
  }
  const signed = new TextEncoder().encode(`${JSON.stringify(signature, null, 2)}\n`)
  const all = { [MANIFEST]: packed, [SIGNATURE]: signed, [AVAILABLE_IN]: fragment, ...files }
  // The earliest date a ZIP can hold, which is a local one: the same bytes whenever and wherever they are packed.
  const bytes = zipSync(all, { mtime: new Date(1980, 0, 1), level: 6 })
  return { sha256: hashOf(bytes), bytes, manifest }
}

/** Links to the finished languages, each named in itself, to be put into a page. */
function renderAvailableIn({ documentId, bundles }: ReleaseContents): string {
  const items = bundles.map(({ locale }) => {
    const tag = escapeHtml(locale)
    const href = `/api/documents/${documentId}/bundle/${tag}?as=html`
    const link = `<a href="${href}" hreflang="${tag}" lang="${tag}" dir="${directionOf(locale)}" rel="alternate">`
    return `  <li>${link}${escapeHtml(endonymOf(locale))}</a></li>\n`
  })
  return `<ul class="available-in" aria-label="Available in">\n${items.join('')}</ul>\n`
}

export type ReleaseCheck = {
  readonly valid: boolean
  /** One sentence each; none for a release that is as it was signed. */
  readonly problems: readonly string[]
  /** Of the key that signed it. */
  readonly key: string
  /** Whether the signature was checked with a key from elsewhere: without one it proves only that nothing was damaged. */
  readonly trusted: boolean
  readonly document: string
  readonly locales: readonly string[]
  readonly missing: readonly string[]
}

const Hash = z.string().regex(/^[\da-f]{64}$/)
const Manifest = z.object({
  document: z.string(),
  locales: z.array(z.string()),
  missing: z.array(z.string()),
  key: z.string(),
  availableIn: z.object({ file: z.string(), sha256: Hash }),
  files: z.array(z.object({ file: z.string(), sha256: Hash })),
})
const Signature = z.object({
  algorithm: z.literal('Ed25519'),
  key: z.string(),
  publicKey: z.string(),
  signature: z.base64(),
})

/**
 * Checks a release without any network: the signature of its manifest, the SHA-256 of each file, and that nothing is
 * missing or was added.
 *
 * @param trustedKey PEM of the public key it should be signed with, or of several: of those the one it names; undefined: the
 *   one it brings along
 * @throws DomainError `invalid-input` for what is no release at all, or a key that is none
 */
export function verifyRelease(
  bytes: Uint8Array,
  trustedKey: string | undefined,
  file?: string,
): ReleaseCheck {
  const archive = openArchive(bytes, file)
  const contents = new Map<string, Uint8Array>()
  const problems: string[] = []
  let budget = MAX_UNPACKED
  for (const entry of archive.entries) {
    try {
      const unpacked = unpackEntry(archive, entry, budget, file)
      budget -= unpacked.length
      contents.set(entry.name, unpacked)
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      problems.push(error.message)
    }
  }
  const packed = contents.get(MANIFEST) ?? new Uint8Array()
  const manifest = Manifest.safeParse(parseJson(packed))
  const signature = Signature.safeParse(parseJson(contents.get(SIGNATURE) ?? new Uint8Array()))
  if (!manifest.success || !signature.success) {
    throw new DomainError('invalid-input', 'this is no release, or its manifest or signature is damaged', {
      ...(file === undefined ? {} : { place: { file } }),
    })
  }
  const key = pickKey(parseKeys(trustedKey ?? signature.data.publicKey), signature.data.key)
  if (keyIdOf(key) !== signature.data.key || signature.data.key !== manifest.data.key) {
    problems.push(`it is signed with the key ${signature.data.key}, not with ${keyIdOf(key)}`)
  }
  if (!verify(null, packed, key, Buffer.from(signature.data.signature, 'base64'))) {
    problems.push('the signature does not fit the manifest')
  }
  const listed = [...manifest.data.files, manifest.data.availableIn]
  for (const { file: name, sha256 } of listed) {
    const found = contents.get(name)
    if (found === undefined) problems.push(`${name} is missing`)
    else if (hashOf(found) !== sha256) problems.push(`${name} has been changed`)
  }
  const known = new Set([MANIFEST, SIGNATURE, ...listed.map(({ file: name }) => name)])
  for (const { name } of archive.entries) if (!known.has(name)) problems.push(`${name} was added`)
  const { document, locales, missing } = manifest.data
  return {
    valid: problems.length === 0,
    problems,
    key: signature.data.key,
    trusted: trustedKey !== undefined,
    ...{ document, locales, missing },
  }
}

const PEM_END = '-----END PUBLIC KEY-----'

function parseKeys(pem: string): readonly [KeyObject, ...KeyObject[]] {
  try {
    const pieces = pem.split(PEM_END).slice(0, -1)
    const [first, ...rest] = pieces.map((piece) => readPublicKey(`${piece.trim()}\n${PEM_END}\n`))
    const keys = first === undefined ? undefined : ([first, ...rest] as const)
    if (keys?.every((key) => key.asymmetricKeyType === 'ed25519') === true) return [...keys]
  } catch {
    // Said below.
  }
  throw new DomainError('invalid-input', 'the key is no Ed25519 public key in PEM')
}

/** Of a publisher's keys, retired ones among them, the one that a release names; else the one that signs now. */
function pickKey(keys: readonly [KeyObject, ...KeyObject[]], id: string): KeyObject {
  return keys.find((key) => keyIdOf(key) === id) ?? keys[0]
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
