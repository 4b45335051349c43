import { describe, expect, it } from 'vitest'
import { validateXliff } from '../../src/exchange/validate/validate-xliff.ts'
import {
  document2,
  expectRule,
  inFile,
  inSegment,
  inUnit,
  type RuleCase,
  rulesOf,
} from './validate-support.ts'

const UNIT = '<unit id="u"><segment><source>a</source></segment></unit>'
const SEGMENT = '<segment><source>a</source></segment>'
const KEEP = 'canCopy="no" canDelete="no"'
const section = (number: string): string => `XLIFF 2.1 §${number}`

const STRUCTURE: readonly RuleCase[] = [
  ['a file is needed', section('4.2.2.1'), inFile(UNIT), document2('')],
  [
    'nothing but files in the document',
    section('4.2.2.1'),
    inFile(UNIT),
    document2(`<file id="f">${UNIT}</file><my:x/>`),
  ],
  ['a file has units', section('4.2.2.2'), inFile(UNIT), inFile('')],
  ['extensions stand before units', section('4.2.2.2'), inFile(`<my:x/>${UNIT}`), inFile(`${UNIT}<my:x/>`)],
  [
    'notes stand before units',
    section('4.2.2.4'),
    inFile('<group id="g"><notes><note>n</note></notes></group>'),
    inFile(`<group id="g">${UNIT}<notes><note>n</note></notes></group>`),
  ],
  [
    'a skeleton is filled or linked',
    section('4.2.2.3'),
    inFile(`<skeleton href="a"/>${UNIT}`),
    inFile(`<skeleton/>${UNIT}`),
  ],
  [
    'a skeleton is not filled and linked',
    section('4.2.2.3'),
    inFile(`<skeleton>a</skeleton>${UNIT}`),
    inFile(`<skeleton href="a">a</skeleton>${UNIT}`),
  ],
  [
    'a unit has a segment',
    section('4.2.2.5'),
    inUnit(SEGMENT),
    inUnit('<ignorable><source> </source></ignorable>'),
  ],
  [
    'a segment has one source, first',
    section('4.2.2.6'),
    inSegment('a', 'b'),
    inUnit('<segment><target>b</target><source>a</source></segment>'),
  ],
  [
    'a segment has no second target',
    section('4.2.2.6'),
    inSegment('a', 'b'),
    inUnit('<segment><source>a</source><target>b</target><target>c</target></segment>'),
  ],
  [
    'text stands in source and target only',
    section('4.2.2.5'),
    inUnit(` \n${SEGMENT}`),
    inUnit(`x${SEGMENT}`),
  ],
  [
    'empty elements hold not even a space',
    section('4.2.3.2'),
    inSegment('<ph id="1"></ph>'),
    inSegment('<ph id="1"> </ph>'),
  ],
  ['required attributes', section('4.2.2.5'), inFile(UNIT), inFile(`<unit>${SEGMENT}</unit>`)],
  [
    'unknown attributes',
    section('4.2.2.12'),
    inSegment('a'),
    inUnit('<segment><source dir="rtl">a</source></segment>'),
  ],
  [
    'extension attributes on markers',
    section('4.2.3.3'),
    inSegment('<mrk id="1" translate="no" my:a="1"/>'),
    inSegment('<pc id="1" my:a="1"/>'),
  ],
  [
    'no xml:lang on markers',
    section('4.2.3.6'),
    inSegment('<mrk id="1" translate="no"/>'),
    inSegment('<mrk id="1" translate="no" xml:lang="en"/>'),
  ],
  [
    'elements of modules have their place',
    section('4.2.2.2'),
    inFile(`<mda:metadata><mda:metaGroup><mda:meta type="a"/></mda:metaGroup></mda:metadata>${UNIT}`),
    inFile(
      `<gls:glossary><gls:glossEntry><gls:term/><gls:definition/></gls:glossEntry></gls:glossary>${UNIT}`,
    ),
  ],
  [
    'modules have no other elements',
    section('4.2.2.2'),
    inFile(`<my:rules/>${UNIT}`),
    inFile(`<val:rules/>${UNIT}`),
  ],
  [
    'one metadata each',
    section('4.2.2.2'),
    inFile(UNIT),
    inFile(
      `${'<mda:metadata><mda:metaGroup><mda:meta type="a"/></mda:metaGroup></mda:metadata>'.repeat(2)}${UNIT}`,
    ),
  ],
]

