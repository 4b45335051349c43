import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { readSourceDocument } from '../src/cli/files.ts'
import type { Segment } from '../src/domain/document.ts'
import { languageOf } from '../src/domain/locale.ts'
import type { Glossary, Verdict } from '../src/domain/term.ts'
import { findOccurrences } from '../src/domain/term-index.ts'
import { createTermIndexes } from '../src/domain/term-indexes.ts'
import { judgeTerms } from '../src/domain/term-verdict.ts'
import { createApertiumEngine } from '../src/engines/apertium.ts'
import type { Engine } from '../src/engines/engine.ts'
import { createEngineHealth } from '../src/engines/health.ts'
import { pluralOf } from '../src/engines/noun-plural.ts'
import { type SegmentTranslation, translateSegments } from '../src/engines/translate-segments.ts'
import { segmentUnit } from '../src/segmentation/unit-segments.ts'
import { readGlossaryFiles } from '../src/store/glossary-files.ts'
import { chrf } from './chrf.ts'
import type { Figure } from './figure.ts'
import { REFERENCE_SENTENCES } from './term-references.ts'

const ROOT = resolve(import.meta.dirname, '..')
const SAMPLES = join(ROOT, 'translations/samples')

type Text = Pick<Segment, 'id' | 'text' | 'codes'>
type Direction = { readonly source: 'en' | 'es'; readonly target: 'es' | 'fr' | 'pt-PT' | 'pt-BR' }

const DIRECTIONS: readonly Direction[] = [
  { source: 'en', target: 'es' },
  { source: 'en', target: 'fr' },
  { source: 'en', target: 'pt-PT' },
  { source: 'en', target: 'pt-BR' },
  { source: 'es', target: 'pt-PT' },
  { source: 'es', target: 'pt-BR' },
]

/**
 * Terms and fluency on a real engine: three articles and our reference sentences through Apertium (en→es directly,
 * en→fr and en→pt through Spanish, es→pt directly), once without the term base and once with it enforced. “Silently
 * wrong” counts occurrences that were told as right although the finished text does not have the term: found not by
 * the term check itself but by a plain search for the words that the base lists and their regular plurals.
 */
export async function benchTermsApertium(): Promise<readonly Figure[]> {
  const engine = await createApertiumEngine()
  if (engine === undefined) {
    return [
      { name: 'terms on Apertium', figure: 'not measured: Apertium is not installed', value: Number.NaN },
    ]
  }
  const glossaries = await readGlossaryFiles(join(ROOT, 'glossary'))
  const articles = await readArticles()
  const figures: Figure[] = []
  for (const { source, target } of DIRECTIONS) {
    const direction = `${source}→${target}`
    if (!engine.capabilities.supports({ source, target })) continue
    const references = REFERENCE_SENTENCES.map((sentence, place) => ({
      id: `r${place}`,
      text: sentence[source],
      codes: [],
    }))
    const texts = source === 'en' ? [...articles, ...references] : references
    const off = await translateAll(engine, { source, target }, texts, [])
    const on = await translateAll(engine, { source, target }, texts, glossaries)
    const before = judgeAll(texts, off, glossaries, { source, target })
    const after = judgeAll(texts, on, glossaries, { source, target })
    const told = texts.flatMap(({ id }) => on.get(id)?.verdicts.filter(({ hard }) => hard) ?? [])
    const silent = texts.reduce((sum, { id }) => sum + countUnfound(on.get(id), glossaries, target), 0)
    const flagged = told.filter((one) => !isRight(one)).length
    const settled = told.length === 0 ? 1 : (told.length - silent) / told.length
    figures.push({
      name: `Apertium ${direction}, hard terms right: off → on (${told.length} occurrences)`,
      figure: `${share(before.hard)} → ${share(after.hard)}; ${flagged} flagged, ${silent} silently wrong`,
      value: settled,
    })
    figures.push({
      name: `Apertium ${direction}, all terms right: off → on (${after.all.length} occurrences)`,
      figure: `${share(before.all)} → ${share(after.all)}`,
      value: rightShare(after.all),
    })
    const scoreOf = (results: ReadonlyMap<string, SegmentTranslation>) =>
      chrf(
        REFERENCE_SENTENCES.map((sentence, place) => [
          results.get(`r${place}`)?.text ?? '',
          sentence[target],
        ]),
      )
    const [plain, enforced] = [scoreOf(off), scoreOf(on)]
    const without = scoreWithoutTerms(off, on, glossaries, { source, target })
    figures.push({
      name: `Apertium ${direction}, chrF2 of ${REFERENCE_SENTENCES.length} sentences: off → on`,
      figure: `${plain.toFixed(1)} → ${enforced.toFixed(1)}; words around the terms ${without.off.toFixed(1)} → ${without.on.toFixed(1)}`,
      value: enforced - plain,
    })
  }
  return figures
}

