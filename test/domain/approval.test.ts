import { describe, expect, it } from 'vitest'
import { fourEyesRefusal, isHand, restoreTarget, unapproveTarget } from '../../src/domain/approval.ts'
import type { Target, TargetOrigin } from '../../src/domain/target.ts'

const target = (origin: TargetOrigin, by: string, state: Target['state'] = 'translated'): Target => ({
  ...{ text: 'Guten Tag.', origin, by, state, version: 3 },
})
const hands = (...names: string[]) => new Set(names)

describe('the rule of four eyes', () => {
  it('keeps whoever wrote or confirmed a text from approving it', () => {
    expect(fourEyesRefusal(target('human', 'Ada'), hands('Ada'), 'Ada')).toMatch(/somebody else/)
    expect(fourEyesRefusal(target('human', 'Ada'), hands(), 'Ada')).toMatch(/somebody else/)
    expect(fourEyesRefusal(target('mt', 'deepl'), hands('Ada'), 'Ada')).toMatch(/somebody else/)
    expect(fourEyesRefusal(target('human', 'Ada'), hands('Ada'), 'Ben')).toBeUndefined()
    expect(fourEyesRefusal(target('mt', 'deepl'), hands('Ada'), 'Ben')).toBeUndefined()
  })

  it('asks for a person before what only a machine or a similar sentence gave is approved', () => {
    for (const origin of ['mt', 'tm-fuzzy'] as const) {
      expect(fourEyesRefusal(target(origin, 'deepl', 'initial'), hands(), 'Ben')).toMatch(/confirm/)
    }
    for (const origin of ['tm-exact', 'tm-context'] as const) {
      expect(fourEyesRefusal(target(origin, 'approved'), hands(), 'Ben')).toBeUndefined()
    }
  })

  it('takes no hand in a text for approving, sending back or translating it by machine', () => {
    const actions = [
      'edit',
      'return',
      'resolve',
      'restore',
      'approve',
      'reject',
      'translate',
      'reuse',
      'unapprove',
    ]
    expect(actions.filter(isHand)).toEqual(['edit', 'return', 'resolve', 'restore'])
  })
})

describe('an approval', () => {
  it('is taken back as a new version with the same text', () => {
    expect(unapproveTarget(target('human', 'Ada', 'reviewed'))).toEqual({
      ...target('human', 'Ada'),
      version: 4,
    })
  })

  it('is not taken back where there is none', () => {
    for (const current of [null, target('human', 'Ada')]) {
      expect(() => unapproveTarget(current)).toThrow(expect.objectContaining({ code: 'conflict' }))
    }
  })
})

describe('an earlier version', () => {
  it('is put up again as a new one, open, with the name of whoever wrote it', () => {
    const earlier = { text: 'Tag.', origin: 'mt', by: 'deepl' } as const
    expect(restoreTarget(target('human', 'Ada', 'reviewed'), earlier)).toEqual({
      ...{ text: 'Tag.', origin: 'mt', by: 'deepl', state: 'translated', version: 4 },
    })
  })

  it('changes nothing where its text stands already', () => {
    const current = target('human', 'Ada', 'reviewed')
    expect(restoreTarget(current, { text: current.text, origin: 'mt', by: 'deepl' })).toBe(current)
  })
})
