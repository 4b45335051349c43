import { DomainError, type Place } from '../domain/errors.ts'
import {
  SRX_HEADER,
  type SrxHeader,
  type SrxLanguageMap,
  type SrxLanguageRule,
  type SrxRule,
  type SrxRules,
} from '../domain/srx.ts'
import { parseExpression } from '../domain/srx-expression.ts'
import { placeAt } from '../xml/place.ts'
import {
  attributeOf,
  childElements,
  childrenNamed,
  escapeXmlText,
  parseXml,
  textOf,
  type XmlElement,
  xmlAttributes,
} from '../xml/tree.ts'

/** About ten times what the largest rule files in use have. */
const MOST_NODES = 200_000

type Source = { readonly text: string; readonly file: string | undefined }

/**
 * Reads segmentation rules: SRX 2.0, and SRX 1.0, whose maps stand in `<maprule>` elements of their own and
 * never cascade. Elements and attributes of other namespaces (Okapi's extensions) are passed over.
 * Source: LISA, “SRX 2.0 Specification” (2008).
 * @param text decoded
 * @param file its name, for the places of errors
 * @throws DomainError `invalid-input` with line and column: not XML, not SRX, an expression that cannot be run
 *   here, a map that names no rules; `too-large`
 */
export function readSrx(text: string, file?: string): SrxRules {
  const source: Source = { text, file }
  const root = parseXml(text, { ...(file === undefined ? {} : { file }), maxNodes: MOST_NODES })
  if (root.local !== 'srx')
    fail(root, source, `this is not SRX: its root element is <${root.name.slice(0, 40)}>`)
  const version = attributeOf(root, 'version')
  if (version !== '2.0' && version !== '1.0') {
    fail(root, source, 'this SRX file does not say version="2.0" or "1.0"')
  }
  const [header] = childrenNamed(root, 'header')
  const [body] = childrenNamed(root, 'body')
  if (body === undefined) return fail(root, source, 'this SRX file has no <body>')
  const languageRules = inside(body, 'languagerules', 'languagerule').map((one) => languageRule(one, source))
  const names = new Set(languageRules.map(({ name }) => name))
  const [maps] = childrenNamed(body, 'maprules')
  const mapped = maps === undefined ? [] : [maps, ...childrenNamed(maps, 'maprule')]
  return {
    header: readHeader(header, version === '1.0'),
    languageRules,
    maps: mapped
      .flatMap((parent) => childrenNamed(parent, 'languagemap'))
      .map((map) => languageMap(map, names, source)),
  }
}

function inside(parent: XmlElement, group: string, name: string): readonly XmlElement[] {
  return childrenNamed(parent, group).flatMap((element) => childrenNamed(element, name))
}

function fail(element: XmlElement, { file }: Source, message: string): never {
  const place: Place = { ...(file === undefined ? {} : { file }), line: element.line, column: element.column }
  throw new DomainError('invalid-input', message, { place })
}

function readHeader(header: XmlElement | undefined, isOld: boolean): SrxHeader {
  if (header === undefined) return SRX_HEADER
  const flag = (element: XmlElement, name: string, fallback: boolean): boolean => {
    const value = attributeOf(element, name)
    return value === undefined ? fallback : value === 'yes'
  }
  const include = { ...SRX_HEADER.include }
  for (const handle of childrenNamed(header, 'formathandle')) {
    const type = attributeOf(handle, 'type')
    if (type === 'start' || type === 'end' || type === 'isolated') {
      include[type] = flag(handle, 'include', include[type])
    }
  }
  return {
    segmentSubflows: flag(header, 'segmentsubflows', SRX_HEADER.segmentSubflows),
    cascade: !isOld && flag(header, 'cascade', SRX_HEADER.cascade),
    include,
  }
}

function languageRule(element: XmlElement, source: Source): SrxLanguageRule {
  const name = attributeOf(element, 'languagerulename')
  if (name === undefined) return fail(element, source, 'this <languagerule> has no languagerulename')
  return { name, rules: childrenNamed(element, 'rule').map((rule) => readRule(rule, source)) }
}

