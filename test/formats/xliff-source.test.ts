import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { codeCharacter } from '../../src/domain/document.ts'
import { priorTargets } from '../../src/domain/prior-target.ts'
import { detectFormat } from '../../src/formats/detect.ts'
import { writeDocument } from '../../src/formats/write.ts'
import { alignSegments } from '../../src/segmentation/align-segments.ts'
import { segmentUnit } from '../../src/segmentation/unit-segments.ts'
import { schemaErrors, whyNoXmllint } from '../exchange/xmllint.ts'
import { ownTime } from '../support/own-time.ts'
import { brokenPromises, hide, read, refusal, show, texts } from './support.ts'

const readXliff = (source: string | Uint8Array) => read(source, 'xliff')

function one(units: string, attributes = ''): string {
  return `<?xml version="1.0"?>\n<xliff version="1.2"><file original="a" source-language="en"${attributes} datatype="x"><body>${units}</body></file></xliff>\n`
}

function two(units: string, attributes = ''): string {
  return `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en"${attributes}><file id="f">${units}</file></xliff>`
}

const unit1 = (content: string, attributes = '') => `<trans-unit id="1"${attributes}>${content}</trans-unit>`

/** The document with these units translated; texts as `show` writes them. */
function write(source: string, translations: Readonly<Record<string, string>>, locale?: string): string {
  const document = readXliff(source)
  const parts = document.units.flatMap(({ id, text }) => {
    const translation = translations[id]
    return translation === undefined
      ? []
      : [{ unitId: id, start: 0, end: text.length, text: hide(translation) }]
  })
  return Buffer.from(writeDocument(document, parts, locale === undefined ? {} : { locale })).toString()
}

