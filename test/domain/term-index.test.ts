import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeCharacter } from '../../src/domain/document.ts'
import type { Concept, Glossary, Term } from '../../src/domain/term.ts'
import { buildTermIndex, findOccurrences, type TermIndex } from '../../src/domain/term-index.ts'

function term(text: string, more: Partial<Term> = {}): Term {
  return {
    locale: 'en',
    text,
    status: 'preferred',
    caseMode: 'insensitive',
    inflecting: false,
    forms: [],
    ...more,
  }
}

function concept(id: string, ...terms: readonly Term[]): Concept {
  return { id, subject: '', definition: '', source: '', enforcement: 'hard', terms }
}

function base(...concepts: readonly Concept[]): readonly Glossary[] {
  return [{ name: 'test', version: '', concepts }]
}

/** What is found, as `id:text`. */
function find(glossaries: readonly Glossary[], text: string, locale = 'en'): readonly string[] {
  return findOccurrences(buildTermIndex(glossaries, locale), text).map(
    ({ conceptId, start, end }) => `${conceptId}:${text.slice(start, end)}`,
  )
}

const omon = concept('omon', term('OMON', { caseMode: 'sensitive' }))
const decree = concept('decree', term('Decree No. 3', { caseMode: 'sensitive' }))

describe('term index', () => {
  it('takes the longest match and does not overlap', () => {
    const glossaries = base(
      concept('kgb', term('KGB')),
      concept('kgb-by', term('KGB of Belarus')),
      concept('by', term('Belarus')),
    )
    expect(find(glossaries, 'The KGB of Belarus left Belarus to the KGB.')).toEqual([
      'kgb-by:KGB of Belarus',
      'by:Belarus',
      'kgb:KGB',
    ])
  })

  it('prefers the longer of two that overlap, wherever it starts', () => {
    const glossaries = base(
      concept('a', term('state security')),
      concept('b', term('Security Council of Belarus')),
    )
    expect(find(glossaries, 'the state Security Council of Belarus')).toEqual([
      'b:Security Council of Belarus',
    ])
  })

  it('keeps capitals apart where the term says so', () => {
    expect(find(base(omon), 'OMON is not omon and not Omon.')).toEqual(['omon:OMON'])
    const initial = concept('i', term('coordination Council', { caseMode: 'initial' }))
    expect(find(base(initial), 'Coordination Council, coordination Council, coordination council')).toEqual([
      'i:Coordination Council',
      'i:coordination Council',
    ])
    expect(find(base(concept('r', term('riot police'))), 'Riot Police')).toEqual(['r:Riot Police'])
  })

  it('knows where words end', () => {
    expect(find(base(omon), 'OMON(2), “OMON”, OMON¹, OMONist, XOMON, OMON2')).toEqual([
      'omon:OMON',
      'omon:OMON',
      'omon:OMON',
    ])
    expect(find(base(concept('can', term('can'))), "We can't, we can.")).toEqual(['can:can'])
  })

  it('finds possessives and plurals in English', () => {
    expect(find(base(omon), "OMON’s men, OMON's, two OMONs")).toEqual([
      'omon:OMON',
      'omon:OMON',
      'omon:OMONs',
    ])
    const committee = concept('c', term('strike committee', { inflecting: true }))
    expect(find(base(committee), 'Strike committees')).toEqual(['c:Strike committees'])
  })

  it.each([
    'Decree No. 3',
    'Decree\u00a0No.\u202f3',
    'Decree No.3',
    'Decree\nNo. 3',
    'Decree No 3',
    'Decree\u00adNo. 3'.replace('\u00ad', ' \u00ad'),
  ])('reads %j as the same term', (text) => {
    expect(find(base(decree), `Under ${text} they paid.`)).toEqual([`decree:${text}`])
  })

  it('reads typographic hyphens and apostrophes as the plain ones', () => {
    const glossaries = base(
      concept('f', term('white-red-white flag')),
      concept('p', term("people's militia")),
    )
    expect(find(glossaries, 'white‑red‐white flag, People’s militia')).toEqual([
      'f:white‑red‐white flag',
      'p:People’s militia',
    ])
  })

  it('reads through inline codes, and reads a code between two terms as a break', () => {
    const [b, end, br] = [codeCharacter(0), codeCharacter(1), codeCharacter(2)]
    expect(find(base(omon), `${b}OM${end}ON came`)).toEqual([`omon:OM${end}ON`])
    expect(find(base(decree), `Decree ${b}No.${end} 3`)).toEqual([`decree:Decree ${b}No.${end} 3`])
    expect(find(base(omon, decree), `OMON${br}Decree No. 3`)).toEqual(['omon:OMON', 'decree:Decree No. 3'])
    expect(find(base(omon), `${b}OMON${end}1${br}`)).toEqual(['omon:OMON'])
  })

  it('falls back from a narrow locale to a wide one and never the other way', () => {
    const glossaries = base(
      concept('b', term('ônibus', { locale: 'pt-BR' })),
      concept('a', term('greve', { locale: 'pt' })),
    )
    expect(find(glossaries, 'greve de ônibus', 'pt-BR')).toEqual(['a:greve', 'b:ônibus'])
    expect(find(glossaries, 'greve de ônibus', 'pt')).toEqual(['a:greve'])
    expect(find(glossaries, 'greve de ônibus', 'pt-PT')).toEqual(['a:greve'])
  })

  it('finds terms in scripts without spaces', () => {
    const glossaries = base(
      concept('omon', term('特警部队', { locale: 'zh' })),
      concept('ja', term('機動隊', { locale: 'ja' })),
      concept('th', term('ตำรวจ', { locale: 'th' })),
    )
    expect(find(glossaries, '明斯克的特警部队逮捕了', 'zh')).toEqual(['omon:特警部队'])
    expect(find(glossaries, '警察の機動隊がOMONと', 'ja')).toEqual(['ja:機動隊'])
    expect(find(glossaries, 'เจ้าหน้าที่ตำรวจจับ', 'th')).toEqual(['th:ตำรวจ'])
    expect(find(base(concept('o', term('OMON', { locale: 'zh' }))), '白俄罗斯OMON部队', 'zh')).toEqual([
      'o:OMON',
    ])
  })

  it('takes particles off in Korean, Hebrew, Arabic and Turkish', () => {
    expect(
      find(base(concept('k', term('오몬', { locale: 'ko', inflecting: true }))), '오몬은 왔다', 'ko'),
    ).toEqual(['k:오몬은'])
    expect(find(base(concept('h', term('מינסק', { locale: 'he' }))), 'הוא גר במינסק', 'he')).toEqual([
      'h:במינסק',
    ])
    expect(find(base(concept('a', term('مينسك', { locale: 'ar' }))), 'ومينسك وبمينسك', 'ar')).toEqual([
      'a:ومينسك',
      'a:وبمينسك',
    ])
    expect(find(base(concept('t', term('Lukaşenko', { locale: 'tr' }))), "Lukaşenko'nun", 'tr')).toEqual([
      't:Lukaşenko',
    ])
  })

  it('finds listed forms, forbidden terms, and the earlier concept where two claim a word', () => {
    const glossaries = base(
      concept('a', term('Militsiya', { forms: ['Militsia'] }), term('militia', { status: 'forbidden' })),
      concept('b', term('militia', { status: 'forbidden' })),
    )
    expect(find(glossaries, 'Militsia and militia')).toEqual(['a:Militsia', 'a:militia'])
    const { term: found } = findOccurrences(buildTermIndex(glossaries, 'en'), 'Militsia')[0] ?? {}
    expect(found?.text).toBe('Militsiya')
  })

  it('does not take a person for another one of the family', () => {
    const her = concept('her', term('Тихановская', { locale: 'ru', caseMode: 'sensitive', inflecting: true }))
    const him = concept('him', term('Тихановский', { locale: 'ru', caseMode: 'sensitive', inflecting: true }))
    expect(find(base(her, him), 'Тихановской, Тихановского, Тихановскую, с Тихановским', 'ru')).toEqual([
      'her:Тихановской',
      'him:Тихановского',
      'her:Тихановскую',
      'him:Тихановским',
    ])
  })

  it('ignores terms without words', () => {
    expect(
      find(base(concept('e', term('')), concept('s', term('  ')), concept('c', term('C++'))), 'C++ and C'),
    ).toEqual(['c:C++'])
  })
})

