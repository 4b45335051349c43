import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAssessor } from '../domain/assessor.ts'
import { contextsOf } from '../domain/context.ts'
import { type Format, plainText, type Segment } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import type { Target } from '../domain/target.ts'
import type { Glossary } from '../domain/term.ts'
import { findOccurrences } from '../domain/term-index.ts'
import { createTermIndexes, type TermIndexes } from '../domain/term-indexes.ts'
import { countWords } from '../domain/words.ts'
import { engineOrder } from '../engines/choose.ts'
import type { Engine } from '../engines/engine.ts'
import type { EngineHealth } from '../engines/health.ts'
import type { Ledger } from '../engines/ledger.ts'
import { type SegmentTranslation, translateSegments } from '../engines/translate-segments.ts'
import type { TmxPair } from '../exchange/tmx.ts'
import type { XliffVersion } from '../exchange/xliff-model.ts'
import { writeXliff } from '../exchange/xliff-write.ts'
import type { FormatSettings } from '../formats/adapter.ts'
import { segmentUnit } from '../segmentation/unit-segments.ts'
import type { SegmentationChoice } from '../store/segmentation-files.ts'
import { readSourceDocument, stemOf, writeWhole } from './files.ts'
import { matchMemory } from './memory-match.ts'
import { type LocaleReport, type RunReport, reportLocale } from './run-report.ts'

export type RunWish = {
  readonly file: string
  readonly settings: FormatSettings
  readonly segmentation: SegmentationChoice
  readonly sourceLocale: string
  readonly targetLocales: readonly string[]
  readonly outDir: string
  readonly glossaries: readonly Glossary[]
  /** Pairs of the translation memories for one target locale. */
  readonly memory: (targetLocale: string) => readonly TmxPair[]
  /** `auto`, `none` or names, as `TALMACH_MT`. */
  readonly mt: string
  readonly engines: readonly Engine[]
  readonly health: EngineHealth
  readonly ledger: Ledger
  readonly version: XliffVersion
  /** Told after each batch, for a progress bar. */
  readonly onProgress: (locale: string, done: number, all: number) => void
  /** Told once a locale, in plain words. */
  readonly onNotice: (locale: string, notice: string) => void
}

const MAX_WAITS = 5
const LONGEST_WAIT_MS = 60_000

/**
 * The whole pipeline on one file without a server: segments → memory → engines with the glossary enforced →
 * checks → `outDir/<name>.<locale>.xlf` and `outDir/report.json`.
 * @throws DomainError what is wrong with the file or the wish; an engine that is away only leaves segments open
 */
export async function runPipeline(wish: RunWish): Promise<RunReport> {
  const started = performance.now()
  const document = await readSourceDocument(wish.file, wish.settings)
  const indexes = createTermIndexes(wish.glossaries)
  const segments = document.units.flatMap((unit) =>
    segmentUnit(unit, wish.sourceLocale, {
      ...wish.segmentation.options,
      // A term is never cut in two, whatever full stops it has.
      keepWhole: findOccurrences(indexes(wish.sourceLocale), unit.text),
    }),
  )
  if (segments.length === 0) {
    throw new DomainError('invalid-input', 'there is nothing to translate in it', {
      place: { file: wish.file },
    })
  }
  const words = segments.reduce(
    (sum, { text, codes }) => sum + countWords(plainText(text, codes), wish.sourceLocale),
    0,
  )
  const locales = await Promise.all(
    wish.targetLocales.map((locale) => runLocale(wish, indexes, locale, segments, document.format)),
  )
  const report: RunReport = {
    file: wish.file,
    format: document.format,
    sourceLocale: wish.sourceLocale,
    units: document.units.length,
    segments: segments.length,
    words,
    glossaries: wish.glossaries.map(({ name, version }) => ({ name, version })),
    segmentation: wish.segmentation.version,
    locales,
    seconds: Math.round(performance.now() - started) / 1000,
  }
  await writeWhole(join(wish.outDir, 'report.json'), `${JSON.stringify(report, null, 2)}\n`)
  return report
}

async function runLocale(
  wish: RunWish,
  indexes: TermIndexes,
  locale: string,
  segments: readonly Segment[],
  format: Format,
): Promise<LocaleReport> {
  const started = performance.now()
  const targets = new Map<string, Target>()
  for (const [id, text] of matchMemory(wish.memory(locale), segments)) {
    targets.set(id, { text, state: 'translated', origin: 'tm-exact', by: 'memory', version: 1 })
  }
  wish.onProgress(locale, targets.size, segments.length)
  const order = engineOrder({ mt: wish.mt }, wish.engines, { source: wish.sourceLocale, target: locale })
  const machine = await translateRest(wish, indexes, locale, segments, targets, order.engines)
  const notice = machine.notice ?? (targets.size < segments.length ? (order.notice ?? null) : null)
  if (notice !== null) wish.onNotice(locale, notice)

  const assess = createAssessor(wish.glossaries, indexes, wish.sourceLocale, locale)
  const assessed = segments.map((segment) => {
    const target = targets.get(segment.id)
    return { segment, target, assessment: target === undefined ? undefined : assess(segment, target) }
  })
  const file = join(wish.outDir, `${stemOf(wish.file)}.${locale}.xlf`)
  const definitions = new Map(
    wish.glossaries.flatMap(({ concepts }) =>
      concepts.map(({ id, definition }) => [id, definition] as const),
    ),
  )
  const content = writeXliff(
    {
      documentId: stemOf(wish.file),
      original: basename(wish.file),
      format,
      sourceLocale: wish.sourceLocale,
      targetLocale: locale,
      segmentationVersion: wish.segmentation.version,
      segments: assessed.map(({ segment, target, assessment }) => ({
        segment,
        ...(target === undefined ? {} : { target }),
        notes: [],
        findings: (assessment?.findings ?? []).filter(({ severity }) => severity !== 'info'),
        terms: (assessment?.verdicts ?? []).flatMap((verdict) => {
          const [expected] = verdict.expected
          if (expected === undefined) return []
          const definition = definitions.get(verdict.conceptId)
          return [
            {
              source: segment.text.slice(verdict.sourceStart, verdict.sourceEnd),
              target: expected,
              ...(definition === undefined ? {} : { definition }),
            },
          ]
        }),
      })),
    },
    wish.version,
  )
  await writeWhole(file, content)
  return reportLocale({
    locale,
    file,
    assessed,
    billedCharacters: machine.billed,
    fromLedger: machine.fromLedger,
    notice,
    seconds: Math.round(performance.now() - started) / 1000,
  })
}

/** Fills `targets`. An engine that asks for patience gets it, a few times; then its segments stay open. */
async function translateRest(
  wish: RunWish,
  indexes: TermIndexes,
  locale: string,
  segments: readonly Segment[],
  targets: Map<string, Target>,
  engines: readonly Engine[],
): Promise<{ notice: string | null; billed: number; fromLedger: number }> {
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
        engines,
        health: wish.health,
        ledger: wish.ledger,
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
      }
    } catch (error) {
      const patient = error instanceof DomainError && error.retryAfterMs !== undefined && waits < MAX_WAITS
      if (!patient) throw error
      await sleep(Math.min(error.retryAfterMs ?? 1000, LONGEST_WAIT_MS))
    }
  }
}
