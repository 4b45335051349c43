import { describe, expect, it } from 'vitest'
import type { SegmentView, TargetView } from '../../src/http/schemas.ts'
import { countByFilter, createRow, passes, textOf, unitOf } from '../../src/web/editor/rows.ts'

const target: TargetView = { text: 'Hallo', state: 'initial', origin: 'mt', by: 'deepl', version: 1 }
const empty: SegmentView = {
  id: '1',
  name: 'u12-s3',
  unitKind: 'paragraph',
  source: 'Hello',
  codes: [],
  target: null,
  verdicts: [],
  findings: [],
  blocked: false,
  rejection: null,
  conflicts: [],
  revised: null,
}
const machine = { ...empty, target }
const approved = { ...empty, target: { ...target, state: 'reviewed' as const } }
const blocked = { ...machine, blocked: true }
const disputed = {
  ...empty,
  conflicts: [{ id: 'c', base: null, text: 'Servus', by: 'Ada', at: '2026-05-03T10:00:00Z' }],
}
const rejected = { ...machine, rejection: { category: 'style', note: '', by: 'Ada' } }

describe('the filters of the editor', () => {
  it('show what is left to do', () => {
    expect([empty, machine, approved, blocked].map((segment) => passes('open', segment))).toEqual([
      true,
      true,
      false,
      true,
    ])
    expect([empty, machine].map((segment) => passes('untranslated', segment))).toEqual([true, false])
  })

  it('list as “to check” what has two texts, even if one of them is empty', () => {
    expect(passes('findings', disputed)).toBe(true)
    expect(passes('findings', empty)).toBe(false)
  })

  it('list as “to check” what checks, terms and reviewers complain about', () => {
    const variant = {
      ...machine,
      verdicts: [
        {
          conceptId: 'c',
          status: 'variant' as const,
          hard: false,
          sourceStart: 0,
          sourceEnd: 1,
          expected: [],
          definition: '',
        },
      ],
    }
    const fine = {
      ...variant,
      verdicts: variant.verdicts.map((verdict) => ({ ...verdict, status: 'ok' as const })),
    }
    expect([machine, blocked, rejected, variant, fine].map((segment) => passes('findings', segment))).toEqual(
      [false, true, true, true, false],
    )
  })

  it('count every segment once per filter', () => {
    expect(countByFilter([empty, machine, approved, blocked, rejected])).toEqual({
      all: 5,
      untranslated: 1,
      findings: 2,
      open: 4,
    })
  })
})

describe('a row', () => {
  it('shows the unsaved text before the saved one', () => {
    expect(textOf(createRow(0, machine, null))).toBe('Hallo')
    expect(textOf(createRow(0, machine, { text: 'Guten Tag', baseVersion: 1 }))).toBe('Guten Tag')
    expect(textOf(createRow(0, empty, null))).toBe('')
  })

  it('knows its unit', () => {
    expect(unitOf(empty)).toBe('u12')
  })
})
