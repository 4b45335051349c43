import { childrenOf, type Node, placeOf, pushReversed } from './nodes.ts'
import { containersOf, idOf, type Scope } from './scopes-2.ts'
import { isNmtoken } from './value-types.ts'
import { quoted, type Report } from './violation.ts'

const ID = 'XLIFF 2.1 §4.3.1.21'
const EXTENSIONS = 'XLIFF 2.1 §4.9.2'

/** Reports every node whose id an earlier one has. */
export function checkUnique(
  nodes: Iterable<Node>,
  report: Report,
  rule: string,
  where: string,
  attribute = 'id',
): void {
  const seen = new Set<string>()
  for (const node of nodes) {
    const id = idOf(node, attribute)
    if (id === undefined) continue
    if (seen.has(id)) {
      report(placeOf(node, attribute), rule, `the ${attribute} ${quoted(id)} is used more than once ${where}`)
    }
    seen.add(id)
  }
}

/** Files, groups, units, notes, and elements of extensions (§4.3.1.21, §4.9.2). */
export function checkFileIds(root: Node, report: Report): void {
  const files = childrenOf(root, 'file')
  checkUnique(files, report, ID, 'among the files of this document')
  for (const file of files) {
    const containers = containersOf(file)
    for (const name of ['group', 'unit']) {
      checkUnique(
        containers.filter((container) => container.name === name),
        report,
        ID,
        `among the ${name}s of this file`,
      )
    }
    for (const owner of [file, ...containers]) {
      for (const notes of childrenOf(owner, 'notes')) {
        checkUnique(childrenOf(notes, 'note'), report, ID, `among the notes of this ${owner.name}`)
      }
      checkExtensionIds(owner, report)
    }
  }
}

function checkExtensionIds(owner: Node, report: Report): void {
  const seen = new Set<string>()
  for (const node of extensionElements(owner)) {
    for (const name of ['id', 'xml:id']) {
      const id = idOf(node, name)
      if (id === undefined) continue
      const key = `${node.space} ${id}`
      if (seen.has(key)) {
        const message = `the id ${quoted(id)} is used more than once among the extensions of this ${owner.name}`
        report(placeOf(node, name), EXTENSIONS, message)
      }
      seen.add(key)
      if (isNmtoken(id)) continue
      const message = `the id ${quoted(id)} of <${node.element.name}> must hold letters, digits and . - _ : only`
      report(placeOf(node, name), EXTENSIONS, message)
    }
  }
}

/** The elements of unknown vocabularies right in a file, group or unit, and those inside them. */
function* extensionElements(owner: Node): Generator<Node> {
  const pending = owner.children.filter(({ space }) => space.startsWith('{')).toReversed()
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.space.startsWith('{')) yield node
    pushReversed(node.children, pending)
  }
}

/** Segments and inline elements: unique in the unit, and a target repeats the ids of its own source. */
export function checkInlineIds({ node: owner, name, parts, data }: Scope, report: Report): void {
  checkUnique(data, report, ID, `among the original data of this ${owner.local}`)
  const inSources = new Map<string, Node>()
  const inTargets = new Set<string>()
  for (const { node, source } of parts) {
    const own = name === 'match' ? [] : [node]
    for (const element of [...own, ...(source?.inline ?? [])]) {
      const id = idOf(element)
      if (id === undefined) continue
      if (inSources.has(id)) {
        report(placeOf(element, 'id'), ID, `the id ${quoted(id)} is used more than once in this ${name}`)
      } else inSources.set(id, element)
    }
  }
  for (const { source, target } of parts) {
    if (target === undefined || target.inline.length === 0) continue
    const siblings = new Set(source?.inline)
    for (const element of target.inline) {
      const id = idOf(element)
      if (id === undefined) continue
      const place = placeOf(element, 'id')
      if (inTargets.has(id)) {
        report(place, ID, `the id ${quoted(id)} is used more than once in the targets of this ${name}`)
      }
      inTargets.add(id)
      const original = inSources.get(id)
      if (original === undefined || (siblings.has(original) && kindOf(original) === kindOf(element))) continue
      report(
        place,
        ID,
        `the id ${quoted(id)} belongs to <${original.element.name}> of another place in this ${name}`,
      )
    }
  }
}

/** A pair may be written as one element or as two (§4.7.2.2, §4.7.3.2). */
function kindOf({ name }: Node): string {
  return name === 'sc' ? 'pc' : name === 'sm' ? 'mrk' : name
}
