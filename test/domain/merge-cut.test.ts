import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codesIn, type Segment } from '../../src/domain/document.ts'
import type { ReturnedSegment } from '../../src/domain/merge.ts'
import { recutReturn } from '../../src/domain/merge-cut.ts'
import type { SentSegment } from '../../src/domain/merge-cut-places.ts'
import { segmentText } from '../../src/segmentation/segment.ts'

const code = { kind: 'single', pair: null, type: 'note', data: '*', label: '*', equiv: '' } as const

function segment(id: string, text: string): { segment: Segment; current: string | undefined } {
  const unitId = id.slice(0, id.lastIndexOf('-s'))
  const codes = codesIn(text).map(() => code)
  const place = { start: 0, end: text.length }
  return { segment: { id, unitId, unitKind: 'paragraph', ...place, text, codes }, current: undefined }
}
const sent = (id: string, source: string, target?: string | null): SentSegment => ({ id, source, target })
const back = (id: string, source: string, target: string): ReturnedSegment => ({ id, source, target })

const recut = (
  segments: readonly ReturnType<typeof segment>[],
  went: readonly SentSegment[],
  returned: readonly ReturnedSegment[],
  sameRevision = true,
) =>
  recutReturn({
    ...{ segments, sent: went, returned, sameRevision, locale: 'de' },
    cutUnits: new Set(segments.map((one) => one.segment.unitId)),
    sentencesOf: (text) => segmentText(text, 'de'),
  })

describe('a returned file and sentences that were joined since', () => {
  const went = [sent('u1-s1', 'One\ue000.', 'Eins\ue000.'), sent('u1-s2', 'Two\ue000.')]
  const now = [segment('u1-s1', 'One\ue000.\ue001 Two\ue002.')]

  it('gives one text, with the codes of each and those between them, and what went out', () => {
    const returned = [back('u1-s1', 'One\ue000.', 'Ein\ue000.'), back('u1-s2', 'Two\ue000.', 'Zwei\ue000.')]
    const { made, bases, returned: rest, unsure } = recut(now, went, returned)
    expect(made).toEqual([
      { id: 'u1-s1', source: now[0]?.segment.text, target: 'Ein\ue000.\ue001 Zwei\ue002.' },
    ])
    expect([...bases]).toEqual([['u1-s1', 'Eins\ue000.']])
    expect([rest, unsure]).toEqual([[], []])
  })

  it('is not sure of half of it, of codes from elsewhere, and of copies of the source', () => {
    for (const second of ['', 'Zwei\ue000\ue001.', 'Two\ue000.']) {
      const returned = [back('u1-s1', 'One\ue000.', 'Ein\ue000.'), back('u1-s2', 'Two\ue000.', second)]
      const { made, unsure } = recut(now, went, returned)
      expect(made).toEqual([])
      expect(unsure.map(({ target }) => target)).toEqual(
        second.startsWith('Z') ? ['Ein\ue000.', second] : ['Ein\ue000.'],
      )
    }
  })

  it('leaves a file alone whose source is altered, or that lacks one of them', () => {
    for (const returned of [
      [back('u1-s1', 'One\ue000.', 'Ein.'), back('u1-s2', 'Three\ue000.', 'Drei.')],
      [back('u1-s1', 'One\ue000.', 'Ein.')],
      [back('u1-s1', 'One\ue000.', 'Ein.'), ...went.map(({ id, source }) => back(id, source, 'x'))],
    ]) {
      expect(recut(now, went, returned)).toEqual({ returned, made: [], bases: new Map(), unsure: [] })
    }
  })

  it('does not guess what went out in a project that lies beside its XLIFF', () => {
    const beside = went.map((one) => ({ ...one, target: null }))
    const returned = [back('u1-s1', 'One\ue000.', 'Ein.'), back('u1-s2', 'Two\ue000.', 'Zwei.')]
    expect(recut(now, beside, returned)).toMatchObject({ made: [], unsure: [{}, {}] })
  })

  it('does not know where codes are that came since', () => {
    const plain = [sent('u1-s1', 'One.'), sent('u1-s2', 'Two.')]
    const returned = plain.map(({ id, source }) => back(id, source, `de ${source}`))
    expect(recut([segment('u1-s1', 'One. \ue000Two.')], plain, returned).made).toHaveLength(1)
    expect(recut([segment('u1-s1', '\ue000One. Two.')], plain, returned).made).toEqual([])
  })

  it('leaves what the sentences still stand for, each by itself or as one', () => {
    const apart = ['Aa bb.', 'Cc dd.'].map((source, at) => sent(`u1-s${at + 1}`, source))
    const whole = [sent('u1-s1', 'Aa bb. Cc dd.')]
    const both = [segment('u1-s1', 'Aa bb. Cc dd.'), segment('u2-s1', 'Aa bb.'), segment('u2-s2', 'Cc dd.')]
    for (const went of [apart, whole]) {
      const returned = went.map(({ id, source }) => back(id, source, `Das ${source}`))
      expect(recut(both, went, returned, false)).toMatchObject({ returned, made: [] })
    }
  })

  it('takes no stretch that stands twice', () => {
    const pair = [sent('u1-s1', 'A b.'), sent('u1-s2', 'C d.')]
    const twice = [...pair, sent('u1-s3', 'A b.'), sent('u1-s4', 'C d.')]
    const returned = twice.map(({ id, source }) => back(id, source, `de ${source}`))
    const joined = [segment('u1-s1', 'A b. C d.'), segment('u1-s3', 'A b. C d.')]
    expect(recut(joined, twice, returned).made).toEqual([])
    // Two paragraphs have names of their own, as long as it is the same revision.
    const other = pair.map(({ id, source }) => sent(id.replace('u1', 'u2'), source))
    const both = [...pair, ...other].map(({ id, source }) => back(id, source, `${id} ${source}`))
    const today = [segment('u1-s1', 'A b. C d.'), segment('u2-s1', 'A b. C d.')]
    expect(recut(today, [...pair, ...other], both).made.map(({ target }) => target)).toEqual([
      'u1-s1 A b. u1-s2 C d.',
      'u2-s1 A b. u2-s2 C d.',
    ])
    expect(recut(today, [...pair, ...other], both, false)).toMatchObject({
      made: [],
      unsure: [],
      returned: both,
    })
  })
})

