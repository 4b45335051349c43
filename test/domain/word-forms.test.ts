import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { defaultTraits } from '../../src/domain/term-defaults.ts'
import { buildTermIndex, findOccurrences } from '../../src/domain/term-index.ts'

/** `language|term|forms of it, by semicolons|words and phrases that are not it`, with the traits that a bare list gives. */
const LINES = readFileSync(new URL('./fixtures/word-forms.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split('|'))

function isFound(locale: string, text: string, phrase: string): boolean {
  const term = { locale, text, status: 'preferred' as const, forms: [], ...defaultTraits(text) }
  const concept = {
    id: 'c',
    subject: '',
    definition: '',
    source: '',
    enforcement: 'hard' as const,
    terms: [term],
  }
  const index = buildTermIndex([{ name: 'one', version: '', concepts: [concept] }], locale)
  return findOccurrences(index, `(${phrase})`).length > 0
}

describe('inflected terms', () => {
  it.each(LINES)('are recognised in %s: %s', (locale = '', text = '', forms = '', others = '') => {
    const found = (list: string) =>
      list.split(';').filter((phrase) => phrase !== '' && isFound(locale, text, phrase))
    expect(found(forms)).toEqual(forms.split(';').filter((phrase) => phrase !== ''))
    expect(found(others)).toEqual([])
  })
})
