import type { Segment } from './document.ts'
import type { Finding } from './finding.ts'
import { compareCodes } from './merge-codes.ts'
import { matchSegments, type SegmentMatch, storable } from './merge-match.ts'
import type { Target } from './target.ts'

/** What to do with one returned target; see `mergeTarget`. */
export type MergeDecision = 'unchanged' | 'take' | 'same' | 'conflict' | 'keep-current'

/**
 * Three-way decision on one target. Texts are compared as they are; undefined and '' both mean no target.
 *
 * @param texts what the export contained, what stands now, what came back
 * @returns `unchanged`: nobody changed it · `take`: only they did · `same`: both did alike ·
 *   `keep-current`: only we did, or they emptied it (no one's words are deleted by a return) · `conflict`
 */
export function mergeTarget(texts: {
  readonly base: string | undefined
  readonly current: string | undefined
  readonly returned: string | undefined
}): MergeDecision {
  const base = texts.base ?? ''
  const current = texts.current ?? ''
  const returned = texts.returned ?? ''
  if (returned === '' || returned === base) return current === base ? 'unchanged' : 'keep-current'
  if (returned === current) return 'same'
  return current === base ? 'take' : 'conflict'
}

/** A segment as it stands: with what an export contained of it and what its target is now. */
export type MergeSegment = {
  readonly segment: Segment
  /** Absent: it went out untranslated. */
  readonly base?: { readonly text: string }
  readonly current?: Target
  /** Texts that came back in files before, whether they were taken or stood in a conflict that is resolved. */
  readonly returnedBefore?: readonly string[]
}

export type ReturnedSegment = {
  readonly id: string
  /** With code characters, numbered in order of appearance. */
  readonly source: string
  /** Codes from the number of the segment's own codes on are foreign to it. */
  readonly target?: string
  /** A tool's state says that a person translated it: makes a target that equals its source a translation. */
  readonly confirmed?: boolean
}

export type SkipReason =
  | 'another-document'
  | 'unknown-id' // and no segment, or several, with its source text
  | 'source-altered' // the source text in the file is no segment's, or several segments'
  | 'codes-damaged' // writing it would break the document's mark-up
  | 'repeated' // the file has this segment twice, with different targets
  | 'joined' // a tool made one segment of several
  | 'cut-since' // people have split or joined it in the document, and its text cannot be parted for certain
  | 'source-changed' // the document has a newer revision, in which it is another sentence or none

export type MergeOutcome =
  | {
      readonly kind: 'taken'
      readonly segmentId: string
      readonly text: string
      readonly findings: readonly Finding[]
      readonly repaired: boolean
      readonly matchedBy: SegmentMatch['matchedBy']
    }
  | {
      readonly kind: 'unchanged'
      readonly segmentId: string
      /**
       * Why nothing was to be done; `machine-translation`: it came back exactly as the machine wrote it; `source-copy`:
       * an untranslated segment came back as a copy of its source (see `trustsCopies`).
       */
      readonly reason: 'as-exported' | 'machine-translation' | 'no-target' | 'source-copy' | 'not-in-file'
    }
  | { readonly kind: 'same'; readonly segmentId: string }
  | {
      readonly kind: 'keep-current'
      readonly segmentId: string
      /** It came back before, and somebody has changed it since or decided against it. */
      readonly reason?: 'returned-before'
    }
  | {
      readonly kind: 'conflict'
      readonly segmentId: string
      readonly base: string | undefined
      readonly current: Target | undefined
      readonly returned: string
      readonly findings: readonly Finding[]
    }
  | {
      readonly kind: 'skipped'
      /** The document's segment where it is known, else the id in the file. */
      readonly segmentId: string
      readonly reason: SkipReason
      /** One sentence for the person who returned the file. */
      readonly message: string
      readonly returned: string | undefined
      readonly findings: readonly Finding[]
    }

export type MergeReport = {
  /** One for each segment of the document, in order, then one for each of the file that matched none. */
  readonly outcomes: readonly MergeOutcome[]
  readonly counts: Readonly<Record<MergeOutcome['kind'], number>>
}

/**
 * Merges a returned file into a document's targets, segment by segment, never by states. The file's segment
 * is found by id if its source text is still the same, else by its source text if that is unique; the parts of a
 * segment that a program has split are put together again.
 *
 * Nothing is changed here: whoever calls it writes the `taken` texts and keeps the conflicts. Merging the
 * same file again after that gives `same` where this gave `taken`, and nothing else new; with `returnedBefore`
 * this holds even when people went on working in between.
 *
 * Sources are compared by their words and codes: tools change white space, line ends and Unicode composition.
 * A target whose codes differ is taken with findings, unless the document could not be written with it:
 * then it is skipped as `codes-damaged`, with its text in the report (see `compareCodes`).
 */
