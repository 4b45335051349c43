import { childrenOf, descendantsOf, type Node, placeOf, valueIn } from './nodes.ts'
import { idOf } from './scopes-2.ts'
import { quoted, type Report } from './violation.ts'

/** Change tracking (XLIFF 2.0 §5.6, an extension in 2.1): what the revisions are about must exist. */
export function revisionsOf(): (node: Node, report: Report) => void {
  const known = new Map<Node, readonly Node[]>()
  return (node, report) => {
    const owner = node.parent?.parent
    if (owner === undefined) return
    const inside = known.get(owner) ?? [...descendantsOf(owner)].filter((other) => other.space === '')
    known.set(owner, inside)
    checkRevisions(node, owner, inside, report)
  }
}

function checkRevisions(node: Node, owner: Node, inside: readonly Node[], report: Report): void {
  const appliesTo = idOf(node, 'appliesTo')
  if (appliesTo === undefined) return
  const instances = inside.filter(({ name }) => name === appliesTo)
  const reference = idOf(node, 'ref')
  // Sources and targets have no ids: their revisions name the element that holds them.
  const candidates = appliesTo === 'source' || appliesTo === 'target' ? inside : instances
  const revised = candidates.filter((other) => reference !== undefined && idOf(other) === reference)
  if (reference !== undefined && revised.length === 0) {
    const message = `ref ${quoted(reference)} names no <${appliesTo}> of this ${owner.local}`
    report(placeOf(node, 'ref'), 'XLIFF 2.1 §5.6.5.5', message)
  }
  if (reference === undefined && instances.filter((other) => idOf(other) !== undefined).length > 1) {
    const message = `there is more than one <${appliesTo}> in this ${owner.local}: ref must say which one`
    report(node, 'XLIFF 2.1 §5.6.4.3', message)
  }
  checkVersion(node, report)
  const [known] = reference === undefined ? instances : revised
  for (const revision of childrenOf(node, 'ctr:revision')) checkItems(revision, known, report)
}

function checkVersion(node: Node, report: Report): void {
  const current = idOf(node, 'currentVersion')
  if (current === undefined) return
  if (childrenOf(node, 'ctr:revision').some((revision) => idOf(revision, 'version') === current)) return
  const message = `currentVersion ${quoted(current)} is not the version of any of these revisions`
  report(placeOf(node, 'currentVersion'), 'XLIFF 2.1 §5.6.5.3', message)
}

/** A property is the content or an attribute that the element has, and has one value in a revision. */
function checkItems(revision: Node, revised: Node | undefined, report: Report): void {
  const rule = 'XLIFF 2.1 §5.6.5.6'
  const seen = new Set<string>()
  for (const item of childrenOf(revision, 'ctr:item')) {
    const property = valueIn(item, 'property')
    if (property === undefined) continue
    const place = placeOf(item, 'property')
    if (seen.has(property))
      report(place, rule, `the property ${quoted(property)} has two values in one revision`)
    seen.add(property)
    if (property === 'content' || revised === undefined || revised.attributes.has(property)) continue
    report(
      place,
      rule,
      `the property ${quoted(property)} is neither content nor an attribute of the revised element`,
    )
  }
}
