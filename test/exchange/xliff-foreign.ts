/** Small XLIFF files as other tools write them, made up for tests. */

const XLIFF_12 = 'version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"'

/** A 1.2 file of another tool around these units. */
export function foreign12(units: string, root = '', file = ''): string {
  const head = `<file original="a" source-language="en" target-language="be" datatype="plaintext"${file}>`
  return `<xliff ${XLIFF_12}${root}>${head}<body>${units}</body></file></xliff>`
}

/** A 2.0 file of another tool around this content of its file element. */
export function foreign2(content: string, version = '2.0'): string {
  const root = `version="${version}" srcLang="en" trgLang="be" xmlns="urn:oasis:names:tc:xliff:document:2.0"`
  const modules = [
    'xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"',
    'xmlns:gls="urn:oasis:names:tc:xliff:glossary:2.0"',
    'xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0"',
  ].join(' ')
  return `<xliff ${root} ${modules}><file id="f1">${content}</file></xliff>`
}

const SDL = ' xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0"'

/** Trados: segments as marks, what it knows of them beside. */
export const TRADOS = foreign12(
  `<group><sdl:cxts><sdl:cxt id="1"/></sdl:cxts>
<trans-unit id="aa">
<source>One. <g id="2">Two</g>.</source>
<seg-source><mrk mtype="seg" mid="7">One.</mrk> <mrk mtype="seg" mid="8"><g id="2">Two</g>.</mrk> <mrk mtype="seg" mid="9"/></seg-source>
<target><mrk mtype="seg" mid="7">Адзін.</mrk> <mrk mtype="seg" mid="8"/></target>
<sdl:seg-defs><sdl:seg id="7" conf="Draft" origin="nmt"><sdl:value key="k">v</sdl:value></sdl:seg><sdl:seg id="8" locked="true" conf="ApprovedSignOff" origin="tm" percent="100" text-match="SourceAndTarget"/><sdl:seg id="9"/></sdl:seg-defs>
</trans-unit></group>
<trans-unit id="bb" translate="no"><source><x id="3"/></source></trans-unit>`,
  SDL,
)

/** memoQ: states on the unit. */
export const MEMOQ = foreign12(
  `<trans-unit id="1" mq:status="ManuallyConfirmed" mq:segmentproofread="segmentproofread"><source xml:space="preserve">A <bpt id='1' ctype='bold'>{}</bpt>b<ept id='1'>{}</ept></source><target xml:space="preserve">Б</target></trans-unit>
<trans-unit id="2" mq:status="PreTranslated" mq:locked="locked"><source>C</source><target>В</target></trans-unit>
<trans-unit id="3" mq:status="NotStarted"><source>D</source><target></target></trans-unit>`,
  ' xmlns:mq="MQXliff"',
)

/** Phrase. */
export const PHRASE = foreign12(
  `<group id="0" m:para-id="0"><trans-unit id="x:0" m:confirmed="1" m:score="1.0"><source>A</source><target>Б</target><alt-trans origin="machine-trans"><target>Бэ</target></alt-trans></trans-unit></group>
<group id="1"><trans-unit id="x:1" m:confirmed="0" m:locked="true"><source>{b&gt;C&lt;b}</source><target></target></trans-unit></group>`,
  ' xmlns:m="http://www.memsource.com/mxlf/2.0"',
)

/** Translation memories and notes as in MateCat and Okapi, a CDATA target, props of 1.0, nested groups. */
export const MIXED = foreign12(
  `<group translate="no"><group><trans-unit id="a" approved="yes" translate="yes"><source>Deep <it id="1" pos="open">&lt;i></it>x</source>
  <target state="signed-off" state-qualifier="exact-match"><![CDATA[<b>Дно</b>]]></target>
  <note from="Anna" priority="2" annotates="source">n1</note><note>n2</note>
  <context-group name="where" purpose="location"><context context-type="sourcefile">a.c</context><context context-type="linenumber">7</context></context-group>
  <alt-trans match-quality="85%" origin="TM" alttranstype="proposal"><source>Deep <x id="9"/></source><target>Глыбока <x id="9"/></target><target>Другое</target></alt-trans>
</trans-unit></group></group>
<trans-unit id="b"><source>No target <ph id="1"><sub>inner</sub></ph></source></trans-unit>
<trans-unit id="c"><source/><target/></trans-unit>`,
  '',
  ' tool-id="matecat-converter 2.0.0"',
)

/** 2.1 with modules, several segments, ignorables and codes of every kind. */
export const MODULES = foreign2(
  `<notes><note id="n0" category="general">whole file</note></notes>
<unit id="u" name="n">
<mtc:matches><mtc:match ref="#s2" matchQuality="80.5" similarity="70" origin="TM" type="tm"><source>Two</source><target>Дзве</target></mtc:match><mtc:match ref="#m9"><source>O</source><target>Ад</target></mtc:match></mtc:matches>
<gls:glossary><gls:glossEntry ref="#m9"><gls:term>One</gls:term><gls:translation>Адзін</gls:translation><gls:translation>Адна</gls:translation><gls:definition>1</gls:definition></gls:glossEntry><gls:glossEntry><gls:term>all</gls:term></gls:glossEntry></gls:glossary>
<mda:metadata><mda:metaGroup category="a"><mda:meta type="t">v</mda:meta><mda:metaGroup category="b"><mda:meta type="w">x</mda:meta></mda:metaGroup></mda:metaGroup></mda:metadata>
<notes><note id="n1" priority="3" appliesTo="source">first</note><note id="n2">second</note></notes>
<originalData><data id="d1">&lt;b&gt;</data></originalData>
<segment id="s1" state="reviewed" subState="x:y"><source><mrk id="m9" type="term">One</mrk> <pc id="1" dataRefStart="d1">b</pc> <sc id="2"/>c<ec startRef="2"/></source><target order="1">Адзін <pc id="1" dataRefStart="d1">б</pc></target></segment>
<ignorable id="i1"><source> <cp hex="0007"/></source><target>  </target></ignorable>
<segment id="s2"><source>Two <ph id="3" equiv="x"/></source></segment>
</unit>`,
  '2.1',
)

export const FOREIGN = { TRADOS, MEMOQ, PHRASE, MIXED, MODULES }