const VALUES: readonly RuleCase[] = [
  ['ids are names', section('4.3.1.21'), inUnit(SEGMENT), inFile(`<unit id="/1">${SEGMENT}</unit>`)],
  ['states', section('4.3.1.31'), inSegment('a', 'b', 'state="final"'), inSegment('a', 'b', 'state="done"')],
  [
    'languages',
    section('4.3.1.29'),
    document2(`<file id="f">${UNIT}</file>`, 'srcLang="zh-Hant-HK-x-a"'),
    document2(`<file id="f">${UNIT}</file>`, 'srcLang="en_US"'),
  ],
  [
    'priority',
    section('4.3.1.26'),
    inUnit(`<notes><note priority="10">n</note></notes>${SEGMENT}`),
    inUnit(`<notes><note priority="11">n</note></notes>${SEGMENT}`),
  ],
  [
    'yes and no',
    section('4.3.1.6'),
    inUnit(SEGMENT, 'canResegment="no"'),
    inUnit(SEGMENT, 'canResegment="true"'),
  ],
  ['directions', section('4.3.1.28'), inUnit(SEGMENT, 'srcDir="rtl"'), inUnit(SEGMENT, 'srcDir="left"')],
  [
    'code types',
    section('4.3.1.40'),
    inSegment('<ph id="1" type="ui"/>'),
    inSegment('<ph id="1" type="bold"/>'),
  ],
  [
    'own types have a prefix',
    section('4.3.1.40'),
    inUnit(SEGMENT, 'type="my:a"'),
    inUnit(SEGMENT, 'type="a"'),
  ],
  [
    'the prefix xlf is reserved',
    section('4.3.1.40'),
    inUnit(SEGMENT, 'type="my:a"'),
    inUnit(SEGMENT, 'type="xlf:a"'),
  ],
  [
    'control characters only in cp',
    section('4.3.1.19'),
    inSegment('<cp hex="001A"/>'),
    inSegment('<cp hex="00E9"/>'),
  ],
  [
    'cp in original data too',
    section('4.3.1.19'),
    inUnit(`<originalData><data id="d"><cp hex="0001"/></data></originalData>${SEGMENT}`),
    inUnit(`<originalData><data id="d"><cp hex="0041"/></data></originalData>${SEGMENT}`),
  ],
  [
    'code points end at 10FFFF',
    section('4.3.1.19'),
    inSegment('<cp hex="FFFF"/>'),
    inSegment('<cp hex="110000"/>'),
  ],
  [
    'versions',
    section('4.3.1.42'),
    inUnit(SEGMENT),
    inUnit(SEGMENT).replace('version="2.1"', 'version="2.7"'),
  ],
]

