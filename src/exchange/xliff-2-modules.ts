import { attributeOf, childElements, childrenNamed, textOf, type XmlElement } from '../xml/tree.ts'
import { priorityOf } from './xliff-1-extras.ts'
import { codePoint } from './xliff-2-inline.ts'
import {
  type ReadMatch,
  type ReadMetadata,
  type ReadNote,
  type ReadTerm,
  readPercent,
} from './xliff-extras.ts'
import { type InlineDialect, InlineReader } from './xliff-inline-read.ts'

/** Elements by id, from `originalData`; `cp` in them stands for the character it names. */
export function originalDataOf(elements: readonly XmlElement[]): ReadonlyMap<string, string> {
  const data = new Map<string, string>()
  for (const one of elements.flatMap((element) => childrenNamed(element, 'data'))) {
    let text = ''
    for (const child of one.children) {
      if (child.kind === 'text') text += child.text
      if (child.kind === 'element') text += codePoint(attributeOf(child, 'hex') ?? '')
    }
    data.set(attributeOf(one, 'id') ?? '', text)
  }
  return data
}

/** The notes in `notes` elements. */
export function readNotes2(elements: readonly XmlElement[]): readonly ReadNote[] {
  return elements
    .flatMap((element) => childrenNamed(element, 'note'))
    .map((note) => {
      const category = attributeOf(note, 'category')
      return { text: textOf(note), ...(category === undefined ? {} : { category }), ...priorityOf(note) }
    })
}

/** Metadata (§5.4 of 2.1) of all categories; a group inside a group has both names, `outer/inner`. */
export function readMetadata2(elements: readonly XmlElement[]): readonly ReadMetadata[] {
  const found: ReadMetadata[] = []
  const visit = (element: XmlElement, category: string): void => {
    for (const child of childElements(element)) {
      if (child.local === 'meta') {
        found.push({ category, type: attributeOf(child, 'type') ?? '', value: textOf(child) })
      }
      if (child.local !== 'metaGroup') continue
      const own = attributeOf(child, 'category') ?? ''
      visit(child, [category, own].filter((name) => name !== '').join('/'))
    }
  }
  for (const element of elements) visit(element, '')
  return found
}

/** Glossary entries (§5.2 of 2.1), each with the reference that says where its term stands. */
export function readGlossary2(
  elements: readonly XmlElement[],
): readonly { readonly term: ReadTerm; readonly ref: string | undefined }[] {
  const entries = elements.flatMap((element) => childrenNamed(element, 'glossEntry'))
  return entries.flatMap((entry) => {
    const term = childrenNamed(entry, 'term').at(0)
    if (term === undefined) return []
    const definition = childrenNamed(entry, 'definition').at(0)
    return [
      {
        term: {
          term: textOf(term),
          translations: childrenNamed(entry, 'translation').map(textOf),
          ...(definition === undefined ? {} : { definition: textOf(definition) }),
        },
        ref: attributeOf(entry, 'ref'),
      },
    ]
  })
}

/**
 * Translation candidates (§5.1 of 2.1), each with the reference that says which segment it is for.
 *
 * @param dialect makes a reader of inline elements from a match's own original data
 */
export function readMatches2(
  elements: readonly XmlElement[],
  dialect: (data: ReadonlyMap<string, string>) => InlineDialect,
  ours: boolean,
): readonly { readonly match: ReadMatch; readonly ref: string | undefined }[] {
  const matches = elements.flatMap((element) => childrenNamed(element, 'match'))
  return matches.flatMap((element) => {
    const source = childrenNamed(element, 'source').at(0)
    const target = childrenNamed(element, 'target').at(0)
    if (source === undefined || target === undefined) return []
    const inline = new InlineReader(dialect(originalDataOf(childrenNamed(element, 'originalData'))), ours)
    const origin = attributeOf(element, 'origin')
    const type = attributeOf(element, 'type')
    const similarity = ['similarity', 'matchSuitability', 'matchQuality']
      .map((name) => readPercent(attributeOf(element, name)))
      .find((percent) => percent !== undefined)
    const match = {
      source: inline.read(source),
      target: inline.read(target),
      codes: inline.codes,
      ...(origin === undefined ? {} : { origin }),
      ...(type === undefined ? {} : { type }),
      ...(similarity === undefined ? {} : { similarity }),
    }
    return [{ match, ref: attributeOf(element, 'ref') }]
  })
}