describe('a bilingual XLIFF file as a source document', () => {
  it('is known by its name, its media type and its first tag', () => {
    expect(detectFormat({ name: 'a.xlf' })).toBe('xliff')
    expect(detectFormat({ name: 'A.XLIFF' })).toBe('xliff')
    expect(detectFormat({ contentType: 'application/xliff+xml; charset=utf-8' })).toBe('xliff')
    expect(detectFormat({ bytes: Buffer.from(one('')) })).toBe('xliff')
    expect(detectFormat({ bytes: Buffer.from('<?xml version="1.0"?><html></html>') })).toBe('html')
  })

  it('gives a unit for each trans-unit, in groups too, and none for what must not be translated', () => {
    const source = one(
      `${unit1('<source>a</source>')}<group translate="no">${unit1('<source>b</source>')}${unit1('<source>c</source>', ' translate="yes"')}</group>${unit1('<source>d</source>', ' mq:locked="locked"')}${unit1('<source>…</source>')}${unit1('<source/>')}<group><group>${unit1('<source>e</source><alt-trans><source>f</source><target>g</target></alt-trans>', ' restype="x-h2"')}</group></group>`,
    )
    expect(readXliff(source).units.map(({ id, kind, text }) => `${id} ${kind} ${text}`)).toEqual([
      'u1 paragraph a',
      'u2 paragraph c',
      'u3 headline e',
    ])
  })

  it('leaves out segments that Trados locked', () => {
    const marks = ['1', '2'].map((mid) => `<mrk mtype="seg" mid="${mid}">S${mid}</mrk>`).join('')
    const source = one(
      unit1(
        `<source>S1S2</source><seg-source>${marks}</seg-source><sdl:seg-defs><sdl:seg id="1" locked="true"/><sdl:seg id="2"/></sdl:seg-defs>`,
      ),
    )
    expect(texts(readXliff(source))).toEqual(['S2'])
    expect(write(source, { u1: 'Z2' })).toContain(
      '<target state="translated"><mrk mtype="seg" mid="1">S1</mrk><mrk mtype="seg" mid="2">Z2</mrk></target>',
    )
  })

  it('gives a unit for each segment of 2.x, and none for ignorables', () => {
    const source = two(
      '<group id="g"><unit id="1"><segment><source>a</source></segment><ignorable><source>b</source></ignorable><segment><source>c</source></segment></unit></group><unit id="2" translate="no"><segment><source>d</source></segment></unit>',
    )
    expect(texts(readXliff(source))).toEqual(['a', 'c'])
  })

  it('reads inline elements of 1.2 as codes, pairs as pairs', () => {
    const [unit] = readXliff(
      one(
        unit1(
          '<source><g id="1" ctype="bold">a</g><x id="2" equiv-text="[pic]"/><bpt id="3" rid="9">&lt;i></bpt>b<ept id="4" rid="9">&lt;/i></ept><it id="5" pos="close">c</it><mrk mtype="protected">OMON</mrk><ph id="6" ctype="lb"/><g id="7"/></source>',
        ),
      ),
    ).units
    expect(show(unit?.text ?? '')).toBe('⟦0⟧a⟦1⟧⟦2⟧⟦3⟧b⟦4⟧⟦5⟧⟦6⟧⟦7⟧⟦8⟧')
    expect(
      unit?.codes.map(({ kind, pair, type, label, equiv, deletable }) =>
        [kind, pair, type, label, equiv, deletable].join(),
      ),
    ).toEqual([
      'open,1,format,g1,,true',
      'close,0,format,/g1,,true',
      'single,,other,[pic],,',
      'open,4,other,<i>,,',
      'close,3,other,</i>,,',
      'close,,other,c,,',
      'single,,code,OMON,OMON,',
      'single,,break,ph6,\n,',
      'single,,other,g7,,',
    ])
  })

  it('reads inline elements of 2.x as codes, with what may be deleted and moved', () => {
    const [unit] = readXliff(
      two(
        '<unit id="1"><segment><source><pc id="1" type="fmt" dispStart="[b]" dispEnd="[/b]">a</pc><ph id="2" disp="{name}" equiv="N"/><sc id="3" canDelete="yes" canReorder="firstNo"/>b<ec startRef="3" canReorder="no"/><mrk id="m" translate="no">OMON</mrk><cp hex="0007"/><pc id="4" type="fmt" canDelete="no">c</pc></source></segment></unit>',
      ),
    ).units
    expect(show(unit?.text ?? '')).toBe('⟦0⟧a⟦1⟧⟦2⟧⟦3⟧b⟦4⟧⟦5⟧⟦6⟧⟦7⟧c⟦8⟧')
    expect(
      unit?.codes.map(({ kind, pair, label, equiv, deletable, reorderable }) =>
        [kind, pair, label, equiv, deletable, reorderable].join(),
      ),
    ).toEqual([
      'open,1,[b],,true,',
      'close,0,[/b],,true,',
      'single,,{name},N,,',
      'open,4,sc3,,true,false',
      'close,3,ec,,true,false',
      'single,,OMON,OMON,,',
      'single,,U+0007,,,',
      'open,8,pc4,,,',
      'close,7,/pc4,,,',
    ])
  })

  it('reads a line break with indentation as a space unless space is to be preserved', () => {
    const text = '\n  One\n  two\tthree\nfour&#13;\n'
    expect(texts(readXliff(one(unit1(`<source>${text}</source>`))))).toEqual(['One two\tthree\nfour⟦0⟧'])
    const preserved = readXliff(one(unit1(`<source>${text}</source>`, ' xml:space="preserve"')))
    expect(texts(preserved)).toEqual(['One\n  two\tthree\nfour⟦0⟧'])
    expect(texts(readXliff(one(unit1(`<source>a\r\nb</source>`))))).toEqual(['a\nb'])
  })

  it('is read in the encoding that it declares, and written in it', () => {
    const source = `<?xml version="1.0" encoding="windows-1251"?><xliff version="1.2"><file><body>${unit1('<source>Указ № 3</source>')}</body></file></xliff>`
    const bytes = iconv.encode(source, 'win1251')
    const document = readXliff(bytes)
    expect(texts(document)).toEqual(['Указ № 3'])
    expect(Buffer.from(writeDocument(document, [])).equals(bytes)).toBe(true)
    const written = writeDocument(document, [{ unitId: 'u1', start: 0, end: 8, text: 'Décret № 3' }])
    expect(iconv.decode(Buffer.from(written), 'win1251')).toContain('>D&#233;cret № 3</target>')
    const utf16 = iconv.encode(one(unit1('<source>Указ</source>')), 'utf-16le', { addBOM: false })
    expect(texts(readXliff(utf16))).toEqual(['Указ'])
  })
})

