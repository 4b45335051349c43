import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validateXliff } from '../../src/exchange/validate/validate-xliff.ts'
import { XLIFF_VERSIONS } from '../../src/exchange/xliff-model.ts'
import { writeXliff } from '../../src/exchange/xliff-write.ts'
import { ownTime } from '../support/own-time.ts'
import { document1, document2, inFile, inSegment, inUnit } from './validate-support.ts'
import { plainFile } from './xliff-samples.ts'

const MANY = 20_000

describe('validateXliff on hostile input', () => {
  it.each([
    ['no XML', 'PK\u0003\u0004'],
    ['nothing', ''],
    ['a file cut short', inUnit('<segment><source>a').slice(0, -30)],
    ['an entity bomb', '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><xliff>&b;</xliff>'],
    ['endless nesting', '<a>'.repeat(100_000)],
    ['an unbound prefix', '<xliff version="2.0" x:y="1"/>'],
  ])('says where XML breaks: %s', (_, text) => {
    const { violations } = validateXliff(text)
    expect(violations).toHaveLength(1)
    expect(violations[0]).toMatchObject({ rule: 'XML 1.0', line: 1 })
  })

  it.each([
    ['codes with one id', inSegment('<ph id="a"/>'.repeat(MANY), '<ph id="a"/>'.repeat(MANY))],
    ['spans with one id', inSegment('<sc id="a"/><ec startRef="a"/>'.repeat(MANY))],
    ['segments in one place', inUnit('<segment><source/><target order="1"/></segment>'.repeat(MANY))],
    ['references to nothing', inSegment('<mrk id="a" type="a:b" ref="#u=u/zz"/>'.repeat(MANY))],
    [
      'codes that keep their order',
      inSegment(
        '<ph id="a" canReorder="no"/>'.repeat(MANY),
        '<ph id="a" canReorder="firstNo"/>'.repeat(MANY),
      ),
    ],
    ['elements in the wrong place', inUnit('<notes/><segment/>'.repeat(MANY))],
    [
      'records and references to them',
      inUnit(
        `${'<its:provenanceRecords xml:id="a"/>'.repeat(MANY)}<segment><source>${'<mrk id="a" its:provenanceRecordsRef="#its=b"/>'.repeat(MANY)}</source></segment>`,
      ),
    ],
    [
      'resources and references to them',
      inFile(`<res:resourceData>${'<res:resourceItemRef ref="a"/>'.repeat(MANY)}</res:resourceData>`),
    ],
    [
      'revisions',
      inFile(`<ctr:changeTrack>${'<ctr:revisions appliesTo="unit"/>'.repeat(MANY)}</ctr:changeTrack>`),
    ],
    [
      'sizes',
      inFile(
        `<slr:data profile="x">${'<my:a id="b"/>'.repeat(MANY)}</slr:data><unit id="u"><segment><source>${'<ph id="a" slr:sizeInfoRef="x"/>'.repeat(MANY)}</source></segment></unit>`,
      ),
    ],
    ['a long list', inSegment(`<ph id="1" subFlows="${'q '.repeat(MANY)}"/>`)],
    ['a long language', document2('', `srcLang="${'aaaaa-'.repeat(MANY)}"`)],
    ['a long style', inSegment(`<ph id="1" fs:fs="a" fs:subFs="${',a'.repeat(MANY)}"/>`)],
    ['a long name', inUnit('', `name="${'\\'.repeat(MANY)}" type="${':'.repeat(MANY)}"`)],
    ['many attributes', inUnit('', Array.from({ length: MANY }, (_, index) => `a${index}=""`).join(' '))],
    [
      '1.2 units with one id',
      document1(
        '<trans-unit id="1"><source><bpt id="1" rid="1"/><ept id="1" rid="2"/></source></trans-unit>'.repeat(
          MANY,
        ),
      ),
    ],
    [
      '1.2 segments with one number',
      document1(
        `<trans-unit id="1"><source/><seg-source>${'<mrk mtype="seg" mid="1"/>'.repeat(MANY)}</seg-source><target>${'<mrk mtype="seg" mid="2"/>'.repeat(MANY)}</target></trans-unit>`,
      ),
    ],
  ])('takes time in step with the size: %s', (_, text) => {
    const start = ownTime()
    expect(validateXliff(text).violations.length).toBeGreaterThan(0)
    expect(ownTime() - start).toBeLessThan(8_000)
  })

  it('takes any change of a file without failing, and repeats no more than a bit of it', () => {
    const base = inSegment(
      '<pc id="1">a</pc><mrk id="m" type="comment" value="x">b</mrk>',
      '<pc id="1">a</pc>',
    )
    const edit = fc.record({
      at: fc.nat(base.length),
      remove: fc.nat(12),
      insert: fc.oneof(
        fc.string({ maxLength: 8 }),
        fc.constantFrom('<', '/>', '">', '<x/>', ' id="1"', 'x'.repeat(5_000)),
      ),
    })
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        let text = base
        for (const { at, remove, insert } of edits)
          text = text.slice(0, at) + insert + text.slice(at + remove)
        for (const { line, column, rule, message } of validateXliff(text).violations) {
          expect([line > 0, column > 0, rule === '', message.length < 600]).toEqual([true, true, false, true])
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('validateXliff on our own files', () => {
  it.each(XLIFF_VERSIONS)('finds nothing in XLIFF %s', (version) => {
    const validation = validateXliff(writeXliff(plainFile(20), version))
    expect(validation).toEqual({
      version,
      violations: [],
      ...(version === '1.2' ? { conformance: 'strict' } : {}),
    })
  })
})
