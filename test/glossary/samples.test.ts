import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Format, plainText } from '../../src/domain/document.ts'
import { buildTermIndex, findOccurrences } from '../../src/domain/term-index.ts'
import { readTbx } from '../../src/exchange/tbx.ts'
import { readDocument } from '../../src/formats/read.ts'

const FOLDER = new URL('../../translations/samples/', import.meta.url)
const SAMPLES: readonly { readonly file: string; readonly format: Format }[] = [
  { file: 'strike-at-the-tractor-works.html', format: 'html' },
  { file: 'decree-no-3.md', format: 'markdown' },
  { file: 'night-in-minsk.txt', format: 'text' },
]

const base = new URL('../../glossary/belarus-2020/belarus-2020.tbx', import.meta.url)
const glossary = { name: 'belarus-2020', version: '', concepts: readTbx(readFileSync(base, 'utf8')) }
const english = buildTermIndex([glossary], 'en')
const documents = SAMPLES.map(({ file, format }) => ({
  file,
  units: readDocument(readFileSync(new URL(file, FOLDER)), { format, file }).units,
}))
const occurrences = documents.flatMap(({ units }) =>
  units.flatMap((unit) =>
    findOccurrences(english, unit.text).map((found) => ({
      ...found,
      text: unit.text.slice(found.start, found.end),
    })),
  ),
)
const everything = documents.map(({ units }) => wordsOf(units)).join('\n')

describe('translations/samples', () => {
  it.each(glossary.concepts.map((concept) => concept.id))('uses an allowed English term for %s', (id) => {
    const allowed = occurrences.filter((one) => one.conceptId === id && one.term.status !== 'forbidden')
    expect(allowed.length).toBeGreaterThan(0)
  })

  it('uses no forbidden term but one in quotation marks, which a person has to waive or replace', () => {
    const forbidden = occurrences.filter((one) => one.term.status === 'forbidden').map((one) => one.text)
    expect(forbidden).toEqual(['White Russia'])
    expect(everything).toContain('“White Russia”')
  })

  it.each(documents)('has 600 to 1,500 words in $file', ({ units }) => {
    const words = wordsOf(units).split(/\s+/u).length
    expect(words).toBeGreaterThanOrEqual(600)
    expect(words).toBeLessThanOrEqual(1500)
  })

  it.each([
    ['a number sign at the end of a sentence', 'Decree No. 3. Everyone'],
    ['an abbreviation before a per cent sign', 'Mr. 3%'],
    ['a footnote mark without a space', 'OMON(2)'],
    ['quotation marks within quotation marks', '‘Write “I am a parasite” on the cast, and go.’'],
    ['an ellipsis after a space', 'that night ...'],
    ['a decimal point and a thousands separator', '1,150.50 Belarusian roubles'],
    ['a time of day', 'At 10 p.m. the lights'],
    ['i.e. before a number', 'i.e. 4,661,075 votes'],
    ['Arabic script', 'بيروت'],
    ['Persian script', 'تهران'],
    ['Cyrillic script', 'Беларусь'],
  ])('holds %s', (_, text) => {
    expect(everything.replace(/\s+/gu, ' ')).toContain(text)
  })
})

function wordsOf(units: (typeof documents)[number]['units']): string {
  return units.map((unit) => plainText(unit.text, unit.codes)).join('\n')
}
