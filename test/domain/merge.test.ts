import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeCharacter, type InlineCode, type Segment } from '../../src/domain/document.ts'
import {
  type MergeOutcome,
  type MergeSegment,
  mergeReturned,
  mergeTarget,
  type ReturnedSegment,
} from '../../src/domain/merge.ts'
import { compareCodes } from '../../src/domain/merge-codes.ts'
import type { Target } from '../../src/domain/target.ts'
import { ownTime } from '../support/own-time.ts'

const [b, _b, br, half] = [0, 1, 2, 3].map(codeCharacter)

const CODES: readonly InlineCode[] = [
  { kind: 'open', pair: 1, type: 'format', data: '<b>', label: 'b', equiv: '' },
  { kind: 'close', pair: 0, type: 'format', data: '</b>', label: '/b', equiv: '' },
  { kind: 'single', pair: null, type: 'break', data: '<br>', label: 'br', equiv: '\n' },
  { kind: 'open', pair: null, type: 'format', data: '<i>', label: 'i', equiv: '' },
]

function segment(id: string, text: string, codes: readonly InlineCode[] = []): Segment {
  return { id, unitId: 'u1', unitKind: 'paragraph', start: 0, end: text.length, text, codes }
}

function target(text: string, changes: Partial<Target> = {}): Target {
  return { text, state: 'translated', origin: 'human', by: 'Anna', version: 1, ...changes }
}

function mergeOne(
  at: MergeSegment,
  returned: Omit<ReturnedSegment, 'id' | 'source'>,
): MergeOutcome | undefined {
  const { id, text } = at.segment
  return mergeReturned({ segments: [at], returned: [{ id, source: text, ...returned }] }).outcomes[0]
}

describe('mergeTarget', () => {
  it.each([
    ['a', 'a', 'a', 'unchanged'],
    ['a', 'a', 'b', 'take'],
    ['a', 'b', 'a', 'keep-current'],
    ['a', 'b', 'b', 'same'],
    ['a', 'b', 'c', 'conflict'],
    [undefined, undefined, 'b', 'take'],
    [undefined, 'b', 'c', 'conflict'],
    [undefined, 'b', 'b', 'same'],
    [undefined, undefined, undefined, 'unchanged'],
    ['a', 'a', '', 'unchanged'],
    ['a', 'b', undefined, 'keep-current'],
  ] as const)('exported %s, now %s, returned %s: %s', (base, current, returned, decision) => {
    expect(mergeTarget({ base, current, returned })).toBe(decision)
  })
})

