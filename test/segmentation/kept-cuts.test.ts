import { describe, expect, it } from 'vitest'
import type { Segment, Unit } from '../../src/domain/document.ts'
import { readDocument } from '../../src/formats/read.ts'
import { keepCuts } from '../../src/segmentation/kept-cuts.ts'
import { cutSegment, segmentUnit } from '../../src/segmentation/unit-segments.ts'

const read = (text: string): { units: readonly Unit[]; ruled: readonly Segment[] } => {
  const { units } = readDocument(Buffer.from(text), { format: 'markdown', file: 'a.md' })
  return { units, ruled: units.flatMap((unit) => segmentUnit(unit, 'en')) }
}

/** As people left it: the texts of all segments; each is found after the one before it. */
function standing(text: string, parts: readonly string[]) {
  const { units, ruled } = read(text)
  const segments: Segment[] = []
  let [at, from] = [0, 0]
  for (const part of parts) {
    while (units[at] !== undefined && !(units[at]?.text ?? '').includes(part, from)) [at, from] = [at + 1, 0]
    const unit = units[at]
    if (unit === undefined) throw new Error(part)
    const start = unit.text.indexOf(part, from)
    from = start + part.length
    segments.push(cutSegment(unit, segments.length + 1, start, from))
  }
  return { ruled, standing: segments }
}

const keep = (text: string, ...older: readonly ReturnType<typeof standing>[]) => {
  const { units, ruled } = read(text)
  return keepCuts(units, ruled, older)
}
const texts = (kept: { readonly segments: readonly Segment[] }) => kept.segments.map(({ text }) => text)

const SPLIT = ['The court met at noon;', 'nobody knew why it did.', 'It rose at two in the night.']
const TEXT = 'The court met at noon; nobody knew why it did. It rose at two in the night.'

describe('cuts in a new version of a text', () => {
  it('are made again where the sentences are the same, wherever they stand now', () => {
    const kept = keep(`A new first paragraph.\n\n> ${TEXT} And more.\n`, standing(TEXT, SPLIT))
    expect(texts(kept)).toEqual(['A new first paragraph.', ...SPLIT, 'And more.'])
    expect(kept.segments.map(({ id }) => id)).toEqual(['u1-s1', 'u2-s1', 'u2-s2', 'u2-s3', 'u2-s4'])
    expect([...kept.ruled]).toEqual([['u2', [0, 46, 47, 75, 76, 85]]])
  })

  it('are left to the rules where a sentence of the stretch has changed, gone or moved away', () => {
    const joined = standing(TEXT, [TEXT])
    for (const text of [
      TEXT.replace('noon', 'nine'),
      TEXT.replace('It rose at two in the night.', ''),
      TEXT.replace('. It', '. Then came the news. It'),
      TEXT.replace('. It', '.\n\nIt'),
      TEXT.replace('. It', '. ![map](map.png) It'),
    ]) {
      expect(texts(keep(text, joined))).toEqual(read(text).ruled.map((segment) => segment.text))
      expect(keep(text, joined).ruled.size).toBe(0)
    }
    expect(texts(keep(TEXT, joined))).toEqual([TEXT])
  })

  it('lose nothing where a sentence goes on now', () => {
    const text = 'The court met at noon. It rose at 2 p.m.'
    expect(texts(keep(text.replace('p.m.', 'p.m. Monday.'), standing(text, [text])))).toEqual([
      'The court met at noon.',
      'It rose at 2 p.m. Monday.',
    ])
  })

  it('hold for each sentence by itself, not for the paragraph', () => {
    const two = standing(TEXT, [...SPLIT.slice(0, 2), 'It rose at two', 'in the night.'])
    expect(texts(keep(TEXT.replace('rose', 'sat'), two))).toEqual([
      ...SPLIT.slice(0, 2),
      'It sat at two in the night.',
    ])
  })

  it('may lie across the ends of sentences', () => {
    const parts = ['The court met at noon;', 'nobody knew why it did. It rose', 'at two in the night.']
    expect(texts(keep(`${TEXT} And more.`, standing(TEXT, parts)))).toEqual([...parts, 'And more.'])
    expect(texts(keep(TEXT.replace('two', 'three'), standing(TEXT, parts)))).toHaveLength(2)
  })

  it('keep inline codes, and tell codes of another kind from them', () => {
    const text = 'The *court* met at noon; [nobody](a) knew. It rose.'
    const { units } = read(text)
    const whole = units[0]?.text ?? ''
    const middle = whole.indexOf(';') + 1
    const parts = [whole.slice(0, middle), whole.slice(middle + 1, whole.indexOf(' It')), 'It rose.']
    const old = standing(text, parts)
    const kept = keep(text.replace('(a)', '(b)'), old)
    expect(kept.segments.map(({ codes }) => codes.map(({ label }) => label).length)).toEqual([2, 2, 0])
    expect(kept.segments[1]?.codes[1]?.data).toContain('b')
    for (const other of ['`court`', '[court](c)', 'court'])
      expect(keep(text.replace('*court*', other), old).segments).toHaveLength(2)
  })

  it('lie as before where only the white space between the sentences is another', () => {
    const kept = keep(TEXT.replace('. It', '.   It'), standing(TEXT, [TEXT]))
    expect(texts(kept)).toEqual([TEXT.replace('. It', '.   It')])
  })

  it('are decided by the newest version that has the sentences, also when it took them back', () => {
    const cut = standing(TEXT, SPLIT)
    const other = standing(TEXT, ['The court met', ...['at noon; nobody knew why it did.', SPLIT[2] ?? '']])
    const gone = standing('Something else.', ['Something else.'])
    const back = standing(
      TEXT,
      read(TEXT).ruled.map(({ text }) => text),
    )
    expect(texts(keep(TEXT, gone, cut))).toEqual(SPLIT)
    const edited = TEXT.replace('noon', 'nine')
    const changed = standing(
      edited,
      read(edited).ruled.map(({ text }) => text),
    )
    expect(texts(keep(TEXT, changed, cut))).toEqual(SPLIT)
    const apart = TEXT.replace('. It', '.\n\nIt')
    const paragraphs = standing(
      apart,
      read(apart).ruled.map(({ text }) => text),
    )
    expect(texts(keep(TEXT, paragraphs, standing(TEXT, [TEXT])))).toEqual([TEXT])
    const last = standing('It rose at two in the night.', ['It rose at two', 'in the night.'])
    expect(texts(keep(TEXT, last, standing(TEXT, [TEXT])))).toEqual([
      ...['The court met at noon; nobody knew why it did.', 'It rose at two', 'in the night.'],
    ])
    expect(texts(keep(TEXT, back, cut))).toHaveLength(2)
    expect(texts(keep(TEXT, other, cut))[0]).toBe('The court met')
  })

  it('go to the right one of two that are the same', () => {
    const twice = `First he spoke.\n\n${TEXT}\n\nThen she spoke.\n\n${TEXT}\n`
    const rest = read(TEXT).ruled.map(({ text }) => text)
    const parts = ['First he spoke.', ...rest, 'Then she spoke.', ...SPLIT]
    expect(texts(keep(twice, standing(twice, parts)))).toEqual(parts)
  })
})
