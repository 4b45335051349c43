import { describe, expect, it } from 'vitest'
import {
  document2,
  expectRule,
  inFile,
  inSegment,
  inUnit,
  type RuleCase,
  rulesOf,
} from './validate-support.ts'

const SEGMENT = '<segment id="s"><source>a</source></segment>'
const UNIT = `<unit id="u">${SEGMENT}</unit>`
const section = (number: string): string => `XLIFF 2.1 §${number}`

const match = (content: string, attributes = 'ref="#s"'): string =>
  inUnit(`<mtc:matches><mtc:match ${attributes}>${content}</mtc:match></mtc:matches>${SEGMENT}`)
const BOTH = '<source>a</source><target>b</target>'
const glossary = (entries: string): string => inUnit(`<gls:glossary>${entries}</gls:glossary>${SEGMENT}`)
const resources = (items: string): string => inFile(`<res:resourceData>${items}</res:resourceData>${UNIT}`)
const rule = (attributes: string): string =>
  inFile(`<val:validation><val:rule ${attributes}/></val:validation>${UNIT}`)
const marker = (attributes: string): string => inSegment(`<mrk id="m" ${attributes}>a</mrk>`)
const META = '<mda:meta type="a"/>'
const changes = (revisions: string): string =>
  inUnit(
    `<ctr:changeTrack>${revisions}</ctr:changeTrack><notes><note id="n" category="c">a</note><note id="o">b</note></notes>${SEGMENT}`,
  )
const revisions = (attributes: string, items: string): string =>
  changes(`<ctr:revisions ${attributes}><ctr:revision version="1">${items}</ctr:revision></ctr:revisions>`)
const CONTENT = '<ctr:item property="content">a</ctr:item>'
const PROFILES = '<slr:profiles generalProfile="xliff:codepoints" storageProfile="xliff:utf8"/>'
const sized = (source: string): string =>
  inFile(
    `${PROFILES}<slr:data profile="x"><my:a id="d"/></slr:data><unit id="u"><segment><source>${source}</source></segment></unit>`,
  )
const LQI =
  '<its:locQualityIssues xml:id="q"><its:locQualityIssue locQualityIssueType="style"/></its:locQualityIssues>'

