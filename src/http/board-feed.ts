import { type BoardEntry, lastChange, listChanges } from '../store/board.ts'
import { refreshBoard } from '../store/board-refresh.ts'
import type { Database } from '../store/database.ts'
import type { BoardRow } from './board-schemas.ts'
import { viewBoard } from './board-view.ts'
import type { ChangeFeed } from './change-feed.ts'

/** What has changed on the board. */
export type BoardNews = {
  /** Number of the last change in it. */
  readonly change: string
  /** null: too much at once; whoever shows something loads it again. */
  readonly rows: readonly BoardRow[] | null
}

export type BoardFeed = {
  /** @returns the way to stop listening */
  readonly listen: (listener: (news: BoardNews) => void) => () => void
  /** What has changed since a change number; undefined: nothing. */
  readonly since: (change: string) => Promise<BoardNews | undefined>
  readonly size: () => number
}

/** More changed documents than this at once are not sent one by one. */
const MOST_ROWS = 50
/** However fast documents change, the board is derived again at most this often. */
const QUIET_MS = 200

type FeedDeps = {
  readonly db: Database
  readonly changes: Pick<ChangeFeed, 'listenBoard'>
  readonly onError: (error: unknown) => void
}

/**
 * Tells all listeners of this process what has changed on the board. However many listen, it is read from the database
 * once; while nobody listens, not at all.
 */
export function createBoardFeed({ db, changes, onError }: FeedDeps): BoardFeed {
  const listeners = new Set<(news: BoardNews) => void>()
  let told: string | undefined
  let stale = false
  let timer: NodeJS.Timeout | undefined
  let running = false
  let stop: (() => void) | undefined
  let pause = QUIET_MS

  const schedule = (ms: number) => {
    if (timer !== undefined || running || listeners.size === 0) return
    timer = setTimeout(() => void run(), ms)
    timer.unref()
  }
  const run = async () => {
    timer = undefined
    running = true
    const started = performance.now()
    try {
      if (stale) {
        stale = false
        await refreshBoard(db)
      }
      await tell()
    } catch (error) {
      stale = true
      onError(error)
    } finally {
      running = false
      // A board that takes long to derive is derived less often.
      pause = Math.min(5000, Math.max(QUIET_MS, 4 * (performance.now() - started)))
      if (stale) schedule(pause)
    }
  }
  const tell = async () => {
    if (told === undefined) return
    const news = await newsSince(db, told)
    if (news === undefined) return
    told = news.change
    for (const listener of listeners) listener(news)
  }
  const hear = (news: 'changed' | 'derived') => {
    if (news === 'changed') stale = true
    // Told while a round is under way: it may have been too early for this one.
    if (running) stale = true
    schedule(news === 'derived' ? 20 : pause)
  }
  return {
    listen: (listener) => {
      listeners.add(listener)
      stop ??= changes.listenBoard(hear)
      if (told === undefined) {
        told = '0'
        lastChange(db).then(
          (change) => {
            told = change
          },
          (error: unknown) => {
            told = undefined
            onError(error)
          },
        )
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        stop?.()
        stop = undefined
        told = undefined
      }
    },
    since: (change) => newsSince(db, change),
    size: () => listeners.size,
  }
}

async function newsSince(db: Database, change: string): Promise<BoardNews | undefined> {
  const entries = await listChanges(db, change, MOST_ROWS + 1)
  const last = entries.at(-1)
  if (last === undefined) return undefined
  if (entries.length > MOST_ROWS) return { change: await lastChange(db), rows: null }
  return { change: last.seq, rows: await viewBoard(db, entries satisfies readonly BoardEntry[]) }
}
