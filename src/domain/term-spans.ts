/** Where the terms that a target has to say stand in it. */
import type { Span } from './term-assign.ts'
import { findMatches, type TermIndex } from './term-index.ts'
import type { Entry } from './term-trie.ts'
import type { WantedConcept } from './term-wanted.ts'

/**
 * @param index of the target locale; it may hold more concepts than are wanted
 * @returns by concept id, ascending; each place counts for one concept only, the longest term goes first
 */
export function findSpans(
  target: string,
  wanted: ReadonlyMap<string, WantedConcept>,
  index: TermIndex,
): ReadonlyMap<string, readonly Span[]> {
  const allowed = new Map<string, ReadonlySet<string>>()
  const forbidden = new Map<string, ReadonlySet<string>>()
  for (const [id, concept] of wanted) {
    allowed.set(id, new Set(concept.allowed.map((term) => term.text)))
    forbidden.set(id, new Set(concept.forbidden.map((term) => term.text)))
  }
  const isAllowed = ({ conceptId, term }: Entry) => allowed.get(conceptId)?.has(term.text) === true
  const isForbidden = ({ conceptId, term }: Entry) => forbidden.get(conceptId)?.has(term.text) === true
  const needs = new Map([...wanted].map(([id, { starts }]) => [id, starts.length]))
  const spans = new Map<string, Span[]>()
  const matches = findMatches(index, target, (entry) => isAllowed(entry) || isForbidden(entry))
  // Places that only one concept claims are given out first, so that a shared word goes where it is needed.
  const ordered = [...matches].sort((a, b) => Number(a.rivals.length > 0) - Number(b.rivals.length > 0))
  for (const { entry, rivals, start, end } of ordered) {
    const need = ({ conceptId }: Entry) => needs.get(conceptId) ?? 0
    const claims = rivals.length === 0 ? [entry] : [entry, ...rivals]
    const best = claims.reduce((winner, one) => {
      const order = Number(isAllowed(one)) - Number(isAllowed(winner)) || need(one) - need(winner)
      return order > 0 ? one : winner
    })
    needs.set(best.conceptId, need(best) - 1)
    const span: Span = { start, end, status: isAllowed(best) ? best.term.status : 'forbidden' }
    const list = spans.get(best.conceptId)
    if (list === undefined) spans.set(best.conceptId, [span])
    else list.push(span)
  }
  return spans
}
