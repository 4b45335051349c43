import { type Range, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view'
import type { SegmentView } from '../../http/schemas.ts'

/** A stretch of the target that a term verdict or a finding speaks of. */
export type Highlight = { readonly start: number; readonly end: number; readonly look: string }

/** Where the verdicts and findings of a segment point to in its target, with the class to draw them. */
export function highlightsOf(segment: SegmentView): readonly Highlight[] {
  const found: Highlight[] = []
  for (const { targetStart, targetEnd, status } of segment.verdicts) {
    if (targetStart !== undefined && targetEnd !== undefined) {
      found.push({ start: targetStart, end: targetEnd, look: `verdict-${status}` })
    }
  }
  for (const { start, end, severity } of segment.findings) {
    if (start !== undefined && end !== undefined) found.push({ start, end, look: `finding-${severity}` })
  }
  return found
}

/** Replaces all highlights; between two of these they move along with the text. */
export const setHighlights = StateEffect.define<readonly Highlight[]>()

export const highlights = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (before, transaction) => {
    let now = before.map(transaction.changes)
    for (const effect of transaction.effects) {
      if (effect.is(setHighlights)) now = decorate(effect.value, transaction.newDoc.length)
    }
    return now
  },
  provide: (field) => EditorView.decorations.from(field),
})

function decorate(list: readonly Highlight[], length: number): DecorationSet {
  const ranges: Range<Decoration>[] = []
  for (const { start, end, look } of list) {
    if (start >= 0 && start < end && end <= length) {
      ranges.push(Decoration.mark({ class: look }).range(start, end))
    }
  }
  return Decoration.set(ranges, true)
}
