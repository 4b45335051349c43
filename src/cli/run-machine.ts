import { setTimeout as sleep } from 'node:timers/promises'
import { contextsOf } from '../domain/context.ts'
import type { Segment } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import type { Target } from '../domain/target.ts'
import type { TermIndexes } from '../domain/term-indexes.ts'
import type { EngineOrder } from '../engines/choose.ts'
import type { EngineUsage } from '../engines/engine.ts'
import type { TermTrail } from '../engines/trail.ts'
import { type SegmentTranslation, translateSegments } from '../engines/translate-segments.ts'
import { createUsageTally } from '../engines/translation-summary.ts'
import type { RunWish } from './run-wish.ts'

const MAX_WAITS = 5
const LONGEST_WAIT_MS = 60_000

export type MachinePart = {
  readonly notice: string | null
  readonly billed: number
  readonly fromLedger: number
  readonly usage: Readonly<Record<string, EngineUsage>>
  /** The ways of terms up the ladder, by segment id. */
  readonly trails: ReadonlyMap<string, readonly TermTrail[]>
}

/** Fills `targets`. An engine that asks for patience gets it, a few times; then its segments stay open. */
export async function translateRest(
  wish: RunWish,
  indexes: TermIndexes,
  locale: string,
  segments: readonly Segment[],
  targets: Map<string, Target>,
  order: EngineOrder,
): Promise<MachinePart> {
  const usage = createUsageTally()
  const found = new Map<string, SegmentTranslation>()
  const contexts = contextsOf(segments)
  for (let waits = 0; ; waits++) {
    const open = segments.filter(({ id }) => !targets.has(id))
    try {
      const summary = await translateSegments({
        segments: open.map(({ id, text, codes }) => {
          const context = contexts.get(id)
          return { id, text, codes, ...(context === undefined ? {} : { context }) }
        }),
        sourceLocale: wish.sourceLocale,
        targetLocale: locale,
        glossaries: wish.glossaries,
        sourceIndex: indexes(wish.sourceLocale),
        targetIndex: indexes(locale),
        engines: order.engines,
        repairer: order.repairer,
        health: wish.health,
        ledger: {
          ...wish.ledger,
          // Counted here and not from the summary: a run that has to wait and come back has paid as well.
          charge: async (charge) => {
            usage.add(charge.engine, charge)
            await wish.ledger.charge?.(charge)
          },
        },
        signal: AbortSignal.timeout(3_600_000),
        finalAttempt: waits >= MAX_WAITS,
        onBatch: async (results) => {
          for (const result of results) {
            found.set(result.id, result)
            if (result.text === null || result.engine === null) continue
            targets.set(result.id, {
              text: result.text,
              state: 'initial',
              origin: 'mt',
              by: result.engine,
              version: 1,
            })
          }
          wish.onProgress(locale, targets.size, segments.length)
        },
      })
      const results = [...found.values()]
      return {
        notice: summary.notice,
        billed: results.reduce((sum, { billedCharacters }) => sum + billedCharacters, 0),
        fromLedger: results.filter((result) => result.fromLedger).length,
        usage: usage.usage,
        trails: new Map(results.map(({ id, trails }) => [id, trails])),
      }
    } catch (error) {
      const patient = error instanceof DomainError && error.retryAfterMs !== undefined && waits < MAX_WAITS
      if (!patient) throw error
      await sleep(Math.min(error.retryAfterMs ?? 1000, LONGEST_WAIT_MS))
    }
  }
}
