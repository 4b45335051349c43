import { sql } from 'kysely'
import {
  applyConceptAction,
  type ConceptAction,
  type ConceptStanding,
  type ConceptState,
  mergeConcepts,
} from '../domain/concept-state.ts'
import { DomainError } from '../domain/errors.ts'
import type { Concept } from '../domain/term.ts'
import { writeConcepts } from './concept-rows.ts'
import type { Database } from './database.ts'
import { lastChange, lockGlossary, publishGlossary } from './glossary-versions.ts'

export type StoredConcept = ConceptStanding & {
  readonly glossary: string
  readonly id: string
  readonly version: number
  readonly updatedAt: Date
}

export type ConceptChanged = {
  readonly concept: StoredConcept
  /** The pass over the segments that it concerns; null where nothing that holds has changed. */
  readonly recheckId: string | null
}

export type ConceptWish = {
  readonly glossary: string
  readonly id: string
  /** The version that the person saw. */
  readonly baseVersion: number
  readonly by: string
  readonly note: string
}

/** @throws DomainError `not-found` */
export async function loadConcept(db: Database, glossary: string, id: string): Promise<StoredConcept> {
  const row = await conceptRows(db).where('glossary', '=', glossary).where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw new DomainError('not-found', `“${glossary}” has no concept “${id}”`)
  return toConcept(row)
}

/**
 * A new concept: one that holds at once, or a proposal.
 * @param id undefined: made from its first term
 * @throws DomainError `conflict` where the id is taken in any term base, for verdicts name concepts by id alone
 */
export async function createConcept(
  db: Database,
  wish: Omit<ConceptWish, 'id' | 'baseVersion'> & {
    readonly id: string | undefined
    readonly content: Omit<Concept, 'id'>
    readonly propose: boolean
  },
): Promise<ConceptChanged> {
  return db.transaction().execute(async (trx) => {
    await lockGlossary(trx, wish.glossary)
    const id = wish.id ?? (await freeId(trx, wish.content))
    if (wish.id !== undefined && (await isTaken(trx, id))) {
      throw new DomainError(
        'conflict',
        `there is a concept “${id}” already; edit that one, or choose another id`,
      )
    }
    const concept = { ...wish.content, id }
    const action: ConceptAction = wish.propose
      ? { kind: 'propose', concept, by: wish.by }
      : { kind: 'edit', concept }
    return settle(trx, { ...wish, id }, null, action)
  })
}

/**
 * One step of a concept, checked against the version that the person saw.
 * @throws DomainError `not-found`; `precondition-failed`; `conflict` for a step that does not fit its state
 */
export async function changeConcept(
  db: Database,
  wish: ConceptWish & { readonly action: ConceptAction },
): Promise<ConceptChanged> {
  return db.transaction().execute(async (trx) => {
    await lockGlossary(trx, wish.glossary)
    const current = await loadConcept(trx, wish.glossary, wish.id)
    requireVersion(current, wish.baseVersion)
    return settle(trx, wish, current, wish.action)
  })
}

/** Puts the terms of one concept into another; the first one holds no more and says where its terms are. */
export async function mergeConcept(
  db: Database,
  wish: ConceptWish & { readonly into: string },
): Promise<ConceptChanged> {
  if (wish.into === wish.id) throw new DomainError('invalid-input', 'a concept cannot be merged into itself')
  return db.transaction().execute(async (trx) => {
    await lockGlossary(trx, wish.glossary)
    const from = await loadConcept(trx, wish.glossary, wish.id)
    requireVersion(from, wish.baseVersion)
    const into = await loadConcept(trx, wish.glossary, wish.into)
    if (into.state !== 'approved' || into.content === null || from.content === null) {
      throw new DomainError('conflict', 'both concepts must hold before they can be merged')
    }
    const fromChange = await lastChange(trx)
    const merged = applyConceptAction(from, { kind: 'merge', into: into.id })
    const joined = mergeConcepts(into.content, from.content)
    await writeConcepts(trx, wish.glossary, [{ id: from.id, standing: merged }], {
      action: 'merge',
      by: wish.by,
      note: wish.note === '' ? `into ${into.id}` : `into ${into.id}: ${wish.note}`,
    })
    await writeConcepts(
      trx,
      wish.glossary,
      // A proposal for it still waits.
      [{ id: into.id, standing: { ...into, content: joined } }],
      { action: 'merge', by: wish.by, note: `with ${from.id}` },
    )
    const change = { by: wish.by, conceptIds: [from.id, into.id], fromChange }
    const { recheckId } = await publishGlossary(trx, wish.glossary, change)
    return { concept: await loadConcept(trx, wish.glossary, into.id), recheckId }
  })
}

