import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDocument } from '../../src/store/documents.ts'
import {
  claimStage,
  extendClaim,
  failStage,
  finishStage,
  openStages,
  type StageKey,
  yieldStage,
} from '../../src/store/stages.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

/**
 * The life of one stage between two workers, as a model: who holds it, and whether the lease still runs. Every state
 * that the model can reach is reached on the real rows, and every command is tried in each.
 */
type Model = {
  readonly status: 'pending' | 'claimed' | 'done' | 'failed'
  /** Whose claim stands in the row. */
  readonly holder: Worker | null
  readonly expired: boolean
  /** Who believes to hold it: a claim that was given once and not given back. */
  readonly believes: Readonly<Record<Worker, boolean>>
}
type Worker = 'a' | 'b'
type Command = { readonly name: string; readonly worker: Worker | null }

const START: Model = { status: 'pending', holder: null, expired: false, believes: { a: false, b: false } }
const COMMANDS: readonly Command[] = [
  ...(['a', 'b'] as const).flatMap((worker) =>
    ['claim', 'extend', 'finish', 'yield', 'fail'].map((name) => ({ name, worker })),
  ),
  { name: 'lease runs out', worker: null },
  { name: 'opened again', worker: null },
  { name: 'opened', worker: null },
]

/** What the rules say: the state afterwards, and what the caller is told. */
function predict(
  model: Model,
  { name, worker }: Command,
): { readonly next: Model; readonly answer: unknown } {
  const holds =
    worker !== null && model.status === 'claimed' && model.holder === worker && model.believes[worker]
  const free = { holder: null, expired: false }
  if (name === 'lease runs out') {
    return { next: model.status === 'claimed' ? { ...model, expired: true } : model, answer: undefined }
  }
  if (name === 'opened') return { next: model, answer: undefined }
  if (name === 'opened again') return { next: { ...model, ...free, status: 'pending' }, answer: undefined }
  if (worker === null) throw new Error(`no worker for ${name}`)
  if (name === 'claim') {
    const open = model.status === 'pending' || (model.status === 'claimed' && model.expired)
    if (!open) return { next: model, answer: model.status === 'claimed' ? 'held' : 'settled' }
    const believes = { ...model.believes, [worker]: true }
    return { next: { status: 'claimed', holder: worker, expired: false, believes }, answer: 'claimed' }
  }
  if (name === 'extend') return { next: holds ? { ...model, expired: false } : model, answer: holds }
  // Whatever becomes of it, the worker is through with its claim.
  const believes = { ...model.believes, [worker]: false }
  if (!holds) return { next: { ...model, believes }, answer: false }
  const status = name === 'finish' ? 'done' : name === 'fail' ? 'failed' : 'pending'
  return { next: { ...free, status, believes }, answer: true }
}

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

describe('the model of a stage', () => {
  it('is kept by the rows in every state it can reach, for every command', { timeout: 60_000 }, async () => {
    const paths = new Map<string, readonly Command[]>([[JSON.stringify(START), []]])
    let tried = 0
    // New states join the end while the list is walked.
    for (const [state, path] of paths) {
      for (const command of COMMANDS) {
        const model = JSON.parse(state) as Model
        const { next, answer } = predict(model, command)
        const stage = await realStage()
        for (const step of path) await stage.act(step)
        const said = await stage.act(command)
        const story = [...path, command].map(({ name, worker }) => `${name} ${worker ?? ''}`).join(', ')
        expect([story, said, await stage.status()]).toEqual([story, answer, next.status])
        tried++
        if (!paths.has(JSON.stringify(next))) paths.set(JSON.stringify(next), [...path, command])
      }
    }
    expect(paths.size).toBeGreaterThan(20)
    expect(tried).toBe(paths.size * COMMANDS.length)
  })
})

async function realStage() {
  const { db } = database
  const { revisionId } = await createDocument(db, {
    ...{ name: 'a.txt', format: 'text', charset: null, settings: {}, bytes: Buffer.from('Hello.') },
    ...{ sourceLocale: 'en', targetLocales: ['de'], createdBy: 'test' },
  })
  const key: StageKey = { revisionId, locale: '', stage: 'segment' }
  const claims: Record<Worker, string> = { a: randomUUID(), b: randomUUID() }
  const act = async ({ name, worker }: Command): Promise<unknown> => {
    if (name === 'opened') return openStages(db, [key])
    if (name === 'opened again') return openStages(db, [key], { again: true })
    if (name === 'lease runs out') {
      await sql`update stage set claimed_until = now() - interval '1 s'
        where revision_id = ${revisionId} and stage = 'segment' and status = 'claimed'`.execute(db)
      return undefined
    }
    if (worker === null) throw new Error(`no worker for ${name}`)
    if (name === 'claim') {
      const taken = await claimStage(db, key)
      if (taken.status === 'claimed') claims[worker] = taken.claim
      return taken.status
    }
    if (name === 'extend') return extendClaim(db, key, claims[worker])
    const claim = claims[worker]
    claims[worker] = randomUUID()
    if (name === 'finish') return finishStage(db, key, claim)
    return name === 'yield' ? yieldStage(db, key, claim, 'later') : failStage(db, key, claim, 'over')
  }
  return {
    act,
    status: async () => {
      const row = await db
        .selectFrom('stage')
        .select('status')
        .where('revision_id', '=', revisionId)
        .where('stage', '=', 'segment')
        .executeTakeFirstOrThrow()
      return row.status
    },
  }
}
