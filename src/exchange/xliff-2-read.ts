import { attributeOf, type XmlElement } from '../xml/tree.ts'
import { segmentId } from './xliff-1-unit.ts'
import { inline2 } from './xliff-2-inline.ts'
import { originalDataOf, readGlossary2, readMatches2, readMetadata2, readNotes2 } from './xliff-2-modules.ts'
import { openUnit2, type Part2, type Unit2 } from './xliff-2-unit.ts'
import { dialectOf } from './xliff-dialect.ts'
import { type ReadIgnorable, type ReadMetadata, saysMore } from './xliff-extras.ts'
import { InlineReader } from './xliff-inline-read.ts'
import { type ReadSegment, type ReadWarning, type TargetMeaning, TOOL_ID } from './xliff-model.ts'
import { meaningOf2, originNamed } from './xliff-states.ts'
import type { FileReader } from './xliff-stream.ts'
import { identityOf2, isOurs2 } from './xliff-version.ts'

type OpenSegment = { -readonly [K in keyof ReadSegment]: ReadSegment[K] }

/** What is read of a file so far. */
type Reading2 = {
  readonly text: string
  readonly ours: boolean
  readonly segments: ReadSegment[]
  readonly ignorables: ReadIgnorable[]
  readonly warn: (message: string, element: XmlElement) => void
}

/**
 * Reads one `file` element of XLIFF 2.0, 2.1 or 2.2, unit by unit.
 *
 * @param root its parent, which says the locales
 * @param parts children of the file that are no units: its `metadata` and `notes` count
 */
export function openFile2(
  text: string,
  root: XmlElement,
  file: XmlElement,
  parts: readonly XmlElement[],
  warn: (warning: ReadWarning) => void,
): FileReader {
  const metadata = readMetadata2(parts.filter(({ local }) => local === 'metadata'))
  const identity = identityOf2(file, metadata)
  const reading: Reading2 = {
    text,
    ours: isOurs2(file, metadata),
    segments: [],
    ignorables: [],
    warn: (message, { line, column }) => warn({ message, line, column }),
  }
  const targetLocale = attributeOf(root, 'trgLang')
  const dialect = dialectOf(root, file)
  const notes = readNotes2(parts.filter(({ local }) => local === 'notes'))
  const foreign = metadata.filter(isForeign)
  const { segments, ignorables } = reading
  const about = {
    original: attributeOf(file, 'original') ?? '',
    ...identity,
    sourceLocale: attributeOf(root, 'srcLang') ?? '',
    ...(targetLocale === undefined ? {} : { targetLocale }),
    segments,
    ...(dialect === undefined ? {} : { dialect }),
    ...(notes.length === 0 ? {} : { notes }),
    ...(foreign.length === 0 ? {} : { metadata: foreign }),
  }
  return {
    add: (unit, translate) => readUnit(openUnit2(unit), translate, reading),
    finish: () => (ignorables.length === 0 ? about : { ...about, ignorables }),
  }
}

/** Our own metadata: `type` → content. */
function ownOf(metadata: readonly ReadMetadata[]): ReadonlyMap<string, string> {
  return new Map(metadata.filter((one) => !isForeign(one)).map(({ type, value }) => [type, value]))
}

function isForeign({ category }: ReadMetadata): boolean {
  return category !== TOOL_ID
}

function readUnit(opened: Unit2, translate: boolean, reading: Reading2): void {
  const data = originalDataOf(opened.originalData)
  const metadata = opened.metadata.length === 0 ? [] : readMetadata2(opened.metadata)
  const writer = writerOf(metadata)
  const more = moreOf(opened, metadata)
  const proposals = proposalsOf(opened, data, reading)
  const first = reading.segments.length
  for (const part of opened.parts) {
    const { ignorable, element, name } = part
    const id = segmentId(opened.id, name, opened.segments)
    const inline = new InlineReader(inline2(reading.text, reading.ours, data), reading.ours)
    if (part.source === undefined) {
      if (!ignorable) reading.warn(`segment “${id}” has no source and was passed over`, element)
      continue
    }
    const source = inline.read(part.source)
    const sourceCodes = inline.codes.slice()
    const target = part.target === undefined ? '' : inline.read(part.target)
    if (ignorable) {
      const after = reading.segments.length - first
      const translated = target === '' ? {} : { target }
      reading.ignorables.push({ unitId: opened.id, after, source, ...translated, codes: inline.codes })
      continue
    }
    const state = attributeOf(element, 'state')
    const subState = attributeOf(element, 'subState')
    const meaning = meaningOf2(state, subState)
    const segment: OpenSegment = {
      id,
      unitId: opened.id,
      source,
      sourceCodes,
      targetCodes: inline.codes.length === sourceCodes.length ? sourceCodes : inline.codes,
      meaning: writer === undefined ? meaning : { ...writer, ...meaning },
      line: element.line,
      column: element.column,
    }
    if (target !== '') segment.target = target
    if (state !== undefined) segment.state = state
    if (subState !== undefined) segment.subState = subState
    if (!translate) segment.translate = false
    if (more !== undefined) Object.assign(segment, more)
    if (proposals !== undefined) Object.assign(segment, proposals(part))
    reading.segments.push(segment)
  }
}

