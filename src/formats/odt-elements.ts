import type { XmlTag } from '../xml/events.ts'
import { DELETABLE, FIXED } from './code-flags.ts'
import type { SingleCode } from './run-units.ts'

/** Says nothing and may go when the text around it is translated. */
export const ODT_NOISE = new Set(['text:soft-page-break'])

const SINGLES: ReadonlyMap<string, SingleCode> = new Map<string, SingleCode>([
  ['text:line-break', { code: 'break', label: 'br', equiv: '\n', trim: true, ...DELETABLE }],
  ['text:tab', { code: 'break', label: 'tab', equiv: '\t', trim: true }],
  ['text:note', { code: 'note', label: 'fn', trim: false }],
  ['office:annotation', { code: 'note', label: 'comment', trim: true, ...FIXED }],
  ['office:annotation-end', { code: 'other', label: 'comment', trim: true, ...FIXED }],
  ['draw:frame', { code: 'image', label: 'image', trim: true }],
  ['draw:a', { code: 'image', label: 'image', trim: true }],
  ['text:ruby', { code: 'other', label: 'ruby', trim: false }],
])

/** Marks without a text of their own. */
const MARKS = /^text:(?:bookmark|reference-mark|change|toc-mark|alphabetical-index-mark|user-index-mark)/

/** The code that an element in a paragraph is as a whole. */
export function singleOdtCode({ name, attributes }: XmlTag): SingleCode {
  if (name === 'text:s') {
    const count = Number.parseInt(attributes.get('text:c')?.value ?? '1', 10)
    const equiv = ' '.repeat(Math.min(Math.max(count || 1, 1), 100))
    return { code: 'char', label: 'space', equiv, trim: true, ...DELETABLE }
  }
  const known = SINGLES.get(name)
  if (known !== undefined) return known
  const label = name.replace(/^.*:/, '').slice(0, 16)
  if (name.startsWith('draw:')) return { code: 'image', label, trim: true }
  const mark = MARKS.test(name)
  const range = mark && /-(?:start|end)$/.test(name)
  return { code: 'other', label, trim: mark, ...(range && FIXED) }
}