const IDS: readonly RuleCase[] = [
  [
    'files',
    section('4.3.1.21'),
    document2(`<file id="a">${UNIT}</file><file id="b">${UNIT}</file>`),
    document2(`<file id="a">${UNIT}</file><file id="a">${UNIT}</file>`),
  ],
  [
    'units of a file',
    section('4.3.1.21'),
    inFile(`${UNIT}<group id="u"/>`),
    inFile(`${UNIT}<group id="g">${UNIT}</group>`),
  ],
  [
    'groups of a file',
    section('4.3.1.21'),
    inFile('<group id="g"><group id="h"/></group>'),
    inFile('<group id="g"><group id="g"/></group>'),
  ],
  [
    'notes of one owner',
    section('4.3.1.21'),
    inFile(
      `<notes><note id="n">1</note></notes><unit id="u"><notes><note id="n">2</note></notes>${SEGMENT}</unit>`,
    ),
    inUnit(`<notes><note id="n">1</note><note id="n">2</note></notes>${SEGMENT}`),
  ],
  [
    'data of a unit',
    section('4.3.1.21'),
    inUnit(`<originalData><data id="a"/><data id="b"/></originalData>${SEGMENT}`),
    inUnit(`<originalData><data id="a"/><data id="a"/></originalData>${SEGMENT}`),
  ],
  [
    'segments and codes of a unit',
    section('4.3.1.21'),
    inSegment('<ph id="1"/>', undefined, 'id="2"'),
    inSegment('<ph id="1"/>', undefined, 'id="1"'),
  ],
  [
    'codes of a target',
    section('4.3.1.21'),
    inSegment('<ph id="1"/>', '<ph id="1"/><ph id="2"/>'),
    inSegment('<ph id="1"/>', '<ph id="1"/><ph id="1"/>'),
  ],
  [
    'codes of a target are those of its source',
    section('4.3.1.21'),
    inSegment('<pc id="1">a</pc>', '<sc id="1"/>b<ec startRef="1"/>'),
    inSegment('<pc id="1">a</pc>', '<ph id="1"/>'),
  ],
  [
    'extensions of one owner',
    section('4.9.2'),
    inFile(`<my:a id="1"/><unit id="u"><my:a id="1"/>${SEGMENT}</unit>`),
    inFile(`<my:a id="1"/><my:b xml:id="1"/>${UNIT}`),
  ],
  [
    'extension ids are names',
    section('4.9.2'),
    inFile(`<my:a id="1"/>${UNIT}`),
    inFile(`<my:a id="a b"/>${UNIT}`),
  ],
]

const LANGUAGES: readonly RuleCase[] = [
  [
    'targets need a target language',
    section('4.2.2.1'),
    document2(`<file id="f">${UNIT}</file>`, 'srcLang="en"'),
    document2(
      '<file id="f"><unit id="u"><segment><source>a</source><target>b</target></segment></unit></file>',
      'srcLang="en"',
    ),
  ],
  [
    'the source has the source language',
    section('4.2.2.12'),
    inUnit('<segment><source xml:lang="EN">a</source></segment>'),
    inUnit('<segment><source xml:lang="en-GB">a</source></segment>'),
  ],
  [
    'the target has the target language',
    section('4.2.2.13'),
    inUnit('<segment><source>a</source><target xml:lang="de">b</target></segment>'),
    inUnit('<segment><source>a</source><target xml:lang="en">b</target></segment>'),
  ],
  [
    'inherited languages count',
    section('4.2.2.12'),
    inUnit(SEGMENT, 'xml:lang="en"'),
    inUnit(SEGMENT, 'xml:lang="ja"'),
  ],
  [
    'source and target treat white space alike',
    section('4.3.2.2'),
    inUnit(
      '<segment><source xml:space="preserve">a</source><target>b</target></segment>',
      'xml:space="preserve"',
    ),
    inUnit('<segment><source xml:space="preserve">a</source><target>b</target></segment>'),
  ],
]

