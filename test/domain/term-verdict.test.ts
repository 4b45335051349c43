import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeCharacter } from '../../src/domain/document.ts'
import type { Concept, Glossary, Term, Verdict } from '../../src/domain/term.ts'
import { buildTermIndex, findOccurrences } from '../../src/domain/term-index.ts'
import { blocksApproval, judgeTerms, type Waiver } from '../../src/domain/term-verdict.ts'

function term(locale: string, text: string, more: Partial<Term> = {}): Term {
  return { locale, text, status: 'preferred', caseMode: 'insensitive', inflecting: true, forms: [], ...more }
}

function concept(id: string, terms: readonly Term[], more: Partial<Concept> = {}): Concept {
  return { id, subject: '', definition: '', source: '', enforcement: 'hard', terms, ...more }
}

function base(...concepts: readonly Concept[]): readonly Glossary[] {
  return [{ name: 'test', version: '', concepts }]
}

function judge(
  glossaries: readonly Glossary[],
  source: string,
  target: string,
  more: { readonly locale?: string; readonly waivers?: readonly Waiver[]; readonly indexed?: boolean } = {},
): readonly Verdict[] {
  const targetLocale = more.locale ?? 'de'
  return judgeTerms({
    source,
    target,
    occurrences: findOccurrences(buildTermIndex(glossaries, 'en'), source),
    glossaries,
    sourceLocale: 'en',
    targetLocale,
    ...(more.waivers === undefined ? {} : { waivers: more.waivers }),
    ...(more.indexed === true ? { targetIndex: buildTermIndex(glossaries, targetLocale) } : {}),
  })
}

const short = (verdicts: readonly Verdict[]) =>
  verdicts.map(({ conceptId, status }) => `${conceptId}:${status}`)

const militsiya = concept('militsiya', [
  term('en', 'Militsiya'),
  term('de', 'Miliz'),
  term('de', 'Ordnungshüter', { status: 'admitted' }),
  term('de', 'Polizei', { status: 'forbidden' }),
])
const kgb = concept('kgb', [term('en', 'KGB of Belarus'), term('de', 'KGB von Belarus')])
const belarus = concept('belarus', [
  term('en', 'Belarus'),
  term('de', 'Belarus'),
  term('de', 'Weißrussland', { status: 'forbidden' }),
])

