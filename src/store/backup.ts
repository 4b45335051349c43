import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { Client } from 'pg'
import { ARCHIVE_FORMAT, type BackupHead, HEAD, writeArchive } from './backup-archive.ts'
import { copyOut } from './backup-copy.ts'
import { checkBackup } from './backup-read.ts'
import { seal } from './backup-seal.ts'
import { describeTables } from './backup-tables.ts'

export type BackupResult = {
  readonly file: string
  readonly bytes: number
  readonly sha256: string
  readonly encrypted: boolean
  readonly tables: number
  readonly rows: number
}

/**
 * Writes everything that an installation is into one file: all tables of the database as they stood at one moment, and
 * the small files of its home (keys). People and workers may go on meanwhile. Memory stays flat. The file appears under
 * its name only when it is complete, has been read back, and its sums are right.
 *
 * @param wish.home a folder whose small files are taken along; nothing when it is not there
 * @param wish.passphrase what the file is encrypted with; undefined: it is not
 * @throws DomainError, or the error of the database or the disk; nothing is left behind then
 */
export async function writeBackup(wish: {
  readonly databaseUrl: string
  readonly home: string
  readonly file: string
  readonly version: string
  readonly passphrase: string | undefined
  readonly now: Date
}): Promise<BackupResult> {
  const draft = `${wish.file}.partial`
  await mkdir(dirname(wish.file), { recursive: true, mode: 0o700 })
  const client = new Client({ connectionString: wish.databaseUrl, application_name: 'talmach-backup' })
  await client.connect()
  const hash = createHash('sha256')
  try {
    await client.query('begin isolation level repeatable read read only')
    // A pause of a slow disk is no reason to break off.
    await client.query('set local idle_in_transaction_session_timeout = 0')
    await client.query('set local statement_timeout = 0')
    const hashed = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        hash.update(chunk)
        done(null, chunk)
      },
    })
    const { passphrase } = wish
    const sealed = (chunks: AsyncIterable<Uint8Array>) =>
      passphrase === undefined ? chunks : seal(passphrase, chunks)
    await pipeline(
      Readable.from(archiveOf(client, wish)),
      createGzip({ level: 4 }),
      sealed,
      hashed,
      createWriteStream(draft, { mode: 0o600, flags: 'w' }),
    )
    const checked = await checkBackup(createReadStream(draft), passphrase)
    await settle(draft, wish.file)
    const { size } = await stat(wish.file)
    const rows = Object.values(checked.manifest.rows).reduce((sum, n) => sum + n, 0)
    const facts = { encrypted: passphrase !== undefined, tables: checked.head.tables.length, rows }
    return { file: wish.file, bytes: size, sha256: hash.digest('hex'), ...facts }
  } finally {
    await client.end()
    await rm(draft, { force: true })
  }
}

async function* archiveOf(
  client: Client,
  wish: { readonly home: string; readonly version: string; readonly now: Date },
): AsyncGenerator<Buffer> {
  const described = await describeTables(client)
  const head: BackupHead = {
    format: ARCHIVE_FORMAT,
    version: wish.version,
    madeAt: wish.now.toISOString(),
    ...described,
  }
  const archive = writeArchive()
  yield* archive.file(HEAD, Buffer.from(`${JSON.stringify(head, null, 1)}\n`))
  for (const { name, bytes } of await readHomeFiles(wish.home)) yield* archive.file(`home/${name}`, bytes)
  for (const { name, columns } of head.tables) {
    const list = columns.map((column) => `"${column}"`).join(', ')
    yield* archive.table(name, copyOut(client, `copy "${name}" (${list}) to stdout`))
  }
  yield* archive.end()
}

/** What a home holds for itself: its server, where its desk is, which format it has. */
const OWN = /^(?:postgres.*|desk-url|format|.*\.partial)$/
const LARGEST = 1024 * 1024

/** Keys and other small files that lie in the home itself. */
async function readHomeFiles(home: string): Promise<readonly { name: string; bytes: Buffer }[]> {
  const entries = await readdir(home, { withFileTypes: true }).catch(() => [])
  const files: { name: string; bytes: Buffer }[] = []
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!entry.isFile() || OWN.test(entry.name) || !/^\w[\w.-]{0,80}$/.test(entry.name)) continue
    const { size } = await stat(join(home, entry.name))
    if (size <= LARGEST) files.push({ name: entry.name, bytes: await readFile(join(home, entry.name)) })
  }
  return files
}

/** Under its name, and on the disk, whatever happens to the machine next. */
async function settle(draft: string, file: string): Promise<void> {
  const handle = await open(draft, 'r+')
  await handle.sync()
  await handle.close()
  await rename(draft, file)
  const folder = await open(dirname(file), 'r')
  await folder.sync().catch(() => {}) // not every file system can
  await folder.close()
}
