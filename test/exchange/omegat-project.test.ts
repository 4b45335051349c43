import fc from 'fast-check'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { codeCharacter, type InlineCode } from '../../src/domain/document.ts'
import { type MergeSegment, mergeReturned } from '../../src/domain/merge.ts'
import type { Concept } from '../../src/domain/term.ts'
import {
  type OmegatProject,
  writeOmegatProject,
  writeOmegatSource,
} from '../../src/exchange/omegat-project.ts'
import { fillFromProjectMemory } from '../../src/exchange/omegat-return.ts'
import { fromOmegat, omegatTarget, omegatText } from '../../src/exchange/omegat-text.ts'
import { transUnits } from '../../src/exchange/omegat-units.ts'
import { readTmx, writeTmx } from '../../src/exchange/tmx.ts'
import type { ExchangeFile } from '../../src/exchange/xliff-model.ts'
import { readXliff, returnedSegments } from '../../src/exchange/xliff-read.ts'
import { writeXliff } from '../../src/exchange/xliff-write.ts'
import { escapeXmlText, parseXml } from '../../src/xml/tree.ts'
import { whyNoOmegat, workInOmegat } from '../support/omegat.ts'
import { needs } from './needs.ts'
import { exchangeFile, hostileText, plainFile } from './xliff-samples.ts'

const STATES = [undefined, 'initial', 'initial', 'translated', 'reviewed', 'final', undefined] as const

/** Segments in all states: open, by machine, from memory, by a person. */
function document(): ExchangeFile {
  const file = plainFile(STATES.length)
  const segments = file.segments.map((one, at) => {
    const state = STATES[at]
    if (state === undefined) return one
    const text = one.segment.text.replace('Sentence', 'Satz')
    const origin = state !== 'initial' ? 'human' : at === 1 ? 'mt' : 'tm-fuzzy'
    return {
      ...one,
      target: { text, state, origin, by: origin === 'mt' ? 'DeepL' : 'Anna & Co', version: 1 } as const,
    }
  })
  return { ...file, segments }
}

const concept: Concept = {
  ...{ id: 'c', subject: '', source: '', enforcement: 'hard', definition: 'A\tbody of workers' },
  terms: [
    ...(['strike committee', 'Streikkomitee', 'Streikrat'] as const).map((text, at) => ({
      ...({
        locale: at === 0 ? 'en' : 'de',
        text,
        caseMode: 'insensitive',
        inflecting: true,
        forms: [],
      } as const),
      status: at === 2 ? ('forbidden' as const) : ('preferred' as const),
    })),
  ],
}

function project(file: ExchangeFile): OmegatProject {
  const memory = [
    { source: { locale: 'en', text: 'Old.', codes: [] }, target: { locale: 'de', text: 'Alt.', codes: [] } },
  ]
  return { file, source: writeOmegatSource(file), memory, concepts: [concept] }
}

function merge(file: ExchangeFile, returned: string) {
  const [read] = readXliff(returned).files
  if (read === undefined) throw new Error('no file came back')
  expect(read).toMatchObject({ documentId: file.documentId, exportId: file.exportId })
  const segments = file.segments.map(
    ({ segment, target }): MergeSegment =>
      target === undefined ? { segment } : { segment, base: target, current: target },
  )
  return mergeReturned({ segments, returned: returnedSegments(read) })
}

