import { DomainError } from '../../domain/errors.ts'
import { parseXml, type XmlElement } from '../../xml/tree.ts'
import { checkConstraints2 } from './constraints-2.ts'
import { CORE_1_1, CORE_1_2, grammar1, type Schema1 } from './grammar-1.ts'
import { CORE_2_0, CORE_2_2, grammar2 } from './grammar-2.ts'
import { checkKeys1 } from './keys-1.ts'
import { type Node, resolveNames } from './nodes.ts'
import { checkStructure } from './structure.ts'
import { collectViolations, quoted, type Report, type Violation } from './violation.ts'

export type Validation = {
  /** As the file says; undefined where it is not XLIFF or says none. */
  readonly version: string | undefined
  /** Which schemas of 1.2 a file without violations satisfies: the strict one, or the transitional one only. */
  readonly conformance?: 'strict' | 'transitional'
  readonly violations: readonly Violation[]
}

export type ValidationOptions = {
  /** For messages. */
  readonly file?: string
  /** Hold 1.2 against its strict schema; otherwise against the transitional one, which allows more. */
  readonly strict?: boolean
}

/**
 * Holds a file against the whole XLIFF specification of its version: 1.0, 1.1, 1.2, 2.0, 2.1 and 2.2. Text that
 * is not well-formed XML has one violation, where it breaks. Never throws for what a file holds.
 *
 * @param text decoded (see `decodeXml`)
 * @returns violations in the order of the file, with lines and columns from 1 (UTF-16 code units)
 */
export function validateXliff(text: string, options: ValidationOptions = {}): Validation {
  const { report, violations } = collectViolations(text)
  let root: XmlElement
  try {
    root = parseXml(text, { skipDoctype: true })
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const { line = 1, column = 1 } = error.place ?? {}
    return {
      version: undefined,
      violations: [{ line, column, rule: 'XML 1.0', message: error.message.slice(0, 500) }],
    }
  }
  const version = root.attributes.get('version')?.value
  if (root.local !== 'xliff') {
    report(root, 'XLIFF', `this is not XLIFF: its root element is <${root.name.slice(0, 40)}>`)
    return { version: undefined, violations: violations() }
  }
  if (versionOf(root, version) === 2) check2(root, version, report)
  else if (versionOf(root, version) === 1) return check1(text, root, version, options.strict === true)
  else {
    const place = root.attributes.get('version') ?? root
    const named = version === undefined ? 'names no version' : `has the unknown version ${quoted(version)}`
    report(place, 'XLIFF', `the document ${named}; there are 1.0, 1.1, 1.2, 2.0, 2.1 and 2.2`)
  }
  return { version, violations: violations() }
}

/** The namespace decides where it is known, else the version. */
function versionOf(root: XmlElement, version: string | undefined): 1 | 2 | undefined {
  if (root.namespace === CORE_2_0 || root.namespace === CORE_2_2) return 2
  if (root.namespace === CORE_1_1 || root.namespace === CORE_1_2) return 1
  if (version?.startsWith('2.') === true) return 2
  return version?.startsWith('1.') === true ? 1 : undefined
}

function check1(text: string, root: XmlElement, version: string | undefined, strict: boolean): Validation {
  const schema = schemaOf(root, version)
  const node = resolveNames(root, new Map([[root.namespace, '']])).root
  if (schema !== '1.2 transitional') return { version, violations: violationsBy(text, node, schema) }
  if (strict) {
    const violations = violationsBy(text, node, '1.2 strict')
    return { version, violations, ...(violations.length === 0 ? { conformance: 'strict' } : {}) }
  }
  const violations = violationsBy(text, node, schema)
  if (violations.length > 0) return { version, violations }
  const { report, violations: severe } = collectViolations(text)
  checkStructure(node, grammar1('1.2 strict'), report)
  return { version, conformance: severe().length === 0 ? 'strict' : 'transitional', violations }
}

function schemaOf(root: XmlElement, version: string | undefined): Schema1 {
  if (root.namespace === CORE_1_2) return '1.2 transitional'
  if (root.namespace === CORE_1_1) return '1.1'
  return version === '1.0' ? '1.0' : version === '1.1' ? '1.1' : '1.2 transitional'
}

function violationsBy(text: string, node: Node, schema: Schema1): readonly Violation[] {
  const { report, violations } = collectViolations(text)
  const grammar = grammar1(schema)
  const [namespace] = grammar.prefixes.keys()
  const { element } = node
  if (element.namespace !== namespace) {
    const wanted = namespace === '' ? 'no namespace' : `the namespace ${namespace}`
    const message = `<${element.name}> must have ${wanted}, not ${quoted(element.namespace)}`
    report(node, `${grammar.specification} §3.2.1`, message)
  }
  checkStructure(node, grammar, report)
  if (schema.startsWith('1.2')) checkKeys1(node, report)
  return violations()
}

function check2(root: XmlElement, version: string | undefined, report: Report): void {
  const at = root.attributes.get('version') ?? root
  const grammar = grammar2(root.namespace === CORE_2_2 || version === '2.2' ? '2.2' : '2.1')
  const known = root.namespace === CORE_2_2 ? ['2.0', '2.1', '2.2'] : ['2.0', '2.1']
  if (version !== undefined && !known.includes(version)) {
    report(
      at,
      'XLIFF 2.1 §4.3.1.42',
      `the version ${quoted(version)} must be one of ${known.join(', ')} in this namespace`,
    )
  }
  if (root.namespace !== CORE_2_0 && root.namespace !== CORE_2_2) {
    report(
      root,
      'XLIFF 2.1 §4.2.2.1',
      `the namespace of XLIFF 2 is ${CORE_2_0}, not ${quoted(root.namespace)}`,
    )
  }
  const named = resolveNames(root, new Map([...grammar.prefixes, [root.namespace, '']]))
  checkStructure(named.root, grammar, report)
  checkConstraints2(named.root, named.extended, report)
}
