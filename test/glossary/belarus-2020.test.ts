import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Concept, Glossary, Term } from '../../src/domain/term.ts'
import { buildTermIndex, findOccurrences } from '../../src/domain/term-index.ts'
import { judgeTerms } from '../../src/domain/term-verdict.ts'
import { readTbx } from '../../src/exchange/tbx.ts'
import { FORBIDDEN_WORDS, GOOD_TRANSLATIONS } from './translations.ts'

const LOCALES = ['en', 'be', 'ru', 'de', 'es', 'fr', 'pt-BR', 'pt-PT'] as const
const CYRILLIC = new Set<string>(['be', 'ru'])
/** Plural adjective and people are one word in es and pt: `bielorrusos`. */
const SHARED_WITH_THE_ADJECTIVE = new Set(['belarusian', 'belarusians'])

const glossary = readGlossary()
const english = buildTermIndex([glossary], 'en')

describe('glossary/belarus-2020', () => {
  it('holds at least 60 concepts with unique ids', () => {
    const ids = glossary.concepts.map((concept) => concept.id)
    expect(ids.length).toBeGreaterThanOrEqual(60)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('says of every concept what it is, where it belongs and where that can be checked', () => {
    for (const { id, definition, subject, source } of glossary.concepts) {
      expect.soft(definition.length, `definition of ${id}`).toBeGreaterThan(20)
      expect.soft(subject.trim(), `subject of ${id}`).not.toBe('')
      expect.soft(source.trim(), `source of ${id}`).not.toBe('')
    }
  })

  it('prefers exactly one term for every concept in each of the eight locales', () => {
    for (const concept of glossary.concepts) {
      for (const locale of LOCALES) {
        const preferred = termsOf(concept, locale).filter((term) => term.status === 'preferred')
        expect.soft(preferred.length, `${concept.id} in ${locale}`).toBe(1)
      }
      const strange = concept.terms.filter((term) => !LOCALES.some((locale) => locale === term.locale))
      expect.soft(strange, concept.id).toEqual([])
    }
  })

  it('has hard and advisory concepts', () => {
    expect(glossary.concepts.filter((concept) => concept.enforcement === 'hard').length).toBeGreaterThan(40)
    expect(glossary.concepts.some((concept) => concept.enforcement === 'advisory')).toBe(true)
  })

  it.each(LOCALES)('never allows in %s what it forbids', (locale) => {
    const allowed = new Set<string>()
    const forbidden = new Set<string>()
    for (const term of glossary.concepts.flatMap((concept) => termsOf(concept, locale))) {
      for (const text of [term.text, ...term.forms]) {
        ;(term.status === 'forbidden' ? forbidden : allowed).add(text.toLowerCase())
      }
    }
    expect([...forbidden].filter((text) => allowed.has(text))).toEqual([])
  })

  it.each(LOCALES)('finds every preferred term of %s, and all its forms, as its own concept', (locale) => {
    const index = buildTermIndex([glossary], locale)
    for (const concept of glossary.concepts) {
      // In Belarusian and Russian the slogan and its translation are the same words.
      if (concept.id === 'long-live-belarus' && CYRILLIC.has(locale)) continue
      const { text, forms } = preferredTerm(concept, locale)
      for (const form of [text, ...forms]) {
        const found = findOccurrences(index, `– ${form}, –`).map(({ conceptId, start, end }) => [
          conceptId,
          start,
          end,
        ])
        if (SHARED_WITH_THE_ADJECTIVE.has(concept.id) && found[0]?.[0] !== concept.id) continue
        expect.soft(found, form).toEqual([[concept.id, 2, 2 + form.length]])
      }
    }
  })

  it('lists no form twice and none that is the term itself', () => {
    for (const { text, forms, locale } of glossary.concepts.flatMap((concept) => concept.terms)) {
      expect.soft(new Set([text, ...forms]).size, `${text} (${locale})`).toBe(forms.length + 1)
    }
  })

  it('keeps scripts and alphabets apart', () => {
    for (const { locale, text, forms } of glossary.concepts.flatMap((concept) => concept.terms)) {
      for (const word of [text, ...forms].flatMap((form) => form.split(/[\s-]/u))) {
        const mixed = /\p{Script=Cyrillic}/u.test(word) && /\p{Script=Latin}/u.test(word)
        expect.soft(mixed, `${word} (${locale}) mixes scripts`).toBe(false)
        if (!CYRILLIC.has(locale)) expect.soft(word, locale).not.toMatch(/\p{Script=Cyrillic}/u)
        if (locale === 'be') expect.soft(word, locale).not.toMatch(/[ищъ]/iu)
        if (locale === 'ru') expect.soft(word, locale).not.toMatch(/[іў]/iu)
      }
    }
  })

  it.each(namedConcepts())('has the concept %s', (id) => {
    expect(glossary.concepts.some((concept) => concept.id === id)).toBe(true)
  })

  it('writes Decree No. 3 as each language writes it, and never inflects it where it may be masked', () => {
    const decree = conceptById('decree-no-3')
    const preferred = Object.fromEntries(
      LOCALES.map((locale) => [locale, preferredTerm(decree, locale).text]),
    )
    expect(preferred).toEqual({
      en: 'Decree No. 3',
      be: 'Дэкрэт № 3',
      ru: 'Декрет № 3',
      de: 'Dekret Nr. 3',
      es: 'Decreto n.º 3',
      fr: 'décret nº 3',
      'pt-BR': 'Decreto n.º 3',
      'pt-PT': 'Decreto n.º 3',
    })
    for (const locale of ['en', 'de', 'es', 'fr', 'pt-BR', 'pt-PT']) {
      expect.soft(preferredTerm(decree, locale).inflecting, locale).toBe(false)
    }
    expect(textsOf(decree, 'fr', 'admitted')).toContain('décret n° 3')
  })

  it('keeps OMON as a name that may be masked in every language of Latin script', () => {
    for (const locale of LOCALES.filter((one) => !CYRILLIC.has(one))) {
      const term = preferredTerm(conceptById('omon'), locale)
      expect.soft(term, locale).toMatchObject({ text: 'OMON', inflecting: false, caseMode: 'sensitive' })
    }
  })

  it('masks no phrase of ordinary words that articles agree with', () => {
    expect(preferredTerm(conceptById('strike-committee'), 'es').inflecting).toBe(true)
    expect(preferredTerm(conceptById('coordination-council'), 'fr').inflecting).toBe(true)
    expect(preferredTerm(conceptById('mtz'), 'pt-PT').inflecting).toBe(true)
  })

  it('tells Brazil from Portugal where they differ', () => {
    expect(preferredTerm(conceptById('strike-committee'), 'pt-BR').text).toBe('comitê de greve')
    expect(preferredTerm(conceptById('strike-committee'), 'pt-PT').text).toBe('comité de greve')
    expect(textsOf(conceptById('italian-strike'), 'pt-BR', 'forbidden')).toContain('greve de zelo')
    expect(preferredTerm(conceptById('italian-strike'), 'pt-PT').text).toBe('greve de zelo')
  })

  it.each(GOOD_TRANSLATIONS)('is content with good $locale: $target', ({ source, locale, target, count }) => {
    const verdicts = judge(source, locale, target)
    expect(verdicts.length).toBe(count)
    expect(verdicts.filter((verdict) => verdict.status !== 'ok')).toEqual([])
  })

  it.each(FORBIDDEN_WORDS)('forbids $word in $locale', ({ source, locale, target, word, conceptId }) => {
    const verdict = judge(source, locale, target).find((one) => one.conceptId === conceptId)
    expect(verdict?.status).toBe('forbidden')
    expect(target.slice(verdict?.targetStart, verdict?.targetEnd)).toBe(word)
  })
})

function namedConcepts(): readonly string[] {
  return [
    ...['omon', 'militsiya', 'kgb-of-belarus', 'gubopik', 'siloviki', 'titushki', 'avtozak', 'okrestina'],
    ...['decree-no-3', 'parasite-decree', 'coordination-council', 'security-council'],
    ...['house-of-representatives', 'central-election-commission', 'investigative-committee'],
    ...['belaz', 'mtz', 'maz', 'belaruskali', 'grodno-azot', 'naftan', 'bmz', 'grodnokhimvolokno'],
    ...['integral', 'keramin', 'bitu', 'bkdp', 'fpb', 'rep-union', 'strike-committee'],
    ...['minsk', 'hrodna', 'homel', 'mahiliou', 'brest', 'vitsebsk', 'salihorsk', 'zhodzina', 'navapolatsk'],
    ...['babruisk', 'baranavichy', 'lukashenko', 'tsikhanouskaya', 'kalesnikava', 'tsapkala', 'babaryka'],
    ...['tsikhanouski', 'latushka', 'kavalkova', 'alexievich', 'dyleuski', 'karpenkov', 'yermoshina'],
    ...['taraikouski', 'bandarenka', 'white-red-white-flag', 'square-of-changes', 'general-strike'],
    ...['womens-march', 'nexta', 'national-strike', 'belarus', 'republic-of-belarus', 'belarusian'],
  ]
}

function readGlossary(): Glossary {
  const file = new URL('../../glossary/belarus-2020/belarus-2020.tbx', import.meta.url)
  return { name: 'belarus-2020', version: '', concepts: readTbx(readFileSync(file, 'utf8')) }
}

function conceptById(id: string): Concept {
  const concept = glossary.concepts.find((one) => one.id === id)
  if (concept === undefined) throw new Error(`no concept ${id}`)
  return concept
}

function termsOf(concept: Concept, locale: string): readonly Term[] {
  return concept.terms.filter((term) => term.locale === locale)
}

function textsOf(concept: Concept, locale: string, status: Term['status']): readonly string[] {
  return termsOf(concept, locale)
    .filter((term) => term.status === status)
    .map((term) => term.text)
}

function preferredTerm(concept: Concept, locale: string): Term {
  const term = termsOf(concept, locale).find((one) => one.status === 'preferred')
  if (term === undefined) throw new Error(`${concept.id} has no preferred term in ${locale}`)
  return term
}

function judge(source: string, targetLocale: string, target: string) {
  const occurrences = findOccurrences(english, source)
  const glossaries = [glossary]
  return judgeTerms({ source, target, occurrences, glossaries, sourceLocale: 'en', targetLocale })
}
