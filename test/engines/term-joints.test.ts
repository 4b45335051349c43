import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nounFeatures } from '../../src/engines/noun-gender.ts'
import { isPlural, pluralOf } from '../../src/engines/noun-plural.ts'
import { joinOne, joinTerms, lowerAfterFirst } from '../../src/engines/term-joints.ts'
import { ownTime } from '../support/own-time.ts'

describe('joinOne', () => {
  it.each([
    // Elision and its opposite, only where a listener has no choice.
    ['fr', 'le ', 'OMON', "l'"],
    ['fr', 'de ', 'OMON', "d'"],
    ['fr', 'du ', 'OMON', "de l'"],
    ['fr', 'au ', 'OMON', "à l'"],
    ['fr', 'Que ', 'Alexievitch', "Qu'"],
    ['fr', 'ce ', 'OMON', 'cet '],
    ['fr', "d'", 'Loukachenko', 'de '],
    ['fr', 'contre ', 'OMON', 'contre '],
    ['fr', 'de ', 'Minsk', 'de '],
    ['fr', 'le ', 'haut-parleur', 'le '],
    ['fr', 'le ', 'Yarashuk', 'le '],
    ['fr', "l'", 'FPB', "l'"],
    // Gender and number of nouns whose endings are certain.
    ['fr', 'Le ', 'République du Bélarus', 'La '],
    ['fr', 'du ', 'Commission électorale centrale', 'de la '],
    ['fr', 'le ', 'Association bélarusse des journalistes', "l'"],
    ['fr', 'du ', 'Troupes intérieures', 'des '],
    ['fr', 'le ', 'Comité d’enquête', 'le '],
    ['fr', "l'", 'Comité d’enquête', 'le '],
    ['fr', 'le ', 'Pahonia', 'le '],
    ['es', 'El ', 'Comisión Electoral Central', 'La '],
    ['es', 'del ', 'Tropas Internas', 'de las '],
    ['es', 'al ', 'Plaza de los Cambios', 'a la '],
    ['es', 'un ', 'huelga general', 'una '],
    ['es', 'el ', 'Decreto n.º 3', 'el '],
    ['es', 'la ', 'Decreto n.º 3', 'el '],
    ['es', 'el ', 'KGB', 'el '],
    ['es', 'el ', 'Mikola Statkévich', 'el '],
    ['es', 'el ', 'agua', 'el '],
    ['es', 'y ', 'Iósif', 'e '],
    ['es', 'y ', 'hierro', 'y '],
    ['es', 'o ', 'OMON', 'u '],
    ['pt', 'do ', 'Câmara dos Representantes', 'da '],
    ['pt', 'no ', 'Praça das Mudanças', 'na '],
    ['pt', 'pelo ', 'Tropas Internas', 'pelas '],
    ['pt', 'a ', 'Decreto n.º 3', 'a '],
    ['pt', 'um ', 'operação-padrão', 'uma '],
    ['en', 'a ', 'avtozak', 'an '],
    ['en', 'a ', 'European', 'a '],
    ['de', 'der ', 'OMON', 'der '],
    ['ru', 'в ', 'ОМОН', 'в '],
  ])('%s: “%s” before %s is “%s”', (language, before, term, after) => {
    expect(joinOne(before, term, language)).toBe(after)
    expect(joinOne(`Ayer, ${before}`, term, language)).toBe(`Ayer, ${after}`)
  })

  it('looks through codes, and never into a longer word', () => {
    expect(joinOne('Ici, le \ue000', 'OMON', 'fr')).toBe("Ici, l'\ue000")
    expect(joinOne('el \ue000\ue001', 'Comisión Electoral Central', 'es')).toBe('la \ue000\ue001')
    expect(joinOne('papel ', 'Comisión Electoral Central', 'es')).toBe('papel ')
    expect(joinOne('Kiel ', 'Comisión Electoral Central', 'es')).toBe('Kiel ')
  })

  it('changes at most the word before the term, and is done after once', () => {
    const before = fc.string({ maxLength: 60 })
    const terms = fc.constantFrom(
      'OMON',
      'Comisión Electoral',
      'plaza de la Unidad',
      'Tropas Internas',
      'x',
      '',
    )
    fc.assert(
      fc.property(
        before,
        terms,
        fc.constantFrom('fr', 'es', 'pt', 'en', 'de', 'ru'),
        (text, term, language) => {
          const once = joinOne(text, term, language)
          expect(joinOne(once, term, language)).toBe(once)
          expect(once.startsWith(text.slice(0, Math.max(0, text.length - 8)))).toBe(true)
          if (language === 'de' || language === 'ru') expect(once).toBe(text)
        },
      ),
    )
  })

  it('takes no longer for a long text', () => {
    const started = ownTime()
    for (const piece of ['l ', 'le ', "l'", ' ', 'a']) joinOne(piece.repeat(100_000), 'OMON', 'fr')
    expect(ownTime() - started).toBeLessThan(2_000)
  })
})

