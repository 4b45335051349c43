import type { MiddlewareHandler } from 'hono'
import { DomainError } from '../domain/errors.ts'

/** What cannot be written in UTF-8, or PostgreSQL cannot keep, can stand in JSON as an escape only. */
const MAY_HOLD_ONE = /\\u(?:0000|d[89a-f])|__proto__/i

/**
 * Refuses JSON with what could not be kept faithfully: NUL characters, halves of surrogate pairs, and members called
 * `__proto__`. Everything behind it reads texts that are whole.
 */
export function refuseBrokenTexts(): MiddlewareHandler {
  return async (c, next) => {
    if (/^application\/(?:[\w.-]{1,50}\+)?json\b/i.test(c.req.header('content-type') ?? '')) {
      const broken = findBrokenText(await c.req.text())
      if (broken !== undefined) throw new DomainError('invalid-input', broken)
    }
    return next()
  }
}

/**
 * What is wrong with the texts of a JSON document, in a few words, after the place: `terms.0.text: a text holds …`.
 *
 * @param json as it was sent; one that cannot be parsed is left to whoever parses it
 * @returns undefined where every text and name can be kept
 */
export function findBrokenText(json: string): string | undefined {
  if (!MAY_HOLD_ONE.test(json)) return undefined
  const waiting: Place[] = []
  try {
    waiting.push({ value: JSON.parse(json), name: '', within: undefined })
  } catch {
    return undefined
  }
  // By a list and not by calls: it may be nested as deep as it is long.
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const { value } = place
    const broken = faultOf(value)
    if (broken !== undefined) return describe(place, broken)
    if (typeof value !== 'object' || value === null) continue
    for (const [name, member] of Object.entries(value)) {
      if (name === '__proto__') return describe(place, 'a member cannot be called “__proto__”')
      const wrong = Array.isArray(value) ? undefined : faultOf(name)
      if (wrong !== undefined) return describe(place, wrong)
      waiting.push({ value: member, name, within: place })
    }
  }
  return undefined
}

type Place = { readonly value: unknown; readonly name: string; readonly within: Place | undefined }

const MOST_NAMES = 10

function describe(place: Place, fault: string): string {
  const names: string[] = []
  for (let at: Place | undefined = place; at?.within !== undefined; at = at.within) names.push(at.name)
  names.reverse()
  if (names.length === 0) return fault
  const shown = names.length > MOST_NAMES ? ['…', ...names.slice(-MOST_NAMES)] : names
  return `${shown.join('.')}: ${fault}`
}

function faultOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  if (value.includes('\0')) return 'a text holds a NUL character: take it out'
  if (!value.isWellFormed()) return 'a text holds half of a surrogate pair (a damaged character): take it out'
  return undefined
}
