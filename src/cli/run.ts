import { basename, join } from 'node:path'
import { createAssessor } from '../domain/assessor.ts'
import { cueNotes, cueTexts } from '../domain/check/subtitle-cue.ts'
import { type Format, plainText, type Segment, type Unit } from '../domain/document.ts'
import { DomainError } from '../domain/errors.ts'
import { priorTargets } from '../domain/prior-target.ts'
import { findOccurrences } from '../domain/term-index.ts'
import { createTermIndexes, type TermIndexes } from '../domain/term-indexes.ts'
import { countWords } from '../domain/words.ts'
import { engineOrder } from '../engines/choose.ts'
import { writeXliff } from '../exchange/xliff-write.ts'
import { timeSegments } from '../formats/cues.ts'
import { segmentUnit } from '../segmentation/unit-segments.ts'
import { readSourceDocument, stemOf, writeWhole } from './files.ts'
import { matchMemory } from './memory-match.ts'
import { translateRest } from './run-machine.ts'
import { type LocaleReport, type RunReport, reportLocale } from './run-report.ts'
import type { RunWish } from './run-wish.ts'

/**
 * The whole pipeline on one file without a server: segments → memory → engines with the glossary enforced →
 * checks → `outDir/<name>.<locale>.xlf` and `outDir/report.json`.
 * @throws DomainError what is wrong with the file or the wish; an engine that is away only leaves segments open
 */
export async function runPipeline(wish: RunWish): Promise<RunReport> {
  const started = performance.now()
  const { document, indexes, segments } = await readSegments(wish)
  const words = segments.reduce(
    (sum, { text, codes }) => sum + countWords(plainText(text, codes), wish.sourceLocale),
    0,
  )
  const locales = await Promise.all(
    wish.targetLocales.map((locale) => runLocale(wish, indexes, locale, document, segments)),
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

/** The file's segments as they are translated. @throws DomainError what is wrong with it */
export async function readSegments(
  wish: Pick<RunWish, 'file' | 'settings' | 'sourceLocale' | 'segmentation' | 'glossaries'>,
) {
  const document = await readSourceDocument(wish.file, wish.settings, wish.sourceLocale)
  const indexes = createTermIndexes(wish.glossaries)
  const found = document.units.flatMap((unit) =>
    segmentUnit(unit, wish.sourceLocale, {
      ...wish.segmentation.options,
      // A term is never cut in two, whatever full stops it has.
      keepWhole: findOccurrences(indexes(wish.sourceLocale), unit.text),
    }),
  )
  const segments = timeSegments(document, found)
  if (segments.length === 0) {
    throw new DomainError('invalid-input', 'there is nothing to translate in it', {
      place: { file: wish.file },
    })
  }
  return { document, indexes, segments }
}

async function runLocale(
  wish: RunWish,
  indexes: TermIndexes,
  locale: string,
  { units, format }: { readonly units: readonly Unit[]; readonly format: Format },
  segments: readonly Segment[],
): Promise<LocaleReport> {
  const started = performance.now()
  const pair = { source: wish.sourceLocale, target: locale }
  const memory = await matchMemory(
    wish.memory(locale),
    segments,
    { ...pair, domain: wish.domain },
    new Date(),
  )
  const targets = new Map(memory.targets)
  const priors = priorTargets(units, segments, locale, basename(wish.file))
  for (const [id, target] of priors) targets.set(id, target)
  wish.onProgress(locale, targets.size, segments.length)
  const order = engineOrder({ mt: wish.mt }, wish.engines, { source: wish.sourceLocale, target: locale })
  const machine = await translateRest(wish, indexes, locale, segments, targets, order)
  for (const [id, spare] of memory.spares) if (!targets.has(id)) targets.set(id, spare)
  const notice = machine.notice ?? (targets.size < segments.length ? (order.notice ?? null) : null)
  if (notice !== null) wish.onNotice(locale, notice)

  const assess = createAssessor(wish.glossaries, indexes, wish.sourceLocale, locale)
  const cues = cueTexts(segments.map((segment) => ({ segment, text: targets.get(segment.id)?.text })))
  const assessed = segments.map((segment) => {
    const target = targets.get(segment.id)
    const assessment = target === undefined ? undefined : assess(segment, target, [], cues.get(segment.id))
    return { segment, target, assessment }
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
        notes: cueNotes(segment),
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
    wish.profile,
  )
  await writeWhole(file, content)
  return reportLocale({
    locale,
    file,
    assessed,
    brought: new Set(priors.keys()),
    billedCharacters: machine.billed,
    fromLedger: machine.fromLedger,
    usage: machine.usage,
    trails: machine.trails,
    notice,
    seconds: Math.round(performance.now() - started) / 1000,
  })
}
