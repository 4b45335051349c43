import type { InlineCode } from '../domain/document.ts'

/** One side of a pair. Code characters of both sides mean the same codes. */
export type TmxVariant = {
  /** BCP 47 as written. */
  readonly locale: string
  readonly text: string
  /** The source's codes in order of appearance; on the target's side then those that only it has. */
  readonly codes: readonly InlineCode[]
}

/** What TMX lets anybody add (`prop`). */
export type TmxProperty = { readonly type: string; readonly value: string }

export type TmxPair = {
  readonly source: TmxVariant
  readonly target: TmxVariant
  /** Who wrote the translation (`changeid`, else `creationid`). */
  readonly by?: string
  /** When, as TMX writes it: `20201031T120000Z` (`changedate`, else `creationdate`). */
  readonly changed?: string
  /** All notes of the unit and of the target, joined by line feeds. */
  readonly note?: string
  /** `tuid` of the unit. */
  readonly id?: string
  /** Number of the unit in its file, from 0: pairs with the same one are languages of the same unit. */
  readonly unit?: number
  readonly created?: string
  readonly createdBy?: string
  readonly lastUsed?: string
  readonly usageCount?: number
  /** Of the unit and then of the target. */
  readonly properties?: readonly TmxProperty[]
}

export type TmxHeader = {
  /** BCP 47 as written, or `*all*`. */
  readonly sourceLocale?: string
  readonly tool?: string
  readonly toolVersion?: string
  /** `block`, `paragraph`, `sentence`, `phrase`. */
  readonly segmentType?: string
  readonly dataType?: string
  readonly notes: readonly string[]
  readonly properties: readonly TmxProperty[]
}

export type TmxChoice = {
  /** Name of the file, for the places in errors. */
  readonly file?: string
  /** Default: the source language that the file names, or the first of each unit. */
  readonly sourceLocale?: string
  /** Default: every other locale, a pair each. */
  readonly targetLocale?: string
  /** Told once, before the first pair. */
  readonly onHeader?: (header: TmxHeader) => void
}