describe('a returned file and a sentence that was split since', () => {
  const went = [sent('u1-s1', 'One\ue000. Two\ue001.', 'Eins\ue000. Zwei\ue001.')]
  const now = [segment('u1-s1', 'One\ue000.'), segment('u1-s4', 'Two\ue000.')]
  const returned = (target: string) => [back('u1-s1', 'One\ue000. Two\ue001.', target)]

  it('gives each part its sentence, and what went out for it', () => {
    const { made, bases } = recut(now, went, returned('Ein\ue000. Zwo\ue001.'))
    expect(made.map(({ id, target }) => [id, target])).toEqual([
      ['u1-s1', 'Ein\ue000.'],
      ['u1-s4', 'Zwo\ue000.'],
    ])
    expect([...bases]).toEqual([
      ['u1-s1', 'Eins\ue000.'],
      ['u1-s4', 'Zwei\ue000.'],
    ])
  })

  it('knows that the cut had left all of it with the first part', () => {
    const stood = now.map((one, at) => ({ ...one, current: at === 0 ? 'Eins\ue000. Zwei.' : undefined }))
    expect([...recut(stood, went, returned('Ein\ue000. Zwo\ue001.')).bases]).toEqual([
      ['u1-s1', 'Eins\ue000. Zwei.'],
      ['u1-s4', undefined],
    ])
  })

  it('is not sure where sentences or codes do not agree, or the cut was inside a sentence', () => {
    for (const target of ['Ein\ue000 und zwo\ue001.', 'Zwo\ue001. Ein\ue000.', 'Ein\ue000. Und. Zwo\ue001.'])
      expect(recut(now, went, returned(target))).toMatchObject({
        ...{ made: [], returned: [], unsure: [{ segmentId: 'u1-s1', target }] },
      })
    const inside = [segment('u1-s1', 'One\ue000'), segment('u1-s4', '. Two\ue000.')]
    expect(recut(inside, went, returned('Ein\ue000. Zwo\ue001.')).made).toEqual([])
  })

  it('is not sure of codes that came since, and does not guess what went out', () => {
    const file = [back('u1-s1', 'One. Two.', 'Eins. Zwei.')]
    const plain = [segment('u1-s1', 'One.'), segment('u1-s4', 'Two.')]
    expect(recut(plain, [sent('u1-s1', 'One. Two.')], file).made).toHaveLength(2)
    expect(recut(now, [sent('u1-s1', 'One. Two.')], file).made).toEqual([])
    expect(recut(plain, [sent('u1-s1', 'One. Two.', null)], file)).toMatchObject({ made: [], unsure: [{}] })
  })

  it('leaves it in the file where it is of an older revision or nobody has cut', () => {
    const unsure = returned('Ein\ue000 und zwo\ue001.')
    expect(recut(now, went, unsure, false)).toMatchObject({ made: [], unsure: [], returned: unsure })
    const sure = returned('Ein\ue000. Zwo\ue001.')
    const uncut = {
      ...{ segments: now, cutUnits: new Set<string>(), sent: went, sameRevision: true, returned: sure },
      ...{ locale: 'de', sentencesOf: (text: string) => segmentText(text, 'de') },
    }
    expect(recutReturn(uncut)).toMatchObject({ made: [], returned: sure })
    expect(recut(now, went, sure, false).made).toHaveLength(2)
  })

  it('says nothing of what came back as it went out', () => {
    expect(recut(now, went, returned('Eins\ue000. Zwei\ue001.'))).toEqual({
      ...{ returned: [], made: [], bases: new Map(), unsure: [] },
    })
  })
})

