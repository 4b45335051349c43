/** Precision and recall of alarms: a term that is missing or forbidden is what a check has to find. */
import type { Pair } from './term-pairs.ts'

export type Score = {
  pairs: number
  occurrences: number
  alarms: number
  rightAlarms: number
  faults: number
  /** Pairs in which nothing is wrong, and those of them with an alarm. */
  clean: number
  cleanWithAlarm: number
}

export function newScore(): Score {
  return { pairs: 0, occurrences: 0, alarms: 0, rightAlarms: 0, faults: 0, clean: 0, cleanWithAlarm: 0 }
}

/** @param alarms concept ids, one for each occurrence that is said to be wrong */
export function addTo(score: Score, pair: Pair, alarms: readonly string[]): void {
  const faults = pair.expected
    .filter(({ status }) => status === 'missing' || status === 'forbidden')
    .map(({ concept }) => concept)
  score.pairs++
  score.occurrences += pair.expected.length
  score.alarms += alarms.length
  score.faults += faults.length
  if (faults.length === 0) {
    score.clean++
    if (alarms.length > 0) score.cleanWithAlarm++
  }
  const left = [...faults]
  for (const concept of alarms) {
    const at = left.indexOf(concept)
    if (at === -1) continue
    score.rightAlarms++
    left.splice(at, 1)
  }
}

export const precision = ({ alarms, rightAlarms }: Score) => (alarms === 0 ? 1 : rightAlarms / alarms)
export const recall = ({ faults, rightAlarms }: Score) => (faults === 0 ? 1 : rightAlarms / faults)
export const falseAlarms = ({ clean, cleanWithAlarm }: Score) => (clean === 0 ? 0 : cleanWithAlarm / clean)

export function show(name: string, score: Score): string {
  return (
    `${name.padEnd(18)} ${score.pairs} pairs, ${score.occurrences} occurrences, ${score.faults} wrong: ` +
    `precision ${precision(score).toFixed(3)}, recall ${recall(score).toFixed(3)}, ` +
    `false alarms on right translations ${(100 * falseAlarms(score)).toFixed(1)} %`
  )
}
