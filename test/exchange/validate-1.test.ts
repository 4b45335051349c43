import { describe, expect, it } from 'vitest'
import { validateXliff } from '../../src/exchange/validate/validate-xliff.ts'
import { document1, expectRule, type RuleCase, rulesOf } from './validate-support.ts'

const section = (number: string): string => `XLIFF 1.2 §${number}`
const unit = (content: string, attributes = 'id="1"'): string =>
  document1(`<trans-unit ${attributes}>${content}</trans-unit>`)
const source = (content: string): string => unit(`<source>${content}</source>`)
const GOOD = unit('<source>a</source>')
const TOOL =
  '<header><phase-group><phase phase-name="p" process-name="x" tool-id="t"/></phase-group><tool tool-id="t" tool-name="T"/></header>'

const RULES: readonly RuleCase[] = [
  [
    'a unit starts with its source',
    section('3.2.3'),
    unit('<source>a</source><target>b</target><note>n</note>'),
    unit('<target>b</target><source>a</source>'),
  ],
  [
    'a group holds notes first',
    section('3.2.3'),
    document1('<group><note>n</note><trans-unit id="1"><source/></trans-unit></group>'),
    document1('<group><trans-unit id="1"><source/></trans-unit><note>n</note></group>'),
  ],
  ['units have an id', section('3.2.3'), GOOD, unit('<source>a</source>', '')],
  [
    'states',
    section('3.2.3'),
    unit('<source/><target state="x-own"/>'),
    unit('<source/><target state="done"/>'),
  ],
  [
    'qualifiers',
    section('3.2.3'),
    unit('<source/><target state-qualifier="mt-suggestion"/>'),
    unit('<source/><target state-qualifier="mt"/>'),
  ],
  [
    'approved',
    section('3.2.3'),
    unit('<source/>', 'id="1" approved="no"'),
    unit('<source/>', 'id="1" approved="false"'),
  ],
  ['file languages', section('3.2.1'), GOOD, GOOD.replace('source-language="en"', 'source-language="en_US"')],
  ['data types', section('3.2.1'), GOOD, GOOD.replace('plaintext', 'word')],
  [
    'dates',
    section('3.2.1'),
    document1('', { file: 'date="2026-03-25T09:00:00Z"' }),
    document1('', { file: 'date="25 March"' }),
  ],
  [
    'resource types',
    section('3.2.3'),
    unit('<source/>', 'id="1" restype="button"'),
    unit('<source/>', 'id="1" restype="knob"'),
  ],
  [
    'coordinates',
    section('3.2.3'),
    unit('<source/>', 'id="1" coord="1;-2;#;4"'),
    unit('<source/>', 'id="1" coord="1,2,3,4"'),
  ],
  [
    'what may be reformatted',
    section('3.2.3'),
    unit('<source/>', 'id="1" reformat="coord font"'),
    unit('<source/>', 'id="1" reformat="maybe"'),
  ],
  [
    'purposes',
    section('3.2.2'),
    unit(
      '<source/><context-group purpose="location match"><context context-type="linenumber">1</context></context-group>',
    ),
    unit(
      '<source/><context-group purpose="place"><context context-type="linenumber">1</context></context-group>',
    ),
  ],
  [
    'kinds of marks',
    section('3.2.5'),
    source('<mrk mtype="term">a</mrk>'),
    source('<mrk mtype="word">a</mrk>'),
  ],
  [
    'kinds of codes',
    section('3.2.4'),
    source('<x id="1" ctype="image"/>'),
    source('<x id="1" ctype="bold"/>'),
  ],
  ['code ids', section('3.2.4'), source('<g id="1">a</g>'), source('<g>a</g>')],
  ['empty codes', section('3.2.4'), source('<x id="1"/>'), source('<x id="1">a</x>')],
  [
    'codes in codes',
    section('3.2.4'),
    source('<ph id="1">&lt;b<sub>a</sub>></ph>'),
    source('<ph id="1"><g id="2"/></ph>'),
  ],
  ['isolated codes', section('3.2.4'), source('<it id="1" pos="open"/>'), source('<it id="1" pos="start"/>')],
  [
    'mime types',
    section('3.2.3'),
    document1(
      '<bin-unit id="1" mime-type="image/png"><bin-source><external-file href="a"/></bin-source></bin-unit>',
    ),
    document1(
      '<bin-unit id="1" mime-type="png"><bin-source><external-file href="a"/></bin-source></bin-unit>',
    ),
  ],
  [
    'unit ids are unique in a file',
    section('3.2.3'),
    document1('<trans-unit id="1"><source/></trans-unit><trans-unit id="2"><source/></trans-unit>'),
    document1(
      '<trans-unit id="1"><source/></trans-unit><group><trans-unit id="1"><source/></trans-unit></group>',
    ),
  ],
  [
    'group ids are unique',
    section('3.2.3'),
    document1('<group id="1"/><group id="2"/>'),
    document1('<group id="1"><group id="1"/></group>'),
  ],
  [
    'tools are named',
    section('3.2.1'),
    document1('', { header: TOOL, file: 'tool-id="t"' }),
    document1('', { header: TOOL, file: 'tool-id="u"' }),
  ],
  [
    'phases are named',
    section('3.2.1'),
    document1('<trans-unit id="1" phase-name="p"><source/></trans-unit>', { header: TOOL }),
    document1('<trans-unit id="1" phase-name="q"><source/></trans-unit>', { header: TOOL }),
  ],
  [
    'segments are numbered once',
    section('3.2.5'),
    unit('<source/><seg-source><mrk mtype="seg" mid="1"/><mrk mtype="seg" mid="2"/></seg-source>'),
    unit('<source/><seg-source><mrk mtype="seg" mid="1"/><mrk mtype="seg" mid="1"/></seg-source>'),
  ],
  [
    'target segments are those of the source',
    section('3.2.5'),
    unit(
      '<source/><seg-source><mrk mtype="seg" mid="1"/></seg-source><target><mrk mtype="seg" mid="1"/></target>',
    ),
    unit(
      '<source/><seg-source><mrk mtype="seg" mid="1"/></seg-source><target><mrk mtype="seg" mid="2"/></target>',
    ),
  ],
  [
    'end codes have their start',
    section('3.2.4'),
    source('<bpt id="1" rid="1"/><ept id="2" rid="1"/>'),
    source('<bpt id="1" rid="1"/><ept id="2" rid="2"/>'),
  ],
  [
    'start codes are numbered once',
    section('3.2.4'),
    source('<bx id="1" rid="1"/><ex id="2" rid="1"/>'),
    source('<bx id="1" rid="1"/><bx id="2" rid="1"/>'),
  ],
  ['a namespace', section('3.2.1'), GOOD, document1('', { namespace: '' })],
  [
    'nothing behind the last file',
    section('3.2.1'),
    GOOD.replace('<file', '<a xmlns="urn:a"/><file'),
    GOOD.replace('</xliff>', '<a xmlns="urn:a"/></xliff>'),
  ],
  [
    'start codes have their end',
    section('3.2.4'),
    source('<bpt id="1"/>a<ept id="1"/>'),
    source('<bpt id="1"/><bpt id="2"/>a<ept id="1"/>'),
  ],
  [
    'end codes without a number have their start',
    section('3.2.4'),
    source('<bpt id="1"/>a<ept id="1"/>'),
    source('a<ept id="1"/>'),
  ],
]

