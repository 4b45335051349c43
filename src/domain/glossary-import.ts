/** What a file does to a term base that people have worked on meanwhile: a merge of three, concept by concept. */
import { type ConceptState, conceptKey } from './concept-state.ts'
import type { Concept } from './term.ts'

/** A concept as it stands. */
export type StandingConcept = {
  readonly state: ConceptState
  readonly content: Concept | null
  /** What the last import made of it; null: it came from the desk. */
  readonly imported: Concept | null
}

export type ImportRule = {
  /** What becomes of concepts that the file no longer has: they stay, or they hold no more. */
  readonly missing: 'keep' | 'deprecate'
  /** What becomes of concepts that both the file and the desk have changed. */
  readonly conflicts: 'keep' | 'take'
}

/**
 * `new`, `changed`, `removed`: the import does this. `same`: nothing differs. `kept`: the desk changed it and the file
 * has not, or it is missing in the file and stays. `conflict`: both changed it; `taken` says who wins.
 */
export type ImportOutcome =
  | { readonly kind: 'new' | 'same'; readonly id: string; readonly after: Concept }
  | { readonly kind: 'changed'; readonly id: string; readonly before: Concept; readonly after: Concept }
  | { readonly kind: 'removed' | 'kept'; readonly id: string; readonly before: Concept }
  | {
      readonly kind: 'conflict'
      readonly id: string
      readonly before: Concept | null
      readonly after: Concept
      readonly taken: boolean
    }

/**
 * @param standing every concept of the term base by id, also those that hold no more
 * @param file the concepts of the file; of two with one id the first counts
 * @returns one outcome a concept: those of the file in its order, then those that it lacks
 */
export function planImport(
  standing: ReadonlyMap<string, StandingConcept>,
  file: readonly Concept[],
  rule: ImportRule,
): readonly ImportOutcome[] {
  const incoming = new Map<string, Concept>()
  for (const concept of file) if (!incoming.has(concept.id)) incoming.set(concept.id, concept)
  const outcomes: ImportOutcome[] = []
  for (const [id, after] of incoming) outcomes.push(outcomeOf(id, after, standing.get(id), rule))
  for (const [id, { state, content, imported }] of standing) {
    if (incoming.has(id) || state !== 'approved' || content === null) continue
    const ours = imported === null || conceptKey(imported) !== conceptKey(content)
    outcomes.push({ kind: rule.missing === 'keep' || ours ? 'kept' : 'removed', id, before: content })
  }
  return outcomes
}

function outcomeOf(
  id: string,
  after: Concept,
  standing: StandingConcept | undefined,
  rule: ImportRule,
): ImportOutcome {
  if (standing === undefined) return { kind: 'new', id, after }
  const { state, content, imported } = standing
  const holds = state === 'approved' ? content : null
  const key = conceptKey(after)
  if (holds !== null && conceptKey(holds) === key) return { kind: 'same', id, after }
  const base = imported === null ? undefined : conceptKey(imported)
  // The file says what it said before: whoever changed or deprecated it at the desk meant it.
  if (base === key && content !== null) return { kind: 'kept', id, before: content }
  const untouched = holds !== null && base === conceptKey(holds)
  if (untouched) return { kind: 'changed', id, before: holds, after }
  return { kind: 'conflict', id, before: holds, after, taken: rule.conflicts === 'take' }
}

/** Whether the import writes anything for this concept. */
export function isWritten(outcome: ImportOutcome): boolean {
  if (outcome.kind === 'conflict') return outcome.taken
  return outcome.kind === 'new' || outcome.kind === 'changed' || outcome.kind === 'removed'
}
