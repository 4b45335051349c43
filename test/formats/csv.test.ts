import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvAdapter } from '../../src/formats/csv.ts'
import { readWith, register } from './registered.ts'
import { kinds, refusal, texts, translated } from './support.ts'

const CSV = register('csv', csvAdapter)

describe('readCsv', () => {
  it('reads the columns that are known to hold text', () => {
    const source =
      'id,Headline,URL, Body ,caption\n1,A strike,https://a.example/x,"It began, then ended.",A gate\n'
    expect(kinds(readWith(CSV, source))).toEqual([
      'headline: A strike',
      'paragraph: It began, then ended.',
      'caption: A gate',
    ])
  })

  it('reads the columns that somebody chose, and only those', () => {
    const source = 'title,Lead text,n\nA,B,C\n'
    expect(texts(readWith(CSV, source, { columns: ['lead TEXT'] }))).toEqual(['B'])
    expect(refusal(() => readWith(CSV, source, { columns: ['n', 'intro'] }))).toEqual({
      code: 'invalid-input',
      message: 'this CSV has no column “intro”; its columns are: title, Lead text, n',
      place: { file: 'file', line: 1, column: 1 },
    })
  })

  it.each([
    ['semicolons', 'id;title\n1;"a; b"\n2;c, d, e\n'],
    ['tabs', 'id\ttitle\n1\ta; b\n2\t"c, d, e"\n'],
    ['vertical lines', 'id|title\n1|a; b\n2|c, d, e\n'],
    ['what Excel says', 'sep=^\r\nid^title\r\n1^a; b\r\n2^c, d, e\r\n'],
  ])('knows %s as delimiters', (_, source) => {
    expect(texts(readWith(CSV, source))).toEqual(['a; b', 'c, d, e'])
  })

  it('reads a single column', () => {
    expect(texts(readWith(CSV, 'title\none\n\ntwo\n'))).toEqual(['one', 'two'])
  })

  it('reads each paragraph of a quoted cell as a unit, with its line breaks', () => {
    expect(texts(readWith(CSV, 'id,body\r\n1,"One ""word"".\r\nMore.\r\n \r\nTwo."\r\n'))).toEqual([
      'One "word".\nMore.',
      'Two.',
    ])
  })

  it('reads tags and placeholders as codes', () => {
    expect(texts(readWith(CSV, 'title\n"<a href=""x"">Hello</a> {name}, 5 % more"\n'))).toEqual([
      '⟦0⟧Hello⟦1⟧ ⟦2⟧, 5 % more',
    ])
  })

  it('takes a quotation mark inside an unquoted cell for a character', () => {
    expect(texts(readWith(CSV, 'id,title\n1,The 5" disk\n'))).toEqual(['The 5" disk'])
  })
})

describe('a translated CSV', () => {
  it('gets quotation marks where its new text needs them', () => {
    const source = 'id,title,x\n1,plain, y \n2,other,\n3," kept ",z\n'
    const words: Record<string, string> = { plain: 'a, "b"', other: 'neu', kept: 'so "s"' }
    expect(translated(readWith(CSV, source), (text) => words[text] ?? '')).toBe(
      'id,title,x\n1,"a, ""b""", y \n2,neu,\n3," so ""s"" ",z\n',
    )
  })

  it('keeps the blanks of an unquoted cell inside its new quotation marks', () => {
    const written = translated(readWith(CSV, 'id,title\n1,  a \n'), (text) => text.replace('a', 'b,c'))
    expect(written).toBe('id,title\n1,"  b,c "\n')
  })

  it('repeats the codes as they are spelled', () => {
    const source = 'title\n"<a href=""x"">Hello</a> you"\n'
    expect(translated(readWith(CSV, source), () => 'Du, ⟦0⟧hallo⟦1⟧')).toBe(
      'title\n"Du, <a href=""x"">hallo</a>"\n',
    )
  })

  it('has the same other cells for another reader, and the texts that were written', () => {
    const text = fc.string({ unit: fc.constantFrom(...'aé,;"\t|\n x<{'), minLength: 1, maxLength: 12 })
    const table = fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(
        table,
        text,
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n'),
        (rows, word, mark, end) => {
          const quote = (cell: string) =>
            /[",;\t|\n]/.test(cell) ? `"${cell.replaceAll('"', '""').replaceAll('\n', end)}"` : cell
          const source = [
            `id${mark}title${mark}note`,
            ...rows.map(([a, b], at) => [at, `t${quote(a).startsWith('"') ? '' : a}`, quote(b)].join(mark)),
          ].join(end)
          const written = translated(readWith(CSV, source), (was) => `${was}${word}.`)
          const read = (csv: string): string[][] => parse(csv, { delimiter: mark, relax_quotes: true })
          const expected = read(source).map((row) => row.toSpliced(1, 1))
          expect(read(written).map((row) => row.toSpliced(1, 1))).toEqual(expected)
          for (const row of read(written).slice(1)) expect(row[1]?.startsWith('t')).toBe(true)
          for (const row of read(written).slice(1)) expect(row[1]?.trimEnd().endsWith('.')).toBe(true)
        },
      ),
      { numRuns: 200 },
    )
  })
})
