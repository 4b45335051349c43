import { createReadStream } from 'node:fs'
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { DomainError } from '../domain/errors.ts'
import type { FormatSettings } from '../formats/adapter.ts'
import { detectFormat } from '../formats/detect.ts'
import { type ReadDocument, readDocument } from '../formats/read.ts'

/** @throws DomainError `not-found` or `invalid-input` instead of the system's own words */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (cause) {
    throw fileFailure(path, cause)
  }
}

/** A file of any size, piece by piece. @throws DomainError as `readBytes` */
export async function* streamBytes(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024 })) yield piece
  } catch (cause) {
    throw fileFailure(path, cause)
  }
}

function fileFailure(path: string, cause: unknown): DomainError {
  const code = (cause as NodeJS.ErrnoException).code
  const details = { place: { file: path }, cause }
  if (code === 'ENOENT') return new DomainError('not-found', 'no such file', details)
  if (code === 'EISDIR') return new DomainError('invalid-input', 'is a folder, not a file', details)
  return new DomainError('invalid-input', 'cannot be read', details)
}

/** Before a file is opened as a stream. @throws DomainError `not-found` or `invalid-input` */
export async function requireFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) throw new DomainError('not-found', 'no such file', { place: { file: path } })
  if (!found.isFile())
    throw new DomainError('invalid-input', 'is a folder, not a file', { place: { file: path } })
}

/** Written beside its place and moved there: a reader never sees half a file. Makes the folder. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}`)
  await writeFile(draft, content)
  await rename(draft, path)
}

export async function readSourceDocument(
  path: string,
  settings: FormatSettings,
  sourceLocale: string,
): Promise<ReadDocument> {
  const bytes = await readBytes(path)
  const format = detectFormat({ name: basename(path), bytes })
  return readDocument(bytes, { format, file: path, settings, sourceLocale })
}

/** `articles/strike.html` → `strike`. */
export function stemOf(path: string): string {
  return basename(path, extname(path))
}
