import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import type { Concept } from '../../src/domain/term.ts'
import { readTbx, writeTbx } from '../../src/exchange/tbx.ts'
import { streamTbx } from '../../src/exchange/tbx-stream.ts'
import { TBX_FORMS } from '../../src/exchange/tbx-write.ts'
import { arbitraryConcepts } from './arbitrary-concepts.ts'

const about = { title: 'Test & Co', sourceLanguage: 'en' }

async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

describe('TBX in each form', () => {
  it.each(TBX_FORMS)('is read back as it was written: %s', async (form) => {
    await fc.assert(
      fc.asyncProperty(arbitraryConcepts, fc.integer({ min: 1, max: 5000 }), async (concepts, size) => {
        const text = writeTbx(concepts, { ...about, form })
        expect(readTbx(text)).toEqual(concepts)
        expect(await collect(streamTbx(inPieces(text, size)))).toEqual(concepts)
      }),
      { numRuns: 60 },
    )
  })

  it('has the elements of its style', () => {
    const [concept] = fc.sample(arbitraryConcepts, { numRuns: 50, seed: 3 }).flat()
    if (concept === undefined) throw new Error('no concept')
    const full: Concept = { ...concept, id: 'c', subject: 'law', definition: 'd', source: 's' }
    const dca = writeTbx([full], { ...about, form: 'dca' })
    expect(dca).toContain(
      '<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">',
    )
    expect(dca).toContain('<descrip type="subjectField">law</descrip>')
    expect(dca).toContain('<admin type="source">s</admin>')
    expect(dca).toContain('<conceptEntry id="c">')
    const v2 = writeTbx([full], { ...about, form: 'v2' })
    expect(v2).toContain('<martif type="TBX" xml:lang="en">')
    expect(v2).toContain('<p type="XCSURI">TBXXCS.xcs</p>')
    expect(v2).toContain('<termEntry id="c">')
    expect(v2).not.toMatch(/conceptEntry|langSec|termSec|xmlns/)
  })
})

describe('streamTbx', () => {
  const dct = (body: string) =>
    `<?xml version="1.0"?>\n<tbx type="TBX-Basic" style="dct"><text><body>\n${body}</body></text></tbx>`

  it.each([
    ['an id twice', dct('<conceptEntry id="a"/>\n  <conceptEntry id="a"/>')],
    [
      'no language',
      dct('<conceptEntry id="a">\n <langSec><termSec><term>x</term></termSec></langSec></conceptEntry>'),
    ],
    ['no term', dct('<conceptEntry id="a"><langSec xml:lang="en"><termSec/></langSec></conceptEntry>')],
    ['another root', '<xliff/>'],
    ['broken XML', dct('<conceptEntry id="a">\n<langSec></conceptEntry>')],
  ])('finds the same fault in the same place as readTbx: %s', async (_, text) => {
    const faultOf = (error: unknown) => {
      if (!(error instanceof DomainError)) throw error
      return { code: error.code, line: error.place?.line, file: error.place?.file }
    }
    const whole = (() => {
      try {
        return readTbx(text, 'a.tbx')
      } catch (error) {
        return faultOf(error)
      }
    })()
    const streamed = await collect(streamTbx(inPieces(text, 10), { file: 'a.tbx' })).catch(faultOf)
    expect(streamed).toEqual(whole)
    expect(whole).toMatchObject({ code: 'invalid-input', file: 'a.tbx' })
  })

  it('wants a body', async () => {
    await expect(collect(streamTbx(inPieces('<tbx><text/></tbx>', 5)))).rejects.toThrow('no <body>')
  })
})
