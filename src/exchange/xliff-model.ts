import type { Format, InlineCode, Segment } from '../domain/document.ts'
import type { Finding } from '../domain/finding.ts'
import type { Target, TargetOrigin, TargetState } from '../domain/target.ts'
import type { XliffDialect } from './xliff-dialect.ts'
import type { ReadIgnorable, ReadMatch, ReadMetadata, ReadNote, ReadTerm } from './xliff-extras.ts'

/** What goes out to a translator: one document in one locale. */
export type ExchangeFile = {
  /** Absent in files that are of no document of ours. */
  readonly documentId?: string
  /** Names this very export, so that what comes back can be compared with what went out. */
  readonly exportId?: string
  /** File name of the document, for people. */
  readonly original: string
  readonly format: Format
  readonly sourceLocale: string
  readonly targetLocale: string
  readonly segments: readonly ExchangeSegment[]
  /** The program that writes; default Talmach without a version. */
  readonly tool?: { readonly name: string; readonly version: string }
  readonly segmentationVersion: string
  readonly glossaryVersion?: string
}

export type ExchangeSegment = {
  /** Its codes are numbered in the order in which they appear in the text, as the domain makes them. */
  readonly segment: Segment
  /** Absent: untranslated. */
  readonly target?: Target
  readonly notes: readonly string[]
  readonly terms: readonly ExchangeTerm[]
  /** false: for context only. */
  readonly translate?: boolean
  readonly findings?: readonly Finding[]
  /** Other translations of it, the best first; only the profile `rich` carries them. */
  readonly matches?: readonly ExchangeMatch[]
  /** Most characters (code points) that its translation may have. */
  readonly maxLength?: number
}

/** A translation that a memory or a machine proposes. */
export type ExchangeMatch = {
  /** Of the segment itself where it is absent. */
  readonly source?: string
  readonly target: string
  /** What the code characters of both texts mean; the segment's own where it is absent. */
  readonly codes?: readonly InlineCode[]
  readonly origin: TargetOrigin
  /** Name of the engine or of the memory. */
  readonly by: string
  /** How alike the sources are, in percent. Not for machine translation. */
  readonly similarity?: number
}

export type ExchangeTerm = {
  readonly source: string
  readonly target: string
  readonly definition?: string
  readonly status?: string
}

export const XLIFF_VERSIONS = ['1.2', '2.0', '2.1'] as const
/** The versions that are written. More are read. */
export type XliffVersion = (typeof XLIFF_VERSIONS)[number]

/** What came in: an XLIFF file of any tool. */
export type ReadXliff = {
  /** As the root element says: `1.0` … `2.2`. */
  readonly version: string
  readonly files: readonly ReadXliffFile[]
  /** What was passed over and why. Nothing in here kept a segment from being read unless it says so. */
  readonly warnings: readonly ReadWarning[]
}

export type ReadWarning = { readonly message: string; readonly line: number; readonly column: number }

export type ReadXliffFile = {
  readonly original: string
  /** Present in files that this program wrote, whatever tool had them since. */
  readonly documentId?: string
  readonly exportId?: string
  /** As written, not canonical: '' where the file does not say. */
  readonly sourceLocale: string
  readonly targetLocale?: string
  readonly segments: readonly ReadSegment[]
  /** The tool whose marks the file has; absent where it has none that are known. */
  readonly dialect?: XliffDialect
  /** What stands between segments and is not to be translated (2.x `ignorable`). */
  readonly ignorables?: readonly ReadIgnorable[]
  /** Of the whole file; those of groups are not read. */
  readonly notes?: readonly ReadNote[]
  readonly metadata?: readonly ReadMetadata[]
}

