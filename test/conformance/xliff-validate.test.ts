import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { validateXliff } from '../../src/exchange/validate/validate-xliff.ts'
import { decodeXml } from '../../src/xml/encoding.ts'
import { needs, whyNoData } from '../exchange/needs.ts'
import { mutate, seededPick } from '../exchange/validate-mutants.ts'
import { SHARED_DATA, whyNoXmllint } from '../exchange/xmllint.ts'

const SUITE = join(SHARED_DATA, 'xliff/oasis-2.1/test-suite')
const SCHEMAS = join(SHARED_DATA, 'xliff/schemas')

const read = (path: string): string => decodeXml(readFileSync(path)).text
const nameOf = (path: string): string => path.slice(SHARED_DATA.length + 1)

/** What a file is held against: the schemas of 1.x, and of 2.x with all modules. */
type Schema = 'strict' | 'transitional' | '1.1' | '2.0' | '2.1' | '2.2'

const FILES_1: Readonly<Record<string, string>> = {
  strict: 'xliff-core-1.2-strict.xsd',
  transitional: 'xliff-core-1.2-transitional.xsd',
  '1.1': 'xliff-core-1.1.xsd',
}
const MODULES = [
  ['matches', 'matches'],
  ['glossary', 'glossary'],
  ['fs', 'fs'],
  ['metadata', 'metadata'],
  ['resource_data', 'resourcedata'],
  ['size_restriction', 'sizerestriction'],
  ['validation', 'validation'],
] as const