describe('an OmegaT project', () => {
  it('is the same ZIP each time, with everything a volunteer needs', () => {
    const zip = writeOmegatProject(project(document()))
    expect(writeOmegatProject(project(document()))).toEqual(zip)
    const files = unzipSync(zip)
    expect(Object.keys(files)).toEqual([
      ...[
        'READ-ME.txt',
        'omegat.project',
        'source/news.de.xlf',
        'omegat/project_save.tmx',
        'tm/approved.tmx',
      ],
      ...['tm/memory.tmx', 'tm/mt/machine.tmx', 'glossary/terms.utf8', 'target/', 'dictionary/'],
    ])
    const text = (name: string) => strFromU8(files[name] ?? new Uint8Array())
    const targets = (name: string) => readTmx(text(name)).map(({ target }) => target.text)
    const shown = (n: number) =>
      `Satz ${n}: the <g0>strike committee</g0> met & talked.<x1/>Then <x2/>it left.`
    expect(targets('omegat/project_save.tmx')).toEqual([4, 5, 6].map(shown))
    expect(targets('tm/approved.tmx')).toEqual([5, 6].map(shown))
    expect(targets('tm/mt/machine.tmx')).toEqual([shown(2)])
    expect(targets('tm/memory.tmx')).toEqual([shown(3), 'Alt.'])
    expect(text('glossary/terms.utf8')).toBe(
      'strike committee\tStreikkomitee\tA body of workers; not “Streikrat”\n',
    )
    expect(text('source/news.de.xlf')).not.toContain('Satz')
    expect(text('omegat.project')).toContain('<target_lang>de</target_lang>')
  })

  it('gives files names that any system takes', () => {
    const zip = writeOmegatProject(project(plainFile(1, { original: '../a:b\\c?.html' })))
    expect(Object.keys(unzipSync(zip))).toContain('source/.._a_b_c_.de.xlf')
  })
})

describe('an OmegaT project in OmegaT', { timeout: 180_000 }, () => {
  it('shows what is open, keeps what people did, and comes back with nothing lost', async (context) => {
    needs(context, whyNoOmegat())
    const file = document()
    const sent = project(file)
    const back = await workInOmegat(writeOmegatProject(sent), (shown) => `Übersetzt: ${shown}`)
    expect(back.shown.length).toBe(STATES.length)
    for (const returned of [back.xliff, fillFromProjectMemory(sent.source, back.memory).xliff]) {
      const report = merge(file, returned)
      expect(report.outcomes.map(({ kind }) => kind)).toEqual([
        ...['taken', 'taken', 'taken', 'unchanged', 'unchanged', 'unchanged', 'taken'],
      ])
      for (const [at, outcome] of report.outcomes.entries()) {
        if (outcome.kind !== 'taken') continue
        expect(outcome.text).toBe(`Übersetzt: ${file.segments[at]?.segment.text}`)
        expect(outcome.findings).toEqual([])
      }
    }
  })
})

describe('omegatText', () => {
  /** One unit of a file, as it would be read from a project. */
  function unitOf(content: string): { source: Parameters<typeof omegatText>[0]; file: string } {
    const file = `<file><trans-unit id="u1"><source>${content}</source></trans-unit></file>`
    const [unit] = transUnits(parseXml(file))
    if (unit === undefined) throw new Error('no unit')
    return { source: unit.source, file }
  }

  // Left: an XLIFF text. Right: what OmegaT 3.6 showed for it.
  it.each([
    ['<x id="1"/>Lead x and <g id="2">gee</g>', 'Lead x and <g0>gee</g0>'],
    ['<g id="1">whole</g>', 'whole'],
    ['<bx id="1" rid="1"/>a <g id="2">b <ex id="3" rid="1"/>c</g> d', 'a <g0>b <e1/>c</g0> d'],
    ['mid <bx id="1" rid="1"/>a <g id="2">b <ex id="3" rid="1"/>c</g> d', 'mid <b0/>a <g1>b <e2/>c</g1> d'],
    [' space lead <x id="1"/> trail ', 'space lead <x0/> trail'],
    ['tail <x id="1"/>', 'tail'],
    ['<g id="1">a</g> mid <g id="3">b</g>', '<g0>a</g0> mid <g1>b</g1>'],
    ['x &amp; <g id="1">y <g id="2">z</g></g> w', 'x & <g0>y <g1>z</g1></g0> w'],
    ['<x id="1"/>', undefined],
  ])('shows %s as OmegaT does', (content, shown) => {
    const { source, file } = unitOf(content)
    const text = omegatText(source, file)
    expect(text?.shown).toBe(shown)
    if (text === undefined) return
    expect(fromOmegat(text.shown, text, escapeXmlText)).toBe(content)
    expect(omegatTarget(source, text, file)).toBe(shown)
  })

  it('gives back any text that it shows', () => {
    fc.assert(
      fc.property(exchangeFile(hostileText(true)), (file) => {
        const xliff = writeXliff(file, '1.2', 'omegat')
        for (const { source } of transUnits(parseXml(xliff))) {
          const text = omegatText(source, xliff)
          if (text === undefined) continue
          const raw = fromOmegat(text.shown, text, escapeXmlText)
          const again = unitOf(raw)
          expect(omegatText(again.source, again.file)?.shown).toBe(text.shown)
        }
      }),
      { numRuns: 100 },
    )
  })
})

