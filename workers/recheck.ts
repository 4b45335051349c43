import type { Glossary } from '../src/domain/term.ts'
import { buildTermIndex, findOccurrences, type TermIndex } from '../src/domain/term-index.ts'
import type { Producer } from '../src/queue/producer.ts'
import { announceChange, type Database } from '../src/store/database.ts'
import { openBundleIfComplete } from '../src/store/review.ts'
import type { TermBase } from '../src/store/term-base.ts'
import {
  advanceRecheck,
  claimRecheck,
  finishRecheck,
  listSegmentsToCheck,
  loadRecheckedConcepts,
  type Recheck,
  type SegmentToCheck,
  yieldRecheck,
} from '../src/store/term-recheck.ts'
import { keepHits, type RecheckHit, recheckTargets } from '../src/store/term-recheck-page.ts'

export type RecheckDeps = {
  readonly db: Database
  readonly producer: Producer
  readonly termBase: () => Promise<TermBase>
}

const PAGE = 500

/**
 * Judges the segments anew that changed terms or settings concern, one open pass after the other. A pass goes over
 * the segments page by page, each in one transaction with its place, so that it goes on where it was after a crash;
 * of two workers one has it. Sources are searched for the changed terms alone, which costs little.
 *
 * @param goesOn asked before each page; false: leave the rest to somebody else
 * @returns how many passes were finished
 */
export async function recheckTerms(deps: RecheckDeps, goesOn: () => boolean = () => true): Promise<number> {
  let finished = 0
  while (goesOn()) {
    const recheck = await claimRecheck(deps.db)
    if (recheck === undefined) break
    try {
      if (!(await runPass(deps, recheck, goesOn))) break
      finished += 1
    } catch (error) {
      await yieldRecheck(deps.db, recheck)
      throw error
    }
  }
  return finished
}

async function runPass(deps: RecheckDeps, recheck: Recheck, goesOn: () => boolean): Promise<boolean> {
  const concerns = await concernOf(deps.db, recheck)
  let { cursor } = recheck
  for (;;) {
    if (!goesOn()) {
      await yieldRecheck(deps.db, recheck)
      return false
    }
    const page = await listSegmentsToCheck(deps.db, recheck, cursor, PAGE)
    const last = page.at(-1)
    if (last === undefined) break
    const ids = page.filter(concerns).map(({ id }) => id)
    const termBase = await deps.termBase()
    const hits = await deps.db.transaction().execute(async (trx) => {
      if (!(await advanceRecheck(trx, recheck, { cursor: last.id, scanned: page.length }))) return undefined
      const found = await recheckTargets(trx, termBase, ids)
      await keepHits(trx, recheck.id, found)
      return found
    })
    // Somebody else has taken over.
    if (hits === undefined) return false
    cursor = last.id
    await tell(deps, hits)
  }
  await finishRecheck(deps.db, recheck)
  return true
}

/** Whether a segment has any of the changed terms, as they were or as they are. */
async function concernOf(db: Database, recheck: Recheck): Promise<(segment: SegmentToCheck) => boolean> {
  if (recheck.conceptIds.length === 0) return () => true
  const changed: Glossary = {
    name: 'changed',
    version: '',
    concepts: await loadRecheckedConcepts(db, recheck),
  }
  const indexes = new Map<string, TermIndex>()
  return ({ text, sourceLocale }) => {
    const index = indexes.get(sourceLocale) ?? buildTermIndex([changed], sourceLocale)
    indexes.set(sourceLocale, index)
    return findOccurrences(index, text).length > 0
  }
}

/** Desks see it; a document that was held up by nothing but a term is finished now. */
async function tell(deps: RecheckDeps, hits: readonly RecheckHit[]): Promise<void> {
  for (const documentId of new Set(hits.map((hit) => hit.documentId))) {
    await announceChange(deps.db, documentId)
  }
  const freed = hits.filter(({ approved, blockedBefore, blocked }) => approved && blockedBefore && !blocked)
  const places = new Map(
    freed.map(({ revisionId, locale }) => [`${revisionId} ${locale}`, { revisionId, locale }]),
  )
  for (const { revisionId, locale } of places.values()) {
    const complete = await openBundleIfComplete(deps.db, revisionId, locale)
    if (complete) await deps.producer.add({ revisionId, locale, stage: 'bundle' })
  }
}
