import { TARGET_STATES, type TargetState } from '../domain/target.ts'
import { attributeOf, type XmlElement, xmlAttributes } from '../xml/tree.ts'
import { inline1 } from './xliff-1-inline.ts'
import { type Part1, segmentMarks, tradosSegment, type Unit1 } from './xliff-1-unit.ts'
import { markFor, markOfTrados, markOfUnit, meaningOf1, type XliffDialect } from './xliff-dialect.ts'
import { readOldTexts, renderInline } from './xliff-edit-inline.ts'
import { applySplices, insertBehind, setAttribute, setContent, type XmlSplice } from './xml-splice.ts'

export type Change = { readonly id: string; readonly target?: string; readonly state?: TargetState }

type Context = { readonly text: string; readonly dialect: XliffDialect | undefined; readonly ours: boolean }

/**
 * The splices that change one `trans-unit`.
 *
 * @param changes one for each part, undefined for those that stay
 */
export function editUnit1(
  unit: Unit1,
  parts: readonly Part1[],
  changes: readonly (Change | undefined)[],
  context: Context,
): readonly XmlSplice[] {
  const contents = parts.map((part, at) => contentFor(part, changes[at], context))
  const states = stateSplices(unit, parts, changes, context)
  return [...states.splices, ...targetSplices(unit, parts, contents, states.created, context)]
}

/** The new content of a part's translation; undefined where it stays. */
function contentFor(part: Part1, change: Change | undefined, { text, ours }: Context): string | undefined {
  if (change?.target === undefined) return undefined
  const old = readOldTexts(part.from, part.to, inline1(text, ours), ours)
  if (part.to !== undefined && old.target === change.target) return undefined
  return renderInline(change.target, old, '1', change.id)
}

function targetSplices(
  { source, segSource, target }: Unit1,
  parts: readonly Part1[],
  contents: readonly (string | undefined)[],
  attributes: string,
  { text }: Context,
): readonly XmlSplice[] {
  const inPlace = parts.flatMap(({ to }, at) => {
    const content = contents[at]
    return to === undefined || content === undefined ? [] : setContent(text, to, content)
  })
  const missing = parts.flatMap(({ to }, at) => (to === undefined && contents[at] !== undefined ? [at] : []))
  const last = segSource ?? source
  if (missing.length === 0 || last === undefined) return inPlace
  const whole = parts[0]?.from === source
  if (target !== undefined && segmentMarks(target).length > 0) {
    const wanted = new Set(missing.map((at) => parts[at]?.mid))
    // Where a file has a number twice, an empty mark has to stand for each before it.
    const marks = parts
      .flatMap((part, at) => (part.to === undefined && wanted.has(part.mid) ? [{ part, at }] : []))
      .map(({ part, at }) => markAround(part, contents[at] ?? '', text))
      .join('')
    return [...inPlace, { start: target.contentEnd, end: target.contentEnd, text: marks }]
  }
  const content = whole ? (contents[0] ?? '') : likeSegSource(last, parts, contents, text)
  if (target !== undefined) return setContent(text, target, content)
  const name = last.prefix === '' ? 'target' : `${last.prefix}:target`
  return [insertBehind(text, last, `<${name}${attributes}>${content}</${name}>`)]
}

/** A copy of the segment's mark in the source, around its translation. */
function markAround(part: Part1, content: string, text: string): string {
  const tag = text.slice(part.from.start, part.from.contentStart)
  const opening = part.from.selfClosing ? `${tag.slice(0, -2).trimEnd()}>` : tag
  return `${opening}${content}</${part.from.name}>`
}

/** What stands in the segmented source, with translations instead of sources and nothing where there is none. */
function likeSegSource(
  segSource: XmlElement,
  parts: readonly Part1[],
  contents: readonly (string | undefined)[],
  text: string,
): string {
  const inside = text.slice(segSource.contentStart, segSource.contentEnd)
  const splices = parts
    .flatMap(({ from }, at) => setContent(text, from, contents[at] ?? ''))
    .map((splice) => ({
      ...splice,
      start: splice.start - segSource.contentStart,
      end: splice.end - segSource.contentStart,
    }))
  return applySplices(inside, splices)
}

/** State attributes to change, and those for a target that has to be made. */
function stateSplices(
  opened: Unit1,
  parts: readonly Part1[],
  changes: readonly (Change | undefined)[],
  { text, dialect }: Context,
): { readonly splices: readonly XmlSplice[]; readonly created: string } {
  if (changes.every((change) => change?.state === undefined)) return { splices: [], created: '' }
  const { unit, target, segments } = opened
  if (segments.size > 0) {
    const splices = parts.flatMap(({ mid }, at) => {
      const [seg, state] = [tradosSegment(opened, mid), changes[at]?.state]
      const mark = seg === undefined || state === undefined ? undefined : markFor(seg, 'trados', state)
      if (seg === undefined || state === undefined || mark === undefined) return []
      return markOfTrados(seg).state === state ? [] : setAttribute(text, seg, mark.name, mark.value)
    })
    return { splices, created: '' }
  }
  const stateBefore = attributeOf(target ?? unit, 'state')
  const approved = attributeOf(unit, 'approved')
  const yes = approved === undefined ? undefined : approved === 'yes'
  const tool = markOfUnit(unit, dialect)
  const before = meaningOf1(tool, stateBefore, undefined, yes).state
  const state = least(changes.map((change) => change?.state ?? before))
  const mark = dialect === 'trados' ? undefined : markFor(unit, dialect, state)
  const own =
    mark === undefined || tool.state === state ? [] : setAttribute(text, unit, mark.name, mark.value)
  // A tool with marks of its own is not given attributes that it does not write.
  const written = mark === undefined || stateBefore !== undefined
  const wanted = STATE_12[state]
  const isApproved = state === 'reviewed' || state === 'final'
  const says = meaningOf1({}, stateBefore, undefined, yes).state === state && stateBefore !== undefined
  const onTarget =
    target === undefined || !written
      ? []
      : [
          ...(says ? [] : setAttribute(text, target, 'state', wanted)),
          ...(state === 'initial' ? [] : setAttribute(text, target, 'state-qualifier', undefined)),
        ]
  const approval =
    approved === undefined && (!isApproved || !written)
      ? []
      : setAttribute(text, unit, 'approved', isApproved ? 'yes' : 'no')
  const created = mark === undefined ? xmlAttributes({ state: wanted }) : ''
  return { splices: [...own, ...approval, ...onTarget], created }
}

/** States of 1.2 that readers of all tools take for ours (see `state12`). */
const STATE_12: Readonly<Record<TargetState, string>> = {
  initial: 'needs-review-translation',
  translated: 'translated',
  reviewed: 'signed-off',
  final: 'final',
}

function least(states: readonly TargetState[]): TargetState {
  return TARGET_STATES.find((state) => states.includes(state)) ?? 'initial'
}
