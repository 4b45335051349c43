import { describe, expect, it } from 'vitest'
import type { Format } from '../../src/domain/document.ts'
import { boardParameters } from '../../src/web/desk/board-api.ts'
import { EVERYTHING, isFiltered, queryAddress, readQuery } from '../../src/web/desk/board-query.ts'
import { differs, sourceToShow } from '../../src/web/desk/detected-language.ts'
import { appendPage, mergePage, replaceKnown } from '../../src/web/desk/documents.ts'
import { dueOf, instantOf, localTime } from '../../src/web/desk/due.ts'
import { addressOf, formatOfName, guessFormat, mayBePage } from '../../src/web/desk/guess-format.ts'
import { readLocale } from '../../src/web/desk/locale-picker.tsx'
import { ago, count, localeName } from '../../src/web/words.ts'
import { ownTime } from '../support/own-time.ts'

const summary = (id: string, change = '1') => ({ id, change })
const ids = (documents: readonly { readonly id: string }[]) => documents.map(({ id }) => id).join(' ')

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

  it('puts news into their place, and leaves what is newer already', () => {
    const known = [summary('b', '7'), summary('a', '3')]
    expect(replaceKnown(known, [summary('a', '10'), summary('b', '6'), summary('c', '11')])).toEqual([
      summary('b', '7'),
      summary('a', '10'),
    ])
  })
})

describe('what the board is asked for', () => {
  const query = { ...EVERYTHING, state: 'in-review', who: 'mine', findings: true, text: ' Flood ' } as const

  it('stands in the address of the page and comes back from it', () => {
    const address = queryAddress(query)
    expect(address).toBe('/?state=in-review&who=mine&text=+Flood+&findings=yes')
    const read = readQuery(Object.fromEntries(new URL(address, 'http://desk').searchParams))
    expect(read).toEqual(query)
    expect([queryAddress(EVERYTHING), isFiltered(EVERYTHING), isFiltered(query)]).toEqual(['/', false, true])
    expect(isFiltered({ ...EVERYTHING, sort: 'newest' })).toBe(false)
    expect(readQuery({ due: 'someday', sort: 'colour', findings: '1' })).toEqual(EVERYTHING)
  })

  it('becomes the parameters that the API takes', () => {
    expect(boardParameters(query, 0).toString()).toBe(
      'sort=urgent&state=in-review&mine=true&findings=true&q=Flood',
    )
    const due = boardParameters({ ...EVERYTHING, state: 'open', who: 'Ada', due: 'today' }, 0)
    expect(due.toString()).toBe('sort=urgent&open=true&person=Ada&dueBefore=1970-01-02T00%3A00%3A00.000Z')
  })
})

describe('a deadline', () => {
  it('says how far off it is, and how bad that is', () => {
    const at = (iso: string) => dueOf(iso, Date.parse('2026-05-03T12:00:00Z'))
    expect(at('2026-05-03T12:20:00Z')).toEqual({ words: 'in 20 min.', kind: 'soon' })
    expect(at('2026-05-06T12:00:00Z')).toEqual({ words: 'in 3 days', kind: 'later' })
    expect(at('2026-05-03T09:00:00Z')).toEqual({ words: '3 hr. ago', kind: 'late' })
  })

  it('is the same instant after a field for local time', () => {
    const iso = '2026-05-03T12:34:00.000Z'
    expect(instantOf(localTime(iso))).toBe(iso)
    expect([localTime(null), instantOf(''), instantOf('nonsense')]).toEqual(['', null, null])
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
    expect(count(2000)).toBe('2,000')
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
