import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validateXliff } from '../../src/exchange/validate/validate-xliff.ts'
import { type ExchangeFile, type ExchangeSegment, XLIFF_VERSIONS } from '../../src/exchange/xliff-model.ts'
import { PROFILE_TRAITS, whyNotFor, XLIFF_PROFILES } from '../../src/exchange/xliff-profile.ts'
import { readXliff } from '../../src/exchange/xliff-read.ts'
import { writeXliff } from '../../src/exchange/xliff-write.ts'
import { needs } from './needs.ts'
import { codedText, exchangeFile, hostileText, plainFile } from './xliff-samples.ts'
import { schemaErrors, whyNoXmllint } from './xmllint.ts'

/** A document whose segments have proposals and length limits. */
function proposedFile(): fc.Arbitrary<ExchangeFile> {
  const foreign = codedText(hostileText(true)).map(({ text, codes }) => ({
    source: text,
    target: text,
    codes,
  }))
  const words = fc.record(
    {
      origin: fc.constantFrom('mt', 'tm-exact', 'tm-context', 'tm-fuzzy', 'human'),
      by: fc.constantFrom('DeepL', 'Anna & "Ben"', 'memory <1>'),
      similarity: fc.double({ min: 0, max: 100, noNaN: true }),
    },
    { requiredKeys: ['origin', 'by'] },
  )
  const match = fc.oneof(
    fc.tuple(foreign, words).map(([texts, rest]) => ({ ...texts, ...rest })),
    fc.tuple(hostileText(true), words).map(([target, rest]) => ({ target, ...rest })),
  )
  const extra = fc.record(
    { matches: fc.array(match, { maxLength: 2 }), maxLength: fc.integer({ min: 1, max: 500 }) },
    { requiredKeys: [] },
  )
  return fc
    .tuple(exchangeFile(hostileText(true)), fc.array(extra, { minLength: 4, maxLength: 4 }))
    .map(([file, extras]) => ({
      ...file,
      segments: file.segments.map((segment, at): ExchangeSegment => ({ ...segment, ...extras[at] })),
    }))
}

const combinations = XLIFF_PROFILES.flatMap((profile) =>
  XLIFF_VERSIONS.map((version) => [profile, version] as const),
)

describe('writeXliff for a tool', () => {
  it.for(combinations)('writes valid files in the profile %s, version %s', ([profile, version], context) => {
    needs(context, whyNoXmllint())
    const files = fc.sample(proposedFile(), { numRuns: 60, seed: 7 })
    expect(
      schemaErrors(
        files.map((file) => writeXliff(file, version, profile)),
        version,
      ),
    ).toBe('')
  })

  it.each(combinations)('reads back what it wrote in the profile %s, version %s', (profile, version) => {
    fc.assert(
      fc.property(proposedFile(), (file) => {
        // Proposals and limits must change nothing that is read from the segments themselves.
        const bare = { ...file, segments: file.segments.map(({ matches, maxLength, ...rest }) => rest) }
        const essence = (text: string) =>
          readXliff(text).files.map(({ segments, ...rest }) => ({
            ...rest,
            segments: segments.map(({ line, column, state, matches, ...segment }) => segment),
          }))
        const [written, plain] = [writeXliff(file, version, profile), writeXliff(bare, version)]
        expect(essence(written)).toEqual(essence(plain))
      }),
      { numRuns: 60 },
    )
  })

  it.each(combinations)(
    'keeps to the constraints that no schema has in the profile %s, version %s',
    (profile, version) => {
      const files = fc.sample(proposedFile(), { numRuns: 60, seed: 8 })
      const violations = files.flatMap((file) => {
        const text = writeXliff(file, version, profile)
        return validateXliff(text, { strict: true }).violations
      })
      // A translation that lacks a code which must not be deleted is invalid, however it is written.
      expect(violations.filter(({ rule }) => !rule.endsWith('§4.7.2.6'))).toEqual([])
    },
  )

  it('proposes in the rich profile only', () => {
    const [first] = plainFile(1).segments
    if (first === undefined) throw new Error('no segment')
    const target = first.segment.text.replace('Sentence', 'Satz')
    const segment: ExchangeSegment = {
      ...first,
      maxLength: 80,
      matches: [
        { target, origin: 'tm-fuzzy', by: 'memory', similarity: 87.25, source: 'Sentence', codes: [] },
        { target, origin: 'mt', by: 'DeepL' },
      ],
    }
    const file = plainFile(1, { segments: [segment] })
    for (const [profile, version] of combinations) {
      const xml = writeXliff(file, version, profile)
      expect(/alt-trans|mtc:match/.test(xml), `${profile} ${version}`).toBe(profile === 'rich')
      expect(xml.includes('slr:')).toBe(profile === 'rich' && version !== '1.2')
      expect(xml.includes('maxwidth="80" size-unit="char"')).toBe(version === '1.2')
      // Mark-up around terms shows raw in Poedit and as tags in OmegaT.
      expect(xml).not.toContain('mrk')
    }
    const one = writeXliff(file, '1.2', 'rich')
    expect(one).toContain('<alt-trans match-quality="87%" tool-id="tm-fuzzy-1" origin="memory" ')
    expect(one).toContain('<tool tool-id="tm-fuzzy-1" tool-name="memory"/>')
    expect(one).toContain('<target state-qualifier="mt-suggestion">Satz 1: the <g id="1"')
    const two = writeXliff(file, '2.1', 'rich')
    expect(two).toContain(
      '<mtc:match id="m1" ref="#s1" type="tm" subType="talmach:tm-fuzzy" origin="memory" similarity="87.3">',
    )
    expect(two).toContain('<mtc:match id="m2" ref="#s1" type="mt" subType="talmach:mt" origin="DeepL">')
    expect(two).toContain('slr:sizeRestriction="80"')
  })

  it('copies the source for OmegaT and leaves it empty for tools that would take the copy for a draft', () => {
    const copied = (profile: (typeof XLIFF_PROFILES)[number]) =>
      writeXliff(plainFile(1), '1.2', profile).includes('<target state="needs-translation">')
    expect(XLIFF_PROFILES.filter(copied)).toEqual(['default', 'omegat'])
    for (const profile of XLIFF_PROFILES) {
      expect(
        readXliff(writeXliff(plainFile(1), '1.2', profile)).files[0]?.segments[0]?.target,
      ).toBeUndefined()
      expect(writeXliff(plainFile(1), '2.0', profile)).not.toContain('<target')
    }
  })

  it('knows which versions the tools refuse', () => {
    expect(whyNotFor('poedit', '2.1')).toBe('poedit does not read XLIFF 2.1: ask for 1.2 or 2.0')
    const refused = combinations.filter(([profile, version]) => whyNotFor(profile, version) !== undefined)
    expect(refused).toEqual([['poedit', '2.1']])
    for (const { versions } of Object.values(PROFILE_TRAITS)) expect(versions[0]).toBe('1.2')
  })
})
