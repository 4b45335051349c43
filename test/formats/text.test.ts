import { describe, expect, it } from 'vitest'
import { kinds, read, translated } from './support.ts'

describe('readText', () => {
  it('joins wrapped lines and keeps breaks that were meant', () => {
    const long = 'A line that is wrapped because the column ends here, and\ngoes on in the next one.'
    expect(kinds(read(`Title\n\n${long}\n\nMr. Lee\nMinsk\n`, 'text'))).toEqual([
      'headline: Title',
      `paragraph: ${long.replace('\n', ' ')}`,
      'paragraph: Mr. Lee\nMinsk',
    ])
  })

  it('takes a lone first line for a headline unless it is a sentence', () => {
    expect(kinds(read('A sentence.\n\nMore.\n', 'text'))[0]).toBe('paragraph: A sentence.')
    expect(kinds(read('Only line', 'text'))).toEqual(['paragraph: Only line'])
  })

  it('joins a line that goes on in small letters, however short the one before it is', () => {
    expect(kinds(read('A sentence that was\ncut off.\n', 'text'))).toEqual([
      'paragraph: A sentence that was cut off.',
    ])
    expect(kinds(read('He asked\n“why” and left\n', 'text'))).toEqual(['paragraph: He asked “why” and left'])
    // Not in a list of short lines, nor before an item.
    expect(kinds(read('features\ncontacts\nevents, activities\n', 'text'))).toEqual([
      'paragraph: features\ncontacts\nevents, activities',
    ])
    expect(kinds(read('We want\na) bread\nb) peace\n', 'text'))).toEqual([
      'paragraph: We want\na) bread\nb) peace',
    ])
    expect(kinds(read('MINSK\nThe strike goes on\n', 'text'))).toEqual([
      'paragraph: MINSK\nThe strike goes on',
    ])
  })

  it('puts nothing where ideographs are wrapped', () => {
    expect(kinds(read('これは父の\n家です。', 'text'))).toEqual(['paragraph: これは父の家です。'])
    const long = '選挙の結果について政府は何も発表していないが人々はもうずっと前からそのことをよく'
    expect(kinds(read(`見出し\n${long}\n知っている。`, 'text'))).toEqual([
      `paragraph: 見出し\n${long}知っている。`,
    ])
  })

  it('writes a wrapped text back as it was', () => {
    for (const text of ['これは\n父の\n', 'A\r\n  b c\r\n', '• one\n  more\n 2) x\n']) {
      expect(translated(read(text, 'text'), (unit) => unit)).toBe(text)
    }
  })

  it('reads lists, and numbers as lists only beside their neighbours', () => {
    expect(kinds(read('x\n\n• one\n  more\n• two\n\n1. Mai war frei.\n\n1. a\n2. b\n', 'text'))).toEqual([
      'headline: x',
      'list-item: ⟦0⟧ one more',
      'list-item: ⟦0⟧ two',
      'paragraph: 1. Mai war frei.',
      'list-item: ⟦0⟧⟦1⟧ a',
      'list-item: ⟦0⟧⟦1⟧ b',
    ])
  })

  it('reads underlined titles without their line', () => {
    expect(kinds(read('Title\n=====\n\nText\n', 'text'))).toEqual(['headline: Title', 'paragraph: Text'])
  })

  it('writes the line breaks of the document and no empty lines', () => {
    expect(translated(read('a\r\n\r\nb\r\n', 'text'), (text) => `${text}\n\n${text}`)).toBe(
      'a\r\na\r\n\r\nb\r\nb\r\n',
    )
  })
})
