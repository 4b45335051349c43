import { say } from '../saying.ts'
import type { Fault } from './check.ts'
import { mendable } from './check.ts'
import { decimalOf } from './number-reading.ts'

/** A number that stands in the target as the source writes it, although the target's language writes it otherwise. */
export type Misformatted = {
  readonly sourceStart: number
  readonly sourceEnd: number
  readonly targetStart: number
  readonly targetEnd: number
  readonly fault: Fault
}

/**
 * `number-format`: `1,500` or `3.5 percent` of an English source left as it is in a language that writes `1.500` or
 * `3,5`. Only where the source can not mean a version, a time or a section: thousands, and decimals beside a
 * currency, a per cent sign or a word that counts. @param source,target without codes and addresses, offsets kept
 */
export function findMisformatted(
  source: string,
  target: string,
  sourceLocale: string,
  targetLocale: string,
): readonly Misformatted[] {
  const from = decimalOf(sourceLocale)
  const to = decimalOf(targetLocale)
  if (from === to || !/[.,]/.test(from) || !/[.,]/.test(to)) return []
  const standing = new Map<string, number[]>()
  for (const { 0: run, index } of target.matchAll(RUNS)) {
    if (/[.,]/.test(run)) standing.set(run, [...(standing.get(run)?.slice(-9) ?? []), index])
  }
  const found: Misformatted[] = []
  for (const { 0: run, index } of source.matchAll(RUNS)) {
    const targetStart = standing.get(run)?.shift()
    if (targetStart === undefined) continue
    const value = certainValue(run, index, source, from)
    if (value === undefined) continue
    const digits = value.fraction
    const text = new Intl.NumberFormat(targetLocale, {
      numberingSystem: 'latn',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(value.number)
    if (text === run) continue
    const targetEnd = targetStart + run.length
    const said = say('{number} is written {wanted} in this language.', { number: run, wanted: text })
    const fault = mendable('number-format', said, targetStart, targetEnd, text)
    found.push({ sourceStart: index, sourceEnd: index + run.length, targetStart, targetEnd, fault })
    if (found.length === 20) break
  }
  return found
}

function certainValue(
  run: string,
  index: number,
  text: string,
  decimal: string,
): { readonly number: number; readonly fraction: number } | undefined {
  const group = decimal === '.' ? ',' : '.'
  const [whole = '', fraction, ...more] = run.split(decimal)
  if (more.length > 0 || whole.length > 15 || (fraction?.length ?? 0) > 6) return undefined
  if (/\p{L}/u.test(text.charAt(index - 1)) || /\p{L}/u.test(text.charAt(index + run.length)))
    return undefined
  const groups = whole.split(group)
  const grouped =
    groups.length > 1 && (groups[0]?.length ?? 4) <= 3 && groups.slice(1).every(({ length }) => length === 3)
  if (groups.length > 1 && !grouped) return undefined
  if (!grouped) {
    const before = text.slice(Math.max(0, index - 2), index)
    const behind = text.slice(index + run.length, index + run.length + 16)
    if (fraction === undefined || !(/[$€£¥₽₴]\s?$/.test(before) || COUNTED.test(behind))) return undefined
  }
  return { number: Number(`${groups.join('')}.${fraction ?? '0'}`), fraction: fraction?.length ?? 0 }
}

const RUNS = /\d+(?:[.,]\d+)*/g
/** What follows a decimal that is nothing else: `%`, percent, million, km. */
const COUNTED =
  /^[ \u00a0\u202f-]?(?:%|per ?cent|percentage|thousand|million|billion|trillion|times|(?:km|kg|cm|mm|mph|kilomet|met(?:er|re)s|miles|tons|tonnes|degrees|euros?|dollars|roubles|rubles|Prozent|Million|Milliard|por ciento|por cento|pour cent|процент)(?!\p{Ll}{12}))/u
