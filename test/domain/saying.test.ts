import { describe, expect, it } from 'vitest'
import { fillTemplate, say } from '../../src/domain/saying.ts'

describe('a sentence of the domain', () => {
  it('is complete in English, and tells how it was made', () => {
    expect(say('The number {number} is not in the source.', { number: 3 })).toEqual({
      message: 'The number 3 is not in the source.',
      template: { text: 'The number {number} is not in the source.', values: { number: '3' } },
    })
  })

  it('needs no template where it has no values', () => {
    expect(say('The translation is empty.')).toEqual({ message: 'The translation is empty.' })
  })

  it('says a language by its name, terms with “or” between them, and lists with commas', () => {
    expect(say('This looks like {language}.', { language: 'ru' }).message).toBe('This looks like Russian.')
    expect(say('Use {terms}.', { terms: ['Miliz', 'OMON'] }).message).toBe('Use “Miliz” or “OMON”.')
    expect(say('put right: {parts}', { parts: ['number', 'name'] }).message).toBe('put right: number, name')
  })

  it('takes no value for a place to put another value in', () => {
    const { message } = say('“{word}” is written “{other}”.', { word: '{other}', other: '$& {word}' })
    expect(message).toBe('“{other}” is written “$& {word}”.')
    expect(fillTemplate({ text: 'The {constructor} of {name}', values: {} })).toBe(
      'The {constructor} of {name}',
    )
  })
})
