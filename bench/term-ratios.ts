import type { Concept, Glossary } from '../src/domain/term.ts'
import { buildTermIndex, findOccurrences } from '../src/domain/term-index.ts'
import { makeArticle } from './article.ts'
import { type Figure, median, spread } from './figure.ts'

const TERMS = 20_000
const ROUNDS = 7

/** How much slower terms are found when there are a thousand times as many; in turns, by this thread's own time. */
export function benchTermRatios(): readonly Figure[] {
  const sentences = Array.from({ length: 40 }, (_, seed) => makeArticle(400, seed))
    .join(' ')
    .split(/(?<=\.) /)
  const [few, many] = [invent(20), invent(TERMS)].map((glossary) => buildTermIndex([glossary], 'en'))
  const ratios: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const [least, most] = [few, many].map((index) => {
      const before = process.threadCpuUsage()
      for (const sentence of sentences) if (index !== undefined) findOccurrences(index, sentence)
      const { user, system } = process.threadCpuUsage(before)
      return user + system
    })
    // The first round compiles.
    if (round > 0 && least !== undefined && most !== undefined) ratios.push(most / least)
  }
  return [
    {
      name: `terms: finding with ${TERMS} terms against 20, time`,
      figure: spread(ratios, '×'),
      value: median(ratios),
      better: 'lower',
      ratio: true,
    },
  ]
}

function invent(count: number): Glossary {
  const concepts = Array.from({ length: count }, (_, n): Concept => {
    const term = { status: 'preferred', caseMode: 'insensitive', inflecting: true, forms: [] } as const
    return {
      ...{ id: `c${n}`, subject: '', definition: '', source: '', enforcement: 'advisory' },
      terms: [
        { ...term, locale: 'en', text: `committee of ward${n}` },
        { ...term, locale: 'de', text: `Ausschuss ${n}` },
      ],
    }
  })
  return { name: 'invented', version: '', concepts }
}
