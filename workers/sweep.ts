import { sql } from 'kysely'
import type { Producer } from '../src/queue/producer.ts'
import type { Database } from '../src/store/database.ts'
import { reopenDueLocales } from '../src/store/engine-retries.ts'
import { findIdleStages } from '../src/store/stages.ts'

/** Work this long without a sign of life is looked for in the queue. */
export const IDLE_SECONDS = 10
const SWEEP_LOCK = 7_007_002

/**
 * Finds work that was lost between a commit and its job, or with the whole queue, and puts it back; and gives
 * locales that an engine left unfinished to it again when its pause is over. Derived from rows alone. Two sweepers at once do no harm; one is enough, so the second steps aside.
 * @returns how many jobs were put back
 */
export async function sweep(db: Database, producer: Producer, idleSeconds = IDLE_SECONDS): Promise<number> {
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_lock(${SWEEP_LOCK}) as mine`.execute(
      connection,
    )
    if (rows[0]?.mine !== true) return 0
    try {
      let restored = 0
      for (const key of await reopenDueLocales(connection)) {
        await producer.add(key)
        restored += 1
      }
      for (const key of await findIdleStages(connection, idleSeconds)) {
        if (await producer.restore(key)) restored += 1
      }
      return restored
    } finally {
      await sql`select pg_advisory_unlock(${SWEEP_LOCK})`.execute(connection)
    }
  })
}
