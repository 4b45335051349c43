import { describe, expect, it } from 'vitest'
import { foldCase, foldShape } from '../../src/domain/morphology/fold.ts'
import { isFormOf, stemOf, stemsOfLemma } from '../../src/domain/morphology/stem.ts'

const SAME: readonly (readonly [string, readonly string[]])[] = [
  ['en', ['committee', 'committees', 'COMMITTEES']],
  ['en', ['country', 'countries']],
  ['de', ['Gewerkschaft', 'Gewerkschaften']],
  ['de', ['Dekret', 'Dekrets', 'Dekrete', 'Dekreten', 'Dekretes']],
  ['de', ['Haus', 'Häuser', 'Häusern']],
  ['es', ['comité', 'comités']],
  ['es', ['político', 'política', 'políticos', 'políticas']],
  ['es', ['nación', 'naciones']],
  ['es', ['juez', 'jueces']],
  ['fr', ['policier', 'policière', 'policiers', 'policières']],
  ['fr', ['national', 'nationale', 'nationaux']],
  ['fr', ['bureau', 'bureaux']],
  ['pt', ['eleição', 'eleições']],
  ['pt', ['homem', 'homens']],
  ['pt', ['eleitoral', 'eleitorais']],
  ['it', ['banca', 'banche']],
  ['it', ['polizia', 'polizie']],
  ['ru', ['милиция', 'милиции', 'милицию', 'милицией', 'милициями']],
  ['ru', ['Беларусь', 'Беларуси', 'Беларусью']],
  ['ru', ['участок', 'участка', 'участками']],
  ['ru', ['Тихановская', 'Тихановской', 'Тихановскую']],
  ['ru', ['заключённый', 'заключенного', 'заключённых']],
  ['be', ['міліцыя', 'міліцыі', 'міліцыю', 'міліцыяй']],
  ['be', ['Беларусь', 'Беларусі', 'Беларуссю']],
  ['be', ['рада', 'рады', 'радзе', 'радай']],
  ['be', ['Магілёў', 'Магілёва', 'Магілёве']],
  ['uk', ['міліція', 'міліції', 'міліцією', 'міліцій']],
  ['uk', ['Лукашенко', 'Лукашенка', 'Лукашенком']],
  ['pl', ['Łukaszenka', 'Łukaszenki', 'Łukaszenkę', 'Łukaszence']],
  ['pl', ['Białoruś', 'Białorusi', 'Białorusią']],
  ['pl', ['milicja', 'milicji', 'milicję', 'milicją']],
  ['ko', ['민스크', '민스크에서', '민스크의']],
]

const DIFFERENT: readonly (readonly [string, string, string])[] = [
  ['en', 'organ', 'organization'],
  ['en', 'police', 'policy'],
  ['de', 'Sicherheit', 'sicher'],
  ['de', 'Miliz', 'Milizionär'],
  ['es', 'policía', 'policial'],
  ['es', 'militar', 'milicia'],
  ['fr', 'milice', 'militant'],
  ['ru', 'милиция', 'милиционер'],
  ['ru', 'Тихановская', 'Тихановский'],
  ['ru', 'Тихановская', 'Тихановского'],
  ['ru', 'Королёв', 'Королёвой'],
  ['be', 'міліцыя', 'міліцыянт'],
  ['be', 'Ціханоўская', 'Ціханоўскага'],
  ['uk', 'Тихановська', 'Тихановський'],
  ['pl', 'Cichanouska', 'Cichanouski'],
]

const keyOf = (word: string, language: string) => foldCase(foldShape(word, language), language)

describe('morphology', () => {
  it.each(SAME)('knows forms of one word in %s: %j', (language, words) => {
    const [lemma = '', ...forms] = words
    for (const form of forms) {
      expect([form, isFormOf(form, lemma, language)]).toEqual([form, true])
      expect(stemsOfLemma(keyOf(lemma, language), language)).toContain(stemOf(form, language))
    }
  })

  it.each(DIFFERENT)('keeps words apart in %s: %s, %s', (language, a, b) => {
    expect(isFormOf(a, b, language)).toBe(false)
    expect(isFormOf(b, a, language)).toBe(false)
  })

  it('leaves languages without rules, short words and numbers as they are', () => {
    expect(stemOf('Words', 'xx')).toBe('words')
    expect(stemOf('as', 'es')).toBe('as')
    expect(stemOf('B-52s', 'en')).toBe('b-52s')
  })

  it('is not led astray by words that are names of object properties', () => {
    for (const word of ['constructor', '__proto__', 'hasOwnProperty']) {
      for (const language of ['en', 'de', 'ru']) expect(typeof stemOf(word, language)).toBe('string')
    }
  })

  it('answers the same every time, also after many other words', () => {
    const first = stemOf('милицией', 'ru')
    for (let index = 0; index < 60_000; index++)
      stemOf(`слово${String.fromCharCode(1072 + (index % 30))}${index}`, 'ru')
    expect(stemOf('милицией', 'ru')).toBe(first)
  })
})