function writerOf(metadata: readonly ReadMetadata[]): Pick<TargetMeaning, 'origin' | 'by'> | undefined {
  const about = ownOf(metadata)
  if (about.size === 0) return undefined
  const origin = originNamed(about.get('origin'))
  const by = about.get('by')
  return { ...(origin === undefined ? {} : { origin }), ...(by === undefined ? {} : { by }) }
}

/** What the unit says beside its texts; undefined where that is nothing. */
function moreOf(
  opened: Unit2,
  metadata: readonly ReadMetadata[],
): Partial<Pick<ReadSegment, 'note' | 'notes' | 'metadata'>> | undefined {
  const foreign = metadata.filter(isForeign)
  if (opened.notes.length === 0 && foreign.length === 0) return undefined
  const notes = readNotes2(opened.notes)
  const note = notes.map(({ text }) => text).join('\n')
  return {
    ...(note === '' ? {} : { note }),
    ...(saysMore(notes) ? { notes } : {}),
    ...(foreign.length === 0 ? {} : { metadata: foreign }),
  }
}

/** More terms of a whole unit than this are not repeated for a segment that has terms of its own. */
const MAX_SHARED = 50

type Proposals = Pick<OpenSegment, 'matches' | 'terms'>

/** Matches and terms by segment: those that refer to it or to a part of it, and those of the whole unit. */
function proposalsOf(
  opened: Unit2,
  data: ReadonlyMap<string, string>,
  { text, ours }: Reading2,
): ((part: Part2) => Proposals) | undefined {
  if (opened.matches.length === 0 && opened.glossaries.length === 0) return undefined
  const owners = ownersOf(opened)
  const only = opened.segments === 1 ? opened.parts.find(({ ignorable }) => !ignorable) : undefined
  const ownerOf = (ref: string | undefined): Part2 | undefined => owners.get(idOf(ref)) ?? only
  const dialect = (own: ReadonlyMap<string, string>) => inline2(text, ours, own.size === 0 ? data : own)
  const matches = Map.groupBy(readMatches2(opened.matches, dialect, ours), ({ ref }) => ownerOf(ref))
  const terms = Map.groupBy(readGlossary2(opened.glossaries), ({ ref }) => ownerOf(ref))
  const shared = (terms.get(undefined) ?? []).map(({ term }) => term)
  return (part) => {
    const found = (matches.get(part) ?? []).map(({ match }) => match)
    const own = (terms.get(part) ?? []).map(({ term }) => term)
    const all = own.length === 0 ? shared : shared.length > MAX_SHARED ? own : [...own, ...shared]
    return { ...(found.length === 0 ? {} : { matches: found }), ...(all.length === 0 ? {} : { terms: all }) }
  }
}

/** The id that a reference within the file ends with: `#s1`, `#f=a/u=b/s1`. */
function idOf(ref: string | undefined): string {
  return ref?.slice(Math.max(ref.lastIndexOf('#'), ref.lastIndexOf('='), ref.lastIndexOf('/')) + 1) ?? ''
}

/** The segment that each id in a unit belongs to. */
function ownersOf({ parts }: Unit2): ReadonlyMap<string, Part2> {
  const owners = new Map<string, Part2>()
  const visit = (element: XmlElement, part: Part2): void => {
    const id = attributeOf(element, 'id')
    if (id !== undefined && !owners.has(id)) owners.set(id, part)
    for (const child of element.children) if (child.kind === 'element') visit(child, part)
  }
  for (const part of parts) if (!part.ignorable) visit(part.element, part)
  return owners
}
