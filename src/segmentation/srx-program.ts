/**
 * Expressions → a non-deterministic automaton (Thompson 1968). Look-arounds are taken out and become questions
 * about a place that an earlier pass over the text has answered, so that every expression runs in linear time.
 */
import type { SrxAssertion, SrxExpression } from '../domain/srx.ts'
import { SRX_ASSERTIONS } from '../domain/srx.ts'

export const CHARACTER = 0
export const SPLIT = 1
export const JUMP = 2
/** Asks for a built-in assertion, by its bit. */
export const ASSERT = 3
/** Asks whether a question has the answer yes, or no. */
export const ASK = 4
export const ASK_NOT = 5
export const ACCEPT = 6

/** One pass over the text in one direction: which questions have the answer yes at each place. */
export type Pass = {
  readonly backward: boolean
  readonly operations: readonly number[]
  /** Leaf, target, bit, or question. */
  readonly first: readonly number[]
  /** The second target of a split. */
  readonly second: readonly number[]
  /** Where the expressions begin. */
  readonly starts: readonly number[]
  /** Whether the answers of earlier passes, or the neighbours of a place, matter. */
  readonly asks: boolean
}

export type Question = {
  readonly expression: SrxExpression
  /** Whether the expression begins at the place; else it ends there. */
  readonly ahead: boolean
}

export type Plan = {
  /** Those of the look-arounds, the innermost first; the last two, forward and backward, ask the given questions. */
  readonly passes: readonly Pass[]
  readonly leaves: readonly string[]
  /** The bits of all assertions that are made. */
  readonly asserted: number
}

type Building = {
  /** Look-around → the number of its question. */
  readonly numbers: Map<SrxExpression, number>
  /** Leaf → its number; a leaf is a set of characters as JSON. */
  readonly leaves: Map<string, number>
}

/**
 * Plans the passes that answer all questions; the given ones keep their numbers, the look-arounds inside them
 * come after. A pass asks only what an earlier one has answered.
 */
export function planPasses(questions: readonly Question[]): Plan {
  const building: Building = { numbers: new Map(), leaves: new Map() }
  const layers: Map<number, Question>[] = []
  let next = questions.length
  /** @returns how many layers have to run before this expression */
  const place = (expression: SrxExpression): number => {
    let depth = 0
    for (const inner of looksIn(expression)) {
      if (inner.kind !== 'look') continue
      const below = place(inner.body)
      building.numbers.set(inner, next)
      layers[below] ??= new Map()
      layers[below].set(next++, { expression: inner.body, ahead: inner.ahead })
      depth = Math.max(depth, 1 + below)
    }
    return depth
  }
  for (const { expression } of questions) place(expression)
  const passes = [...layers, new Map(questions.entries())].flatMap((layer, index) =>
    [false, true]
      .map((backward) => [...layer].filter(([, question]) => question.ahead === backward))
      .filter((some) => some.length > 0 || index === layers.length)
      .map((some, side) => buildPass(building, some, some[0]?.[1].ahead ?? side === 1)),
  )
  let asserted = 0
  for (const pass of passes) {
    for (const [at, operation] of pass.operations.entries()) {
      if (operation === ASSERT) asserted |= pass.first[at] ?? 0
    }
  }
  return { passes, leaves: [...building.leaves.keys()], asserted }
}

/** The outermost look-arounds of an expression. Recursion is bounded by the parser's own limit. */
function looksIn(expression: SrxExpression): readonly SrxExpression[] {
  if (expression.kind === 'look') return [expression]
  if (expression.kind === 'repeat') return looksIn(expression.body)
  if (expression.kind === 'sequence') return expression.parts.flatMap(looksIn)
  return expression.kind === 'choice' ? expression.options.flatMap(looksIn) : []
}

function buildPass(
  building: Building,
  entries: readonly (readonly [number, Question])[],
  backward: boolean,
): Pass {
  const operations: number[] = []
  const first: number[] = []
  const second: number[] = []
  const starts: number[] = []
  const emit = (operation: number, one = 0, two = 0): number => {
    first.push(one)
    second.push(two)
    return operations.push(operation) - 1
  }
  const write = (expression: SrxExpression): void => {
    switch (expression.kind) {
      case 'character': {
        const key = JSON.stringify(expression.set)
        const leaf = building.leaves.get(key) ?? building.leaves.size
        building.leaves.set(key, leaf)
        emit(CHARACTER, leaf)
        return
      }
      case 'assertion':
        emit(ASSERT, 1 << SRX_ASSERTIONS.indexOf(expression.what satisfies SrxAssertion))
        return
      case 'look':
        emit(expression.negative ? ASK_NOT : ASK, building.numbers.get(expression) ?? 0)
        return
      case 'sequence':
        for (const part of backward ? expression.parts.toReversed() : expression.parts) write(part)
        return
      case 'choice':
        writeChoice(expression.options)
        return
      case 'repeat':
        writeRepeat(expression.body, expression.min, expression.max)
    }
  }
  const writeChoice = (options: readonly SrxExpression[]): void => {
    const jumps: number[] = []
    for (const [index, option] of options.entries()) {
      const isLast = index === options.length - 1
      const split = isLast ? -1 : emit(SPLIT, operations.length + 1)
      write(option)
      if (isLast) break
      jumps.push(emit(JUMP))
      second[split] = operations.length
    }
    for (const jump of jumps) first[jump] = operations.length
  }
  const writeRepeat = (body: SrxExpression, min: number, max: number | null): void => {
    for (let copy = 0; copy < min; copy++) write(body)
    if (max === null) {
      const split = emit(SPLIT, operations.length + 1)
      write(body)
      emit(JUMP, split)
      second[split] = operations.length
      return
    }
    const splits: number[] = []
    for (let copy = min; copy < max; copy++) {
      splits.push(emit(SPLIT, operations.length + 1))
      write(body)
    }
    for (const split of splits) second[split] = operations.length
  }
  for (const [number, { expression }] of entries) {
    starts.push(operations.length)
    write(expression)
    emit(ACCEPT, number)
  }
  const asks = operations.some((operation) => operation >= ASSERT && operation <= ASK_NOT)
  return { backward, operations, first, second, starts, asks }
}
