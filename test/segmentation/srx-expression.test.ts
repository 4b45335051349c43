import { describe, expect, it } from 'vitest'
import { DomainError } from '../../src/domain/errors.ts'
import { parseExpression } from '../../src/domain/srx-expression.ts'
import { segmentWithSrx } from '../../src/segmentation/srx-segment.ts'
import { rulesOf } from './srx-rules.ts'

/** Whether the expression matches a text as a whole. */
function matches(expression: string, text: string): boolean {
  const marked = `<${text}>`
  return segmentWithSrx(marked, 'en', rulesOf([true, `\\A<(?:${expression})`, '>\\z'])).length > 1
}

describe('parseExpression', () => {
  it('understands what ICU writes and JavaScript does not', () => {
    for (const [expression, right, wrong] of [
      ['\\h+', '\t \u00a0', '\n'],
      ['\\v', '\u2028', ' '],
      ['\\R', '\r\n', 'a'],
      ['\\Q[.]*\\E', '[.]*', 'x'],
      ['\\Qab\\E+', 'abb', 'abab'],
      ['\\p{Lu}\\p{lowercase_letter}', 'Ab', 'AB'],
      ['\\p{L}\\pN', 'a1', '1a'],
      ['\\p{IsCyrillic}', 'я', 'a'],
      ['\\p{InCyrillic}', 'я', 'a'],
      ['\\p{Script=Greek}', 'β', 'b'],
      ['\\p{^Lu}', 'a', 'A'],
      ['\\P{Lu}', 'a', 'A'],
      ['\\p{javaLowerCase}', 'a', 'A'],
      ['[[:alpha:]]+', 'aß', 'a1'],
      ['[[:^alpha:]]', '1', 'a'],
      ['\\p{Alpha}', 'ж', '.'],
      ['[a-z&&[^aeiou]]', 'b', 'e'],
      ['[a-z--[aeiou]]', 'b', 'e'],
      ['[[a-z]-[b]]', 'a', 'b'],
      ['[a[0-9]]', '5', 'b'],
      ['[]a]', ']', 'b'],
      ['[\\Q-]\\E]', ']', 'b'],
      ['\\x{1F600}', '😀', 'x'],
      ['\\x41\\u0042\\U00000043\\0104', 'ABCD', 'ABC'],
      ['\\N{NO-BREAK SPACE}\\N{U+2026}', '\u00a0…', ' …'],
      ['\\N', 'a', '\n'],
      ['(?i)straße', 'STRAßE', 'x'],
      ['(?i:a)b', 'Ab', 'AB'],
      ['a(?i)b|c', 'C', 'A'],
      ['(?x) a b # and nothing else\n', 'ab', 'a b'],
      ['.', 'a', '\u2028'],
      ['(?s).', '\n', 'ab'],
      ['a++b', 'aab', 'b'],
      ['(?:a|b)*+c', 'abc', 'ab'],
      ['(?>a*)b', 'aab', 'a'],
      ['(?<name>a)(?#not this)b', 'ab', 'a'],
      ['\\w+', 'naïve_1', 'a b'],
      ['\\d', '٣', 'a'],
      ['a{2,3}?', 'aaa', 'a'],
      ['a{ 2 , }', 'aaaa', 'a'],
      ['[^\\d\\s]', 'a', '1'],
      ['\\a\\e\\f\\cA', '\u0007\u001b\f\u0001', 'a'],
    ] as const) {
      expect(matches(expression, right), `${expression} on ${right}`).toBe(true)
      expect(matches(expression, wrong), `${expression} on ${wrong}`).toBe(false)
    }
  })

  it('does not go back into a possessive repetition', () => {
    expect(matches('a*+a', 'aaa')).toBe(false)
    expect(matches('a{1,2}+a', 'aaa')).toBe(true)
    expect(matches('a{1,2}+a', 'aa')).toBe(false)
    expect(matches('a?+a', 'a')).toBe(false)
  })

  it('takes marks along with the word they stand on', () => {
    const edges = segmentWithSrx('ne\u0301e a', 'en', rulesOf([true, '\\b', '']))
    expect(edges).toEqual([4, 5, 6])
  })

  it('names the column of what it cannot run', () => {
    for (const [expression, column] of [
      ['(a)\\1', 4],
      ['ab(', 3],
      ['ab)', 3],
      ['a[b', 2],
      ['a**', 3],
      ['*a', 1],
      ['a{3,1}', 2],
      ['a{x}', 2],
      ['x\\p{Nonsense}', 2],
      ['x\\p{InNonsense}', 2],
      ['\\N{NO SUCH NAME}', 1],
      ['(?(1)a|b)', 1],
      ['(?>a|bc)d', 1],
      ['(?:ab)*+', 7],
      ['\\X', 1],
      ['[z-a]', 2],
      ['a\\', 3],
      ['\\x{110000}', 1],
      ['(?q)a', 1],
      ['(?:a{1,100}){1,1000}', 13],
    ] as const) {
      const read = () => parseExpression(expression)
      expect(read, expression).toThrow(DomainError)
      expect(read, expression).toThrow(expect.objectContaining({ place: { line: 1, column } }))
    }
  })

  it('refuses what is nested without end', () => {
    for (const deep of [
      '('.repeat(5_000),
      '['.repeat(5_000),
      `${'(?:'.repeat(5_000)}a${')*'.repeat(5_000)}`,
    ]) {
      expect(() => parseExpression(deep)).toThrow(DomainError)
    }
    expect(() => parseExpression('a'.repeat(50_000))).toThrow(DomainError)
  })
})
