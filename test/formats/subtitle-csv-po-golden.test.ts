import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { csvAdapter } from '../../src/formats/csv.ts'
import { poAdapter } from '../../src/formats/po.ts'
import { srtAdapter, vttAdapter } from '../../src/formats/subtitles.ts'
import { readWith, register } from './registered.ts'
import { show, translated } from './support.ts'

const FIXTURES = [
  ['dispatch.srt', register('srt', srtAdapter)],
  ['dispatch.vtt', register('vtt', vttAdapter)],
  ['dispatch.csv', register('csv', csvAdapter)],
  ['catalogue.pot', register('po', poAdapter)],
] as const

function fixture(name: string): URL {
  return new URL(`fixtures/${name}`, import.meta.url)
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

describe('readDocument', () => {
  it.each(FIXTURES)('finds the units of %s', (name, format) => {
    const document = readWith(format, readFileSync(fixture(name)))
    const units = document.units.map((unit) => {
      const codes = unit.codes.map((code) => `${code.kind} ${code.pair ?? '-'} ${code.type} ${code.data}`)
      return { id: unit.id, kind: unit.kind, text: show(unit.text), codes }
    })
    expectStored(`${name}.units.json`, `${JSON.stringify(units, null, 2)}\n`)
  })
})

describe('writeDocument', () => {
  it.each(FIXTURES)('writes %s translated, and only that changed', (name, format) => {
    const document = readWith(format, readFileSync(fixture(name)))
    expectStored(`${name}.translated`, translated(document, pretend))
  })
})
