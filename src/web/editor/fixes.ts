import { untracked } from '@preact/signals'
import { applyFix, type Fix } from '../../domain/finding.ts'
import { t } from '../i18n.ts'
import { type Row, textOf } from './rows.ts'
import type { Editor } from './store.ts'

/** What stands where: `end - start` characters from `start` on became `length` ones. */
type Edit = { readonly start: number; readonly end: number; readonly length: number }

/** The text that was checked, what became of it, step by step, and the text after the last step. */
export type Trail = { readonly saved: string; readonly edits: readonly Edit[]; readonly text: string }

export const trailOf = (saved: string): Trail => ({ saved, edits: [], text: saved })

/**
 * A fix of the checked text in the text as it is now. What was typed since the last step is taken for one change (the
 * same beginning, the same end); a fix that any change touches is given up.
 * @param now the text in the field, with code characters
 * @returns null where the fix can not be applied any more
 */
export function placeFix(trail: Trail, now: string, fix: Fix): Fix | null {
  if (fix.start < 0 || fix.start > fix.end || fix.end > trail.saved.length) return null
  let placed: Fix | null = fix
  for (const edit of [...trail.edits, ...editsBetween(trail.text, now)]) {
    if (placed !== null) placed = moved(placed, edit)
  }
  return placed
}

/** The trail after a fix that `placeFix` gave was put into `now`; `text` is then the new text. */
export function takeStep(trail: Trail, now: string, { start, end, text }: Fix): Trail {
  const edits = [...trail.edits, ...editsBetween(trail.text, now), { start, end, length: text.length }]
  return { saved: trail.saved, edits, text: applyFix(now, { start, end, text }) }
}

function moved(fix: Fix, { start, end, length }: Edit): Fix | null {
  // Two insertions at one place, or an insertion at the edge of what was changed, are in each other's way.
  const inserts = fix.start === fix.end
  if (fix.end < start || (fix.end === start && !inserts)) return fix
  if (fix.start < end || (fix.start === end && (inserts || start === end))) return null
  const by = length - (end - start)
  return { ...fix, start: fix.start + by, end: fix.end + by }
}

function editsBetween(before: string, after: string): readonly Edit[] {
  if (before === after) return []
  const shortest = Math.min(before.length, after.length)
  let head = 0
  while (head < shortest && before[head] === after[head]) head++
  let tail = 0
  while (tail < shortest - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  return [{ start: head, end: before.length - tail, length: after.length - tail - head }]
}

/** Where each row's text stands; begins anew when another text was checked. */
const trails = new WeakMap<Row, Trail>()

/** The trail of a row since its text was last checked; null without a translation. */
export function trailOfRow(row: Row): Trail | null {
  const saved = row.segment.peek().target?.text
  if (saved === undefined) return null
  const known = trails.get(row)
  return known?.saved === saved ? known : trailOf(saved)
}

/** Puts a fix into the field of the active row. @returns false where it does not fit the text any more */
export function mendRow(editor: Editor, row: Row, fix: Fix): boolean {
  const trail = trailOfRow(row)
  const now = untracked(() => textOf(row))
  const placed = trail === null ? null : placeFix(trail, now, fix)
  const field = editor.field.current
  if (trail === null || placed === null || field === null) return false
  const next = takeStep(trail, now, placed)
  trails.set(row, next)
  field.replaceAll(next.text)
  return true
}

/** What a button says for a fix: `“1,500” → “1.500”`, with names for what can not be seen. */
export function fixWords(saved: string, { start, end, text }: Fix): string {
  const before = shown(saved.slice(start, end))
  const after = shown(text)
  if (before === '') return t('Insert {text}', { text: after })
  return after === '' ? t('Remove {text}', { text: before }) : `${before} → ${after}`
}

function shown(text: string): string {
  if (text === '') return ''
  const name = NAMES.get(text)
  if (name !== undefined) return name
  const plain = text.replace(/[\ue000-\uf8ff]/g, '▯')
  return `“${plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain}”`
}

const LONGEST = 40
const NAMES: ReadonlyMap<string, string> = new Map([
  [' ', t('space')],
  ['  ', t('two spaces')],
  ['\u00a0', t('no-break space')],
  ['\u202f', t('narrow no-break space')],
  ['\u200b', t('invisible character')],
  ['\ufeff', t('invisible character')],
])
