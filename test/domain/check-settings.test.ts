import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CATALOGUE, factsOf } from '../../src/domain/check/catalogue.ts'
import { checkDocument } from '../../src/domain/check/check-document.ts'
import type { CheckFacts } from '../../src/domain/check/check-facts.ts'
import { checkTarget } from '../../src/domain/check/check-target.ts'
import { byLocale, CheckSettings, joinSettings } from '../../src/domain/check/settings.ts'
import { ownTime } from '../support/own-time.ts'

function say(source: string, target: string, to: string, settings: CheckSettings) {
  return checkTarget({ source, sourceCodes: [], target, sourceLocale: 'en', targetLocale: to, settings }).map(
    ({ check, severity }) => `${check}:${severity}`,
  )
}

describe('settings of the checks', () => {
  it('change a severity, or silence a check, for all locales, a language or one locale', () => {
    const target = 'Die Arbeiter  gingen.'
    const run = (levels: CheckSettings['levels']) => say('The workers left.', target, 'de-AT', { levels })
    expect(run(undefined)).toEqual(['double-space:warning'])
    expect(run({ 'double-space': 'error' })).toEqual(['double-space:error'])
    expect(run({ 'double-space': 'off' })).toEqual([])
    expect(run({ 'double-space': { de: 'info', 'de-AT': 'error' } })).toEqual(['double-space:error'])
    expect(run({ 'double-space': { de: 'info' } })).toEqual(['double-space:info'])
    expect(run({ 'double-space': { fr: 'info' } })).toEqual(['double-space:warning'])
    expect(run({ 'double-space': { fr: 'off', '*': 'info' } })).toEqual(['double-space:info'])
  })

  it('cannot weaken what guards the document and its terms', () => {
    const settings: CheckSettings = { levels: { empty: 'off', 'engine-leftover': 'info' } }
    expect(say('Hello there.', ' ', 'de', settings)).toEqual(['empty:error'])
    expect(say('The men left.', 'Die ⟦1⟧ gingen.', 'de', settings)).toEqual(['engine-leftover:error'])
  })

  it('forbid words and phrases, whole and in any case, in some locales', () => {
    const settings: CheckSettings = {
      forbiddenWords: [
        { word: 'Bürgerkrieg' },
        { word: 'so genannte', instead: 'sogenannte', locales: ['de'] },
        { word: '战争', locales: ['zh'] },
      ],
    }
    expect(say('A civil war.', 'Ein bürgerkrieg.', 'de', settings)).toEqual(['forbidden-word:error'])
    expect(say('Civil war fears.', 'Bürgerkriegsängste.', 'de', settings)).toEqual([])
    expect(say('War is war here.', '这里是战争。', 'zh', settings)).toEqual(['forbidden-word:error'])
    expect(say('War is war here.', 'Esto es la guerra.', 'es', settings)).toEqual([])
    expect(say('The vote was this.', 'Le vote so genannte.', 'fr', settings)).toEqual([])
    const [finding] = checkTarget({
      source: 'The so-called vote.',
      sourceCodes: [],
      target: 'Die so genannte Wahl.',
      sourceLocale: 'en',
      targetLocale: 'de-AT',
      settings,
    })
    expect(finding).toMatchObject({ start: 4, end: 15, fix: { start: 4, end: 15, text: 'sogenannte' } })
  })

  it('limit the length in characters, not counting codes', () => {
    const settings: CheckSettings = { maxLength: 4 }
    expect(say('a b', '\ue000👍👍👍👍\ue001', 'de', settings)).not.toContain('too-long:error')
    expect(say('a b', '👍👍👍👍👍', 'de', settings)).toContain('too-long:error')
  })

  it('of a newsroom, a glossary and a document are joined, the last word wins', () => {
    const joined = joinSettings(
      { levels: { dash: 'off', quotes: 'info' }, forbiddenWords: [{ word: 'a' }], maxLength: 90 },
      undefined,
      { levels: { quotes: 'error' }, forbiddenWords: [{ word: 'b' }] },
    )
    expect(joined).toEqual({
      levels: { dash: 'off', quotes: 'error' },
      forbiddenWords: [{ word: 'a' }, { word: 'b' }],
      maxLength: 90,
    })
  })

  it('refuse names and levels that do not exist', () => {
    expect(CheckSettings.safeParse({ levels: { 'no-such-check': 'off' } }).success).toBe(false)
    expect(CheckSettings.safeParse({ levels: { dash: 'loud' } }).success).toBe(false)
    expect(CheckSettings.safeParse({ severity: {} }).success).toBe(false)
    expect(CheckSettings.safeParse({ levels: { dash: { de: 'off', '*': 'info' } } }).success).toBe(true)
  })
})

