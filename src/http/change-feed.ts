import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'

/** Tells listeners in this process that a document has changed, whichever process changed it. */
export type ChangeFeed = {
  /**
   * @param listener told what changed: '' the document itself, else a topic of `announceLive` (`store/presence.ts`);
   *   undefined: anything may have
   * @returns the way to stop listening
   */
  readonly listen: (documentId: string, listener: (topic: string | undefined) => void) => () => void
  /** `changed`: some document was changed; `derived`: the board shows it. @returns the way to stop listening */
  readonly listenBoard: (listener: (news: 'changed' | 'derived') => void) => () => void
  /** How many listen now. */
  readonly size: () => number
  /** Told when anything that readers get has changed, and when it may have. @returns the way to stop listening */
  readonly listenPublications: (listener: () => void) => () => void
  /** Whether the connection stands, as far as is known. */
  readonly isListening: () => boolean
  readonly close: () => Promise<void>
}

/** One LISTEN connection per process, made again when it breaks; listeners are then told once, in case they missed something. */
export function openChangeFeed(url: string, onError: (error: Error) => void): ChangeFeed {
  const listeners = new Map<string, Set<(topic: string | undefined) => void>>()
  const publications = new Set<() => void>()
  const boards = new Set<(news: 'changed' | 'derived') => void>()
  let client: Client | undefined
  let listening = false
  let closed = false

  const tell = (documentId: string, topic: string | undefined) => {
    for (const listener of listeners.get(documentId) ?? []) listener(topic)
  }
  const tellPublications = () => {
    for (const listener of publications) listener()
  }
  const tellBoards = (news: 'changed' | 'derived') => {
    for (const listener of boards) listener(news)
  }
  const connect = async (again: boolean): Promise<void> => {
    while (!closed) {
      const next = new Client({ connectionString: url, keepAlive: true, application_name: 'talmach-events' })
      next.on('notification', ({ channel, payload = '' }) => {
        if (channel === 'talmach_publication') return tellPublications()
        if (channel === 'talmach_board') return tellBoards('derived')
        const [documentId, topic] = readPayload(payload)
        tell(documentId, topic)
        if (topic === '') tellBoards('changed')
      })
      next.on('error', onError)
      try {
        await next.connect()
        await next.query('listen talmach_document; listen talmach_publication; listen talmach_board')
        next.on('end', () => {
          listening = false
          if (!closed) void connect(true)
        })
        client = next
        listening = true
        tellPublications()
        tellBoards('changed')
        if (again) for (const documentId of listeners.keys()) tell(documentId, undefined)
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
    listenBoard: (listener) => {
      boards.add(listener)
      return () => void boards.delete(listener)
    },
    size: () => [...listeners.values()].reduce((sum, known) => sum + known.size, 0),
    listenPublications: (listener) => {
      publications.add(listener)
      return () => void publications.delete(listener)
    },
    isListening: () => listening,
    close: async () => {
      closed = true
      listening = false
      await ready
      await client?.end()
    },
  }
}

/** The document, and after a space what happened in it. */
function readPayload(payload: string): readonly [string, string] {
  const space = payload.indexOf(' ')
  return space === -1 ? [payload, ''] : [payload.slice(0, space), payload.slice(space + 1)]
}
