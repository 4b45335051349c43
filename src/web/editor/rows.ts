import { type Signal, signal } from '@preact/signals'
import type { SegmentView, TargetView } from '../../http/schemas.ts'
import { t } from '../i18n.ts'
import type { Draft } from './drafts.ts'

export type SaveState =
  | { readonly kind: 'clean' }
  /** Kept on this device, not sent yet. */
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved' }
  /** No connection or no session: tried again by itself. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'conflict'; readonly current: TargetView }

/** One segment on the page. Each part is a signal of its own, so that a key press redraws one row only. */
export type Row = {
  /** Place in the document, from 0. */
  readonly index: number
  readonly id: string
  readonly segment: Signal<SegmentView>
  readonly draft: Signal<Draft | null>
  readonly save: Signal<SaveState>
  /** True when `draft` was found on this device when the page opened. */
  readonly restored: boolean
}

/** @param draft unsaved text that this device kept, or null */
export function createRow(index: number, segment: SegmentView, draft: Draft | null): Row {
  return {
    index,
    id: segment.id,
    segment: signal(segment),
    draft: signal(draft),
    save: signal<SaveState>({ kind: draft === null ? 'clean' : 'unsaved' }),
    restored: draft !== null,
  }
}

/** A person stands behind it. */
export const isApproved = (segment: SegmentView): boolean =>
  segment.target !== null && (segment.target.state === 'reviewed' || segment.target.state === 'final')

/** Does anything in it want a look? */
export const hasFindings = (segment: SegmentView): boolean =>
  segment.blocked ||
  segment.rejection !== null ||
  segment.conflicts.length > 0 ||
  segment.findings.some(({ severity }) => severity !== 'info') ||
  segment.verdicts.some(
    ({ status }) => status === 'missing' || status === 'forbidden' || status === 'variant',
  )

export const FILTERS = ['all', 'untranslated', 'findings', 'open'] as const
export type Filter = (typeof FILTERS)[number]

export const FILTER_WORDS: Readonly<Record<Filter, string>> = {
  all: t('All'),
  untranslated: t('Untranslated'),
  findings: t('To check'),
  open: t('Not approved'),
}

/** Does a segment belong into a filter? An untranslated one has nothing to check yet. */
export function passes(filter: Filter, segment: SegmentView): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'untranslated':
      return segment.target === null
    case 'findings':
      return (segment.target !== null || segment.conflicts.length > 0) && hasFindings(segment)
    case 'open':
      return !isApproved(segment)
  }
}

/** How many segments each filter shows. */
export function countByFilter(segments: readonly SegmentView[]): Readonly<Record<Filter, number>> {
  const counts = { all: 0, untranslated: 0, findings: 0, open: 0 }
  for (const segment of segments) {
    for (const filter of FILTERS) if (passes(filter, segment)) counts[filter]++
  }
  return counts
}

/** What the person sees as the translation: the draft where there is one. */
export const textOf = (row: Row): string => row.draft.value?.text ?? row.segment.value.target?.text ?? ''

/** `u3-s2` → `u3`. */
export const unitOf = (segment: SegmentView): string => segment.name.slice(0, segment.name.lastIndexOf('-'))
