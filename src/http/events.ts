import { z } from '@hono/zod-openapi'
import { streamSSE } from 'hono/streaming'
import { loadSummary } from '../store/summaries.ts'
import { createRouter, type HttpDeps, requirePermission } from './context.ts'
import { viewDocument } from './documents.ts'

const HEARTBEAT_MS = 15_000
/** However fast a document changes, a listener hears of it at most this often. */
const QUIET_MS = 100

/** Server-sent events: the whole document at once and after each change, so a lost event is never missed. */
export function eventRoutes(deps: HttpDeps) {
  const router = createRouter()
  router.get('/documents/:id/events', async (c) => {
    requirePermission(c, 'read')
    const id = z.uuid().parse(c.req.param('id'))
    await loadSummary(deps.db, id)
    c.header('X-Accel-Buffering', 'no')
    return streamSSE(c, async (stream) => {
      let wake = () => {}
      let changed = true
      const stopListening = deps.changes.listen(id, () => {
        changed = true
        wake()
      })
      stream.onAbort(() => wake())
      try {
        while (!stream.aborted) {
          if (changed) {
            changed = false
            const data = JSON.stringify(viewDocument(await loadSummary(deps.db, id)))
            await stream.writeSSE({ event: 'document', data })
            await stream.sleep(QUIET_MS)
            continue
          }
          const idle = await new Promise<boolean>((resolve) => {
            const timer = setTimeout(() => resolve(true), HEARTBEAT_MS)
            wake = () => {
              clearTimeout(timer)
              resolve(false)
            }
          })
          if (idle) await stream.write(': still here\n\n')
        }
      } finally {
        stopListening()
      }
    })
  })
  return router
}
