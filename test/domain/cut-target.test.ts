import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CutTarget, joinTargets, splitTarget } from '../../src/domain/cut-target.ts'
import { codesIn } from '../../src/domain/document.ts'

const target = (text: string, state: CutTarget['state'] = 'translated'): CutTarget => ({
  ...{ text, state, origin: 'human', by: 'Ada' },
})
const two = 'Es blieb. Sie gingen.'

describe('the translation of a sentence that is split', () => {
  it('is parted where it has two sentences of its own and the codes agree', () => {
    expect(splitTarget(target(two, 'reviewed'), [10, 21], 0, true)).toEqual([
      target('Es blieb.', 'translated'),
      target('Sie gingen.', 'translated'),
    ])
    const [one, other] = splitTarget(target('\ue000A.\ue001 \ue002B.\ue003'), [5, 9], 2, true)
    expect([one.text, other?.text]).toEqual(['\ue000A.\ue001', '\ue000B.\ue001'])
  })

  it('stays whole with the first part, as a draft, where nobody knows', () => {
    expect(splitTarget(target(two), [10, 21], 0, false)).toEqual([target(two, 'initial'), null])
    expect(splitTarget(target(two), [21], 0, true)).toEqual([target(two, 'initial'), null])
    const crossed = target('\ue002A.\ue003 \ue000B.\ue001')
    expect(splitTarget(crossed, [5, 9], 2, true)).toEqual([target('A. \ue000B.\ue001', 'initial'), null])
  })

  it('goes back by one state at most', () => {
    const states = (['initial', 'translated', 'reviewed', 'final'] as const).map(
      (state) => splitTarget(target('x', state), [1], 0, false)[0].state,
    )
    expect(states).toEqual(['initial', 'initial', 'translated', 'translated'])
  })
})

describe('the translations of two sentences that are joined', () => {
  const codes = { first: 1, between: 1 }
  it('stand one after the other, with the codes of the second numbered on', () => {
    expect(joinTargets(target('\ue000A.'), target('\ue000B.'), codes, 'de')?.text).toBe(
      '\ue000A.\ue001 \ue002B.',
    )
    expect(joinTargets(target('残。'), target('去。'), { first: 0, between: 0 }, 'ja')?.text).toBe('残。去。')
  })

  it('are approved no longer, and a draft if one of them was', () => {
    const state = (a: CutTarget['state'], b: CutTarget['state']) =>
      joinTargets(target('A', a), target('B', b), codes, 'de')?.state
    expect([state('final', 'reviewed'), state('reviewed', 'initial')]).toEqual(['translated', 'initial'])
  })

  it('are a draft where one is missing, and nothing where both are', () => {
    expect(joinTargets(null, target('\ue000B.'), codes, 'de')).toEqual(target('\ue002B.', 'initial'))
    expect(joinTargets(target('A.', 'final'), null, codes, 'de')?.state).toBe('translated')
    expect(joinTargets(null, null, codes, 'de')).toBeNull()
  })

  it('carry the name of the person, if one of them is a machine’s', () => {
    const machine: CutTarget = { ...target('M.'), origin: 'mt', by: 'deepl' }
    expect(joinTargets(machine, target('B.'), codes, 'de')).toMatchObject({ origin: 'human', by: 'Ada' })
    expect(joinTargets(target('A.'), machine, codes, 'de')).toMatchObject({ origin: 'human', by: 'Ada' })
  })

  it('lose no code and gain none but those between', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ' ', '\ue000', '\ue001', '\ue002') })
    fc.assert(
      fc.property(text, text, fc.nat(3), (a, b, between) => {
        const joined = joinTargets(target(a), target(b), { first: 3, between }, 'de')?.text ?? ''
        const added = a === '' || b === '' ? 0 : between
        expect(codesIn(joined)).toHaveLength(codesIn(a).length + codesIn(b).length + added)
      }),
    )
  })
})
