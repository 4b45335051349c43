import { createHash } from 'node:crypto'
import { z } from 'zod'
import { DomainError } from '../domain/errors.ts'
import { TAR_END, tarHeader, tarPadding } from './backup-tar.ts'

/** Of the archive's lay-out; a newer one is refused. */
export const ARCHIVE_FORMAT = 1
export const HEAD = 'talmach-backup.json'
export const MANIFEST = 'manifest.json'
const PART = 4 * 1024 * 1024

const Name = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/)

/** The first file: what is needed to make the tables. */
export const BackupHead = z.object({
  format: z.number().int(),
  /** Of Talmach. */
  version: z.string(),
  madeAt: z.iso.datetime(),
  postgres: z.string(),
  /** Names of the migrations that the data is in the shape of, in order. */
  migrations: z.array(z.string()).min(1),
  /** Parents before those that refer to them. */
  tables: z.array(z.object({ name: Name, columns: z.array(Name).min(1) })),
  sequences: z.array(z.object({ name: Name, last: z.string().regex(/^-?\d+$/), called: z.boolean() })),
})
export type BackupHead = z.infer<typeof BackupHead>

/** The last file: what everything before it must be. */
export const BackupManifest = z.object({
  rows: z.record(Name, z.number().int()),
  files: z.array(z.object({ name: z.string(), bytes: z.number().int(), sha256: z.string() })),
})
export type BackupManifest = z.infer<typeof BackupManifest>

/** `tables/target/000001.copy` → `target` */
export function tableOf(file: string): string | undefined {
  return /^tables\/([a-z_][a-z0-9_]{0,62})\/\d{6,9}\.copy$/.exec(file)?.[1]
}

/** `home/secret.key` → `secret.key` */
export function homeFileOf(file: string): string | undefined {
  return /^home\/([\w][\w.-]{0,80})$/.exec(file)?.[1]
}

export type ArchiveWriter = {
  readonly file: (name: string, bytes: Buffer) => Buffer[]
  /** A table's rows in files of a few MiB. */
  readonly table: (name: string, rows: AsyncIterable<Buffer>) => AsyncGenerator<Buffer>
  /** The manifest and the end. */
  readonly end: () => Buffer[]
}

/** Makes the bytes of an archive and remembers what its manifest has to say. */
export function writeArchive(): ArchiveWriter {
  const manifest: { rows: Record<string, number>; files: BackupManifest['files'] } = { rows: {}, files: [] }
  const pack = (name: string, bytes: Buffer) => [
    tarHeader(name, bytes.length),
    bytes,
    tarPadding(bytes.length),
  ]
  const file = (name: string, bytes: Buffer) => {
    manifest.files.push({ name, bytes: bytes.length, sha256: sha256Of(bytes) })
    return pack(name, bytes)
  }
  return {
    file,
    table: async function* (name, rows) {
      let pending: Buffer[] = []
      let size = 0
      let part = 0
      const flush = () => {
        part += 1
        const out = file(`tables/${name}/${String(part).padStart(6, '0')}.copy`, Buffer.concat(pending))
        pending = []
        size = 0
        return out
      }
      manifest.rows[name] = 0
      for await (const row of rows) {
        manifest.rows[name] += 1
        pending.push(row)
        size += row.length
        if (size >= PART) yield* flush()
      }
      if (size > 0) yield* flush()
    },
    end: () => [...pack(MANIFEST, Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`)), TAR_END],
  }
}

/** @throws DomainError `invalid-input` for JSON that is not as described */
export function parsePart<T>(schema: z.ZodType<T>, name: string, bytes: Buffer): T {
  try {
    return schema.parse(JSON.parse(bytes.toString('utf8')))
  } catch (cause) {
    throw new DomainError('invalid-input', `the backup’s ${name} cannot be read: it is damaged`, { cause })
  }
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