describe('term index, any text', () => {
  const word = fc.constantFrom(
    'OMON',
    'omon',
    'Decree',
    'No',
    '.',
    '3',
    'KGB',
    '’s',
    '-',
    'of',
    'Belarus',
    '特',
    '警',
    codeCharacter(0),
    codeCharacter(1),
    ' ',
    '\u00a0',
    '(',
    'ё',
    '\u0301',
    '👍',
  )
  const text = fc.array(word, { maxLength: 40 }).map((parts) => parts.join(''))
  const spelling = fc.array(word, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''))
  const concepts = fc.array(
    fc.record({
      spelling,
      inflecting: fc.boolean(),
      caseMode: fc.constantFrom('sensitive', 'insensitive', 'initial' as const),
    }),
    { maxLength: 8 },
  )

  it('never overlaps, ascends, and stays inside the text', () => {
    fc.assert(
      fc.property(concepts, text, (specs, searched) => {
        const glossaries = base(
          ...specs.map(({ spelling: words, inflecting, caseMode }, index) =>
            concept(`c${index}`, term(words, { inflecting, caseMode })),
          ),
        )
        let end = 0
        for (const occurrence of findOccurrences(buildTermIndex(glossaries, 'en'), searched)) {
          expect(occurrence.start).toBeGreaterThanOrEqual(end)
          expect(occurrence.end).toBeGreaterThan(occurrence.start)
          end = occurrence.end
        }
        expect(end).toBeLessThanOrEqual(searched.length)
      }),
      { numRuns: 300 },
    )
  })

  it('finds a term in itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), (spelling) => {
        fc.pre(/^[\p{L}\p{N}]+$/u.test(spelling) && !/[\ue000-\uf8ff]/.test(spelling))
        const found = findOccurrences(
          buildTermIndex(base(concept('x', term(spelling))), 'en'),
          ` ${spelling} `,
        )
        expect(found).toMatchObject([{ start: 1, end: 1 + spelling.length }])
      }),
    )
  })
})