const RULES: readonly RuleCase[] = [
  ['matches have a source and a target', section('5.1.6.3'), match(BOTH), match('<source>a</source>')],
  [
    'match quality',
    section('5.1.6.3'),
    match(BOTH, 'ref="#s" similarity="99.5"'),
    match(BOTH, 'ref="#s" similarity="101"'),
  ],
  [
    'match ids',
    section('5.1.7.1'),
    match(BOTH, 'ref="#s" id="1"'),
    inUnit(
      `<mtc:matches>${`<mtc:match id="1" ref="#s">${BOTH}</mtc:match>`.repeat(2)}</mtc:matches>${SEGMENT}`,
    ),
  ],
  ['matches point with #', section('5.1.7.5'), match(BOTH), match(BOTH, 'ref="s"')],
  [
    'matches point to text of their unit',
    section('5.1.7.5'),
    match(BOTH, 'ref="#f=f/u=u/s"'),
    match(BOTH, 'ref="#f=f/u=u"'),
  ],
  ['matches point to something', section('3'), match(BOTH), match(BOTH, 'ref="#t=s"')],
  [
    'match subtypes',
    section('5.1.7.8'),
    match(BOTH, 'ref="#s" type="tm" subType="my:a"'),
    match(BOTH, 'ref="#s" subType="my:a"'),
  ],
  ['matches have no language', section('5.1.6.3'), match(BOTH), match(BOTH, 'ref="#s" xml:lang="en"')],
  [
    'matches are in the target language',
    section('5.1.6.3'),
    match('<source>a</source><target xml:lang="fr">b</target>', 'ref="#s" reference="yes"'),
    match('<source>a</source><target xml:lang="fr">b</target>'),
  ],
  [
    'matches have data of their own',
    section('4.3.1.9'),
    match(`<originalData><data id="d"/></originalData><source><ph id="1" dataRef="d"/></source><target/>`),
    inUnit(
      `<mtc:matches><mtc:match ref="#s"><source><ph id="1" dataRef="d"/></source><target/></mtc:match></mtc:matches><originalData><data id="d"/></originalData>${SEGMENT}`,
    ),
  ],
  [
    'matches have ids of their own',
    section('4.3.1.21'),
    match('<source><ph id="s"/></source><target><ph id="s"/></target>'),
    match('<source><ph id="1"/><ph id="1"/></source><target/>'),
  ],
  [
    'spans end in the match',
    section('4.2.3.4'),
    match('<source><sc id="1" isolated="yes"/></source><target/>'),
    match('<source><sc id="1"/></source><target/>'),
  ],
  [
    'match markers point nowhere',
    section('5.1.5'),
    marker('type="mtc:match"'),
    marker('type="mtc:match" ref="#m"'),
  ],

  [
    'glossary entries say something',
    section('5.2.4.3'),
    glossary('<gls:glossEntry><gls:term>a</gls:term><gls:definition>b</gls:definition></gls:glossEntry>'),
    glossary('<gls:glossEntry><gls:term>a</gls:term></gls:glossEntry>'),
  ],
  [
    'glossary ids',
    section('5.2.5.1'),
    glossary('<gls:glossEntry id="1"><gls:term/><gls:translation id="2"/></gls:glossEntry>'),
    glossary('<gls:glossEntry id="1"><gls:term/><gls:translation id="1"/></gls:glossEntry>'),
  ],
  [
    'glossary entries point to text',
    section('5.2.5.2'),
    glossary('<gls:glossEntry ref="#s"><gls:term/><gls:definition/></gls:glossEntry>'),
    glossary('<gls:glossEntry ref="s"><gls:term/><gls:definition/></gls:glossEntry>'),
  ],

  [
    'metadata ids',
    section('5.4.5.3'),
    inFile(`<mda:metadata id="1"><mda:metaGroup id="2">${META}</mda:metaGroup></mda:metadata>${UNIT}`),
    inFile(
      `<mda:metadata id="1"><mda:metaGroup><mda:metaGroup id="1">${META}</mda:metaGroup></mda:metaGroup></mda:metadata>${UNIT}`,
    ),
  ],
  [
    'metadata have a type',
    section('5.4.4.4'),
    inFile(`<mda:metadata><mda:metaGroup>${META}</mda:metaGroup></mda:metadata>${UNIT}`),
    inFile(`<mda:metadata><mda:metaGroup><mda:meta/></mda:metaGroup></mda:metadata>${UNIT}`),
  ],

  [
    'resource ids',
    section('5.5.5.1'),
    resources('<res:resourceItem id="1" mimeType="a/b"/>'),
    resources('<res:resourceItem id="1" mimeType="a/b"/>'.repeat(2)),
  ],
  [
    'resources that are referred to',
    section('5.5.5.6'),
    resources('<res:resourceItemRef ref="1"/><res:resourceItem id="1" mimeType="a/b"/>'),
    resources('<res:resourceItemRef ref="2"/><res:resourceItem id="1" mimeType="a/b"/>'),
  ],
  [
    'resources elsewhere have a type',
    section('5.5.4.4'),
    resources('<res:resourceItem><res:source><my:a/></res:source></res:resourceItem>'),
    resources('<res:resourceItem><res:source href="a"/></res:resourceItem>'),
  ],
  [
    'a resource is here or elsewhere',
    section('5.5.4.5'),
    resources('<res:resourceItem mimeType="a/b"><res:source href="a"/></res:resourceItem>'),
    resources(
      '<res:resourceItem mimeType="a/b"><res:source href="a"><my:a/></res:source></res:resourceItem>',
    ),
  ],
  [
    'a target resource is somewhere',
    section('5.5.4.6'),
    resources('<res:resourceItem mimeType="a/b"><res:target href="a"/></res:resourceItem>'),
    resources('<res:resourceItem mimeType="a/b"><res:target/></res:resourceItem>'),
  ],
  [
    'resources have the source language',
    section('5.5.4.5'),
    resources('<res:resourceItem mimeType="a/b"><res:source href="a" xml:lang="en"/></res:resourceItem>'),
    resources('<res:resourceItem mimeType="a/b"><res:source href="a" xml:lang="de"/></res:resourceItem>'),
  ],

  [
    'revisions of something',
    section('5.6.5.5'),
    revisions('appliesTo="note" ref="n"', CONTENT),
    revisions('appliesTo="note" ref="x"', CONTENT),
  ],
  [
    'revisions of one of many',
    section('5.6.4.3'),
    revisions('appliesTo="segment"', CONTENT),
    revisions('appliesTo="note"', CONTENT),
  ],
  [
    'the current revision',
    section('5.6.5.3'),
    revisions('appliesTo="segment" currentVersion="1"', CONTENT),
    revisions('appliesTo="segment" currentVersion="2"', CONTENT),
  ],
  [
    'revised attributes',
    section('5.6.5.6'),
    revisions('appliesTo="note" ref="n"', '<ctr:item property="category"/>'),
    revisions('appliesTo="note" ref="o"', '<ctr:item property="category"/>'),
  ],
  [
    'one value a revision',
    section('5.6.5.6'),
    revisions('appliesTo="note" ref="n"', CONTENT),
    revisions('appliesTo="note" ref="n"', CONTENT.repeat(2)),
  ],

  [
    'styles are HTML',
    section('5.3.5.1'),
    inSegment('<ph id="1" fs:fs="br"/>'),
    inSegment('<ph id="1" fs:fs="script"/>'),
  ],
  [
    'sub-styles need a style',
    section('5.3.5.2'),
    inSegment('<ph id="1" fs:fs="img" fs:subFs="src,a\\\\b.png\\alt,c\\,d"/>'),
    inSegment('<ph id="1" fs:subFs="src,a"/>'),
  ],
  [
    'commas in sub-styles',
    section('5.3.5.2'),
    inSegment('<ph id="1" fs:fs="img" fs:subFs="src,a"/>'),
    inSegment('<ph id="1" fs:fs="img" fs:subFs="src,a,b"/>'),
  ],
  [
    'styles of end codes',
    section('5.3.5.1'),
    inSegment('<ec id="1" isolated="yes" fs:fs="b"/>'),
    inSegment('<sc id="1"/><ec startRef="1" fs:fs="b"/>'),
  ],

  [
    'size restrictions',
    section('5.7.6.1.1'),
    inUnit(SEGMENT, 'slr:sizeRestriction="5,*"'),
    inUnit(SEGMENT, 'slr:sizeRestriction="*,5"'),
  ],
  [
    'size information is a number',
    section('5.7.6.1.2'),
    sized('<ph id="1" slr:sizeInfo="3"/>'),
    sized('<ph id="1" slr:sizeInfo="three"/>'),
  ],
  [
    'storage is a number',
    section('5.7.6.2.2'),
    sized('<ph id="1" slr:equivStorage="3"/>'),
    sized('<ph id="1" slr:equivStorage="3.5"/>'),
  ],
  [
    'size data exist',
    section('5.7.5.10'),
    sized('<ph id="1" slr:sizeInfoRef="d"/>'),
    sized('<ph id="1" slr:sizeInfoRef="e"/>'),
  ],
  [
    'size data or information',
    section('5.7.5.10'),
    sized('<ph id="1" slr:sizeInfoRef="d"/>'),
    sized('<ph id="1" slr:sizeInfoRef="d" slr:sizeInfo="1"/>'),
  ],
  [
    'sizes of end codes',
    section('5.7.5.9'),
    sized('<ec id="1" isolated="yes" slr:sizeInfo="1"/>'),
    sized('<sc id="1"/><ec startRef="1" slr:sizeInfo="1"/>'),
  ],
  [
    'storage restrictions of the standard profiles',
    section('5.7.6.2.1'),
    inFile(
      `<slr:profiles storageProfile="my:own"/><unit id="u" slr:storageRestriction="many">${SEGMENT}</unit>`,
    ),
    inFile(
      `<slr:profiles storageProfile="xliff:utf16"/><unit id="u" slr:storageRestriction="many">${SEGMENT}</unit>`,
    ),
  ],
  [
    'restrictions have their place',
    section('5.7.5.6'),
    inUnit(SEGMENT, 'slr:storageRestriction="9"'),
    inSegment('<ph id="1" slr:storageRestriction="9"/>'),
  ],

  ['one test a rule', section('5.8.4.3'), rule('my:test="a"'), rule('isPresent="a" startsWith="b"')],
  [
    'a rule tests something',
    section('5.8.4.3'),
    rule('endsWith="a" existsInSource="yes"'),
    rule('caseSensitive="no"'),
  ],
  [
    'occurs goes with isPresent',
    section('5.8.5.2'),
    rule('isPresent="a" occurs="2"'),
    rule('isNotPresent="a" occurs="2"'),
  ],
  [
    'existsInSource goes with some tests',
    section('5.8.5.6'),
    rule('isPresent="a" existsInSource="yes"'),
    rule('isNotPresent="a" existsInSource="yes"'),
  ],
  [
    'rules of files stand',
    section('5.8.5.9'),
    rule('isPresent="a" disabled="no"'),
    rule('isPresent="a" disabled="yes"'),
  ],

  [
    'ITS markup has a version',
    section('5.9.12.39'),
    marker('its:allowedCharacters="[a-z]"'),
    marker('its:allowedCharacters="[a-z]"').replace('its:version="2.0"', ''),
  ],
  [
    'ITS annotations have their type',
    section('5.9.6'),
    marker('type="its:generic" itsm:lang="fr"'),
    marker('type="term" itsm:lang="fr"'),
  ],
  [
    'tools by category',
    section('5.9.12.2'),
    inUnit(SEGMENT, 'its:annotatorsRef="terminology|a provenance|b"'),
    inUnit(SEGMENT, 'its:annotatorsRef="terms|a"'),
  ],
  [
    'one tool a category',
    section('5.9.12.2'),
    inUnit(SEGMENT, 'its:annotatorsRef="terminology|a"'),
    inUnit(SEGMENT, 'its:annotatorsRef="terminology|a terminology|b"'),
  ],
  [
    'issues say what they are',
    section('5.9.6.4.3'),
    marker('its:locQualityIssueComment="a" its:locQualityIssueSeverity="50"'),
    marker('its:locQualityIssueSeverity="50"'),
  ],
  [
    'issues are listed',
    section('5.9.12.11'),
    inUnit(`${LQI}<segment><source><mrk id="m" its:locQualityIssuesRef="#its=q"/></source></segment>`),
    inUnit(`${LQI}<segment><source><mrk id="m" its:locQualityIssuesRef="#its=r"/></source></segment>`),
  ],
  [
    'listed issues stand alone',
    section('5.9.6.4.3'),
    inUnit(LQI + SEGMENT),
    inUnit(
      `${LQI}<segment><source><mrk id="m" its:locQualityIssuesRef="#its=q" its:locQualityIssueType="style"/></source></segment>`,
    ),
  ],
  [
    'issue records',
    section('5.9.11.2'),
    inUnit(LQI + SEGMENT),
    inUnit(LQI.replace(' locQualityIssueType="style"', '') + SEGMENT),
  ],
  ['record ids', section('5.9.12.4'), inUnit(LQI + SEGMENT), inUnit(LQI + LQI + SEGMENT)],
  [
    'a rating is a score or a vote',
    section('5.9.6.5.3'),
    marker('its:locQualityRatingScore="9"'),
    marker('its:locQualityRatingScore="9" its:locQualityRatingVote="1"'),
  ],
  [
    'thresholds are for something',
    section('5.9.6.5.3'),
    marker('its:locQualityRatingVote="9" its:locQualityRatingVoteThreshold="1"'),
    marker('its:locQualityRatingScore="9" its:locQualityRatingVoteThreshold="1"'),
  ],
  [
    'identities have a source',
    section('5.9.6.7.3'),
    marker('its:taSource="a" its:taIdent="b"'),
    marker('its:taIdent="b"'),
  ],
  [
    'one identity',
    section('5.9.6.7.3'),
    marker('its:taIdentRef="a"'),
    marker('its:taIdentRef="a" its:taSource="a" its:taIdent="b"'),
  ],
  [
    'confidence of a tool',
    section('5.9.12.19'),
    marker('its:mtConfidence="0.5" its:annotatorsRef="mt-confidence|a"'),
    marker('its:mtConfidence="0.5" its:annotatorsRef="terminology|a"'),
  ],
  [
    'provenance records exist',
    section('5.9.12.24'),
    inFile(
      '<its:provenanceRecords xml:id="p"><its:provenanceRecord person="a"/></its:provenanceRecords><unit id="u"><segment><source><mrk id="m" its:provenanceRecordsRef="#its=p"/></source></segment></unit>',
    ),
    marker('its:provenanceRecordsRef="#its=p"'),
  ],
  [
    'provenance records say something',
    section('5.9.11.4'),
    inFile(
      `<its:provenanceRecords xml:id="p"><its:provenanceRecord tool="a"/></its:provenanceRecords>${UNIT}`,
    ),
    inFile(`<its:provenanceRecords xml:id="p"><its:provenanceRecord/></its:provenanceRecords>${UNIT}`),
  ],
  [
    'no subtypes of matches in the specification',
    section('5.1.7.8'),
    match(BOTH, 'ref="#s" type="tm" subType="my:a"'),
    match(BOTH, 'ref="#s" type="tm" subType="xlf:a"'),
  ],
  [
    'confidence in something',
    section('5.9.6.7.3'),
    marker('its:taClassRef="a" its:taConfidence="1" its:annotatorsRef="text-analysis|a"'),
    marker('its:taConfidence="1" its:annotatorsRef="text-analysis|a"'),
  ],
  [
    'records or details of provenance',
    section('5.9.6.6.3'),
    inUnit(
      '<its:provenanceRecords xml:id="p"><its:provenanceRecord person="a"/></its:provenanceRecords><segment><source><mrk id="m" its:provenanceRecordsRef="#its=p"/></source></segment>',
    ),
    inUnit(
      '<its:provenanceRecords xml:id="p"><its:provenanceRecord person="a"/></its:provenanceRecords><segment><source><mrk id="m" its:provenanceRecordsRef="#its=p" its:person="b"/></source></segment>',
    ),
  ],
]

describe('validateXliff on the modules of XLIFF 2', () => {
  it.each(RULES)('%s', (...test) => expectRule(test))

  it('knows the modules by their namespaces, whatever the prefixes of the file', () => {
    const other = match(BOTH, 'ref="s"').replaceAll('mtc:', 'x:').replaceAll('xmlns:mtc', 'xmlns:x')
    expect(rulesOf(other)).toEqual(['XLIFF 2.1 §5.1.7.5'])
    const byDefault = document2(
      '<file id="f"><unit id="u"><glossary xmlns="urn:oasis:names:tc:xliff:glossary:2.0"/><segment><source/></segment></unit></file>',
    )
    expect(rulesOf(byDefault)).toEqual(['XLIFF 2.1 §5.2.4.2'])
  })
})
