import { codeCharacter, codeIndexAt, codesIn, type InlineCode, isDeletable } from '../domain/document.ts'
import { hasWords } from './answer-errors.ts'
import { nestedPairs } from './markup.ts'

/**
 * How well an answer kept the inline codes. `broken`: one is missing, repeated or invented, a pair crosses
 * another or closes before it opens, a pair that held words holds none, or codes that are not reorderable are in
 * another order. `moved`: all there, but a single code that had words before it now begins the sentence, as some
 * engines do with placeholders; or nothing is wrong but that codes are gone that a translation may leave out.
 */
export type CodesGrade = 'intact' | 'moved' | 'broken'

/** Grades the codes of an answer against those of its source; both with code characters. */
export function gradeCodes(source: string, target: string, codes: readonly InlineCode[]): CodesGrade {
  const wanted = new Set(codesIn(source))
  const order = codesIn(target)
  const found = new Set(order)
  if (found.size !== order.length || order.some((index) => !wanted.has(index))) return 'broken'
  const missing = [...wanted].filter((index) => !found.has(index))
  const isFree = (index: number): boolean => {
    const code = codes[index]
    return code !== undefined && isDeletable(code) && (code.pair === null || !found.has(code.pair))
  }
  if (!missing.every(isFree)) return 'broken'
  const isFixed = (index: number): boolean => codes[index]?.reorderable === false
  const fixed = [...wanted].filter(isFixed)
  if (order.filter(isFixed).some((index, at) => index !== fixed[at])) return 'broken'
  const nestedBefore = nestedPairs({ text: source, codes })
  const nestedNow = nestedPairs({ text: target, codes })
  for (const index of nestedBefore) if (found.has(index) && !nestedNow.has(index)) return 'broken'
  for (const index of nestedBefore) {
    const close = codes[index]?.kind === 'open' ? codes[index].pair : null
    if (close === null || !found.has(index)) continue
    if (hasWords(between(source, index, close)) && !hasWords(between(target, index, close))) return 'broken'
  }
  const leadingBefore = leadingCodes(source)
  for (const index of leadingCodes(target)) {
    if (codes[index]?.kind === 'single' && !leadingBefore.has(index)) return 'moved'
  }
  return missing.length > 0 ? 'moved' : 'intact'
}

/**
 * Takes out codes that the source does not have and all but the first of each: an answer may lack a code,
 * which the check shows to people, but never have one twice, which no document could be written from.
 */
export function withoutStrayCodes(source: string, target: string): string {
  const left = new Set(codesIn(source))
  let out = ''
  for (let offset = 0; offset < target.length; offset++) {
    const index = codeIndexAt(target, offset)
    if (index === -1 || left.delete(index)) out += target.charAt(offset)
  }
  return out
}

function between(text: string, open: number, close: number): string {
  return text.slice(text.indexOf(codeCharacter(open)) + 1, text.indexOf(codeCharacter(close)))
}

/** Codes before the first letter or digit. */
function leadingCodes(text: string): ReadonlySet<number> {
  const words = text.search(/[\p{L}\p{N}]/u)
  return new Set(codesIn(words === -1 ? text : text.slice(0, words)))
}
