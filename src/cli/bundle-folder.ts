import { createHash } from 'node:crypto'
import { lstat, mkdir, readdir, readFile, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { DomainError } from '../domain/errors.ts'
import { foldName, freeName, slugOf } from './bundle-names.ts'
import { writeWhole } from './files.ts'

/** A folder of finished documents, `<slug>/<locale>/…`, ready to be committed to a site's repository. */

const STATE = 'talmach.json'
const PlainName = z
  .string()
  .regex(/^[^\\/\0]+$/)
  .refine((name) => name !== '.' && name !== '..')

const State = z.object({
  document: z.uuid(),
  name: z.string(),
  languages: z.record(PlainName, z.object({ sha256: z.string(), files: z.array(PlainName) })),
  retracted: z
    .object({ notice: z.string(), notices: z.record(z.string(), z.string()) })
    .nullable()
    .default(null),
})
export type FolderState = z.infer<typeof State>

export type FolderReport = {
  readonly written: string[]
  readonly removed: string[]
  unchanged: number
}

export type DocumentFolder = {
  readonly path: string
  readonly state: FolderState
}

/** What a folder knows of documents that it holds. Other people's folders in it are left alone. */
export async function openFolders(dir: string): Promise<{
  /** The folder of a document, with a name of its own; nothing is written yet. */
  readonly of: (document: string, name: string) => DocumentFolder
  readonly find: (document: string) => DocumentFolder | undefined
}> {
  const known = new Map<string, DocumentFolder>()
  const taken = new Set<string>()
  const entries = await readdir(dir, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return []
    throw new DomainError('invalid-input', 'is no folder that can be read', { place: { file: dir }, cause })
  })
  for (const entry of entries) {
    taken.add(foldName(entry.name))
    if (!entry.isDirectory()) continue
    const path = join(dir, entry.name)
    const state = await readState(join(path, STATE))
    if (state !== undefined) known.set(state.document, { path, state })
  }
  return {
    find: (document) => known.get(document),
    of: (document, name) => {
      const found = known.get(document)
      if (found !== undefined) return found
      const slug = freeName(slugOf(name), document, taken)
      taken.add(foldName(slug))
      const folder = { path: join(dir, slug), state: { document, name, languages: {}, retracted: null } }
      known.set(document, folder)
      return folder
    },
  }
}

async function readState(path: string): Promise<FolderState | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    return State.parse(JSON.parse(text))
  } catch (cause) {
    throw new DomainError('invalid-input', 'is damaged: restore it, or delete its folder', {
      place: { file: path },
      cause,
    })
  }
}

/** The SHA-256 of a file, hex; undefined where there is none. */
export async function hashOfFile(path: string): Promise<string | undefined> {
  const bytes = await readFile(path).catch(() => undefined)
  return bytes === undefined ? undefined : createHash('sha256').update(bytes).digest('hex')
}

/**
 * Writes one language, the manifest last: where that stands, the rest does. A file that is as it should be is not touched;
 * one that was written before and belongs to it no more is removed.
 */
export async function writeLanguage(
  { path, state }: DocumentFolder,
  locale: string,
  wish: { readonly sha256: string; readonly files: ReadonlyMap<string, Uint8Array> },
  report: FolderReport,
): Promise<void> {
  const folder = join(path, locale)
  for (const place of [path, folder]) await refuseLink(place)
  await mkdir(folder, { recursive: true })
  for (const [name, bytes] of wish.files) {
    await writeChanged(join(folder, name), bytes, report)
  }
  const now = new Set([...wish.files.keys()].map(foldName))
  for (const name of state.languages[locale]?.files ?? []) {
    if (!now.has(foldName(name))) await removeFile(join(folder, name), report)
  }
  state.languages[locale] = { sha256: wish.sha256, files: [...wish.files.keys()].sort() }
  state.retracted = null
  await writeState({ path, state }, report)
}

/** Of a withdrawn document only the notice stays. */
export async function clearDocument(
  { path, state }: DocumentFolder,
  retracted: NonNullable<FolderState['retracted']>,
  report: FolderReport,
): Promise<void> {
  for (const [locale, { files }] of Object.entries(state.languages)) {
    await refuseLink(join(path, locale))
    for (const name of files) await removeFile(join(path, locale, name), report)
    // Somebody else's files in it stay, and it with them.
    await rmdir(join(path, locale)).catch(() => {})
  }
  state.languages = {}
  state.retracted = retracted
  await refuseLink(path)
  await mkdir(path, { recursive: true })
  await writeState({ path, state }, report)
}

async function writeState({ path, state }: DocumentFolder, report: FolderReport): Promise<void> {
  const languages = Object.fromEntries(
    Object.entries(state.languages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  )
  const text = `${JSON.stringify({ ...state, languages }, null, 2)}\n`
  await writeChanged(join(path, STATE), new TextEncoder().encode(text), report)
}

async function writeChanged(path: string, bytes: Uint8Array, report: FolderReport): Promise<void> {
  const wanted = createHash('sha256').update(bytes).digest('hex')
  if ((await hashOfFile(path)) === wanted) {
    report.unchanged += 1
    return
  }
  await writeWhole(path, bytes)
  // The state is written after each language, so that a run that breaks off is known.
  if (!report.written.includes(path)) report.written.push(path)
}

async function removeFile(path: string, report: FolderReport): Promise<void> {
  const there = await lstat(path).catch(() => undefined)
  if (there === undefined) return
  await rm(path)
  report.removed.push(path)
}

/** A link in the repository could lead anywhere. */
async function refuseLink(path: string): Promise<void> {
  const there = await lstat(path).catch(() => undefined)
  if (there === undefined || there.isDirectory()) return
  throw new DomainError('invalid-input', 'is a link or a file where a folder has to be', {
    place: { file: path },
  })
}
