import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Format } from '../../src/domain/document.ts'
import { csvAdapter } from '../../src/formats/csv.ts'
import { poAdapter } from '../../src/formats/po.ts'
import { srtAdapter, vttAdapter } from '../../src/formats/subtitles.ts'
import { writeDocument } from '../../src/formats/write.ts'
import { ownTime } from '../support/own-time.ts'
import { readWith, register } from './registered.ts'
import { brokenPromises, refusal, translated } from './support.ts'

const newline = fc.constantFrom('\n', '\r\n')
const word = fc.constantFrom(
  'Minsk',
  'été',
  'Указ',
  'a',
  '3.',
  '🙂',
  'AT&T',
  '\ue001',
  'OMON',
  '%s',
  '{name}',
  '100%',
)
const inline = fc.constantFrom(
  '<i>',
  '</i>',
  '<b>',
  '</b>',
  '<br/>',
  '<c.red>',
  '</c>',
  '{\\an8}',
  ' ',
  '- ',
  '>> ',
  '&amp;',
)
const prose = fc.array(fc.oneof({ weight: 3, arbitrary: word }, inline), { minLength: 1, maxLength: 6 })
const line = prose.map((words) => words.join(' ').trim() || 'x')

function cues(arrow: string, head: string): fc.Arbitrary<string> {
  const cue = fc
    .tuple(fc.boolean(), fc.array(line, { maxLength: 3 }))
    .map(([counted, lines]) => [...(counted ? ['7'] : []), arrow, ...lines, ''].join('\n'))
  return fc
    .tuple(fc.array(cue, { minLength: 1, maxLength: 5 }), newline)
    .map(([list, end]) => (head + list.join('\n')).replaceAll('\n', end))
}

const srt = cues('00:00:01,000 --> 00:00:02,500 X1:1', '')
const vtt = fc
  .tuple(
    cues('01:01.000 --> 01:02.500 align:start', ''),
    fc.constantFrom('', 'NOTE a\nb --\n\n', 'STYLE\n::cue {}\n\n'),
  )
  .map(([text, block]) => {
    const end = text.includes('\r\n') ? '\r\n' : '\n'
    return `WEBVTT - x\n\n${block}`.replaceAll('\n', end) + text
  })