function readRule(element: XmlElement, source: Source): SrxRule {
  const value = attributeOf(element, 'break') ?? 'yes'
  if (value !== 'yes' && value !== 'no') fail(element, source, 'break is neither "yes" nor "no"')
  return {
    break: value === 'yes',
    before: expressionIn(element, 'beforebreak', source),
    after: expressionIn(element, 'afterbreak', source),
  }
}

function expressionIn(rule: XmlElement, name: string, source: Source): string {
  const [element, second] = childrenNamed(rule, name)
  if (second !== undefined) fail(second, source, `this <rule> has more than one <${name}>`)
  if (element === undefined) return ''
  const inner = childElements(element)[0]
  if (inner !== undefined) fail(inner, source, `<${name}> holds an element; write < as &lt;`)
  const expression = textOf(element)
  check(expression, source, (offset) => rawOffset(element, source.text, offset))
  return expression
}

function languageMap(element: XmlElement, names: ReadonlySet<string>, source: Source): SrxLanguageMap {
  const pattern = element.attributes.get('languagepattern')
  const name = attributeOf(element, 'languagerulename')
  if (pattern === undefined || name === undefined) {
    return fail(element, source, 'this <languagemap> needs languagepattern and languagerulename')
  }
  if (!names.has(name))
    fail(element, source, `there is no <languagerule> with the name “${name.slice(0, 60)}”`)
  check(pattern.value, source, (offset) => Math.min(pattern.end, pattern.start + offset))
  return { pattern: pattern.value, languageRule: name }
}

/** Reads an expression only to see that it can be read. */
function check(expression: string, { text, file }: Source, toOffset: (offset: number) => number): void {
  try {
    parseExpression(expression)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const place = placeAt(text, toOffset((error.place?.column ?? 1) - 1), file)
    throw new DomainError(error.code, error.message, { place, cause: error })
  }
}

/** Where a character of an element's decoded text stands in the file: a reference is one character there. */
function rawOffset(element: XmlElement, text: string, offset: number): number {
  let left = offset
  for (const node of element.children) {
    if (node.kind !== 'text') continue
    if (left > node.text.length) {
      left -= node.text.length
      continue
    }
    if (node.cdata) return node.start + '<![CDATA['.length + left
    const raw = text.slice(node.start, node.end)
    let at = 0
    for (; left > 0 && at < raw.length; left--) {
      if (raw.charAt(at) === '&') at = raw.indexOf(';', at)
      at++
    }
    return node.start + at
  }
  return element.contentStart
}

/**
 * Writes rules as SRX 2.0. Characters that XML cannot hold are dropped; expressions have no use for them.
 * @returns the file's text, to be encoded as UTF-8; `readSrx` gives the same rules again
 */
export function writeSrx({ header, languageRules, maps }: SrxRules): string {
  const yes = (value: boolean): string => (value ? 'yes' : 'no')
  const flags = xmlAttributes({ segmentsubflows: yes(header.segmentSubflows), cascade: yes(header.cascade) })
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<srx xmlns="http://www.lisa.org/srx20" version="2.0">',
    `<header${flags}>`,
    ...(['start', 'end', 'isolated'] as const).map(
      (type) => `<formathandle${xmlAttributes({ type, include: yes(header.include[type]) })}/>`,
    ),
    '</header>',
    '<body>',
    '<languagerules>',
  ]
  for (const { name, rules } of languageRules) {
    lines.push(`<languagerule${xmlAttributes({ languagerulename: name })}>`)
    for (const rule of rules) {
      const before = `<beforebreak>${escapeXmlText(rule.before)}</beforebreak>`
      const after = `<afterbreak>${escapeXmlText(rule.after)}</afterbreak>`
      lines.push(`<rule break="${yes(rule.break)}">${before}${after}</rule>`)
    }
    lines.push('</languagerule>')
  }
  lines.push('</languagerules>', '<maprules>')
  for (const { pattern, languageRule } of maps) {
    lines.push(`<languagemap${xmlAttributes({ languagepattern: pattern, languagerulename: languageRule })}/>`)
  }
  lines.push('</maprules>', '</body>', '</srx>', '')
  return lines.join('\n')
}
