import type { InlineCode } from '../../src/domain/document.ts'
import type { CaseMode, Concept, Glossary, Term } from '../../src/domain/term.ts'
import { createEngineHealth, type EngineHealth } from '../../src/engines/health.ts'
import type { Ledger, LedgerEntry } from '../../src/engines/ledger.ts'
import {
  type SegmentToTranslate,
  type SegmentTranslation,
  type TranslationInput,
  type TranslationSummary,
  translateSegments,
} from '../../src/engines/translate-segments.ts'

/** A few terms in the shape of a real term base. */
export const GLOSSARY: Glossary = {
  name: 'test',
  version: 'v1',
  concepts: [
    concept('omon', [
      term('en', 'OMON', { caseMode: 'sensitive' }),
      term('de', 'OMON', { caseMode: 'sensitive' }),
      term('es', 'OMON', { caseMode: 'sensitive' }),
      term('fr', 'OMON', { caseMode: 'sensitive' }),
      term('pt', 'OMON', { caseMode: 'sensitive' }),
      term('ru', 'ОМОН', { caseMode: 'sensitive' }),
      term('be', 'АМАП', { caseMode: 'sensitive' }),
    ]),
    concept('decree-3', [
      term('en', 'Decree No. 3'),
      term('de', 'Dekret Nr. 3'),
      term('es', 'decreto núm. 3'),
      term('fr', 'décret nº 3'),
      term('pt', 'decreto n.º 3'),
      term('ru', 'Декрет № 3'),
      term('be', 'Дэкрэт № 3'),
    ]),
    concept('militsiya', [
      term('en', 'Militsiya', { inflecting: true }),
      term('de', 'Miliz', { inflecting: true }),
      term('de', 'Polizei', { inflecting: true, status: 'forbidden' }),
      term('es', 'milicia', { inflecting: true }),
      term('fr', 'milice', { inflecting: true }),
      term('pt-BR', 'milícia', { inflecting: true }),
      term('pt-PT', 'milítsia', { inflecting: true }),
      term('ru', 'милиция', { inflecting: true }),
      term('be', 'міліцыя', { inflecting: true }),
    ]),
  ],
}

export function concept(id: string, terms: readonly Term[]): Concept {
  return { id, subject: 'test', definition: id, source: 'test', enforcement: 'hard', terms }
}

export function term(
  locale: string,
  text: string,
  more: { inflecting?: boolean; caseMode?: CaseMode; status?: Term['status'] } = {},
): Term {
  const { inflecting = false, caseMode = 'insensitive', status = 'preferred' } = more
  return { locale, text, status, caseMode, inflecting, forms: [] }
}

/** A pair of codes `b` and `/b` and a single `br`, in this order. */
export const CODES: readonly InlineCode[] = [
  { kind: 'open', pair: 1, type: 'format', data: '<b>', label: 'b', equiv: '' },
  { kind: 'close', pair: 0, type: 'format', data: '</b>', label: '/b', equiv: '' },
  { kind: 'single', pair: null, type: 'note', data: '<img>', label: 'img', equiv: '' },
]
export const [B, END_B, IMG] = ['\ue000', '\ue001', '\ue002'] as const

export type MemoryLedger = Ledger & { readonly entries: Map<string, LedgerEntry> }

export function createLedger(): MemoryLedger {
  const entries = new Map<string, LedgerEntry>()
  return {
    entries,
    async find(keys) {
      return new Map(
        keys.flatMap((key) => {
          const entry = entries.get(key)
          return entry === undefined ? [] : [[key, entry] as const]
        }),
      )
    },
    async keep(more) {
      for (const entry of more) if (!entries.has(entry.key)) entries.set(entry.key, entry)
    },
  }
}

/** A clock that only moves when someone waits. */
export function createStillHealth(): EngineHealth & {
  readonly waits: readonly number[]
  readonly now: () => number
} {
  let time = 1_000_000
  const waits: number[] = []
  const health = createEngineHealth({
    now: () => time,
    sleep: async (milliseconds) => {
      waits.push(milliseconds)
      time += milliseconds
    },
  })
  return { ...health, waits, now: () => time }
}

/** Runs `translateSegments` with everything a test does not care about filled in. */
export async function translate(
  texts: readonly (string | SegmentToTranslate)[],
  more: Pick<TranslationInput, 'engines'> & Partial<TranslationInput>,
): Promise<{
  summary: TranslationSummary
  results: readonly SegmentTranslation[]
  texts: readonly (string | null)[]
}> {
  const results: SegmentTranslation[] = []
  const segments = texts.map((text, index) =>
    typeof text === 'string' ? { id: `s${index + 1}`, text, codes: [] } : text,
  )
  const summary = await translateSegments({
    segments,
    sourceLocale: 'en',
    targetLocale: 'de',
    glossaries: [GLOSSARY],
    health: createStillHealth(),
    ledger: createLedger(),
    signal: new AbortController().signal,
    onBatch: async (batch) => {
      results.push(...batch)
    },
    ...more,
  })
  const byId = new Map(results.map((result) => [result.id, result]))
  return { summary, results, texts: segments.map(({ id }) => byId.get(id)?.text ?? null) }
}

export function coded(text: string, id = 's1'): SegmentToTranslate {
  return { id, text, codes: CODES }
}
