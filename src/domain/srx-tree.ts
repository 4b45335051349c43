/** The parts that expressions are built of, each with the number of states it takes. */
import type { CharacterSet, SrxAssertion, SrxExpression } from './srx.ts'

export function sequence(parts: readonly SrxExpression[]): SrxExpression {
  const [only] = parts
  if (only !== undefined && parts.length === 1) return only
  return { kind: 'sequence', parts, size: parts.reduce((sum, part) => sum + part.size, 1) }
}

export function choice(options: readonly SrxExpression[]): SrxExpression {
  const [only] = options
  if (only !== undefined && options.length === 1) return only
  return { kind: 'choice', options, size: options.reduce((sum, part) => sum + part.size + 2, 1) }
}

export function character(set: CharacterSet): SrxExpression {
  return { kind: 'character', set, size: 1 }
}

export function repeat(body: SrxExpression, min: number, max: number | null): SrxExpression {
  const copies = Math.max(1, max ?? min + 1)
  return { kind: 'repeat', body, min, max, size: (body.size + 1) * copies + 1 }
}

export function look(ahead: boolean, negative: boolean, body: SrxExpression): SrxExpression {
  return { kind: 'look', ahead, negative, body, size: body.size + 1 }
}

export function assertion(what: SrxAssertion): SrxExpression {
  return { kind: 'assertion', what, size: 1 }
}

/** The set of an expression that always matches one character. */
export function singleSet(body: SrxExpression): CharacterSet | undefined {
  if (body.kind === 'character') return body.set
  if (body.kind !== 'choice') return undefined
  const sets = body.options.map(singleSet).filter((set) => set !== undefined)
  return sets.length === body.options.length ? { kind: 'any', of: sets } : undefined
}
