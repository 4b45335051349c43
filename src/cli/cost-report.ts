import type { z } from 'zod'
import { COST_BANDS } from '../domain/cost.ts'
import type { CostView, QualityView } from '../http/cost-schemas.ts'

/** Words by band and characters by engine, one language a line. */
export function describeCost(cost: z.infer<typeof CostView>): string {
  const head = ['locale', ...COST_BANDS, 'to be billed', 'saved', 'billed so far']
  const rows = cost.locales.map(({ locale, bands, engines, saved, spent }) => [
    locale,
    ...COST_BANDS.map((band) => String(bands[band]?.words ?? 0)),
    engines[0] === undefined ? '0' : `${engines[0].characters} (${engines[0].engine})`,
    String(saved),
    String(spent),
  ])
  const ceilings = new Map(
    cost.locales.flatMap(({ engines }) =>
      engines.flatMap(({ engine, ceiling }) =>
        ceiling === null
          ? []
          : [
              [
                engine,
                `${engine}: ${ceiling.used} of ${ceiling.most} ${ceiling.unit} used this month`,
              ] as const,
            ],
      ),
    ),
  )
  return [
    `${cost.segments} segments, ${cost.words} words; words by what there is already, characters for engines`,
    ...table([head, ...rows]),
    ...ceilings.values(),
  ].join('\n')
}

/** How much people changed, one engine and language a line. */
export function describeQuality(quality: z.infer<typeof QualityView>): string {
  const rows = quality.locales.flatMap(({ locale, bySource }) =>
    bySource.map(({ name, segments, words, untouched, distance }) => [
      locale,
      name,
      String(segments),
      String(words),
      String(untouched),
      `${distance.toFixed(1)} %`,
    ]),
  )
  if (rows.length === 0) return 'nobody has confirmed or changed a draft yet'
  const terms = quality.locales.flatMap(({ locale, byTerm }) =>
    byTerm.map(({ source, wanted, segments, right, distance }) => [
      locale,
      wanted === null ? source : `${source} → ${wanted}`,
      String(segments),
      String(right),
      `${distance.toFixed(1)} %`,
    ]),
  )
  return [
    ...table([['locale', 'draft by', 'segments', 'words', 'untouched', 'changed'], ...rows]),
    ...(terms.length === 0
      ? []
      : ['', ...table([['locale', 'term', 'sentences', 'right in the draft', 'changed'], ...terms])]),
  ].join('\n')
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column < 1 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  )
}
