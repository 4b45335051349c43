/** Characters → the symbols that an automaton tells apart, and what stands around each place of a text. */
import type { CharacterSet } from '../domain/srx.ts'
import { SRX_ASSERTIONS, type SrxAssertion } from '../domain/srx.ts'
import { SHORTHANDS } from '../domain/srx-property.ts'
import { spend, type Work } from './srx-work.ts'

/** Characters that the same leaves match are one symbol. Grows as new characters are met. */
export type Alphabet = {
  readonly leaves: readonly ((unit: number) => boolean)[]
  readonly symbols: Map<number, number>
  readonly signatures: Map<string, number>
  /** Symbol → leaf → 1 where it matches. */
  readonly matches: Uint8Array[]
}

/** @param leaves sets of characters as JSON, as `planPasses` gives them */
export function createAlphabet(leaves: readonly string[]): Alphabet {
  const tests = leaves.map((leaf) => testOf(JSON.parse(leaf)))
  return { leaves: tests, symbols: new Map(), signatures: new Map(), matches: [] }
}

/** What a new character costs for each leaf, in steps. */
const LEAF_COST = 5

export function symbolOf(alphabet: Alphabet, unit: number, work: Work): number {
  const known = alphabet.symbols.get(unit)
  if (known !== undefined) return known
  spend(work, alphabet.leaves.length * LEAF_COST)
  const matches = Uint8Array.from(alphabet.leaves, (test) => (test(unit) ? 1 : 0))
  const signature = matches.join('')
  let symbol = alphabet.signatures.get(signature)
  if (symbol === undefined) {
    symbol = alphabet.matches.push(matches) - 1
    alphabet.signatures.set(signature, symbol)
  }
  alphabet.symbols.set(unit, symbol)
  return symbol
}

/** Recursion is bounded by the parser's own limit. */
function testOf(set: CharacterSet): (unit: number) => boolean {
  switch (set.kind) {
    case 'range': {
      const { from, to } = set
      const inside = (unit: number) => unit >= from && unit <= to
      return set.fold ? foldingTest(inside) : inside
    }
    case 'property': {
      const pattern = new RegExp(`^${set.source}`, 'u')
      const inside = (unit: number) => pattern.test(String.fromCodePoint(unit))
      return set.fold ? foldingTest(inside) : inside
    }
    case 'not': {
      const inside = testOf(set.of)
      return (unit) => !inside(unit)
    }
    default: {
      const tests = set.of.map(testOf)
      return set.kind === 'any'
        ? (unit) => tests.some((test) => test(unit))
        : (unit) => tests.every((test) => test(unit))
    }
  }
}

function foldingTest(inside: (unit: number) => boolean): (unit: number) => boolean {
  return (unit) => {
    if (inside(unit)) return true
    const text = String.fromCodePoint(unit)
    return [text.toLowerCase(), text.toUpperCase()].some((form) => {
      const other = form.codePointAt(0) ?? unit
      return form.length === (other > 0xffff ? 2 : 1) && inside(other)
    })
  }
}

const IS_WORD = new RegExp(`^${SHORTHANDS.w}`, 'u')
const IS_MARK = /^[\p{M}\p{Cf}]/u

const bit = (what: SrxAssertion) => 1 << SRX_ASSERTIONS.indexOf(what)
const START = bit('start') | bit('line-start')
const LINE_START = bit('line-start')
const END = bit('end') | bit('last-line-end') | bit('line-end')
const LAST_LINE_END = bit('last-line-end')
const LINE_END = bit('line-end')
const EDGE = bit('word-edge')
const NO_EDGE = bit('no-word-edge')

/**
 * The assertions that hold at each place, as bits. A word ends and begins as in ICU: marks go with what stands
 * before them.
 */
export function assertionsOf(characters: Int32Array): Uint8Array {
  const { length } = characters
  const bits = new Uint8Array(length + 1)
  const words = new Map<number, boolean>()
  let isWord = false
  for (let at = 0; at <= length; at++) {
    const unit = at < length ? (characters[at] ?? 0) : -1
    const before = at > 0 ? (characters[at - 1] ?? 0) : -1
    let wasWord = isWord
    let isMark = false
    if (unit === -1) isWord = false
    else {
      const known = words.get(unit)
      const text = known === undefined ? String.fromCodePoint(unit) : ''
      isMark = unit >= 0x300 && IS_MARK.test(String.fromCodePoint(unit))
      if (!isMark) isWord = known ?? IS_WORD.test(text)
      if (known === undefined && !isMark) words.set(unit, isWord)
    }
    if (isMark) wasWord = isWord
    let held = wasWord === isWord ? NO_EDGE : EDGE
    if (at === 0) held |= START
    else if (at < length && isLineEnd(before) && !(before === 13 && unit === 10)) held |= LINE_START
    if (at === length) held |= END
    else if (isLineEnd(unit) && !(before === 13 && unit === 10)) {
      held |= LINE_END
      if (at === length - 1 || (at === length - 2 && unit === 13 && characters[at + 1] === 10))
        held |= LAST_LINE_END
    }
    bits[at] = held
  }
  return bits
}

function isLineEnd(unit: number): boolean {
  return (unit >= 10 && unit <= 13) || unit === 0x85 || unit === 0x2028 || unit === 0x2029
}
