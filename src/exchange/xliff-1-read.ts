import { attributeOf, childrenNamed, type XmlElement } from '../xml/tree.ts'
import { readAlternative, readGroup1, readNote1 } from './xliff-1-extras.ts'
import { inline1 } from './xliff-1-inline.ts'
import { openUnit1, partsOf1, segmentId, tradosSegment, type Unit1 } from './xliff-1-unit.ts'
import { dialectOf, markOfTrados, markOfUnit, meaningOf1, type XliffDialect } from './xliff-dialect.ts'
import { saysMore } from './xliff-extras.ts'
import { type InlineDialect, InlineReader } from './xliff-inline-read.ts'
import type { ReadSegment, ReadWarning, TargetMeaning } from './xliff-model.ts'
import { originNamed, UNTRANSLATED_12 } from './xliff-states.ts'
import type { FileReader } from './xliff-stream.ts'
import { identityOf1, isOurs1, phasesOf } from './xliff-version.ts'

type FileContext = {
  readonly ours: boolean
  readonly inline: InlineDialect
  readonly dialect: XliffDialect | undefined
  /** `phase-name` → who wrote the targets that name it. */
  readonly phases: ReadonlyMap<string, Pick<TargetMeaning, 'origin' | 'by'>>
  readonly warn: (message: string, element: XmlElement) => void
}

/**
 * Reads one `file` element of XLIFF 1.0, 1.1 or 1.2, unit by unit.
 *
 * @param root its parent, which names the tool
 * @param parts children of the file that are no units: its `header` counts
 */
export function openFile1(
  text: string,
  root: XmlElement,
  file: XmlElement,
  parts: readonly XmlElement[],
  warn: (warning: ReadWarning) => void,
): FileReader {
  const header = parts.find(({ local }) => local === 'header')
  const phases = phasesOf(header)
  const identity = identityOf1(file, header)
  const ours = isOurs1(file, header)
  const dialect = dialectOf(root, file)
  const context: FileContext = {
    ours,
    inline: inline1(text, ours),
    dialect,
    phases: writersOf(phases, header),
    warn: (message, { line, column }) => warn({ message, line, column }),
  }
  const targetLocale = attributeOf(file, 'target-language')
  const notes = header === undefined ? [] : childrenNamed(header, 'note').map(readNote1)
  const segments: ReadSegment[] = []
  const about = {
    original: attributeOf(file, 'original') ?? '',
    ...identity,
    sourceLocale: attributeOf(file, 'source-language') ?? '',
    ...(targetLocale === undefined ? {} : { targetLocale }),
    segments,
    ...(dialect === undefined ? {} : { dialect }),
    ...(notes.length === 0 ? {} : { notes }),
  }
  return {
    add: (unit, translate) => readUnit(openUnit1(unit), translate, context, segments),
    finish: () => about,
  }
}

function writersOf(
  phases: readonly XmlElement[],
  header: XmlElement | undefined,
): ReadonlyMap<string, Pick<TargetMeaning, 'origin' | 'by'>> {
  const tools = header === undefined ? [] : childrenNamed(header, 'tool')
  const toolNames = new Map(
    tools.map((tool) => [attributeOf(tool, 'tool-id') ?? '', attributeOf(tool, 'tool-name')]),
  )
  const writers = new Map<string, Pick<TargetMeaning, 'origin' | 'by'>>()
  for (const phase of phases) {
    const origin = originNamed(attributeOf(phase, 'process-name'))
    if (origin === undefined) continue
    const by = attributeOf(phase, 'contact-name') ?? toolNames.get(attributeOf(phase, 'tool-id') ?? '')
    writers.set(attributeOf(phase, 'phase-name') ?? '', { origin, ...(by === undefined ? {} : { by }) })
  }
  return writers
}

type OpenSegment = { -readonly [K in keyof ReadSegment]: ReadSegment[K] }

function readUnit(opened: Unit1, translate: boolean, context: FileContext, segments: ReadSegment[]): void {
  const { unit, id, source, target } = opened
  if (source === undefined) {
    context.warn(`unit “${id}” has no source and was passed over`, unit)
    return
  }
  const state = attributeOf(target ?? unit, 'state')
  const subState = attributeOf(target ?? unit, 'state-qualifier')
  const approved = yesOrNo(attributeOf(unit, 'approved'))
  const writer = context.phases.get(attributeOf(target ?? unit, 'phase-name') ?? '')
  const tool = markOfUnit(unit, context.dialect)
  const more = moreOf(opened, context)
  const parts = partsOf1(opened)
  const { line, column } = unit
  for (const { name, mid, from, to } of parts) {
    const inline = new InlineReader(context.inline, context.ours)
    const text = inline.read(from)
    const sourceCodes = inline.codes.slice()
    const translated = to === undefined ? '' : inline.read(to)
    const same = translated === '' || inline.codes.length === sourceCodes.length
    const untouched = translated === '' || (translated === text && UNTRANSLATED_12.has(state ?? ''))
    const seg = tradosSegment(opened, mid)
    const mark = seg === undefined ? tool : markOfTrados(seg)
    const meaning = meaningOf1(mark, state, subState, approved)
    const segment: OpenSegment = {
      id: segmentId(id, name, parts.length),
      unitId: id,
      source: text,
      sourceCodes,
      targetCodes: untouched || same ? sourceCodes : inline.codes,
      meaning: writer === undefined ? meaning : { ...writer, ...meaning },
      line,
      column,
    }
    if (!untouched) segment.target = translated
    if (state !== undefined) segment.state = state
    if (subState !== undefined) segment.subState = subState
    if (approved !== undefined) segment.approved = approved
    if (!translate) segment.translate = false
    if (mark.mark !== undefined) segment.mark = mark.mark
    if (mark.locked !== undefined) segment.locked = true
    if (more !== undefined) Object.assign(segment, more)
    segments.push(segment)
  }
}

/** What the unit says beside its texts; undefined where that is nothing. */
function moreOf(
  { notes, alternatives, groups }: Unit1,
  { inline, ours }: FileContext,
): Partial<Pick<ReadSegment, 'note' | 'notes' | 'matches' | 'metadata'>> | undefined {
  if (notes.length === 0 && alternatives.length === 0 && groups.length === 0) return undefined
  const read = notes.map(readNote1)
  const matches = alternatives.flatMap((element) => readAlternative(element, inline, ours))
  const metadata = groups.flatMap(readGroup1)
  const note = read.map(({ text }) => text).join('\n')
  return {
    ...(note === '' ? {} : { note }),
    ...(saysMore(read) ? { notes: read } : {}),
    ...(matches.length === 0 ? {} : { matches }),
    ...(metadata.length === 0 ? {} : { metadata }),
  }
}

function yesOrNo(value: string | undefined): boolean | undefined {
  return value === 'yes' ? true : value === 'no' ? false : undefined
}
