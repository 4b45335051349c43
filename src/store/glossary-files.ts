import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { DomainError } from '../domain/errors.ts'
import type { Concept, Glossary } from '../domain/term.ts'
import { readGlossaryCsv } from '../exchange/glossary-csv.ts'
import { glossaryVersion } from '../exchange/glossary-version.ts'
import { readTbx } from '../exchange/tbx.ts'

const READERS: Readonly<Record<string, (text: string, file?: string) => readonly Concept[]>> = {
  '.tbx': readTbx,
  '.csv': readGlossaryCsv,
  '.tsv': readGlossaryCsv,
}

/**
 * Reads one glossary file, or every glossary file in a folder and its subfolders, sorted by path. A glossary
 * is named after its file.
 * @throws DomainError `not-found`; `unsupported-format`; `invalid-input` with file, line and column
 */
export async function readGlossaryFiles(path: string): Promise<readonly Glossary[]> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) throw new DomainError('not-found', 'no such glossary', { place: { file: path } })
  if (!found.isDirectory()) return [await readGlossaryFile(path)]
  const entries = await readdir(path, { recursive: true })
  const files = entries.filter((entry) => extname(entry).toLowerCase() in READERS).sort()
  return Promise.all(files.map((file) => readGlossaryFile(join(path, file))))
}

async function readGlossaryFile(path: string): Promise<Glossary> {
  const extension = extname(path).toLowerCase()
  const read = READERS[extension]
  if (read === undefined) {
    throw new DomainError('unsupported-format', 'a glossary is a .tbx, .csv or .tsv file', {
      place: { file: path },
    })
  }
  const concepts = read(await readFile(path, 'utf8'), path)
  const hash = (text: string) => createHash('sha256').update(text).digest('hex')
  return { name: basename(path, extname(path)), version: glossaryVersion(concepts, hash), concepts }
}
