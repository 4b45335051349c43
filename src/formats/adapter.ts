import type { Unit } from '../domain/document.ts'
import type { Flavour } from './render.ts'

/** What a person may choose about how a document is read; stored with it, so that it is read alike every time. */
export type FormatSettings = {
  /** JSON, YAML: which values are text, as paths (`items.*.title`); front matter keys for Markdown. */
  readonly paths?: readonly string[]
  /** CSV: names of the columns that are text. */
  readonly columns?: readonly string[]
}

export type ReadContext = {
  /** For messages. */
  readonly file: string | undefined
  readonly settings: FormatSettings
  /** Of an archive; empty otherwise. */
  readonly parts: readonly Part[]
  /** A BCP 47 tag, for formats that hold several languages side by side. */
  readonly sourceLocale?: string | undefined
}

/** A named stretch of `source`, for documents that are archives: one part of the archive. */
export type Part = { readonly name: string; readonly start: number; readonly end: number }

/** For documents that are archives of text parts (DOCX, ODT). */
export type Container = {
  /**
   * The parts that hold text, one after the other in one string.
   * @throws DomainError `invalid-input`, `too-large` (also for what would unpack to too much)
   */
  readonly open: (bytes: Uint8Array, file: string | undefined) => { source: string; parts: readonly Part[] }
  /** The archive with new contents of some parts; every other entry keeps its bytes. */
  readonly close: (original: Uint8Array, changed: ReadonlyMap<string, string>) => Uint8Array
}

/** A replacement in the document that is not a translation. */
export type Splice = { readonly start: number; readonly end: number; readonly text: string }

/**
 * A unit whose translation is not written over its source but beside it (PO: `msgid` and `msgstr`). The range is
 * what is translated, the unit's and what has to be repeated around it; `target` is what that replaces.
 */
export type Aside = {
  readonly start: number
  readonly end: number
  readonly target: { readonly start: number; readonly end: number }
  /** Written before and behind the translation: the mark-up or delimiters of a target that is not there yet. */
  readonly lead?: string
  readonly tail?: string
  /** What is changed with it: a state in a tag. A splice that several asides share is made once. */
  readonly also?: readonly Splice[]
  /**
   * A translation that equals its source is written too, since the target must not stay empty; one that equals the
   * unit's `prior` is not, since it stands there.
   */
  readonly evenIfEqual?: boolean
}

/** Everything that a format is. `formats/adapters.ts` lists them. */
export type Adapter = {
  /** For people: `HTML`. */
  readonly label: string
  /** Without the dot, the first is the usual one. */
  readonly extensions: readonly string[]
  /** The first is what a finished document is served as. */
  readonly mediaTypes: readonly string[]
  /** @throws DomainError `invalid-input` with line and column */
  readonly read: (source: string, context: ReadContext) => readonly Unit[]
  readonly flavour: Flavour
  readonly container?: Container
  /** What else the target locale changes: `<html lang dir>`. Outside all units' translated ranges. */
  readonly localise?: (source: string, locale: string) => readonly Splice[]
  /**
   * The same for archives, whose mark-up of language and direction stands among the words: given the parts as the
   * translations made them, the parts as the locale has them.
   */
  readonly localiseParts?: (parts: ReadonlyMap<string, string>, locale: string) => ReadonlyMap<string, string>
  /**
   * For formats that keep source and translation side by side: by unit id, for every unit that `read` gives. Targets
   * lie outside all units and do not overlap; units that are written into one target have the same `Aside`. What
   * `localise` changes gives way to them.
   * @param locale of the translations, where it is known
   * @param context as the document was read
   * @returns undefined where this document has no place beside
   */
  readonly asides?: (
    source: string,
    locale?: string,
    context?: Pick<ReadContext, 'settings' | 'sourceLocale'>,
  ) => ReadonlyMap<string, Aside> | undefined
}
