import type { UnitKind } from '../domain/document.ts'
import { DomainError, type Place } from '../domain/errors.ts'
import { attributeOf, childElements, childrenNamed, parseXml, textOf, type XmlElement } from '../xml/tree.ts'
import type { Major } from './xliff-inline.ts'

/** One source text of an XLIFF file that may be translated, and where its translation stands or will stand. */
export type XliffEntry = {
  readonly major: Major
  /** Whose content is translated: a `source`, or a segment of a `seg-source`. */
  readonly from: XmlElement
  /** What a target that has to be made is a copy of: `from`, or the `seg-source` that `from` is a part of. */
  readonly whole: XmlElement
  /** Behind what a target is inserted: the `source`, or the `seg-source` that follows it. */
  readonly last: XmlElement
  readonly target: XmlElement | undefined
  /** Where its translation stands: `target`, or a segment in it; undefined where `target` has none. */
  readonly to: XmlElement | undefined
  /** The `trans-unit` of 1.x, the `segment` of 2.x. */
  readonly owner: XmlElement
  readonly kind: UnitKind
  /** `xml:space="preserve"` holds. */
  readonly preserve: boolean
  /** The sender forbids to cut it. */
  readonly uncut: boolean
  /** As written; undefined where the file does not say. */
  readonly language: string | undefined
}

/** A parsed file. */
export type XliffFile = {
  readonly major: Major
  readonly root: XmlElement
  /** The elements that say the target language: each `file` of 1.x, the root of 2.x. */
  readonly languages: readonly XmlElement[]
  readonly entries: readonly XliffEntry[]
}

/** What an element passes on to those inside it. */
type Inherited = {
  readonly translate: boolean
  readonly preserve: boolean
  readonly whole: boolean
}

/**
 * What may be translated in an XLIFF file of version 1.0 to 2.2, in the order of the file: not what `translate="no"`
 * or a tool's lock holds for, no `ignorable`s, no matches.
 *
 * @throws DomainError `invalid-input` with line and column: not well-formed, a DOCTYPE, not XLIFF, an unknown version,
 * a file without units; `too-large`: nested too deep, too many nodes
 */
export function readXliffEntries(source: string, file: string | undefined): XliffFile {
  const named = file === undefined ? {} : { file }
  const root = parseXml(source, { ...named, looseNamespaces: true })
  const major = majorOf(root, named)
  const files = childrenNamed(root, 'file')
  const start = inherit(root, { translate: true, preserve: false, whole: false })
  const units = files.flatMap((element) => unitsOf(element, major, start))
  if (units.length === 0) {
    const what = major === '1' ? 'trans-unit' : 'unit'
    throw new DomainError('invalid-input', `this XLIFF has no ${what}, so nothing to translate`, {
      place: { ...named, line: root.line, column: root.column },
    })
  }
  const entries = units.flatMap((unit) =>
    !unit.inherited.translate ? [] : major === '1' ? entriesOf1(unit) : entriesOf2(unit, root),
  )
  return { major, root, languages: major === '1' ? files : [root], entries }
}

function majorOf(root: XmlElement, named: Place): Major {
  // As the reader of returned files does: 1.2 is what files without it have always been.
  const version = attributeOf(root, 'version') ?? '1.2'
  if (root.local === 'xliff' && /^1\.[012]$/.test(version)) return '1'
  if (root.local === 'xliff' && /^2\.[012]$/.test(version)) return '2'
  const place = { ...named, line: root.line, column: root.column }
  const message =
    root.local !== 'xliff'
      ? `this is not XLIFF: its root element is <${root.name.slice(0, 40)}>`
      : `XLIFF version “${version.slice(0, 20)}” is unknown; 1.0 to 1.2 and 2.0 to 2.2 are read`
  throw new DomainError('invalid-input', message, { place })
}

type XliffUnit = { readonly element: XmlElement; readonly inherited: Inherited; readonly file: XmlElement }

function unitsOf(file: XmlElement, major: Major, outer: Inherited): readonly XliffUnit[] {
  const units: XliffUnit[] = []
  const pending = [{ element: file, inherited: inherit(file, outer) }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { element, inherited } = next
    if (element.local === (major === '1' ? 'trans-unit' : 'unit')) {
      units.push({ element, inherited, file })
    } else if (element === file || CONTAINERS.has(element.local)) {
      for (const child of childElements(element).toReversed()) {
        pending.push({ element: child, inherited: inherit(child, inherited) })
      }
    }
  }
  return units
}

const CONTAINERS: ReadonlySet<string> = new Set(['body', 'group', 'bin-unit'])

function inherit(element: XmlElement, outer: Inherited): Inherited {
  const translate = attributeOf(element, 'translate')
  const resegment = attributeOf(element, 'canResegment')
  return {
    translate: (translate === undefined ? outer.translate : translate !== 'no') && !isLocked(element),
    preserve: preserves(element, outer.preserve),
    whole: resegment === undefined ? outer.whole : resegment === 'no',
  }
}

