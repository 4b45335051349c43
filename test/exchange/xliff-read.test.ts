import { describe, expect, it } from 'vitest'
import { codeCharacter } from '../../src/domain/document.ts'
import { mergeReturned } from '../../src/domain/merge.ts'
import type { ReadSegment } from '../../src/exchange/xliff-model.ts'
import { readXliff, returnedSegments } from '../../src/exchange/xliff-read.ts'
import { writeXliff } from '../../src/exchange/xliff-write.ts'
import { plainFile } from './xliff-samples.ts'

const [c0, c1, c2, c3, c4] = [0, 1, 2, 3, 4].map(codeCharacter)

/** A 1.2 file of another tool around these units. */
function foreign12(units: string): string {
  const file = '<file original="a" source-language="en" target-language="be" datatype="plaintext"><body>'
  return `<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">${file}${units}</body></file></xliff>`
}

/** A 2.0 file of another tool around this content of its file element. */
function foreign2(content: string): string {
  const root = 'version="2.0" srcLang="en" trgLang="be" xmlns="urn:oasis:names:tc:xliff:document:2.0"'
  return `<xliff ${root}><file id="f1">${content}</file></xliff>`
}

function segmentsOf(text: string): readonly ReadSegment[] {
  return readXliff(text).files.flatMap((file) => file.segments)
}

function only(text: string): ReadSegment {
  const [segment, ...others] = segmentsOf(text)
  if (segment === undefined || others.length > 0) throw new Error('not exactly one segment')
  return segment
}

