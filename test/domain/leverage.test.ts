import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InlineCode } from '../../src/domain/document.ts'
import { judgePairs, type MemoryPair, type Wanted } from '../../src/domain/leverage.ts'
import { adjustTarget } from '../../src/domain/leverage-adjust.ts'
import { diffSources } from '../../src/domain/leverage-diff.ts'
import { preparePattern } from '../../src/domain/leverage-distance.ts'
import { KEY_BITS, storedKeys, wantedKeys } from '../../src/domain/leverage-keys.ts'
import { similarity } from '../../src/domain/leverage-score.ts'
import { useMatches } from '../../src/domain/leverage-use.ts'
import { fillTemplate } from '../../src/domain/saying.ts'
import { ownTime } from '../support/own-time.ts'

const code = (kind: InlineCode['kind'], pair: number | null = null): InlineCode => {
  return { kind, pair, type: 'format', data: '', label: '', equiv: '' }
}
const BOLD = [code('open', 1), code('close', 0)]

let ids = 0
function pair(source: string, target: string, more: Partial<MemoryPair> = {}): MemoryPair {
  ids += 1
  return {
    ...{ id: `${ids}`, source, target, codes: [], by: 'Ada', memory: 'approved', memoryPenalty: 0 },
    ...{ memoryPriority: 0, domain: '', document: '', unitKind: '', reviewed: true, previous: null },
    ...{ next: null, changedAt: new Date('2020-08-01'), segmentId: null },
    ...more,
  }
}
function wanted(text: string, more: Partial<Wanted> = {}): Wanted {
  return {
    ...{ text, codes: [], previous: null, next: null, unitKind: 'paragraph', domain: '' },
    ...{ sourceLocale: 'en', targetLocale: 'de', now: new Date('2020-08-20') },
    ...more,
  }
}

/** The textbook's table, as the oracle. */
function tableDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced))
    }
    row = next
  }
  return row[b.length] ?? 0
}
const units = (text: string) => Uint16Array.from(text, (_, at) => text.charCodeAt(at))

const LONG =
  'The strike committee met on Tuesday evening and decided that the workers of the tractor plant would stay out until the last of their colleagues is free.'

describe('the edit distance', () => {
  it('is the one of the textbook, whatever the lengths', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'я'), minLength: 1, maxLength: 100 })
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 3 }), (pattern, texts) => {
        const prepared = preparePattern(units(pattern))
        const found = texts.map((other) => prepared.distance(units(other), other.length))
        prepared.release()
        expect(found).toEqual(texts.map((other) => tableDistance(pattern, other)))
      }),
    )
  })
})

describe('the score', () => {
  it('agrees with people about small changes', () => {
    expect(similarity(LONG, LONG)).toBe(100)
    expect(similarity(LONG, LONG.replace('Tuesday', 'Thursday'))).toBeGreaterThan(93)
    expect(similarity(LONG, LONG.replace('Tuesday', 'Thursday'))).toBeLessThan(98)
    expect(similarity(LONG, LONG.replace('colleagues', 'collegues'))).toBeGreaterThan(96)
    expect(similarity(LONG, LONG.toUpperCase())).toBeLessThan(70)
    expect(similarity('Open', 'Opens')).toBeGreaterThan(65)
    expect(similarity('罢工委员会星期二晚上开会', '罢工委员会星期三晚上开会')).toBeGreaterThan(90)
    expect(similarity(LONG, 'Nothing in common with it at all.')).toBeLessThan(40)
  })

  it('is the same both ways, and 100 for the same text only', () => {
    const word = fc.constantFrom('strike', 'Minsk', 'not', '5', '罢', ',', 'a')
    const text = fc.array(word, { minLength: 1, maxLength: 30 }).map((words) => words.join(' '))
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(similarity(a, b)).toBeCloseTo(similarity(b, a), 9)
        expect(similarity(a, b) === 100).toBe(a === b)
      }),
    )
  })

  it('compares hostile texts in no time', () => {
    const began = ownTime()
    const hostile = [
      'a'.repeat(100_000),
      'ab '.repeat(33_000),
      '罢'.repeat(100_000),
      "1.'".repeat(33_000),
      '\ue000'.repeat(100_000),
    ]
    for (const a of hostile) for (const b of hostile) judgePairs(wanted(a), [pair(b, b)])
    expect(ownTime() - began).toBeLessThan(10_000)
  })
})

describe('the keys of the index', () => {
  it('are found again for every text, and stay in their range', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const stored = new Set(storedKeys(text))
        const asked = [...wantedKeys(text)]
        if (stored.size > 0) expect(asked.some((key) => stored.has(key))).toBe(true)
        expect(asked.every((key) => key < 1 << KEY_BITS)).toBe(true)
      }),
    )
  })

  it('meet for inflected forms, for other numbers, and for short texts with a slip', () => {
    const meet = (a: string, b: string) => {
      const stored = new Set(storedKeys(a))
      return [...wantedKeys(b)].filter((key) => stored.has(key)).length
    }
    expect(meet('Рабочие бастовали', 'Рабочих бастовало')).toBeGreaterThan(2)
    expect(meet('Article 15', 'Article 2007')).toBeGreaterThan(5)
    expect(meet('Minsk', 'Minks')).toBeGreaterThan(1)
    expect(meet('白俄罗斯', '白俄羅斯')).toBeGreaterThan(0)
  })
})

