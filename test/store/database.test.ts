import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PREPARED } from '../../src/store/database.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.close())

describe('a connection', () => {
  it('plans a marked statement once, whatever its values, and no other', async () => {
    await database.db.connection().execute(async (db) => {
      for (const value of [1, 2, 3]) {
        const { rows } = await sql<{ twice: number }>`select ${PREPARED} ${value}::int * 2 as twice`.execute(
          db,
        )
        expect(rows).toEqual([{ twice: value * 2 }])
        await sql`select ${value}::int`.execute(db)
      }
      const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(
        db,
      )
      expect(rows.map(({ statement }) => statement)).toEqual(['select /* prepared */ $1::int * 2 as twice'])
    })
  })

  it('compiles no statement', async () => {
    const { rows } = await sql<{ jit: string }>`show jit`.execute(database.db)
    expect(rows).toEqual([{ jit: 'off' }])
  })
})
