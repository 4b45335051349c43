/**
 * The labelled pairs: `fixtures/term-pairs/<locale>.jsonl`, one pair a line, and the term base they are about. Every
 * fifth sentence of those written in November 2026, with all its variations, is held out: it is measured and never
 * looked at when rules are changed.
 */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Glossary } from '../../src/domain/term.ts'
import { readGlossaryCsv } from '../../src/exchange/glossary-csv.ts'

const PAIR = z.strictObject({
  /** What the pair shows: correct, inflected, compound, variant, wrong, missing, forbidden, repeated, verb, nbsp … */
  kind: z.string(),
  part: z.enum(['development', 'held-out']),
  source: z.string(),
  target: z.string(),
  /** One entry for each occurrence of a term in the source. `at`: where the answer stands in the target. */
  expected: z.array(
    z.strictObject({
      concept: z.string(),
      status: z.enum(['ok', 'variant', 'missing', 'forbidden']),
      at: z.tuple([z.number(), z.number()]).optional(),
    }),
  ),
})

export type Pair = z.infer<typeof PAIR>

export const LOCALES = ['de', 'es', 'fr', 'pt-BR', 'pt-PT', 'ru', 'be'] as const

const folder = new URL('./fixtures/term-pairs/', import.meta.url)
const concepts = readGlossaryCsv(readFileSync(new URL('glossary.csv', folder), 'utf8'), 'glossary.csv')

export const glossaries: readonly Glossary[] = [{ name: 'labelled', version: '', concepts }]

const read = new Map<string, readonly Pair[]>()

export function pairsOf(locale: string): readonly Pair[] {
  const known = read.get(locale)
  if (known !== undefined) return known
  const lines = readFileSync(new URL(`${locale}.jsonl`, folder), 'utf8')
    .trim()
    .split('\n')
  const pairs = lines.map((line) => PAIR.parse(JSON.parse(line)))
  read.set(locale, pairs)
  return pairs
}
