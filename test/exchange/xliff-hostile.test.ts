import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import { readXliff } from '../../src/exchange/xliff-read.ts'
import { writeXliff } from '../../src/exchange/xliff-write.ts'
import { ownTime } from '../support/own-time.ts'
import { exchangeFile, hostileText, plainFile } from './xliff-samples.ts'

/** Reads what may be broken: anything but segments or an error for people fails the test. */
function read(text: string): DomainError | number {
  try {
    return readXliff(text, 'hostile.xlf').files.flatMap((file) => file.segments).length
  } catch (error) {
    if (error instanceof DomainError) return error
    throw error
  }
}

type Mutation = { readonly kind: string; readonly at: number; readonly cut: number; readonly insert: string }

/** Breaks the text anywhere, or drops or doubles an inline code, or drops or changes an attribute. */
function mutate(text: string, { kind, at, cut, insert }: Mutation): string {
  if (kind === 'raw') {
    const start = Math.floor(at * text.length)
    return text.slice(0, start) + insert + text.slice(start + cut)
  }
  const pattern = kind === 'code' ? /<(?:x|bx|ex|ph|sc|ec|cp)\b[^>]*>/g : / [\w:-]+="[^"]*"/g
  const matches = [...text.matchAll(pattern)]
  const match = matches[Math.floor(at * matches.length)]
  if (match === undefined) return text
  const [found] = match
  const changed =
    kind === 'code' ? insert.replaceAll('$&', () => found) : found.replace(/"[^"]*"/, `"${insert}"`)
  const replaced = kind === 'attribute' && insert === '_' ? '' : changed
  return text.slice(0, match.index) + replaced + text.slice(match.index + found.length)
}

describe('readXliff on hostile files', () => {
  it('survives 2,000 mutants of our own files with segments or a readable error', () => {
    const originals = fc
      .sample(exchangeFile(hostileText(false)), { numRuns: 20, seed: 7 })
      .flatMap((file) => [writeXliff(file, '1.2'), writeXliff(file, '2.1')])
    const pieces = [
      '<',
      '>',
      '/',
      '"',
      '&',
      ' id="1"',
      '<g id="1">',
      '</g>',
      '<ec startRef="1"/>',
      '<ex id="1"/>',
    ]
    const more = [
      '<source/>',
      '</target>',
      '<!--',
      ']]>',
      '<![CDATA[',
      '\u0000',
      '\ud800',
      '\ue000',
      '<mrk mtype="seg">',
    ]
    const place = fc.double({ min: 0, max: 1, noNaN: true })
    const mutation = fc.oneof(
      fc.record({
        kind: fc.constant('raw'),
        at: place,
        cut: fc.nat(400),
        insert: fc.constantFrom(...pieces, ...more),
      }),
      fc.record({
        kind: fc.constant('code'),
        at: place,
        cut: fc.nat(1),
        insert: fc.constantFrom('', '$&', '$&$&'),
      }),
      fc.record({
        kind: fc.constant('attribute'),
        at: place,
        cut: fc.constant(1),
        insert: fc.constantFrom('', '1', '_'),
      }),
    )
    let readable = 0
    const mutant = fc.tuple(fc.constantFrom(...originals), fc.array(mutation, { minLength: 1, maxLength: 3 }))
    fc.assert(
      fc.property(mutant, ([original, mutations]) => {
        let text = original
        for (const one of mutations) text = mutate(text, one)
        const result = read(text)
        if (typeof result === 'number') readable++
        else {
          expect(['invalid-input', 'too-large']).toContain(result.code)
          expect(result.message).toMatch(/\w/)
          expect(result.place?.line).toBeGreaterThan(0)
        }
      }),
      { numRuns: 2000, seed: 11 },
    )
    expect(readable).toBeGreaterThan(200)
  })

  it('refuses what would blow up, quickly', () => {
    const around = (content: string) =>
      `<xliff version="1.2"><file><body><trans-unit id="1"><source>${content}</source></trans-unit></body></file></xliff>`
    const started = ownTime()
    expect(read(around('<g id="1">'.repeat(100_000)))).toMatchObject({ code: 'too-large' })
    expect(read(`<xliff version="1.2">${'<group>'.repeat(100_000)}`)).toMatchObject({ code: 'too-large' })
    const crowded = read(around('<x id="1"/>'.repeat(100_000)))
    expect(crowded).toMatchObject({ code: 'too-large', place: { file: 'hostile.xlf', line: 1 } })
    expect(read(around('\ue000'.repeat(100_000)))).toMatchObject({ code: 'too-large' })
    expect(read(`<!DOCTYPE x [<!ENTITY a "b">]>${around('&a;')}`)).toMatchObject({ code: 'invalid-input' })
    expect(read(around('&a;'.repeat(100_000)))).toMatchObject({ code: 'invalid-input' })
    expect(ownTime() - started).toBeLessThan(10_000)
  })

  it('reads and writes 5 MB without taking more than seconds', () => {
    const file = plainFile(9000)
    for (const version of ['1.2', '2.0'] as const) {
      const started = ownTime()
      const text = writeXliff(file, version)
      expect(text.length).toBeGreaterThan(5_000_000)
      expect(read(text)).toBe(9000)
      expect(ownTime() - started).toBeLessThan(15_000)
    }
  })
})
