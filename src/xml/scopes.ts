import type { XmlAttributes } from './attributes.ts'
import type { XmlName, XmlNames } from './names.ts'

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace'
const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/'

/** What holds in every document (Namespaces in XML 1.0 §3). */
const ALWAYS: Map<string, string> = new Map([
  ['xml', XML_NAMESPACE],
  ['xmlns', XMLNS_NAMESPACE],
])

/** The namespace declarations of one element, and through its parent those that it inherits. */
class XmlScope {
  readonly parent: XmlScope | undefined
  /** How deep the element stands that declares them. */
  readonly depth: number
  readonly declared: Map<string, string>

  constructor(parent: XmlScope | undefined, depth: number) {
    this.parent = parent
    this.depth = depth
    this.declared = parent === undefined ? ALWAYS : new Map()
  }

  /** @returns the namespace that a prefix stands for; undefined for one that nobody declared */
  resolve(prefix: string): string | undefined {
    for (let scope: XmlScope | undefined = this; scope !== undefined; scope = scope.parent) {
      const found = scope.declared.get(prefix)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** The same for a name's prefix; remembered until another scope asks. */
  namespaceOf(name: XmlName): string | undefined {
    if (name.scope === this) return name.namespace
    name.scope = this
    name.namespace = this.resolve(name.prefix)
    return name.namespace
  }
}

/** The start tag that is being read, and what to do with a fault in it. */
type StartTag = {
  readonly text: string
  readonly start: number
  readonly depth: number
  readonly names: XmlNames
  readonly attributes: XmlAttributes
  readonly firstAttribute: number
  readonly fail: (message: string, offset: number) => never
}

/** The namespace declarations that hold at some place of a document. */
export class XmlScopes {
  readonly #loose: boolean
  #scope = new XmlScope(undefined, 0)

  /** @param loose takes prefixes that nobody declared; their namespace is then the prefix */
  constructor(loose: boolean) {
    this.#loose = loose
  }

  /** What a name's prefix stands for; '' where that is no namespace. */
  namespaceOf(name: XmlName): string {
    return this.#scope.namespaceOf(name) ?? name.prefix
  }

  /** Takes the declarations of a tag, and checks its names against them (Namespaces in XML 1.0 §6.3). */
  open(name: XmlName, tag: StartTag): void {
    const { names, attributes, firstAttribute, start } = tag
    let prefixed = 0
    for (let at = firstAttribute; at < attributes.count; at++) {
      const attribute = attributes.nameAt(at, names)
      if (attribute.text !== attribute.local) prefixed++
      if (attribute.prefix === 'xmlns' || attribute.text === 'xmlns') this.#declare(attribute, at, tag)
    }
    this.#check(name, start + 1, tag)
    if (name.prefix === 'xmlns') tag.fail('an element may not have the prefix xmlns', start + 1)
    if (attributes.count === firstAttribute) return
    for (let at = firstAttribute; prefixed > 0 && at < attributes.count; at++) {
      this.#check(attributes.nameAt(at, names), attributes.startAt(at), tag)
    }
    const twice = attributes.findDuplicate(firstAttribute, names, prefixed > 1 ? this.#scope : undefined)
    if (twice === -1) return
    const { text } = attributes.nameAt(twice, names)
    tag.fail(`duplicate attribute ${text.slice(0, 80)}`, attributes.startAt(twice))
  }

  /** Forgets what the element at this depth declared. */
  leave(depth: number): void {
    if (this.#scope.depth === depth) this.#scope = this.#scope.parent ?? this.#scope
  }

  #declare(name: XmlName, at: number, tag: StartTag): void {
    const { text, depth, attributes } = tag
    const prefix = name.prefix === '' ? '' : name.local
    const namespace = attributes.valueAt(at, text).trim()
    const wrong = wrongDeclaration(prefix, namespace)
    if (wrong !== undefined) tag.fail(wrong, attributes.startAt(at))
    if (this.#scope.depth !== depth) this.#scope = new XmlScope(this.#scope, depth)
    this.#scope.declared.set(prefix, namespace)
  }

  #check(name: XmlName, offset: number, tag: StartTag): void {
    if (!name.qualified) tag.fail(`malformed name ${name.text.slice(0, 80)}`, offset)
    if (name.prefix === '' || this.#loose || this.#scope.namespaceOf(name) !== undefined) return
    tag.fail(`unbound namespace prefix “${name.prefix.slice(0, 80)}”`, offset)
  }
}

/** What is wrong with a declaration of a namespace (Namespaces in XML 1.0 §3 and §5); undefined where nothing is. */
function wrongDeclaration(prefix: string, namespace: string): string | undefined {
  if (prefix !== '' && namespace === '') return `the prefix “${prefix}” is declared without a namespace`
  if (prefix === 'xml' && namespace !== XML_NAMESPACE) return `the prefix xml belongs to ${XML_NAMESPACE}`
  if (prefix === 'xmlns') return 'the prefix xmlns may not be declared'
  if (namespace === XMLNS_NAMESPACE) return `no prefix may stand for ${XMLNS_NAMESPACE}`
  if (namespace === XML_NAMESPACE && prefix !== 'xml')
    return `only the prefix xml may stand for ${XML_NAMESPACE}`
  return undefined
}
