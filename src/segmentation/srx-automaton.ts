/** Runs a pass over a text: the automaton is made deterministic as far as the text asks for it, and kept. */
import type { Alphabet } from './srx-alphabet.ts'
import { ACCEPT, ASK, ASK_NOT, ASSERT, CHARACTER, JUMP, type Pass, SPLIT } from './srx-program.ts'
import { spend, type Work } from './srx-work.ts'

/** Which questions have the answer yes at a place, ascending. Interned: the same set is the same object. */
export type Answers = { readonly id: number; readonly yes: Int32Array }

/** What a place has been found to be by the passes before: interned likewise. */
export type Context = { readonly id: number; readonly bits: number; readonly yes: ReadonlySet<number> }

type Core = { readonly states: Int32Array; readonly closed: Map<number, Closed> }

type Closed = {
  readonly consuming: Int32Array
  readonly answers: Answers
  /** By symbol. */
  readonly next: (Core | undefined)[]
}

export type Automaton = {
  readonly pass: Pass
  readonly alphabet: Alphabet
  readonly sets: AnswerSets
  readonly cores: Map<string, Core>
  /** By context: what every place begins anew. */
  readonly begun: Map<number, Closed>
  readonly seen: Uint32Array
  mark: number
  /** Numbers kept in all cores; the automaton forgets what it learnt when they are too many. */
  kept: number
}

export type AnswerSets = { readonly byKey: Map<string, Answers> }

const MOST_KEPT = 2_000_000

export function createAutomaton(pass: Pass, alphabet: Alphabet, sets: AnswerSets): Automaton {
  const seen = new Uint32Array(pass.operations.length)
  return { pass, alphabet, sets, cores: new Map(), begun: new Map(), seen, mark: 0, kept: 0 }
}

export function internAnswers(sets: AnswerSets, sorted: Int32Array): Answers {
  const key = sorted.join()
  const known = sets.byKey.get(key)
  if (known !== undefined) return known
  const answers: Answers = { id: sets.byKey.size, yes: sorted }
  sets.byKey.set(key, answers)
  return answers
}

/**
 * @param symbols of the text
 * @param contextAt of each place 0 … symbols.length
 * @param report called for every place, in the order of the pass
 * @throws DomainError `too-large` when the work is used up
 */
export function runPass(
  automaton: Automaton,
  symbols: Int32Array,
  contextAt: (place: number) => Context,
  report: (place: number, answers: Answers) => void,
  work: Work,
): void {
  const { length } = symbols
  const { backward } = automaton.pass
  let core = coreOf(automaton, [])
  for (let count = 0; count <= length; count++) {
    const place = backward ? length - count : count
    const context = contextAt(place)
    const closed = core.closed.get(context.id) ?? close(automaton, core, context, work)
    report(place, closed.answers)
    if (count === length) return
    const symbol = symbols[backward ? place - 1 : place] ?? 0
    core = closed.next[symbol] ?? step(automaton, closed, context, symbol, work)
  }
}

function coreOf(automaton: Automaton, states: readonly number[]): Core {
  const key = states.join()
  const known = automaton.cores.get(key)
  if (known !== undefined) return known
  if (automaton.kept > MOST_KEPT) {
    automaton.cores.clear()
    automaton.begun.clear()
    automaton.kept = 0
  }
  const core: Core = { states: Int32Array.from(states), closed: new Map() }
  automaton.cores.set(key, core)
  automaton.kept += states.length + 20
  return core
}

/** Adds what can be reached without a character, and what begins here. */
function close(automaton: Automaton, core: Core, context: Context, work: Work): Closed {
  const own = follow(automaton, core.states, context, work)
  const begun = begin(automaton, context, work)
  const answers =
    own.accepted.length === 0
      ? begun.answers
      : internAnswers(automaton.sets, sortedUnion(own.accepted, begun.answers.yes, work))
  const closed: Closed = { consuming: Int32Array.from(own.consuming), answers, next: [] }
  core.closed.set(context.id, closed)
  automaton.kept += own.consuming.length + automaton.alphabet.matches.length + 20
  return closed
}

function begin(automaton: Automaton, context: Context, work: Work): Closed {
  const known = automaton.begun.get(context.id)
  if (known !== undefined) return known
  const { consuming, accepted } = follow(automaton, automaton.pass.starts, context, work)
  const answers = internAnswers(automaton.sets, sortedUnion(accepted, NONE, work))
  const begun: Closed = { consuming: Int32Array.from(consuming), answers, next: [] }
  automaton.begun.set(context.id, begun)
  automaton.kept += consuming.length + 20
  return begun
}

const NONE = new Int32Array(0)

function sortedUnion(some: readonly number[], others: Int32Array, work: Work): Int32Array {
  spend(work, (some.length + others.length) * 2)
  return Int32Array.from(new Set([...some, ...others])).sort()
}

function follow(
  automaton: Automaton,
  from: ArrayLike<number>,
  context: Context,
  work: Work,
): { readonly consuming: readonly number[]; readonly accepted: readonly number[] } {
  const { operations, first, second } = automaton.pass
  const { seen } = automaton
  const mark = ++automaton.mark
  const consuming: number[] = []
  const accepted: number[] = []
  const waiting: number[] = []
  let steps = 0
  for (let index = 0; index < from.length; index++) {
    waiting.push(from[index] ?? 0)
    for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
      if (seen[state] === mark) continue
      seen[state] = mark
      steps++
      const one = first[state] ?? 0
      switch (operations[state]) {
        case CHARACTER:
          consuming.push(state)
          break
        case SPLIT:
          waiting.push(second[state] ?? 0, one)
          break
        case JUMP:
          waiting.push(one)
          break
        case ASSERT:
          if ((context.bits & one) !== 0) waiting.push(state + 1)
          break
        case ASK:
          if (context.yes.has(one)) waiting.push(state + 1)
          break
        case ASK_NOT:
          if (!context.yes.has(one)) waiting.push(state + 1)
          break
        case ACCEPT:
          accepted.push(one)
      }
    }
  }
  spend(work, steps)
  return { consuming, accepted }
}

function step(automaton: Automaton, closed: Closed, context: Context, symbol: number, work: Work): Core {
  const begun = begin(automaton, context, work)
  const fresh = begun.next[symbol] ?? coreOf(automaton, advance(automaton, begun, symbol, NONE, work))
  begun.next[symbol] = fresh
  const core =
    closed.consuming.length === 0
      ? fresh
      : coreOf(automaton, advance(automaton, closed, symbol, fresh.states, work))
  closed.next[symbol] = core
  return core
}

/** The states after one character, ascending, with those that have begun at this place. */
function advance(
  automaton: Automaton,
  closed: Closed,
  symbol: number,
  fresh: Int32Array,
  work: Work,
): readonly number[] {
  const { first } = automaton.pass
  const matches = automaton.alphabet.matches[symbol]
  const states: number[] = []
  for (const state of closed.consuming) {
    if (matches?.[first[state] ?? 0] === 1) states.push(state + 1)
  }
  spend(work, closed.consuming.length + 4 * (states.length + fresh.length) + 4)
  if (fresh.length > 0) states.push(...fresh)
  return [...new Set(states)].sort((one, other) => one - other)
}
