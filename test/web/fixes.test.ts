import { describe, expect, it } from 'vitest'
import { applyFix, type Fix } from '../../src/domain/finding.ts'
import { fixWords, placeFix, type Trail, takeStep, trailOf } from '../../src/web/editor/fixes.ts'

const SAVED = 'Rund 1,500 Arbeiter  kamen kamen'
const NUMBER = { start: 5, end: 10, text: '1.500' }
const SPACES = { start: 19, end: 21, text: ' ' }
const DOUBLE = { start: 26, end: 32, text: '' }
const STOP = { start: 32, end: 32, text: '.' }

function later(now: string, fix: Fix, trail: Trail = trailOf(SAVED)): string | null {
  const placed = placeFix(trail, now, fix)
  return placed === null ? null : applyFix(now, placed)
}

/** Applies fixes one after the other, as keys do. */
function applyAll(...fixes: readonly Fix[]): string {
  let trail = trailOf(SAVED)
  for (const fix of fixes) {
    const placed = placeFix(trail, trail.text, fix)
    if (placed !== null) trail = takeStep(trail, trail.text, placed)
  }
  return trail.text
}

describe('a fix in the editor', () => {
  it('mends the text that was checked', () => {
    expect(later(SAVED, NUMBER)).toBe('Rund 1.500 Arbeiter  kamen kamen')
  })

  it('follows its place when something was typed before or after it', () => {
    expect(later(`Heute: ${SAVED}`, SPACES)).toBe('Heute: Rund 1,500 Arbeiter kamen kamen')
    expect(later(`${SAVED} an`, NUMBER)).toBe('Rund 1.500 Arbeiter  kamen kamen an')
  })

  it('is applied after others, in any order, and never twice', () => {
    const mended = 'Rund 1.500 Arbeiter kamen.'
    expect(applyAll(NUMBER, SPACES, STOP, DOUBLE)).toBe(mended)
    expect(applyAll(NUMBER, DOUBLE, SPACES)).toBe('Rund 1.500 Arbeiter kamen')
    expect(applyAll(SPACES, DOUBLE, NUMBER, SPACES, DOUBLE, NUMBER)).toBe('Rund 1.500 Arbeiter kamen')
    expect(applyAll(STOP, NUMBER, DOUBLE, STOP, SPACES)).toBe(mended)
  })

  it('is applied after typing and after others together', () => {
    const first = takeStep(trailOf(SAVED), SAVED, NUMBER)
    const typed = `Heute: ${first.text}`
    expect(later(typed, SPACES, first)).toBe('Heute: Rund 1.500 Arbeiter kamen kamen')
    const placed = placeFix(first, typed, SPACES)
    expect(placed).not.toBeNull()
    if (placed === null) return
    const second = takeStep(first, typed, placed)
    expect(later(second.text, DOUBLE, second)).toBe('Heute: Rund 1.500 Arbeiter kamen')
    expect(later(second.text, SPACES, second)).toBeNull()
  })

  it('is given up where its place was changed, or where it never fitted', () => {
    expect(later('Rund 1,600 Arbeiter  kamen kamen', NUMBER)).toBeNull()
    expect(later('Rund 1,500 Arbeiter kamen kamen', SPACES)).toBeNull()
    expect(later('Rund 1,500 Arbeiter  kamen', DOUBLE)).toBeNull()
    expect(later(`${SAVED}.`, STOP)).toBeNull()
    expect(placeFix(trailOf('kurz'), 'kurz', { start: 2, end: 9, text: 'x' })).toBeNull()
  })

  it('says in words what it does', () => {
    expect(fixWords(SAVED, NUMBER)).toBe('“1,500” → “1.500”')
    expect(fixWords(SAVED, SPACES)).toBe('two spaces → space')
    expect(fixWords(SAVED, STOP)).toBe('Insert “.”')
    expect(fixWords('a b', { start: 1, end: 2, text: '' })).toBe('Remove space')
    expect(fixWords('a?', { start: 1, end: 1, text: '\u202f' })).toBe('Insert narrow no-break space')
  })
})