const CODES: readonly RuleCase[] = [
  [
    'dataRef',
    section('4.3.1.9'),
    inUnit(
      '<originalData><data id="d"/></originalData><segment><source><ph id="1" dataRef="d"/></source></segment>',
    ),
    inSegment('<ph id="1" dataRef="d"/>'),
  ],
  [
    'dataRefEnd',
    section('4.3.1.10'),
    inUnit(
      '<originalData><data id="d"/></originalData><segment><source><pc id="1" dataRefStart="d" dataRefEnd="d"/></source></segment>',
    ),
    inUnit(
      '<originalData><data id="d"/></originalData><segment><source><pc id="1" dataRefStart="d" dataRefEnd="e"/></source></segment>',
    ),
  ],
  [
    'dataRefStart and dataRefEnd are a pair in 2.1',
    section('4.3.1.11'),
    inUnit(
      '<originalData><data id="d"/></originalData><segment><source><pc id="1" dataRefStart="d"/></source></segment>',
    ).replace('version="2.1"', 'version="2.0"'),
    inUnit(
      '<originalData><data id="d"/></originalData><segment><source><pc id="1" dataRefStart="d"/></source></segment>',
    ),
  ],
  [
    'sub-flows are units of the file',
    section('4.3.1.32'),
    inSegment('<ph id="1" subFlows="u"/>'),
    inSegment('<ph id="1" subFlows="u v"/>'),
  ],
  [
    'copyOf names a code',
    section('4.3.1.8'),
    inSegment('<ph id="1"/><ph id="2" copyOf="1"/>'),
    inSegment('<ph id="1"/><ph id="2" copyOf="3"/>'),
  ],
  [
    'copies have no data',
    section('4.7.2.4.1'),
    inSegment('<ph id="1"/><ph id="2" copyOf="1"/>'),
    inUnit(
      '<originalData><data id="d"/></originalData><segment><source><ph id="1" dataRef="d"/><ph id="2" copyOf="1"/></source></segment>',
    ),
  ],
  [
    'some codes cannot be copied',
    section('4.7.2.6'),
    inSegment('<ph id="1"/><ph id="2" copyOf="1"/>'),
    inSegment('<ph id="1" canCopy="no"/><ph id="2" copyOf="1"/>'),
  ],
  [
    'subType needs type',
    section('4.3.1.36'),
    inSegment('<ph id="1" type="fmt" subType="my:a"/>'),
    inSegment('<ph id="1" subType="my:a"/>'),
  ],
  [
    'subTypes of the specification have a type',
    section('4.3.1.36'),
    inSegment('<ph id="1" type="fmt" subType="xlf:b"/>'),
    inSegment('<ph id="1" type="ui" subType="xlf:b"/>'),
  ],
  [
    'no other subTypes with xlf',
    section('4.3.1.36'),
    inSegment('<ph id="1" type="ui" subType="xlf:var"/>'),
    inSegment('<ph id="1" type="ui" subType="xlf:bold"/>'),
  ],
  [
    'codes in sequence are kept',
    section('4.7.2.6'),
    inSegment(`<ph id="1" canReorder="firstNo" ${KEEP}/>`),
    inSegment('<ph id="1" canReorder="firstNo" canCopy="no"/>'),
  ],
  [
    'copies have no data of their own',
    section('4.7.2.4.1'),
    inSegment('<ph id="1"/><ph id="2" copyOf="1"/>'),
    inUnit(
      '<originalData><data id="d"/></originalData><segment><source><ph id="1"/><ph id="2" copyOf="1" dataRef="d"/></source></segment>',
    ),
  ],
]

