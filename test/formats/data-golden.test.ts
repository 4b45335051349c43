import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Adapter } from '../../src/formats/adapter.ts'
import { jsonAdapter } from '../../src/formats/json.ts'
import { markdownAdapter } from '../../src/formats/markdown-adapter.ts'
import { yamlAdapter } from '../../src/formats/yaml.ts'
import { type DataDocument, readWith, translatedWith } from './data-support.ts'
import { brokenPromises, show } from './support.ts'

const FIXTURES: readonly [string, Adapter][] = [
  ['export.json', jsonAdapter],
  ['export.yaml', yamlAdapter],
  ['export.mdx', markdownAdapter],
]

function fixture(name: string): URL {
  return new URL(`fixtures/${name}`, import.meta.url)
}

function readFixture(name: string, adapter: Adapter): DataDocument {
  return readWith(adapter, readFileSync(fixture(name), 'utf8'), {}, name)
}

/** Compares with a stored result, which only `UPDATE=1` may write. */
function expectStored(name: string, actual: string): void {
  if (process.env.UPDATE === '1') writeFileSync(fixture(name), actual)
  expect(existsSync(fixture(name)), `${name} is missing: run with UPDATE=1 and look at it`).toBe(true)
  expect(actual).toBe(readFileSync(fixture(name), 'utf8'))
}

/** Vowels become other vowels, so that every translated place shows. */
function pretend(text: string): string {
  const vowels: Record<string, string> = { a: 'ä', e: 'é', i: 'ï', o: 'ö', u: 'ü' }
  return text.replace(/[aeiou]/g, (vowel) => vowels[vowel] ?? vowel)
}

describe.each(FIXTURES)('the adapter for %s', (name, adapter) => {
  it('finds the units', () => {
    const document = readFixture(name, adapter)
    const units = document.units.map((unit) => {
      const codes = unit.codes.map((code) => `${code.kind} ${code.pair ?? '-'} ${code.type} ${code.data}`)
      return { id: unit.id, kind: unit.kind, text: show(unit.text), codes }
    })
    expect(brokenPromises(document)).toEqual([])
    expectStored(`${name}.units.json`, `${JSON.stringify(units, null, 2)}\n`)
  })

  it('writes them translated, and only that changed', () => {
    const document = readFixture(name, adapter)
    expect(translatedWith(document, (text) => text)).toBe(translatedWith(document, () => undefined))
    expectStored(`${name}.translated`, translatedWith(document, pretend))
  })
})
