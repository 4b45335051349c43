import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeCharacter, type InlineCode } from '../../src/domain/document.ts'
import type { Target } from '../../src/domain/target.ts'
import { type ExchangeFile, noteOf, type ReadCode, XLIFF_VERSIONS } from '../../src/exchange/xliff-model.ts'
import { readXliff } from '../../src/exchange/xliff-read.ts'
import { writeXliff } from '../../src/exchange/xliff-write.ts'
import { keepXmlCharacters } from '../../src/xml/tree.ts'
import { needs } from './needs.ts'
import { ourTexts, peerTexts } from './xliff-peer.ts'
import { exchangeFile, hostileText, plainFile, plainWords } from './xliff-samples.ts'
import { schemaErrors, whyNoXmllint } from './xmllint.ts'

function readBack(file: ExchangeFile, version: '1.2' | '2.0' | '2.1') {
  const [read] = readXliff(writeXliff(file, version)).files
  if (read === undefined) throw new Error('no file element')
  return read
}

/** What a file of ours tells about its codes: everything in 2.x, no data in 1.2. */
function essence(codes: readonly (InlineCode | ReadCode)[], version: string) {
  return codes.map(({ kind, pair, type, data, label, equiv }) =>
    version === '1.2' ? { kind, pair, type, label } : { kind, pair, type, label, data, equiv },
  )
}

describe('writeXliff and readXliff', () => {
  it.each(['1.2', '2.0', '2.1'] as const)(
    'read back in %s what was written, whatever the text',
    (version) => {
      fc.assert(
        fc.property(exchangeFile(hostileText(true)), (file) => {
          const kept = (text: string) => (version === '1.2' ? keepXmlCharacters(text) : text)
          const read = readBack(file, version)
          expect(read).toMatchObject({
            documentId: file.documentId,
            exportId: file.exportId,
            original: file.original,
            sourceLocale: file.sourceLocale,
            targetLocale: file.targetLocale,
          })
          for (const [at, { segment, target, translate, ...rest }] of file.segments.entries()) {
            const back = read.segments[at]
            expect(back?.id).toBe(segment.id)
            expect(back?.source).toBe(kept(segment.text))
            expect(essence(back?.sourceCodes ?? [], version)).toEqual(essence(segment.codes, version))
            expect(back?.target).toBe(target === undefined ? undefined : kept(target.text))
            expect(back?.targetCodes.length).toBe(segment.codes.length)
            expect(back?.note ?? '').toBe(keepXmlCharacters(noteOf({ segment, ...rest })))
            expect(back?.translate).toBe(translate === false ? false : undefined)
            if (target === undefined) continue
            const { state, origin, by } = target
            expect(back?.meaning).toEqual({ state, origin, by })
          }
          expect(read.segments.length).toBe(file.segments.length)
        }),
        { numRuns: 300 },
      )
    },
  )
})

const DRAFT = { state: 'initial', origin: 'mt', by: 'DeepL', version: 1, text: 'Satz.' } as const

/** The plain document, its first segments with these targets. */
function translated(...targets: readonly Target[]): ExchangeFile {
  const file = plainFile(targets.length + 1)
  const segments = file.segments.map((one, at) => {
    const target = targets[at]
    return target === undefined ? one : { ...one, target }
  })
  return { ...file, segments }
}