describe('readXliff on our own files that tools changed', () => {
  const file = plainFile(2)
  const changes: readonly (readonly [string, (xml: string) => string])[] = [
    ['x with an end tag', (xml) => xml.replaceAll(/<x ([^>]*)\/>/g, '<x $1></x>')],
    ['attributes reordered', (xml) => xml.replaceAll(/<(g|x) (id="\d+") ([^>/]*)(\/?)>/g, '<$1 $3 $2$4>')],
    ['no line end after the declaration, and a mark before', (xml) => `\ufeff${xml.replace('?>\n', '?>')}`],
    ['single quotation marks', (xml) => xml.replaceAll(/="([^"']*)"/g, "='$1'")],
    ['other line ends', (xml) => xml.replaceAll('\n', '\r\n')],
    ['another prefix', (xml) => xml.replaceAll(/<(\/?)([a-z])/g, '<$1l:$2').replace('xmlns=', 'xmlns:l=')],
    ['the tool renamed', (xml) => xml.replaceAll('"talmach"', '"OtherTool"')],
    ['the build number replaced', (xml) => xml.replace(/build-num="[^"]*"/, 'build-num="7"')],
    ['the header gone', (xml) => xml.replace(/<header>[\s\S]*<\/header>/, '')],
  ]

  it.each(changes)('reads the same with %s', (_, change) => {
    const [before, after] = [writeXliff(file, '1.2'), change(writeXliff(file, '1.2'))].map((xml) =>
      readXliff(xml),
    )
    const essence = (read: typeof before) =>
      read?.files.map(({ segments, documentId, exportId }) => ({
        ...{ documentId, exportId },
        segments: segments.map(({ id, source, target, note }) => ({ id, source, target, note })),
      }))
    expect(essence(after)).toEqual(essence(before))
    expect(after?.files[0]?.documentId).toBe('doc-1')
  })

  it.each(['1.2', '2.0'] as const)('matches codes that moved, were doubled or got lost in %s', (version) => {
    const translated = file.segments.map((one) => {
      const text = `${c2}Satz ${c3}${c0}Komitee${c1}${c0}zwei${c1}${c2}`
      return {
        ...one,
        target: { text, state: 'translated', origin: 'human', by: 'Anna', version: 1 } as const,
      }
    })
    const [first] = segmentsOf(writeXliff({ ...file, segments: translated }, version))
    expect(first?.target).toBe(translated[0]?.target.text)
  })

  it('knows the copy that stands for an untranslated segment, until someone changes or confirms it', () => {
    const xml = writeXliff(plainFile(1), '1.2')
    expect(only(xml).target).toBeUndefined()
    expect(only(xml.replace('state="needs-translation"', 'state="translated"')).target).toBe(only(xml).source)
    const edited = xml.replace(/(<target[^>]*>)Sentence/, '$1Satz')
    expect(only(edited).target).toMatch(/^Satz 1/)
  })

  it('does not take a copy whose state a tool dropped for a translation', () => {
    const { segments } = plainFile(2)
    const dropped = writeXliff(plainFile(2), '1.2').replace(' state="needs-translation"', '')
    const confirmed = writeXliff(plainFile(2), '1.2').replace('"needs-translation"', '"translated"')
    const kinds = [dropped, confirmed].map((xml) => {
      const [read] = readXliff(xml).files
      const returned = read === undefined ? [] : returnedSegments(read)
      return mergeReturned({ segments, returned }).outcomes.map(({ kind }) => kind)
    })
    expect(kinds).toEqual([
      ['unchanged', 'unchanged'],
      ['taken', 'unchanged'],
    ])
  })

  it('keeps the identity of a 2.x file whose metadata a tool dropped', () => {
    const xml = writeXliff(plainFile(1), '2.0').replaceAll(/<mda:metadata>[\s\S]*?<\/mda:metadata>/g, '')
    expect(readXliff(xml).files[0]).toMatchObject({ documentId: 'doc-1', exportId: 'exp-1' })
  })

  it('hands to the merge what it needs', () => {
    const { segments } = plainFile(2)
    const xml = writeXliff(plainFile(2), '1.2').replace(/(<target[^>]*>)Sentence 1/, '$1Satz 1')
    const [read] = readXliff(xml).files
    if (read === undefined) throw new Error('no file')
    const report = mergeReturned({ segments, returned: returnedSegments(read) })
    expect(report.outcomes).toMatchObject([
      { kind: 'taken', findings: [] },
      { kind: 'unchanged', reason: 'no-target' },
    ])
  })
})

describe('readXliff on 1.x files of other tools', () => {
  it('reads every inline element as a code with its mark-up', () => {
    const read = only(
      foreign12(
        '<trans-unit id="1"><source>a<g id="1">b<x id="2"/></g><bx id="3" rid="9"/>c<ex id="4" rid="9"/></source>' +
          '<target><ex id="4" rid="9"/><bx id="3" rid="9"/><g id="1"/><x id="8"/></target></trans-unit>',
      ),
    )
    expect(read.source).toBe(`a${c0}b${c1}${c2}${c3}c${c4}`)
    expect(read.sourceCodes).toMatchObject([
      { kind: 'open', pair: 2, id: '1', raw: '<g id="1">', data: '<g id="1">' },
      { kind: 'single', pair: null, id: '2', raw: '<x id="2"/>' },
      { kind: 'close', pair: 0, raw: '</g>' },
      { kind: 'open', pair: 4, raw: '<bx id="3" rid="9"/>' },
      { kind: 'close', pair: 3, raw: '<ex id="4" rid="9"/>' },
    ])
    expect(read.target).toBe(`${c4}${c3}${c0}${c2}${codeCharacter(5)}`)
    expect(read.targetCodes[5]).toMatchObject({ kind: 'single', id: '8' })
  })

  it('reads native codes without their content, and annotations through', () => {
    const read = only(
      foreign12(
        '<trans-unit id="1"><source><bpt id="1">&lt;b&gt;</bpt>x<ept id="1">&lt;/b&gt;</ept><ph id="2"/>' +
          '<it id="3" pos="close">&lt;/i&gt;</it><mrk mtype="term">OMON</mrk><y:z xmlns:y="urn:y"/></source></trans-unit>',
      ),
    )
    expect(read.source).toBe(`${c0}x${c1}${c2}${c3}OMON${c4}`)
    expect(read.sourceCodes.map(({ kind, pair, label }) => [kind, pair, label])).toEqual([
      ['open', 1, '<b>'],
      ['close', 0, '</b>'],
      ['single', null, '2'],
      ['close', null, '</i>'],
      ['single', null, ''],
    ])
  })

  it('shares a segmented unit out by seg-source and mid', () => {
    const unit = (target: string) =>
      foreign12(
        '<trans-unit id="u"><source>A. <g id="1">B.</g></source><seg-source><mrk mtype="seg" mid="0">A.</mrk> ' +
          `<g id="1"><mrk mtype="seg" mid="1">B.</mrk></g></seg-source><target>${target}</target></trans-unit>`,
      )
    const shared = segmentsOf(
      unit('<g id="1"><mrk mtype="seg" mid="1">Б.</mrk></g><mrk mtype="seg" mid="0">А.</mrk>'),
    )
    expect(shared.map(({ id, source, target }) => [id, source, target])).toEqual([
      ['u/0', 'A.', 'А.'],
      ['u/1', 'B.', 'Б.'],
    ])
    expect(segmentsOf(unit('А. Б.')).map(({ id, target }) => [id, target])).toEqual([['u', 'А. Б.']])
    expect(segmentsOf(unit('')).map(({ id, target }) => [id, target])).toEqual([
      ['u/0', undefined],
      ['u/1', undefined],
    ])
  })

  it('finds units in groups and several files, and what they inherit', () => {
    const group = '<group translate="no"><trans-unit id="a"><source>1</source></trans-unit>'
    const inner = '<group><trans-unit id="b" translate="yes"><source>2</source></trans-unit></group></group>'
    const xml = foreign12(`${group}${inner}<trans-unit id="c"><source>3</source></trans-unit>`)
    const twice = xml.replace(
      /<file.*<\/file>/,
      (file) => file + file.replace('original="a"', 'original="b"'),
    )
    const { files } = readXliff(twice)
    expect(files.map(({ original, segments }) => [original, segments.length])).toEqual([
      ['a', 3],
      ['b', 3],
    ])
    expect(files[0]?.segments.map(({ id, translate }) => [id, translate])).toEqual([
      ['a', false],
      ['b', undefined],
      ['c', undefined],
    ])
    expect(files[0]).toMatchObject({ sourceLocale: 'en', targetLocale: 'be' })
    expect(files[0]?.documentId).toBeUndefined()
  })

  it('reads CDATA, several notes, and leaves alternatives alone', () => {
    const read = only(
      foreign12(
        '<trans-unit id="1"><source>a</source><target><![CDATA[<b> & ]]>x</target><note>n1</note><note>n2</note>' +
          '<alt-trans><source>other</source><target>wrong</target></alt-trans></trans-unit>',
      ),
    )
    expect(read).toMatchObject({ source: 'a', target: '<b> & x', note: 'n1\nn2' })
  })

  it.each([
    ['approved="yes"', '', { approved: true }, 'reviewed'],
    ['', '', {}, 'initial'],
    ['', 'state="translated"', { state: 'translated' }, 'translated'],
    ['approved="yes"', 'state="translated"', { approved: true }, 'reviewed'],
    ['', 'state="x-checked" state-qualifier="leveraged-mt"', { subState: 'leveraged-mt' }, 'initial'],
    ['', 'state="signed-off"', {}, 'reviewed'],
    ['', 'state="final"', {}, 'final'],
  ])('reads the state of a unit with %s and a target with %s', (unit, target, fields, state) => {
    const xml = foreign12(
      `<trans-unit id="1" ${unit}><source>a</source><target ${target}>b</target></trans-unit>`,
    )
    expect(only(xml)).toMatchObject({ ...fields, meaning: { state } })
  })

  it('reads who made a match from the qualifier alone', () => {
    const origin = (qualifier: string) =>
      only(
        foreign12(
          `<trans-unit id="1"><source>a</source><target state-qualifier="${qualifier}">b</target></trans-unit>`,
        ),
      ).meaning.origin
    const qualifiers = ['mt-suggestion', 'exact-match', 'id-match', 'fuzzy-match', 'x-other']
    expect(qualifiers.map(origin)).toEqual(['mt', 'tm-exact', 'tm-context', 'tm-fuzzy', undefined])
  })

  it('makes a code of a private use character in the text', () => {
    const xml = foreign12(
      '<trans-unit id="1"><source>a\ue123b</source><target>\ue123\ue999</target></trans-unit>',
    )
    const read = only(xml)
    expect(read.source).toBe(`a${c0}b`)
    expect(read.sourceCodes).toMatchObject([{ type: 'char', data: '\ue123', equiv: '\ue123' }])
    expect(read.target).toBe(`${c0}${c1}`)
  })

  it('passes over a unit without a source and says so', () => {
    const read = readXliff(
      foreign12('<trans-unit id="x"/>\n<trans-unit id="y"><source>a</source></trans-unit>'),
    )
    expect(read.warnings).toMatchObject([{ message: expect.stringContaining('“x” has no source'), line: 1 }])
    expect(read.files[0]?.segments).toMatchObject([{ id: 'y', line: 2, column: 1 }])
  })
})

describe('readXliff on 2.x files of other tools', () => {
  it('reads segments, groups, data and both kinds of pairs', () => {
    const segments = segmentsOf(
      foreign2(
        '<group id="g" translate="no"><unit id="u"><notes><note>n</note></notes>' +
          '<originalData><data id="d1">&lt;b&gt;</data><data id="d2">\\u<cp hex="0007"/></data></originalData>' +
          '<segment id="s" state="final" subState="my:x"><source><pc id="1" dataRefStart="d1">b<ph id="2" dataRef="d2"' +
          ' disp="bell"/></pc></source><target><ph id="2" dataRef="d2"/><pc id="1">б</pc></target></segment>' +
          '<ignorable><source> </source></ignorable>' +
          '<segment><source><sc id="3" isolated="yes"/>x<sc id="4"/><cp hex="0001"/><ec startRef="4"/></source></segment>' +
          '</unit></group>',
      ),
    )
    expect(segments.map(({ id, translate, note }) => [id, translate, note])).toEqual([
      ['u/s', false, 'n'],
      ['u/2', false, 'n'],
    ])
    const [first, second] = segments
    expect(first).toMatchObject({ source: `${c0}b${c1}${c2}`, target: `${c1}${c0}б${c2}`, state: 'final' })
    expect(first?.meaning).toEqual({ state: 'final' })
    expect(first?.sourceCodes).toMatchObject([
      { kind: 'open', pair: 2, data: '<b>' },
      { kind: 'single', data: '\\u\u0007', label: 'bell' },
      { kind: 'close', pair: 0, data: '</pc>' },
    ])
    expect(second?.source).toBe(`${c0}x${c1}\u0001${c2}`)
    expect(second?.sourceCodes.map(({ kind, pair }) => [kind, pair])).toEqual([
      ['open', null],
      ['open', 2],
      ['close', 1],
    ])
  })

  it('reads through annotations', () => {
    const source = '<mrk id="m" type="term">a</mrk><sm id="n" type="comment"/>b<em startRef="n"/>'
    expect(only(foreign2(`<unit id="u"><segment><source>${source}</source></segment></unit>`)).source).toBe(
      'ab',
    )
  })
})

describe('readXliff on what is no XLIFF', () => {
  it.each([
    ['<html/>', 'not XLIFF: its root element is <html>'],
    ['<xliff version="3.0"/>', 'version “3.0” is unknown'],
    ['<xliff version="1.2"/>', 'no segments'],
    [foreign2(''), 'no segments'],
    ['<!DOCTYPE xliff><xliff version="1.2"/>', 'DOCTYPE'],
    ['PK\u0003\u0004', 'not well-formed'],
  ])('says of %j what is wrong', (text, message) => {
    expect(() => readXliff(text, 'a.xlf')).toThrow(
      expect.objectContaining({ code: 'invalid-input', message: expect.stringContaining(message) }),
    )
    expect(() => readXliff(text, 'a.xlf')).toThrow(
      expect.objectContaining({ place: expect.objectContaining({ file: 'a.xlf', line: 1 }) }),
    )
  })

  it('reads a file that names no version as 1.2, and says so', () => {
    const read = readXliff(
      foreign12('<trans-unit id="1"><source>a</source></trans-unit>').replace(/ version="1.2"/, ''),
    )
    expect(read.version).toBe('1.2')
    expect(read.warnings).toMatchObject([{ message: expect.stringContaining('names no version') }])
  })
})