describe('mergeReturned', () => {
  it('takes what only the translator changed', () => {
    const at = { segment: segment('u1-s1', 'Hello'), base: { text: 'Halo' }, current: target('Halo') }
    expect(mergeOne(at, { target: 'Hallo' })).toMatchObject({ kind: 'taken', text: 'Hallo', matchedBy: 'id' })
  })

  it('keeps both texts and the base of a conflict, and overwrites nothing', () => {
    const current = target('Guten Tag')
    const at = { segment: segment('u1-s1', 'Hello'), base: { text: 'Halo' }, current }
    const outcome = mergeOne(at, { target: 'Hallo' })
    expect(outcome).toMatchObject({ kind: 'conflict', base: 'Halo', current, returned: 'Hallo' })
  })

  it('lets a person go before what a machine wrote since the export, but not before another person', () => {
    const machine = target('Hi', { origin: 'mt', state: 'initial' })
    const at = { segment: segment('u1-s1', 'Hello'), current: machine }
    expect(mergeOne(at, { target: 'Hallo' })?.kind).toBe('taken')
    expect(mergeOne({ ...at, current: target('Hi') }, { target: 'Hallo' })?.kind).toBe('conflict')
    const confirmed = { ...machine, state: 'translated' } as const
    expect(mergeOne({ ...at, current: confirmed }, { target: 'Hallo' })?.kind).toBe('conflict')
  })

  it('reports raw machine translation that came back unedited', () => {
    const current = target('Hallo', { origin: 'mt', state: 'initial' })
    const at = { segment: segment('u1-s1', 'Hello'), base: { text: 'Hallo' }, current }
    expect(mergeOne(at, { target: 'Hallo' })).toMatchObject({
      kind: 'unchanged',
      reason: 'machine-translation',
    })
  })

  it('takes a copy of the source only where the file’s states tell that someone confirmed it', () => {
    const at = ['OMON', 'One.', 'Two.', 'Three.', 'Four.'].map((text, index) => ({
      segment: segment(`u1-s${index + 1}`, text),
    }))
    const kinds = (targets: readonly (readonly [string, boolean])[]) => {
      const returned = targets.map(([target, confirmed], index) => {
        const { id, text: source } = at[index]?.segment ?? segment('', '')
        return { id, source, target, confirmed }
      })
      return mergeReturned({ segments: at.slice(0, targets.length), returned }).outcomes.map((outcome) =>
        'reason' in outcome ? outcome.reason : outcome.kind,
      )
    }
    // Nobody confirmed it.
    expect(kinds([['OMON', false]])).toEqual(['source-copy'])
    // The program tells copies apart.
    expect(
      kinds([
        ['OMON', true],
        ['One.', false],
      ]),
    ).toEqual(['taken', 'source-copy'])
    // One name in a finished text.
    const finished = ['Eins.', 'Zwei.', 'Drei.', 'Vier.'].map((text) => [text, true] as const)
    expect(kinds([['OMON', true], ...finished])[0]).toBe('taken')
    // A program that calls everything translated, nobody having done so.
    expect(
      kinds([
        ['OMON', true],
        ['One.', true],
        ['Zwei.', true],
      ]),
    ).toEqual(['source-copy', 'source-copy', 'taken'])
  })

  it('never deletes a target', () => {
    const at = { segment: segment('u1-s1', 'Hello'), base: { text: 'Hallo' }, current: target('Hallo') }
    expect(mergeOne(at, {})?.kind).toBe('unchanged')
    expect(mergeOne(at, { target: '' })?.kind).toBe('unchanged')
  })

  it('finds a segment by its text where the id is unknown or belongs to another text', () => {
    const segments = [{ segment: segment('u1-s1', 'One.') }, { segment: segment('u1-s2', 'Two  words.') }]
    const report = mergeReturned({
      segments,
      returned: [
        { id: 'u9-s9', source: 'One.', target: 'Eins.' },
        { id: 'u1-s1', source: 'Two words.', target: 'Zwei Wörter.' },
      ],
    })
    expect(report.outcomes).toMatchObject([
      { kind: 'taken', segmentId: 'u1-s1', text: 'Eins.', matchedBy: 'text' },
      { kind: 'taken', segmentId: 'u1-s2', text: 'Zwei Wörter.', matchedBy: 'text' },
    ])
  })

  it('prefers the segment with the id over one that is found by text', () => {
    const report = mergeReturned({
      segments: [{ segment: segment('u1-s1', 'One.') }],
      returned: [
        { id: 'old', source: 'One.', target: 'Ein.' },
        { id: 'u1-s1', source: 'One.', target: 'Eins.' },
      ],
    })
    expect(report.outcomes).toMatchObject([
      { kind: 'taken', text: 'Eins.' },
      { kind: 'skipped', reason: 'repeated', returned: 'Ein.' },
    ])
  })

  it('says of every segment that is skipped why, and keeps its text', () => {
    const twice = [segment('u1-s1', 'Yes.'), segment('u1-s2', 'Yes.'), segment('u1-s3', 'No.')]
    const report = mergeReturned({
      segments: twice.map((one) => ({ segment: one })),
      returned: [
        { id: 'x', source: 'Yes.', target: 'Ja.' },
        { id: 'u1-s3', source: 'Altered.', target: 'Nein.' },
      ],
    })
    expect(report.counts).toMatchObject({ unchanged: 3, skipped: 2 })
    expect(report.outcomes.slice(3)).toMatchObject([
      { kind: 'skipped', segmentId: 'x', reason: 'unknown-id', returned: 'Ja.' },
      { kind: 'skipped', segmentId: 'u1-s3', reason: 'source-altered', returned: 'Nein.' },
    ])
  })

  it('takes nothing from the file of another document', () => {
    const report = mergeReturned({
      segments: [{ segment: segment('u1-s1', 'Yes.') }],
      returned: [{ id: 'u1-s1', source: 'Yes.', target: 'Ja.' }],
      documentId: 'd1',
      returnedDocumentId: 'd2',
    })
    expect(report.outcomes).toMatchObject([
      { kind: 'unchanged', reason: 'not-in-file' },
      { kind: 'skipped', reason: 'another-document', segmentId: 'u1-s1' },
    ])
  })

  it('holds back a target that would break the document, with its text', () => {
    const at = { segment: segment('u1-s1', `${'x'}${b}y${_b}z`, CODES.slice(0, 2)) }
    const outcome = mergeOne(at, { target: `${_b}y${b}` })
    expect(outcome).toMatchObject({ kind: 'skipped', reason: 'codes-damaged', returned: `${_b}y${b}` })
  })

  it('is not misled by line ends and characters that no file can hold', () => {
    const text = 'a\r\nb\u0008'
    const at = { segment: segment('u1-s1', text), base: { text }, current: target(text) }
    expect(mergeOne(at, { target: 'a\nb' })?.kind).toBe('unchanged')
  })

  it('changes nothing more when a file is merged again', () => {
    const words = fc.constantFrom('', 'a', 'b', `a${b}b${_b}${br}`, `${b}a`, `a${half}`, `${half}a`)
    const origin = fc.constantFrom<Target['origin']>('mt', 'human')
    const one = fc.record({ base: words, current: words, returned: words, origin, coded: fc.boolean() })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 6 }), (cases) => {
        const segments = cases.map(({ base, current, origin: by, coded }, at): MergeSegment => {
          const text = coded ? `s${at} ${b}x${_b} ${br} y${half}` : `s${at}`
          return {
            segment: segment(`u${at}`, text, coded ? CODES : []),
            ...(base === '' ? {} : { base: { text: base } }),
            ...(current === '' ? {} : { current: target(current, { origin: by, state: 'initial' }) }),
          }
        })
        const returned = cases.map(({ returned: text }, at) => ({
          ...{ id: `u${at}`, source: segments[at]?.segment.text ?? '', target: text },
        }))
        const first = mergeReturned({ segments, returned })
        const after = segments.map((at, index): MergeSegment => {
          const outcome = first.outcomes[index]
          return outcome?.kind === 'taken' ? { ...at, current: target(outcome.text) } : at
        })
        const second = mergeReturned({ segments: after, returned })
        const expected = first.outcomes.map(({ kind }) => (kind === 'taken' ? 'same' : kind))
        expect(second.outcomes.map(({ kind }) => kind)).toEqual(expected)
        expect(first.outcomes.length).toBe(segments.length)
      }),
      { numRuns: 500 },
    )
  })
})

