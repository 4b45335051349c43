import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import { DomainError } from '../domain/errors.ts'
import { lastChange } from '../store/board.ts'
import { loadSummary } from '../store/summaries.ts'
import { readableDocuments } from './board.ts'
import { type BoardNews, createBoardFeed } from './board-feed.ts'
import type { BoardRow } from './board-schemas.ts'
import { createRouter, type HttpDeps, type HttpEnv, requirePermission, requirePrincipal } from './context.ts'
import { viewDocument } from './documents.ts'
import { createOutlet, type Outlet, TIMING, type Timing } from './outlet.ts'
import { sharePresence } from './presence.ts'
import { problem } from './problem.ts'
import { createStreamLimit, DEFAULT_STREAM_LIMITS } from './stream-limit.ts'

/** Server-sent events: one stream for the whole board, and one for a single document. */
export function eventRoutes(deps: HttpDeps, timing: Timing = TIMING) {
  const router = createRouter()
  const limit = createStreamLimit(deps.streams ?? DEFAULT_STREAM_LIMITS)
  const feed = createBoardFeed({
    db: deps.db,
    changes: deps.changes,
    onError: (error) => deps.log('warn', 'board', { error: String(error) }),
  })

  const presence = sharePresence(deps)

  /** Opens a stream, if there is room for one more. `prepare` runs once it listens. */
  const open = (
    c: Context<HttpEnv>,
    prepare: (stream: Outlet) => Promise<void>,
    hear: (stream: Outlet, news: BoardNews) => void,
    end: () => void = () => {},
  ): Response => {
    const release = limit.take(requirePrincipal(c).name)
    if (typeof release === 'string') return tooMany(c, release)
    c.header('X-Accel-Buffering', 'no')
    return streamSSE(c, async (stream) => {
      const outlet = createOutlet(stream)
      const stopListening = feed.listen((news) => hear(outlet, news))
      try {
        await prepare(outlet)
        await outlet.run(timing)
      } finally {
        stopListening()
        end()
        release()
      }
    })
  }

  router.get('/events', async (c) => {
    const documents = readableDocuments(c)
    const allowed = documents === undefined ? undefined : new Set(documents)
    const since = parseSince(c.req.header('last-event-id') ?? c.req.query('since'))
    const tell = (stream: Outlet, news: BoardNews) => {
      const { change } = news
      const rows =
        allowed === undefined ? news.rows : (news.rows?.filter(({ id }) => allowed.has(id)) ?? null)
      if (rows === null) stream.send({ event: 'reset', id: change, data: '{}' })
      else if (rows.length > 0) stream.send({ event: 'documents', id: change, data: rowsJson(rows) })
    }
    return open(
      c,
      async (stream) => {
        // A fresh listener learns where the story stands; one that comes back, what it has missed.
        if (since === undefined) stream.send({ event: 'ready', id: await lastChange(deps.db), data: '{}' })
        else {
          const missed = await feed.since(since)
          if (missed !== undefined) tell(stream, missed)
        }
      },
      tell,
    )
  })

  router.get('/documents/:id/events', async (c) => {
    const { success, data: id } = z.uuid().safeParse(c.req.param('id'))
    if (!success) throw new DomainError('invalid-input', 'id: not the id of a document')
    requirePermission(c, 'read', { documentId: id })
    const current = async () => JSON.stringify(viewDocument(await loadSummary(deps.db, id)))
    await current()
    const complain = (error: unknown) => deps.log('warn', 'events', { error: String(error) })
    /** What happened besides the document's own state. */
    const tellTopic = async (stream: Outlet, topic: string) => {
      const [kind, locale = '', segment = '', version = '0'] = topic.split(' ')
      if (kind === 'presence') {
        stream.send({ event: 'presence', data: JSON.stringify(await presence(id)) })
      } else if (kind === 'comments') stream.send({ event: 'comments', data: '{}' })
      else if (kind === 'target') {
        stream.send({ event: 'target', data: JSON.stringify({ locale, segment, version: Number(version) }) })
      }
    }
    let stop = () => {}
    return open(
      c,
      async (stream) => {
        stop = deps.changes.listen(id, (topic) => {
          if (topic !== undefined && topic !== '') tellTopic(stream, topic).catch(complain)
        })
        stream.send({ event: 'document', data: await current() })
      },
      (stream, { rows }) => {
        const row = rows?.find((one) => one.id === id)
        if (row !== undefined) stream.send({ event: 'document', data: JSON.stringify(row) })
        else if (rows === null) {
          current().then((data) => stream.send({ event: 'document', data }), complain)
        }
      },
      () => stop(),
    )
  })
  return router
}

/** The same rows go to every listener: they are written out once. */
function rowsJson(rows: readonly BoardRow[]): string {
  const known = WRITTEN.get(rows)
  if (known !== undefined) return known
  const text = JSON.stringify({ documents: rows })
  WRITTEN.set(rows, text)
  return text
}
const WRITTEN = new WeakMap<readonly BoardRow[], string>()

/** @throws DomainError `invalid-input` for what is no number of a change */
function parseSince(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined
  if (/^\d{1,18}$/.test(text)) return text
  throw new DomainError(
    'invalid-input',
    'Last-Event-ID: not the number of a change; leave it out to begin anew',
  )
}

function tooMany(c: Context, which: 'person' | 'total'): Response {
  c.header('Retry-After', '30')
  return which === 'person'
    ? problem(
        c,
        429,
        'Too many open pages',
        'you have as many live pages open as one person may: close some, or look again without live updates',
        'too-many-streams',
        {},
      )
    : problem(
        c,
        503,
        'The desk is full',
        'as many live pages are open as this server serves: the page still works, without live updates',
        'too-many-streams',
        {},
      )
}
