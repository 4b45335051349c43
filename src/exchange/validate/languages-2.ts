import { childrenOf, type Node, placeOf, valueIn } from './nodes.ts'
import type { Scope } from './scopes-2.ts'
import { collapse } from './value-types.ts'
import { quoted, type Report } from './violation.ts'

/** `trgLang` is required where there are targets (§4.2.2.1). */
export function checkTargetLanguage(root: Node, scopes: readonly Scope[], report: Report): void {
  if (root.attributes.has('trgLang')) return
  const target = scopes.flatMap(({ parts }) => parts).find((part) => part.target !== undefined)
  if (target === undefined) return
  report(
    root,
    'XLIFF 2.1 §4.2.2.1',
    'the file has targets, but <xliff> does not say their language in trgLang',
  )
}

/** `xml:lang` and `xml:space` of sources and targets, their own or inherited (§4.2.2.12, §4.2.2.13). */
export function checkLanguages(root: Node, { parts }: Scope, report: Report): void {
  for (const { source, target } of parts) {
    if (source !== undefined) checkLanguage(source.node, root, 'srcLang', 'XLIFF 2.1 §4.2.2.12', report)
    if (target !== undefined) checkLanguage(target.node, root, 'trgLang', 'XLIFF 2.1 §4.2.2.13', report)
    if (source === undefined || target === undefined) continue
    if (inherited(source.node, 'xml:space').value === inherited(target.node, 'xml:space').value) continue
    const message = 'source and target must have the same xml:space; one says preserve, the other does not'
    report(placeOf(target.node, 'xml:space'), 'XLIFF 2.1 §4.3.2.2', message)
  }
}

function checkLanguage(node: Node, root: Node, attribute: string, rule: string, report: Report): void {
  const wanted = valueIn(root, attribute)
  const { value, from } = inherited(node, 'xml:lang')
  if (value === '' || from === undefined || wanted === undefined || sameLanguage(value, wanted)) return
  const whose = from === node ? '' : `, inherited from <${from.element.name}>,`
  const message = `xml:lang ${quoted(value)}${whose} of <${node.element.name}> must be ${attribute} ${quoted(wanted)}`
  report(from === node ? placeOf(node, 'xml:lang') : node, rule, message)
}

function inherited(node: Node, name: string): { readonly value: string; readonly from?: Node } {
  for (let at: Node | undefined = node; at !== undefined; at = at.parent) {
    const value = valueIn(at, name)
    if (value !== undefined) return { value: collapse(value), from: at }
  }
  return { value: name === 'xml:space' ? 'default' : '' }
}

export function sameLanguage(one: string, other: string): boolean {
  return collapse(one).toLowerCase() === collapse(other).toLowerCase()
}

/** Matches and resources say a language only to repeat the document's (§5.1.6.3, §5.5.4.5, §5.5.4.6). */
export function checkOwnLanguage(
  root: Node,
  node: Node,
  attribute: string,
  rule: string,
  report: Report,
): void {
  const own = valueIn(node, 'xml:lang')
  const wanted = valueIn(root, attribute)
  if (own === undefined || wanted === undefined || sameLanguage(own, wanted)) return
  const message = `xml:lang ${quoted(own)} of <${node.element.name}> must be ${attribute} ${quoted(wanted)}`
  report(placeOf(node, 'xml:lang'), rule, message)
}

/** The languages of a match. A reference translation may be in any (§5.1.6.3). */
export function checkMatchLanguages(root: Node, match: Node, report: Report): void {
  const rule = 'XLIFF 2.1 §5.1.6.3'
  for (const source of childrenOf(match, 'source')) checkOwnLanguage(root, source, 'srcLang', rule, report)
  if (valueIn(match, 'reference') === 'yes') return
  for (const target of childrenOf(match, 'target')) checkOwnLanguage(root, target, 'trgLang', rule, report)
}
