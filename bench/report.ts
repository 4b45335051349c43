import { readFile, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { z } from 'zod'
import { type Figure, isMet } from './figure.ts'

const FigureRow = z.object({
  name: z.string(),
  figure: z.string(),
  // JSON has no NaN: what was not measured is null there.
  value: z.number().nullable(),
  goal: z.string().optional(),
  better: z.enum(['lower', 'higher']).optional(),
  ratio: z.literal(true).optional(),
  bench: z.string().default(''),
  at: z.string().default(''),
})
const Results = z.object({ figures: z.array(FigureRow) })
export type FigureRow = z.infer<typeof FigureRow>

/** A row as it is kept. @param at a day, `2026-01-31` */
export function rowOf(figure: Figure, bench: string, at: string): FigureRow {
  const { goal, better, ratio, value, ...rest } = figure
  return {
    ...rest,
    value: Number.isFinite(value) ? value : null,
    ...(goal === undefined ? {} : { goal }),
    ...(better === undefined ? {} : { better }),
    ...(ratio === undefined ? {} : { ratio }),
    bench,
    at,
  }
}

/** @returns rows of an earlier run; none where there is no such file */
export async function readRows(path: string): Promise<readonly FigureRow[]> {
  const text = await readFile(path, 'utf8').catch(() => '{"figures":[]}')
  return Results.parse(JSON.parse(text)).figures
}

/**
 * The rows of before with those of this run in their place. A bench that ran replaces all its rows, for some names tell
 * what was found (how many articles were in flight); rows of benches that did not run stay.
 */
export function mergeRows(
  before: readonly FigureRow[],
  now: readonly FigureRow[],
  order: readonly string[],
): readonly FigureRow[] {
  const ran = new Set(now.map(({ bench }) => bench))
  const names = new Set(now.map(({ name }) => name))
  const kept = before.filter(({ bench, name }) => !ran.has(bench) && !names.has(name))
  const place = ({ bench }: FigureRow) => (order.indexOf(bench) + order.length + 1) % (order.length + 1)
  return [...kept, ...now].toSorted((one, other) => place(one) - place(other))
}

/** Writes rows with the machine that they were measured on. */
export async function writeRows(path: string, rows: readonly FigureRow[]): Promise<void> {
  const machine = {
    cpus: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
  }
  const at = new Date().toISOString().slice(0, 10)
  await writeFile(path, `${JSON.stringify({ at, machine, figures: rows }, null, 2)}\n`)
}

/** Name, figure, goal and whether it is met, in columns. */
export function formatTable(rows: readonly FigureRow[]): string {
  const cells = rows.map((row) => [row.name, row.figure, row.goal ?? '', verdictOf(row)])
  const head = ['figure', 'median with spread', 'goal', 'met']
  const widths = head.map((title, column) =>
    Math.min(90, Math.max(title.length, ...cells.map((cell) => (cell[column] ?? '').length))),
  )
  const lines = [head, widths.map((width) => '-'.repeat(width)), ...cells].map((cell) =>
    cell
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return lines.join('\n')
}

function verdictOf(row: FigureRow): string {
  const met = isMet(figureOf(row))
  return met === undefined ? '' : met ? 'yes' : 'NO'
}

export function figureOf({ name, figure, value, goal, better, ratio }: FigureRow): Figure {
  return {
    ...{ name, figure, value: value ?? Number.NaN },
    ...(goal === undefined ? {} : { goal }),
    ...(better === undefined ? {} : { better }),
    ...(ratio === undefined ? {} : { ratio }),
  }
}
