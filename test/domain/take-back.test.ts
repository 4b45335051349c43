import { describe, expect, it } from 'vitest'
import { replaceTarget, takeBackTarget } from '../../src/domain/take-back.ts'
import type { Target } from '../../src/domain/target.ts'

const machine: Target = { text: 'Der Platz', state: 'initial', origin: 'mt', by: 'deepl', version: 1 }
const approved: Target = { ...machine, state: 'reviewed', version: 2 }
const replaced: Target = { text: 'Der Ort', state: 'translated', origin: 'human', by: 'Ada', version: 3 }

describe('taking a step back', () => {
  it('puts text, state and author back in a new version', () => {
    expect(takeBackTarget(replaced, machine, false)).toEqual({ ...machine, version: 4 })
    expect(takeBackTarget(replaced, approved, true)).toEqual({ ...approved, version: 4 })
  })

  it('does not approve for somebody who may not approve', () => {
    expect(takeBackTarget(replaced, approved, false)).toMatchObject({
      text: 'Der Platz',
      state: 'translated',
    })
  })

  it('leaves nothing where nothing stood', () => {
    expect(takeBackTarget(replaced, null, true)).toMatchObject({ text: '', state: 'initial', version: 4 })
  })
})

describe('a replacement in a target', () => {
  it('sends an approved text back to translated', () => {
    expect(replaceTarget(approved, 'Der Ort', 'Ada')).toEqual({ ...replaced, version: 3 })
  })

  it('refuses a text whose inline codes are others', () => {
    const coded = { ...machine, text: '\ue000Der\ue001 Platz' }
    expect(() => replaceTarget(coded, '\ue001Der\ue000 Ort', 'Ada')).toThrow('inline codes')
    expect(() => replaceTarget(coded, 'Der Ort', 'Ada')).toThrow('inline codes')
    expect(replaceTarget(coded, '\ue000Der\ue001 Ort', 'Ada').version).toBe(2)
  })
})