describe('validateXliff on XLIFF 1', () => {
  it.each(RULES)('%s', (...rule) => expectRule(rule))

  it('tells files that satisfy the strict schema from those that satisfy the transitional one only', () => {
    expect(validateXliff(GOOD)).toMatchObject({ conformance: 'strict', violations: [] })
    for (const lax of [
      unit('<source/>', 'id="1" foo="own"'),
      unit('<source/>', 'id="1" ts="old"'),
      unit('<source/><my:note xmlns:my="urn:my"><anything/></my:note>'),
      unit('<source/>', 'id="1" xmlns:my="urn:my" my:note="a"'),
      unit('<source/><alt-trans><target/><target/></alt-trans>'),
      unit('<source/><prop-group><prop prop-type="a">b</prop></prop-group>'),
    ]) {
      expect(validateXliff(lax)).toMatchObject({ conformance: 'transitional', violations: [] })
      const { conformance, violations } = validateXliff(lax, { strict: true })
      expect([conformance, violations.length > 0]).toEqual([undefined, true])
    }
  })

  it('knows 1.1 and 1.0 by their own rules', () => {
    const old = document1('<trans-unit id="1"><source>a</source></trans-unit>', { version: '1.1' })
    expect(rulesOf(old)).toEqual([])
    expect(rulesOf(old.replace('</source>', '</source><seg-source/>'))).toEqual(['XLIFF 1.1 §3.2.3'])
    const oldest = document1('<trans-unit id="1"><source>a</source></trans-unit>', {
      version: '1.0',
      namespace: '',
      header: '<header/>',
    })
    expect(rulesOf(`<!DOCTYPE xliff SYSTEM "xliff.dtd">${oldest}`)).toEqual([])
    expect(rulesOf(oldest.replace('<header/>', ''))).toEqual(['XLIFF 1.0 §3.2.1'])
    expect(rulesOf(oldest.replace('id="1"', 'id="1" maxwidth="5" translate="nein"'))).toEqual([
      'XLIFF 1.0 §3.2.3',
    ])
  })

  it('names versions that do not exist, and files that are not XLIFF', () => {
    expect(validateXliff('<xliff version="3.0"/>').violations).toEqual([
      expect.objectContaining({ message: expect.stringContaining('3.0'), line: 1, column: 17 }),
    ])
    expect(validateXliff('<xliff/>').violations[0]?.message).toContain('names no version')
    expect(validateXliff('<html/>').violations[0]?.message).toContain('root element is <html>')
  })
})
