import type { XmlNode } from '../../xml/tree.ts'
import type { AttributeRule, ElementRule, Grammar, Particle } from './grammar.ts'
import type { Node } from './nodes.ts'
import { VALUE_TYPES, type ValueType } from './value-types.ts'
import { quoted, type Report } from './violation.ts'

/**
 * Checks every element that the grammar knows: what it contains, in which order, and its attributes. Elements
 * of unknown vocabularies are passed over, but what the grammar knows inside them is checked.
 */
export function checkStructure(root: Node, grammar: Grammar, report: Report): void {
  const pending: Node[] = [root]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const rule = grammar.elements.get(node.name)
    if (rule !== undefined) {
      checkAttributes(node, rule, grammar, report)
      checkContent(node, rule, grammar, report)
    }
    if (grammar.extensionsUnchecked === true && (rule === undefined || rule.content.some(({ any }) => any)))
      continue
    for (const child of node.children) pending.push(child)
  }
}

function checkContent(node: Node, rule: ElementRule, grammar: Grammar, report: Report): void {
  checkText(node, rule, report)
  const { content, section } = rule
  let at = 0
  let count = 0
  const missing = (from: number, to: number, first: number, place: { readonly start: number }): void => {
    for (let index = from; index < to; index++) {
      const particle = content[index]
      if (particle === undefined || (index === from ? first : 0) >= particle.min) continue
      report(place, section, `<${node.element.name}> lacks ${particle.text}, which it must contain`)
    }
  }
  let counts: Map<string, number> | undefined
  for (const child of node.children) {
    let next = at
    while (
      next < content.length &&
      !(fits(content[next], child, rule) && (next > at || count < maxOf(content[at])))
    )
      next++
    if (next === content.length) {
      report(child, section, describeMisfit(node, child, rule))
      continue
    }
    if (grammar.closed === true && !(content[next]?.names.has(child.name) === true)) {
      const tag = `<${child.element.name}>`
      report(child, section, `${tag} belongs to another vocabulary, which the strict schema does not know`)
    }
    if (next !== at) {
      missing(at, next, count, child)
      at = next
      count = 0
    }
    count++
    const known =
      content[next]?.names.has(child.name) === true ||
      content[next]?.any === true ||
      child.space.startsWith('{')
    if (known) continue
    counts ??= new Map()
    checkModule(node, child, rule, grammar, counts, report)
  }
  missing(at, content.length, count, node)
}

function maxOf(particle: Particle | undefined): number {
  return particle?.max ?? 0
}

function fits(particle: Particle | undefined, child: Node, rule: ElementRule): boolean {
  if (particle === undefined) return false
  if (particle.names.has(child.name) || particle.any) return true
  return particle.other && child.space !== rule.space && child.space !== '{}'
}

function describeMisfit(node: Node, child: Node, rule: ElementRule): string {
  const known = rule.content.some((particle) => fits(particle, child, rule))
  const tag = `<${child.element.name}>`
  if (!known) return `${tag} is not allowed in <${node.element.name}>`
  const order = rule.content.map(({ text }) => text).join(', then ')
  return `${tag} stands in the wrong place or too often in <${node.element.name}>; the order is ${order}`
}

/** An element of a module where the core allows elements of other vocabularies. */
function checkModule(
  node: Node,
  child: Node,
  rule: ElementRule,
  grammar: Grammar,
  counts: Map<string, number>,
  report: Report,
): void {
  const { section } = rule
  const tag = `<${child.element.name}>`
  if (!grammar.elements.has(child.name)) {
    report(
      child,
      section,
      `${tag} is not an element of the vocabulary that it names (${child.element.namespace})`,
    )
    return
  }
  if (rule.modules === undefined) return
  const max = rule.modules.get(child.name)
  const count = (counts.get(child.name) ?? 0) + 1
  counts.set(child.name, count)
  if (max === undefined) report(child, section, `${tag} is not allowed in <${node.element.name}>`)
  else if (count > max) report(child, section, `there is more than one ${tag} in <${node.element.name}>`)
}

