import type { SSEStreamingApi } from 'hono/streaming'

/** Milliseconds. */
export type Timing = {
  readonly heartbeat: number
  /** A stream ends by itself after this, so that whoever listens is asked again who they are. */
  readonly longest: number
}

export const TIMING: Timing = { heartbeat: 15_000, longest: 15 * 60_000 }
/** News that may wait for a slow reader; then they are replaced by the word that there is much. */
const MOST_WAITING = 20

export type Message = { readonly event: string; readonly id?: string; readonly data: string }
export type Outlet = {
  readonly send: (message: Message) => void
  /** Writes what is sent until the reader leaves, or the time is over. */
  readonly run: (timing: Timing) => Promise<void>
}

/** What is written to one listener, in order. A slow one is told to load again what it has missed. */
export function createOutlet(stream: SSEStreamingApi): Outlet {
  let waiting: Message[] = []
  let wake = () => {}
  stream.onAbort(() => wake())
  return {
    send: (message) => {
      const last = message.id
      if (waiting.length < MOST_WAITING) waiting.push(message)
      else waiting = [{ event: 'reset', data: '{}', ...(last === undefined ? {} : { id: last }) }]
      wake()
    },
    run: async ({ heartbeat, longest }) => {
      const until = Date.now() + longest
      while (!stream.aborted && Date.now() < until) {
        const next = waiting.shift()
        if (next !== undefined) {
          await stream.writeSSE({ ...next })
          continue
        }
        const idle = await new Promise<boolean>((resolve) => {
          const timer = setTimeout(() => resolve(true), heartbeat)
          wake = () => {
            clearTimeout(timer)
            resolve(false)
          }
        })
        if (idle) await stream.write(': still here\n\n')
      }
    },
  }
}
