import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readImport } from '../../src/web/memory/memory-api.ts'
import { fromEditable, piecesOf, toEditable } from '../../src/web/memory/pair-text.ts'

describe('a pair of a memory', () => {
  it('is shown with numbers for its inline codes and with what was searched for marked', () => {
    expect(piecesOf('A \ue000bold\ue001 word', [{ start: 2, end: 5 }])).toEqual([
      { kind: 'text', text: 'A ', marked: false },
      { kind: 'code', text: '1', marked: true },
      { kind: 'text', text: 'bo', marked: true },
      { kind: 'text', text: 'ld', marked: false },
      { kind: 'code', text: '2', marked: false },
      { kind: 'text', text: ' word', marked: false },
    ])
  })

  it('loses nothing of its text, whatever is marked', () => {
    const letters = fc.array(fc.constantFrom('a', ' ', '\ue000', '\ue001', '文')).map((all) => all.join(''))
    fc.assert(
      fc.property(letters, fc.nat(20), fc.nat(20), (text, a, b) => {
        const [start, end] = [Math.min(a, b, text.length), Math.min(Math.max(a, b), text.length)]
        const shown = piecesOf(text, [{ start, end }]).map(({ kind, text: piece }) =>
          kind === 'code' ? String.fromCharCode(0xe000 + Number(piece) - 1) : piece,
        )
        expect(shown.join('')).toBe(text)
      }),
    )
  })

  it('is edited with marks that become its codes again, and no others', () => {
    const text = '\ue000Fett\ue001 hier'
    expect(toEditable(text)).toBe('⟦1⟧Fett⟦2⟧ hier')
    expect(fromEditable('hier ⟦1⟧fett⟦2⟧ und ⟦3⟧', text)).toBe('hier \ue000fett\ue001 und ⟦3⟧')
    expect(fromEditable(toEditable(text), text)).toBe(text)
  })
})

describe('the answer to an import', () => {
  it('is what its last line says', () => {
    const done = readImport(200, '{"read":0}\n{"done":true,"read":9,"added":8,"updated":0}\n')
    expect(done).toMatchObject({ kind: 'ok', value: { read: 9, added: 8 } })
    const broken = readImport(
      200,
      '{"read":4}\n{"done":false,"read":4,"problem":{"code":"invalid-input","detail":"no </tu>"}}\n',
    )
    expect(broken).toMatchObject({ kind: 'problem', problem: { detail: 'no </tu>', code: 'invalid-input' } })
    expect(readImport(403, '{"detail":"not you","code":"forbidden"}')).toMatchObject({ kind: 'problem' })
    expect(readImport(401, '')).toEqual({ kind: 'signed-out' })
    expect(readImport(200, '{"read":4}\n')).toEqual({ kind: 'offline' })
  })
})
