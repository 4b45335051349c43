import { randomUUID } from 'node:crypto'
import { DomainError } from '../domain/errors.ts'
import { type MergeReport, mergeReturned, skipped } from '../domain/merge.ts'
import type { Principal } from '../domain/permission.ts'
import { editTarget } from '../domain/target-change.ts'
import { validateXliff } from '../exchange/validate/validate-xliff.ts'
import type { ReadWarning, ReadXliffFile } from '../exchange/xliff-model.ts'
import { readXliff, returnedSegments } from '../exchange/xliff-read.ts'
import { takeNotes } from './comments-exchange.ts'
import { keepConflicts, listReturnedTexts } from './conflicts.ts'
import { judgeCues } from './cues.ts'
import { recutForToday } from './cut-returns.ts'
import { announceChange, type Database } from './database.ts'
import type { Revision } from './documents.ts'
import { keepStale, rebaseReturn } from './older-export.ts'
import { announceLive } from './presence.ts'
import { lockCurrent } from './revisions.ts'
import { loadSegments } from './segments.ts'
import { tally } from './tally.ts'
import { listWaivers, writeTarget } from './targets.ts'
import type { TermBase } from './term-base.ts'

export type ReturnReport = MergeReport & {
  /** This very file, byte for byte, came back before: nothing of it is done again. */
  readonly before?: { readonly at: Date; readonly by: string }
  /** What was passed over in the file, and what in it is not as the specification says. */
  readonly warnings: readonly ReadWarning[]
}

/**
 * Takes back an XLIFF that a translator worked on: three ways (what that export contained, what stands now,
 * what came back), segment by segment, in one transaction. The file itself is kept whole.
 * @param options.dryRun report only, write nothing
 * @throws DomainError `invalid-input` for a file that cannot be read or is for another document or locale
 */
