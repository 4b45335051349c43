import { type Node, placeOf, valueIn } from './nodes.ts'
import { tokensOf } from './value-types.ts'
import { quoted, type Report } from './violation.ts'

const SELECTORS: ReadonlySet<string> = new Set(['plural', 'ordinal', 'gender', 'select'])
const NUMBERED = /^(?:\d+(?:\.\d+)?|zero|one|two|few|many|other)$/
const RULE = 'XLIFF 2.2 Plural, Gender, and Select Module'

/** Message variants of XLIFF 2.2: a unit says what it switches on, its segments for which values they stand. */
export function checkVariants(unit: Node, report: Report): void {
  const written = valueIn(unit, 'pgs:switch')
  const items = written === undefined ? undefined : tokensOf(written).map((item) => item.split(':'))
  for (const [selector = '', variable = '', ...rest] of items ?? []) {
    if (SELECTORS.has(selector) && variable !== '' && rest.length === 0) continue
    const message = `${quoted([selector, variable, ...rest].join(':'))} in pgs:switch must be plural, ordinal, gender or select, a colon and a name`
    report(placeOf(unit, 'pgs:switch'), RULE, message)
  }
  for (const segment of unit.children) {
    const value = valueIn(segment, 'pgs:case')
    if (value === undefined) continue
    const place = placeOf(segment, 'pgs:case')
    const cases = tokensOf(value)
    if (items === undefined || cases.length !== items.length) {
      const wanted =
        items === undefined ? 'the unit has no pgs:switch' : `pgs:switch of the unit names ${items.length}`
      report(place, RULE, `pgs:case has ${cases.length} values, but ${wanted}`)
      continue
    }
    for (const [index, [selector]] of items.entries()) {
      const one = cases[index] ?? ''
      if ((selector !== 'plural' && selector !== 'ordinal') || NUMBERED.test(one)) continue
      report(place, RULE, `${quoted(one)} must be a number or one of zero, one, two, few, many, other`)
    }
  }
}