describe('any cuts and any file', () => {
  it('lose no text: it is in the parts, in the report, or left in the file', () => {
    const unit = fc.record({
      sentences: fc.array(fc.constantFrom('Aa bb.', 'Cc dd!', 'Ee\ue000 ff.', 'Gg hh'), {
        minLength: 1,
        maxLength: 5,
      }),
      before: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
      after: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
    })
    let [joined, parted] = [0, 0]
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1, maxLength: 3 }), fc.boolean(), (units, same) => {
        const cut = (list: readonly string[], where: readonly boolean[]): readonly string[] => {
          const runs: string[][] = []
          for (const [at, one] of list.entries()) {
            if (at === 0 || where[at] === true) runs.push([one])
            else runs.at(-1)?.push(one)
          }
          return runs.map((run) => {
            let count = 0
            return run.join(' ').replace(/\ue000/g, () => String.fromCharCode(0xe000 + count++))
          })
        }
        const went = units.flatMap(({ sentences, before }, at) =>
          cut(sentences, before).map((source, n) => sent(`u${at}-s${n + 1}`, source)),
        )
        const now = units.flatMap(({ sentences, after }, at) =>
          cut(sentences, after).map((source, n) => segment(`u${at}-s${n + 1}`, source)),
        )
        const returned = went.map(({ id, source }, at) =>
          back(id, source, source.replaceAll(/[a-z]+/g, `x${at}y`)),
        )
        const result = recut(now, went, returned, same)
        const words = (texts: readonly (string | undefined)[]) =>
          texts.flatMap((text) => text?.match(/x\d+y/g) ?? []).toSorted()
        const { made, unsure } = result
        expect(words([...made, ...result.returned, ...unsure].map(({ target }) => target))).toEqual(
          words(returned.map(({ target }) => target)),
        )
        const ids = new Map(now.map((one) => [one.segment.id, one.segment]))
        for (const one of made) {
          expect(one.source).toBe(ids.get(one.id)?.text)
          expect(codesIn(one.target ?? '')).toEqual(codesIn(one.source))
        }
        expect(new Set(made.map(({ id }) => id)).size).toBe(made.length)
        const gone = returned.length - result.returned.length
        if (made.length > 0 && made.length < gone) joined++
        if (made.length > gone) parted++
      }),
      { numRuns: 500 },
    )
    expect([joined > 20, parted > 20]).toEqual([true, true])
  })
})
