import type { z } from 'zod'
import { runsOf } from '../domain/document.ts'
import type { MergeReportView } from '../http/file-schemas.ts'

type Report = z.infer<typeof MergeReportView>
type Outcome = Report['outcomes'][number]

/** Words for what became of a segment; what needs nobody's attention is only counted. */
const WORDS: Readonly<Record<string, string>> = {
  taken: 'taken over',
  unchanged: 'not touched by the translator',
  same: 'the same here already',
  'keep-current': 'changed here only',
  conflict: 'changed on both sides',
  skipped: 'left out',
}

/** What a returned file did, or would do, as a table for people: what needs a look, then the sums. */
export function describeReturn(report: Report): string {
  const open = openOutcomes(report)
  const width = Math.max(0, ...open.map(({ segment }) => segment.length))
  const { before, warnings, counts, dryRun } = report
  return [
    ...(before === null
      ? []
      : [`${before.by} returned this very file before (${before.at}): it changes nothing`]),
    ...warnings.map(({ line, column, message }) => `${line}:${column}: ${message}`),
    ...open.flatMap((outcome) => linesOf(outcome, width)),
    `${dryRun ? 'would be: ' : ''}${Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([kind, count]) => `${count} ${WORDS[kind] ?? kind}`)
      .join(', ')}`,
  ].join('\n')
}

/** What is not done with: a person has to look at it. */
export function openOutcomes(report: Report): readonly Outcome[] {
  return report.outcomes.filter(({ outcome }) => outcome === 'conflict' || outcome === 'skipped')
}

function linesOf({ segment, outcome, reason, base, current, returned }: Outcome, width: number): string[] {
  const margin = ' '.repeat(width)
  const head = reason ?? 'An editor chooses between the two texts.'
  const texts = [
    ['exported', base],
    ['here now', current],
    ['in the file', returned],
  ] as const
  return [
    `${segment.padEnd(width)}  ${WORDS[outcome] ?? outcome}: ${head}`,
    ...texts.flatMap(([name, text]) =>
      text === undefined ? [] : [`${margin}    ${name.padEnd(11)}  ${visible(text)}`],
    ),
  ]
}

/** Codes as ‹1›, and nothing in a text that could steer a terminal. */
function visible(text: string): string {
  const plain = [...runsOf(text)].map((run) => (typeof run === 'string' ? run : `‹${run + 1}›`)).join('')
  return plain.replace(CONTROLS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

const CONTROLS = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu
