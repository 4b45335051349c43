/** One line of the report. */
export type Figure = {
  readonly name: string
  /** As people read it: median with spread, or whatever says it best. */
  readonly figure: string
  readonly value: number
  /** What was promised of the value, in its unit: `≤ 150 ms`, `≥ 5 ×`, `< 3 ×`. */
  readonly goal?: string
  /** Which way the value gets better; where there is a goal, it says so itself. */
  readonly better?: 'lower' | 'higher'
  /** The value is a ratio of two measurements side by side, or a count: it hardly depends on the machine. */
  readonly ratio?: true
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** `median (min–max)` in one unit. */
export function spread(values: readonly number[], unit: string, digits = 2): string {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return `${median(values).toFixed(digits)} ${unit} (${low.toFixed(digits)}–${high.toFixed(digits)})`
}

/** The smallest value that so many percent are not above. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN
}

/** Times of many calls: `p95 …, median …, longest …`; the value is the p95. */
export function timesFigure(name: string, times: readonly number[], goal?: string): Figure {
  const [middle, late, longest] = [50, 95, 100].map((percent) => percentile(times, percent).toFixed(1))
  const figure = `p95 ${late} ms, median ${middle}, longest ${longest}, of ${times.length}`
  return {
    name,
    figure,
    value: percentile(times, 95),
    ...(goal === undefined ? {} : { goal }),
    better: 'lower',
  }
}

type Limit = { readonly sign: '≤' | '<' | '≥' | '>'; readonly number: number }

/** The number in a goal; undefined where it has none. */
function limitOf(goal: string): Limit | undefined {
  const match = /^([≤<≥>]) ?(\d[\d,]*(?:\.\d+)?)/.exec(goal)
  const sign = match?.[1]
  if (sign !== '≤' && sign !== '<' && sign !== '≥' && sign !== '>') return undefined
  return { sign, number: Number(match?.[2]?.replaceAll(',', '')) }
}

/** Whether what was promised is kept; undefined: nothing was, or it was not measured. */
export function isMet({ goal, value }: Figure): boolean | undefined {
  const limit = goal === undefined ? undefined : limitOf(goal)
  if (limit === undefined || Number.isNaN(value)) return undefined
  const { sign, number } = limit
  if (sign === '≤') return value <= number
  if (sign === '<') return value < number
  return sign === '≥' ? value >= number : value > number
}

/** Which way a figure gets better; undefined: nobody has said. */
export function betterWay({ goal, better }: Figure): 'lower' | 'higher' | undefined {
  const limit = goal === undefined ? undefined : limitOf(goal)
  if (limit === undefined) return better
  return limit.sign === '≤' || limit.sign === '<' ? 'lower' : 'higher'
}
