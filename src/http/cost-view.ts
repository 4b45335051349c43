import type { z } from '@hono/zod-openapi'
import { plainText, type Segment } from '../domain/document.ts'
import { countWords } from '../domain/words.ts'
import { countBilledCharacters } from '../engines/answer-errors.ts'
import type { FormatSettings } from '../formats/adapter.ts'
import { readDocument } from '../formats/read.ts'
import { usedThisMonth } from '../store/ceilings.ts'
import { estimateArticle, estimateRevision, type LocaleCost } from '../store/cost.ts'
import { cutSource } from '../store/cut-source.ts'
import type { Revision } from '../store/documents.ts'
import { keepOlderCuts, listSegmented } from '../store/kept-cuts.ts'
import { loadSegments } from '../store/segments.ts'
import type { HttpDeps } from './context.ts'
import type { CostView } from './cost-schemas.ts'
import type { Submission } from './submission.ts'

/** What a document that is here costs. */
export async function costOfRevision(deps: HttpDeps, revision: Revision): Promise<z.infer<typeof CostView>> {
  const [first = ''] = revision.targetLocales
  const segments = (await loadSegments(deps.db, revision.id, first)).map(({ segment }) => segment)
  const costs = await estimateRevision(deps.db, revision, countBilledCharacters)
  return await view(deps, revision.sourceLocale, segments, costs)
}

/**
 * What a document would cost that is only shown, alone or as a new version of one that is here.
 * @throws DomainError what is wrong with it
 */
export async function costOfSubmission(
  deps: HttpDeps,
  article: Omit<Submission, 'settings'> & {
    readonly settings: FormatSettings
    readonly partner: string
    readonly domain: string
  },
  previous?: Revision,
): Promise<z.infer<typeof CostView>> {
  const { name, sourceLocale, targetLocales } = article
  const document = readDocument(article.bytes, {
    format: article.format,
    file: name,
    settings: article.settings,
    sourceLocale,
    ...(article.charset === null ? {} : { charset: article.charset }),
  })
  const rules = await deps.segmentation(article.partner)
  const found = cutSource(document, { name, sourceLocale }, rules, await deps.termBase())
  const older = previous === undefined ? [] : await listSegmented(deps.db, previous.documentId)
  const { segments } = await keepOlderCuts(deps.db, document.units, found, older)
  const costs = await estimateArticle(
    deps.db,
    { sourceLocale, segments, domain: article.domain },
    targetLocales,
    countBilledCharacters,
    previous,
  )
  return await view(deps, sourceLocale, segments, costs)
}

async function view(
  deps: HttpDeps,
  sourceLocale: string,
  segments: readonly Segment[],
  costs: readonly LocaleCost[],
): Promise<z.infer<typeof CostView>> {
  const locales: z.infer<typeof CostView>['locales'] = []
  for (const { locale, bands, characters, saved, spent, changes } of costs) {
    const engines: z.infer<typeof CostView>['locales'][number]['engines'] = []
    for (const { name, unit, billed, ceiling } of deps.costs({ source: sourceLocale, target: locale })) {
      const held =
        ceiling === undefined ? null : { unit, most: ceiling, used: await usedThisMonth(deps.db, name, unit) }
      engines.push({ engine: name, characters: billed ? characters : 0, ceiling: held })
    }
    const changed = changes === null ? null : { ...changes }
    locales.push({ locale, bands: { ...bands }, engines, saved, spent, changes: changed })
  }
  return {
    sourceLocale,
    segments: segments.length,
    words: segments.reduce(
      (sum, { text, codes }) => sum + countWords(plainText(text, codes), sourceLocale),
      0,
    ),
    locales,
  }
}
