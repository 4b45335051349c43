import { DomainError } from '../domain/errors.ts'
import type { Principal } from '../domain/permission.ts'
import { replaceTarget, takeBackTarget } from '../domain/take-back.ts'
import { editTarget } from '../domain/target-change.ts'
import type { Database } from './database.ts'
import { type ChangedTarget, changeTarget } from './review.ts'
import type { StoredTarget } from './segments.ts'
import type { TermBase } from './term-base.ts'

/** One change of many: a new text, or the version that is to stand again (0: nothing stood). */
export type BatchChange = {
  readonly segment: string
  /** Of the target that the person saw; 0: none. */
  readonly version: number
} & ({ readonly text: string } | { readonly restore: number })

export type BatchKind = 'replace' | 'repeat' | 'undo'

export type BatchReport = {
  readonly saved: readonly ChangedTarget[]
  readonly refused: readonly { readonly segment: string; readonly error: DomainError }[]
}

/**
 * Makes many changes of one person in one document and locale, each as a save of its own: checked against the version
 * they saw, judged, kept in the history. What cannot be changed is reported and stops nothing else.
 *
 * @param about.documentId segments of other documents are refused
 * @param about.mayApprove in `undo`: whether what was approved may be so again
 */
export async function changeTargets(
  db: Database,
  termBase: TermBase,
  who: Principal,
  about: {
    readonly documentId: string
    readonly locale: string
    readonly kind: BatchKind
    readonly note: string
    readonly mayApprove: boolean
  },
  changes: readonly BatchChange[],
): Promise<BatchReport> {
  const saved: ChangedTarget[] = []
  const refused: { segment: string; error: DomainError }[] = []
  const mine = await segmentsOf(
    db,
    about.documentId,
    changes.map(({ segment }) => segment),
  )
  const change = (one: BatchChange, rule: (current: StoredTarget | null) => ReturnType<typeof editTarget>) =>
    changeTarget(db, termBase, who, {
      ...{ segmentRowId: one.segment, locale: about.locale, baseVersion: one.version, change: rule },
      ...{ action: about.kind, note: about.note },
    })
  for (const one of changes) {
    try {
      if (!mine.has(one.segment)) throw new DomainError('not-found', 'no such segment in this document')
      if ('text' in one) {
        saved.push(
          await change(one, (current) =>
            about.kind === 'replace'
              ? replaceTarget(current, one.text, who.name)
              : editTarget(current, one.text, who.name),
          ),
        )
        continue
      }
      const was = await loadVersion(db, one.segment, about.locale, one.restore)
      const back = (mayApprove: boolean) => (current: StoredTarget | null) => {
        if (current === null) throw new DomainError('conflict', 'there is nothing to take back here')
        return takeBackTarget(current, was, mayApprove)
      }
      try {
        const mayApprove = about.mayApprove && (await isLastStep(db, one, about.locale))
        saved.push(await change(one, back(mayApprove)))
      } catch (error) {
        if (!(error instanceof DomainError && error.code === 'blocked')) throw error
        // A term or a check that holds now forbids the approval, not the text.
        saved.push(await change(one, back(false)))
      }
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      refused.push({ segment: one.segment, error })
    }
  }
  return { saved, refused }
}

async function segmentsOf(
  db: Database,
  documentId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('segment')
    .innerJoin('revision', 'revision.id', 'segment.revision_id')
    .select('segment.id')
    .where('revision.document_id', '=', documentId)
    .where('segment.id', 'in', [...ids])
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** Whether all that has happened since is a replacement: an approval from before anything else is not given again. */
async function isLastStep(
  db: Database,
  one: { readonly segment: string; readonly version: number; readonly restore: number },
  locale: string,
): Promise<boolean> {
  if (one.restore !== one.version - 1) return false
  const line = await db
    .selectFrom('target_history')
    .select('action')
    .where('segment_id', '=', one.segment)
    .where('locale', '=', locale)
    .where('version', '=', one.version)
    .executeTakeFirst()
  return line?.action === 'replace' || line?.action === 'repeat'
}

/** @returns null for version 0 @throws DomainError `not-found` */
async function loadVersion(db: Database, segment: string, locale: string, version: number) {
  if (version === 0) return null
  const line = await db
    .selectFrom('target_history')
    .select(['text', 'state', 'origin', 'by_name as by'])
    .where('segment_id', '=', segment)
    .where('locale', '=', locale)
    .where('version', '=', version)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  if (line === undefined) throw new DomainError('not-found', `no version ${version} of this segment`)
  return line
}