describe('a translated XLIFF file', () => {
  it('has a target behind each translated source, indented like it, and its target language', () => {
    const source = one(
      `\r\n  <trans-unit id="1">\r\n\t<source>a <x id="1"/>&amp; b</source>\r\n\t<note>n</note>\r\n  </trans-unit>${unit1('<xlf:source>c</xlf:source>')}`,
    )
    expect(write(source, { u1: '⟦0⟧ <A> &\n"B"', u2: 'C' }, 'pt-BR')).toBe(
      source
        .replace('<note>', '<target state="translated"><x id="1"/> &lt;A&gt; &amp;\n"B"</target>\r\n\t<note>')
        .replace('</xlf:source>', '</xlf:source><xlf:target state="translated">C</xlf:target>')
        .replace(' datatype', ' target-language="pt-BR" datatype'),
    )
  })

  it('has a text in its target even where that is the source’s', () => {
    expect(write(one(unit1('<source>Minsk</source>')), { u1: 'Minsk' })).toContain(
      '<source>Minsk</source><target state="translated">Minsk</target>',
    )
  })

  it('keeps the attributes of a target that is replaced, but for its state and language', () => {
    const source = one(
      unit1(
        `<source>a</source><target  xml:lang='de' state="new" state-qualifier="mt-suggestion" resname="r" />`,
      ),
      ' target-language="de"',
    )
    expect(write(source, { u1: 'A' }, 'fr')).toContain(
      `<source>a</source><target  xml:lang='fr' state="translated" resname="r">A</target>`,
    )
  })

  it('takes an approval back when the approved text is replaced', () => {
    const source = one(unit1('<source>a</source><target state="final">A</target>', ' approved="yes"'))
    expect(write(source, { u1: 'B' })).toContain(
      '<trans-unit id="1" approved="no"><source>a</source><target state="translated">B</target>',
    )
  })

  it('says the state on the segment in 2.x, without the sub-state', () => {
    const source = two(
      '<unit id="1"><segment id="s" state="initial" subState="x:y"><source>a</source></segment><segment><source>b</source><target>B</target></segment></unit>',
    )
    expect(write(source, { u1: 'A', u2: 'C' }, 'de')).toBe(
      source
        .replace('srcLang="en"', 'srcLang="en" trgLang="de"')
        .replace(
          'state="initial" subState="x:y"><source>a</source>',
          'state="translated"><source>a</source><target>A</target>',
        )
        .replace(
          '<segment><source>b</source><target>B',
          '<segment state="translated"><source>b</source><target>C',
        ),
    )
  })

  it('writes CDATA as CDATA, escaping only what ends it', () => {
    const source = one(unit1('<source> <![CDATA[<b>Hi</b> & bye]]>\n</source>'))
    expect(texts(readXliff(source))).toEqual(['⟦0⟧Hi⟦1⟧ & bye'])
    expect(write(source, { u1: '⟦0⟧Hallo⟦1⟧ ]]> & so' })).toContain(
      '<target state="translated"> <![CDATA[<b>Hallo</b> ]]]]><![CDATA[> & so]]>\n</target>',
    )
  })

  it('has tags and placeholders that are text as codes, in what the file brings along too', () => {
    const source = one(
      unit1(
        '<source>Read &lt;b&gt;%d&lt;/b&gt; of {name}</source><target>Von {name} &lt;b&gt;%d&lt;/b&gt; &lt;i&gt;lesen</target>',
      ),
    )
    const document = readXliff(source)
    expect(texts(document)).toEqual(['Read ⟦0⟧⟦1⟧⟦2⟧ of ⟦3⟧'])
    expect(show(document.units[0]?.prior?.text ?? '')).toBe('Von ⟦3⟧ ⟦0⟧⟦1⟧⟦2⟧ <i>lesen')
    expect(write(source, { u1: '⟦3⟧: ⟦0⟧⟦1⟧⟦2⟧' })).toContain('>{name}: &lt;b&gt;%d&lt;/b&gt;</target>')
  })

  it('writes CDATA among other text as text, in one piece', () => {
    const source = one(unit1('<source>See <![CDATA[ A & B]]> in <x id="1"/>it. Now.</source>'))
    const [unit] = readXliff(source).units
    expect(show(unit?.text ?? '')).toBe('See  A & B in ⟦0⟧it. Now.')
    expect(unit === undefined ? [] : segmentUnit(unit, 'en')).toHaveLength(1)
    expect(write(source, { u1: '⟦0⟧A & B sieh.' })).toContain(
      '<target state="translated"><x id="1"/>A &amp; B sieh.</target>',
    )
  })

  it('has the segments of a seg-source in its target, with what stands between them', () => {
    const source = one(
      unit1(
        '<source>A. B.</source><seg-source><g id="1"><mrk mtype="seg" mid="1">A.</mrk> <mrk mtype="seg" mid="2">B.</mrk></g></seg-source>',
      ),
    )
    expect(texts(readXliff(source))).toEqual(['A.', 'B.'])
    expect(write(source, { u1: 'Z.', u2: 'Y.' })).toContain(
      '</seg-source><target state="translated"><g id="1"><mrk mtype="seg" mid="1">Z.</mrk> <mrk mtype="seg" mid="2">Y.</mrk></g></target>',
    )
  })

  it('fills only the segments of a target that are translated', () => {
    const source = one(
      unit1(
        '<source>A. B.</source><seg-source><mrk mtype="seg" mid="1">A.</mrk> <mrk mtype="seg" mid="2">B.</mrk></seg-source><target state="new"><mrk mtype="seg" mid="1">Eins.</mrk> <mrk mtype="seg" mid="2"/></target>',
      ),
    )
    expect(write(source, { u2: 'Zwei.' })).toContain(
      '<target state="translated"><mrk mtype="seg" mid="1">Eins.</mrk> <mrk mtype="seg" mid="2">Zwei.</mrk></target>',
    )
  })

  it('leaves a segment alone for which a target with others has no place', () => {
    const source = one(
      unit1(
        '<source>A. B.</source><seg-source><mrk mtype="seg" mid="1">A.</mrk> <mrk mtype="seg" mid="2">B.</mrk></seg-source><target><mrk mtype="seg" mid="1">Eins.</mrk></target>',
      ),
    )
    expect(readXliff(source).units.map(({ text, prior }) => [text, prior?.text])).toEqual([['A.', 'Eins.']])
  })

  it('has a translation of the whole where the target is not cut up like the source', () => {
    const source = one(
      unit1(
        '<source>A. B.</source><seg-source><mrk mtype="seg" mid="1">A.</mrk> <mrk mtype="seg" mid="2">B.</mrk></seg-source><target>Eins und zwei.</target>',
      ),
    )
    expect(readXliff(source).units.map(({ text, prior }) => [text, prior?.text])).toEqual([
      ['A. B.', 'Eins und zwei.'],
    ])
    expect(write(source, { u1: 'Drei.' })).toContain('</seg-source><target state="translated">Drei.</target>')
  })

  it('repeats the sentences of a unit that nobody translated', () => {
    const source = one(unit1('<source>It began. It ended.</source>'))
    const document = readXliff(source)
    const [first] = document.units.flatMap((unit) => segmentUnit(unit, 'en'))
    const { start = 0, end = 0 } = first ?? {}
    const written = writeDocument(document, [{ unitId: 'u1', start, end, text: 'Es begann.' }])
    expect(Buffer.from(written).toString()).toContain('>Es begann. It ended.</target>')
  })

  it('loses the translations of another language that nothing was written over', () => {
    const source = one(
      `${unit1('<source>a</source>\n  <target state="final">A</target>', ' approved="yes"')}${unit1('<source>b</source><target>B</target>')}`,
      ' target-language="de"',
    )
    expect(write(source, { u2: 'Bé' }, 'fr')).toBe(
      one(
        `${unit1('<source>a</source>')}${unit1('<source>b</source><target state="translated">Bé</target>')}`,
        ' target-language="fr"',
      ),
    )
    // The sender's own name of the language stays where it means the same.
    expect(write(source.replace('"de"', '"de-DE"'), { u2: 'C' }, 'de')).toContain('target-language="de-DE"')
  })
})

