import { describe, expect, it } from 'vitest'
import { readCues } from '../../src/formats/subtitle-cues.ts'
import { cueDurations, srtAdapter, vttAdapter } from '../../src/formats/subtitles.ts'
import { writeDocument } from '../../src/formats/write.ts'
import { segmentUnit } from '../../src/segmentation/unit-segments.ts'
import { readWith, register } from './registered.ts'
import { kinds, show, texts, translated } from './support.ts'

const SRT = register('srt', srtAdapter)
const VTT = register('vtt', vttAdapter)
const cue = (text: string, end = '00:00:03,500') => `1\n00:00:01,000 --> ${end}\n${text}\n`
const vtt = (text: string) => `WEBVTT\n\n00:01.000 --> 00:03.500\n${text}\n`
const long = 'Die Arbeiter des Traktorenwerks legten gestern die Arbeit nieder.'
const broken = 'Die Arbeiter des Traktorenwerks\nlegten gestern die Arbeit nieder.'

describe('readSubtitles', () => {
  it('gives one unit a cue, its lines joined where the sentence goes on', () => {
    const source = `${cue('The strike began\non Monday.')}\n2\n00:00:04.5 --> 0:0:6,0 X1:1 X2:2\nIt goes on.\n`
    expect(kinds(readWith(SRT, source))).toEqual([
      'caption: The strike began on Monday.',
      'caption: It goes on.',
    ])
  })

  it('keeps the line break between speakers, and their dashes outside the sentences', () => {
    const [unit] = readWith(SRT, cue('- Where are you?\n- <i>At</i> the plant')).units
    expect(show(unit?.text ?? '')).toBe('Where are you?\n⟦0⟧⟦1⟧At⟦2⟧ the plant')
    const segments = unit === undefined ? [] : segmentUnit(unit, 'en')
    expect(segments.map(({ text }) => show(text))).toEqual(['Where are you?', '⟦0⟧At⟦1⟧ the plant'])
  })

  it('keeps the line break behind a line in capitals', () => {
    expect(texts(readWith(SRT, cue('MINSK\nAugust 2020')))).toEqual(['MINSK\nAugust 2020'])
    expect(texts(readWith(SRT, cue('<i>MINSK</i>\nAugust 2020')))).toEqual(['⟦0⟧MINSK⟦1⟧\nAugust 2020'])
    expect(texts(readWith(SRT, cue('THE STRIKE\nGOES ON')))).toEqual(['THE STRIKE GOES ON'])
  })

  it('takes a minus for no dash', () => {
    expect(texts(readWith(SRT, cue('-5 degrees')))).toEqual(['-5 degrees'])
  })

  it('reads tags and position marks as codes', () => {
    const source = cue('{\\an8}<font color="#fff">A</font> <b>bold</b> 3 < 5 <word>')
    const [unit] = readWith(SRT, source).units
    expect(unit?.codes.map(({ kind, pair, data }) => [kind, pair, data])).toEqual([
      ['open', 1, '<font color="#fff">'],
      ['close', 0, '</font>'],
      ['open', 3, '<b>'],
      ['close', 2, '</b>'],
    ])
    expect(show(unit?.text ?? '')).toBe('⟦0⟧A⟦1⟧ ⟦2⟧bold⟦3⟧ 3 < 5 <word>')
  })

  it('reads voices, classes and times inside a WebVTT cue as codes, and its references as characters', () => {
    const source = vtt('<v Maria P.>AT&amp;T <c.loud.x>is</c> <00:02.000>here &lt;now&gt;')
    const [unit] = readWith(VTT, source).units
    expect(show(unit?.text ?? '')).toBe('AT&T ⟦0⟧is⟦1⟧ ⟦2⟧here <now>')
    expect(unit?.codes.map(({ label }) => label)).toEqual(['c.loud.x', '/c', '00:02.000'])
  })

  it('pairs voices that are closed', () => {
    const [unit] = readWith(VTT, vtt('<v A>One</v> <v B>two</v>')).units
    expect(unit?.codes.map(({ pair }) => pair)).toEqual([1, 0, 3, 2])
  })

  it('leaves the blocks of WebVTT that are no cues, and cue names, alone', () => {
    const source = `WEBVTT - A title\nKind: captions\n\nNOTE\nA note\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:fred\n\nintro\n01:00:01.000 --> 01:00:02.000 line:0\nText\n\nNOTE more\n`
    expect(texts(readWith(VTT, source))).toEqual(['Text'])
  })

  it('reads SubRip without empty lines between cues, and texts with one inside', () => {
    const source = `${cue('a 1\n\nb 2')}2\n00:00:04,000 --> 00:00:05,000\n1984\n3\n00:00:06,000 --> 00:00:07,000\nd`
    expect(texts(readWith(SRT, source))).toEqual(['a 1', 'b 2', '1984', 'd'])
  })

  it('takes an arrow in a SubRip text for text', () => {
    expect(texts(readWith(SRT, cue('from a --> to b')))).toEqual(['from a --> to b'])
  })

  it('leaves cues of signs alone', () => {
    expect(texts(readWith(SRT, cue('♪ ♪')))).toEqual([])
  })
})