describe('term verdicts', () => {
  it('says where the right term stands on both sides', () => {
    const target = `Die ${codeCharacter(0)}Miliz${codeCharacter(1)} kam.`
    const [verdict] = judge(base(militsiya), 'The Militsiya came.', target)
    expect(verdict).toEqual({
      conceptId: 'militsiya',
      status: 'ok',
      hard: true,
      sourceStart: 4,
      sourceEnd: 13,
      targetStart: 5,
      targetEnd: 10,
      expected: ['Miliz', 'Ordnungshüter'],
    })
  })

  it('tells ok, variant, forbidden and missing apart', () => {
    const say = (target: string) => short(judge(base(militsiya), 'The Militsiya came.', target))
    expect(say('Die Miliz kam.')).toEqual(['militsiya:ok'])
    expect(say('Die Ordnungshüter kamen.')).toEqual(['militsiya:variant'])
    expect(say('Die Polizei kam.')).toEqual(['militsiya:forbidden'])
    expect(say('Sie kamen.')).toEqual(['militsiya:missing'])
    expect(say('')).toEqual(['militsiya:missing'])
  })

  it('prefers the right term to a forbidden one beside it', () => {
    expect(short(judge(base(militsiya), 'Militsiya and police', 'Polizei und Miliz'))).toEqual([
      'militsiya:ok',
    ])
  })

  it('counts: two in the source need two in the target, and the nearest has it', () => {
    const source = 'Militsiya came and, after a very long silence in the yard, Militsiya left.'
    expect(short(judge(base(militsiya), source, 'Miliz kam, Miliz ging.'))).toEqual([
      'militsiya:ok',
      'militsiya:ok',
    ])
    expect(short(judge(base(militsiya), source, 'Nach langer Stille im Hof ging dann die Miliz.'))).toEqual([
      'militsiya:missing',
      'militsiya:ok',
    ])
    expect(
      short(judge(base(militsiya), source, 'Die Miliz kam und ging nach sehr langer Stille im Hof.')),
    ).toEqual(['militsiya:ok', 'militsiya:missing'])
  })

  it('counts a word only once, for the longer term that contains it', () => {
    const source = 'The KGB of Belarus said Belarus was calm.'
    expect(
      short(judge(base(kgb, belarus), source, 'Der KGB von Belarus sagte, in Weißrussland sei es ruhig.')),
    ).toEqual(['kgb:ok', 'belarus:forbidden'])
    expect(short(judge(base(kgb, belarus), source, 'Der KGB von Belarus sagte, es sei ruhig.'))).toEqual([
      'kgb:ok',
      'belarus:missing',
    ])
  })

  it('gives a word that two concepts share to the one that needs it', () => {
    const other = concept('force', [term('en', 'force'), term('de', 'Miliz'), term('de', 'Truppe')])
    expect(short(judge(base(militsiya, other), 'Militsiya and force', 'Miliz und Miliz'))).toEqual([
      'militsiya:ok',
      'force:ok',
    ])
    expect(short(judge(base(militsiya, other), 'Militsiya and force', 'Miliz und Truppe'))).toEqual([
      'militsiya:ok',
      'force:ok',
    ])
  })

  it('takes the term of any concept that the source word may mean', () => {
    const long = concept('commission', [
      term('en', 'Central Election Commission'),
      term('en', 'CEC', { status: 'admitted' }),
      term('de', 'Zentrale Wahlkommission'),
      term('de', 'Wahlamt', { status: 'forbidden' }),
    ])
    const brief = concept('cec', [
      term('en', 'CEC'),
      term('de', 'ZWK'),
      term('de', 'ZIK', { status: 'forbidden' }),
    ])
    const say = (source: string, target: string) => short(judge(base(long, brief), source, target))
    expect(say('The CEC said', 'Die ZWK sagte')).toEqual(['cec:ok'])
    expect(say('The CEC said', 'Die Zentrale Wahlkommission sagte')).toEqual(['cec:ok'])
    expect(say('The CEC said', 'Die ZIK sagte')).toEqual(['cec:forbidden'])
    expect(say('The CEC said', 'Das Wahlamt sagte')).toEqual(['cec:missing'])
    expect(say('The Central Election Commission (CEC) said', 'Die Zentrale Wahlkommission sagte')).toEqual([
      'commission:ok',
      'cec:missing',
    ])
    expect(say('The CEC and the CEC', 'Die ZWK und die Zentrale Wahlkommission')).toEqual([
      'cec:ok',
      'cec:ok',
    ])
  })

  it('says nothing of a concept without a term in the target locale', () => {
    expect(
      judge(base(concept('x', [term('en', 'sauna'), term('fr', 'sauna')])), 'a sauna', 'eine Sauna'),
    ).toEqual([])
  })

  it('takes the term of the wider locale only where the narrower has none', () => {
    const bus = concept('bus', [term('en', 'bus'), term('pt', 'autocarro'), term('pt-BR', 'ônibus')])
    const union = concept('union', [term('en', 'union'), term('pt', 'sindicato')])
    const say = (locale: string, target: string) =>
      short(judge(base(bus, union), 'The union bus', target, { locale, indexed: true }))
    expect(say('pt-BR', 'O ônibus do sindicato')).toEqual(['union:ok', 'bus:ok'])
    expect(say('pt-BR', 'O autocarro do sindicato')).toEqual(['union:ok', 'bus:missing'])
    expect(say('pt-PT', 'O autocarro do sindicato')).toEqual(['union:ok', 'bus:ok'])
    expect(say('pt', 'O ônibus do sindicato')).toEqual(['union:ok', 'bus:missing'])
  })

  it('waives what is wrong, with reason and name, and leaves what is right alone', () => {
    const waivers = [{ conceptId: 'militsiya', reason: 'a quotation', by: 'Ada' }]
    expect(judge(base(militsiya), 'Militsiya', 'Polizei', { waivers })).toMatchObject([
      { status: 'waived', reason: 'a quotation', waivedBy: 'Ada' },
    ])
    expect(short(judge(base(militsiya), 'Militsiya', 'Miliz', { waivers }))).toEqual(['militsiya:ok'])
    expect(short(judge(base(militsiya), 'Militsiya', 'Ordnungshüter', { waivers }))).toEqual([
      'militsiya:variant',
    ])
  })

  it('is content with a concept that only forbids, unless the forbidden word stands there', () => {
    const only = concept('only', [
      term('en', 'special operation'),
      term('de', 'Spezialoperation', { status: 'forbidden' }),
    ])
    expect(short(judge(base(only), 'the special operation', 'der Krieg'))).toEqual(['only:ok'])
    expect(short(judge(base(only), 'the special operation', 'die Spezialoperation'))).toEqual([
      'only:forbidden',
    ])
  })

  it('keeps two glossaries apart that use one id', () => {
    const glossaries: readonly Glossary[] = [
      {
        name: 'a',
        version: '',
        concepts: [concept('c1', [term('en', 'union'), term('de', 'Gewerkschaft')])],
      },
      { name: 'b', version: '', concepts: [concept('c1', [term('en', 'strike'), term('de', 'Streik')])] },
    ]
    expect(short(judge(glossaries, 'a strike', 'ein Streik'))).toEqual(['c1:ok'])
  })

  it('blocks approval for hard terms that are missing or forbidden, and for nothing else', () => {
    const blocked = (target: string, enforcement: Concept['enforcement'] = 'hard') =>
      judge(base({ ...militsiya, enforcement }), 'Militsiya', target).map(blocksApproval)
    expect(blocked('Polizei')).toEqual([true])
    expect(blocked('Kräfte')).toEqual([true])
    expect(blocked('Ordnungshüter')).toEqual([false])
    expect(blocked('Miliz')).toEqual([false])
    expect(blocked('Polizei', 'advisory')).toEqual([false])
    const waivers = [{ conceptId: 'militsiya', reason: 'r', by: 'b' }]
    expect(judge(base(militsiya), 'Militsiya', 'Polizei', { waivers }).map(blocksApproval)).toEqual([false])
  })

  it('judges ten thousand occurrences in moderate time', () => {
    const before = process.cpuUsage()
    const verdicts = judge(base(militsiya), 'Militsiya '.repeat(10_000), 'Miliz '.repeat(9_000))
    expect(verdicts.filter(({ status }) => status === 'ok')).toHaveLength(9_000)
    expect((process.cpuUsage(before).user ?? 0) / 1000).toBeLessThan(3_000)
  })
})

