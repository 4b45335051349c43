import { once } from 'node:events'
import { Readable } from 'node:stream'
import type { Client, Connection } from 'pg'

declare module 'pg' {
  // node-postgres has these for COPY, and its types leave them out.
  interface Connection {
    sendCopyFromChunk(chunk: Uint8Array): void
    endCopyFrom(): void
    sendCopyFail(message: string): void
  }
}

/** What node-postgres tells about a statement that it runs for somebody else. */
type Listener = {
  readonly submit: (connection: Connection) => void
  readonly handleCopyData?: (message: { readonly chunk: Buffer }) => void
  readonly handleCopyInResponse?: (connection: Connection) => void
  readonly handleCommandComplete: () => void
  readonly handleReadyForQuery: () => void
  readonly handleError: (error: Error) => void
}

/**
 * Runs `COPY … TO STDOUT`. The rows come as they are read: the server waits while nobody reads, so memory stays flat.
 *
 * @returns one buffer a row, in the statement's format
 */
export function copyOut(client: Client, statement: string): AsyncIterable<Buffer> {
  let from: Connection | undefined
  const rows = new Readable({ objectMode: true, highWaterMark: 256, read: () => void from?.stream.resume() })
  const listener: Listener = {
    submit: (connection) => {
      from = connection
      connection.query(statement)
    },
    handleCopyData: ({ chunk }) => {
      // The parser writes over its buffer when more comes in.
      if (!rows.push(Buffer.from(chunk))) from?.stream.pause()
    },
    handleCommandComplete: () => {},
    handleReadyForQuery: () => void rows.push(null),
    handleError: (error) => void rows.destroy(error),
  }
  client.query(listener)
  return rows
}

/**
 * Runs `COPY … FROM STDIN` with what `chunks` yields, as fast as the server takes it.
 *
 * @throws whatever `chunks` throws; nothing is written then
 */
export async function copyIn(
  client: Client,
  statement: string,
  chunks: AsyncIterable<Uint8Array>,
): Promise<void> {
  let failure: unknown
  const stopped = new AbortController()
  const send = async (connection: Connection) => {
    try {
      for await (const chunk of chunks) {
        if (stopped.signal.aborted) return
        connection.sendCopyFromChunk(chunk)
        if (connection.stream.writableNeedDrain) {
          await once(connection.stream, 'drain', { signal: stopped.signal })
        }
      }
      connection.endCopyFrom()
    } catch (error) {
      if (stopped.signal.aborted) return
      failure = error
      connection.sendCopyFail('the archive could not be read')
    }
  }
  await new Promise<void>((resolve, reject) => {
    let sending: Promise<void> = Promise.resolve()
    const listener: Listener = {
      submit: (connection) => connection.query(statement),
      handleCopyInResponse: (connection) => {
        sending = send(connection)
      },
      handleCommandComplete: () => {},
      handleReadyForQuery: () => void sending.then(resolve),
      handleError: (error) => {
        stopped.abort()
        void sending.then(() => reject(failure ?? error))
      },
    }
    client.query(listener)
  })
}
