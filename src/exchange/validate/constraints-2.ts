import { checkAnnotations, checkReference, type Resolver } from './annotations-2.ts'
import { revisionsOf } from './changes-2.ts'
import { checkCodes } from './codes-2.ts'
import { createResolver, once } from './fragments-2.ts'
import { checkFileIds, checkInlineIds } from './ids-2.ts'
import { checkIts, checkRecordIds, createRecords } from './its-2.ts'
import { checkLanguages, checkMatchLanguages, checkTargetLanguage } from './languages-2.ts'
import { checkModule, itemsOf, resourcesOf } from './modules-2.ts'
import { ancestorOf, childrenOf, type Node, valueIn } from './nodes.ts'
import {
  checkContainer,
  checkSequences,
  checkSkeleton,
  checkStates,
  checkTargetOrder,
  unitIdsOf,
} from './order-2.ts'
import { checkPairs } from './pairs-2.ts'
import { containersOf, matchScopes, type Scope, unitScope } from './scopes-2.ts'
import { checkStyleAndSize, profilesOf } from './style-and-size-2.ts'
import { checkVariants } from './variants-2.ts'
import type { Report } from './violation.ts'

/** Everything that XLIFF 2.x asks beyond its grammar. */
export function checkConstraints2(root: Node, extended: readonly Node[], report: Report): void {
  const resolve = createResolver(root)
  const scopes: Scope[] = []
  const paired = valueIn(root, 'version') !== '2.0'
  checkFileIds(root, report)
  for (const file of childrenOf(root, 'file')) {
    const unitIds = unitIdsOf(file)
    checkSkeleton(file, report)
    for (const container of containersOf(file)) {
      checkContainer(container, report)
      if (paired) checkNoteReferences(container, resolve, report)
      if (container.name !== 'unit') continue
      const scope = unitScope(container)
      scopes.push(scope)
      checkScope(scope, unitIds, paired, report)
      checkAnnotations(scope, resolve, report)
      checkLanguages(root, scope, report)
      checkTargetOrder(scope, report)
      checkSequences(scope, report)
      checkStates(scope, report)
      checkRecordIds(container, report)
      checkVariants(container, report)
      for (const match of matchScopes(container)) {
        checkScope(match, unitIds, paired, report)
        checkAnnotations(match, resolve, report)
        checkMatchLanguages(root, match.node, report)
      }
    }
  }
  checkExtended(root, extended, resolve, report)
  checkTargetLanguage(root, scopes, report)
}

function checkScope(scope: Scope, unitIds: ReadonlySet<string>, paired: boolean, report: Report): void {
  checkInlineIds(scope, report)
  checkCodes(scope, unitIds, { paired }, report)
  checkPairs(scope, report)
}

const FILE: ReadonlySet<string> = new Set(['file'])

/** The modules: their elements, and their attributes on elements of the core. */
function checkExtended(root: Node, extended: readonly Node[], resolve: Resolver, report: Report): void {
  const profiles = once(profilesOf)
  const resources = once(resourcesOf)
  const items = once(itemsOf)
  const checkRevisions = revisionsOf()
  const records = createRecords()
  for (const node of extended) {
    checkIts(node, records, report)
    const file = node.name === 'file' ? node : ancestorOf(node, FILE)
    if (file === undefined) continue
    if (node.space === '') checkStyleAndSize(node, profiles(file), report)
    else checkModule(node, { root, resolve, resources: resources(file), items, report })
    if (node.name === 'ctr:revisions') checkRevisions(node, report)
  }
}

/** Notes of 2.2 may point to what they are about. */
function checkNoteReferences(container: Node, resolve: Resolver, report: Report): void {
  for (const notes of childrenOf(container, 'notes')) {
    for (const note of childrenOf(notes, 'note')) checkReference(note, 'ref', resolve, report)
  }
}