function checkText(node: Node, rule: ElementRule, report: Report): void {
  if (rule.mixed) return
  const empty = rule.content.length === 0
  const text = node.element.children.find(
    (child): child is XmlNode & { readonly kind: 'text' } =>
      child.kind === 'text' && child.text !== '' && (empty || /[^ \t\n\r]/.test(child.text)),
  )
  if (text === undefined) return
  const what = empty ? 'must be empty' : 'cannot hold text of its own'
  report(text, rule.section, `<${node.element.name}> ${what}, but holds ${quoted(text.text.trim())}`)
}

function checkAttributes(node: Node, rule: ElementRule, grammar: Grammar, report: Report): void {
  if (rule.required.length === 0 && node.attributes.size === 0) return
  const { section } = rule
  for (const { name } of rule.required) {
    if (!node.attributes.has(name))
      report(node, section, `<${node.element.name}> lacks the attribute ${name}, which is required`)
  }
  for (const [name, attribute] of node.attributes) {
    const own = rule.attributes.get(name)
    if (own !== undefined) {
      checkValue(name, attribute, own, sectionOf(name, rule, grammar), node, report)
      continue
    }
    const global = grammar.attributes.get(name)
    const place = placeInNamespace(name, rule)
    if (place === 'unknown') {
      report(attribute, section, `<${node.element.name}> has no attribute ${shown(name)}`)
    } else if (global !== undefined) {
      const where = global.section
      if (rule.space === '' ? !global.on.has(node.name) : rule.otherAttributes === 'none') {
        report(attribute, where, `the attribute ${name} is not allowed on <${node.element.name}>`)
      }
      checkValue(name, attribute, { name, type: global.type, required: false }, where, node, report)
    } else if (!allowsOther(name, rule, grammar)) {
      report(attribute, section, `<${node.element.name}> cannot have the attribute ${shown(name)}`)
    } else {
      checkValue(
        name,
        attribute,
        { name, type: XML_ATTRIBUTES.get(name), required: false },
        'XML 1.0',
        node,
        report,
      )
    }
  }
}

/** `xml:…`, an attribute of a module, of a foreign vocabulary, or one that nobody knows. */
function placeInNamespace(name: string, rule: ElementRule): 'known' | 'unknown' {
  if (rule.otherAttributes === 'any') return 'known'
  return name.includes(':') || name.startsWith('{') ? 'known' : 'unknown'
}

function allowsOther(name: string, rule: ElementRule, grammar: Grammar): boolean {
  if (rule.otherAttributes === 'any') return true
  if (name.startsWith(`{${XSI}}`)) return true
  if (name.startsWith('{core}') || rule.otherAttributes === 'none' || rule.otherAttributes === 'module')
    return false
  if (name.startsWith('xml:')) {
    return rule.otherAttributes === 'other' && (grammar.closed !== true || XML_ATTRIBUTES.has(name))
  }
  if (grammar.closed === true) return false
  // A name in the namespace of a module that the module does not define.
  return name.startsWith('{')
}

const XML_ATTRIBUTES: ReadonlyMap<string, ValueType> = new Map([
  ['xml:lang', VALUE_TYPES.language],
  ['xml:space', VALUE_TYPES.space],
  ['xml:id', VALUE_TYPES.identifier],
  ['xml:base', VALUE_TYPES.uri],
])

/** Schema hints may stand on every element (XML Schema §2.6). */
const XSI = 'http://www.w3.org/2001/XMLSchema-instance'

function checkValue(
  name: string,
  attribute: { readonly value: string; readonly start: number },
  { type }: AttributeRule,
  section: string,
  node: Node,
  report: Report,
): void {
  if (type === undefined || type.accepts(attribute.value)) return
  report(
    attribute,
    section,
    `${name} of <${node.element.name}> is ${quoted(attribute.value)}; it must be ${type.expects}`,
  )
}

function sectionOf(name: string, rule: ElementRule, grammar: Grammar): string {
  return (rule.space === '' ? grammar.attributeSections.get(name) : undefined) ?? rule.section
}

/** `{uri}name` → `name`, for people. */
function shown(name: string): string {
  return name.startsWith('{') ? name.slice(name.indexOf('}') + 1) : name
}
