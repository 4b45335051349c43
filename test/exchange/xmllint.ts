import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** The official schemas and the conformance data lie beside the checkout, never in it. */
export const SHARED_DATA = resolve(import.meta.dirname, '../../../shared/data')

const SCHEMAS = join(SHARED_DATA, 'xliff/schemas')

/** @returns why files cannot be validated here; undefined when they can */
export function whyNoXmllint(): string | undefined {
  if (!existsSync(SCHEMAS)) return 'the XLIFF schemas are not at ../shared/data/xliff/schemas'
  if (spawnSync('xmllint', ['--version']).error !== undefined) return 'xmllint is not installed'
  return undefined
}

const IMPORTS_2 = {
  'urn:oasis:names:tc:xliff:document:2.0': 'xliff_core_2.0.xsd',
  'urn:oasis:names:tc:xliff:glossary:2.0': 'glossary.xsd',
  'urn:oasis:names:tc:xliff:metadata:2.0': 'metadata.xsd',
  'urn:oasis:names:tc:xliff:matches:2.0': 'matches.xsd',
  'urn:oasis:names:tc:xliff:sizerestriction:2.0': 'size_restriction.xsd',
}

/**
 * Validates XLIFF texts against the strict 1.2 schema, or the core and our modules of 2.x, in one run.
 *
 * @returns what xmllint says about each invalid one, joined; '' when all are valid
 */
export function schemaErrors(texts: readonly string[], version: '1.2' | '2.0' | '2.1'): string {
  const folder = mkdtempSync(join(tmpdir(), 'talmach-xmllint-'))
  try {
    const files = texts.map((text, index) => {
      const path = join(folder, `${index}.xlf`)
      writeFileSync(path, text)
      return path
    })
    const schema =
      version === '1.2' ? join(SCHEMAS, 'xliff/xliff-core-1.2-strict.xsd') : driver(folder, version)
    const result = spawnSync('xmllint', ['--nonet', '--noout', '--schema', schema, ...files], {
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH ?? '',
        XML_CATALOG_FILES: pathToFileURL(join(SCHEMAS, 'catalog.xml')).href,
      },
    })
    return result.status === 0 ? '' : result.stderr.replaceAll(/^.* validates\n/gm, '')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function driver(folder: string, version: '2.0' | '2.1'): string {
  const imports = Object.entries(IMPORTS_2).map(([namespace, name]) => {
    const inModules = version === '2.0' && !name.startsWith('xliff_core')
    const path = join(SCHEMAS, `xliff${version}`, inModules ? 'modules' : '', name)
    return `<xs:import namespace="${namespace}" schemaLocation="${pathToFileURL(path).href}"/>`
  })
  const path = join(folder, 'driver.xsd')
  writeFileSync(
    path,
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${imports.join('')}</xs:schema>`,
  )
  return path
}