const PAIRS: readonly RuleCase[] = [
  [
    'a start code has its end',
    section('4.2.3.4'),
    inSegment('<sc id="1"/><ec startRef="1"/>'),
    inSegment('<sc id="1"/>'),
  ],
  [
    'or says that it has none',
    section('4.3.1.22'),
    inSegment('<sc id="1" isolated="yes"/>'),
    inUnit('<segment><source><sc id="1" isolated="yes"/><ec startRef="1"/></source></segment>'),
  ],
  [
    'an end code has its start before it',
    section('4.2.3.5'),
    inUnit(
      '<segment><source><sc id="1"/></source></segment><segment><source><ec startRef="1"/></source></segment>',
    ),
    inUnit(
      '<segment><source><ec startRef="1"/></source></segment><segment><source><sc id="1"/></source></segment>',
    ),
  ],
  [
    'an isolated end code has an id',
    section('4.2.3.5'),
    inSegment('<ec id="1" isolated="yes"/>'),
    inSegment('<ec startRef="1" isolated="yes"/>'),
  ],
  [
    'other end codes have none',
    section('4.2.3.5'),
    inSegment('<sc id="1"/><ec startRef="1"/>'),
    inSegment('<sc id="1"/><ec startRef="1" id="2"/>'),
  ],
  [
    'end codes have a direction only when isolated',
    section('4.2.3.5'),
    inSegment('<ec id="1" isolated="yes" dir="rtl"/>'),
    inSegment('<sc id="1"/><ec startRef="1" dir="rtl"/>'),
  ],
  [
    'both ends have the same flags',
    section('4.2.3.5'),
    inSegment('<sc id="1" canOverlap="no"/><ec startRef="1" canOverlap="no"/>'),
    inSegment('<sc id="1" canOverlap="no"/><ec startRef="1"/>'),
  ],
  [
    'the end of the first of a sequence is no',
    section('4.2.3.5'),
    inSegment(`<sc id="1" canReorder="firstNo" ${KEEP}/><ec startRef="1" canReorder="no" ${KEEP}/>`),
    inSegment(`<sc id="1" canReorder="firstNo" ${KEEP}/><ec startRef="1" ${KEEP}/>`),
  ],
  [
    'a start marker has its end',
    section('4.2.3.7'),
    inSegment('<sm id="1" translate="no"/><em startRef="1"/>'),
    inSegment('<sm id="1" translate="no"/>'),
  ],
  [
    'an end marker has its start',
    section('4.2.3.8'),
    inSegment('<sm id="1" translate="no"/><em startRef="1"/>'),
    inSegment('<em startRef="1"/>'),
  ],
  [
    'half-translated spans may wait',
    section('4.2.3.4'),
    inUnit(
      '<segment><source><sc id="1"/></source><target><sc id="1"/></target></segment><segment><source><ec startRef="1"/></source></segment>',
    ),
    inUnit(
      '<segment><source><sc id="1"/></source><target><sc id="1"/></target></segment><segment><source><ec startRef="1"/></source><target/></segment>',
    ),
  ],
  [
    'an isolated end code cannot do without id',
    section('4.2.3.5'),
    inSegment('<ec id="1" isolated="yes"/>'),
    inSegment('<ec isolated="yes"/>'),
  ],
  [
    'an isolated end code has no startRef',
    section('4.2.3.5'),
    inSegment('<ec id="1" isolated="yes"/>'),
    inSegment('<ec id="1" startRef="2" isolated="yes"/>'),
  ],
  [
    'other end codes name their start',
    section('4.2.3.5'),
    inSegment('<sc id="1"/><ec startRef="1"/>'),
    inSegment('<ec/>'),
  ],
  [
    'a start has one end',
    section('4.2.3.4'),
    inSegment('<sc id="1"/><ec startRef="1"/>'),
    inSegment('<sc id="1"/><ec startRef="1"/><ec startRef="1"/>'),
  ],
]

