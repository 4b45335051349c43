/** All expressions of a rule set at once: which rule matches first at each place of a text. */
import type { SrxExpression } from '../domain/srx.ts'
import { type Alphabet, assertionsOf, createAlphabet, symbolOf } from './srx-alphabet.ts'
import {
  type AnswerSets,
  type Answers,
  type Automaton,
  type Context,
  createAutomaton,
  runPass,
} from './srx-automaton.ts'
import { planPasses } from './srx-program.ts'
import { spend, type Work } from './srx-work.ts'

export type Rule = { readonly before: SrxExpression; readonly after: SrxExpression }

/** Keeps what it learns of its rules from text to text; the answers do not depend on it. */
export type Matcher = {
  /** Look-arounds, the innermost first, then what stands before, then what stands after. */
  readonly automata: readonly Automaton[]
  readonly asserted: number
  readonly alphabet: Alphabet
  readonly sets: AnswerSets
  readonly contexts: Context[]
  /** A context and an answer that an automaton found there → the context for the next one. */
  readonly chained: Map<number, Context>
  /** Answers before and after a place → the first rule, or −1. */
  readonly verdicts: Map<number, number>
}

export type Match = {
  /** In UTF-16 code units. */
  readonly place: number
  /** The first of the rules that match there, by its number. */
  readonly rule: number
}

/** States of all rules together. */
const LARGEST = 1_000_000

/** What a text may cost: learning what the rules do with it, and then a few steps a character. */
const FIXED_WORK = 8_000_000
const WORK_PER_CHARACTER = 40

/** @throws DomainError `too-large` for more states than any real file has */
export function createMatcher(rules: readonly Rule[]): Matcher {
  spend(
    { left: LARGEST },
    rules.reduce((sum, { before, after }) => sum + before.size + after.size, 0),
  )
  // Question 2n is what stands before the place in rule n, 2n + 1 what stands after it.
  const { passes, leaves, asserted } = planPasses(
    rules.flatMap(({ before, after }) => [
      { expression: before, ahead: false },
      { expression: after, ahead: true },
    ]),
  )
  const alphabet = createAlphabet(leaves)
  const sets: AnswerSets = { byKey: new Map() }
  return {
    automata: passes.map((pass) => createAutomaton(pass, alphabet, sets)),
    asserted,
    alphabet,
    sets,
    contexts: [],
    chained: new Map(),
    verdicts: new Map(),
  }
}

/** Whether so much has been learnt that a new matcher should take over. */
export function isFull({ chained, verdicts, sets, alphabet }: Matcher): boolean {
  return chained.size + verdicts.size + sets.byKey.size * 5 + alphabet.symbols.size * 5 > 500_000
}

export function workFor(text: string): Work {
  return { left: FIXED_WORK + WORK_PER_CHARACTER * text.length }
}

/**
 * The places of a text where a rule matches, ascending, 0 and `text.length` included.
 * @throws DomainError `too-large` when this takes more than `FIXED_WORK` and a little for each character
 */
export function matchAll(matcher: Matcher, text: string, work = workFor(text)): readonly Match[] {
  const characters = codePoints(text)
  const symbols = characters.map((unit) => symbolOf(matcher.alphabet, unit, work))
  const contexts = firstContexts(matcher, characters)
  for (const automaton of matcher.automata.slice(0, -2)) {
    const found = answersOf(automaton, symbols, contexts, work)
    for (const [place, answers] of found.entries()) {
      contexts[place] = chain(matcher, contexts[place] ?? NOTHING, answers, work)
    }
  }
  const [before, after] = matcher.automata
    .slice(-2)
    .map((automaton) => answersOf(automaton, symbols, contexts, work))
  const matches: Match[] = []
  let place = 0
  for (let at = 0; at <= characters.length; at++) {
    const rule = firstRule(matcher, before?.[at], after?.[at], work)
    if (rule !== -1) matches.push({ place, rule })
    place += (characters[at] ?? 0) > 0xffff ? 2 : 1
  }
  return matches
}

const NOTHING: Context = { id: 0, bits: 0, yes: new Set() }

function codePoints(text: string): Int32Array {
  const units = new Int32Array(text.length)
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.codePointAt(at) ?? 0
    units[count++] = unit
    if (unit > 0xffff) at++
  }
  return units.subarray(0, count)
}

/** Before any look-around has been answered, only the neighbours of a place tell it from others. */
function firstContexts(matcher: Matcher, characters: Int32Array): Context[] {
  const { contexts, asserted } = matcher
  for (let bits = contexts.length; bits < 128; bits++) contexts.push({ id: bits, bits, yes: NOTHING.yes })
  const first = new Array<Context>(characters.length + 1).fill(contexts[0] ?? NOTHING)
  if (asserted === 0) return first
  for (const [place, bits] of assertionsOf(characters).entries())
    first[place] = contexts[bits & asserted] ?? NOTHING
  return first
}

function answersOf(
  automaton: Automaton,
  symbols: Int32Array,
  contexts: readonly Context[],
  work: Work,
): readonly Answers[] {
  const answers = new Array<Answers>(symbols.length + 1)
  const report = (place: number, found: Answers) => {
    answers[place] = found
  }
  const contextAt = (place: number) => (automaton.pass.asks ? (contexts[place] ?? NOTHING) : NOTHING)
  runPass(automaton, symbols, contextAt, report, work)
  return answers
}

function chain(matcher: Matcher, context: Context, answers: Answers, work: Work): Context {
  const key = context.id * MOST_IDS + answers.id
  const known = matcher.chained.get(key)
  if (known !== undefined) return known
  const yes = answers.yes.length === 0 ? context.yes : new Set([...context.yes, ...answers.yes])
  spend(work, 20 + 2 * yes.size)
  const chained: Context = { id: matcher.contexts.length, bits: context.bits, yes }
  matcher.contexts.push(chained)
  matcher.chained.set(key, chained)
  return chained
}

/** More than there is memory for. */
const MOST_IDS = 2 ** 26

function firstRule(
  matcher: Matcher,
  before: Answers | undefined,
  after: Answers | undefined,
  work: Work,
): number {
  if (before === undefined || after === undefined || before.yes.length === 0 || after.yes.length === 0)
    return -1
  const key = before.id * MOST_IDS + after.id
  const known = matcher.verdicts.get(key)
  if (known !== undefined) return known
  let rule = -1
  let at = 0
  let other = 0
  while (rule === -1 && at < before.yes.length && other < after.yes.length) {
    const left = before.yes[at] ?? 0
    const right = (after.yes[other] ?? 0) - 1
    if (left === right) rule = left / 2
    else if (left < right) at++
    else other++
  }
  spend(work, 10 + at + other)
  matcher.verdicts.set(key, rule)
  return rule
}
