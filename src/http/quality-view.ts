import type { z } from '@hono/zod-openapi'
import type { LocaleQuality } from '../store/quality.ts'
import type { QualityView } from './cost-schemas.ts'
import { REJECTION_CATEGORIES } from './schemas.ts'

const MOST_TERMS = 50

/** @param rejections by locale and category */
export function viewQuality(
  { locale, bySource, byTerm }: LocaleQuality,
  rejections: ReadonlyMap<string, Readonly<Record<string, number>>>,
): z.infer<typeof QualityView>['locales'][number] {
  const counted = rejections.get(locale) ?? {}
  return {
    locale,
    rejections: Object.fromEntries(
      REJECTION_CATEGORIES.map((category) => [category, counted[category] ?? 0]),
    ),
    bySource: bySource.map((each) => ({ ...each })),
    byTerm: byTerm.slice(0, MOST_TERMS).map((each) => ({ ...each })),
  }
}