/** A remark in the discussion of a concept. Changes nothing else, so it needs no version. */
export async function commentConcept(
  db: Database,
  wish: Omit<ConceptWish, 'baseVersion'>,
): Promise<StoredConcept> {
  const concept = await loadConcept(db, wish.glossary, wish.id)
  await db
    .insertInto('concept_change')
    .values({
      glossary: wish.glossary,
      concept_id: wish.id,
      version: concept.version,
      action: 'comment',
      state: concept.state,
      content: concept.content === null ? null : JSON.stringify(concept.content),
      draft: concept.draft === null ? null : JSON.stringify(concept.draft),
      note: wish.note,
      by_name: wish.by,
    })
    .execute()
  return concept
}

export type ConceptLine = {
  readonly id: string
  readonly version: number
  readonly action: string
  readonly state: ConceptState
  readonly content: Concept | null
  readonly draft: Concept | null
  readonly note: string
  readonly by: string
  readonly at: Date
}

/** Everything that happened to a concept, newest first. @param before the id that the page before ended with */
export async function listConceptHistory(
  db: Database,
  glossary: string,
  id: string,
  before: string | undefined,
  limit: number,
): Promise<{ readonly lines: readonly ConceptLine[]; readonly next: string | null }> {
  let query = db
    .selectFrom('concept_change')
    .select(['id', 'version', 'action', 'state', 'content', 'draft', 'note', 'by_name as by', 'at'])
    .where('glossary', '=', glossary)
    .where('concept_id', '=', id)
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (before !== undefined) query = query.where('id', '<', before)
  const rows = await query.execute()
  const lines = rows.slice(0, limit)
  return { lines, next: rows.length > limit ? (lines.at(-1)?.id ?? null) : null }
}

async function settle(
  db: Database,
  wish: Omit<ConceptWish, 'baseVersion'>,
  current: StoredConcept | null,
  action: ConceptAction,
): Promise<ConceptChanged> {
  const fromChange = await lastChange(db)
  const standing = applyConceptAction(current, action)
  await writeConcepts(db, wish.glossary, [{ id: wish.id, standing }], {
    action: current === null && action.kind === 'edit' ? 'create' : action.kind,
    by: wish.by,
    note: wish.note,
  })
  const concept = await loadConcept(db, wish.glossary, wish.id)
  const before = current?.state === 'approved' ? current.content : null
  const after = standing.state === 'approved' ? standing.content : null
  if (JSON.stringify(before) === JSON.stringify(after)) return { concept, recheckId: null }
  const change = { by: wish.by, conceptIds: [wish.id], fromChange }
  const { recheckId } = await publishGlossary(db, wish.glossary, change)
  return { concept, recheckId }
}

function requireVersion(current: StoredConcept, baseVersion: number): void {
  if (current.version === baseVersion) return
  throw new DomainError('precondition-failed', 'somebody has changed this concept since you opened it', {
    extra: { version: current.version },
  })
}

async function freeId(db: Database, content: Omit<Concept, 'id'>): Promise<string> {
  const words = content.terms[0]?.text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, '-') ?? ''
  const base = words.slice(0, 60).replace(/^-|-$/g, '') || 'concept'
  const rows = await db
    .selectFrom('concept')
    .select('id')
    .where((where) =>
      where.or([where('id', '=', base), where(sql`starts_with(id, ${`${base}-`})`, '=', true)]),
    )
    .execute()
  const taken = new Set(rows.map(({ id }) => id))
  if (!taken.has(base)) return base
  let number = 2
  while (taken.has(`${base}-${number}`)) number++
  return `${base}-${number}`
}

async function isTaken(db: Database, id: string): Promise<boolean> {
  return (await db.selectFrom('concept').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
}

export function conceptRows(db: Database) {
  return db
    .selectFrom('concept')
    .select([
      'glossary',
      'id',
      'version',
      'state',
      'content',
      'draft',
      'draft_by as draftBy',
      'merged_into as mergedInto',
      'updated_at as updatedAt',
      'sort',
    ])
}

export function toConcept(
  row: Awaited<ReturnType<ReturnType<typeof conceptRows>['execute']>>[number],
): StoredConcept {
  const { sort: _, ...concept } = row
  return concept
}
