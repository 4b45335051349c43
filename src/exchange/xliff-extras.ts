import type { ReadCode } from './xliff-model.ts'

/** What an XLIFF file says around its segments. */
export type ReadNote = {
  readonly text: string
  /** Who wrote it (1.x `from`). */
  readonly from?: string
  /** 2.x; in 1.x what it is about (`annotates`). */
  readonly category?: string
  /** 1 is the most important, 10 the least. */
  readonly priority?: number
}

/** Whether notes say more than their texts one after the other. */
export function saysMore(notes: readonly ReadNote[]): boolean {
  return notes.length > 1 || notes.some((note) => Object.keys(note).length > 1)
}

export type ReadMatch = {
  /** Absent where the file gives a translation alone: then it is one of the segment's own source. */
  readonly source?: string
  readonly target: string
  /** Codes of the source, then those that only the target has. */
  readonly codes: readonly ReadCode[]
  /** As written: a memory, an engine, a kind of match. */
  readonly origin?: string
  /** 2.x `type`, 1.2 `alttranstype`. */
  readonly type?: string
  /** How alike the sources are, in percent, as far as the file says. */
  readonly similarity?: number
}

export type ReadTerm = {
  readonly term: string
  readonly translations: readonly string[]
  readonly definition?: string
}

export type ReadMetadata = {
  /** Of the group that it stands in (`mda:metaGroup`, `context-group`, `prop-group`); '' for none. */
  readonly category: string
  readonly type: string
  readonly value: string
}

export type ReadIgnorable = {
  readonly unitId: string
  /** How many segments of the unit stand before it. */
  readonly after: number
  readonly source: string
  readonly target?: string
  readonly codes: readonly ReadCode[]
}

/** A percentage as tools write it (`85`, `85%`, `85.5 %`); undefined for anything else. */
export function readPercent(written: string | undefined): number | undefined {
  const digits = /^\s?(\d{1,3}(?:\.\d{1,9})?)\s?%?$/.exec(written ?? '')?.[1]
  const percent = Number(digits)
  return digits !== undefined && percent <= 100 ? percent : undefined
}
