/** `[…]` of an ICU-style expression: ranges, nested sets, `&&`, `--`, `[:name:]`. */

import type { CharacterSet } from './srx.ts'
import { propertySource } from './srx-property.ts'
import {
  characterSet,
  deeper,
  type ExpressionFlags,
  type ExpressionReader,
  propertySet,
  readEscape,
  refuse,
  takeCharacter,
} from './srx-reader.ts'

/** Reads a class; the reader stands behind its `[`. @throws DomainError `invalid-input` with a column */
export function readClass(reader: ExpressionReader, flags: ExpressionFlags): CharacterSet {
  return deeper(reader, () => {
    const { source } = reader
    const start = reader.at - 1
    const negative = source.charAt(reader.at) === '^'
    if (negative) reader.at++
    let before: CharacterSet | undefined
    let operator: '&' | '-' | undefined
    let items: CharacterSet[] = []
    const join = (): CharacterSet => {
      const set: CharacterSet = { kind: 'any', of: items }
      if (before === undefined) return set
      return { kind: 'all', of: [before, operator === '-' ? { kind: 'not', of: set } : set] }
    }
    for (let first = true; ; first = false) {
      if (reader.at >= source.length) return refuse(reader, 'this [ has no ]', start)
      if (takeQuoting(reader)) continue
      if (!reader.quoted) {
        if (source.charAt(reader.at) === ']' && !first) break
        const next = operatorAt(source, reader.at, items.length > 0)
        if (next !== undefined) {
          before = join()
          operator = next.operator
          items = []
          reader.at += next.length
          continue
        }
      }
      items.push(readItem(reader, flags))
    }
    reader.at++
    const set = join()
    return negative ? { kind: 'not', of: set } : set
  })
}

/** `&&` and `--`; one of them is enough before a nested set. */
function operatorAt(
  source: string,
  at: number,
  hasLeft: boolean,
): { readonly operator: '&' | '-'; readonly length: number } | undefined {
  const mark = source.charAt(at)
  if (!hasLeft || (mark !== '&' && mark !== '-')) return undefined
  const next = source.charAt(at + 1)
  if (next === mark) return { operator: mark, length: 2 }
  return next === '[' ? { operator: mark, length: 1 } : undefined
}

/** Passes over `\Q` or `\E`. */
export function takeQuoting(reader: ExpressionReader): boolean {
  const mark = reader.quoted ? '\\E' : '\\Q'
  if (!reader.source.startsWith(mark, reader.at)) return false
  reader.at += 2
  reader.quoted = !reader.quoted
  return true
}

function readItem(reader: ExpressionReader, flags: ExpressionFlags): CharacterSet {
  const { source } = reader
  const start = reader.at
  if (!reader.quoted && source.charAt(start) === '[') {
    const named = source.startsWith('[:', start) ? readNamedClass(reader, flags) : undefined
    if (named !== undefined) return named
    reader.at++
    return readClass(reader, flags)
  }
  const from = readMember(reader, flags)
  if (typeof from !== 'number') return from
  const after = source.charAt(reader.at + 1)
  if (reader.quoted || source.charAt(reader.at) !== '-' || '][-'.includes(after)) {
    return characterSet(from, flags.fold)
  }
  reader.at++
  const to = readMember(reader, flags)
  if (typeof to !== 'number') return refuse(reader, 'a range needs a character at both ends', start)
  if (to < from) return refuse(reader, 'this range ends before it begins', start)
  return { kind: 'range', from, to, fold: flags.fold }
}

function readMember(reader: ExpressionReader, flags: ExpressionFlags): CharacterSet | number {
  const start = reader.at
  const unit = takeCharacter(reader)
  if (reader.quoted || unit !== 0x5c) return unit
  if (reader.source.charAt(reader.at) === 'b') {
    reader.at++
    return 8
  }
  return (
    readEscape(reader, flags) ??
    refuse(reader, `\\${reader.source.charAt(reader.at)} cannot stand in a class`, start)
  )
}

function readNamedClass(reader: ExpressionReader, flags: ExpressionFlags): CharacterSet | undefined {
  const end = reader.source.indexOf(':]', reader.at)
  if (end === -1 || end - reader.at > 60) return undefined
  let name = reader.source.slice(reader.at + 2, end)
  if (!/^\^?[A-Za-z_ =]+$/.test(name)) return undefined
  const negative = name.startsWith('^')
  if (negative) name = name.slice(1)
  const property = propertySource(name)
  if (property === undefined) return refuse(reader, `the class “${name}” is not known`)
  reader.at = end + 2
  return propertySet(property, flags.fold, negative)
}
