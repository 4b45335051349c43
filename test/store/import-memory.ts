import { createReadStream } from 'node:fs'
import { streamTmx } from '../../src/exchange/tmx-stream.ts'
import { openDatabase } from '../../src/store/database.ts'
import { importPairs } from '../../src/store/memory-import.ts'

/** `node import-memory.ts DATABASE_URL FILE`: an import in a process of its own, to be killed in the middle. */
const [, , url = '', file = ''] = process.argv
const db = openDatabase(url, () => {})
const onProgress = (read: number): void => void process.stdout.write(`${read}\n`)
await importPairs(
  db,
  { memoryId: 1, file: 'news', reviewed: true, onProgress },
  streamTmx(createReadStream(file)),
)
await db.destroy()