export async function takeBackXliff(
  db: Database,
  revision: Revision,
  locale: string,
  content: string,
  who: Principal,
  termBase: TermBase,
  options: { readonly dryRun: boolean },
): Promise<ReturnReport> {
  const read = readXliff(content)
  const { files } = read
  // A file is refused for what cannot be read in it, never for breaking a rule of the specification.
  const warnings = [...read.warnings, ...violationsOf(content)]
  const file = findFile(files, revision, locale)
  return db.transaction().execute(async (trx) => {
    await lockCurrent(trx, revision.id, locale)
    const entries = await loadSegments(trx, revision.id, locale)
    if (entries.length === 0)
      throw new DomainError('not-ready', 'the article is still being read; try again in a moment')
    const all = returnedSegments(file)
    const recut = await recutForToday(trx, revision, locale, file.exportId, entries, all)
    const rebased = await rebaseReturn(trx, revision, locale, file.exportId, entries, recut.returned)
    const exported = new Map<string, string | undefined>([...rebased.exported, ...recut.bases])
    const known = await listReturnedTexts(trx, revision.id, locale)
    const merged = mergeReturned({
      documentId: revision.documentId,
      ...(file.documentId === undefined ? {} : { returnedDocumentId: file.documentId }),
      segments: entries.map(({ segment, target }) => {
        const base = exported.get(segment.id)
        return {
          segment,
          returnedBefore: known.get(segment.id) ?? [],
          ...(base === undefined ? {} : { base: { text: base } }),
          ...(target === null ? {} : { current: target }),
        }
      }),
      returned: [...rebased.returned, ...recut.made],
    })
    const before = await findReturn(trx, revision.id, locale, content)
    const where = { revision, locale, by: who.name, dryRun: options.dryRun || before !== undefined }
    const stale = await keepStale(trx, where, rebased.stale, termBase)
    const unsure = recut.unsure.map((one) => skipped(one.segmentId, 'cut-since', one.target))
    const outcomes = [...merged.outcomes, ...stale, ...unsure]
    const counts = { ...merged.counts, skipped: merged.counts.skipped + stale.length + unsure.length }
    const report = { outcomes, counts, warnings, ...(before === undefined ? {} : { before }) }
    if (options.dryRun || before !== undefined) return report
    const byName = new Map(entries.map((entry) => [entry.segment.id, entry]))
    const waivers = await listWaivers(
      trx,
      entries.map(({ segment }) => segment.rowId),
      locale,
    )
    const assess = termBase.assessor(revision.sourceLocale, locale, revision.checkSettings)
    for (const outcome of report.outcomes) {
      const entry = outcome.kind === 'taken' ? byName.get(outcome.segmentId) : undefined
      if (outcome.kind !== 'taken' || entry === undefined) continue
      const { segment, target: current } = entry
      const target = editTarget(current, outcome.text, who.name)
      const assessment = assess(segment, target, waivers.get(segment.rowId))
      const written = await writeTarget(
        trx,
        { segmentRowId: segment.rowId, locale, target, pretend: false, assessment },
        current?.version ?? 0,
        { action: 'return', by: who.name },
      )
      // Somebody saved between our reading and our writing: the whole merge is done again, nothing is half taken.
      if (!written)
        throw new DomainError('conflict', 'somebody saved a segment meanwhile: return the file again')
    }
    const taken = report.outcomes.flatMap(({ kind, segmentId }) => {
      const entry = kind === 'taken' ? byName.get(segmentId) : undefined
      return entry === undefined ? [] : [entry.segment]
    })
    const home = {
      revisionId: revision.id,
      sourceLocale: revision.sourceLocale,
      locale,
      settings: revision.checkSettings,
    }
    await judgeCues(trx, termBase, home, taken)
    const returnId = randomUUID()
    await trx
      .insertInto('xliff_return')
      .values({
        id: returnId,
        revision_id: revision.id,
        locale,
        by_name: who.name,
        content,
        report: JSON.stringify(report),
      })
      .execute()
    const rowIds = new Map(entries.map(({ segment }) => [segment.id, segment.rowId]))
    await keepConflicts(trx, report, { returnId, locale, by: who.name, rowIds })
    await takeNotes(trx, { revision, locale, by: who.name, file, rowIds })
    await announceChange(trx, revision.documentId)
    await announceLive(trx, revision.documentId, `target ${locale} * 0`)
    tally('merge', { counts })
    return report
  })
}

const MOST_VIOLATIONS = 100

function violationsOf(content: string): readonly ReadWarning[] {
  return validateXliff(content)
    .violations.slice(0, MOST_VIOLATIONS)
    .map(({ line, column, rule, message }) => ({ line, column, message: `${message} (${rule})` }))
}

async function findReturn(
  db: Database,
  revisionId: string,
  locale: string,
  content: string,
): Promise<{ readonly at: Date; readonly by: string } | undefined> {
  return await db
    .selectFrom('xliff_return')
    .select(['at', 'by_name as by'])
    .where('revision_id', '=', revisionId)
    .where('locale', '=', locale)
    .where('content', '=', content)
    .orderBy('at')
    .executeTakeFirst()
}

function findFile(files: readonly ReadXliffFile[], revision: Revision, locale: string): ReadXliffFile {
  const forLocale = files.filter(
    ({ targetLocale }) => targetLocale === undefined || targetLocale.toLowerCase() === locale.toLowerCase(),
  )
  if (forLocale.length === 0) {
    const theirs = [...new Set(files.map(({ targetLocale }) => targetLocale))].join(', ')
    throw new DomainError('invalid-input', `the file is for ${theirs}, not for ${locale}`)
  }
  const file = forLocale.find(({ documentId }) => documentId === revision.documentId) ?? forLocale[0]
  if (file === undefined || (file.documentId !== undefined && file.documentId !== revision.documentId)) {
    throw new DomainError('invalid-input', 'the file was exported from another document')
  }
  return file
}
