import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeCharacter } from '../../src/domain/document.ts'
import { readXliff } from '../../src/exchange/xliff-read.ts'
import { writeXliff } from '../../src/exchange/xliff-write.ts'
import { decodeXml } from '../../src/xml/encoding.ts'
import { ownTime } from '../support/own-time.ts'
import { FOREIGN, foreign2, foreign12, MEMOQ, MIXED, MODULES, PHRASE, TRADOS } from './xliff-foreign.ts'
import { exchangeFile, hostileText } from './xliff-samples.ts'

const [c0, c1, c2, c3] = [0, 1, 2, 3].map(codeCharacter)

function fileOf(text: string) {
  const [file] = readXliff(text).files
  if (file === undefined) throw new Error('no file')
  return file
}

describe('readXliff on the files of tools', () => {
  it('reads the segments, marks and locks of Trados', () => {
    const { dialect, segments } = fileOf(TRADOS)
    expect(dialect).toBe('trados')
    expect(segments).toMatchObject([
      { id: 'aa/7', unitId: 'aa', source: 'One.', target: 'Адзін.', mark: 'conf="Draft"' },
      { id: 'aa/8', source: `${c0}Two${c1}.`, locked: true, mark: 'conf="ApprovedSignOff"' },
      { id: 'aa/9', source: '' },
      { id: 'bb', source: c0, translate: false },
    ])
    expect(segments.map(({ meaning }) => meaning)).toEqual([
      { state: 'initial', origin: 'mt' },
      { state: 'final', origin: 'tm-context' },
      { state: 'initial' },
      { state: 'initial' },
    ])
    expect(segments[0]?.locked).toBeUndefined()
    expect(segments[2]?.mark).toBeUndefined()
  })

  it.each([
    ['Draft', 'initial'],
    ['Translated', 'translated'],
    ['RejectedTranslation', 'initial'],
    ['ApprovedTranslation', 'reviewed'],
    ['RejectedSignOff', 'translated'],
    ['ApprovedSignOff', 'final'],
    ['Whatever', 'initial'],
  ])('takes the conf %s of Trados for %s', (conf, state) => {
    const [segment] = fileOf(TRADOS.replace('conf="Draft"', `conf="${conf}"`)).segments
    expect(segment?.meaning.state).toBe(state)
  })

  it('reads the status of memoQ, over what the target says', () => {
    const { dialect, segments } = fileOf(MEMOQ.replace('xml:space="preserve">Б', 'state="final">Б'))
    expect(dialect).toBe('memoq')
    expect(segments).toMatchObject([
      { mark: 'mq:status="ManuallyConfirmed"', meaning: { state: 'reviewed' }, source: `A ${c0}b${c1}` },
      { mark: 'mq:status="PreTranslated"', meaning: { state: 'initial' }, locked: true },
      { mark: 'mq:status="NotStarted"', meaning: { state: 'initial' } },
    ])
  })

  it('reads the confirmations of Phrase', () => {
    const { dialect, segments } = fileOf(PHRASE)
    expect(dialect).toBe('phrase')
    expect(segments).toMatchObject([
      { id: 'x:0', mark: 'm:confirmed="1"', meaning: { state: 'translated' } },
      { id: 'x:1', mark: 'm:confirmed="0"', meaning: { state: 'initial' }, locked: true },
    ])
    expect(segments[0]?.matches).toEqual([{ target: 'Бэ', codes: [], origin: 'machine-trans' }])
  })

  it('reads notes, contexts and proposals of 1.2, and knows the tool by its name', () => {
    const { dialect, segments } = fileOf(MIXED)
    expect(dialect).toBe('matecat')
    const [deep, without, empty] = segments
    expect(deep).toMatchObject({
      target: '<b>Дно</b>',
      note: 'n1\nn2',
      notes: [{ text: 'n1', from: 'Anna', priority: 2, category: 'source' }, { text: 'n2' }],
      metadata: [
        { category: 'where', type: 'sourcefile', value: 'a.c' },
        { category: 'where', type: 'linenumber', value: '7' },
      ],
      approved: true,
      meaning: { state: 'reviewed', origin: 'tm-exact' },
    })
    expect(deep?.translate).toBeUndefined()
    expect(deep?.matches).toMatchObject([
      { source: `Deep ${c0}`, target: `Глыбока ${c0}`, similarity: 85, origin: 'TM', type: 'proposal' },
      { source: `Deep ${c0}`, target: 'Другое' },
    ])
    expect(without).toMatchObject({ source: `No target ${c0}` })
    expect(without?.sourceCodes[0]?.raw).toBe('<ph id="1"><sub>inner</sub></ph>')
    expect(empty).toMatchObject({ source: '' })
  })

  it.each([
    [
      'apple',
      foreign12('<trans-unit id="1"><source>a</source></trans-unit>').replace(
        'original="a"',
        'original="en.lproj/L.strings"',
      ),
    ],
    [
      'angular',
      foreign12('<trans-unit id="1"><source>a</source></trans-unit>').replace(
        'original="a"',
        'original="ng2.template"',
      ),
    ],
    [
      'okapi',
      foreign12(
        '<trans-unit id="1"><source>a</source></trans-unit>',
        ' xmlns:okp="okapi-framework:xliff-extensions"',
      ),
    ],
    [undefined, foreign12('<trans-unit id="1"><source>a</source></trans-unit>')],
  ])('knows the dialect %s', (dialect, text) => {
    expect(fileOf(text).dialect).toBe(dialect)
  })

  it('reads the props of 1.0', () => {
    const text = foreign12(
      '<trans-unit id="1"><source>a</source><prop-group name="p"><prop prop-type="t">v</prop></prop-group></trans-unit>',
    ).replace('version="1.2"', 'version="1.0"')
    expect(readXliff(text).version).toBe('1.0')
    expect(fileOf(text).segments[0]?.metadata).toEqual([{ category: 'p', type: 't', value: 'v' }])
  })

  it('reads the modules of 2.1, each for the segment that it is about', () => {
    const { segments, ignorables, notes } = fileOf(MODULES)
    expect(notes).toEqual([{ text: 'whole file', category: 'general' }])
    expect(ignorables).toMatchObject([{ unitId: 'u', after: 1, source: ' \u0007', target: '  ' }])
    const [one, two] = segments
    expect(one).toMatchObject({
      id: 'u/s1',
      source: `One ${c0}b${c1} ${c2}c${c3}`,
      target: `Адзін ${c0}б${c1}`,
      state: 'reviewed',
      subState: 'x:y',
      note: 'first\nsecond',
      notes: [{ text: 'first', priority: 3 }, { text: 'second' }],
      matches: [{ source: 'O', target: 'Ад' }],
      terms: [{ term: 'One', translations: ['Адзін', 'Адна'], definition: '1' }, { term: 'all' }],
      metadata: [
        { category: 'a', type: 't', value: 'v' },
        { category: 'a/b', type: 'w', value: 'x' },
      ],
    })
    expect(two).toMatchObject({
      id: 'u/s2',
      matches: [{ source: 'Two', target: 'Дзве', similarity: 70, origin: 'TM', type: 'tm' }],
      terms: [{ term: 'all', translations: [] }],
    })
  })

  it.each(['2.0', '2.1', '2.2'])('reads version %s', (version) => {
    const text = foreign2('<unit id="1"><segment><source>a</source></segment></unit>', version)
    expect(readXliff(text)).toMatchObject({ version, files: [{ segments: [{ id: '1', source: 'a' }] }] })
  })

  it.each(['utf8', 'utf16le'] as const)('reads every sample in %s with a mark', (encoding) => {
    for (const text of Object.values(FOREIGN)) {
      const { text: decoded } = decodeXml(Buffer.from(`\ufeff${text}`, encoding))
      expect(fileOf(decoded).segments).toEqual(fileOf(text).segments)
    }
  })

  it('reads the same whether or not what a file says of itself stands before its units', () => {
    fc.assert(
      fc.property(exchangeFile(hostileText(false)), fc.constantFrom('1.2', '2.1'), (file, version) => {
        const text = writeXliff(file, version)
        const late =
          version === '1.2'
            ? text.replace(/(<header>[\s\S]*<\/header>\n)(<body>[\s\S]*<\/body>\n)/, '$2$1')
            : text.replace(
                /(<file [^>]*>\n)(<mda:metadata>[\s\S]*?<\/mda:metadata>\n)([\s\S]*)(<\/file>)/,
                '$1$3$2$4',
              )
        expect(late).not.toBe(text)
        const essence = ({ files }: ReturnType<typeof readXliff>) =>
          files.map(({ segments, ...rest }) => ({
            ...rest,
            segments: segments.map(({ line, column, ...segment }) => segment),
          }))
        expect(essence(readXliff(late))).toEqual(essence(readXliff(text)))
      }),
      { numRuns: 40 },
    )
  })

  it('does not repeat the proposals and terms of a crowded unit for each of its segments', () => {
    const count = 3000
    const many = (one: (at: number) => string) => Array.from({ length: count }, (_, at) => one(at)).join('')
    const unit = `<unit id="u"><mtc:matches>${many((at) => `<mtc:match ref="#s${at}"><source>a</source><target>b</target></mtc:match>`)}</mtc:matches>
<gls:glossary>${many((at) => `<gls:glossEntry ref="#s${at}"><gls:term>t</gls:term></gls:glossEntry><gls:glossEntry><gls:term>all</gls:term></gls:glossEntry>`)}</gls:glossary>
${many((at) => `<segment id="s${at}"><source>a</source></segment>`)}</unit>`
    const started = ownTime()
    const { segments } = fileOf(foreign2(unit))
    expect(segments.map(({ matches, terms }) => [matches?.length, terms?.length])).toEqual(
      segments.map(() => [1, 1]),
    )
    expect(ownTime() - started).toBeLessThan(4000)
  })
})