export type ReadSegment = {
  /** Id of its unit, as written; '' where it has none. */
  readonly unitId: string
  /**
   * Of the unit; with `/` and the segment's own id or number where the unit has several segments.
   * Unique in its file for files that keep to the specification.
   */
  readonly id: string
  /** With code characters, numbered in the order of their appearance in the source. */
  readonly source: string
  readonly sourceCodes: readonly ReadCode[]
  /**
   * With the source's code characters; codes that the source lacks are numbered after its last one and stand
   * in `targetCodes`. Absent where there is no target, an empty one, or a copy of the source that its own
   * state calls untranslated (which is how 1.2 files show untranslated text to OmegaT).
   */
  readonly target?: string
  /** `sourceCodes` and then those that only the target has. */
  readonly targetCodes: readonly ReadCode[]
  /** As written, 1.2 or 2.x. States lie on return: never decide by them alone. */
  readonly state?: string
  /** `state-qualifier` in 1.2. */
  readonly subState?: string
  readonly approved?: boolean
  readonly translate?: false
  /** All notes of the unit, joined by line feeds. */
  readonly note?: string
  /** The same one by one, where that says more. Absent where there is nothing, as with all that follows. */
  readonly notes?: readonly ReadNote[]
  /** Other translations that the file proposes (`alt-trans`, `mtc:match`). */
  readonly matches?: readonly ReadMatch[]
  /** What a glossary in the unit says (`gls:glossary`). */
  readonly terms?: readonly ReadTerm[]
  readonly metadata?: readonly ReadMetadata[]
  /** How the tool itself marks its progress: `conf="Draft"`, as written. */
  readonly mark?: string
  /** The tool forbids to change it. */
  readonly locked?: true
  /** The states of both versions as ours, and who wrote it where the file's provenance says so. */
  readonly meaning: TargetMeaning
  /** 1-based, of the unit (1.2) or segment (2.x). */
  readonly line: number
  readonly column: number
}

/** An inline code as a file has it. */
export type ReadCode = InlineCode & {
  readonly id: string
  /** The mark-up of the code in the file: `<g id="1">`, `</g>`, `<x id="2"/>`. */
  readonly raw: string
}

export type TargetMeaning = {
  readonly state: TargetState
  readonly origin?: TargetOrigin
  readonly by?: string
}

/** The name under which this program signs its files; readers look for it. */
export const TOOL_ID = 'talmach'

/** One note for a unit (tools show the last or the first one only): notes, terms, findings, a line each. */
export function noteOf({ notes, terms, findings = [] }: ExchangeSegment): string {
  if (terms.length === 0 && findings.length === 0 && notes.length < 2) return notes[0] ?? ''
  const hints = terms.map(({ source, target, status, definition }) => {
    const remarks = [status, definition].filter((remark) => remark !== undefined && remark !== '')
    return `${source} → ${target}${remarks.length === 0 ? '' : ` (${remarks.join('; ')})`}`
  })
  const termLine = hints.length === 0 ? [] : [`Terms: ${hints.join(' | ')}`]
  const checkLines = findings.map(({ severity, message }) => `Check (${severity}): ${message}`)
  return [...notes, ...termLine, ...checkLines].filter((line) => line !== '').join('\n')
}

/**
 * Document and export as one token that fits every carrier: an XML NMTOKEN without spaces. Everything but
 * letters, digits, `-` and `_` is written as `.` and four hexadecimal digits a UTF-16 code unit.
 *
 * @returns undefined for a file that is of no document of ours
 */
export function identityToken({
  documentId,
  exportId,
}: Pick<ExchangeFile, 'documentId' | 'exportId'>): string | undefined {
  if (documentId === undefined) return undefined
  const parts = exportId === undefined ? [documentId] : [documentId, exportId]
  return [TOOL_ID, ...parts.map(encodePart)].join(':')
}

/** @returns undefined where the token is not one of ours */
export function readIdentityToken(
  token: string | undefined,
): { readonly documentId: string; readonly exportId?: string } | undefined {
  const match = /^talmach:([\w.-]{0,2000})(?::([\w.-]{0,2000}))?$/.exec(token ?? '')
  if (match === null) return undefined
  const [, documentId = '', exportId] = match
  return {
    documentId: decodePart(documentId),
    ...(exportId === undefined ? {} : { exportId: decodePart(exportId) }),
  }
}

function encodePart(part: string): string {
  return part.replace(/[^A-Za-z0-9_-]/g, (unit) => `.${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function decodePart(part: string): string {
  return part.replace(/\.([0-9a-f]{4})/g, (_, unit: string) => String.fromCharCode(Number.parseInt(unit, 16)))
}
