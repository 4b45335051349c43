import { createHash } from 'node:crypto'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { DomainError } from '../domain/errors.ts'
import {
  ARCHIVE_FORMAT,
  BackupHead,
  BackupManifest,
  HEAD,
  homeFileOf,
  MANIFEST,
  parsePart,
  tableOf,
} from './backup-archive.ts'
import { cutShort } from './backup-bytes.ts'
import { isSealed, unseal } from './backup-seal.ts'
import { readTar, type TarFile } from './backup-tar.ts'

/** What is done with the parts of a backup as they come by. Each part must be read to its end. */
export type BackupVisitor = {
  readonly head: (head: BackupHead) => Promise<void>
  readonly homeFile: (name: string, bytes: Buffer) => Promise<void>
  /** One table's rows, in the format of COPY. */
  readonly table: (name: string, rows: AsyncIterable<Buffer>) => Promise<void>
}

export type ReadBackup = { readonly head: BackupHead; readonly manifest: BackupManifest }

const LARGEST_PART = 64 * 1024 * 1024

/**
 * Reads a backup from its first byte to its last, once, and compares every part with the manifest at its end.
 *
 * @param chunks the bytes of the file
 * @throws DomainError `invalid-input` for a file that is damaged, cut short, of a newer format, or sealed with another
 *   passphrase; whatever the visitor was told until then must be taken back by the caller
 */
export async function readBackup(
  chunks: AsyncIterable<Uint8Array>,
  passphrase: string | undefined,
  visitor: BackupVisitor,
): Promise<ReadBackup> {
  const seen: { name: string; bytes: number; sha256: string }[] = []
  const files = readTar(unzipped(opened(chunks, passphrase)))
  const next = async (): Promise<TarFile | undefined> => {
    const { done, value } = await files.next()
    return done === true ? undefined : value
  }
  async function* noted({ name, body }: TarFile): AsyncGenerator<Buffer> {
    const hash = createHash('sha256')
    let bytes = 0
    for await (const chunk of body) {
      hash.update(chunk)
      bytes += chunk.length
      yield chunk
    }
    seen.push({ name, bytes, sha256: hash.digest('hex') })
  }
  const whole = async (file: TarFile): Promise<Buffer> => {
    if (file.size > LARGEST_PART) throw damaged(file.name)
    const pieces: Buffer[] = []
    for await (const piece of noted(file)) pieces.push(piece)
    return Buffer.concat(pieces)
  }

  const first = await next()
  if (first?.name !== HEAD) throw new DomainError('invalid-input', 'this is no backup of Talmach')
  const head = parsePart(BackupHead, HEAD, await whole(first))
  if (head.format > ARCHIVE_FORMAT) {
    throw new DomainError(
      'invalid-input',
      `the backup was made by a newer Talmach (${head.version}): restore it with that one`,
    )
  }
  await visitor.head(head)
  let file = await next()
  while (file !== undefined && file.name !== MANIFEST) {
    const homeFile = homeFileOf(file.name)
    const table = tableOf(file.name)
    if (homeFile !== undefined) {
      await visitor.homeFile(homeFile, await whole(file))
      file = await next()
    } else if (table !== undefined) {
      let part: TarFile | undefined = file
      const parts = async function* () {
        while (part !== undefined && tableOf(part.name) === table) {
          yield* noted(part)
          part = await next()
        }
      }
      await visitor.table(table, parts())
      file = part
    } else throw damaged(file.name)
  }
  if (file === undefined) throw cutShort()
  const told = [...seen]
  const manifest = parsePart(BackupManifest, MANIFEST, await whole(file))
  if (JSON.stringify(manifest.files) !== JSON.stringify(told)) throw damaged(firstOther(manifest, told))
  return { head, manifest }
}

/** Reads a backup for nothing but to see that it is whole. @throws DomainError `invalid-input` */
export async function checkBackup(
  chunks: AsyncIterable<Uint8Array>,
  passphrase: string | undefined,
): Promise<ReadBackup> {
  return readBackup(chunks, passphrase, {
    head: async () => {},
    homeFile: async () => {},
    table: async (_name, rows) => {
      for await (const _ of rows) {
        // Its sum is taken on the way.
      }
    },
  })
}

async function* opened(
  chunks: AsyncIterable<Uint8Array>,
  passphrase: string | undefined,
): AsyncGenerator<Uint8Array> {
  const source = chunks[Symbol.asyncIterator]()
  const first = await source.next()
  if (first.done === true) throw cutShort()
  const all = async function* () {
    yield first.value
    for (;;) {
      const { done, value } = await source.next()
      if (done === true) return
      yield value
    }
  }
  if (!isSealed(first.value)) yield* all()
  else if (passphrase !== undefined) yield* unseal(passphrase, all())
  else {
    throw new DomainError(
      'misconfigured',
      'the backup is encrypted: set TALMACH_BACKUP_PASSPHRASE to the passphrase that it was made with',
    )
  }
}

async function* unzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip()
  // What goes wrong on the way in is thrown where the bytes are read.
  pipeline(Readable.from(chunks), gunzip, () => {})
  try {
    yield* gunzip
  } catch (cause) {
    if (cause instanceof DomainError) throw cause
    throw new DomainError('invalid-input', 'the backup cannot be unpacked: it is damaged or cut short', {
      cause,
    })
  }
}

function firstOther(manifest: BackupManifest, seen: BackupManifest['files']): string {
  const at = manifest.files.findIndex((file, place) => JSON.stringify(file) !== JSON.stringify(seen[place]))
  return (manifest.files[at] ?? seen.at(-1))?.name ?? MANIFEST
}

function damaged(part: string): DomainError {
  return new DomainError('invalid-input', `the backup is damaged at ${part.slice(0, 120)}: take another one`)
}