describe('the checks of a whole document', () => {
  const run = (rows: readonly (readonly [string, string | null])[], to = 'de') => {
    const found = checkDocument(
      rows.map(([source, target], at) => ({ id: `s${at + 1}`, source, target })),
      to,
    )
    return [...found].flatMap(([id, findings]) =>
      findings.map(({ check, severity }) => `${id} ${check}:${severity}`),
    )
  }

  it('finds what is not translated, but no numbers and signs', () => {
    expect(
      run([
        ['Hello', null],
        ['42', null],
        ['Bye', 'Tschüss'],
      ]),
    ).toEqual(['s1 untranslated:info'])
  })

  it('finds one sentence translated in two ways, and is softer on single words', () => {
    const long = 'The workers went home.'
    expect(
      run([
        [long, 'Die Arbeiter gingen heim.'],
        ['x', 'y'],
        [long, 'Die Arbeiter gingen nach Hause.'],
      ]),
    ).toEqual(['s1 inconsistent-target:warning', 's3 inconsistent-target:warning'])
    expect(
      run([
        ['Open', 'Offen'],
        ['Open', 'Öffnen'],
      ]),
    ).toEqual(['s1 inconsistent-target:info', 's2 inconsistent-target:info'])
    expect(
      run([
        [long, 'Die Arbeiter gingen heim.'],
        [long.slice(0, -1), 'die  Arbeiter gingen heim'],
      ]),
    ).toEqual([])
  })

  it('finds one translation of two different sentences, and lets near ones be', () => {
    expect(
      run([
        ['The police came at night.', 'Die Polizei kam in der Nacht.'],
        ['Nobody was hurt.', 'Die Polizei kam in der Nacht.'],
      ]),
    ).toEqual(['s1 inconsistent-source:warning', 's2 inconsistent-source:warning'])
    expect(
      run(
        [
          ['The police came at night.', 'Полиция пришла ночью.'],
          ['Police came at night.', 'Полиция пришла ночью.'],
        ],
        'ru',
      ),
    ).toEqual(['s1 inconsistent-source:info', 's2 inconsistent-source:info'])
  })

  it('finds a name that is spelt otherwise once, and no case endings', () => {
    const rows = [
      ['a', 'Dann kam Lukaschenko.'],
      ['b', 'Wieder sprach Lukaschenko.'],
      ['c', 'Später ging Lukaschanko.'],
      ['d', 'Zuletzt rief Lukaschennko.'],
    ] as const
    expect(run(rows)).toEqual(['s3 name-inconsistent:info', 's4 name-inconsistent:info'])
    expect(
      run(
        [
          ['a', 'Потом пришёл Лукашенко.'],
          ['b', 'Его звал Лукашенко.'],
          ['c', 'Мы видели Колесникову и позже Колесникова.'],
          ['d', 'Тогда Колесникова ушла.'],
        ],
        'ru',
      ),
    ).toEqual([])
  })

  it('takes linear time for 20,000 segments', () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => ({
      id: `s${at}`,
      source: at % 2 === 0 ? 'The same source sentence here.' : `Sentence ${at} of many.`,
      target: at % 3 === 0 ? 'Das sagte Lukaschenko damals noch.' : `Satz ${at} von vielen Sätzen.`,
    }))
    const began = ownTime()
    checkDocument(rows, 'de')
    expect(ownTime() - began).toBeLessThan(3_000)
  })
})

describe('docs/checks.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/checks.md'), 'utf8')

  it.each(Object.keys(CATALOGUE))('has the row of %s as the catalogue has it', (id) => {
    const facts = factsOf(id)
    expect(facts).toBeDefined()
    if (facts !== undefined) expect(page).toContain(`| \`${id}\` | ${facts.title} | ${severities(facts)} |`)
  })

  it('has no row of a check that does not exist', () => {
    const rows = [...page.matchAll(/^\| `([a-z-]+)` \| [^|]+ \| (?:error|warning|info|off)/gm)].map(
      ([, id]) => id,
    )
    expect(rows.filter((id) => id === undefined || factsOf(id) === undefined)).toEqual([])
    expect(new Set(rows).size).toBe(rows.length)
  })

  function severities({ severity, locales = {}, fixed }: CheckFacts): string {
    const levels = Object.entries(locales).map(([locale, level]) => `${locale}: ${level}`)
    return `${severity}${fixed === true ? ' (fixed)' : ''}${levels.length === 0 ? '' : `; ${levels.join(', ')}`}`
  }
})

describe('byLocale', () => {
  it('prefers the locale to its language to all others', () => {
    expect(byLocale({ 'pt-BR': 1, pt: 2, '*': 3 }, 'pt-BR')).toBe(1)
    expect(byLocale({ 'pt-BR': 1, pt: 2, '*': 3 }, 'pt-PT')).toBe(2)
    expect(byLocale({ 'pt-BR': 1, pt: 2, '*': 3 }, 'de')).toBe(3)
    expect(byLocale({ 'pt-BR': 1 }, 'de')).toBeUndefined()
  })
})
