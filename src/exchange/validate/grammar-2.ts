import { compileElements, type ElementSource, type GlobalAttribute, type Grammar } from './grammar.ts'
import { CORE, CORE_ATTRIBUTES } from './grammar-2-core.ts'
import { FORMAT_STYLES, ISSUE_TYPES, MODULE_ATTRIBUTES, MODULES } from './grammar-2-modules.ts'
import { collapse, oneOf, VALUE_TYPES, type ValueType } from './value-types.ts'

const TYPES: Readonly<Record<string, ValueType>> = {
  ...VALUE_TYPES,
  codeType: oneOf(['fmt', 'ui', 'quote', 'link', 'image', 'other']),
  markerType: {
    accepts: (value) =>
      /^(?:generic|comment|term)$/.test(collapse(value)) || VALUE_TYPES.userDefined.accepts(value),
    expects: 'generic, comment, term or a type of your own such as my:type',
  },
  matchType: oneOf(['am', 'mt', 'icm', 'idm', 'tb', 'tm', 'other']),
  state: oneOf(['initial', 'translated', 'reviewed', 'final']),
  side: oneOf(['source', 'target']),
  metaSide: oneOf(['source', 'target', 'ignorable']),
  normalization: oneOf(['none', 'nfc', 'nfd']),
  formatStyle: oneOf(FORMAT_STYLES.split(' ')),
  issueType: oneOf(ISSUE_TYPES.split(' ')),
  filterType: oneOf(['include', 'exclude']),
  itsVersion: oneOf(['2.0']),
}

/** Namespaces of the modules and the prefixes that the grammar gives them. */
const MODULE_NAMESPACES: readonly (readonly [uri: string, prefix: string])[] = [
  ['urn:oasis:names:tc:xliff:matches:2.0', 'mtc'],
  ['urn:oasis:names:tc:xliff:glossary:2.0', 'gls'],
  ['urn:oasis:names:tc:xliff:fs:2.0', 'fs'],
  ['urn:oasis:names:tc:xliff:metadata:2.0', 'mda'],
  ['urn:oasis:names:tc:xliff:resourcedata:2.0', 'res'],
  ['urn:oasis:names:tc:xliff:changetracking:2.0', 'ctr'],
  ['urn:oasis:names:tc:xliff:sizerestriction:2.0', 'slr'],
  ['urn:oasis:names:tc:xliff:validation:2.0', 'val'],
]
const ITS_NAMESPACES: readonly (readonly [uri: string, prefix: string])[] = [
  ['http://www.w3.org/2005/11/its', 'its'],
  ['urn:oasis:names:tc:xliff:itsm:2.1', 'itsm'],
]

export const CORE_2_0 = 'urn:oasis:names:tc:xliff:document:2.0'
export const CORE_2_2 = 'urn:oasis:names:tc:xliff:document:2.2'

const GRAMMAR_2_1 = build(CORE_2_0, CORE, [...MODULE_NAMESPACES, ...ITS_NAMESPACES], MODULE_ATTRIBUTES)

/** What 2.2 adds: notes and metadata of the whole document, references of notes, message variants. */
const GRAMMAR_2_2 = build(
  CORE_2_2,
  {
    ...CORE,
    xliff: extended('xliff', { content: 'notes? mda:metadata? file+' }),
    note: extended('note', { attributes: `${CORE.note?.attributes} ref=uri` }),
    'res:resourceItem': extended('res:resourceItem', {
      content: 'notes? res:source? res:target? res:reference*',
    }),
  },
  [...MODULE_NAMESPACES, ...ITS_NAMESPACES, ['urn:oasis:names:tc:xliff:pgs:1.0', 'pgs']],
  [...MODULE_ATTRIBUTES, ['pgs:switch', 'unit', '4.3.1.40'], ['pgs:case', 'segment', '4.2.2.6']],
)

/**
 * The grammar of a 2.x file. 2.0 and 2.1 share a namespace and differ in modules only; those of 2.1 are known
 * in both. The section numbers are those of 2.1, whichever version the file has.
 */
export function grammar2(version: '2.0' | '2.1' | '2.2'): Grammar {
  return version === '2.2' ? GRAMMAR_2_2 : GRAMMAR_2_1
}

function extended(name: string, change: Partial<ElementSource>): ElementSource {
  const source = CORE[name] ?? MODULES[name]
  if (source === undefined) throw new Error(`no element ${name}`)
  return { ...source, ...change }
}

function build(
  core: string,
  elements: Readonly<Record<string, ElementSource>>,
  modules: readonly (readonly [uri: string, prefix: string])[],
  attributes: readonly (readonly [attribute: string, on: string, section: string])[],
): Grammar {
  return {
    specification: 'XLIFF 2.1',
    elements: compileElements('XLIFF 2.1', { ...MODULES, ...elements }, TYPES),
    attributes: new Map(attributes.map(compileGlobal)),
    prefixes: new Map([[core, ''], ...modules]),
    attributeSections: new Map([
      ...CORE_ATTRIBUTES.split(' ').map((name, index) => [name, `XLIFF 2.1 §4.3.1.${index + 1}`] as const),
      ['xml:lang', 'XLIFF 2.1 §4.3.2.1'],
      ['xml:space', 'XLIFF 2.1 §4.3.2.2'],
    ]),
  }
}

function compileGlobal([token, on, section]: readonly [string, string, string]): [string, GlobalAttribute] {
  const [name = '', typeName] = token.split('=')
  const type = typeName === undefined ? undefined : TYPES[typeName]
  if (typeName !== undefined && type === undefined) throw new Error(`no value type ${typeName}`)
  return [name, { type, on: new Set(on.split(' ')), section: `XLIFF 2.1 §${section}` }]
}
