import { effect } from '@preact/signals'
import type { DocumentSummary } from '../../http/schemas.ts'
import { eventsPath } from '../api.ts'
import { isMoving, list, receive, refresh } from './documents.ts'

/** Browsers allow six connections to one HTTP/1.1 server, over all tabs: two leave room for everything else. */
const MAX_STREAMS = 2
const REFRESH_MS = 15_000

/**
 * Keeps the list of documents up to date while the page is visible: event streams for the newest documents
 * that the machine works on, a look at the first page now and then for the rest.
 * @returns stops it
 */
export function watchDocuments(): () => void {
  const streams = new Map<string, EventSource>()
  const wanted = () =>
    document.hidden
      ? []
      : (list.value.documents ?? [])
          .filter(isMoving)
          .slice(0, MAX_STREAMS)
          .map(({ id }) => id)
  const align = () => {
    const ids = wanted()
    for (const [id, stream] of streams) {
      if (ids.includes(id)) continue
      stream.close()
      streams.delete(id)
    }
    for (const id of ids) if (!streams.has(id)) streams.set(id, watchDocument(id, receive))
  }
  const stopAligning = effect(align)
  const onVisible = () => {
    align()
    if (!document.hidden) void refresh()
  }
  document.addEventListener('visibilitychange', onVisible)
  const timer = setInterval(() => {
    if (document.hidden) return
    for (const [id, stream] of streams) {
      if (stream.readyState === EventSource.CLOSED) streams.delete(id)
    }
    align()
    void refresh()
  }, REFRESH_MS)
  return () => {
    stopAligning()
    clearInterval(timer)
    document.removeEventListener('visibilitychange', onVisible)
    for (const stream of streams.values()) stream.close()
  }
}

/** Opens the event stream of one document. The browser reconnects by itself when the server closes it. */
export function watchDocument(id: string, onNews: (summary: DocumentSummary) => void): EventSource {
  const stream = new EventSource(eventsPath(id))
  stream.addEventListener('document', (event) => {
    try {
      onNews(JSON.parse(event.data))
    } catch {
      // Half an event: the next one is whole.
    }
  })
  return stream
}
