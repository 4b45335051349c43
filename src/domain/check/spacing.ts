import { say } from '../saying.ts'
import { type Check, type Fault, faultsAt, hideCodes, mendable } from './check.ts'

/**
 * `double-space`: two or more spaces in a row inside the target, where the source has none. `edge-space`: white space
 * at the beginning or end of the target where the source has none.
 */
export const checkSpacing: Check = ({ source, target }) => {
  const original = hideCodes(source)
  const text = hideCodes(target)
  return [...(DOUBLE.test(original) ? [] : doubleSpaces(text)), ...edgeSpaces(original, text)]
}

function doubleSpaces(text: string): readonly Fault[] {
  return faultsAt(text, ALL_DOUBLE, ({ 0: run, index }) => {
    const narrow = /[\u202f\u00a0]/.exec(run)?.[0]
    return mendable('double-space', say('Two spaces in a row.'), index, index + run.length, narrow ?? ' ')
  })
}

function edgeSpaces(source: string, text: string): readonly Fault[] {
  const faults: Fault[] = []
  const start = text.length - text.trimStart().length
  if (start > 0 && start < text.length && source.trimStart() === source) {
    faults.push(mendable('edge-space', say('A space stands before the first word.'), 0, start, ''))
  }
  const end = text.trimEnd().length
  if (end < text.length && end > 0 && source.trimEnd() === source) {
    faults.push(mendable('edge-space', say('A space stands after the last word.'), end, text.length, ''))
  }
  return faults
}

const DOUBLE = /[ \u00a0\u202f]{2}/
const ALL_DOUBLE = /[ \u00a0\u202f]{2,}/g