describe('a translation that the file brings along', () => {
  const priorOf = (source: string) => readXliff(source).units[0]?.prior

  it.each([
    ['<target>A</target>', '', 'translated', 'human'],
    ['<target state="translated">A</target>', '', 'translated', 'human'],
    ['<target state="signed-off">A</target>', '', 'reviewed', 'human'],
    ['<target state="final">A</target>', '', 'final', 'human'],
    ['<target>A</target>', ' approved="yes"', 'reviewed', 'human'],
    [
      '<target state="needs-review-translation" state-qualifier="mt-suggestion">A</target>',
      '',
      'initial',
      'mt',
    ],
    ['<target state="translated">a</target>', '', 'translated', 'human'],
  ])('%s%s is a prior target', (target, attributes, state, origin) => {
    const source = one(unit1(`<source>a</source>${target}`, attributes), ' target-language="pt_br"')
    const text = target.includes('>a<') ? 'a' : 'A'
    expect(priorOf(source)).toEqual({ locale: 'pt-BR', text, state, origin })
  })

  it.each(['<target/>', '<target> </target>', '<target>a</target>', '<target state="new">a</target>', ''])(
    '%s is none',
    (target) => {
      expect(priorOf(one(unit1(`<source>a</source>${target}`)))).toBe(undefined)
    },
  )

  it('has the codes of its source, whatever their order, and keeps all words', () => {
    const source = two(
      '<unit id="1"><segment state="reviewed"><source><pc id="1">a</pc> <ph id="2"/>b</source><target><ph id="2"/>B <sc id="1"/>A<ec startRef="1"/><ph id="9"/> c</target></segment></unit>',
      ' trgLang="de"',
    )
    const prior = priorOf(source)
    expect(show(prior?.text ?? '')).toBe('⟦2⟧B ⟦0⟧A⟦1⟧ c')
    expect(prior?.state).toBe('reviewed')
    const { text = '' } = readXliff(source).units[0] ?? {}
    const same = [{ unitId: 'u1', start: 0, end: text.length, text: prior?.text ?? '' }]
    expect(Buffer.from(writeDocument(readXliff(source), same, { locale: 'de' })).toString()).toBe(source)
  })

  it('makes its unit one segment, and stands as its first target in that locale only', () => {
    const document = readXliff(
      one(
        unit1('<source><g id="1">One. Two.</g></source><target><g id="1">Eins. Zwei.</g></target>'),
        ' target-language="de-DE"',
      ),
    )
    const segments = document.units.flatMap((unit) => segmentUnit(unit, 'en'))
    expect(segments.map(({ text }) => show(text))).toEqual(['⟦0⟧One. Two.⟦1⟧'])
    const [unit] = document.units
    expect(
      unit &&
        alignSegments(
          unit,
          segments.map(({ text }) => text),
        ),
    ).toEqual(segments)
    const targets = priorTargets(document.units, segments, 'de', 'a.xlf')
    expect([...targets]).toEqual([
      [
        'u1-s1',
        { text: hide('⟦0⟧Eins. Zwei.⟦1⟧'), state: 'translated', origin: 'human', by: 'a.xlf', version: 1 },
      ],
    ])
    expect(priorTargets(document.units, segments, 'fr', 'a.xlf').size).toBe(0)
    expect(priorTargets(document.units, segments, 'de-AT', 'a.xlf').size).toBe(0)
  })

  it('is taken for every locale where the file does not say its language', () => {
    const document = readXliff(one(unit1('<source>a</source><target>A</target>')))
    const segments = document.units.flatMap((unit) => segmentUnit(unit, 'en'))
    expect(priorTargets(document.units, segments, 'fr', 'a.xlf').size).toBe(1)
  })
})

