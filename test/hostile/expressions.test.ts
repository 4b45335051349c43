import { createContext, Script } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { type Expression, findExpressions, pumpsFor } from './expressions.ts'

/** A text of this length is read in far less time by every expression that needs linear time. */
const LENGTH = 20_000
const LIMIT_MS = 60

describe('every regular expression of the product', () => {
  it('reads hostile texts in linear time', { timeout: 240_000 }, () => {
    const expressions = findExpressions()
    expect(expressions.length).toBeGreaterThan(500)
    const slow = expressions.flatMap((expression) => {
      const pump = pumpsFor(expression, LENGTH).find((text) => isSlow(expression, text))
      return pump === undefined
        ? []
        : [`${expression.file} /${expression.source}/ on ${JSON.stringify(pump.slice(0, 6))}…`]
    })
    expect(slow).toEqual([])
  })

  it('would be found out if it needed more', () => {
    const careless = ['a+$', '(?:a|a)+b', '\\s*x\\s*$', '<b.*>.*</b>'].map((source) => ({
      file: 'none',
      source,
      flags: 'g',
    }))
    for (const expression of careless) {
      expect([
        expression.source,
        pumpsFor(expression, LENGTH).some((text) => isSlow(expression, text)),
      ]).toEqual([expression.source, true])
    }
  })
})

const context = createContext({ text: '', expression: /a/ })
// All matches, as a global expression is used; a single one otherwise.
const search = new Script(
  'expression.global || expression.sticky ? text.replace(expression, "") : expression.test(text)',
)

/** Slow three times: a pause of the machine is not the expression's fault. */
function isSlow({ source, flags }: Expression, text: string): boolean {
  for (let attempt = 0; attempt < 3; attempt++) {
    context.expression = new RegExp(source, flags)
    context.text = text
    const before = process.cpuUsage()
    try {
      search.runInContext(context, { timeout: 2000 })
    } catch {
      return true
    }
    const { user, system } = process.cpuUsage(before)
    if ((user + system) / 1000 < LIMIT_MS) return false
  }
  return true
}
