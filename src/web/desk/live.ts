import type { BoardRow } from '../../http/board-schemas.ts'
import { boardEventsPath } from './board-api.ts'
import { list, receiveNews, refresh } from './documents.ts'

/** Where there is no stream, the page looks by itself this often. */
const LOOK_MS = 15_000
/** News that may change what belongs on the page make it ask again, but not more often than this. */
const SETTLE_MS = 1500

/**
 * Keeps the page up to date while it is visible: one event stream for all of it. The browser connects again by itself
 * and is told what it has missed; where a stream is refused, the page looks now and then.
 * @param update asks anew for what the page shows, after news that may change what belongs there
 * @returns stops it
 */
export function watchBoard(update: () => Promise<void> = refresh): () => void {
  let stream: EventSource | undefined
  let settling: ReturnType<typeof setTimeout> | undefined
  const settle = () => {
    settling ??= setTimeout(() => {
      settling = undefined
      void update()
    }, SETTLE_MS)
  }
  const open = () => {
    const { change } = list.peek()
    if (document.hidden || change === null || stream !== undefined) return
    stream = new EventSource(boardEventsPath(change))
    stream.addEventListener('documents', ({ data, lastEventId }) => {
      const documents = readDocuments(data)
      if (receiveNews(documents, lastEventId)) settle()
    })
    stream.addEventListener('reset', settle)
  }
  const close = () => {
    stream?.close()
    stream = undefined
  }
  const onVisible = () => {
    close()
    if (!document.hidden) void update().then(open)
  }
  const stopWaiting = list.subscribe(({ change }) => {
    if (change !== null) open()
  })
  const timer = setInterval(() => {
    if (stream?.readyState !== EventSource.CLOSED || document.hidden) return
    // Refused, and not only broken: too many pages are open.
    close()
    void update().then(open)
  }, LOOK_MS)
  document.addEventListener('visibilitychange', onVisible)
  return () => {
    stopWaiting()
    clearInterval(timer)
    clearTimeout(settling)
    document.removeEventListener('visibilitychange', onVisible)
    close()
  }
}

function readDocuments(data: string): readonly BoardRow[] {
  try {
    const { documents }: { documents: readonly BoardRow[] } = JSON.parse(data)
    return documents
  } catch {
    // Half an event: the next one is whole.
    return []
  }
}
