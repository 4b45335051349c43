import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'

/** Tells listeners in this process that a document has changed, whichever process changed it. */
export type ChangeFeed = {
  /** @returns the way to stop listening */
  readonly listen: (documentId: string, listener: () => void) => () => void
  readonly close: () => Promise<void>
}

/** One LISTEN connection per process, made again when it breaks; listeners are then told once, in case they missed something. */
export function openChangeFeed(url: string, onError: (error: Error) => void): ChangeFeed {
  const listeners = new Map<string, Set<() => void>>()
  let client: Client | undefined
  let closed = false

  const tell = (documentId: string) => {
    for (const listener of listeners.get(documentId) ?? []) listener()
  }
  const connect = async (again: boolean): Promise<void> => {
    while (!closed) {
      const next = new Client({ connectionString: url, keepAlive: true, application_name: 'talmach-events' })
      next.on('notification', (message) => tell(message.payload ?? ''))
      next.on('error', onError)
      try {
        await next.connect()
        await next.query('listen talmach_document')
        next.on('end', () => void (closed || connect(true)))
        client = next
        if (again) for (const documentId of listeners.keys()) tell(documentId)
        return
      } catch (error) {
        onError(error instanceof Error ? error : new Error(String(error)))
        await next.end().catch(() => {})
        await sleep(1000)
      }
    }
  }
  const ready = connect(false)
  return {
    listen: (documentId, listener) => {
      const known = listeners.get(documentId) ?? new Set()
      listeners.set(documentId, known.add(listener))
      return () => {
        known.delete(listener)
        if (known.size === 0) listeners.delete(documentId)
      }
    },
    close: async () => {
      closed = true
      await ready
      await client?.end()
    },
  }
}
