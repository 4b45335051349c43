import '../src/fast-strings.ts'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { betterWay, type Figure } from './figure.ts'
import { benchFormats } from './formats.ts'
import { benchHtml } from './html.ts'
import { withPromise } from './promises.ts'
import { type FigureRow, figureOf, readRows, rowOf, writeRows } from './report.ts'
import { benchSegmentation } from './segmentation.ts'
import { benchTermRatios } from './term-ratios.ts'
import { benchXliff } from './xliff.ts'

/**
 * `npm run bench:compare`: measures what is quick and hardly depends on the machine, and says what got worse than
 * `bench/recorded.json` says. Ends with 1 for that only with `--strict`. `--record` writes the file anew, with the median
 * of three runs.
 */
const QUICK: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  html: benchHtml,
  formats: benchFormats,
  segmentation: benchSegmentation,
  terms: async () => benchTermRatios(),
  xliff: () => benchXliff([{ megabytes: 5, rounds: 5 }]),
}
const RECORDED = join(import.meta.dirname, 'recorded.json')
/** Two runs of the same code on a shared machine differ by a fifth now and then. */
const TOLERANCE = 0.35
/** Named after what was found in this run: no other run can be compared with it. */
const CHANGING = /^hostile text/

const { values } = parseArgs({
  options: { strict: { type: 'boolean' }, record: { type: 'boolean' } },
})
if (values.record === true) await record()
else if ((await compare()) > 0 && values.strict === true) process.exitCode = 1

async function measure(): Promise<readonly FigureRow[]> {
  const rows: FigureRow[] = []
  const today = new Date().toISOString().slice(0, 10)
  for (const [name, bench] of Object.entries(QUICK)) {
    console.error(`${name} …`)
    for (const figure of (await bench()).map(withPromise)) {
      if (figure.ratio === true && Number.isFinite(figure.value) && !CHANGING.test(figure.name)) {
        rows.push(rowOf(figure, name, today))
      }
    }
  }
  return rows
}

/** Writes, of three runs, those rows whose values lie in the middle. */
async function record(): Promise<void> {
  const runs = [await measure(), await measure(), await measure()]
  const names = new Set(runs.flat().map(({ name }) => name))
  const rows = [...names].flatMap((name) => {
    const found = runs.flat().filter((row) => row.name === name)
    const sorted = found.toSorted((one, other) => (one.value ?? 0) - (other.value ?? 0))
    return sorted[Math.floor(sorted.length / 2)] ?? []
  })
  await writeRows(RECORDED, rows)
  console.log(`${rows.length} figures are in bench/recorded.json`)
}

/** Prints a line for each figure. @returns how many got worse by more than the tolerance */
async function compare(): Promise<number> {
  const recorded = new Map((await readRows(RECORDED)).map((row) => [row.name, row]))
  let worse = 0
  for (const row of await measure()) {
    const was = recorded.get(row.name)?.value ?? undefined
    const change = was === undefined ? undefined : changeOf(row, was)
    const isWorse = change !== undefined && change > TOLERANCE
    if (isWorse) worse += 1
    const says =
      was === undefined
        ? 'new'
        : isWorse
          ? 'WORSE'
          : change !== undefined && change < -TOLERANCE
            ? 'better'
            : 'as before'
    const before = was === undefined ? '' : ` (recorded ${was.toFixed(2)})`
    console.log(`${says.padEnd(9)}  ${row.name}: ${row.value?.toFixed(2)}${before}`)
    recorded.delete(row.name)
  }
  for (const name of recorded.keys()) console.log(`not measured  ${name}`)
  console.log(
    worse === 0
      ? `nothing got worse by more than ${TOLERANCE * 100} %`
      : `${worse} got worse by more than ${TOLERANCE * 100} %; if that is meant: npm run bench:compare -- --record`,
  )
  return worse
}

/** How much worse, as a part of what it was: 0.5 for half as much again; below 0: better. */
function changeOf(row: FigureRow, was: number): number | undefined {
  const figure = figureOf(row)
  const way = betterWay(figure)
  if (way === undefined || was <= 0 || figure.value <= 0) return undefined
  return way === 'lower' ? figure.value / was - 1 : was / figure.value - 1
}
