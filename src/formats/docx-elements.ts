import { DELETABLE, FIXED } from './code-flags.ts'
import type { SingleCode } from './run-units.ts'

/** Around runs in a paragraph, or in its place: their text is the paragraph's. */
export const HOLDERS: ReadonlySet<string> = new Set([
  '',
  'w:hyperlink',
  'w:smartTag',
  'w:customXml',
  'w:sdtContent',
  'w:fldSimple',
  'w:dir',
  'w:bdo',
])

/** The code that one end of a holder is; `slash` tells the ends apart. */
export function holderCode(name: string, slash: '' | '/') {
  const link = name === 'w:hyperlink' || name === 'w:fldSimple'
  const label = slash + (link ? 'a' : name.slice(2, 18))
  return { code: link ? 'link' : 'other', label, partner: name } as const
}

/** May stand between runs. */
export const BESIDES: ReadonlySet<string> = new Set([
  'w:pPr',
  'w:sdt',
  'w:sdtPr',
  'w:sdtEndPr',
  'w:smartTagPr',
  'w:customXmlPr',
  'w:proofErr',
  'w:permStart',
  'w:permEnd',
  'w:bookmarkStart',
  'w:bookmarkEnd',
  'w:commentRangeStart',
  'w:commentRangeEnd',
  'w:subDoc',
  'w:contentPart',
  'm:oMath',
  'm:oMathPara',
])

export const ANYWHERE: ReadonlySet<string> = new Set(['mc:AlternateContent'])

/** Says nothing and may go when the text around it is translated. */
export const NOISE: ReadonlySet<string> = new Set([
  'w:proofErr',
  'w:lastRenderedPageBreak',
  'w:sdtPr',
  'w:sdtEndPr',
  'w:smartTagPr',
  'w:customXmlPr',
])

/** Changes of text that somebody has yet to accept or reject. */
export const TRACKED: ReadonlySet<string> = new Set([
  'w:ins',
  'w:del',
  'w:moveFrom',
  'w:moveTo',
  'w:cellIns',
  'w:cellDel',
  'w:cellMerge',
  'w:delText',
])

const SINGLES: ReadonlyMap<string, SingleCode> = new Map<string, SingleCode>([
  ['w:tab', { code: 'break', label: 'tab', equiv: '\t', trim: true }],
  ['w:ptab', { code: 'break', label: 'tab', equiv: '\t', trim: true }],
  ['w:br', { code: 'break', label: 'br', equiv: '\n', trim: true }],
  ['w:cr', { code: 'break', label: 'br', equiv: '\n', trim: true, ...DELETABLE }],
  ['w:noBreakHyphen', { code: 'char', label: '‑', equiv: '\u2011', trim: false, ...DELETABLE }],
  ['w:softHyphen', { code: 'char', label: '-', equiv: '\u00ad', trim: false, ...DELETABLE }],
  ['w:sym', { code: 'char', label: 'sym', trim: false }],
  ['w:footnoteReference', { code: 'note', label: 'fn', trim: false }],
  ['w:endnoteReference', { code: 'note', label: 'en', trim: false }],
  ['w:commentReference', { code: 'note', label: 'comment', trim: true }],
  ['w:footnoteRef', { code: 'note', label: 'fn', trim: true }],
  ['w:endnoteRef', { code: 'note', label: 'en', trim: true }],
  ['w:annotationRef', { code: 'note', label: 'comment', trim: true }],
  ['w:drawing', { code: 'image', label: 'image', trim: true }],
  ['w:pict', { code: 'image', label: 'image', trim: true }],
  ['w:object', { code: 'image', label: 'object', trim: true }],
  ['mc:AlternateContent', { code: 'image', label: 'image', trim: true }],
  ['m:oMath', { code: 'other', label: 'formula', trim: false }],
  ['m:oMathPara', { code: 'other', label: 'formula', trim: false }],
  ['w:fldSimple', { code: 'other', label: 'field', trim: false }],
  ['w:ruby', { code: 'other', label: 'ruby', trim: false }],
])

/** Both ends of a range: a mark that begins it must not come to stand behind the one that ends it. */
const RANGE_MARK = /(?:Start|End)$/

/**
 * The code that an element in a paragraph or run is as a whole.
 * @param xml the element as it stands in the document
 */
export function singleCode(name: string, xml: string): SingleCode {
  const known = SINGLES.get(name)
  // A break of a page or column is there for its own sake.
  if (name === 'w:br' && known !== undefined) return /w:type=/.test(xml) ? known : { ...known, ...DELETABLE }
  if (known !== undefined) return known
  const label = name.replace(/^.*:/, '').slice(0, 16)
  return { code: 'other', label, trim: true, ...(RANGE_MARK.test(name) && FIXED) }
}
