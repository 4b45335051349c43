import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeCharacter, codesIn, type Format } from '../../src/domain/document.ts'
import { writeDocument } from '../../src/formats/write.ts'
import { htmlDocument, markdownDocument, textDocument } from './arbitraries.ts'
import { brokenPromises, read } from './support.ts'

const CASES: readonly [Format, fc.Arbitrary<string>][] = [
  ['html', htmlDocument],
  ['markdown', markdownDocument],
  ['text', textDocument],
]
const RUNS = { numRuns: 200 }

/** The unit's text from `start` to `end` with its codes numbered anew, as a segment has it. */
function segmentText(text: string, start: number, end: number): string {
  let code = 0
  return text.slice(start, end).replace(/[\ue000-\uf8ff]/g, () => codeCharacter(code++))
}

describe.each(CASES)('a document in %s', (format, documents) => {
  it('keeps what readers promise of units, offsets and codes', () => {
    fc.assert(
      fc.property(documents, (source) => {
        expect(brokenPromises(read(source, format))).toEqual([])
      }),
      RUNS,
    )
  })

  it('is written back byte for byte when nothing is translated', () => {
    fc.assert(
      fc.property(documents, fc.boolean(), (source, bom) => {
        const bytes = Buffer.from((bom ? '\ufeff' : '') + source)
        expect(Buffer.from(writeDocument(read(bytes, format), []))).toEqual(bytes)
      }),
      RUNS,
    )
  })

  it('is written back byte for byte when every translation equals its source', () => {
    fc.assert(
      fc.property(documents, (source) => {
        const document = read(source, format)
        const translations = document.units.map(({ id, text }) => ({
          unitId: id,
          start: 0,
          end: text.length,
          text,
        }))
        expect(Buffer.from(writeDocument(document, translations)).toString()).toBe(source)
      }),
      RUNS,
    )
  })

  it('changes only the range of the segment that is translated', () => {
    fc.assert(
      fc.property(documents, fc.nat(), fc.nat(), fc.nat(), (source, a, b, c) => {
        const document = read(source, format)
        const unit = document.units[a % Math.max(document.units.length, 1)]
        if (unit === undefined) return
        const start = b % unit.text.length
        const end = start + 1 + (c % (unit.text.length - start))
        if (!unit.text.slice(0, start).isWellFormed() || !unit.text.slice(start, end).isWellFormed()) return
        const text = `Wort ${segmentText(unit.text, start, end)}`
        const written = Buffer.from(
          writeDocument(document, [{ unitId: unit.id, start, end, text }]),
        ).toString()
        const whole = unit.escape === 'yaml-plain'
        const from = unit.offsets[whole ? 0 : start] ?? 0
        const to = unit.offsets[whole ? unit.text.length : end] ?? source.length
        expect(written.slice(0, from)).toBe(source.slice(0, from))
        expect(written.slice(written.length - (source.length - to))).toBe(source.slice(to))
      }),
      RUNS,
    )
  })

  it('carries every code into the translation, in the order the translation gives', () => {
    fc.assert(
      fc.property(documents, (source) => {
        const document = read(source, format)
        const unit = document.units.find((candidate) =>
          candidate.codes.some((code) => code.kind === 'single'),
        )
        if (unit === undefined) return
        const singles = codesIn(unit.text)
          .filter((code) => unit.codes[code]?.kind === 'single')
          .reverse()
        const text = `Wort ${singles.map((code) => codeCharacter(code)).join(' und ')} Ende`
        const translation = { unitId: unit.id, start: 0, end: unit.text.length, text }
        const written = Buffer.from(writeDocument(document, [translation])).toString()
        let from = unit.offsets[0] ?? 0
        for (const code of singles) {
          const data = unit.codes[code]?.data ?? ''
          const found = written.indexOf(data, from)
          expect(found, `${data} in ${written}`).not.toBe(-1)
          from = found + data.length
        }
      }),
      RUNS,
    )
  })
})

describe('a translated HTML document', () => {
  it('is read again as the texts that were written', () => {
    const anyText = fc.string({
      unit: fc.constantFrom(...'aé <>&"\'`=;/!x5—#\u00a0'),
      minLength: 1,
      maxLength: 20,
    })
    fc.assert(
      fc.property(htmlDocument, anyText, (source, words) => {
        const document = read(source, 'html')
        const word = `W${words}w`.replace(/ +/g, ' ')
        const wanted = document.units.map((unit) => word + unit.text + word)
        const written = writeDocument(
          document,
          document.units.map(({ id, text }) => ({
            unitId: id,
            start: 0,
            end: text.length,
            text: word + text + word,
          })),
        )
        expect(read(written, 'html').units.map((unit) => unit.text)).toEqual(wanted)
      }),
      RUNS,
    )
  })
})