describe('term verdicts, any text', () => {
  const words = fc.array(
    fc.constantFrom(
      'Militsiya',
      'KGB of Belarus',
      'Belarus',
      'Miliz',
      'Polizei',
      'KGB von Belarus',
      'Weißrussland',
      'sauna',
      'und',
      '.',
      codeCharacter(0),
    ),
    { maxLength: 30 },
  )
  const glossaries = base(militsiya, kgb, belarus, concept('x', [term('en', 'sauna')]))

  it('gives one verdict for each occurrence that has a target term, with positions in the text', () => {
    fc.assert(
      fc.property(words, words, fc.boolean(), (from, to, indexed) => {
        const [source, target] = [from.join(' '), to.join(' ')]
        const verdicts = judge(glossaries, source, target, { indexed })
        const occurrences = findOccurrences(buildTermIndex(glossaries, 'en'), source)
        expect(verdicts.map(({ conceptId, sourceStart }) => [conceptId, sourceStart])).toEqual(
          occurrences
            .filter(({ conceptId }) => conceptId !== 'x')
            .map(({ conceptId, start }) => [conceptId, start]),
        )
        const places = verdicts.flatMap(({ targetStart: start, targetEnd: end }) =>
          start === undefined || end === undefined ? [] : [{ start, end }],
        )
        for (const { start, end } of places) {
          expect(start).toBeGreaterThanOrEqual(0)
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(target.length)
        }
        const ascending = places.toSorted((a, b) => a.start - b.start)
        for (const [place, { start }] of ascending.entries()) {
          expect(start).toBeGreaterThanOrEqual(ascending[place - 1]?.end ?? 0)
        }
        for (const { status, targetStart } of verdicts)
          expect(targetStart === undefined).toBe(status === 'missing')
      }),
      { numRuns: 300 },
    )
  })

  it('says the same with a ready index as without one', () => {
    fc.assert(
      fc.property(words, words, (from, to) => {
        const [source, target] = [from.join(' '), to.join(' ')]
        expect(judge(glossaries, source, target, { indexed: true })).toEqual(
          judge(glossaries, source, target),
        )
      }),
      { numRuns: 200 },
    )
  })
})
