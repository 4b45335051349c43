import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvCell } from '../../src/domain/report-csv.ts'
import type { Concept } from '../../src/domain/term.ts'
import { parseRecords } from '../../src/exchange/csv-records.ts'
import { readGlossaryCsv, writeGlossaryCsv } from '../../src/exchange/glossary-csv.ts'
import { writeGlossaryPairs } from '../../src/exchange/glossary-pairs.ts'

/** What spreadsheets take for the beginning of a formula. Source: OWASP, CSV Injection. */
const STARTS = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']
const FORMULAS = STARTS.map((start) => `${start}cmd|' /C calc'!A0`)

const concept = (text: string): Concept => ({
  ...{ id: 'one', definition: text, subject: text, source: text, enforcement: 'hard' },
  terms: ['en', 'de'].map((locale) => ({
    ...{ locale, text, status: 'preferred' as const, caseMode: 'insensitive' as const },
    ...{ inflecting: true, forms: [], note: text },
  })),
})

describe('a CSV that people open in a spreadsheet', () => {
  it('has no cell that begins a formula: reports', () => {
    for (const formula of FORMULAS) {
      expect(formulasIn(`${csvCell(formula)},${csvCell(`"${formula}`)}\n`)).toEqual([])
    }
  })

  it('has no cell that begins a formula: term bases, which read back as they were', () => {
    for (const formula of FORMULAS) {
      const csv = writeGlossaryCsv([concept(formula.trim())])
      expect(formulasIn(csv)).toEqual([])
      expect(readGlossaryCsv(csv)).toEqual([concept(formula.trim())])
    }
  })

  it('gives every definition back, whatever it begins with', () => {
    const begin = fc.constantFrom('', "'", "''", ...STARTS.filter((start) => start.trim() !== ''))
    fc.assert(
      fc.property(begin, begin, fc.string({ minLength: 1 }), (first, second, rest) => {
        const definition = `${first}${second}${rest}`.replace(/[\0\r\n]/g, '').trim()
        const made = { ...concept('word'), definition }
        expect(readGlossaryCsv(writeGlossaryCsv([made]))[0]?.definition).toBe(definition)
      }),
      { numRuns: 200 },
    )
  })
})

describe('a list that another program reads', () => {
  it('has terms exactly as they are: an apostrophe would become part of what an engine writes', () => {
    const list = writeGlossaryPairs([concept('-ing')], {
      ...{ form: 'omegat', sourceLocale: 'en', targetLocale: 'de' },
    })
    expect(list).toBe('-ing\t-ing\t-ing; -ing\n')
  })
})

/** Cells that a spreadsheet would run. */
function formulasIn(csv: string): readonly string[] {
  const cells = parseRecords(csv).flatMap((record) => record.map(({ text }) => text))
  return cells.filter((cell) => STARTS.includes(cell.trim().charAt(0)) || STARTS.includes(cell.charAt(0)))
}