/** Milliseconds of processor time, which other programs on the machine do not lengthen. */
function timeOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

describe('term index, size', () => {
  const many: Concept[] = []
  for (let index = 0; index < 70_000; index++) {
    many.push(
      concept(
        `c${index}`,
        term(`state ${(index * 7919).toString(36)} committee`, { inflecting: index % 2 === 0 }),
      ),
    )
  }

  it('loads 70,000 terms in about a second and searches as fast as with few', () => {
    const built: TermIndex[] = []
    const loading = timeOf(() => built.push(buildTermIndex(base(...many), 'en')))
    const [index = buildTermIndex([], 'en')] = built
    const searching = timeOf(() => {
      for (let round = 0; round < 300; round++) {
        findOccurrences(
          index,
          'The state committee of Belarus told state zz committee and state officials in Minsk that it would not.',
        )
      }
    })
    console.info(`70,000 terms: load ${Math.round(loading)} ms, ${(searching / 300).toFixed(3)} ms a segment`)
    expect(loading).toBeLessThan(3_000)
    expect(searching / 300).toBeLessThan(1)
  })

  it.each([
    ['one word', 'a'.repeat(100_000)],
    ['the beginning of a term over and over', 'state '.repeat(16_000)],
    ['codes', '\ue000'.repeat(100_000)],
    ['apostrophes', "'".repeat(100_000)],
    ['hyphens', 'a-'.repeat(50_000)],
    ['marks', '\u0301'.repeat(100_000)],
    ['Han', '特'.repeat(100_000)],
  ])('takes 100,000 characters of %s', (_, text) => {
    const glossaries = base(
      concept('s', term('state state state state state x')),
      concept('a', term('a a a a', { inflecting: true })),
      concept('h', term('特特特')),
      ...many.slice(0, 1000),
    )
    const index = buildTermIndex(glossaries, 'en')
    expect(timeOf(() => findOccurrences(index, text))).toBeLessThan(2_000)
  })

  it('takes German text that is all compounds', () => {
    const parts = Array.from({ length: 60 }, (_, index) =>
      concept(
        `p${index}`,
        term(`M${'iliz'.repeat(1 + (index % 9))}${'a'.repeat(index % 7)}`, {
          locale: 'de',
          inflecting: true,
        }),
      ),
    )
    const index = buildTermIndex(base(...parts), 'de')
    expect(timeOf(() => findOccurrences(index, 'Milizbeamtenversammlung '.repeat(4_000)))).toBeLessThan(2_000)
  })
})