describe('adjusting a translation', () => {
  const adjust = (
    storedSource: string,
    storedTarget: string,
    source: string,
    targetLocale = 'de',
    codes: { codes?: InlineCode[]; storedCodes?: InlineCode[] } = {},
  ) =>
    adjustTarget({
      ...{ source, storedSource, storedTarget, targetLocale, sourceLocale: 'en' },
      ...{ codes: [], storedCodes: [], ...codes },
    })?.target ?? null

  it('puts numbers right as the target locale writes them', () => {
    expect(adjust('In 2019 there were 40.', '2019 waren es 40.', 'In 2020 there were 55.')).toBe(
      '2020 waren es 55.',
    )
    expect(adjust('Some 1,500 came.', 'Rund 1.500 kamen.', 'Some 12,300 came.')).toBe('Rund 12.300 kamen.')
    expect(adjust('It rose 1.5 percent.', 'Um 1,5 Prozent.', 'It rose 2.5 percent.')).toBe('Um 2,5 Prozent.')
  })

  it('leaves a number alone where it is not certain', () => {
    // One participant needs another plural form than five; in Russian 21 needs another than 25.
    expect(adjust('We saw 5 people.', 'Wir sahen 5 Leute.', 'We saw 1 people.')).toBeNull()
    expect(adjust('We saw 25 people.', 'Мы видели 25 человек.', 'We saw 21 people.', 'ru')).toBeNull()
    expect(adjust('We saw 25 people.', 'Мы видели 25 человек.', 'We saw 27 people.', 'ru')).toBe(
      'Мы видели 27 человек.',
    )
    expect(adjust('Some 7 came.', 'Sieben kamen.', 'Some 9 came.')).toBeNull()
    expect(adjust('From 7 to 7.', 'Von 7 bis 7.', 'From 8 to 7.')).toBeNull()
    expect(adjust('At 12:30 it began.', 'Um 12.30 Uhr.', 'At 12:40 it began.')).toBeNull()
  })

  it('puts months right in the form that stands there', () => {
    expect(adjust('On 9 August.', 'Am 9. August.', 'On 12 September.')).toBe('Am 12. September.')
    expect(adjust('On 9 August.', '9 августа.', 'On 9 May.', 'ru')).toBe('9 мая.')
    expect(adjust('On 9 August.', 'An jenem Tag.', 'On 9 May.')).toBeNull()
  })

  it('changes names only where nothing agrees with them', () => {
    expect(adjust('Then Maria spoke.', 'Toen sprak Maria.', 'Then Ivan spoke.', 'nl')).toBe(
      'Toen sprak Ivan.',
    )
    expect(adjust('Then Maria was free.', 'Maria quedó libre.', 'Then Ivan was free.', 'es')).toBeNull()
    expect(adjust('We saw dogs.', 'We zagen dogs.', 'We saw cats.', 'nl')).toBeNull()
  })

  it('carries codes over, takes them away, or puts them around the whole', () => {
    const bold = { codes: BOLD, storedCodes: BOLD }
    expect(adjust('\ue000A\ue001 5 b.', '\ue000B\ue001 5 c.', '\ue000A\ue001 7 b.', 'de', bold)).toBe(
      '\ue000B\ue001 7 c.',
    )
    expect(adjust('\ue000A\ue001 b.', '\ue000B\ue001 c.', 'A b.', 'de', { storedCodes: BOLD })).toBe('B c.')
    expect(adjust('A b.', 'B c.', '\ue000A b.\ue001', 'de', { codes: BOLD })).toBe('\ue000B c.\ue001')
    expect(adjust('A b.', 'B c.', '\ue000A\ue001 b.', 'de', { codes: BOLD })).toBeNull()
  })
})

