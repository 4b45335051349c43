import { describe, expect, it } from 'vitest'
import type { Format } from '../../src/domain/document.ts'
import type { DocumentSummary, LocaleProgress } from '../../src/http/schemas.ts'
import { differs, sourceToShow } from '../../src/web/desk/detected-language.ts'
import { appendPage, isMoving, mergePage, replaceOrPrepend } from '../../src/web/desk/documents.ts'
import { addressOf, formatOfName, guessFormat, mayBePage } from '../../src/web/desk/guess-format.ts'
import { readLocale } from '../../src/web/desk/locale-picker.tsx'
import { ago, localeName, plural } from '../../src/web/words.ts'
import { ownTime } from '../support/own-time.ts'

const summary = (id: string, ...states: LocaleProgress['state'][]): DocumentSummary => ({
  id,
  name: `${id}.md`,
  title: id,
  format: 'markdown',
  sourceLocale: 'en',
  createdAt: '2026-05-03T10:00:00Z',
  revision: 1,
  words: 1,
  segments: 1,
  error: null,
  locales: states.map((state) => ({
    locale: 'de',
    direction: 'ltr',
    state,
    segments: 1,
    translated: 0,
    approved: 0,
    conflicts: 0,
    blocked: 0,
    fromMemory: 0,
    fromMachine: 0,
    fromPeople: 0,
    engines: [],
    billedCharacters: 0,
    terms: { ok: 0, flagged: 0 },
    notice: null,
    error: null,
    bundle: false,
  })),
})
const ids = (documents: readonly DocumentSummary[]) => documents.map(({ id }) => id).join(' ')

const readable = [
  { format: 'text', label: 'plain text', extensions: ['txt'] },
  { format: 'markdown', label: 'Markdown', extensions: ['md'] },
  { format: 'html', label: 'HTML', extensions: ['html', 'htm'] },
] satisfies { format: Format; label: string; extensions: string[] }[]

describe('the list of documents', () => {
  it('takes a fresh first page without losing the older ones', () => {
    const known = ['c', 'b', 'a'].map((id) => summary(id))
    expect(ids(mergePage(known, [summary('d'), summary('c')]))).toBe('d c b a')
  })

  it('never shows a document twice when pages overlap', () => {
    expect(ids(appendPage([summary('c'), summary('b')], [summary('b'), summary('a')]))).toBe('c b a')
  })

  it('puts a new document on top and news into their place', () => {
    const known = [summary('b'), summary('a', 'queued')]
    expect(ids(replaceOrPrepend(known, summary('c')))).toBe('c b a')
    expect(replaceOrPrepend(known, summary('a', 'in-review'))[1]?.locales[0]?.state).toBe('in-review')
  })

  it('follows by the second what the machine works on, and nothing else', () => {
    expect(isMoving(summary('a', 'in-translation', 'queued'))).toBe(true)
    expect(isMoving(summary('a', 'approved'))).toBe(true)
    expect(isMoving(summary('a', 'in-translation', 'in-review', 'failed'))).toBe(false)
  })
})

describe('guessFormat', () => {
  it('sees HTML, Markdown and plain text', () => {
    expect(guessFormat('  <!DOCTYPE html><p>Hi')).toBe('html')
    expect(guessFormat('Strike\n<p>spreads</p>')).toBe('html')
    expect(guessFormat('# Strike spreads\n\nMinsk.')).toBe('markdown')
    expect(guessFormat('Read [this](https://example.org).')).toBe('markdown')
    expect(guessFormat('Strike spreads\n\nMinsk. 3 < 4, and #1 - not a heading.')).toBe('text')
  })

  it('is not held up by hostile text', () => {
    const started = ownTime()
    for (const text of [
      '<'.repeat(100_000),
      `${' '.repeat(100_000)}<p`,
      '#'.repeat(100_000),
      ']('.repeat(50_000),
    ]) {
      guessFormat(text)
    }
    expect(ownTime() - started).toBeLessThan(2000)
  })

  it('knows the files we read by their names', () => {
    expect(
      ['a.HTML', 'b.md', 'c.txt', 'd.exe', 'html', 'e.constructor'].map((name) =>
        formatOfName(name, readable),
      ),
    ).toEqual(['html', 'markdown', 'text', null, null, null])
  })
})

describe('readLocale', () => {
  it('takes a tag in any case and an English name', () => {
    expect(readLocale(' PT-br ')).toEqual({ tag: 'pt-BR' })
    expect(readLocale('arabic')).toEqual({ tag: 'ar' })
    expect(readLocale('Brazilian Portuguese')).toEqual({ tag: 'pt-BR' })
  })

  it('says what to write instead of anything else', () => {
    for (const typed of ['klingon!', '', 'zzz', 'de_AT ü']) {
      expect(readLocale(typed)).toEqual({ wrong: expect.stringContaining('language tag') })
    }
  })
})

describe('words', () => {
  it('name languages and numbers for people', () => {
    expect(localeName('pt-BR')).toBe('Brazilian Portuguese')
    expect(localeName('not a tag')).toBe('not a tag')
    expect([plural(1, 'segment'), plural(2000, 'segment')]).toEqual(['1 segment', '2,000 segments'])
  })

  it('tell how long ago something was', () => {
    const at = (text: string) => ago('2026-05-03T10:00:00Z', Date.parse(text))
    expect(at('2026-05-03T10:00:30Z')).toBe('just now')
    expect(at('2026-05-03T10:05:00Z')).toBe('5 minutes ago')
    expect(at('2026-05-03T13:00:00Z')).toBe('3 hours ago')
    expect(at('2026-05-04T12:00:00Z')).toBe('yesterday')
    expect(at('2026-06-03T10:00:00Z')).toBe('3 May 2026')
  })
})

describe('the field for a new document', () => {
  it('knows an address from an article that begins with one', () => {
    expect(addressOf(' https://example.org/2020/strike?a=1 \n')).toBe('https://example.org/2020/strike?a=1')
    for (const text of [
      'https://example.org and more',
      'ftp://example.org/a',
      'example.org/a',
      'http://',
      '',
    ]) {
      expect(addressOf(text)).toBeNull()
    }
  })
})

describe('the language of the source', () => {
  it('is the detected one where that is another language than usual', () => {
    expect(sourceToShow('en', 'de', false)).toBe('de')
    expect(sourceToShow('en', 'en-GB', false)).toBe('en')
    expect(sourceToShow('en', null, false)).toBe('en')
  })

  it('is what a person decided, whatever was detected', () => {
    expect(sourceToShow('en', 'de', true)).toBe('en')
    expect(sourceToShow('Ger', 'fr', true)).toBe('Ger')
  })

  it('is doubted where it is plainly another one, and not while somebody types', () => {
    expect(differs('de', 'en')).toBe(true)
    expect(differs('pt-BR', 'European Portuguese')).toBe(false)
    expect(differs('de', 'klingon!')).toBe(false)
  })
})

describe('pasted mark-up', () => {
  it('may be a whole page only where it says so', () => {
    expect(mayBePage('<!DOCTYPE html>\n<p>Hi')).toBe(true)
    expect(mayBePage('<html lang="en"><p>Hi')).toBe(true)
    expect(mayBePage('<h1>Hi</h1><header>x</header><p>body</p>')).toBe(false)
  })
})
