import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ASSIGNMENT_ROLES,
  type Assignment,
  decideHandBack,
  decideTaking,
  firstDue,
  hasLapsed,
  leaseSecondsOf,
  NEVER_MS,
  PRIORITIES,
  urgencyOf,
  wantedRoles,
} from '../../src/domain/assignment.ts'
import { LOCALE_STATES } from '../../src/domain/progress.ts'

const NOON = Date.parse('2026-05-03T12:00:00Z')
const held = (person: string, leaseUntil: number): Assignment => ({
  ...{ id: 'a', locale: 'de', role: 'translator', person, by: person, note: '' },
  leaseUntil: new Date(leaseUntil),
})
const wish = (person: string, reassign = false) => ({ person, now: NOON, reassign })

describe('taking work', () => {
  it('works where nobody has it, and begins the lease anew for whoever has', () => {
    expect(decideTaking(undefined, wish('Ada'))).toEqual({ kind: 'take' })
    expect(decideTaking(held('Ada', NOON - 1), wish('Ada'))).toEqual({ kind: 'renew' })
  })

  it('is refused while somebody else is at it, with who and until when', () => {
    expect(() => decideTaking(held('Ada', NOON + 1), wish('Ben'))).toThrow(
      expect.objectContaining({
        code: 'conflict',
        extra: { person: 'Ada', leaseUntil: '2026-05-03T12:00:00.001Z' },
      }),
    )
  })

  it('takes over at the very moment the time is up, and before for who decides', () => {
    expect(decideTaking(held('Ada', NOON), wish('Ben'))).toEqual({ kind: 'replace', ending: 'taken-over' })
    expect(decideTaking(held('Ada', NOON + 1), wish('Ben', true))).toEqual({
      kind: 'replace',
      ending: 'reassigned',
    })
  })

  it('never takes a living lease from somebody without a decision', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.constantFrom('Ada', 'Ben'), (left, person) => {
        const now = held('Ada', NOON + left)
        const free = hasLapsed(now, NOON) || person === 'Ada'
        expect(free).toBe(left <= 0 || person === 'Ada')
        if (free) expect(decideTaking(now, wish(person)).kind).toMatch(/renew|replace/)
        else expect(() => decideTaking(now, wish(person))).toThrow()
      }),
    )
  })
})

describe('handing work back', () => {
  it('is for whoever has it, and for who decides about it', () => {
    expect(decideHandBack({ person: 'Ada' }, { name: 'Ada', decides: false })).toBe('handed-back')
    expect(decideHandBack({ person: 'Ada' }, { name: 'Ben', decides: true })).toBe('reassigned')
    expect(() => decideHandBack({ person: 'Ada' }, { name: 'Ben', decides: false })).toThrow(
      expect.objectContaining({ code: 'forbidden' }),
    )
  })
})

describe('urgency', () => {
  it('is smaller for what is more urgent, and so is the lease', () => {
    expect(PRIORITIES.map(urgencyOf)).toEqual([1, 2, 3])
    expect(PRIORITIES.map(leaseSecondsOf)).toEqual([3600, 28_800, 86_400])
  })
})

describe('hands', () => {
  it('are wanted where there is work that nobody has', () => {
    expect(LOCALE_STATES.map((state) => wantedRoles(state, []))).toEqual([
      [],
      [],
      ['translator'],
      ['translator', 'editor'],
      [],
      [],
    ])
    expect(wantedRoles('in-review', ['translator'])).toEqual(['editor'])
    expect(wantedRoles('in-review', ASSIGNMENT_ROLES)).toEqual([])
  })
})

describe('the first deadline', () => {
  it('is of what is open; a document without languages yet has its own', () => {
    const [early, late] = [new Date(NOON), new Date(NOON + 1)]
    expect(firstDue([], early)).toBe(NOON)
    expect(firstDue([], null)).toBe(NEVER_MS)
    expect(
      firstDue(
        [
          { state: 'approved', deadline: early },
          { state: 'in-review', deadline: late },
          { state: 'queued', deadline: null },
        ],
        early,
      ),
    ).toBe(NOON + 1)
    expect(firstDue([{ state: 'approved', deadline: early }], early)).toBe(NEVER_MS)
  })
})
