import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeCharacter } from '../../src/domain/document.ts'
import { readTmx, writeTmx } from '../../src/exchange/tmx.ts'
import { keepXmlCharacters } from '../../src/xml/tree.ts'
import { codedText, hostileText } from './xliff-samples.ts'

const [c0, c1, c2] = [0, 1, 2].map(codeCharacter)

function tmx(units: string, header = '<header srclang="en"/>'): string {
  return `<?xml version="1.0"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">${header}<body>${units}</body></tmx>`
}

describe('writeTmx and readTmx', () => {
  it('give back every pair with its codes', () => {
    const pair = codedText(hostileText(true)).chain(({ text, codes }) =>
      fc
        .array(fc.oneof(hostileText(true), fc.constantFrom('', ...codes.map((_, at) => codeCharacter(at)))))
        .map((parts) => ({
          source: { locale: 'en', text, codes },
          target: { locale: 'pt-BR', text: parts.join(''), codes },
          by: 'Anna & Co',
          changed: '20201031T120000Z',
        })),
    )
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 4 }), (pairs) => {
        const read = readTmx(writeTmx(pairs, { sourceLocale: 'en' }))
        const essence = (list: typeof read) =>
          list.map(({ source, target, by, changed }) => ({
            source: keepXmlCharacters(source.text),
            target: keepXmlCharacters(target.text),
            codes: source.codes.map(({ kind, pair: partner, type }) => ({ kind, partner, type })),
            strangers: target.codes.length - source.codes.length,
            ...{ by, changed },
          }))
        expect(essence(read)).toEqual(essence(pairs))
      }),
      { numRuns: 300 },
    )
  })
})

describe('readTmx', () => {
  it('reads memories of other tools: native codes, a DTD named, old language attributes', () => {
    const unit =
      '<tu changeid="ben"><note>n</note><tuv lang="EN"><seg><bpt i="1">&lt;b&gt;</bpt>Hi<ept i="1">&lt;/b&gt;</ept>' +
      ' <hi>all</hi><ph x="3">{1}</ph></seg></tuv><tuv lang="DE"><seg><ph x="3">{1}</ph><bpt i="1"/>Hallo<ept i="1"/>' +
      '</seg></tuv></tu>'
    const [pair, ...others] = readTmx(tmx(unit))
    expect(others).toEqual([])
    expect(pair).toMatchObject({ by: 'ben', note: 'n' })
    expect(pair?.source).toMatchObject({ locale: 'EN', text: `${c0}Hi${c1} all${c2}` })
    expect(pair?.target).toMatchObject({ locale: 'DE', text: `${c2}${c0}Hallo${c1}` })
    expect(pair?.source.codes.map(({ data }) => data)).toEqual(['<b>', '</b>', '{1}'])
  })

  it('chooses the locales that are asked for, never another region', () => {
    const side = (locale: string) => `<tuv xml:lang="${locale}"><seg>${locale}</seg></tuv>`
    const unit = `<tu>${['pt-PT', 'en-US', 'pt-BR', 'de'].map(side).join('')}</tu>`
    const targets = (targetLocale?: string) =>
      readTmx(tmx(unit), targetLocale === undefined ? {} : { targetLocale }).map(({ target }) => target.text)
    expect(targets('pt-BR')).toEqual(['pt-BR'])
    expect(targets('pt')).toEqual(['pt-PT', 'pt-BR'])
    expect(targets('fr')).toEqual([])
    expect(targets()).toEqual(['pt-PT', 'pt-BR', 'de'])
    expect(readTmx(tmx(unit), { sourceLocale: 'de' })[0]?.source.text).toBe('de')
  })

  it('passes over units without a source or a segment', () => {
    expect(
      readTmx(tmx('<tu/><tu><tuv xml:lang="en"/></tu><tu><tuv xml:lang="fr"><seg>x</seg></tuv></tu>')),
    ).toEqual([])
  })

  it('says what is wrong with a file that is no TMX', () => {
    expect(() => readTmx('<xliff/>', { file: 'm.tmx' })).toThrow(
      expect.objectContaining({ code: 'invalid-input', place: { file: 'm.tmx', line: 1, column: 1 } }),
    )
    expect(() => readTmx('<!DOCTYPE tmx [<!ENTITY a "b">]><tmx/>')).toThrow('DOCTYPE')
  })
})
