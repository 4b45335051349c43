import type { z } from 'zod'
import { estimateCost } from '../domain/cost.ts'
import { plainText, type Segment, type Unit } from '../domain/document.ts'
import { priorTargets } from '../domain/prior-target.ts'
import { countWords } from '../domain/words.ts'
import { countBilledCharacters } from '../engines/answer-errors.ts'
import { engineOrder } from '../engines/choose.ts'
import type { CostView } from '../http/cost-schemas.ts'
import { matchMemory } from './memory-match.ts'
import type { RunWish } from './run-wish.ts'

/** What a run would cost; nothing is sent and nothing is written. What engines have translated before is not taken off. */
export async function estimateRun(
  wish: RunWish,
  units: readonly Unit[],
  segments: readonly Segment[],
): Promise<z.infer<typeof CostView>> {
  const { sourceLocale } = wish
  const wordsOf = ({ text, codes }: Segment) => countWords(plainText(text, codes), sourceLocale)
  const locales: z.infer<typeof CostView>['locales'] = []
  for (const locale of wish.targetLocales) {
    const pair = { source: sourceLocale, target: locale }
    const memory = await matchMemory(
      wish.memory(locale),
      segments,
      { ...pair, domain: wish.domain },
      new Date(),
    )
    const brought = priorTargets(units, segments, locale, '')
    const { bands, characters, saved } = estimateCost(
      segments.map((segment) => {
        const { id, text, codes } = segment
        const best = memory.best.get(id)
        return {
          key: `${codes.map(({ kind }) => kind).join(' ')}\n${text}`,
          words: wordsOf(segment),
          characters: /[\p{L}\p{N}]/u.test(plainText(text, codes)) ? countBilledCharacters(text) : 0,
          ...(brought.has(id) ? { kept: 'same' as const } : {}),
          matches: best === undefined ? [] : [best],
          filled: memory.targets.has(id),
        }
      }),
    )
    const engines: z.infer<typeof CostView>['locales'][number]['engines'] = []
    for (const { name, capabilities } of engineOrder({ mt: wish.mt }, wish.engines, pair).engines) {
      const ceiling = await wish.ceiling(name)
      const held = ceiling === null ? null : { ...ceiling }
      engines.push({ engine: name, characters: capabilities.billed ? characters : 0, ceiling: held })
    }
    locales.push({ locale, bands: { ...bands }, engines, saved, spent: 0, changes: null })
  }
  const words = segments.reduce((sum, segment) => sum + wordsOf(segment), 0)
  return { sourceLocale, segments: segments.length, words, locales }
}