function schemaPath(schema: Schema, folder: string): string {
  const file = FILES_1[schema]
  if (file !== undefined) return join(SCHEMAS, 'xliff', file)
  const namespace = schema === '2.2' ? '2.2' : '2.0'
  const core = join(SCHEMAS, `xliff${schema}`, `xliff_core_${namespace}.xsd`)
  const imports = [
    [`urn:oasis:names:tc:xliff:document:${namespace}`, core],
    ...MODULES.map(([name, urn]) => [
      `urn:oasis:names:tc:xliff:${urn}:2.0`,
      join(SCHEMAS, `xliff${schema}`, schema === '2.0' ? 'modules' : '', `${name}.xsd`),
    ]),
    ...(schema === '2.0'
      ? []
      : [
          ['http://www.w3.org/2005/11/its', join(SCHEMAS, `xliff${schema}`, 'its.xsd')],
          ['urn:oasis:names:tc:xliff:itsm:2.1', join(SCHEMAS, `xliff${schema}`, 'itsm.xsd')],
        ]),
  ].map(([uri, path]) => `<xs:import namespace="${uri}" schemaLocation="${pathToFileURL(path ?? '').href}"/>`)
  const driver = join(folder, 'driver.xsd')
  writeFileSync(
    driver,
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${imports.join('')}</xs:schema>`,
  )
  return driver
}

/** What xmllint says against each text by the schema; '' where it accepts it, undefined where it crashes. */
function schemaVerdicts(texts: readonly string[], schema: Schema): readonly (string | undefined)[] {
  const folder = mkdtempSync(join(tmpdir(), 'talmach-validate-'))
  try {
    const driver = schemaPath(schema, folder)
    const paths = texts.map((text, index) => {
      const path = join(folder, `${index}.xlf`)
      writeFileSync(path, text.replace(/^\s*<\?xml[^>]*\?>/, ''))
      return path
    })
    const verdicts = new Map<string, string>()
    let left = paths
    // Some versions of xmllint crash after a few files with broken keys: the rest is asked again.
    while (left.length > 0) {
      const found = askXmllint(left, driver)
      for (const [path, verdict] of found) verdicts.set(path, verdict)
      left = found.size === 0 ? left.slice(1) : left.filter((path) => !found.has(path))
    }
    return paths.map((path) => verdicts.get(path))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Verdicts of the files that it came to. */
function askXmllint(paths: readonly string[], schema: string): ReadonlyMap<string, string> {
  const { stderr } = spawnSync('xmllint', ['--nonet', '--noout', '--schema', schema, ...paths], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: {
      PATH: process.env.PATH ?? '',
      XML_CATALOG_FILES: pathToFileURL(join(SCHEMAS, 'catalog.xml')).href,
    },
  })
  const said = new Map<string, string>()
  const verdicts = new Map<string, string>()
  for (const line of stderr.split('\n')) {
    if (line.endsWith(' validates')) verdicts.set(line.slice(0, -' validates'.length), '')
    const path = line.slice(0, line.indexOf('.xlf') + '.xlf'.length)
    if (!said.has(path)) said.set(path, line.slice(path.length))
    if (/ fails to validate$|: parser error : |: namespace error : /.test(line)) {
      verdicts.set(path, said.get(path) ?? 'rejected')
    }
  }
  return verdicts
}

function schemaOf(text: string): Schema | undefined {
  const root = /<(?:\w+:)?xliff\b[^>]*/.exec(text.slice(0, 5_000))?.[0] ?? ''
  if (root.includes('document:1.2')) return 'strict'
  if (root.includes('document:1.1')) return '1.1'
  if (root.includes('document:2.2')) return '2.2'
  if (!root.includes('document:2.0')) return undefined
  return root.includes('version="2.1"') ? '2.1' : '2.0'
}

type Comparison = { files: number; accepted: number; rejected: number; missed: string[]; stricter: string[] }

/** Holds our verdicts against those of the schema. */
function compare(texts: readonly string[], names: readonly string[], schema: Schema): Comparison {
  const result: Comparison = { files: 0, accepted: 0, rejected: 0, missed: [], stricter: [] }
  for (const [index, verdict] of schemaVerdicts(texts, schema).entries()) {
    if (verdict === undefined) continue
    result.files++
    const [first] = validateXliff(texts[index] ?? '', { strict: schema === 'strict' }).violations
    if (first === undefined && verdict === '') result.accepted++
    else if (first === undefined) result.missed.push(`${names[index]} ${verdict}`)
    else if (verdict === '') result.stricter.push(`${first.rule} ${first.message}`)
    else result.rejected++
  }
  return result
}

function tell(name: string, { files, accepted, rejected, missed, stricter }: Comparison): void {
  const ours = `${stricter.length} rejected by a rule that no schema has`
  console.info(
    `${name}: ${files} files, ${accepted} accepted and ${rejected} rejected by both, ${ours}, ${missed.length} missed`,
  )
}

const realFiles = (): readonly string[] =>
  globSync(join(SHARED_DATA, 'xliff/real/**/*'))
    .filter((path) => statSync(path).isFile())
    .sort()

function readable(paths: readonly string[]): readonly { readonly path: string; readonly text: string }[] {
  return paths.flatMap((path) => {
    try {
      return [{ path, text: read(path) }]
    } catch {
      return []
    }
  })
}

describe('validateXliff on the conformance data', () => {
  it('rejects all 162 invalid files of the official 2.1 suite and accepts all 77 valid ones', (context) => {
    needs(context, whyNoData('xliff/oasis-2.1'))
    const valid = globSync(join(SUITE, '*/{valid,in-out}/*.xlf'))
    const invalid = globSync(join(SUITE, '*/invalid/*.xlf'))
    const accepted = invalid.filter((path) => validateXliff(read(path)).violations.length === 0)
    const rejected = valid.flatMap((path) => {
      const [first] = validateXliff(read(path)).violations
      return first === undefined ? [] : [`${nameOf(path)}: ${first.rule} ${first.message}`]
    })
    console.info(
      `oasis 2.1: ${invalid.length - accepted.length} of ${invalid.length} invalid files rejected, ` +
        `${valid.length - rejected.length} of ${valid.length} valid files accepted`,
    )
    expect(accepted.map(nameOf)).toEqual([])
    expect(rejected).toEqual([])
    expect([invalid.length, valid.length]).toEqual([162, 77])
  })

  it.for(['strict', 'transitional', '1.1', '2.0'] as const)(
    'agrees with the schema about files of real tools: %s',
    (schema, context) => {
      needs(context, whyNoData('xliff/real') ?? whyNoXmllint())
      const wanted = schema === 'transitional' ? 'strict' : schema
      const files = readable(realFiles()).filter(({ text }) => schemaOf(text) === wanted)
      const result = compare(
        files.map(({ text }) => text),
        files.map(({ path }) => nameOf(path)),
        schema,
      )
      tell(`real files, ${schema}`, result)
      expect(result.files).toBeGreaterThan(files.length * 0.9)
      expect(result.missed).toEqual([])
      if (!schema.startsWith('2')) expect(result.stricter).toEqual([])
    },
  )

  it.for(['strict', 'transitional', '1.1', '2.0', '2.1', '2.2'] as const)(
    'rejects every mutant that the schema rejects: %s',
    (schema, context) => {
      needs(context, whyNoData('xliff/real') ?? whyNoData('xliff/oasis-2.1') ?? whyNoXmllint())
      const pick = seededPick(20_261_122)
      const bases = validBases(schema)
      const mutants: string[] = []
      while (mutants.length < MUTANTS) {
        const mutant = mutate(pick(bases), pick)
        if (isWellFormed(mutant)) mutants.push(mutant)
      }
      const result = compare(
        mutants,
        mutants.map((_, index) => `mutant ${index}`),
        schema,
      )
      tell(`mutants, ${schema}`, result)
      expect(result.missed).toEqual([])
      expect(result.rejected).toBeGreaterThan(MUTANTS / 5)
      expect(result.accepted).toBeGreaterThan(MUTANTS / 10)
      // What 1.x says beyond its schemas: language codes are those of BCP 47, and paired codes have a partner.
      if (!schema.startsWith('2'))
        expect(result.stricter.filter((said) => !/language|has no <(?:bpt|ept)>/.test(said))).toEqual([])
    },
  )
})

const MUTANTS = 300

/** Valid files of a version; 2.1 and 2.2 are made from those of 2.0, of which they keep all. */
function validBases(schema: Schema): readonly string[] {
  const paths = [...realFiles(), ...globSync(join(SUITE, '*/{valid,in-out}/*.xlf')).sort()]
  const wanted = schema === 'transitional' ? 'strict' : schema.startsWith('2') ? '2.0' : schema
  return readable(paths.filter((path) => statSync(path).size < 20_000))
    .filter(({ text }) => schemaOf(text) === wanted)
    .map(({ text }) => {
      const unmarked = text.replace(/^\s*<\?xml[^>]*\?>/, '')
      const numbered = unmarked.replace(/(<xliff[^>]*version=")2\.\d/, `$1${schema}`)
      return schema === '2.2' ? numbered.replaceAll('document:2.0', 'document:2.2') : numbered
    })
    .filter((text) => validateXliff(text, { strict: schema === 'strict' }).violations.length === 0)
}

function isWellFormed(text: string): boolean {
  return validateXliff(text).violations.every(({ rule }) => rule !== 'XML 1.0')
}
