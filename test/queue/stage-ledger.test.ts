import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDocument } from '../../src/store/documents.ts'
import {
  claimStage,
  failStage,
  findIdleStages,
  finishStage,
  type StageKey,
  yieldStage,
} from '../../src/store/stages.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

async function newStage(): Promise<StageKey> {
  const { revisionId } = await createDocument(database.db, {
    name: 'a.txt',
    format: 'text',
    charset: null,
    settings: {},
    bytes: Buffer.from('Hello.'),
    sourceLocale: 'en',
    targetLocales: ['de'],
    createdBy: 'test',
  })
  return { revisionId, locale: '', stage: 'segment' }
}

describe('the stage ledger', () => {
  it('gives the claim to exactly one of many workers that ask at once', async () => {
    const key = await newStage()
    const answers = await Promise.all(Array.from({ length: 12 }, () => claimStage(database.db, key)))
    expect(answers.filter(({ status }) => status === 'claimed')).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 'held')).toHaveLength(11)
  })

  it('lets a claim be taken over when its lease has run out, and then refuses the first worker', async () => {
    const key = await newStage()
    const first = await claimStage(database.db, key)
    await database.db
      .updateTable('stage')
      .set({ claimed_until: new Date(Date.now() - 1000) })
      .where('revision_id', '=', key.revisionId)
      .execute()
    const second = await claimStage(database.db, key)
    if (first.status !== 'claimed' || second.status !== 'claimed') throw new Error('both must have claimed')
    expect(await finishStage(database.db, key, first.claim)).toBe(false)
    expect(await finishStage(database.db, key, second.claim)).toBe(true)
  })

  it('says that a finished, failed or unknown stage is settled', async () => {
    const done = await newStage()
    const claim = await claimStage(database.db, done)
    if (claim.status === 'claimed') await finishStage(database.db, done, claim.claim)
    const failed = await newStage()
    const other = await claimStage(database.db, failed)
    if (other.status === 'claimed') await failStage(database.db, failed, other.claim, 'because')
    const unknown: StageKey = { revisionId: randomUUID(), locale: '', stage: 'segment' }
    for (const key of [done, failed, unknown]) {
      expect(await claimStage(database.db, key)).toEqual({ status: 'settled' })
    }
  })

  it('offers a stage again after it was given back', async () => {
    const key = await newStage()
    const claim = await claimStage(database.db, key)
    if (claim.status === 'claimed') await yieldStage(database.db, key, claim.claim, 'engine away')
    expect((await claimStage(database.db, key)).status).toBe('claimed')
  })

  it('names idle stages that can go on, and none whose predecessor is open', async () => {
    const key = await newStage()
    await database.db
      .updateTable('stage')
      .set({ updated_at: new Date(Date.now() - 60_000) })
      .where('revision_id', '=', key.revisionId)
      .execute()
    const idle = (await findIdleStages(database.db, 30)).filter(
      ({ revisionId }) => revisionId === key.revisionId,
    )
    expect(idle.map(({ stage }) => stage).sort()).toEqual(['segment'])
  })
})