describe('writeXliff', () => {
  it.for(['1.2', '2.0', '2.1'] as const)(
    'writes %s that the official schemas call valid',
    (version, context) => {
      needs(context, whyNoXmllint())
      const files = fc.sample(exchangeFile(hostileText(true)), { numRuns: 200, seed: 1 })
      const texts = files.map((file) => writeXliff(file, version))
      expect(schemaErrors(texts, version)).toBe('')
      const broken = texts.slice(0, 1).map((text) => text.replaceAll('<source>', '<source id="1">'))
      expect(schemaErrors(broken, version)).toContain('source')
    },
  )

  it.each(['1.2', '2.0'] as const)(
    'writes %s in which npm xliff finds our texts and codes',
    async (version) => {
      await fc.assert(
        fc.asyncProperty(exchangeFile(plainWords()), async (file) => {
          const peer = await peerTexts(writeXliff(file, version), version)
          expect(peer).toEqual(ourTexts(file, version))
        }),
        { numRuns: 60 },
      )
    },
  )

  it('always writes a state, and what it means in 1.2', () => {
    const person = { ...DRAFT, origin: 'human', by: 'Anna' } as const
    const xml = writeXliff(
      translated(
        DRAFT,
        { ...person, state: 'translated' },
        { ...person, state: 'reviewed' },
        { ...person, state: 'final' },
      ),
      '1.2',
    )
    const units = [...xml.matchAll(/approved="(\w+)"[\s\S]*?<target ([^>]*)>/g)].map(([, ...parts]) => parts)
    expect(units).toEqual([
      ['no', 'state="needs-review-translation" state-qualifier="mt-suggestion" phase-name="mt-1"'],
      ['no', 'state="translated" phase-name="human-2"'],
      ['yes', 'state="signed-off" phase-name="human-2"'],
      ['yes', 'state="final" phase-name="human-2"'],
      ['no', 'state="needs-translation"'],
    ])
    expect(xml).toContain('<phase phase-name="mt-1" process-name="mt" tool-id="mt-1"/>')
    expect(xml).toContain('<tool tool-id="mt-1" tool-name="DeepL"/>')
    expect(xml).toContain('contact-name="Anna"')
  })

  it('writes untranslated segments with a copy in 1.2 and without a target in 2.x', () => {
    const [source, copy] = [...writeXliff(plainFile(1), '1.2').matchAll(/<(?:source|target)[^>]*>(.*)<\//g)]
    expect(copy?.[1]).toBe(source?.[1])
    expect(writeXliff(plainFile(1), '2.0')).not.toContain('<target')
    expect(readBack(plainFile(1), '1.2').segments[0]?.target).toBeUndefined()
  })

  it('says of a machine translation in 2.x that it is one', () => {
    const xml = writeXliff(translated(DRAFT), '2.1')
    expect(xml).toContain('<segment id="s1" state="initial" subState="talmach:mt">')
    expect(xml).toContain('<mda:meta type="by">DeepL</mda:meta>')
    expect(xml).toContain('version="2.1"')
  })

  it('gives tools the shape that they were measured to need', () => {
    const [one, two] = [writeXliff(plainFile(1), '1.2'), writeXliff(plainFile(1), '2.0')]
    expect(one).toContain('xml:space="preserve"')
    expect(one).toContain('<g id="1" ctype="link" equiv-text="a">')
    expect(one).toContain('<x id="3" ctype="lb" equiv-text="br"/>')
    expect(one.match(/<note/g)?.length).toBe(1)
    expect(one).toContain('<note>Terms: strike committee → Streikkomitee (preferred)</note>')
    expect(one).not.toMatch(/seg-source|alt-trans|mrk/)
    expect(two).toContain('canResegment="no"')
    expect(two).toContain('<gls:term>strike committee</gls:term><gls:translation id="t1a">Streikkomitee<')
    expect(two).toContain('<data id="d1">&lt;a&gt;</data>')
    expect(two).not.toMatch(/mtc:|mrk/)
  })

  it.each(XLIFF_VERSIONS)('gives no two codes of a text the same id in %s', (version) => {
    fc.assert(
      fc.property(exchangeFile(plainWords()), (file) => {
        for (const [, content = ''] of writeXliff(file, version).matchAll(/<(?:source|target)[^>]*>(.*)</g)) {
          const ids = [...content.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
          expect(new Set(ids).size).toBe(ids.length)
        }
      }),
    )
  })

  it('writes nesting of any depth without elements of any depth', () => {
    const depth = 3000
    const codes = Array.from({ length: depth * 2 }, (_, at): InlineCode => {
      const kind = at < depth ? 'open' : 'close'
      return { kind, pair: depth * 2 - 1 - at, type: 'format', data: 'b', label: 'b', equiv: '' }
    })
    const text = codes.map((_, at) => codeCharacter(at)).join('')
    const [one] = plainFile(1).segments
    if (one === undefined) throw new Error('no segment')
    const file = plainFile(1, { segments: [{ ...one, segment: { ...one.segment, text, codes } }] })
    for (const version of XLIFF_VERSIONS) {
      expect(readBack(file, version).segments[0]?.source).toBe(text)
    }
  })
})
