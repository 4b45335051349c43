import type { CodeType } from '../domain/document.ts'

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

export type SingleCode = {
  readonly code: CodeType
  readonly label: string
  readonly equiv?: string
  readonly trim: boolean
}

const SINGLES: ReadonlyMap<string, SingleCode> = new Map([
  ['w:tab', { code: 'break', label: 'tab', equiv: '\t', trim: true }],
  ['w:ptab', { code: 'break', label: 'tab', equiv: '\t', trim: true }],
  ['w:br', { code: 'break', label: 'br', equiv: '\n', trim: true }],
  ['w:cr', { code: 'break', label: 'br', equiv: '\n', trim: true }],
  ['w:noBreakHyphen', { code: 'char', label: '‑', equiv: '\u2011', trim: false }],
  ['w:softHyphen', { code: 'char', label: '-', equiv: '\u00ad', trim: false }],
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

/** The code that an element in a paragraph or run is as a whole. */
export function singleCode(name: string): SingleCode {
  return SINGLES.get(name) ?? { code: 'other', label: name.replace(/^.*:/, '').slice(0, 16), trim: true }
}