export function mergeReturned(input: {
  readonly segments: readonly MergeSegment[]
  readonly returned: readonly ReturnedSegment[]
  /** The document that `segments` are of, and the one that the file says it is of. */
  readonly documentId?: string
  readonly returnedDocumentId?: string
}): MergeReport {
  const { segments, returned, documentId, returnedDocumentId } = input
  if (documentId !== undefined && returnedDocumentId !== undefined && returnedDocumentId !== documentId) {
    return reportOf([
      ...segments.map(({ segment }) => notInFile(segment.id)),
      ...returned.map(({ id, target }) => skipped(id, 'another-document', target)),
    ])
  }
  const { matches, strays } = matchSegments(segments, returned)
  const trusted = trustsCopies([...matches.values()])
  return reportOf([
    ...segments.map((at) => {
      const match = matches.get(at.segment.id)
      return match === undefined ? notInFile(at.segment.id) : mergeOne(match, trusted)
    }),
    ...strays.map(({ segmentId, reason, target }) => skipped(segmentId, reason, target)),
  ])
}

function reportOf(outcomes: readonly MergeOutcome[]): MergeReport {
  const counts = { taken: 0, unchanged: 0, same: 0, 'keep-current': 0, conflict: 0, skipped: 0 }
  for (const { kind } of outcomes) counts[kind]++
  return { outcomes, counts }
}

function mergeOne({ at, matchedBy, returned }: SegmentMatch, trusted: boolean): MergeOutcome {
  const { segment, base, current } = at
  const segmentId = segment.id
  const target = returned.target === undefined ? '' : storable(returned.target)
  // What stands here went through no file: it is compared in the form a file would have given it.
  const baseText = storable(base?.text ?? '')
  const currentText = storable(current?.text ?? '')
  const copied =
    base === undefined && target === storable(segment.text) && !(trusted && returned.confirmed === true)
  const { text, repaired, safe, findings } = compareCodes(segment.text, target, segment.codes)
  const written = target === '' || copied ? '' : safe ? text : target
  const texts = { base: baseText, current: currentText, returned: target === baseText ? baseText : written }
  const decided = mergeTarget(texts)
  // What a machine wrote since the export is nobody's words: a person's go before it.
  const decision = decided === 'conflict' && isUntouchedMachineText(current) ? 'take' : decided
  switch (decision) {
    case 'unchanged': {
      if (texts.returned === '')
        return { kind: 'unchanged', segmentId, reason: copied ? 'source-copy' : 'no-target' }
      const machine = current?.origin === 'mt' && isUntouchedMachineText(current)
      return { kind: 'unchanged', segmentId, reason: machine ? 'machine-translation' : 'as-exported' }
    }
    case 'keep-current':
      return { kind: 'keep-current', segmentId }
    case 'same':
      return { kind: 'same', segmentId }
    case 'take':
      if (!safe) return skipped(segmentId, 'codes-damaged', target, findings)
      return { kind: 'taken', segmentId, text, findings, repaired, matchedBy }
    case 'conflict':
      if (at.returnedBefore?.some((known) => storable(known) === texts.returned) === true) {
        return { kind: 'keep-current', segmentId, reason: 'returned-before' }
      }
      if (!safe) return skipped(segmentId, 'codes-damaged', target, findings)
      return { kind: 'conflict', segmentId, base: base?.text, current, returned: text, findings }
  }
}

/**
 * Whether this file's states can be believed where a target is the source again. An untranslated segment goes out as
 * a copy of its source where a program needs one (XLIFF 1.2), and some programs call everything translated when they
 * save: taking those copies would invent translations. They are believed where the file tells copies apart, or where
 * copies are few beside what was really translated, as names and figures are.
 */
function trustsCopies(matches: readonly SegmentMatch[]): boolean {
  let confirmed = 0
  let unconfirmed = 0
  let translated = 0
  for (const { at, returned } of matches) {
    const target = storable(returned.target ?? '')
    if (at.base !== undefined && (target === '' || target === storable(at.base.text))) continue
    if (target === '') unconfirmed++
    else if (at.base !== undefined || target !== storable(at.segment.text)) translated++
    else if (returned.confirmed === true) confirmed++
    else unconfirmed++
  }
  return unconfirmed > 0 || confirmed * 4 <= translated
}

function isUntouchedMachineText(target: Target | undefined): boolean {
  return target !== undefined && target.state === 'initial' && target.origin !== 'human'
}

function notInFile(segmentId: string): MergeOutcome {
  return { kind: 'unchanged', segmentId, reason: 'not-in-file' }
}

/** The outcome for a text that was not taken. */
export function skipped(
  segmentId: string,
  reason: SkipReason,
  returned: string | undefined,
  findings: readonly Finding[] = [],
): MergeOutcome {
  return { kind: 'skipped', segmentId, reason, message: SKIP_MESSAGES[reason], returned, findings }
}

const SKIP_MESSAGES: Readonly<Record<SkipReason, string>> = {
  'another-document': 'The file was exported from another document.',
  'unknown-id': 'The document has no segment with this id, and not exactly one with this source text.',
  'source-altered': 'The source text was altered in the file, and not exactly one segment has this text.',
  'codes-damaged':
    'Its inline codes cannot be written back without breaking the document; mend them by hand.',
  repeated: 'The file has this segment more than once, with different targets; the first was used.',
  'cut-since':
    'This sentence has been split or joined since the file went out, and nobody can know which words belong to which part: take them from here.',
  'source-changed': 'The source of this sentence has changed since the file went out.',
  joined:
    'A program joined this segment with those after it. Nobody can know which words belong to which: divide them again.',
}