describe('joinTerms', () => {
  it('sets every place right, and leaves what the sentence has inflected', () => {
    const text = 'El Comisión Electoral y el OMON o OMON del tropas internas.'
    const place = (term: string, from = 0) => {
      const start = text.toLowerCase().indexOf(term.toLowerCase(), from)
      return { start, end: start + term.length, term }
    }
    const places = [place('Comisión Electoral'), place('OMON'), place('OMON', 32), place('tropas internas')]
    expect(joinTerms(text, places, 'es')).toEqual({
      text: 'La Comisión Electoral y el OMON u OMON de las tropas internas.',
      joined: 3,
    })
    const inflected = [{ start: 3, end: 21, term: 'Comité' }]
    expect(joinTerms(text, inflected, 'es')).toEqual({ text, joined: 0 })
  })
})

describe('lowerAfterFirst', () => {
  it.each([
    ['OMON Cerró el centro', '_T1_ closed the centre', 'es', 'OMON cerró el centro'],
    ['OMON Minsk cerró', '_T1_ Minsk closed', 'es', 'OMON Minsk cerró'],
    ['OMON Bread cerró', '_T1_ and Bread closed', 'es', 'OMON Bread cerró'],
    ['OMON Truppen kamen', '_T1_ troops came', 'de', 'OMON Truppen kamen'],
    ['OMON KGB', '_T1_ and more', 'es', 'OMON KGB'],
  ])('makes of “%s” for “%s” in %s “%s”', (text, source, language, after) => {
    expect(lowerAfterFirst(text, 4, source, language)).toBe(after)
  })
})

describe('nounFeatures', () => {
  it.each([
    ['Decreto n.º 3', 'es', { gender: 'm', plural: false }],
    ['unidades básicas', 'es', { gender: 'f', plural: true }],
    ['balas de goma', 'es', { gender: 'f', plural: true }],
    ['BMZ', 'es', undefined],
    ['Babariko', 'es', undefined],
    ['Nina Bahinskaya', 'es', undefined],
    ['problema', 'es', undefined],
    ['Congrès bélarusse', 'fr', { gender: 'm', plural: false }],
    ['syndicats', 'fr', { gender: 'm', plural: true }],
    ['', 'fr', undefined],
    ['Kommission', 'de', undefined],
  ])('says of %s (%s) %o', (term, language, features) => {
    expect(nounFeatures(term, language)).toEqual(features)
  })
})

describe('pluralOf', () => {
  it.each([
    ['unidad básica', 'es', 'unidades básicas'],
    ['bala de goma', 'es', 'balas de goma'],
    ['preso político', 'es', 'presos políticos'],
    ['furgón policial', 'es', 'furgones policiales'],
    ['bandera blanca, roja y blanca', 'es', 'banderas blancas, rojas y blancas'],
    ['comité de huelga', 'es', 'comités de huelga'],
    ['KGB', 'es', undefined],
    ['joven', 'es', undefined],
    ['unidade básica', 'pt', 'unidades básicas'],
    ['camburão', 'pt', undefined],
    ['prisão', 'pt', undefined],
    ['comissão', 'pt', 'comissões'],
    ['sindicato', 'pt', 'sindicatos'],
    ['drapeau blanc-rouge-blanc', 'fr', 'drapeaux blanc-rouge-blanc'],
    ['unité de base', 'fr', 'unités de base'],
    ['fourgon cellulaire', 'fr', 'fourgons cellulaires'],
    ['grève générale', 'fr', 'grèves générales'],
    ['journal', 'fr', 'journaux'],
    ['base unit', 'en', 'base units'],
    ['Sitz', 'de', undefined],
  ])('of %s in %s is %s', (term, language, plural) => {
    expect(pluralOf(term, language)).toBe(plural)
  })

  it('is asked for only where the source has one', () => {
    expect(isPlural('base units', 'base unit', 'en')).toBe(true)
    expect(isPlural('chains of solidarity', 'chain of solidarity', 'en')).toBe(true)
    expect(isPlural('OMON’s', 'OMON', 'en')).toBe(false)
    expect(isPlural('Base unit', 'base unit', 'en')).toBe(false)
    expect(isPlural('Internal Troops', 'Internal Troops', 'en')).toBe(false)
    expect(isPlural('Streiks', 'Streik', 'de')).toBe(false)
  })
})
