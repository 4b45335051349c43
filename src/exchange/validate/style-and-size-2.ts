import { childrenOf, descendantsOf, type Node, placeOf, valueIn } from './nodes.ts'
import { flagOf, idOf } from './scopes-2.ts'
import { collapse } from './value-types.ts'
import { quoted, type Report } from './violation.ts'

/** Attributes that an end code may have only where its start is elsewhere. */
const ISOLATED_ONLY = [
  ['fs:fs', '5.3.5.1'],
  ['fs:subFs', '5.3.5.2'],
  ['slr:equivStorage', '5.7.5.8'],
  ['slr:sizeInfo', '5.7.5.9'],
  ['slr:sizeInfoRef', '5.7.5.10'],
] as const

/** The attributes of the format style and size modules on a core element (XLIFF 2.1 §5.3, §5.7). */
export function checkStyleAndSize(node: Node, profiles: Profiles, report: Report): void {
  if (node.name === 'ec' && flagOf(node, 'isolated', 'no') !== 'yes') {
    for (const [name, section] of ISOLATED_ONLY) {
      if (!node.attributes.has(name)) continue
      report(placeOf(node, name), `XLIFF 2.1 §${section}`, `<ec> may have ${name} only with isolated="yes"`)
    }
  }
  if (node.attributes.has('fs:subFs') && !node.attributes.has('fs:fs')) {
    report(placeOf(node, 'fs:subFs'), 'XLIFF 2.1 §5.3.5.2', 'fs:subFs needs fs:fs beside it')
  }
  checkSubStyle(node, report)
  if (node.attributes.has('slr:sizeInfo') && node.attributes.has('slr:sizeInfoRef')) {
    report(
      placeOf(node, 'slr:sizeInfoRef'),
      'XLIFF 2.1 §5.7.5.10',
      'slr:sizeInfo and slr:sizeInfoRef cannot stand together',
    )
  }
  const reference = idOf(node, 'slr:sizeInfoRef')
  if (reference !== undefined && !profiles.reaches(node, reference)) {
    const message = `slr:sizeInfoRef ${quoted(reference)} names nothing in the <slr:data> beside or above this element`
    report(placeOf(node, 'slr:sizeInfoRef'), 'XLIFF 2.1 §5.7.5.10', message)
  }
  checkRestriction(node, 'slr:sizeRestriction', '5.7.6.1.1', profiles.general, 'xliff:codepoints', report)
  checkRestriction(node, 'slr:storageRestriction', '5.7.6.2.1', profiles.storage, 'xliff:utf', report)
  checkWhole(node, 'slr:sizeInfo', '5.7.6.1.2', profiles.general, 'xliff:codepoints', report)
  checkWhole(node, 'slr:equivStorage', '5.7.6.2.2', profiles.storage, 'xliff:utf', report)
}

/**
 * With the standard profiles the value is a whole number. Where no profile is named nobody knows what it means,
 * but a number that is not whole is wrong by all of them.
 */
function checkWhole(
  node: Node,
  name: string,
  section: string,
  profile: string | undefined,
  standard: string,
  report: Report,
): void {
  const value = valueIn(node, name)
  if (value === undefined || (profile !== undefined && !profile.startsWith(standard))) return
  const text = collapse(value)
  if (/^\d+$/.test(text) || (profile === undefined && !/^[-+]?[\d.]+$/.test(text))) return
  report(
    placeOf(node, name),
    `XLIFF 2.1 §${section}`,
    `${name} is ${quoted(value)}; it must be a whole number`,
  )
}

/** With the standard profiles it is a maximum, or a minimum and a maximum. Other profiles have rules of their own. */
function checkRestriction(
  node: Node,
  name: string,
  section: string,
  profile: string | undefined,
  standard: string,
  report: Report,
): void {
  const value = valueIn(node, name)?.replace(/[ \t\n\r]/g, '')
  if (value === undefined || (profile !== undefined && !profile.startsWith(standard))) return
  // Without a profile there is no restriction, and some tools write that as an empty value.
  if (/^(?:\d+,)?(?:\d+|\*)$/.test(value) || (value === '' && profile === undefined)) return
  const message = `${name} is ${quoted(value)}; it must be a length such as 90, a range such as 10,90 or 10,*, or *`
  report(placeOf(node, name), `XLIFF 2.1 §${section}`, message)
}

/** `name,value` pairs with backslashes between them; in values both are escaped by a backslash. */
function checkSubStyle(node: Node, report: Report): void {
  const value = valueIn(node, 'fs:subFs')
  if (value === undefined || !/(?:^|[^\\])(?:\\\\)*,[^\\,]*,/.test(value)) return
  const message = 'in fs:subFs commas of a value are written as \\, and pairs are separated by a backslash'
  report(placeOf(node, 'fs:subFs'), 'XLIFF 2.1 §5.3.5.2', message)
}

export type Profiles = {
  /** Undefined: the file names none. */
  readonly general: string | undefined
  readonly storage: string | undefined
  /** Whether an id stands in an `<slr:data>` that is a sibling of the node or of one of its ancestors. */
  readonly reaches: (node: Node, id: string) => boolean
}

/** The size profiles of a file (§5.7.4.2). */
export function profilesOf(file: Node): Profiles {
  const [profiles] = childrenOf(file, 'slr:profiles')
  const known = new Map<Node, ReadonlySet<string>>()
  const idsIn = (parent: Node): ReadonlySet<string> => {
    const ready = known.get(parent)
    if (ready !== undefined) return ready
    const ids = new Set<string>()
    for (const data of childrenOf(parent, 'slr:data')) {
      for (const node of descendantsOf(data)) {
        for (const id of [idOf(node), idOf(node, 'xml:id')]) if (id !== undefined) ids.add(id)
      }
    }
    known.set(parent, ids)
    return ids
  }
  return {
    general: profiles === undefined ? undefined : valueIn(profiles, 'generalProfile'),
    storage: profiles === undefined ? undefined : valueIn(profiles, 'storageProfile'),
    reaches: (node, id) => {
      for (let at = node.parent; at !== undefined; at = at.parent) if (idsIn(at).has(id)) return true
      return idsIn(node).has(id)
    },
  }
}