function preserves(element: XmlElement, outer: boolean): boolean {
  const space = attributeOf(element, 'xml:space')
  return space === undefined ? outer : space === 'preserve'
}

/** `mq:locked="locked"` and what other tools write; version 1.2 has no lock of its own. */
function isLocked(element: XmlElement): boolean {
  if (element.attributes.size === 0) return false
  for (const [name, { value }] of element.attributes) {
    if (/(?:^|:)locked$/.test(name) && LOCKED.has(value)) return true
  }
  return false
}

const LOCKED: ReadonlySet<string> = new Set(['locked', 'yes', 'true', '1'])

function entriesOf1({ element, inherited, file }: XliffUnit): readonly XliffEntry[] {
  const source = childrenNamed(element, 'source').at(0)
  if (source === undefined) return []
  const segmented = childrenNamed(element, 'seg-source').at(0)
  const target = childrenNamed(element, 'target').at(0)
  const fileLanguage = attributeOf(file, 'target-language')
  const common = {
    major: '1',
    last: segmented ?? source,
    target,
    owner: element,
    kind: KINDS.get(attributeOf(element, 'restype') ?? '') ?? 'paragraph',
    uncut: inherited.whole,
    language: (target === undefined ? undefined : attributeOf(target, 'xml:lang')) ?? fileLanguage,
  } as const
  const one = {
    ...common,
    from: source,
    whole: source,
    to: target,
    preserve: preserves(source, inherited.preserve),
  }
  const marks = segmented === undefined ? [] : segmentMarks(segmented)
  if (segmented === undefined || marks.length === 0) return [one]
  const translated = target === undefined ? [] : segmentMarks(target)
  const filled = target !== undefined && textOf(target).trim() !== ''
  // A translation that is not cut up like its source can only be one of the whole.
  if (filled && translated.length === 0) return [one]
  const byMid = new Map(translated.map((mark) => [attributeOf(mark, 'mid'), mark]))
  const fits = marks.every((mark) => byMid.has(attributeOf(mark, 'mid')))
  const locked = lockedSegments(element)
  const preserve = preserves(segmented, inherited.preserve)
  return marks.flatMap((from): readonly XliffEntry[] => {
    const mid = attributeOf(from, 'mid')
    const to = fits || filled ? byMid.get(mid) : undefined
    // A target that has the other segments has no place for this one.
    if (locked.has(mid ?? '') || (filled && to === undefined)) return []
    return [{ ...common, from, whole: segmented, to, preserve }]
  })
}

/** The outermost `mrk mtype="seg"`s, in order. */
function segmentMarks(element: XmlElement): readonly XmlElement[] {
  const marks: XmlElement[] = []
  const pending = childElements(element).toReversed()
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.local === 'mrk' && attributeOf(next, 'mtype') === 'seg') marks.push(next)
    else for (const child of childElements(next).toReversed()) pending.push(child)
  }
  return marks
}

/** Trados writes the locks of segments into a list behind them: `<sdl:seg id="1" locked="true">`. */
function lockedSegments(unit: XmlElement): ReadonlySet<string> {
  const segments = childrenNamed(unit, 'seg-defs').flatMap((list) => childrenNamed(list, 'seg'))
  return new Set(segments.filter(isLocked).map((segment) => attributeOf(segment, 'id') ?? ''))
}

function entriesOf2({ element, inherited }: XliffUnit, root: XmlElement): readonly XliffEntry[] {
  return childrenNamed(element, 'segment').flatMap((segment): readonly XliffEntry[] => {
    const source = childrenNamed(segment, 'source').at(0)
    if (source === undefined || isLocked(segment)) return []
    const target = childrenNamed(segment, 'target').at(0)
    return [
      {
        major: '2',
        from: source,
        whole: source,
        last: source,
        target,
        to: target,
        owner: segment,
        kind: 'paragraph',
        preserve: preserves(source, inherited.preserve),
        uncut: inherit(segment, inherited).whole,
        language: attributeOf(root, 'trgLang'),
      },
    ]
  })
}

/** `restype` of 1.2 (§2.3), and what HTML filters write there. */
const KINDS: ReadonlyMap<string, UnitKind> = new Map([
  ['caption', 'caption'],
  ['cell', 'table-cell'],
  ['x-td', 'table-cell'],
  ['x-th', 'table-cell'],
  ['heading', 'headline'],
  ['x-h1', 'headline'],
  ['x-h2', 'headline'],
  ['x-h3', 'headline'],
  ['x-h4', 'headline'],
  ['x-h5', 'headline'],
  ['x-h6', 'headline'],
  ['listitem', 'list-item'],
  ['x-li', 'list-item'],
  ['x-blockquote', 'quotation'],
])