describe('judging matches', () => {
  it('climbs the ladder: in context, exact, adjusted, similar', () => {
    const here = { previous: 'p', next: 'n' }
    const pairs = [
      pair('Article 15 was read to all of them.', 'Artikel 15 wurde allen verlesen.'),
      pair('Article 14 was read to all of them.', 'anders', { previous: 'x', next: 'y' }),
      pair('Article 14 was read to all of them.', 'im Zusammenhang', here),
      pair('Article 14 was read to all but him.', 'ähnlich'),
    ]
    const matches = judgePairs(wanted('Article 14 was read to all of them.', here), pairs)
    expect(matches.map(({ kind, score, target }) => [kind, score, target])).toEqual([
      ['context', 100, 'im Zusammenhang'],
      ['exact', 100, 'anders'],
      ['adjusted', 98, 'Artikel 14 wurde allen verlesen.'],
      ['fuzzy', expect.any(Number), 'ähnlich'],
    ])
    expect(matches[2]?.why[0]).toMatchObject({
      words: 'the same but for what was put right: number',
      template: { values: { parts: ['number'] } },
    })
  })

  it('has no context for a sentence that stands alone', () => {
    const alone = { previous: '', next: '' }
    expect(judgePairs(wanted('Hi.', alone), [pair('Hi.', 'Hallo.', alone)])[0]?.kind).toBe('exact')
  })

  it('says why: every penalty has a reason, and the points make the score', () => {
    const old = { changedAt: new Date('2008-08-01'), reviewed: false, memoryPenalty: 3, domain: 'sport' }
    const [match] = judgePairs(wanted(LONG, { domain: 'politics' }), [
      pair(LONG.replace('is free', 'is not free').replace('Tuesday', '5'), 'x', old),
    ])
    const reasons = match?.why.map(({ reason }) => reason)
    expect(reasons).toEqual(['similar', 'number', 'negation', 'memory', 'unreviewed', 'age', 'domain'])
    expect(match?.score).toBe(100 - (match?.why ?? []).reduce((sum, { points }) => sum + points, 0))
    const made = (match?.why ?? []).flatMap(({ words, template }) =>
      template === undefined ? [] : [[words, fillTemplate(template)]],
    )
    expect(made.map(([words]) => words)).toEqual(made.map(([, filled]) => filled))
    expect(made).toHaveLength(4)
  })

  it('counts another subject where both are known, however they are spelled', () => {
    const text = 'They were charged on Monday.'
    const score = (subject: string, other: string) =>
      judgePairs(wanted(text, { domain: subject }), [pair(text, 'Anklage.', { domain: other })])[0]?.score
    expect(score('police', 'courts')).toBe(98)
    expect(score('courts', ' Courts')).toBe(100)
    expect([score('', 'courts'), score('police', '')]).toEqual([100, 100])
  })

  it('never gives a changed number or negation more than 99, however long the text', () => {
    const text = `${'All of them were there and saw it with their own eyes. '.repeat(60)}There were 5.`
    for (const other of [text.replace('were 5', 'were 6'), text.replace('were 5', 'were not 5')]) {
      const [match] = judgePairs(wanted(text), [pair(other, 'not adjustable')])
      expect(match?.score).toBeLessThan(100)
      expect(match?.why.length).toBeGreaterThan(1)
    }
  })

  it('leaves out codes that the segment does not have', () => {
    const stored = pair('\ue000One\ue001 of them was there.', '\ue000Einer\ue001 war da.', { codes: BOLD })
    const [match] = judgePairs(wanted('One of us was there.'), [stored])
    expect(match).toMatchObject({ kind: 'fuzzy', target: 'Einer war da.' })
    expect(match?.why.map(({ reason }) => reason)).toContain('codes')
  })

  it('reads memories by priority where matches are equal', () => {
    const [first] = judgePairs(wanted('Hi there.'), [
      pair('Hi there.', 'spät', { memoryPriority: 9 }),
      pair('Hi there.', 'früh', { memoryPriority: 1, changedAt: new Date('2019-01-01') }),
    ])
    expect(first?.target).toBe('früh')
  })
})

describe('using matches', () => {
  const use = (text: string, pairs: readonly MemoryPair[], more: Partial<Wanted> = {}) =>
    useMatches(judgePairs(wanted(text, more), pairs))

  it('takes the same sentence over as translated, with several translations only as a draft', () => {
    const country = pair('Georgia', 'Georgien')
    const state = pair('Georgia', 'Georgia (USA)', { previous: 'p', next: 'n' })
    expect(use('Georgia', [country]).target).toMatchObject({ state: 'translated', origin: 'tm-exact' })
    expect(use('Georgia', [country, state]).target).toMatchObject({ state: 'initial', origin: 'tm-exact' })
    expect(use('Georgia', [country, state], { previous: 'p', next: 'n' }).target).toMatchObject({
      ...{ text: 'Georgia (USA)', state: 'translated', origin: 'tm-context' },
    })
    expect(use('Georgia', [pair('Georgia', 'G', { memoryPenalty: 5 })]).target?.state).toBe('initial')
  })

  it('never puts a similar sentence before a machine', () => {
    const { target, spare } = use(LONG, [pair(LONG.replace('Tuesday', 'Friday'), 'ähnlich')])
    expect([target, spare]).toMatchObject([null, { state: 'initial', origin: 'tm-fuzzy', text: 'ähnlich' }])
    const far = use(LONG, [pair(LONG.replace('the tractor plant', 'a coal mine in the south'), 'fern')])
    expect(far).toEqual({ target: null, spare: null })
  })
})

describe('the difference of sources', () => {
  it('joins to both texts', () => {
    const word = fc.constantFrom('strike', ' ', 'Minsk', ', ', '5', '罢工', '\u00a0', '1,500')
    const text = fc.array(word, { maxLength: 20 }).map((words) => words.join(''))
    fc.assert(
      fc.property(text, text, (stored, fresh) => {
        const diff = diffSources(stored, fresh)
        const side = (without: string) =>
          diff.flatMap(({ kind, text: part }) => (kind === without ? [] : [part])).join('')
        expect([side('added'), side('removed')]).toEqual([stored, fresh])
      }),
    )
  })
})
