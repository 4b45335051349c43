import { codesIn, type InlineCode } from './document.ts'
import { LOWEST_SCORE } from './leverage.ts'
import type { RevisionFate } from './revision.ts'
import type { Target } from './target.ts'

/** What a person wrote or confirmed in an older revision. */
export type OldTarget = Pick<Target, 'text' | 'by' | 'version'>

/** Whether the old translation is a better beginning than a fresh one. A part of a split sentence is none. */
export function keepsDraft(fate: RevisionFate, score: number): boolean {
  return (fate === 'edited' || fate === 'merged') && score >= LOWEST_SCORE
}

/** Without codes that the segment does not have. */
export function dropForeignCodes(text: string, codes: readonly InlineCode[]): string {
  return text.replace(/[\ue000-\uf8ff]/g, (code) => (code.charCodeAt(0) - 0xe000 < codes.length ? code : ''))
}

/**
 * The translations of sentences that were put together, one after the other; undefined where one is missing or has
 * inline codes, of which nobody knows where they belong now.
 */
export function mergedDraft(
  parts: readonly (OldTarget | undefined)[],
  segment: { readonly codes: readonly InlineCode[] },
): Target | undefined {
  const known = parts.filter((part) => part !== undefined)
  const last = known.at(-1)
  if (last === undefined || known.length < parts.length) return undefined
  if (segment.codes.length > 0 || known.some(({ text }) => codesIn(text).length > 0)) return undefined
  const text = known.map((part) => part.text).join(' ')
  return { text, state: 'initial', origin: 'tm-fuzzy', by: last.by, version: 1 }
}