const word = fc.constantFrom(
  'Minsk',
  'été',
  'Указ',
  '3.',
  '🙂',
  'a &amp; b',
  '&#xE001;',
  '&#13;',
  '\ue002',
  '<!-- c -->',
  ' ',
  '\n  ',
  '\n',
)
const inline1 = fc.constantFrom(
  '<x id="1"/>',
  '<ph id="2">%s</ph>',
  '<bpt id="3">b</bpt>',
  '<ept id="3">/b</ept>',
  '<?pi x?>',
  '<it id="4" pos="open">i</it>',
  '<![CDATA[<b> & x]]>',
)
const inline2 = fc.constantFrom(
  '<ph id="1"/>',
  '<sc id="2"/>',
  '<ec startRef="2"/>',
  '<cp hex="1B"/>',
  '<mrk id="m" translate="no">x</mrk>',
  '<sm id="3"/>',
  '<![CDATA[ ]]>',
)
const content = (single: fc.Arbitrary<string>, tag: string): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: word },
        single,
        fc.tuple(word, word).map(([a, b]) => `<${tag} id="9">${a}${b}</${tag}>`),
      ),
      { maxLength: 6 },
    )
    .map((pieces) => pieces.join(''))
const target = (texts: fc.Arbitrary<string>) =>
  fc.oneof(
    fc.constantFrom('', '<target/>', '<target state="new" />'),
    texts.map((text) => `\n <target xml:lang="de">${text}</target>`),
  )
