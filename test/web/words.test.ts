import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CATALOGUE } from '../../src/domain/check/catalogue.ts'
import { chooseLocale, INTERFACE_LOCALES, interfaceLocale, t, tn, tx } from '../../src/web/i18n.ts'
import {
  collectAll,
  collectSaid,
  collectWords,
  findForgotten,
  findUnsaid,
  parseModule,
  readDomain,
  readModules,
} from './collect-words.ts'

const LOCALES = INTERFACE_LOCALES.filter((locale) => locale !== 'en')
const modules = readModules()
const { words, unreadable } = collectAll()

const fileOf = (locale: string) =>
  readFileSync(resolve(import.meta.dirname, `../../src/web/locales/${locale}.json`), 'utf8')
const wordsIn = (locale: string) => new Map<string, unknown>(Object.entries(JSON.parse(fileOf(locale))))

const placeholders = (text: string) => [...text.matchAll(/\{\w{1,40}\}/g)].map(([whole]) => whole).sort()

/** What is wrong with the words for one key, in a line each. */
function wrongWith(key: string, given: unknown, locale: string): readonly string[] {
  const english = words.get(key)
  if (english === undefined) return [`${key}: no page says it any more`]
  if (typeof english === 'string') {
    if (typeof given !== 'string' || given.trim() === '') return [`${key}: no words`]
    const same = placeholders(given).join() === placeholders(english).join()
    return same ? [] : [`${key}: other placeholders in ${given}`]
  }
  if (typeof given !== 'object' || given === null) return [`${key}: plural forms are missing`]
  const forms = new Map<string, unknown>(Object.entries(given))
  const wanted = new Intl.PluralRules(locale).resolvedOptions().pluralCategories
  const wrong = [...new Set([...wanted, ...forms.keys()])]
    .filter((name) => !forms.has(name) || !wanted.some((category) => category === name))
    .map((name) => `${key}: the form “${name}”`)
  return [
    ...wrong,
    ...[...forms].flatMap(([name, form]) => {
      if (typeof form !== 'string' || form.trim() === '') return [`${key}: no words for “${name}”`]
      const like = placeholders(name === 'one' ? english.one : english.other)
      return placeholders(form).join() === like.join() ? [] : [`${key}: other placeholders in ${form}`]
    }),
  ]
}

describe('the words of the interface', () => {
  it('are literal, so that they can be collected', () => {
    expect(unreadable).toEqual([])
    expect(words.size).toBeGreaterThan(1000)
  })

  it.each(LOCALES)('are all there in %s, with their placeholders and plural forms', (locale) => {
    const given = wordsIn(locale)
    expect([...words.keys()].filter((key) => !given.has(key))).toEqual([])
    expect([...given].flatMap(([key, value]) => wrongWith(key, value, locale))).toEqual([])
  })

  it.each(LOCALES)('stand in the file of %s in the order of their keys', (locale) => {
    const keys = [...wordsIn(locale).keys()]
    expect(keys).toEqual([...keys].sort())
  })

  it('are none of them forgotten in a page', () => {
    expect(findForgotten(modules)).toEqual([])
  })
})

describe('the words of the domain', () => {
  const saidIn = (text: string) => collectSaid([parseModule('domain/check.ts', text)])

  it('are said with literals, in checks nothing else', () => {
    const checks = readDomain().filter(({ file }) => /^domain\/(?:check\/|merge-codes)/.test(file))
    expect(checks.length).toBeGreaterThan(40)
    expect(findUnsaid(checks)).toEqual([])
    expect(findUnsaid([parseModule('check.ts', "const a = [{ check: 'x', message: 'No.' }]")])).toEqual([
      'check.ts:1',
    ])
    expect(findUnsaid([parseModule('check.ts', "const a = [{ check: 'x', message }]")])).toHaveLength(1)
    expect(saidIn('const a = say(text)').unreadable).toEqual(['domain/check.ts:1'])
  })

  it('are the sentences of checks, and their names and meanings', () => {
    expect([...saidIn("const a = say('The {code} is missing.', { code })").words.keys()]).toEqual([
      'The {code} is missing.',
    ])
    for (const { title, explanation } of Object.values(CATALOGUE)) {
      expect(words.has(title), title).toBe(true)
      expect(words.has(explanation), explanation).toBe(true)
    }
  })
})

describe('the search for forgotten words', () => {
  const forgottenIn = (text: string) => findForgotten([parseModule('page.tsx', text)])

  it('finds text between tags, spoken attributes and sentences in braces', () => {
    expect(forgottenIn('const a = <p>Save all</p>')).toEqual(['page.tsx:1 Save all'])
    expect(forgottenIn('const a = <p title="Save all" />')).toEqual(['page.tsx:1 Save all'])
    expect(forgottenIn("const a = <p>{busy ? 'Saving it' : t('Save it')}</p>")).toEqual([
      'page.tsx:1 Saving it',
    ])
  })

  it('lets names, commands and translated words pass', () => {
    expect(forgottenIn("const a = <p class=\"Big one\" title={t('Save')}>{t('Save all')} ✕</p>")).toEqual([])
    expect(forgottenIn('const a = <p>Talmach</p>')).toEqual([])
    expect(forgottenIn('const a = <code>npx talmach start</code>')).toEqual([])
  })

  it('says where a key is not a literal', () => {
    expect(collectWords([parseModule('page.ts', 'const a = t(name)')]).unreadable).toEqual(['page.ts:1'])
  })
})

describe('a sentence', () => {
  it('is English as long as nothing else is loaded', () => {
    expect(interfaceLocale()).toBe('en')
    expect(t('Sent by {name}', { name: 'Ada' })).toBe('Sent by Ada')
  })

  it('keeps a placeholder for which there is no value', () => {
    expect(t('Sent by {name}')).toBe('Sent by {name}')
  })

  it('reads otherwise for one than for many, with a number as people write it', () => {
    expect([1, 2, 2000].map((count) => tn(count, '{count} day', '{count} days'))).toEqual([
      '1 day',
      '2 days',
      '2,000 days',
    ])
  })

  it('can hold elements, and nothing in their place', () => {
    expect(tx('by {name} in {place}', { name: 'Ada', place: null })).toEqual(['by ', 'Ada', ' in ', null, ''])
  })
})

describe('the language of the interface', () => {
  it.each([
    [null, ['fr-CA', 'en'], 'fr'],
    [null, ['pt'], 'pt-BR'],
    [null, ['pt-PT'], 'pt-PT'],
    [null, ['eu', 'es-ES'], 'es'],
    ['de', ['fr'], 'de'],
    ['xx', ['fr'], 'fr'],
    [null, [], 'en'],
  ])('is, for the choice %s and a browser that prefers %s, %s', (chosen, preferred, locale) => {
    expect(chooseLocale(chosen, preferred)).toBe(locale)
  })
})
