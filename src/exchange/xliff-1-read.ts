import { attributeOf, childElements, childrenNamed, textOf, type XmlElement } from '../xml/tree.ts'
import { inline1 } from './xliff-1-inline.ts'
import { InlineReader } from './xliff-inline-read.ts'
import {
  type ReadSegment,
  type ReadWarning,
  type ReadXliffFile,
  readIdentityToken,
  type TargetMeaning,
  TOOL_ID,
} from './xliff-model.ts'
import { meaningOf12, originNamed, UNTRANSLATED_12 } from './xliff-states.ts'

type FileContext = {
  readonly text: string
  readonly ours: boolean
  /** `phase-name` → who wrote the targets that name it. */
  readonly phases: ReadonlyMap<string, Pick<TargetMeaning, 'origin' | 'by'>>
  readonly warn: (message: string, element: XmlElement) => void
}

/** Reads one `file` element of XLIFF 1.0, 1.1 or 1.2. */
export function readFile1(
  text: string,
  file: XmlElement,
  warn: (warning: ReadWarning) => void,
): ReadXliffFile {
  const header = childrenNamed(file, 'header').at(0)
  const groups = header === undefined ? [] : childrenNamed(header, 'phase-group')
  const phases = groups.flatMap((group) => childrenNamed(group, 'phase'))
  const tokens = [attributeOf(file, 'build-num'), ...phases.map((phase) => attributeOf(phase, 'job-id'))]
  const identity = tokens.map(readIdentityToken).find((read) => read !== undefined)
  const context: FileContext = {
    text,
    ours: identity !== undefined || attributeOf(file, 'tool-id') === TOOL_ID,
    phases: writersOf(phases, header),
    warn: (message, { line, column }) => warn({ message, line, column }),
  }
  const targetLocale = attributeOf(file, 'target-language')
  return {
    original: attributeOf(file, 'original') ?? '',
    ...identity,
    sourceLocale: attributeOf(file, 'source-language') ?? '',
    ...(targetLocale === undefined ? {} : { targetLocale }),
    segments: unitsOf(file).flatMap(({ unit, translate }) => readUnit(unit, translate, context)),
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

/** All `trans-unit`s in the body and its groups, in order, with the `translate` they inherit. */
function unitsOf(file: XmlElement): readonly { unit: XmlElement; translate: boolean }[] {
  const units: { unit: XmlElement; translate: boolean }[] = []
  const pending = childrenNamed(file, 'body').map((element) => ({ element, translate: true }))
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { element } = next
    const own = attributeOf(element, 'translate')
    const translate = own === undefined ? next.translate : own !== 'no'
    if (element.local === 'trans-unit') units.push({ unit: element, translate })
    if (element.local !== 'body' && element.local !== 'group') continue
    for (const child of childElements(element).toReversed()) pending.push({ element: child, translate })
  }
  return units
}

function readUnit(unit: XmlElement, translate: boolean, context: FileContext): readonly ReadSegment[] {
  const id = attributeOf(unit, 'id') ?? ''
  const source = childrenNamed(unit, 'source').at(0)
  if (source === undefined) {
    context.warn(`unit “${id}” has no source and was passed over`, unit)
    return []
  }
  const target = childrenNamed(unit, 'target').at(0)
  const state = attributeOf(target ?? unit, 'state')
  const subState = attributeOf(target ?? unit, 'state-qualifier')
  const approved = yesOrNo(attributeOf(unit, 'approved'))
  const note = childrenNamed(unit, 'note').map(textOf).join('\n')
  const writer = context.phases.get(attributeOf(target ?? unit, 'phase-name') ?? '')
  const common = {
    ...(state === undefined ? {} : { state }),
    ...(subState === undefined ? {} : { subState }),
    ...(approved === undefined ? {} : { approved }),
    ...(translate ? {} : { translate: false as const }),
    ...(note === '' ? {} : { note }),
    meaning: { ...writer, ...meaningOf12(state, subState, approved) },
    line: unit.line,
    column: unit.column,
  }
  const parts = segmentsOf(unit, source, target)
  return parts.map(({ name, from, to }) => {
    const inline = new InlineReader(inline1(context.text, context.ours), context.ours)
    const text = inline.read(from)
    const sourceCodes = [...inline.codes]
    const translated = to === undefined ? '' : inline.read(to)
    const untouched = translated === '' || (translated === text && UNTRANSLATED_12.has(state ?? ''))
    return {
      id: parts.length === 1 ? id : `${id}/${name}`,
      source: text,
      sourceCodes,
      ...(untouched ? {} : { target: translated }),
      targetCodes: untouched ? sourceCodes : inline.codes,
      ...common,
    }
  })
}

type Part = { readonly name: string; readonly from: XmlElement; readonly to: XmlElement | undefined }

/**
 * The segments of a unit: the `mrk mtype="seg"` of its `seg-source`, matched with the target's by `mid`.
 * A target with text but without such marks cannot be shared out, so then the unit is one segment.
 */
function segmentsOf(unit: XmlElement, source: XmlElement, target: XmlElement | undefined): readonly Part[] {
  const whole = [{ name: '', from: source, to: target }]
  const marks = childrenNamed(unit, 'seg-source').flatMap(segmentMarks)
  if (marks.length === 0) return whole
  const translated = target === undefined ? [] : segmentMarks(target)
  if (translated.length === 0 && target !== undefined && textOf(target).trim() !== '') return whole
  const byMid = new Map(translated.map((mark) => [attributeOf(mark, 'mid'), mark]))
  return marks.map((from, index) => {
    const mid = attributeOf(from, 'mid')
    return { name: mid ?? `${index + 1}`, from, to: byMid.get(mid) }
  })
}

function segmentMarks(element: XmlElement): readonly XmlElement[] {
  const marks: XmlElement[] = []
  const pending = childElements(element).toReversed()
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.local === 'mrk' && attributeOf(next, 'mtype') === 'seg') marks.push(next)
    else for (const child of childElements(next).toReversed()) pending.push(child)
  }
  return marks
}

function yesOrNo(value: string | undefined): boolean | undefined {
  return value === 'yes' ? true : value === 'no' ? false : undefined
}