const cell = fc.oneof(
  line.map((text) => text.replace(/[",;\t|]/g, '')),
  line.map((text) => ` ${text.replace(/[",;\t|]/g, '')} `),
  fc.array(line, { maxLength: 4 }).map((lines) => `"${lines.join('\n').replaceAll('"', '""')} ""q"", ;x"`),
  fc.constantFrom('', '""', '"\n\n"'),
)
const csv = fc
  .tuple(fc.constantFrom(',', ';', '\t'), fc.array(fc.tuple(cell, cell, cell), { maxLength: 5 }), newline)
  .map(([delimiter, rows, end]) =>
    [['id', 'Title', 'body'], ...rows]
      .map((row) => row.join(delimiter))
      .join('\n')
      .replaceAll('\n', end),
  )

const poString = fc
  .array(fc.oneof(line, fc.constantFrom('\\n', '\\"', '\\t', '\\\\', '\\x07', '\\303')), { maxLength: 3 })
  .map((pieces) => pieces.map((piece) => `"${piece}"`).join('\n') || '""')
const message = fc.oneof(
  poString.map((text) => `#: a.c:1\nmsgid "x"\n${text}\nmsgstr ""\n`),
  poString.map(
    (text) => `msgctxt "c"\nmsgid ""\n${text}\nmsgid_plural ${text}\nmsgstr[0] ""\nmsgstr[1] ""\n""\n`,
  ),
  poString.map((text) => `msgid ${text}\nmsgstr "done"\n`),
  fc.constant('#~ msgid "old"\n#~ msgstr ""\n'),
)
const po = fc
  .tuple(fc.array(message, { minLength: 1, maxLength: 5 }), newline)
  .map(([messages, end]) =>
    `msgid ""\nmsgstr "Language: de\\n"\n\n${messages.join('\n')}`.replaceAll('\n', end),
  )

const CASES: readonly [Format, fc.Arbitrary<string>][] = [
  [register('srt', srtAdapter), srt],
  [register('vtt', vttAdapter), vtt],
  [register('csv', csvAdapter), csv],
  [register('po', poAdapter), po],
]
const RUNS = { numRuns: 150 }

describe.each(CASES)('a document in %s', (format, documents) => {
  it('keeps what readers promise of units, offsets and codes', () => {
    fc.assert(
      fc.property(documents, (source) => {
        expect(brokenPromises(readWith(format, source))).toEqual([])
      }),
      RUNS,
    )
  })

  it('is written back byte for byte when nothing is translated, or into itself', () => {
    fc.assert(
      fc.property(documents, fc.boolean(), (source, bom) => {
        const bytes = Buffer.from((bom ? '\ufeff' : '') + source)
        const document = readWith(format, bytes)
        expect(Buffer.from(writeDocument(document, []))).toEqual(bytes)
        expect(translated(document, (text) => text)).toBe(bytes.toString())
      }),
      RUNS,
    )
  })

  it('keeps its structure and every unit’s codes when all of it is translated', () => {
    fc.assert(
      fc.property(documents, (source) => {
        const document = readWith(format, source)
        const written = translated(document, (text) => `Wort, "${text};" ende\n\nneu`)
        if (String(format) === 'po') {
          expect(readWith(format, written).units).toEqual([])
          expect(written.match(/^msg/gm)).toEqual(source.match(/^msg/gm))
          return
        }
        const again = readWith(format, written)
        expect(again.units.length).toBe(document.units.length)
        // A dash that ended a cue begins a speech once words follow it.
        const data = (units: typeof again.units) =>
          units.map(({ codes }) =>
            codes.map((code) => code.data.trim()).filter((mark) => !/^(?:-|>>)$/.test(mark)),
          )
        if (String(format) !== 'csv') expect(data(again.units)).toEqual(data(document.units))
      }),
      RUNS,
    )
  })

  it('changes only the range of the unit that is translated', () => {
    fc.assert(
      fc.property(documents, fc.nat(), (source, pick) => {
        const document = readWith(format, source)
        const unit = document.units[pick % Math.max(document.units.length, 1)]
        if (unit === undefined || String(format) === 'po') return
        const translation = { unitId: unit.id, start: 0, end: unit.text.length, text: `Wort ${unit.text}` }
        const written = Buffer.from(writeDocument(document, [translation])).toString()
        const tail = source.slice(unit.offsets.at(-1))
        expect(written.slice(0, unit.offsets[0])).toBe(source.slice(0, unit.offsets[0]))
        expect(written.slice(written.length - tail.length)).toBe(tail)
      }),
      RUNS,
    )
  })
})

const MANY = 200_000
const TIMES = '00:00:01,000 --> 00:00:02,000\n'
const VTT = 'WEBVTT\n\n00:01.000 --> 00:02.000\n'
const HOSTILE: readonly (readonly [string, string, string])[] = [
  ['srt', 'tags that never close', `${TIMES}${'<i '.repeat(MANY)}x`],
  ['srt', 'open tags', `${TIMES}${'<i>'.repeat(2000)}x`],
  ['srt', 'blanks', `${TIMES}a${' '.repeat(MANY)}b`],
  ['srt', 'lines', `${TIMES}${'A\n'.repeat(MANY)}`],
  ['srt', 'dashes', `${TIMES}a\n${'- '.repeat(MANY)}x`],
  ['srt', 'overrides that never close', `${TIMES}${'{\\'.repeat(MANY)}x`],
  ['srt', 'arrows', `${TIMES}${'--> '.repeat(MANY)}x`],
  ['srt', 'counters', `${TIMES}${'1\n'.repeat(MANY)}`],
  ['srt', 'cues', `1\n${TIMES}a b\n\n`.repeat(20_000)],
  ['vtt', 'ampersands', `${VTT}${'&'.repeat(MANY)}x`],
  ['vtt', 'angle brackets', `${VTT}${'<'.repeat(MANY)}x`],
  ['vtt', 'line breaks in tags', `${VTT}${'<v \n'.repeat(MANY)}x`],
  ['csv', 'quotation marks', `title\n"${'""'.repeat(MANY)}x"`],
  ['csv', 'delimiters', `title${','.repeat(MANY)}\nx`],
  ['csv', 'paragraphs', `title\n"${'a\n\n'.repeat(MANY)}"`],
  ['csv', 'blanks', `title\n"a${'\n \t '.repeat(MANY)}b"`],
  ['csv', 'columns of one name', `${'title,'.repeat(20_000)}\nx`],
  ['po', 'backslashes', `msgid "${'\\\\'.repeat(MANY)}x"\nmsgstr ""`],
  ['po', 'strings', `msgid ""\n${'"a"\n'.repeat(MANY)}msgstr ""`],
  ['po', 'strings on one line', `msgid ${'"a"'.repeat(MANY)}\nmsgstr ""`],
  [
    'po',
    'messages behind a long line',
    `# ${'x'.repeat(2_000_000)}\n${'msgid "a b"\nmsgstr ""\n'.repeat(20_000)}`,
  ],
  ['po', 'braces', `msgid "${'{'.repeat(MANY)}x"\nmsgstr ""`],
]

describe.each(HOSTILE)('hostile %s', (name, what, source) => {
  it(`with many ${what} is read and written, or refused, in linear time`, { timeout: 20_000 }, () => {
    const format = CASES.find(([known]) => String(known) === name)?.[0] ?? 'text'
    const began = ownTime()
    const refused = refusal(() => {
      const document = readWith(format, source)
      expect(brokenPromises(document)).toEqual([])
      expect(Buffer.from(writeDocument(document, [])).toString()).toBe(source)
      translated(document, (text) => `x ${text.slice(0, 10_000)}`)
    })
    expect(refused?.code ?? 'invalid-input').toBe('invalid-input')
    expect(ownTime() - began).toBeLessThan(6_000)
  })
})

describe('a document that is none', () => {
  it.each([
    ['srt', 'just a text\nwithout times', 1, 1],
    ['srt', `1\n${TIMES}a\n\n2\n  00:00:0x,000 --> 00:00:03,000\nb`, 6, 3],
    ['vtt', '1\n00:01.000 --> 00:02.000\nx', 1, 1],
    ['vtt', 'WEBVTT\n\n00:01.000 -> 00:02.000\nx\n\n00:01,000 --> 00:02.000\nx', 6, 1],
    ['csv', 'id,title\n1,"never closed', 2, 3],
    ['csv', 'id,title\n1,"a "quoted" word"', 2, 6],
    ['csv', 'id,title\n1,a,b', 2, 5],
    ['csv', 'id,name\n1,a', 1, 1],
    ['po', 'msgid "a"\nmsgstr "b', 2, 8],
    ['po', 'msgid "a"\n\nmsgid "b"\nmsgstr ""', 3, 1],
    ['po', 'hello', 1, 1],
    ['po', 'msgstr "a"', 1, 1],
    ['po', '"a"', 1, 1],
    ['po', 'msgid "a"\nmsgstr "b" c', 2, 12],
    ['po', 'msgid "a"', 1, 1],
  ] as const)('in %s (%j) is refused with its place', (name, source, line, column) => {
    const format = CASES.find(([known]) => String(known) === name)?.[0] ?? 'text'
    expect(refusal(() => readWith(format, source))).toMatchObject({
      code: 'invalid-input',
      place: { file: 'file', line, column },
    })
  })
})
