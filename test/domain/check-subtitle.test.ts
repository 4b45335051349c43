import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakSubtitle, checkSubtitle, SUBTITLE_LINE } from '../../src/domain/check/subtitle.ts'
import { ownTime } from '../support/own-time.ts'

const checks = (text: string, durationMs: number) => checkSubtitle(text, durationMs).map(({ check }) => check)
const lines = (text: string) => {
  const breaks = new Set(breakSubtitle(text))
  return [...text]
    .map((character, at) => (breaks.has(at) ? '\n' : character))
    .join('')
    .split('\n')
}

describe('checkSubtitle', () => {
  it('is silent about a cue that can be read in its time', () => {
    expect(checkSubtitle('Der Streik begann am Montag.', 2000)).toEqual([])
    expect(checkSubtitle('- Wo bist du?\n- Im Werk.', 2000)).toEqual([])
  })

  it('warns of a cue that is too fast and says how short it must be', () => {
    expect(checks('x'.repeat(34), 2000)).toEqual([])
    expect(checkSubtitle('x'.repeat(35), 2000)).toEqual([
      {
        check: 'subtitle-reading-speed',
        severity: 'warning',
        message: 'This is 18 characters a second; viewers read 17. Shorten it to 34 characters.',
        template: {
          text: 'This is {speed} characters a second; viewers read {most}. Shorten it to {longest} characters.',
          values: { speed: '18', most: '17', longest: '34' },
        },
      },
    ])
  })

  it('does not judge the speed of a cue without a time', () => {
    expect(checks('x'.repeat(40), 0)).toEqual([])
  })

  it('counts no codes and no combining marks, and wide characters twice', () => {
    expect(checks(`\ue000${'é'.normalize('NFD').repeat(34)}\ue001`, 2000)).toEqual([])
    expect(checks('罢工还在继续罢工还在继续罢工还在继续', 2000)).toEqual(['subtitle-reading-speed'])
    expect(checks('罢工还在继续', 1000)).toEqual([])
  })

  it('warns of a line that is too long and says where it is', () => {
    expect(checkSubtitle(`a\n${'x'.repeat(43)}`, 60_000)).toMatchObject([
      { check: 'subtitle-line-length', start: 2, end: 45 },
    ])
    expect(checks(`a\n${'x'.repeat(42)}`, 60_000)).toEqual([])
  })

  it('judges a long text as it will be broken', () => {
    expect(checks('Ein Satz mit vielen Worten, der auf einer Zeile nicht stehen kann.', 60_000)).toEqual([])
    expect(checks('Wort '.repeat(20).trim(), 60_000)).toEqual(['subtitle-lines'])
  })

  it('warns of more than two lines', () => {
    expect(checks('a\nb\nc', 60_000)).toEqual(['subtitle-lines'])
  })
})

describe('breakSubtitle', () => {
  it('makes even lines', () => {
    expect(lines('Die Arbeiter des Traktorenwerks legten gestern die Arbeit nieder.')).toEqual([
      'Die Arbeiter des Traktorenwerks',
      'legten gestern die Arbeit nieder.',
    ])
  })

  it('breaks behind a punctuation mark near the middle', () => {
    expect(lines('Sie kamen aus allen Werkhallen, und niemand hielt sie auf an dem Tag.')).toEqual([
      'Sie kamen aus allen Werkhallen,',
      'und niemand hielt sie auf an dem Tag.',
    ])
  })

  it('leaves short texts, texts with line breaks and single words alone', () => {
    expect(breakSubtitle('x '.repeat(21).trim())).toEqual([])
    expect(breakSubtitle(`${'x '.repeat(40)}\ny`)).toEqual([])
    expect(breakSubtitle('x'.repeat(100))).toEqual([])
  })

  it('breaks no hidden mark', () => {
    const tag = '<v Maria Petrowna>'
    const text = `${tag}${'x'.repeat(41)}`
    expect(breakSubtitle(text, (at) => at < tag.length)).toEqual([])
  })

  it('keeps every line short when the words are short enough for it', () => {
    const words = fc.array(fc.constantFrom('a', 'Wort', 'Zeitung,', 'Указ', 'Ende.'), {
      minLength: 1,
      maxLength: 16,
    })
    fc.assert(
      fc.property(words, (list) => {
        const text = list.join(' ')
        if (text.length > 2 * SUBTITLE_LINE - 8) return
        for (const line of lines(text)) expect(line.length).toBeLessThanOrEqual(SUBTITLE_LINE)
      }),
    )
  })

  it.each(['a ', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa ', ' ', ', ', '\u0301 '])(
    'takes linear time for many %j',
    (piece) => {
      const began = ownTime()
      checkSubtitle(piece.repeat(1_000_000 / piece.length), 1000)
      expect(ownTime() - began).toBeLessThan(2_000)
    },
  )
})