const ORDER: readonly RuleCase[] = [
  [
    'places of targets are taken once',
    section('4.8.2'),
    inUnit(
      '<segment><source>a</source><target order="2">a</target></segment><segment><source>b</source><target order="1">b</target></segment>',
    ),
    inUnit(
      '<segment><source>a</source><target order="2">a</target></segment><segment><source>b</source><target>b</target></segment>',
    ),
  ],
  [
    'places end at the number of parts',
    section('4.3.1.24'),
    inSegment('a', 'b').replace('<target>', '<target order="1">'),
    inSegment('a', 'b').replace('<target>', '<target order="2">'),
  ],
  [
    'a sequence starts with firstNo',
    section('4.7.2.6'),
    inSegment(`<ph id="1" canReorder="firstNo" ${KEEP}/>a<ph id="2" canReorder="no" ${KEEP}/>`),
    inSegment(`<ph id="1"/><ph id="2" canReorder="no" ${KEEP}/>`),
  ],
  [
    'a sequence stays whole in the target',
    section('4.7.2.6'),
    inSegment(
      `<ph id="1" canReorder="firstNo" ${KEEP}/><ph id="2" canReorder="no" ${KEEP}/><ph id="3"/>`,
      `<ph id="3"/><ph id="1" canReorder="firstNo" ${KEEP}/><ph id="2" canReorder="no" ${KEEP}/>`,
    ),
    inSegment(
      `<ph id="1" canReorder="firstNo" ${KEEP}/><ph id="2" canReorder="no" ${KEEP}/>`,
      `<ph id="2" canReorder="firstNo" ${KEEP}/><ph id="1" canReorder="no" ${KEEP}/>`,
    ),
  ],
  [
    'a sequence stays inside its span',
    section('4.7.2.6'),
    inSegment(
      `<pc id="1" canReorder="firstNo" ${KEEP}>a<ph id="2" canReorder="no" ${KEEP}/></pc>`,
      `<pc id="1" canReorder="firstNo" ${KEEP}>b<ph id="2" canReorder="no" ${KEEP}/></pc>`,
    ),
    inSegment(
      `<pc id="1" canReorder="firstNo" ${KEEP}>a<ph id="2" canReorder="no" ${KEEP}/></pc>`,
      `<pc id="1" canReorder="firstNo" ${KEEP}>b</pc><ph id="2" canReorder="no" ${KEEP}/>`,
    ),
  ],
  [
    'what cannot be deleted is in the target',
    section('4.7.2.6'),
    inSegment('<ph id="1" canDelete="no"/>', '<ph id="1" canDelete="no"/>'),
    inSegment('<ph id="1" canDelete="no"/>', ''),
  ],
  [
    'states need a target',
    section('4.3.1.31'),
    inSegment('a', undefined, 'state="initial"'),
    inSegment('a', undefined, 'state="translated"'),
  ],
  [
    'sub-states need a state',
    section('4.3.1.35'),
    inSegment('a', 'b', 'state="final" subState="my:x y"'),
    inSegment('a', 'b', 'subState="my:x"'),
  ],
  [
    'no sub-states of the specification',
    section('4.3.1.35'),
    inSegment('a', 'b', 'state="final" subState="my:x"'),
    inSegment('a', 'b', 'state="final" subState="xlf:x"'),
  ],
]

const ANNOTATIONS: readonly RuleCase[] = [
  [
    'a comment has its text or a note',
    section('4.7.3.1.3'),
    inSegment('<mrk id="1" type="comment" value="c"/>'),
    inSegment('<mrk id="1" type="comment"/>'),
  ],
  [
    'a comment has not both',
    section('4.7.3.1.3'),
    inUnit(
      '<notes><note id="n">n</note></notes><segment><source><mrk id="1" type="comment" ref="#n=n"/></source></segment>',
    ),
    inUnit(
      '<notes><note id="n">n</note></notes><segment><source><mrk id="1" type="comment" value="c" ref="#n=n"/></source></segment>',
    ),
  ],
  [
    'the note is one of the unit',
    section('4.7.3.1.3'),
    inUnit(
      '<notes><note id="n">n</note></notes><segment><source><mrk id="1" type="comment" ref="#f=f/u=u/n=n"/></source></segment>',
    ),
    inFile(
      '<notes><note id="n">n</note></notes><unit id="u"><segment><source><mrk id="1" type="comment" ref="#f=f/n=n"/></source></segment></unit>',
    ),
  ],
  [
    'a marker annotates something',
    section('4.7.3.1.1'),
    inSegment('<mrk id="1" type="term"/>'),
    inSegment('<mrk id="1"/>'),
  ],
  [
    'own annotations have own prefixes',
    section('4.3.1.40'),
    inSegment('<mrk id="1" type="my:a"/>'),
    inSegment('<mrk id="1" type="xlf:a"/>'),
  ],
  ...(
    [
      ['one thing', '#c1/c2'],
      ['order', '#u=u/f=f'],
      ['one prefix once', '#u=u/u=u'],
      ['the leaf last', '#n=n/u=u'],
      ['known prefixes', '#my=1'],
      ['names only', '#f=f/u=$'],
      ['something that exists', '#nothing'],
      ['a group that exists', '#g=g/u=u/m'],
    ] as const
  ).map(
    ([name, ref]): RuleCase => [
      `references: ${name}`,
      section('3'),
      inSegment('<mrk id="m" type="my:a" ref="#f=f/u=u/m"/>'),
      inSegment(`<mrk id="m" type="my:a" ref="${ref}"/>`),
    ],
  ),
  [
    'a comment points into the file',
    section('4.7.3.1.3'),
    inSegment('<mrk id="1" type="comment" value="c"/>'),
    inSegment('<mrk id="1" type="comment" ref="notes.html"/>'),
  ],
]