describe('mergeReturned, of a file that came back before', () => {
  const at = { segment: segment('u1-s1', 'Hello'), base: { text: 'Halo' }, current: target('Guten Tag') }

  it('leaves what somebody has changed since', () => {
    const known = { ...at, returnedBefore: ['Hallo'] }
    expect(mergeOne(known, { target: 'Hallo' })).toMatchObject({
      kind: 'keep-current',
      reason: 'returned-before',
    })
  })

  it('sees the conflict when the file says something new', () => {
    const known = { ...at, returnedBefore: ['Hallo'] }
    expect(mergeOne(known, { target: 'Grüß Gott' })).toMatchObject({ kind: 'conflict' })
  })

  it('takes an old text again that a translator put in place of what was exported', () => {
    const known = { ...at, base: { text: 'Guten Tag' }, returnedBefore: ['Hallo'] }
    expect(mergeOne(known, { target: 'Hallo' })).toMatchObject({ kind: 'taken', text: 'Hallo' })
  })
})

describe('mergeReturned, of a file in which a program split or joined segments', () => {
  const first = { segment: segment('u1-s1', `One ${b}two${_b}. Three ${br}four.`, [...CODES.slice(0, 3)]) }
  const second = { segment: segment('u1-s2', `Five ${b}six${_b}.`, CODES.slice(0, 2)) }
  const third = { segment: segment('u1-s3', 'Seven.') }
  const segments = [first, second, third]

  it('puts the parts of a split segment together, with their codes', () => {
    const report = mergeReturned({
      segments,
      returned: [
        { id: 'u1-s1/1', source: `One ${b}two${_b}.`, target: `${b}Zwei${_b} eins. ` },
        { id: 'u1-s1/2', source: ` Three ${codeCharacter(0)}four.`, target: `Drei ${codeCharacter(0)}vier.` },
      ],
    })
    expect(report.outcomes[0]).toMatchObject({
      kind: 'taken',
      matchedBy: 'parts',
      text: `${b}Zwei${_b} eins. Drei ${br}vier.`,
      findings: [],
    })
    expect(report.counts).toMatchObject({ taken: 1, skipped: 0 })
  })

  it('leaves no space between the parts of a language that has none', () => {
    const at = { segment: segment('u1-s1', '一。二。') }
    const parts = [
      { id: 'u1-s1/1', source: '一。', target: 'いち。' },
      { id: 'u1-s1/2', source: '二。', target: 'に。' },
    ]
    expect(mergeReturned({ segments: [at], returned: parts }).outcomes[0]).toMatchObject({
      text: 'いち。に。',
    })
  })

  it('takes nothing of a split segment that is translated in part', () => {
    const report = mergeReturned({
      segments,
      returned: [
        { id: 'u1-s1/1', source: `One ${b}two${_b}.`, target: `${b}Zwei${_b}` },
        { id: 'u1-s1/2', source: ` Three ${codeCharacter(0)}four.` },
      ],
    })
    expect(report.outcomes[0]).toMatchObject({ kind: 'unchanged', reason: 'no-target' })
    expect(report.counts.skipped).toBe(0)
  })

  it('reports joined segments with their text and takes none of it', () => {
    const report = mergeReturned({
      segments,
      returned: [
        { id: 'u1-s2', source: `Five ${b}six${_b}. Seven.`, target: `Fünf ${b}sechs${_b}, sieben.` },
        { id: 'u1-s3', source: '' },
      ],
    })
    expect(report.counts).toMatchObject({ taken: 0, skipped: 1 })
    expect(report.outcomes.at(-1)).toMatchObject({
      kind: 'skipped',
      segmentId: 'u1-s2',
      reason: 'joined',
      returned: `Fünf ${b}sechs${_b}, sieben.`,
    })
  })

  it('loses no target that stands in the file, however it was divided', () => {
    const words = fc.array(fc.constantFrom('Ja', 'nein', 'gut'), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(
        fc.array(words, { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(fc.nat(3)),
        (sentences, cuts) => {
          const document = sentences.map((list, at) => ({
            segment: segment(`u1-s${at + 1}`, `${list.join(' ')}${at}.`),
          }))
          const returned = document.flatMap(({ segment: { id, text } }) => {
            const at = Math.min(text.length, (cuts.next().value ?? 0) * 3)
            if (at === 0 || at === text.length) return [{ id, source: text, target: `T ${text}` }]
            return [text.slice(0, at), text.slice(at)].map((source, part) => ({
              id: `${id}/${part + 1}`,
              source,
              target: `T${part} ${source.trim()}`,
            }))
          })
          const { outcomes, counts } = mergeReturned({ segments: document, returned })
          const told = outcomes.map((outcome) =>
            'text' in outcome ? outcome.text : 'returned' in outcome ? outcome.returned : '',
          )
          expect(counts.skipped).toBe(0)
          for (const { target } of returned) expect(told.join('\n')).toContain(target)
        },
      ),
    )
  })

  it('is linear in what a hostile file repeats', () => {
    const many = Array.from({ length: 20_000 }, (_, at) => ({ segment: segment(`u1-s${at + 1}`, 'a') }))
    const source = 'a'.repeat(20_000)
    const returned = Array.from({ length: 50 }, () => ({ id: 'u1-s1', source, target: 'x' }))
    const started = ownTime()
    mergeReturned({ segments: many, returned })
    expect(ownTime() - started).toBeLessThan(3000)
  })
})

describe('compareCodes', () => {
  const source = `x ${b}bold${_b} y${br} z ${half}`

  it.each([
    ['moved', `${b}fett${_b} x ${br} ${half}`, true, []],
    ['without the pair', `x ${br} z ${half}`, true, ['codes-missing']],
    ['with the break twice', `x ${b}fett${_b} ${br}${br} z ${half}`, true, ['codes-extra']],
    ['with half of the pair', `x ${b}fett ${br} z ${half}`, false, ['codes-missing', 'codes-nesting']],
    ['the wrong way round', `x ${_b}fett${b} ${br} z ${half}`, false, ['codes-nesting']],
    ['with the half inside the pair', `x ${b}fe${half}tt${_b} ${br} z`, false, ['codes-nesting']],
    ['with a stranger', `x ${b}f${_b} ${br} z ${codeCharacter(9)} ${half}`, false, ['codes-unknown']],
  ])('judges a target %s', (_, text, safe, checks) => {
    const compared = compareCodes(source, text, CODES)
    expect(compared.findings.map(({ check }) => check)).toEqual(checks)
    expect(compared).toMatchObject({ safe, repaired: false, text })
  })

  it('puts back a code of the edge, and a pair that was around everything', () => {
    const lost = compareCodes(source, `x ${b}fett${_b} ${br} z `, CODES)
    expect(lost).toMatchObject({ text: `x ${b}fett${_b} ${br} z ${half}`, safe: true, repaired: true })
    const around = compareCodes(`${b}${br}all${_b}`, 'alles', CODES.slice(0, 3))
    expect(around).toMatchObject({ text: `${b}${br}alles${_b}`, repaired: true })
  })

  it('holds back a target without the half that another sentence needs', () => {
    const codes = CODES.slice(3)
    expect(compareCodes(`x ${b}y`, 'x y', codes).safe).toBe(false)
    expect(compareCodes(`x ${b}y`, `x ${b}${b}y`, codes).safe).toBe(false)
    expect(compareCodes(`x ${b}y`, `${b}y x`, codes).safe).toBe(true)
  })

  it('does not guess where half of a pair belongs', () => {
    const text = `${b}one${_b} two`
    expect(compareCodes(text, `zwei eins${_b}`, CODES.slice(0, 2))).toMatchObject({
      safe: false,
      repaired: false,
    })
  })

  it('accepts of crossing pairs what the source itself has', () => {
    const codes: readonly InlineCode[] = [0, 1, 2, 3].map((at) => ({
      ...{
        kind: at < 2 ? 'open' : 'close',
        pair: (at + 2) % 4,
        type: 'format',
        data: '',
        label: 'x',
        equiv: '',
      },
    }))
    const crossing = [0, 1, 2, 3].map(codeCharacter).join('a')
    const text = `x${crossing}x`
    expect(compareCodes(text, text, codes).safe).toBe(true)
    expect(compareCodes(text, `x${crossing.slice(0, -1)}`, codes).safe).toBe(false)
  })
})
