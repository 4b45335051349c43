import { codeCharacter, codeIndexAt, codesIn, isDeletable } from '../../domain/document.ts'
import type { CodeView } from '../../http/schemas.ts'
import { t } from '../i18n.ts'

/** Indexes of the codes that the source has and the target lacks, in source order; repeats count. */
export function missingCodes(source: string, target: string): readonly number[] {
  const spare = new Map<number, number>()
  for (const index of codesIn(target)) spare.set(index, (spare.get(index) ?? 0) + 1)
  return codesIn(source).filter((index) => {
    const left = spare.get(index) ?? 0
    if (left > 0) spare.set(index, left - 1)
    return left === 0
  })
}

export type CodeInsertion = {
  readonly changes: readonly { readonly from: number; readonly to: number; readonly insert: string }[]
  /** Where the cursor goes, in the text after the changes. */
  readonly cursor: number
}

/**
 * Puts the next missing code at the cursor. With text selected and both halves of a pair missing, the pair
 * goes around the selection.
 * @returns null when no code is missing
 */
export function insertNextCode(
  source: string,
  codes: readonly CodeView[],
  target: string,
  from: number,
  to: number,
): CodeInsertion | null {
  const missing = missingCodes(source, target)
  const next = missing[0]
  if (next === undefined) return null
  const pair = codes[next]?.kind === 'open' ? (codes[next]?.pair ?? null) : null
  if (from !== to && pair !== null && missing.includes(pair)) {
    return {
      changes: [
        { from, to: from, insert: codeCharacter(next) },
        { from: to, to, insert: codeCharacter(pair) },
      ],
      cursor: to + 2,
    }
  }
  return { changes: [{ from: to, to, insert: codeCharacter(next) }], cursor: to + 1 }
}

/** Drops code characters that refer to no code of the segment, as they come from another segment's text. */
export function withoutForeignCodes(text: string, codes: readonly unknown[]): string {
  let kept = ''
  for (let offset = 0; offset < text.length; offset++) {
    if (codeIndexAt(text, offset) < codes.length) kept += text.charAt(offset)
  }
  return kept
}

const TYPES: Readonly<Record<string, string>> = {
  format: t('formatting'),
  link: t('link'),
  image: t('picture'),
  code: t('computer code'),
  break: t('line break'),
  note: t('footnote mark'),
  char: t('special character'),
  other: t('mark-up'),
}

/** “start of link”, “end of formatting”, “line break”: what a screen reader says for a chip. */
export function describeCode(code: CodeView | undefined): string {
  if (code === undefined) return t('unknown mark-up')
  const type = TYPES[code.type] ?? code.type
  if (code.kind === 'single') return type
  return code.kind === 'open' ? t('start of {what}', { what: type }) : t('end of {what}', { what: type })
}

/** What the pointer shows for a chip: the code itself, and what a translation may do with it. */
export function codeHint(code: CodeView | undefined): string {
  if (code === undefined) return ''
  if (isDeletable(code)) return t('{code} (may be left out)', { code: code.data })
  return code.reorderable === false
    ? t('{code} (keeps its order among these)', { code: code.data })
    : code.data
}
