import { attributeOf, childElements, childrenNamed, textOf, type XmlElement } from '../xml/tree.ts'
import { codePoint, inline2 } from './xliff-2-inline.ts'
import { METADATA_2 } from './xliff-2-write.ts'
import { InlineReader } from './xliff-inline-read.ts'
import {
  type ReadSegment,
  type ReadWarning,
  type ReadXliffFile,
  readIdentityToken,
  type TargetMeaning,
  TOOL_ID,
} from './xliff-model.ts'
import { meaningOf2, originNamed } from './xliff-states.ts'

type FileContext = {
  readonly text: string
  readonly ours: boolean
  readonly warn: (message: string, element: XmlElement) => void
}

/**
 * Reads one `file` element of XLIFF 2.0, 2.1 or 2.2.
 *
 * @param root its parent, which says the locales
 */
export function readFile2(
  text: string,
  root: XmlElement,
  file: XmlElement,
  warn: (warning: ReadWarning) => void,
): ReadXliffFile {
  const about = metadataOf(file)
  const tokens = [about.get('export'), attributeOf(file, 'id')]
  const identity = tokens.map(readIdentityToken).find((read) => read !== undefined)
  const context: FileContext = {
    text,
    ours: identity !== undefined || about.size > 0,
    warn: (message, { line, column }) => warn({ message, line, column }),
  }
  const targetLocale = attributeOf(root, 'trgLang')
  return {
    original: attributeOf(file, 'original') ?? '',
    ...identity,
    sourceLocale: attributeOf(root, 'srcLang') ?? '',
    ...(targetLocale === undefined ? {} : { targetLocale }),
    segments: unitsOf(file).flatMap(({ unit, translate }) => readUnit(unit, translate, context)),
  }
}

/** Our own metadata on a file or unit: `type` → content. */
function metadataOf(element: XmlElement): ReadonlyMap<string, string> {
  const groups = childrenNamed(element, 'metadata', METADATA_2)
    .flatMap((metadata) => childrenNamed(metadata, 'metaGroup'))
    .filter((group) => attributeOf(group, 'category') === TOOL_ID)
  const metas = groups.flatMap((group) => childrenNamed(group, 'meta'))
  return new Map(metas.map((meta) => [attributeOf(meta, 'type') ?? '', textOf(meta)]))
}

/** All units of a file and its groups, in order, with the `translate` they inherit. */
function unitsOf(file: XmlElement): readonly { unit: XmlElement; translate: boolean }[] {
  const units: { unit: XmlElement; translate: boolean }[] = []
  const pending = [{ element: file, translate: true }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { element } = next
    const own = attributeOf(element, 'translate')
    const translate = own === undefined ? next.translate : own !== 'no'
    if (element.local === 'unit') units.push({ unit: element, translate })
    if (element !== file && element.local !== 'group') continue
    for (const child of childElements(element).toReversed()) pending.push({ element: child, translate })
  }
  return units
}

function readUnit(unit: XmlElement, translate: boolean, context: FileContext): readonly ReadSegment[] {
  const unitId = attributeOf(unit, 'id') ?? ''
  const segments = childrenNamed(unit, 'segment')
  const about = metadataOf(unit)
  const origin = originNamed(about.get('origin'))
  const by = about.get('by')
  const writer = {
    ...(origin === undefined ? {} : { origin }),
    ...(by === undefined ? {} : { by }),
  }
  const data = originalDataOf(unit)
  const note = childrenNamed(unit, 'notes')
    .flatMap((notes) => childrenNamed(notes, 'note'))
    .map(textOf)
    .join('\n')
  const common = { ...(translate ? {} : { translate: false as const }), ...(note === '' ? {} : { note }) }
  return segments.flatMap((segment, index) => {
    const name = attributeOf(segment, 'id') ?? `${index + 1}`
    const id = segments.length === 1 ? unitId : `${unitId}/${name}`
    const read = readSegment(segment, id, data, writer, context)
    return read === undefined ? [] : [{ ...read, ...common }]
  })
}

function readSegment(
  segment: XmlElement,
  id: string,
  data: ReadonlyMap<string, string>,
  writer: Pick<TargetMeaning, 'origin' | 'by'>,
  context: FileContext,
): ReadSegment | undefined {
  const source = childrenNamed(segment, 'source').at(0)
  if (source === undefined) {
    context.warn(`segment “${id}” has no source and was passed over`, segment)
    return undefined
  }
  const target = childrenNamed(segment, 'target').at(0)
  const inline = new InlineReader(inline2(context.text, context.ours, data), context.ours)
  const text = inline.read(source)
  const sourceCodes = [...inline.codes]
  const translated = target === undefined ? '' : inline.read(target)
  const state = attributeOf(segment, 'state')
  const subState = attributeOf(segment, 'subState')
  return {
    id,
    source: text,
    sourceCodes,
    ...(translated === '' ? {} : { target: translated }),
    targetCodes: translated === '' ? sourceCodes : inline.codes,
    ...(state === undefined ? {} : { state }),
    ...(subState === undefined ? {} : { subState }),
    meaning: { ...writer, ...meaningOf2(state, subState) },
    line: segment.line,
    column: segment.column,
  }
}

/** The unit's `data` elements by id; `cp` in them stands for the character it names. */
function originalDataOf(unit: XmlElement): ReadonlyMap<string, string> {
  const elements = childrenNamed(unit, 'originalData').flatMap((data) => childrenNamed(data, 'data'))
  return new Map(
    elements.map((element) => [
      attributeOf(element, 'id') ?? '',
      element.children
        .map((child) =>
          child.kind === 'text'
            ? child.text
            : child.kind === 'element'
              ? codePoint(attributeOf(child, 'hex') ?? '')
              : '',
        )
        .join(''),
    ]),
  )
}
