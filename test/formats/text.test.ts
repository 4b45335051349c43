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

  it('reads lists, and numbers as lists only beside their neighbours', () => {
    expect(kinds(read('x\n\n• one\n  more\n• two\n\n1. Mai war frei.\n\n1. a\n2. b\n', 'text'))).toEqual([
      'headline: x',
      'list-item: one\nmore',
      'list-item: two',
      'paragraph: 1. Mai war frei.',
      'list-item: a',
      'list-item: b',
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
