import { DomainError } from './errors.ts'
import type { TargetOrigin, TargetState } from './target.ts'

/**
 * Document → unit → segment, and how inline codes live in text.
 *
 * Text with inline codes is one string in which every code takes exactly one UTF-16 code unit: the private
 * use character U+E000 + the code's index in the `codes` list beside it. So offsets stay simple, a code can
 * not be cut in two, and comparing two inventories is comparing characters. A private use character that
 * stands in a document itself becomes an inline code of its own (`type: 'char'`), so nothing is ambiguous.
 */
export const FORMATS = [
  'html',
  'markdown',
  'text',
  'docx',
  'odt',
  'srt',
  'vtt',
  'json',
  'yaml',
  'po',
  'csv',
  'xliff',
] as const
export type Format = (typeof FORMATS)[number]

/** @throws DomainError `unsupported-format` */
export function parseFormat(text: string): Format {
  const format = FORMATS.find((known) => known === text)
  if (format !== undefined) return format
  throw new DomainError('unsupported-format', `this version cannot read documents of format ${text}`)
}

export type UnitKind =
  | 'headline' // h1…h6, first line of a text dispatch
  | 'standfirst'
  | 'paragraph'
  | 'list-item'
  | 'quotation'
  | 'table-cell'
  | 'caption'
  | 'attribute' // alt, title, aria-label …
  | 'metadata' // front matter, <title>, meta description

export type CodeType = 'format' | 'link' | 'image' | 'code' | 'break' | 'note' | 'char' | 'other'

export type InlineCode = {
  readonly kind: 'open' | 'close' | 'single'
  /** Index of the partner in the same `codes` list; null for a single code or a partner elsewhere. */
  readonly pair: number | null
  readonly type: CodeType
  /** The exact characters of the document that this code stands for. */
  readonly data: string
  /** A few characters for people: `b`, `/b`, `a`, `br`, `¹`. */
  readonly label: string
  /** What it contributes to plain text: `\n` for a line break, the character for `char`, else ''. */
  readonly equiv: string
  /** A translation may do without it (XLIFF 2 `canDelete`): emphasis, a soft hyphen. Not so unless said. */
  readonly deletable?: boolean
  /** It may stand at another place of the sentence (XLIFF 2 `canReorder`). So unless said otherwise. */
  readonly reorderable?: boolean
}

/** Whether a translation may do without the code here; half a pair whose other half is elsewhere has to stay. */
export function isDeletable(code: {
  readonly deletable?: boolean | undefined
  readonly kind: InlineCode['kind']
  readonly pair: number | null
}): boolean {
  const { deletable, kind, pair } = code
  return deletable === true && (kind === 'single' || pair !== null)
}

/** One block of a document. All offsets count UTF-16 code units. */
export type Unit = {
  /** `u1`, `u2` … in document order; unique and stable for the same bytes. */
  readonly id: string
  readonly kind: UnitKind
  /** Decoded text with code characters. */
  readonly text: string
  readonly codes: readonly InlineCode[]
  /**
   * Where each code unit of `text` begins in the decoded document; one entry more than `text` has code units.
   * Code unit i stands for document characters [offsets[i], offsets[i + 1]).
   */
  readonly offsets: Uint32Array
  /** How plain text is escaped when it is written here; a name that only the unit's own format knows. */
  readonly escape: string
  /** It is one segment, whatever sentences it has: the document says that it must not be cut. */
  readonly uncut?: true
  /** The translation that the document brings along. Such a unit is one segment, all of its text. */
  readonly prior?: PriorTarget
}

/** A translation that stands in the source document itself (bilingual XLIFF): somebody's work. */
export type PriorTarget = {
  /** Canonical; null where the document does not say, and then it is taken for any locale that is asked for. */
  readonly locale: string | null
  /** In the codes of the unit. */
  readonly text: string
  readonly state: TargetState
  readonly origin: TargetOrigin
}

/** A sentence (or what the rules make of one), without the white space and outer codes around it. */
export type Segment = {
  /** `u3-s2`: unit and place in it, from 1. An XML NMTOKEN, unique in its document. */
  readonly id: string
  readonly unitId: string
  readonly unitKind: UnitKind
  /** Offsets in the unit's text. */
  readonly start: number
  readonly end: number
  /** The unit's text between them, its codes numbered anew from U+E000. */
  readonly text: string
  readonly codes: readonly InlineCode[]
  /** Only of subtitles. */
  readonly cue?: Cue
}

/** The subtitle that a sentence is shown in, alone or with others of its unit. */
export type Cue = {
  /** How long it is shown, in milliseconds; 0 where that is not known. */
  readonly ms: number
  /** What stands in it between the sentence before (or its start) and this one, without codes. */
  readonly lead: string
}

export const FIRST_CODE = 0xe000
export const LAST_CODE = 0xf8ff
/** Units with more codes than this are cut by no one: the reader rejects the document. */
export const MAX_CODES = LAST_CODE - FIRST_CODE + 1

export function codeCharacter(index: number): string {
  return String.fromCharCode(FIRST_CODE + index)
}

/** Index of the code that the code unit at `offset` stands for; -1 where it is plain text. */
export function codeIndexAt(text: string, offset: number): number {
  const unit = text.charCodeAt(offset)
  return unit >= FIRST_CODE && unit <= LAST_CODE ? unit - FIRST_CODE : -1
}

/** Indexes of the codes in a text, in order of appearance. */
export function codesIn(text: string): readonly number[] {
  const found: number[] = []
  for (let offset = 0; offset < text.length; offset++) {
    const index = codeIndexAt(text, offset)
    if (index !== -1) found.push(index)
  }
  return found
}

/** Plain text for people and for counting: codes replaced by their `equiv`. */
export function plainText(text: string, codes: readonly InlineCode[]): string {
  return text.replace(
    CODE_CHARACTERS,
    (character) => codes[character.charCodeAt(0) - FIRST_CODE]?.equiv ?? '',
  )
}

/** Alternating plain runs and code indexes, in order; empty runs are left out. */
export function* runsOf(text: string): Generator<string | number> {
  let from = 0
  for (let offset = 0; offset < text.length; offset++) {
    const index = codeIndexAt(text, offset)
    if (index === -1) continue
    if (offset > from) yield text.slice(from, offset)
    yield index
    from = offset + 1
  }
  if (from < text.length) yield text.slice(from)
}

const CODE_CHARACTERS = /[\ue000-\uf8ff]/g
