import { describe, expect, it } from 'vitest'
import { timeSegments } from '../../src/formats/cues.ts'
import { segmentUnit } from '../../src/segmentation/unit-segments.ts'
import { read, show } from './support.ts'

const timed = (source: string, format: 'srt' | 'vtt' | 'text') => {
  const document = read(source, format)
  const segments = document.units.flatMap((unit) => segmentUnit(unit, 'en'))
  return timeSegments(document, segments).map(({ text, cue }) => [show(text), cue?.ms, cue?.lead])
}

describe('timeSegments', () => {
  it('gives each sentence of a subtitle the time of its cue and what stands before it', () => {
    const srt =
      '1\n00:00:01,000 --> 00:00:03,500\n{\\an8}Go home.\nStay there.\n\n' +
      '2\n00:00:04,000 --> 00:00:05,000\n- Who?\n- The <i>police</i>.\n'
    expect(timed(srt, 'srt')).toEqual([
      ['Go home.', 2500, ''],
      ['Stay there.', 2500, ' '],
      ['Who?', 1000, ''],
      ['The ⟦0⟧police⟦1⟧.', 1000, '\n'],
    ])
    expect(timed('WEBVTT\n\n00:01.000 --> 00:02.000\nGo.\n', 'vtt')).toEqual([['Go.', 1000, '']])
  })

  it('leaves other texts as they are', () => {
    expect(timed('Go home. Stay there.', 'text')).toEqual([
      ['Go home.', undefined, undefined],
      ['Stay there.', undefined, undefined],
    ])
  })
})
