import { DomainError } from '../domain/errors.ts'
import type { Container, Part } from './adapter.ts'
import { MAX_UNPACKED, openArchive, unpackEntry } from './zip-archive.ts'
import { replaceEntries } from './zip-splice.ts'

export type ZipContainerOptions = {
  /** The parts to read, in this order, out of all names in the archive. */
  readonly pick: (names: readonly string[]) => readonly string[]
  /** The part without which it is no such document. */
  readonly main: string
  /** What it should have been: `a Word document`. */
  readonly document: string
  /** The part that tells whether the others are encrypted, and how. */
  readonly lock?: string
  readonly isLocked?: (lock: string) => boolean
}

/** A container whose text parts are UTF-8 XML files in a ZIP archive; `pick` chooses them. */
export function zipContainer({ pick, main, document, lock, isLocked }: ZipContainerOptions): Container {
  return {
    open: (bytes, file) => {
      if (isCompoundFile(bytes)) {
        throw refuse(
          `this is ${document} with a password or in an old format; save it again without either`,
          file,
        )
      }
      const archive = openArchive(bytes, file)
      const byName = new Map(archive.entries.map((entry) => [entry.name, entry]))
      if (!byName.has(main)) throw refuse(`this is not ${document}: the archive has no ${main}`, file)
      const locked = lock === undefined ? undefined : byName.get(lock)
      if (locked !== undefined) {
        const text = decode(unpackEntry(archive, locked, MAX_UNPACKED, file), locked.name, file)
        if (isLocked?.(text) === true)
          throw refuse(`this is ${document} with a password; save it without`, file)
      }
      const parts: Part[] = []
      const texts: string[] = []
      let budget = MAX_UNPACKED
      let at = 0
      for (const name of pick([...byName.keys()])) {
        const entry = byName.get(name)
        if (entry === undefined) continue
        const contents = unpackEntry(archive, entry, budget, file)
        budget -= contents.length
        const text = decode(contents, name, file)
        parts.push({ name, start: at, end: at + text.length })
        texts.push(text)
        at += text.length
      }
      return { source: texts.join(''), parts }
    },
    close: (original, changed) => {
      const encoder = new TextEncoder()
      const contents = new Map([...changed].map(([name, text]) => [name, encoder.encode(text)]))
      return replaceEntries(openArchive(original), contents)
    },
  }
}

/** The file type of old Office documents, and of new ones with a password. */
function isCompoundFile(bytes: Uint8Array): boolean {
  return bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0
}

function decode(contents: Uint8Array, name: string, file: string | undefined): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(contents)
  } catch (cause) {
    throw new DomainError('invalid-input', 'this part of the document is not UTF-8', {
      place: { file: partFile(file, name) },
      cause,
    })
  }
}

function refuse(message: string, file: string | undefined): DomainError {
  return new DomainError('invalid-input', message, file === undefined ? {} : { place: { file } })
}

/** How messages name a part of an archive: `report.docx/word/document.xml`. */
export function partFile(file: string | undefined, part: string): string {
  return file === undefined ? part : `${file}/${part}`
}
