import { type createResolver, type Fragment, parseFragment } from './fragments-2.ts'
import { ancestorOf, type Node, placeOf, valueIn } from './nodes.ts'
import { inlineOf, type Scope } from './scopes-2.ts'
import { collapse } from './value-types.ts'
import { quoted, type Report } from './violation.ts'

export type Resolver = ReturnType<typeof createResolver>

const UNIT: ReadonlySet<string> = new Set(['unit'])
const MARKERS: ReadonlySet<string> = new Set(['mrk', 'sm'])

/** Annotations by their type (§4.7.3.1) and where they point (chapter 3). */
export function checkAnnotations(scope: Scope, resolve: Resolver, report: Report): void {
  for (const side of ['source', 'target'] as const) {
    for (const node of inlineOf(scope, side)) {
      if (!MARKERS.has(node.name)) continue
      const type = collapse(valueIn(node, 'type') ?? 'generic')
      const tag = `<${node.element.name}>`
      if (type === 'generic') checkGeneric(node, tag, report)
      else if (type === 'comment') checkComment(node, tag, resolve, report)
      else if (type === 'mtc:match' && node.attributes.has('ref')) {
        report(
          placeOf(node, 'ref'),
          'XLIFF 2.1 §5.1.5',
          `${tag} of the type mtc:match has no ref; the match points to it`,
        )
      } else if (type.startsWith('xlf:')) {
        const message = 'types that start with xlf: are reserved for the specification'
        report(placeOf(node, 'type'), 'XLIFF 2.1 §4.3.1.40', message)
      }
      if (type !== 'comment') checkReference(node, 'ref', resolve, report)
    }
  }
}

/** §4.7.3.1.1; annotations of other vocabularies (ITS) leave the type open. */
function checkGeneric(node: Node, tag: string, report: Report): void {
  if (node.attributes.has('translate')) return
  if ([...node.attributes.keys()].some((name) => name.includes(':') || name.startsWith('{'))) return
  report(
    node,
    'XLIFF 2.1 §4.7.3.1.1',
    `${tag} says neither what it annotates (type) nor whether to translate (translate)`,
  )
}

/** §4.7.3.1.3. */
function checkComment(node: Node, tag: string, resolve: Resolver, report: Report): void {
  const rule = 'XLIFF 2.1 §4.7.3.1.3'
  const reference = valueIn(node, 'ref')
  const valued = node.attributes.has('value')
  if (valued && reference !== undefined)
    report(node, rule, `the comment ${tag} has both value and ref; it can have one`)
  if (!valued && reference === undefined)
    report(node, rule, `the comment ${tag} needs its text (value) or a note (ref)`)
  if (reference === undefined) return
  const place = placeOf(node, 'ref')
  const fragment = reference.startsWith('#') ? parseFragment(reference) : 'does not start with #n='
  if (typeof fragment === 'string') {
    report(place, rule, `ref ${quoted(reference)} of the comment ${fragment}`)
    return
  }
  const note = resolve(fragment, node)
  if (note?.name === 'note' && note.parent?.parent === ancestorOf(node, UNIT)) return
  report(place, rule, `ref ${quoted(reference)} must point to a note of this unit, as #n= and its id`)
}

/** A reference into this document must be well-formed and find something (chapter 3). */
export function checkReference(
  node: Node,
  name: string,
  resolve: Resolver,
  report: Report,
): { readonly fragment: Fragment; readonly found: Node } | undefined {
  const reference = valueIn(node, name)
  if (reference === undefined || !reference.startsWith('#')) return undefined
  const fragment = parseFragment(reference)
  const place = placeOf(node, name)
  if (typeof fragment === 'string') {
    report(place, 'XLIFF 2.1 §3', `${name} ${quoted(reference)} ${fragment}`)
    return undefined
  }
  const found = resolve(fragment, node)
  if (found === undefined) {
    report(place, 'XLIFF 2.1 §3', `${name} ${quoted(reference)} points to nothing in this document`)
    return undefined
  }
  return { fragment, found }
}
