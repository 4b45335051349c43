import { codeCharacter, codeIndexAt, codesIn, type InlineCode } from '../domain/document.ts'
import { hasWords } from './answer-errors.ts'
import { nestedPairs } from './markup.ts'

/**
 * How well an answer kept the inline codes. `broken`: one is missing, repeated or invented, a pair crosses
 * another or closes before it opens, or a pair that held words holds none. `moved`: all there, but a single
 * code that had words before it now begins the sentence, as some engines do with placeholders.
 */
export type CodesGrade = 'intact' | 'moved' | 'broken'

/** Grades the codes of an answer against those of its source; both with code characters. */
export function gradeCodes(source: string, target: string, codes: readonly InlineCode[]): CodesGrade {
  const wanted = [...codesIn(source)].sort(byNumber)
  const found = [...codesIn(target)].sort(byNumber)
  if (wanted.length !== found.length || wanted.some((index, place) => index !== found[place])) return 'broken'
  const nestedBefore = nestedPairs({ text: source, codes })
  const nestedNow = nestedPairs({ text: target, codes })
  for (const index of nestedBefore) if (!nestedNow.has(index)) return 'broken'
  for (const index of nestedBefore) {
    const close = codes[index]?.kind === 'open' ? codes[index].pair : null
    if (close === null) continue
    if (hasWords(between(source, index, close)) && !hasWords(between(target, index, close))) return 'broken'
  }
  const leadingBefore = leadingCodes(source)
  for (const index of leadingCodes(target)) {
    if (codes[index]?.kind === 'single' && !leadingBefore.has(index)) return 'moved'
  }
  return 'intact'
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

function byNumber(one: number, other: number): number {
  return one - other
}