async function readArticles(): Promise<readonly Text[]> {
  const names = (await readdir(SAMPLES)).filter((name) => !name.startsWith('README')).sort()
  const texts: Text[] = []
  for (const name of names) {
    const { units } = await readSourceDocument(join(SAMPLES, name), {}, 'en')
    for (const unit of units) {
      for (const { id, text, codes } of segmentUnit(unit, 'en'))
        texts.push({ id: `${name} ${id}`, text, codes })
    }
  }
  return texts
}

async function translateAll(
  engine: Engine,
  { source, target }: Direction,
  texts: readonly Text[],
  glossaries: readonly Glossary[],
): Promise<ReadonlyMap<string, SegmentTranslation>> {
  const results = new Map<string, SegmentTranslation>()
  await translateSegments({
    segments: texts,
    sourceLocale: source,
    targetLocale: target,
    glossaries,
    engines: [engine],
    health: createEngineHealth({ now: Date.now }),
    ledger: { find: async () => new Map(), keep: async () => {} },
    signal: AbortSignal.timeout(600_000),
    onBatch: async (batch) => {
      for (const result of batch) results.set(result.id, result)
    },
  })
  return results
}

type Judged = { readonly all: readonly Verdict[]; readonly hard: readonly Verdict[] }

/** A second look at finished texts, with nothing but source, target and term base. */
function judgeAll(
  texts: readonly Text[],
  results: ReadonlyMap<string, SegmentTranslation>,
  glossaries: readonly Glossary[],
  { source, target }: Direction,
): Judged {
  const indexes = createTermIndexes(glossaries)
  const all = texts.flatMap(({ id, text }) =>
    judgeTerms({
      source: text,
      target: results.get(id)?.text ?? '',
      occurrences: findOccurrences(indexes(source), text),
      glossaries,
      sourceLocale: source,
      targetLocale: target,
      targetIndex: indexes(target),
    }),
  )
  return { all, hard: all.filter(({ hard }) => hard) }
}

/** The same with every term cut out on both sides: what the sentence around them lost or gained. */
function scoreWithoutTerms(
  off: ReadonlyMap<string, SegmentTranslation>,
  on: ReadonlyMap<string, SegmentTranslation>,
  glossaries: readonly Glossary[],
  { target }: Direction,
): { readonly off: number; readonly on: number } {
  const index = createTermIndexes(glossaries)(target)
  const cut = (text: string) => {
    let out = ''
    let from = 0
    for (const { start, end } of findOccurrences(index, text)) {
      out += text.slice(from, start)
      from = end
    }
    return out + text.slice(from)
  }
  const score = (results: ReadonlyMap<string, SegmentTranslation>) =>
    chrf(
      REFERENCE_SENTENCES.map((sentence, place) => [
        cut(results.get(`r${place}`)?.text ?? ''),
        cut(sentence[target]),
      ]),
    )
  return { off: score(off), on: score(on) }
}

/** Occurrences of hard terms told as right that a plain search does not find. */
function countUnfound(
  result: SegmentTranslation | undefined,
  glossaries: readonly Glossary[],
  target: string,
): number {
  const right = (result?.verdicts ?? []).filter((verdict) => verdict.hard && isRight(verdict))
  const text = fold(result?.text ?? '')
  let unfound = 0
  for (const [conceptId, verdicts] of Map.groupBy(right, (verdict) => verdict.conceptId)) {
    const concepts = glossaries.flatMap(({ concepts }) => concepts.filter(({ id }) => id === conceptId))
    const words = concepts.flatMap(({ terms }) =>
      terms
        .filter(({ locale, status }) => target.startsWith(locale) && status !== 'forbidden')
        .flatMap((term) => [term.text, pluralOf(term.text, languageOf(target)) ?? '', ...term.forms]),
    )
    const found = new Set(
      words.filter((word) => word !== '').flatMap((word) => [...placesOf(text, fold(word))]),
    )
    unfound += Math.max(0, verdicts.length - found.size)
  }
  return unfound
}

function* placesOf(text: string, word: string): Generator<number> {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) yield at
}

/** Letters and digits only differ: case, codes, and the kinds of spaces and apostrophes do not count. */
function fold(text: string): string {
  return text
    .replace(/[\ue000-\uf8ff]/g, '')
    .replace(/\s+/gu, ' ')
    .replaceAll('’', "'")
    .toLowerCase()
}

function isRight({ status }: Verdict): boolean {
  return status === 'ok' || status === 'variant'
}

function rightShare(verdicts: readonly Verdict[]): number {
  return verdicts.filter(isRight).length / Math.max(1, verdicts.length)
}

function share(verdicts: readonly Verdict[]): string {
  return `${(100 * rightShare(verdicts)).toFixed(1)} %`
}
