import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkSubtitle } from '../../src/domain/check/subtitle.ts'
import { checkSubtitleCue, cueNotes, cueTexts } from '../../src/domain/check/subtitle-cue.ts'
import { codeCharacter, type InlineCode, type Segment } from '../../src/domain/document.ts'

const BR: InlineCode = { kind: 'single', pair: null, type: 'break', data: '<br>', label: 'br', equiv: '\n' }

/** Sentences of one cue; a text that begins with a line break is led by it. */
function sentences(ms: number, ...texts: readonly string[]): readonly Segment[] {
  return texts.map((text, at) => {
    const lead = /^\s*/.exec(text)?.[0] ?? ''
    return {
      id: `u1-s${at + 1}`,
      unitId: 'u1',
      unitKind: 'caption',
      start: 0,
      end: 0,
      text: text.slice(lead.length),
      codes: [BR],
      cue: { ms, lead },
    }
  })
}

/** What stands against each sentence, given the targets that there are. */
function findings(segments: readonly Segment[], ...targets: readonly (string | undefined)[]) {
  const cues = cueTexts(segments.map((segment, at) => ({ segment, text: targets[at] })))
  return segments.map((segment, at) => {
    const target = targets[at]
    if (target === undefined) return []
    const locales = { sourceLocale: 'en', targetLocale: 'de' }
    const cue = cues.get(segment.id)
    const found = checkSubtitleCue({
      source: segment.text,
      sourceCodes: segment.codes,
      target,
      cue,
      ...locales,
    })
    return found.map(({ check, start, end }) => (start === undefined ? check : `${check} ${start}–${end}`))
  })
}

describe('checkSubtitleCue', () => {
  it('judges all sentences of a cue by the time they share', () => {
    const pair = sentences(2000, 'Go home.', ' Stay there.')
    expect(findings(pair, 'Geh heim.', 'Bleib da.')).toEqual([[], []])
    const long = 'Bleib noch eine Weile da.'
    expect(findings(pair, 'Geh heim.', long)).toEqual([
      ['subtitle-reading-speed'],
      ['subtitle-reading-speed'],
    ])
    expect(findings(sentences(2000, 'Stay there.'), long), 'alone it fits').toEqual([[]])
  })

  it('counts what is not translated yet with its source', () => {
    const pair = sentences(1000, 'This is a long sentence in English.', ' Go.')
    expect(findings(pair, undefined, 'Los.')).toEqual([[], ['subtitle-reading-speed']])
    expect(findings(pair, 'Kurz.', 'Los.')).toEqual([[], []])
  })

  it('marks a long line in the sentence that stands on it, and only the part of it that does', () => {
    const x = 'x'.repeat(45)
    const turns = sentences(60_000, 'One.', '\nTwo.')
    expect(findings(turns, 'Eins.', x)).toEqual([[], ['subtitle-line-length 0–45']])
    expect(findings(turns, x, 'Zwei.')).toEqual([['subtitle-line-length 0–45'], []])
    // A line break code of the target ends a line, as a viewer sees it.
    expect(findings(turns, `${'x'.repeat(30)}${codeCharacter(0)}${'x'.repeat(30)}`, 'Zwei.')).toEqual([
      ['subtitle-lines'],
      ['subtitle-lines'],
    ])
    const glued = sentences(60_000, 'One.\nx', 'Two.')
    expect(findings(glued, `a\n${'x'.repeat(30)}`, 'y'.repeat(20))).toEqual([
      ['subtitle-line-length 2–32'],
      ['subtitle-line-length 0–20'],
    ])
  })

  it('says nothing of other texts', () => {
    const [segment] = sentences(1000, 'x'.repeat(500))
    const { cue: _, ...plain } = segment ?? {}
    expect(findings([plain as Segment], 'x'.repeat(500))).toEqual([[]])
    expect(cueNotes(plain as Segment)).toEqual([])
  })

  it('gives one sentence that is the whole cue the findings of the cue', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 150 }), fc.integer({ min: 0, max: 9000 }), (text, ms) => {
        const [segment] = sentences(ms, 'x')
        if (segment === undefined) return
        const cue = cueTexts([{ segment, text }]).get(segment.id)
        const found = checkSubtitleCue({
          source: 'x',
          sourceCodes: [],
          target: text,
          cue,
          sourceLocale: 'en',
          targetLocale: 'de',
        })
        expect(found).toEqual(checkSubtitle(text, ms))
      }),
    )
  })

  it('takes a cue of 20,000 sentences', { timeout: 5000 }, () => {
    const many = sentences(1000, ...Array.from({ length: 20_000 }, () => ' Go.'))
    expect(findings(many, ...many.map(() => 'Los.')).every((found) => found.length === 0)).toBe(true)
  })
})

describe('cueNotes', () => {
  it('tells a translator how much fits', () => {
    const [segment] = sentences(2500, 'x')
    const [lasting] = sentences(60_000, 'x')
    expect(segment && cueNotes(segment)).toEqual([
      'Subtitle: shown for 2.5 s, so at most 42 characters, 42 a line, 2 lines.',
    ])
    expect(lasting && cueNotes(lasting)[0]).toContain('at most 84 characters')
    expect(sentences(0, 'x').flatMap(cueNotes)).toEqual([])
  })
})
