import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { Presets, SingleBar } from 'cli-progress'
import { DomainError } from '../domain/errors.ts'
import { MemoryImportLine } from '../http/memory-schemas.ts'
import type { ApiClient } from './api-client.ts'
import { streamBytes } from './files.ts'

/**
 * Sends a TMX of any size while the server reads it; on a terminal a bar on stderr says how far it is.
 *
 * @param query which languages, and whether somebody has approved them, as the API takes it
 * @throws DomainError with the place where the TMX is wrong; `not-found` without the file
 */
export async function importFile(
  api: ApiClient,
  memoryId: number,
  file: string,
  query: URLSearchParams,
): Promise<MemoryImportLine> {
  const hash = createHash('sha256')
  for await (const piece of streamBytes(file)) hash.update(piece)
  query.set('file', hash.digest('hex'))
  const { size } = await stat(file)
  const bar = showBar(basename(file), size)
  try {
    const init: RequestInit & { readonly duplex: 'half' } = {
      method: 'POST',
      body: countedStream(file, bar.sent),
      // A body that is a stream is sent without waiting for the answer's end (Fetch standard).
      duplex: 'half',
      headers: { 'Content-Type': 'application/x-tmx+xml' },
    }
    const response = await api(`/api/memories/${memoryId}/import?${query}`, init)
    let last: MemoryImportLine = { read: 0 }
    for await (const line of linesOf(response)) {
      last = MemoryImportLine.parse(JSON.parse(line))
      bar.pairs(last.read)
    }
    if (last.done === true) return last
    const said = last.problem?.detail ?? 'the server went away in the middle of it'
    throw new DomainError(
      'invalid-input',
      `${said}; ${last.read} pairs were read. The same command goes on from there`,
      { place: { file } },
    )
  } finally {
    bar.stop()
  }
}

/** The bytes of a file. The server takes them as fast as it works, so what is sent is what it has read, nearly. */
function countedStream(file: string, onSent: (bytes: number) => void): ReadableStream<Uint8Array> {
  const pieces = streamBytes(file)
  let sent = 0
  return new ReadableStream({
    pull: async (controller) => {
      const { value, done } = await pieces.next()
      if (done === true) {
        controller.close()
        return
      }
      controller.enqueue(value)
      sent += value.byteLength
      onSent(sent)
    },
    cancel: async () => void (await pieces.return(undefined)),
  })
}

type ImportBar = {
  readonly sent: (bytes: number) => void
  readonly pairs: (read: number) => void
  readonly stop: () => void
}

function showBar(name: string, bytes: number): ImportBar {
  if (!process.stderr.isTTY) return { sent: () => {}, pairs: () => {}, stop: () => {} }
  const bar = new SingleBar(
    { format: `${name} {bar} {percentage} % {pairs} pairs`, stream: process.stderr, hideCursor: true },
    Presets.shades_classic,
  )
  bar.start(Math.max(1, bytes), 0, { pairs: 0 })
  return { sent: (done) => bar.update(done), pairs: (pairs) => bar.update({ pairs }), stop: () => bar.stop() }
}

async function* linesOf(response: Response): AsyncGenerator<string> {
  let rest = ''
  const decoder = new TextDecoder()
  for await (const piece of response.body ?? []) {
    rest += decoder.decode(piece, { stream: true })
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    yield* lines.filter((line) => line !== '')
  }
}
