import type { ValueType } from './value-types.ts'

/**
 * A compact grammar of an XML vocabulary: for each element what it contains, in order, and its attributes.
 * Names without a prefix belong to the core namespace; the prefixes of modules are fixed (`mtc:match`).
 */
export type ElementSource = {
  /**
   * What it contains, in order: names or choices (`unit|group`) with `?`, `*` or `+`. `#other` is any element
   * of another namespace, `#any` any element. Empty: no child elements.
   */
  readonly content?: string
  /** Holds text, too. */
  readonly mixed?: true
  /** Elements of modules that may stand for `#other`; absent: any. */
  readonly modules?: string
  /**
   * `name=type`, with `!` where required; without a type any text. `#other`: attributes of other namespaces;
   * `#foreign`: the same but not `xml:…`; `#module`: those of modules only; `#any`: every attribute.
   */
  readonly attributes?: string
  /** Of the specification. */
  readonly section: string
}

export type Particle = {
  readonly names: ReadonlySet<string>
  readonly other: boolean
  readonly any: boolean
  readonly min: number
  readonly max: number
  /** For messages. */
  readonly text: string
}

export type AttributeRule = {
  readonly name: string
  readonly type: ValueType | undefined
  readonly required: boolean
}

export type ElementRule = {
  readonly name: string
  /** '' for the core, else the prefix of the module. */
  readonly space: string
  readonly content: readonly Particle[]
  readonly mixed: boolean
  /** How often each module element may stand there; undefined: any may, any number of times. */
  readonly modules: ReadonlyMap<string, number> | undefined
  readonly attributes: ReadonlyMap<string, AttributeRule>
  readonly required: readonly AttributeRule[]
  readonly otherAttributes: 'none' | 'module' | 'other' | 'foreign' | 'any'
  /** With the specification: `XLIFF 2.1 §4.2.2.6`. */
  readonly section: string
}

/** An attribute of a module, which may stand on elements of the core. */
export type GlobalAttribute = {
  readonly type: ValueType | undefined
  /** The elements it may be used on. */
  readonly on: ReadonlySet<string>
  readonly section: string
}

export type Grammar = {
  /** `XLIFF 2.1`. */
  readonly specification: string
  readonly elements: ReadonlyMap<string, ElementRule>
  readonly attributes: ReadonlyMap<string, GlobalAttribute>
  /** Prefix of each known namespace by its URI. */
  readonly prefixes: ReadonlyMap<string, string>
  /** Section by attribute name, where the specification has one for each. */
  readonly attributeSections: ReadonlyMap<string, string>
  /** Elements and attributes of other namespaces have to be declared: nobody can check them here. */
  readonly closed?: boolean
  /** What stands inside elements of other vocabularies is not looked at. */
  readonly extensionsUnchecked?: boolean
}

/** @throws Error a type that is not defined: a mistake in a grammar */
export function compileElements(
  specification: string,
  sources: Readonly<Record<string, ElementSource>>,
  types: Readonly<Record<string, ValueType>>,
): ReadonlyMap<string, ElementRule> {
  return new Map(
    Object.entries(sources).map(([name, source]) => {
      const rule = compileElement(name, source, types)
      return [name, { ...rule, section: `${specification} §${source.section}` }]
    }),
  )
}

function compileElement(
  name: string,
  source: ElementSource,
  types: Readonly<Record<string, ValueType>>,
): ElementRule {
  const attributes = new Map<string, AttributeRule>()
  let otherAttributes: ElementRule['otherAttributes'] = 'none'
  for (const token of words(source.attributes)) {
    if (token === '#other') otherAttributes = 'other'
    else if (token === '#foreign') otherAttributes = 'foreign'
    else if (token === '#module') otherAttributes = 'module'
    else if (token === '#any') otherAttributes = 'any'
    else {
      const rule = compileAttribute(token, types)
      attributes.set(rule.name, rule)
    }
  }
  return {
    name,
    space: name.includes(':') ? name.slice(0, name.indexOf(':')) : '',
    content: words(source.content).map(compileParticle),
    mixed: source.mixed === true,
    modules: source.modules === undefined ? undefined : new Map(words(source.modules).map(countOf)),
    attributes,
    required: [...attributes.values()].filter(({ required }) => required),
    otherAttributes,
    section: source.section,
  }
}

function compileAttribute(token: string, types: Readonly<Record<string, ValueType>>): AttributeRule {
  const required = token.endsWith('!')
  const [name = '', typeName] = (required ? token.slice(0, -1) : token).split('=')
  const type = typeName === undefined ? undefined : types[typeName]
  if (typeName !== undefined && type === undefined) throw new Error(`no value type ${typeName}`)
  return { name, type, required }
}

function compileParticle(token: string): Particle {
  const mark = /[?*+]$/.exec(token)?.[0] ?? ''
  const text = mark === '' ? token : token.slice(0, -1)
  const names = text.split('|')
  return {
    names: new Set(names.filter((name) => !name.startsWith('#'))),
    other: names.includes('#other'),
    any: names.includes('#any'),
    min: mark === '' || mark === '+' ? 1 : 0,
    max: mark === '' || mark === '?' ? 1 : Number.POSITIVE_INFINITY,
    text: names
      .map((name) => (name === '#other' || name === '#any' ? 'elements of other vocabularies' : `<${name}>`))
      .join(' or '),
  }
}

function countOf(token: string): [name: string, max: number] {
  const many = token.endsWith('*')
  return [many ? token.slice(0, -1) : token, many ? Number.POSITIVE_INFINITY : 1]
}

function words(text: string | undefined): readonly string[] {
  return (text ?? '').split(' ').filter((word) => word !== '')
}
