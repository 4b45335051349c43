import { t } from '../i18n.ts'

export type Period = { readonly words: string; readonly from: string; readonly to: string }

/** Periods that are asked for most. @param today a day in UTC, `2026-11-22` */
export function commonPeriods(today: string): readonly Period[] {
  const [year = 0, month = 1] = today.split('-').map(Number)
  const day = (y: number, m: number, d: number) => new Date(Date.UTC(y, m, d)).toISOString().slice(0, 10)
  const quarter = Math.floor((month - 1) / 3) * 3
  return [
    { words: t('This month'), from: day(year, month - 1, 1), to: today },
    { words: t('Last month'), from: day(year, month - 2, 1), to: day(year, month - 1, 0) },
    { words: t('This quarter'), from: day(year, quarter, 1), to: today },
    { words: t('Last quarter'), from: day(year, quarter - 3, 1), to: day(year, quarter, 0) },
    { words: t('This year'), from: day(year, 0, 1), to: today },
    { words: t('Last year'), from: day(year - 1, 0, 1), to: day(year - 1, 11, 31) },
  ]
}