const source1 = content(inline1, 'g')
const plainUnit = fc
  .tuple(
    source1,
    target(source1),
    fc.constantFrom('', ' translate="no"', ' xml:space="preserve"', ' approved="yes"'),
  )
  .map(([source, to, attributes]) => unit1(`\n  <source>${source}</source>${to}`, attributes))
const segmentedUnit = fc
  .tuple(fc.array(source1, { minLength: 1, maxLength: 3 }), fc.nat(3))
  .map(([parts, done]) => {
    const mark = (text: string, index: number) => `<mrk mtype="seg" mid="${index}">${text}</mrk>`
    const to = done === 0 ? '' : `<target>${parts.slice(0, done).map(mark).join(' ')}</target>`
    return unit1(
      `<source>${parts.join(' ')}</source><seg-source>${parts.map(mark).join(' ')}</seg-source>${to}`,
    )
  })
const document1 = fc
  .tuple(fc.array(fc.oneof(plainUnit, segmentedUnit), { minLength: 1, maxLength: 5 }), fc.boolean())
  .map(([units, crlf]) => (crlf ? one(units.join('\n')).replaceAll('\n', '\r\n') : one(units.join('\n'))))
const source2 = content(inline2, 'pc')
const document2 = fc
  .array(fc.array(fc.tuple(source2, target(source2)), { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((units) =>
    two(
      units
        .map(
          (segments, at) =>
            `<unit id="${at}">${segments.map(([from, to]) => `<segment><source>${from}</source>${to.replace(/ state="new"/, '')}</segment>`).join('\n')}</unit>`,
        )
        .join(''),
    ),
  )
const RUNS = { numRuns: 200 }

describe.each([
  ['1.2', document1],
  ['2.1', document2],
])('any XLIFF %s', (_, documents) => {
  it('keeps what readers promise, and comes back byte for byte', () => {
    fc.assert(
      fc.property(documents, fc.boolean(), (source, bom) => {
        const bytes = Buffer.from((bom ? '\ufeff' : '') + source)
        const document = readXliff(bytes)
        expect(brokenPromises(document)).toEqual([])
        expect(Buffer.from(writeDocument(document, []))).toEqual(bytes)
        const priors = document.units.flatMap(({ id, text, prior }) =>
          prior === undefined ? [] : [{ unitId: id, start: 0, end: text.length, text: prior.text }],
        )
        expect(Buffer.from(writeDocument(document, priors))).toEqual(bytes)
      }),
      RUNS,
    )
  })

  it('brings along what was written into it, sources and codes as they were', () => {
    fc.assert(
      fc.property(documents, (source) => {
        const document = readXliff(source)
        const parts = document.units.map(({ id, text, codes }) => ({
          unitId: id,
          start: 0,
          end: text.length,
          text: `Wort <&> ${codes.map((_, index) => codeCharacter(index)).join('')} Ende`,
        }))
        const again = readXliff(writeDocument(document, parts, { locale: 'fr' }))
        expect(texts(again)).toEqual(texts(document))
        expect(again.units.map(({ prior }) => prior?.text)).toEqual(parts.map(({ text }) => text))
        expect(again.units.every(({ prior }) => prior?.locale === 'fr')).toBe(true)
      }),
      RUNS,
    )
  })
})

const MANY = 100_000
describe('hostile XLIFF', () => {
  it.each([
    ['blanks', one(unit1(`<source>a${' \n'.repeat(MANY)}b</source>`))],
    [
      'line feeds',
      one(unit1(`<source>a${'\n'.repeat(MANY)}</source><target>${'\n'.repeat(MANY)}b</target>`)),
    ],
    ['references', one(unit1(`<source>a${'&amp;'.repeat(MANY)}</source>`))],
    ['CDATA sections', one(unit1(`<source>a${'<![CDATA[x]]>'.repeat(20_000)}</source>`))],
    [
      'codes',
      one(
        unit1(
          `<source>a${'<x id="1"/>'.repeat(6000)}</source><target>${'<x id="1"/>'.repeat(6000)}b</target>`,
        ),
      ),
    ],
    [
      'open halves',
      one(unit1(`<source>a${'<bpt id="1"/>'.repeat(3000)}${'<ept id="1"/>'.repeat(3000)}</source>`)),
    ],
    ['units', one(unit1('<source>a</source><target>b</target>').repeat(10_000))],
    [
      'segments',
      one(
        unit1(
          `<source>a</source><seg-source>${Array.from({ length: 10_000 }, (_, mid) => `<mrk mtype="seg" mid="${mid}">a</mrk>`).join('')}</seg-source>`,
        ),
      ),
    ],
    ['blanks in a tag', one(unit1(`<source>a</source><target${' '.repeat(MANY)}/>`))],
    [
      'attributes',
      `<xliff${' '.repeat(MANY)} version="1.2"><file><body>${unit1('<source>a</source>')}</body></file></xliff>`,
    ],
  ])('with many %s is read and written in linear time', (_, source) => {
    const began = ownTime()
    const document = readXliff(source)
    const parts = document.units.map(({ id, text }) => ({
      unitId: id,
      start: 0,
      end: text.length,
      text: `x ${text}`,
    }))
    writeDocument(document, parts, { locale: 'fr' })
    expect(ownTime() - began).toBeLessThan(4000)
  })

  it.each([
    ['not well-formed', '<xliff version="1.2">\n<file></xliff>', /well-formed/, 2],
    ['no XLIFF', '<?xml version="1.0"?>\n<html/>', /not XLIFF/, 2],
    ['an unknown version', '\n<xliff version="3.0"><file/></xliff>', /version “3.0” is unknown/, 2],
    ['without units', '<xliff version="1.2"><file><body/></file></xliff>', /no trans-unit/, 1],
    ['without units in 2.x', '<xliff version="2.0"><file><group/></file></xliff>', /no unit/, 1],
    ['with a DOCTYPE', '<!DOCTYPE xliff [<!ENTITY a "b">]>\n<xliff version="1.2"/>', /DOCTYPE/, 1],
    ['with too many codes', one(unit1(`<source>a${'<x id="1"/>'.repeat(6401)}</source>`)), /inline codes/, 2],
  ])('%s is refused with its place', (_, source, message, line) => {
    expect(refusal(() => readXliff(source))).toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(message),
      place: { line, column: expect.any(Number) },
    })
  })

  it('nested as deep as it is long is refused', () => {
    const source = one(unit1(`<source>a${'<g id="1">'.repeat(MANY)}</source>`))
    expect(refusal(() => readXliff(source))).toMatchObject({ code: 'too-large' })
  })
})

/** Compares with a stored result, which only `UPDATE=1` may write. */
function expectStored(name: string, actual: string): void {
  const path = new URL(`fixtures/${name}`, import.meta.url)
  if (process.env.UPDATE === '1') writeFileSync(path, actual)
  expect(existsSync(path), `${name} is missing: run with UPDATE=1 and look at it`).toBe(true)
  expect(actual).toBe(readFileSync(path, 'utf8'))
}

describe.each([
  ['partner.xlf', '1.2', 'de'],
  ['partner-2.xlf', '2.0', 'fr'],
] as const)('%s', (name, version, locale) => {
  const source = readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')

  it('has the units that are stored beside it', () => {
    const units = readXliff(source).units.map(({ id, kind, text, codes, uncut, prior }) => ({
      id,
      kind,
      text: show(text),
      codes: codes.map((code) => `${code.kind} ${code.pair ?? '-'} ${code.type} ${code.data}`),
      ...(uncut && { uncut }),
      ...(prior && { prior: { ...prior, text: show(prior.text) } }),
    }))
    expectStored(`${name}.units.json`, `${JSON.stringify(units, null, 2)}\n`)
  })

  it('is translated as stored beside it: a file that keeps to its schema before and after', (context) => {
    const document = readXliff(source)
    const parts = document.units.map(({ id, text, prior }) => ({
      unitId: id,
      start: 0,
      end: text.length,
      text: prior?.text ?? text.replace(/[aeiou]/g, 'ö'),
    }))
    const written = Buffer.from(writeDocument(document, parts, { locale })).toString()
    expectStored(`${name}.translated`, written)
    const why = whyNoXmllint()
    if (why !== undefined && process.env.CI === 'true') throw new Error(why)
    if (why !== undefined) context.skip(why)
    expect(schemaErrors([source, written], version)).toBe('')
  })
})
