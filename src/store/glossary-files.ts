import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { DomainError } from '../domain/errors.ts'
import type { Concept, Glossary } from '../domain/term.ts'
import { readGlossaryCsv } from '../exchange/glossary-csv.ts'
import type { GlossaryPair } from '../exchange/glossary-csv-list.ts'
import { glossaryVersion } from '../exchange/glossary-version.ts'
import { streamTbx } from '../exchange/tbx-stream.ts'

const readList = async (path: string) => readGlossaryCsv(await readFile(path, 'utf8'), path)

const READERS: Readonly<Record<string, (path: string) => Promise<readonly Concept[]>>> = {
  '.tbx': (path) => Array.fromAsync(streamTbx(createReadStream(path), { file: path })),
  '.csv': readList,
  '.tsv': readList,
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
  const concepts = await read(path)
  const hash = (text: string) => createHash('sha256').update(text).digest('hex')
  return { name: basename(path, extname(path)), version: glossaryVersion(concepts, hash), concepts }
}

/**
 * The concepts of a file that was sent: TBX, or a list with commas, semicolons or tabs.
 * @param file its name, for messages; may be empty
 * @param pair of a list without a header
 * @throws DomainError `unsupported-format` for spreadsheets and the like; `invalid-input` with line and column
 */
export async function readGlossaryBytes(
  bytes: Uint8Array,
  file: string,
  pair?: GlossaryPair,
): Promise<readonly Concept[]> {
  const place = file === '' ? {} : { place: { file } }
  const head = Buffer.from(bytes.subarray(0, 64)).toString('latin1').replaceAll('\0', '')
  if (head === '') throw new DomainError('invalid-input', 'the file is empty', place)
  if (head.startsWith('PK') || head.startsWith('\xd0\xcf')) {
    const message = 'spreadsheets are not read: save it as CSV (UTF-8), or export TBX, and send that'
    throw new DomainError('unsupported-format', message, place)
  }
  if (/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s{0,30}</.test(head)) {
    return Array.fromAsync(streamTbx(oneByOne(bytes), file === '' ? {} : { file }))
  }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    const message = 'this file is not valid UTF-8; save it as “CSV UTF-8” and try again'
    throw new DomainError('invalid-input', message, { ...place, cause })
  }
  return readGlossaryCsv(text, file === '' ? undefined : file, pair)
}

async function* oneByOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
