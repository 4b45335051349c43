import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cleanComment,
  commentNote,
  findMentions,
  newsInNotes,
  packMentions,
  unpackMentions,
} from '../../src/domain/comment.ts'
import { ownTime } from '../support/own-time.ts'

const NAMES = ['Ada', 'Ada Lovelace', 'Łucja', 'Jean-Luc']

describe('a comment', () => {
  it('mentions the longest name that fits, whatever its case', () => {
    const text = 'Please look, @ada lovelace: is @Ada right, or @łucja?'
    expect(findMentions(text, NAMES).map(({ name, start, end }) => [name, text.slice(start, end)])).toEqual([
      ['Ada Lovelace', '@ada lovelace'],
      ['Ada', '@Ada'],
      ['Łucja', '@łucja'],
    ])
  })

  it('mentions nobody in an address, in a longer word, or who is not known', () => {
    expect(findMentions('write to desk@Ada.example, @Adam, @Bert, @', NAMES)).toEqual([])
  })

  it('keeps names out of what is stored, so that a changed or erased name is gone from it', () => {
    const text = 'Ask @Ada and @Jean-Luc.'
    const mentions = findMentions(text, NAMES)
    const stored = packMentions(text, mentions)
    expect(stored).not.toMatch(/Ada|Jean/)
    expect(unpackMentions(stored, ['Ada', 'somebody']).text).toBe('Ask @Ada and @somebody.')
  })

  it('comes back as it was for every text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('@', 'Ada', ' Lovelace', ' ', 'x', '\n', '7', '😀')), (parts) => {
        const text = cleanComment(parts.join(''))
        const mentions = findMentions(text, NAMES)
        const back = unpackMentions(
          packMentions(text, mentions),
          mentions.map(({ name }) => name),
        )
        expect(back.text.toLowerCase()).toBe(text.toLowerCase())
        expect(back.mentions).toEqual(mentions)
      }),
    )
  })

  it('loses control characters, which mark mentions where it is stored', () => {
    expect(cleanComment('a\u00020\u0003b\r\nc\n')).toBe('a 0 b\nc')
  })

  it('finds mentions in hostile text in time', () => {
    const names = Array.from({ length: 500 }, (_, n) => `${'a'.repeat(40)}${n}`)
    const text = `@${'a'.repeat(39)} `.repeat(2400)
    const before = ownTime()
    findMentions(text, names)
    expect(ownTime() - before).toBeLessThan(2000)
  })
})

describe('notes of a returned file', () => {
  it('give what a translator wrote, without the lines that went out', () => {
    const sent = new Set(['Watch the register', 'Terms: OMON → OMON'])
    const note = `Watch the register\nTerms: OMON → OMON\n${commentNote('Ada', 'Is this\nright?')}\nIs Minsk right here?`
    expect(newsInNotes([note, 'Watch the register', ' '], sent)).toEqual(['Is Minsk right here?'])
  })

  it('give nothing for lines of ours from an export that is not known any more', () => {
    const note =
      'Check (error): a term is missing\nException: “OMON” need not be “OMON” here.\nComment (Ada): Why?'
    expect(newsInNotes([note], new Set())).toEqual([])
  })
})
