import type { z } from '@hono/zod-openapi'
import type { LocaleQuality } from '../store/quality.ts'
import type { QualityView } from './cost-schemas.ts'

const MOST_TERMS = 50

export function viewQuality({
  locale,
  bySource,
  byTerm,
}: LocaleQuality): z.infer<typeof QualityView>['locales'][number] {
  return {
    locale,
    bySource: bySource.map((each) => ({ ...each })),
    byTerm: byTerm.slice(0, MOST_TERMS).map((each) => ({ ...each })),
  }
}