describe('fillFromProjectMemory', () => {
  const pair = (source: string, target: string, properties: readonly (readonly [string, string])[] = []) => ({
    source: { locale: 'en', text: source, codes: [] },
    target: { locale: 'de', text: target, codes: [] },
    properties: properties.map(([type, value]) => ({ type, value })),
  })
  const shown = (n: number) =>
    `Sentence ${n}: the <g0>strike committee</g0> met & talked.<x1/>Then <x2/>it left.`
  const fill = (file: ExchangeFile, pairs: readonly ReturnType<typeof pair>[]) =>
    fillFromProjectMemory(writeOmegatSource(file), writeTmx(pairs, { sourceLocale: 'en' }), 'save.tmx')

  it('takes tags in any numbering and another order, and says what is confirmed', () => {
    const numbered = shown(1).replaceAll('g0', 'g1').replace('x1', 'x3').replace('x2', 'x4')
    const result = fill(plainFile(2), [
      pair(numbered, '<x3/>Dann <x4/>ging es. <g1>Komitee</g1> & <b>'),
      pair('gone', 'weg'),
    ])
    expect(result).toMatchObject({ filled: 1, strangers: ['gone'] })
    const [first, second] = readXliff(result.xliff).files[0]?.segments ?? []
    const [a, z, br, em] = [0, 1, 2, 3].map(codeCharacter)
    expect(first?.target).toBe(`${br}Dann ${em}ging es. ${a}Komitee${z} & <b>`)
    expect(first?.meaning.state).toBe('translated')
    expect(second?.target).toBeUndefined()
  })

  it('knows a translation that equals its source', () => {
    const result = fill(plainFile(1), [pair(shown(1), shown(1))])
    expect(readXliff(result.xliff).files[0]?.segments[0]?.target).toBe(plainFile(1).segments[0]?.segment.text)
  })

  it('puts an alternative translation in its own place and the default one everywhere else', () => {
    const [one] = plainFile(1).segments
    if (one === undefined) throw new Error('no segment')
    const codes: readonly InlineCode[] = []
    const segments = ['Yes.', 'Same.', 'No.', 'Same.'].map((text, at) => ({
      ...one,
      segment: { ...one.segment, id: `u${at + 1}-s1`, text, codes },
    }))
    const file = plainFile(1, { segments })
    const result = fill(file, [
      pair('Same.', 'Gleich.'),
      pair('Same.', 'Anders.', [
        ['file', 'news.de.xlf'],
        ['prev', 'No.'],
        ['next', ''],
      ]),
    ])
    const targets = (xliff: string) => readXliff(xliff).files[0]?.segments.map(({ target }) => target)
    expect(targets(result.xliff)).toEqual([undefined, 'Gleich.', undefined, 'Anders.'])
    const byId = fill(file, [
      pair('Same.', 'Gleich.'),
      pair('Same.', 'Eins.', [
        ['file', 'news.de.xlf'],
        ['id', 'u2-s1'],
      ]),
    ])
    expect(targets(byId.xliff)).toEqual([undefined, 'Eins.', undefined, 'Gleich.'])
  })

  it('says so when the memory belongs to another project', () => {
    expect(() => fill(plainFile(1), [pair('gone', 'weg')])).toThrow(
      expect.objectContaining({ code: 'invalid-input', place: { file: 'save.tmx' } }),
    )
  })
})
