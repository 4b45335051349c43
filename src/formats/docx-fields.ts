import { FIXED } from './code-flags.ts'
import type { RunItem } from './run-units.ts'

/** Parts of a complex field (ECMA-376 part 1, 17.16.18): they stand in runs of their own between other items. */
export type FieldItem =
  | { readonly type: 'field'; readonly mark: 'begin' | 'separate' | 'end'; start: number; end: number }
  | { readonly type: 'instruction'; readonly text: string }

type OpenField = {
  readonly at: number
  readonly start: number
  end: number
  instruction: string
  separated: boolean
}

/**
 * The items of a paragraph without field marks: a link's field is a pair around its text, any other one is a
 * single code with what it shows. Of a field that goes on in another paragraph (a table of contents) only the
 * marks are codes.
 */
export function resolveFields(items: readonly (RunItem | FieldItem)[]): readonly RunItem[] {
  if (!items.some((item) => item.type === 'field')) return items.filter(isRunItem)
  const out: RunItem[] = []
  const open: OpenField[] = []
  for (const item of items) {
    const field = open.at(-1)
    if (item.type === 'instruction') {
      if (field !== undefined && !field.separated) field.instruction += item.text
    } else if (item.type !== 'field') {
      if (field === undefined || field.separated) out.push(item)
      else field.end = item.end
    } else if (item.mark === 'begin') {
      open.push({ at: out.length, start: item.start, end: item.end, instruction: '', separated: false })
      out.push(opaque(item.start, item.end, true))
    } else if (field === undefined) out.push(opaque(item.start, item.end, true))
    else if (item.mark === 'separate') {
      field.separated = true
      field.end = item.end
      out[field.at] = opaque(field.start, field.end, true)
    } else {
      open.pop()
      if (field.separated && isLink(field.instruction)) {
        const link = { code: 'link', partner: 'w:fldChar' } as const
        out[field.at] = { type: 'open', start: field.start, end: field.end, label: 'a', ...link }
        out.push({ type: 'close', start: item.start, end: item.end, label: '/a', ...link })
      } else {
        out.length = field.at
        out.push(opaque(field.start, item.end, false))
      }
    }
  }
  for (const { at, start, end } of open) out[at] = opaque(start, end, true)
  return out
}

/** True for the instruction of a link, ECMA-376 part 1, 17.16.5.25. */
export function isLink(instruction: string): boolean {
  return /^\s*HYPERLINK\b/i.test(instruction)
}

function isRunItem(item: RunItem | FieldItem): item is RunItem {
  return item.type !== 'field' && item.type !== 'instruction'
}

function opaque(start: number, end: number, trim: boolean): RunItem {
  // What is trimmed is the mark of a field that goes on elsewhere.
  return { type: 'single', start, end, code: 'other', label: 'field', trim, ...(trim && FIXED) }
}
