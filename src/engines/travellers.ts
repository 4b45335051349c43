import { buildTermIndex, findOccurrences } from '../domain/term-index.ts'
import { conceptOf } from '../domain/term-lookup.ts'
import type { GlossaryEntry } from './engine.ts'
import type { Traveller } from './engine-climb.ts'
import { preferredTerm } from './glossary-entries.ts'
import type { LadderContext } from './ladder.ts'
import type { TranslationInput } from './translate-segments.ts'

/** One traveller for all segments with the same text and the same kinds of codes. */
export function travellersOf(
  input: Pick<TranslationInput, 'segments' | 'glossaries' | 'sourceIndex' | 'sourceLocale'>,
  context: LadderContext,
): readonly Traveller[] {
  const index = input.sourceIndex ?? buildTermIndex(input.glossaries, input.sourceLocale)
  const travellers = new Map<string, Traveller>()
  for (const { id, text, codes, context: around } of input.segments) {
    const same = JSON.stringify([text, codes.map((code) => [code.kind, code.pair])])
    const known = travellers.get(same)
    if (known !== undefined) {
      known.ids.push(id)
      continue
    }
    const occurrences = findOccurrences(index, text)
    const entries = occurrences.flatMap((occurrence) => {
      const concept = conceptOf(occurrence, input.glossaries)
      const target = concept === undefined ? undefined : preferredTerm(concept, context.target)
      return target === undefined ? [] : [[occurrence.term.text, target.text] as const]
    })
    travellers.set(same, {
      ids: [id],
      climb: { text: { text, codes }, occurrences, entries: [...new Map(entries)].map(toEntry) },
      around: around === undefined ? undefined : withoutCodes(around),
      asked: [],
      best: null,
      answered: [],
      repairedBy: null,
      rungs: [],
      unknownWords: [],
      sent: false,
      billedCharacters: 0,
    })
  }
  return [...travellers.values()]
}

/** Neighbouring text is only read, never written back. */
function withoutCodes(text: string): string {
  return text.replace(/[\ue000-\uf8ff]/g, '')
}

/** The glossary lines of a whole document, each once. */
export function neededBy(travellers: readonly Traveller[]): readonly GlossaryEntry[] {
  const entries = new Map(
    travellers.flatMap(({ climb }) => climb.entries.map((entry) => [entry.source, entry])),
  )
  return [...entries.values()]
}

function toEntry([source, target]: readonly [string, string]): GlossaryEntry {
  return { source, target }
}