describe('readCues', () => {
  it('says when each cue is shown', () => {
    expect(readCues('WEBVTT\n\n01:02.500 --> 100:00:00.001\nx', 'vtt')).toEqual([
      { start: 36, end: 37, startMs: 62_500, endMs: 360_000_001 },
    ])
    expect(readCues('0:1:2,5 --> 00:01:03.25\r\nx\r\n', 'srt')).toEqual([
      { start: 25, end: 26, startMs: 62_500, endMs: 63_250 },
    ])
  })

  it('gives each unit the time of its cue', () => {
    const document = readWith(SRT, `${cue('♪')}\n${cue('{\\an8}a\n\nb')}\n${cue('c', '00:00:00,000')}`)
    expect([...cueDurations(document.source, 'srt', document.units)]).toEqual([
      ['u1', 2500],
      ['u2', 2500],
      ['u3', 0],
    ])
  })
})

describe('a translated subtitle', () => {
  it('is broken into even lines when it is too long for one', () => {
    expect(translated(readWith(SRT, cue('The workers\nwalked out.')), () => long)).toBe(cue(broken))
    const crlf = cue('The workers\nwalked out.').replaceAll('\n', '\r\n')
    expect(translated(readWith(SRT, crlf), () => long)).toBe(cue(broken).replaceAll('\n', '\r\n'))
  })

  it('counts neither tags nor references when it is broken', () => {
    const tagged = `⟦0⟧Drei & vier⟦1⟧ ${'x'.repeat(30)}`
    expect(translated(readWith(VTT, vtt('<c.a.very.long.class>x</c>')), () => tagged)).toBe(
      vtt(`<c.a.very.long.class>Drei &amp; vier</c> ${'x'.repeat(30)}`),
    )
  })

  it('keeps the line breaks that its translator made', () => {
    expect(translated(readWith(SRT, cue('The workers\nwalked out.')), () => `Sie\n${long}`)).toBe(
      cue(`Sie\n${long}`),
    )
  })

  it('keeps the break between two sentences that were two lines', () => {
    const document = readWith(SRT, cue('They left.\nNobody spoke.'))
    const [unit] = document.units
    const parts = unit === undefined ? [] : segmentUnit(unit, 'en')
    const translations = parts.map(({ unitId, start, end }, at) => ({
      unitId,
      start,
      end,
      text: `Satz ${at}.`,
    }))
    expect(Buffer.from(writeDocument(document, translations)).toString()).toBe(cue('Satz 0.\nSatz 1.'))
  })

  it('cannot end its cue or begin another', () => {
    const evil = 'a\n\n2\n00:00:05,000 --> 00:00:06,000\nb'
    expect(
      texts(
        readWith(
          SRT,
          translated(readWith(SRT, cue('x')), () => evil),
        ),
      ),
    ).toHaveLength(1)
    expect(
      texts(
        readWith(
          VTT,
          translated(readWith(VTT, vtt('x')), () => evil),
        ),
      ),
    ).toHaveLength(1)
  })

  it('has references for the signs of WebVTT and none in SubRip', () => {
    expect(translated(readWith(VTT, vtt('x')), () => 'a < b & c')).toBe(vtt('a &lt; b &amp; c'))
    expect(translated(readWith(SRT, cue('x')), () => 'a < b & c')).toBe(cue('a < b & c'))
  })
})
