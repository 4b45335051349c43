import { describe, expect, it } from 'vitest'
import { readDocument } from '../../src/formats/read.ts'
import { writeDocument } from '../../src/formats/write.ts'
import { hide, refusal, show } from './support.ts'

const open = (csv: string, sourceLocale?: string, columns?: readonly string[]) =>
  readDocument(Buffer.from(csv), { format: 'csv', sourceLocale, ...(columns && { settings: { columns } }) })

const texts = (csv: string, sourceLocale?: string, columns?: readonly string[]) =>
  open(csv, sourceLocale, columns).units.map(({ text }) => show(text))

/** Every unit translated into its own text with a mark before it. */
const into = (csv: string, locale: string, sourceLocale = 'en', columns?: readonly string[]) => {
  const document = open(csv, sourceLocale, columns)
  const translations = document.units.map(({ id, text }) => {
    return { unitId: id, start: 0, end: text.length, text: hide(`${locale}:${show(text)}`) }
  })
  return Buffer.from(writeDocument(document, translations, { locale })).toString()
}

describe('the text column of a CSV that nobody chose columns for', () => {
  it.each([
    ['key,en,de', 'en'],
    ['key,de,EN', 'en'],
    ['key,en_GB,en_US', 'en-GB'],
    ['key,en-US,de', 'en'],
    ['key,en,de', 'en-GB'],
    ['key,en-US,de', 'en-GB'],
    ['key,English,German', 'en'],
    ['key,British English,American English', 'en-GB'],
    ['key,Deutsch,Englisch', 'de'],
    ['key,description,en', 'en'],
    ['location,source,target,description', 'en'],
    ['id,Source_String,translation,text', 'en'],
  ])('of %s is the one of the source in %s', (header, locale) => {
    const names = header.split(',')
    const expected: Record<string, string> = {
      'key,de,EN': 'EN',
      'key,en_GB,en_US': 'en_GB',
      'key,en-US,de': 'en-US',
      'key,English,German': 'English',
      'key,British English,American English': 'British English',
      'key,Deutsch,Englisch': 'Deutsch',
      'location,source,target,description': 'source',
      'id,Source_String,translation,text': 'Source_String',
    }
    expect(texts(`${header}\n${names.map((name) => `Word ${name}`).join(',')}\n`, locale)).toEqual([
      `Word ${expected[header] ?? 'en'}`,
    ])
  })

  it('is the usual one where none is named for the language', () => {
    expect(texts('title,text,de\nA,B,C\n', 'en')).toEqual(['A', 'B'])
    expect(texts('source,context\nA,B\n', 'en')).toEqual(['A'])
    expect(texts('title,en\nA,B\n')).toEqual(['A'])
    expect(texts('title,en\nA,B\n', 'en', ['title'])).toEqual(['A'])
    // Two columns of the language, none of them the one: nobody knows which.
    expect(refusal(() => texts('key,en-US,en-AU\nA,B,C\n', 'en-GB'))?.message).toContain('key, en-US, en-AU')
    // The identifiers of a file are no Indonesian.
    expect(texts('id,text\n1x,B\n', 'id')).toEqual(['B'])
  })
})

describe('a translated CSV with a column for the language', () => {
  it('has the translation there, and its source as it was', () => {
    expect(into('key,en,de,fr\na,Bread,,Pain\nb,"Salt, fine",,\n', 'de')).toBe(
      'key,en,de,fr\na,Bread,de:Bread,Pain\nb,"Salt, fine","de:Salt, fine",\n',
    )
    expect(into('id,source,target\n1,Bread,\n', 'de')).toBe('id,source,target\n1,Bread,de:Bread\n')
    expect(into('key,English,German\na,Bread,Brot\n', 'de')).toBe('key,English,German\na,Bread,de:Bread\n')
    expect(into('key,body,de\na,Bread,\n', 'de', 'en', ['body'])).toBe('key,body,de\na,Bread,de:Bread\n')
  })

  it('never writes into the column of another country, of the source or of identifiers', () => {
    for (const csv of ['key,en,pt-BR\na,Bread,Pão\n', 'key,en,pt_BR\na,Bread,Pão\n']) {
      expect(into(csv, 'pt-PT')).toBe(csv.replace('Bread', 'pt-PT:Bread'))
    }
    expect(into('key,en,pt\na,Bread,\n', 'pt-BR')).toBe('key,en,pt\na,Bread,pt-BR:Bread\n')
    expect(into('key,en\na,Bread\n', 'en-US', 'en-GB')).toBe('key,en\na,en-US:Bread\n')
    expect(into('id,en\n7,Bread\n', 'id')).toBe('id,en\n7,id:Bread\n')
    expect(into('key,en,id\n7,Bread,\n', 'id')).toBe('key,en,id\n7,Bread,id:Bread\n')
  })

  it('is written over its source where several columns are text', () => {
    expect(into('title,text,de\nA,B,C\n', 'de')).toBe('title,text,de\nde:A,de:B,C\n')
  })

  it('makes lines longer that end before the column', () => {
    expect(into('en,note,de\r\nBread\r\n"Salt",x\r\nTea,,\r\n', 'de')).toBe(
      'en,note,de\r\nBread,,de:Bread\r\n"Salt",x,"de:Salt"\r\nTea,,de:Tea\r\n',
    )
  })

  it('has all paragraphs of a cell in one cell, those that nobody translated in their own words', () => {
    const csv = 'en,de\n"One ""1"".\n\nTwo.\n\n Three.",old\nFour,\n'
    const document = open(csv, 'en')
    expect(document.units).toHaveLength(4)
    const [, second, , fourth] = document.units
    const translations = [second, fourth].map((unit) => {
      return { unitId: unit?.id ?? '', start: 0, end: unit?.text.length ?? 0, text: 'Zwei "2"' }
    })
    expect(Buffer.from(writeDocument(document, translations, { locale: 'de' })).toString()).toBe(
      'en,de\n"One ""1"".\n\nTwo.\n\n Three.","One ""1"".\n\nZwei ""2""\n\n Three."\nFour,"Zwei ""2"""\n',
    )
    expect(Buffer.from(writeDocument(document, [], { locale: 'de' })).toString()).toBe(csv)
  })

  it('has a translation that reads as its source, for an empty cell would be none', () => {
    const document = open('en,de\nOMON,\n', 'en')
    const same = [{ unitId: 'u1', start: 0, end: 4, text: 'OMON' }]
    expect(Buffer.from(writeDocument(document, same, { locale: 'de' })).toString()).toBe('en,de\nOMON,OMON\n')
  })
})
