import type { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { serveStatic } from '@hono/node-server/serve-static'
import type { IQueueBackend } from 'bullmq'
import { Hono, type MiddlewareHandler } from 'hono'
import { DomainError } from '../domain/errors.ts'
import { type Backend, type QueueAddress, withQueueBackend } from '../queue/connection.ts'
import { PREFIX, queueName } from '../queue/producer.ts'
import { STAGES } from '../store/schema.ts'
import { createRouter, requirePermission } from './context.ts'

const PATH = '/admin/queues'

/** Bull Board over the queues of this installation; loaded when somebody first looks. */
export type QueueBoard = {
  readonly app: () => Promise<Hono>
  /** Whether it may be used to change anything. */
  readonly writable: boolean
  readonly close: () => Promise<void>
}

/** @param onError told about broken connections to the queue */
export function openQueueBoard(
  address: QueueAddress,
  onError: (error: Error) => void,
  writable: boolean,
): QueueBoard {
  let opened: Promise<OpenBoard> | undefined
  return {
    writable,
    app: async () => {
      opened ??= withQueueBackend(address, 'fail-fast', onError, (backend) =>
        assemble(backend, onError, writable),
      )
      return (await opened).app
    },
    close: async () => {
      const board = await opened?.catch(() => undefined)
      await board?.close()
    },
  }
}

type BoardQueue = ConstructorParameters<typeof BullMQAdapter>[0]
type OpenBoard = { readonly app: Hono; readonly close: () => Promise<void> }

async function assemble<B extends IQueueBackend, C>(
  { classes, connection, close }: Backend<B, C>,
  onError: (error: Error) => void,
  writable: boolean,
): Promise<OpenBoard> {
  const [{ createBullBoard }, bullmq, { HonoAdapter }] = await Promise.all([
    import('@bull-board/api'),
    import('@bull-board/api/bullMQAdapter'),
    import('@bull-board/hono'),
  ])
  const queues = STAGES.map((stage) => {
    const queue = new classes.Queue(queueName(stage), { connection, prefix: PREFIX })
    queue.on('error', onError)
    return queue
  })
  const adapter = new HonoAdapter(serveStatic).setBasePath(PATH)
  createBullBoard({
    queues: queues.map(
      // Its types know Redis only; it looks which backend a queue has.
      (queue) => new bullmq.BullMQAdapter(queue as unknown as BoardQueue, { readOnlyMode: !writable }),
    ),
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'Talmach: queues', hideDocsLink: true } },
  })
  return {
    // It looks for its own files below the whole path.
    app: new Hono().route(PATH, adapter.registerPlugin()),
    close: async () => {
      await Promise.allSettled(queues.map((queue) => queue.close()))
      await close()
    },
  }
}

/**
 * The queues at `/admin/queues`, for whoever may manage. Jobs hold ids only, so nobody's text is shown. What the page
 * would fetch from elsewhere (fonts) or run inline is taken out of it: the desk's content security policy stands here
 * as everywhere.
 */
export function queueBoardRoutes(board: QueueBoard) {
  const router = createRouter()
  router.use(`${PATH}/*`, async (c, next) => {
    requirePermission(c, 'manage')
    if (!board.writable && c.req.method !== 'GET' && c.req.method !== 'HEAD') {
      throw new DomainError(
        'forbidden',
        'queues can only be looked at here (TALMACH_BOARD_WRITE=yes changes that)',
      )
    }
    await next()
  })
  router.all(`${PATH}/*`, async (c) => {
    const app = await board.app()
    const response = await app.fetch(c.req.raw, c.env)
    if (!(response.headers.get('content-type') ?? '').startsWith('text/html')) return response
    return c.html(withoutForeign(await response.text()))
  })
  return router
}

/**
 * Lets the page name the address that its own links start from, which no other page may. To be used around whatever
 * sets the content security policy.
 */
export const allowBoardBase: MiddlewareHandler = async (c, next) => {
  await next()
  if (c.req.path !== PATH && !c.req.path.startsWith(`${PATH}/`)) return
  const policy = c.res.headers.get('content-security-policy')
  if (policy !== null) {
    c.res.headers.set('content-security-policy', policy.replace("base-uri 'none'", "base-uri 'self'"))
  }
}

/** The entry page of Bull Board without links to other hosts and without inline styles. */
function withoutForeign(page: string): string {
  return page
    .replace(/<link [^<>]{0,400}https?:\/\/[^<>]{0,400}>/g, '')
    .replace(/<style>[^<]{0,2000}<\/style>/g, '')
    .replace(/ style="[^"]{0,400}"/g, '')
}
