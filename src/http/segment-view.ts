import { diffSources } from '../domain/leverage-diff.ts'
import type { Verdict } from '../domain/term.ts'
import type { TermSettings } from '../domain/term-settings.ts'
import { findConflicts, type StoredConflict } from '../store/conflicts.ts'
import type { Database } from '../store/database.ts'
import { findRevised, type Revised } from '../store/revisions.ts'
import type { SegmentWithTarget } from '../store/segments.ts'
import { findRejections } from '../store/targets.ts'
import type { TermBase } from '../store/term-base.ts'
import type { SegmentView } from './schemas.ts'

/** What people have to say about a segment, beside its target. */
export type SegmentRemarks = {
  /** What the last rejection said, if nothing has changed since. */
  readonly rejection?: { readonly note: string; readonly by: string } | undefined
  readonly conflicts?: readonly StoredConflict[] | undefined
  /** What it was before the source changed. */
  readonly revised?: Revised | undefined
}

type LocalePair = { readonly source: string; readonly target: string; readonly settings: TermSettings }

/** The remarks on some segments, by row. */
export async function loadRemarks(
  db: Database,
  segmentRowIds: readonly string[],
  locale: string,
): Promise<ReadonlyMap<string, SegmentRemarks>> {
  const [rejections, conflicts, revised] = await Promise.all([
    findRejections(db, segmentRowIds, locale),
    findConflicts(db, segmentRowIds, locale),
    findRevised(db, segmentRowIds, locale),
  ])
  return new Map(
    segmentRowIds.map((id) => [
      id,
      { rejection: rejections.get(id), conflicts: conflicts.get(id), revised: revised.get(id) },
    ]),
  )
}

/** A segment as the API shows it. */
export function viewSegment(
  { segment, target }: SegmentWithTarget,
  termBase: TermBase,
  pair: LocalePair,
  remarks: SegmentRemarks,
): SegmentView {
  const { rejection, conflicts = [], revised } = remarks
  return {
    id: segment.rowId,
    name: segment.id,
    unitKind: segment.unitKind,
    source: segment.text,
    codes: segment.codes.map(({ kind, pair, type, label, data, deletable, reorderable }) => ({
      ...{ kind, pair, type, label, data },
      ...(deletable === true && { deletable }),
      ...(reorderable === false && { reorderable }),
    })),
    target:
      target === null
        ? null
        : {
            text: target.text,
            state: target.state,
            origin: target.origin,
            by: target.by,
            version: target.version,
            ...(target.changedAt !== undefined && { changedAt: target.changedAt.toISOString() }),
          },
    verdicts: verdictsOf({ segment, target }, termBase, pair).map((verdict) => ({
      ...verdict,
      expected: [...verdict.expected],
      definition: termBase.definitionOf(verdict.conceptId),
    })),
    findings: [...(target?.findings ?? [])],
    blocked: target?.blocked ?? false,
    revised:
      revised === undefined
        ? null
        : { ...revised, diff: diffSources(revised.source, segment.text).map((part) => ({ ...part })) },
    conflicts: conflicts.map(({ id, base, theirs, theirsBy, at }) => ({
      id,
      base,
      text: theirs,
      by: theirsBy,
      at: at.toISOString(),
    })),
    rejection: rejection === undefined ? null : { ...splitNote(rejection.note), by: rejection.by },
  }
}

/** An untranslated segment shows its terms too, all missing: that is where a translator needs them most. */
function verdictsOf(
  { segment, target }: SegmentWithTarget,
  termBase: TermBase,
  pair: LocalePair,
): readonly Verdict[] {
  if (target !== null) return target.verdicts
  const nothing = { text: '', origin: 'human', state: 'initial' } as const
  return termBase.assessor(pair.source, pair.target, pair.settings)(segment, nothing).verdicts
}

/** Rejections are kept in the history as `category: note`. */
function splitNote(note: string): { category: string; note: string } {
  const colon = note.indexOf(': ')
  return colon === -1
    ? { category: '', note }
    : { category: note.slice(0, colon), note: note.slice(colon + 2) }
}