describe('validateXliff on XLIFF 2', () => {
  it.each(STRUCTURE)('checks the structure: %s', (...rule) => expectRule(rule))
  it.each(VALUES)('checks values: %s', (...rule) => expectRule(rule))
  it.each(IDS)('checks that ids are unique: %s', (...rule) => expectRule(rule))
  it.each(LANGUAGES)('checks languages: %s', (...rule) => expectRule(rule))
  it.each(CODES)('checks codes: %s', (...rule) => expectRule(rule))
  it.each(PAIRS)('checks spans: %s', (...rule) => expectRule(rule))
  it.each(ORDER)('checks order: %s', (...rule) => expectRule(rule))
  it.each(ANNOTATIONS)('checks annotations: %s', (...rule) => expectRule(rule))

  it('says where each violation stands, in the order of the file', () => {
    const text = document2(
      '\n<file id="f">\r\n  <unit id="a b">\r<segment>\n<source/><extra/></segment></unit></file>',
    )
    expect(validateXliff(text).violations).toEqual([
      expect.objectContaining({ line: 3, column: 13, rule: 'XLIFF 2.1 §4.3.1.21' }),
      expect.objectContaining({ line: 5, column: 10, rule: 'XLIFF 2.1 §4.2.2.6' }),
    ])
  })

  it('knows what 2.2 adds, and that 2.1 has none of it', () => {
    const text = `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.2" xmlns:pgs="urn:oasis:names:tc:xliff:pgs:1.0" version="2.2" srcLang="en"><notes><note>all</note></notes><file id="f"><unit id="u" pgs:switch="plural:n"><notes><note ref="#s">one</note></notes><segment id="s" pgs:case="other"><source>a</source></segment></unit></file></xliff>`
    expect(rulesOf(text)).toEqual([])
    expect(rulesOf(text.replace('"plural:n"', '"number:n"'))).toEqual([expect.stringContaining('Plural')])
    expect(rulesOf(text.replace('"other"', '"other x"'))).toEqual([expect.stringContaining('Plural')])
    expect(rulesOf(text.replace('"other"', '"lots"'))).toEqual([expect.stringContaining('Plural')])
    expect(rulesOf(text.replace('ref="#s"', 'ref="#t"'))).toEqual(['XLIFF 2.1 §3'])
    const older = text.replace('document:2.2', 'document:2.0').replace('version="2.2"', 'version="2.1"')
    expect(rulesOf(older)).toEqual(expect.arrayContaining(['XLIFF 2.1 §4.2.2.1', 'XLIFF 2.1 §4.2.2.9']))
  })

  it('passes over other vocabularies, and looks for its own inside them', () => {
    expect(rulesOf(inUnit(`<my:a><my:b/>text<unit/></my:a>${SEGMENT}`))).not.toEqual([])
    expect(rulesOf(inUnit(`<my:a><my:b/>text<x xmlns=""/></my:a>${SEGMENT}`))).toEqual([])
  })
})
