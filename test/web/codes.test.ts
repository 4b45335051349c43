import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeCharacter, codesIn } from '../../src/domain/document.ts'
import type { CodeView } from '../../src/http/schemas.ts'
import {
  codeHint,
  describeCode,
  insertNextCode,
  missingCodes,
  withoutForeignCodes,
} from '../../src/web/editor/codes.ts'

const [open, close, image] = [codeCharacter(0), codeCharacter(1), codeCharacter(2)]
const codes: readonly CodeView[] = [
  { kind: 'open', pair: 1, type: 'link', label: 'a', data: '<a>' },
  { kind: 'close', pair: 0, type: 'link', label: '/a', data: '</a>' },
  { kind: 'single', pair: null, type: 'image', label: 'img', data: '<img>' },
]
const source = `See ${open}the square${close} ${image}.`

describe('inline codes in the editor', () => {
  it('lists what the translation still lacks, in the order of the source', () => {
    expect(missingCodes(source, 'Siehe den Platz.')).toEqual([0, 1, 2])
    expect(missingCodes(source, `${image} Siehe ${open}den Platz.`)).toEqual([1])
    expect(missingCodes(source, source)).toEqual([])
  })

  it('counts a code that the source has twice', () => {
    expect(missingCodes(image + image, image)).toEqual([2])
  })

  it('puts the next missing code at the cursor', () => {
    expect(insertNextCode(source, codes, 'Siehe', 5, 5)).toEqual({
      changes: [{ from: 5, to: 5, insert: open }],
      cursor: 6,
    })
    expect(insertNextCode(source, codes, source, 0, 0)).toBeNull()
  })

  it('puts a missing pair around the selection', () => {
    expect(insertNextCode(source, codes, 'den Platz', 4, 9)).toEqual({
      changes: [
        { from: 4, to: 4, insert: open },
        { from: 9, to: 9, insert: close },
      ],
      cursor: 11,
    })
  })

  it('completes any translation by inserting again and again', () => {
    const text = fc
      .array(fc.constantFrom('a', ' ', open, close, image), { maxLength: 12 })
      .map((all) => all.join(''))
    fc.assert(
      fc.property(text, text, fc.nat(12), (from, start, at) => {
        let target = start
        for (let turn = 0; turn <= from.length; turn++) {
          const place = Math.min(at, target.length)
          const insertion = insertNextCode(from, codes, target, place, place)
          if (insertion === null) break
          for (const change of [...insertion.changes].reverse()) {
            target = target.slice(0, change.from) + change.insert + target.slice(change.to)
          }
        }
        expect(missingCodes(from, target)).toEqual([])
        expect(codesIn(target).length).toBeLessThanOrEqual(codesIn(from).length + codesIn(start).length)
      }),
    )
  })

  it('drops codes that belong to another segment from pasted text', () => {
    expect(withoutForeignCodes(`a${open}b${codeCharacter(3)}c${codeCharacter(900)}`, codes)).toBe(
      `a${open}bc`,
    )
  })

  it('says of a code whether it may be left out or has to keep its order', () => {
    const emphasis: CodeView = {
      kind: 'open',
      pair: 1,
      type: 'format',
      label: 'b',
      data: '<b>',
      deletable: true,
    }
    expect(codeHint(emphasis)).toBe('<b> (may be left out)')
    expect(codeHint({ ...emphasis, pair: null }), 'half of a pair').toBe('<b>')
    expect(codeHint({ ...emphasis, deletable: undefined, reorderable: false })).toMatch(/keeps its order/)
    expect(codes.map(codeHint)).toEqual(['<a>', '</a>', '<img>'])
  })

  it('names a code for people who cannot see it', () => {
    expect(codes.map(describeCode)).toEqual(['start of link', 'end of link', 'picture'])
    expect(describeCode(undefined)).toBe('unknown mark-up')
  })
})
