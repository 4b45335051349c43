import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
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
    const code = (cause as NodeJS.ErrnoException).code
    if (code === 'ENOENT')
      throw new DomainError('not-found', 'no such file', { place: { file: path }, cause })
    if (code === 'EISDIR')
      throw new DomainError('invalid-input', 'is a folder, not a file', { place: { file: path }, cause })
    throw new DomainError('invalid-input', 'cannot be read', { place: { file: path }, cause })
  }
}

/** Written beside its place and moved there: a reader never sees half a file. Makes the folder. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}`)
  await writeFile(draft, content)
  await rename(draft, path)
}

export async function readSourceDocument(path: string, settings: FormatSettings): Promise<ReadDocument> {
  const bytes = await readBytes(path)
  return readDocument(bytes, { format: detectFormat({ name: basename(path), bytes }), file: path, settings })
}

/** `articles/strike.html` → `strike`. */
export function stemOf(path: string): string {
  return basename(path, extname(path))
}
