import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import type { Assessment } from '../domain/assessment.ts'
import type { Cue, InlineCode } from '../domain/document.ts'
import type { Finding } from '../domain/finding.ts'
import type { TargetOrigin, TargetState } from '../domain/target.ts'
import type { Verdict } from '../domain/term.ts'
import type { TermSettings } from '../domain/term-settings.ts'
import { judgeCues } from './cues.ts'
import type { Database } from './database.ts'
import { loadSegment } from './segments.ts'
import { listWaivers, reassessTarget } from './targets.ts'
import type { TermBase } from './term-base.ts'

/** A target that was judged anew and came out differently. */
export type RecheckHit = {
  readonly segmentId: string
  readonly documentId: string
  readonly revisionId: string
  readonly locale: string
  readonly blockedBefore: boolean
  readonly blocked: boolean
  readonly approved: boolean
}

type Row = {
  readonly segmentId: string
  readonly text: string
  readonly codes: readonly InlineCode[]
  readonly cue: Cue | null
  readonly documentId: string
  readonly revisionId: string
  readonly sourceLocale: string
  readonly settings: TermSettings
  readonly locale: string
  readonly target: string
  readonly state: TargetState
  readonly origin: TargetOrigin
  readonly version: number
  readonly verdicts: readonly Verdict[]
  readonly findings: readonly Finding[]
  readonly blocked: boolean
}

/**
 * Judges every target of some segments anew and writes what came out differently. Texts, states and versions stay as
 * they are: an approved text that a term now stands against is marked, not taken back.
 */
export async function recheckTargets(
  db: Database,
  termBase: TermBase,
  segmentIds: readonly string[],
): Promise<readonly RecheckHit[]> {
  const rows = await loadRows(db, segmentIds)
  const hits: RecheckHit[] = []
  for (const [locale, inLocale] of Map.groupBy(rows, (row) => row.locale)) {
    const waivers = await listWaivers(
      db,
      inLocale.map(({ segmentId }) => segmentId),
      locale,
    )
    for (const row of inLocale) {
      const assess = termBase.assessor(row.sourceLocale, locale, row.settings)
      const target = { text: row.target, origin: row.origin, state: row.state }
      const judged =
        row.cue === null
          ? assess(row, target, waivers.get(row.segmentId))
          : await judgeInCue(db, termBase, row, assess(row, target, waivers.get(row.segmentId)))
      if (isSame(row, judged)) continue
      await reassessTarget(db, row.segmentId, locale, judged, row.version)
      hits.push({
        segmentId: row.segmentId,
        documentId: row.documentId,
        revisionId: row.revisionId,
        locale,
        blockedBefore: row.blocked,
        blocked: judged.blocked,
        approved: row.state === 'reviewed' || row.state === 'final',
      })
    }
  }
  return hits
}

export async function keepHits(db: Database, recheckId: string, hits: readonly RecheckHit[]): Promise<void> {
  if (hits.length === 0) return
  await db
    .insertInto('term_recheck_hit')
    .values(
      hits.map((hit) => ({
        recheck_id: recheckId,
        segment_id: hit.segmentId,
        locale: hit.locale,
        blocked_before: hit.blockedBefore,
        blocked: hit.blocked,
        approved: hit.approved,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

async function loadRows(db: Database, segmentIds: readonly string[]): Promise<readonly Row[]> {
  if (segmentIds.length === 0) return []
  const { rows } = await sql<Row>`
    select s.id as "segmentId", s.text, s.codes, s.cue, d.id as "documentId", s.revision_id as "revisionId",
      d.source_locale as "sourceLocale", d.check_settings as settings, t.locale, t.text as target, t.state,
      t.origin, t.version, t.verdicts, t.findings, t.blocked
    from segment s
    join target t on t.segment_id = s.id
    join revision r on r.id = s.revision_id
    join document d on d.id = r.document_id
    where s.id = any(${sql.val([...segmentIds])}::bigint[])
    order by s.id, t.locale for update of t`.execute(db)
  return rows
}

/** A sentence of a subtitle is judged with the others of its cue. */
async function judgeInCue(
  db: Database,
  termBase: TermBase,
  row: Row,
  alone: Assessment,
): Promise<Assessment> {
  const { segment, home } = await loadSegment(db, row.segmentId, row.locale)
  const where = { ...home, locale: row.locale }
  return (await judgeCues(db, termBase, where, [segment])).get(row.segmentId) ?? alone
}

/** As JSON, for that is how the one of them was kept. Templates, which older versions did not store, judge nothing. */
function isSame(row: Row, { verdicts, findings, blocked }: Assessment): boolean {
  const fresh: unknown = JSON.parse(
    JSON.stringify({ verdicts, findings: findings.map(withoutTemplate), blocked }),
  )
  const kept = { verdicts: row.verdicts, findings: row.findings.map(withoutTemplate), blocked: row.blocked }
  return isDeepStrictEqual(fresh, kept)
}

const withoutTemplate = ({ template: _, ...finding }: Finding) => finding
