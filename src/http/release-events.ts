import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import { z } from 'zod'
import { parseLocale } from '../domain/locale.ts'
import { messageOf } from '../store/event-message.ts'
import { currentNumber, listEvents } from '../store/publication-events.ts'
import { createRouter, type HttpDeps, type HttpEnv } from './context.ts'
import { problem } from './problem.ts'
import { requireReader } from './reader.ts'

const HEARTBEAT_MS = 15_000
const PAGE = 100
/** Then the client comes again with its cursor, and is asked anew who it is. */
const LONGEST_MS = 15 * 60_000
const RETRY_MS = 2000
/** Open streams of this process: in all, of one token, and without a token. */
const MOST = 1000
const MOST_EACH = 20
const MOST_UNKNOWN = 500

const Cursor = z.string().regex(/^\d{1,18}$/)

/**
 * Server-sent events for publishers' sites. An event's id is its cursor, which a browser or a library sends back as
 * `Last-Event-ID`; a number becomes visible only after all below it, so going on from there skips and repeats nothing.
 * Without a cursor it begins with what comes next.
 */
export function releaseEventRoutes(deps: HttpDeps) {
  const router = createRouter()
  const open = new Map<string, number>()

  router.get('/releases/events', async (c) => {
    const wanted = c.req.query('locale')
    const locale = wanted === undefined ? undefined : parseLocale(wanted)
    const allowed = requireReader(c, deps, locale)
    const locales = locale === undefined ? allowed : [locale]
    const given = Cursor.safeParse(c.req.header('last-event-id') ?? c.req.query('since'))
    const reader = readerOf(c)
    const total = [...open.values()].reduce((sum, count) => sum + count, 0)
    const most = reader === '' ? MOST_UNKNOWN : MOST_EACH
    if (total >= MOST || (open.get(reader) ?? 0) >= most) {
      c.header('Retry-After', '30')
      return problem(c, 429, 'Too many streams', 'close one, or ask /api/releases', 'too-many', {})
    }
    open.set(reader, (open.get(reader) ?? 0) + 1)
    let closed = false
    const close = () => {
      if (closed) return
      closed = true
      const left = (open.get(reader) ?? 1) - 1
      if (left === 0) open.delete(reader)
      else open.set(reader, left)
    }
    let cursor: string
    try {
      cursor = given.success ? given.data : await currentNumber(deps.db)
    } catch (error) {
      close()
      throw error
    }
    c.header('X-Accel-Buffering', 'no')
    c.header('Cache-Control', 'no-store')
    return streamSSE(c, async (stream) => {
      let wake = () => {}
      let news = true
      const stopListening = deps.changes.listenPublications(() => {
        news = true
        wake()
      })
      stream.onAbort(() => wake())
      const end = performance.now() + LONGEST_MS
      try {
        // An event without data is shown to nobody, and yet its id is kept: a stream that breaks now goes on from here.
        await stream.write(`retry: ${RETRY_MS}\nid: ${cursor}\n\n`)
        while (!stream.aborted && performance.now() < end) {
          if (news) {
            news = false
            for (;;) {
              const events = await listEvents(deps.db, cursor, locales, PAGE)
              for (const event of events) {
                const { type, ...message } = messageOf(event)
                const data = JSON.stringify({ type, ...message })
                await stream.writeSSE({ event: type, id: event.number, data })
                cursor = event.number
                if (stream.aborted) return
              }
              if (events.length < PAGE) break
            }
            continue
          }
          const idle = await new Promise<boolean>((resolve) => {
            const timer = setTimeout(() => resolve(true), HEARTBEAT_MS)
            wake = () => {
              clearTimeout(timer)
              resolve(false)
            }
            // It may have come while the last events were written.
            if (news || stream.aborted) wake()
          })
          // Whoever misses a notice, because the connection to the database broke, hears of it with the heartbeat.
          if (idle) news = true
          if (idle) await stream.write(': still here\n\n')
        }
      } finally {
        stopListening()
        close()
      }
    })
  })
  return router
}

/** Who has a stream open; '' for those who need no token. */
function readerOf(c: Context<HttpEnv>): string {
  const principal = c.get('principal')
  return principal === undefined ? '' : `${principal.role} ${principal.name}`
}
