import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { DomainError } from '../domain/errors.ts'
import { parseLocale } from '../domain/locale.ts'
import { ReleasePage } from '../http/release-schemas.ts'
import type { ApiClient } from './api-client.ts'
import {
  clearDocument,
  type DocumentFolder,
  type FolderReport,
  hashOfFile,
  openFolders,
  writeLanguage,
} from './bundle-folder.ts'
import { foldName, safeName } from './bundle-names.ts'
import { readBytes } from './files.ts'

export const CONTENT_KINDS = ['html', 'md', 'txt', 'json'] as const
export type ContentKind = (typeof CONTENT_KINDS)[number]

export type SyncWish = {
  /** Undefined: all. */
  readonly documents: readonly string[] | undefined
  /** A cursor: only what has happened since; '0' for everything. */
  readonly since: string
  /** Undefined: all that the token may see. */
  readonly locale: string | undefined
  readonly dir: string
  /** Renderings that are written beside the document. */
  readonly as: readonly ContentKind[]
}

export type SyncReport = {
  /** Paths, `dir` included. */
  readonly written: readonly string[]
  readonly removed: readonly string[]
  readonly unchanged: number
  readonly retracted: readonly { readonly document: string; readonly notice: string }[]
  /** The cursor for `--since` of the next time. */
  readonly next: string
}

type Standing = {
  locales: Set<string>
  retracted: { notice: string; notices: Record<string, string> } | null
  /** It has come back: what was published before counts again. */
  reinstated: boolean
}

/** Brings a folder up to date with what is published. Run again it changes nothing. */
export async function syncBundles(api: ApiClient, wish: SyncWish): Promise<SyncReport> {
  const locale = wish.locale === undefined ? undefined : parseLocale(wish.locale)
  const { standing, next } = await readEvents(api, wish, locale)
  for (const id of wish.documents ?? []) {
    if (!standing.has(id) && wish.since === '0') {
      throw new DomainError(
        'not-ready',
        `nothing of ${id} is published${locale === undefined ? '' : ` in ${locale}`}`,
      )
    }
  }
  const folders = await openFolders(wish.dir)
  const report: FolderReport = { written: [], removed: [], unchanged: 0 }
  const retracted: { document: string; notice: string }[] = []
  for (const [document, { locales, retracted: withdrawn }] of standing) {
    const gone = withdrawn ?? (await writeDocument(api, wish, folders.of, document, [...locales], report))
    if (gone === null) continue
    retracted.push({ document, notice: gone.notice })
    // Of what this folder never held there is nothing to take back.
    const folder = folders.find(document)
    if (folder !== undefined) await clearDocument(folder, gone, report)
  }
  return { ...report, retracted, next }
}

/** What stands of each document by the events since the cursor, in the order in which it came. */
async function readEvents(api: ApiClient, wish: SyncWish, locale: string | undefined) {
  const standing = new Map<string, Standing>()
  const queries = wish.documents?.map((id) => `&document=${encodeURIComponent(id)}`) ?? ['']
  let next = wish.since
  for (const query of queries) {
    const reached = await readPages(api, wish.since, `${query}${localeQuery(locale)}`, standing)
    if (BigInt(reached) > BigInt(next)) next = reached
  }
  for (const [document, state] of standing) {
    if (!state.reinstated || wish.since === '0') continue
    await readPages(api, '0', `&document=${document}${localeQuery(locale)}`, new Map([[document, state]]))
  }
  return { standing, next }
}

const localeQuery = (locale: string | undefined) =>
  locale === undefined ? '' : `&locale=${encodeURIComponent(locale)}`

async function readPages(
  api: ApiClient,
  since: string,
  query: string,
  standing: Map<string, Standing>,
): Promise<string> {
  let cursor = since
  for (;;) {
    const page = ReleasePage.parse(await (await api(`/api/releases?since=${cursor}${query}`)).json())
    for (const { type, data } of page.releases) {
      const state = standing.get(data.document) ?? { locales: new Set(), retracted: null, reinstated: false }
      standing.set(data.document, state)
      if (type === 'bundle.published' && data.locale !== null) state.locales.add(data.locale)
      if (type === 'document.retracted') {
        state.retracted = { notice: data.notice ?? '', notices: data.notices ?? {} }
      }
      if (type === 'document.reinstated') {
        state.retracted = null
        state.reinstated = true
      }
    }
    if (page.next === cursor) return cursor
    cursor = page.next
  }
}

const Manifest = z.object({ name: z.string(), sha256: z.string().regex(/^[\da-f]{64}$/) })
const MANIFEST = 'manifest.json'

/** @returns the notice, where it was withdrawn in this moment */
async function writeDocument(
  api: ApiClient,
  wish: SyncWish,
  folderOf: (document: string, name: string) => DocumentFolder,
  document: string,
  locales: readonly string[],
  report: FolderReport,
): Promise<{ notice: string; notices: Record<string, string> } | null> {
  try {
    for (const tag of locales) {
      const locale = parseLocale(tag)
      const path = `/api/documents/${document}/bundle/${locale}`
      const packed = await fetchBytes(api, `${path}?as=manifest`)
      const manifest = Manifest.parse(JSON.parse(new TextDecoder().decode(packed)))
      const folder = folderOf(document, manifest.name)
      const at = join(folder.path, locale)
      const name = documentName(manifest.name)
      const files = new Map<string, Uint8Array>()
      const file = join(at, name)
      const held = await hashOfFile(file)
      files.set(name, await fetchHeld(api, `/api/bundles/${manifest.sha256}`, held, file))
      requireHash(files.get(name), manifest.sha256, path)
      for (const kind of wish.as) {
        const content = join(at, `content.${kind}`)
        const known = await hashOfFile(content)
        files.set(`content.${kind}`, await fetchHeld(api, `${path}?as=${kind}`, known, content))
      }
      files.set(MANIFEST, packed)
      await writeLanguage(folder, locale, { sha256: manifest.sha256, files }, report)
    }
    return null
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'gone')) throw error
    const notices = z.record(z.string(), z.string()).safeParse(error.extra?.notices)
    return { notice: error.message, notices: notices.success ? notices.data : {} }
  }
}

/** Never the name of a file of ours, also where case is ignored. */
function documentName(name: string): string {
  const safe = safeName(name)
  const ours = [MANIFEST, ...CONTENT_KINDS.map((kind) => `content.${kind}`)].map(foldName)
  return ours.includes(foldName(safe)) ? `document-${safe}` : safe
}

function requireHash(bytes: Uint8Array | undefined, sha256: string, path: string): void {
  const found = createHash('sha256')
    .update(bytes ?? new Uint8Array())
    .digest('hex')
  if (found !== sha256)
    throw new DomainError('invalid-input', `${path} is not what its manifest says: try again`)
}

/** What a file holds already is not sent again. */
async function fetchHeld(
  api: ApiClient,
  path: string,
  held: string | undefined,
  file: string,
): Promise<Uint8Array> {
  // A tag stands for the bytes as they are: compressed ones have another.
  const headers = {
    'Accept-Encoding': 'identity',
    ...(held === undefined ? {} : { 'If-None-Match': `"${held}"` }),
  }
  const response = await api(path, { headers })
  if (response.status === 304) return new Uint8Array(await readBytes(file))
  return new Uint8Array(await response.arrayBuffer())
}

async function fetchBytes(api: ApiClient, path: string): Promise<Uint8Array> {
  return new Uint8Array(await (await api(path)).arrayBuffer())
}
