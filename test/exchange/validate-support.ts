import { expect } from 'vitest'
import { type ValidationOptions, validateXliff } from '../../src/exchange/validate/validate-xliff.ts'

const NAMESPACES = [
  'xmlns="urn:oasis:names:tc:xliff:document:2.0"',
  ...Object.entries({
    mtc: 'matches:2.0',
    gls: 'glossary:2.0',
    fs: 'fs:2.0',
    mda: 'metadata:2.0',
    res: 'resourcedata:2.0',
    ctr: 'changetracking:2.0',
    slr: 'sizerestriction:2.0',
    val: 'validation:2.0',
    itsm: 'itsm:2.1',
  }).map(([prefix, name]) => `xmlns:${prefix}="urn:oasis:names:tc:xliff:${name}"`),
  'xmlns:its="http://www.w3.org/2005/11/its" its:version="2.0" xmlns:my="urn:my"',
].join(' ')

/** A 2.1 document with these files in it. */
export function document2(files: string, attributes = 'srcLang="en" trgLang="de"'): string {
  return `<xliff ${NAMESPACES} version="2.1" ${attributes}>${files}</xliff>`
}

/** One file with this content. */
export const inFile = (content: string): string => document2(`<file id="f">${content}</file>`)

/** One unit with this content. */
export const inUnit = (content: string, attributes = ''): string =>
  inFile(`<unit id="u"${attributes === '' ? '' : ` ${attributes}`}>${content}</unit>`)

/** One segment. */
export const inSegment = (source: string, target?: string, attributes = ''): string =>
  inUnit(
    `<segment${attributes === '' ? '' : ` ${attributes}`}><source>${source}</source>${target === undefined ? '' : `<target>${target}</target>`}</segment>`,
  )

type Settings1 = {
  readonly header?: string
  /** Attributes of the file. */
  readonly file?: string
  readonly version?: string
  /** Default: that of the version; '' for none. */
  readonly namespace?: string
}

/** A document of XLIFF 1.2, or an older one, with this body. */
export function document1(body: string, settings: Settings1 = {}): string {
  const { header = '', file = '', version = '1.2' } = settings
  const { namespace = `urn:oasis:names:tc:xliff:document:${version}` } = settings
  const declared = namespace === '' ? '' : ` xmlns="${namespace}"`
  return `<xliff version="${version}"${declared}><file original="a" source-language="en" datatype="plaintext" ${file}>${header}<body>${body}</body></file></xliff>`
}

/** Rules of all violations, in order. */
export function rulesOf(text: string, options: ValidationOptions = {}): readonly string[] {
  return validateXliff(text, options).violations.map(({ rule }) => rule)
}

/** A rule: a file that keeps it, and one that breaks this rule and no other. */
export type RuleCase = readonly [name: string, rule: string, kept: string, broken: string]

/** The kept file has no violation; the broken one has some, all by this rule, each said in a sentence. */
export function expectRule([, rule, kept, broken]: RuleCase): void {
  expect(validateXliff(kept).violations).toEqual([])
  const { violations } = validateXliff(broken)
  expect([...new Set(violations.map((violation) => violation.rule))]).toEqual([rule])
  for (const { message, line, column } of violations) {
    expect(message).toMatch(/^\S.{10,}[^.]$/s)
    expect([line, column].every((number) => Number.isInteger(number) && number > 0)).toBe(true)
  }
}
