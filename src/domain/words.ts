/**
 * Words as a newsroom counts them: runs of letters and digits, joined by an apostrophe, hyphen or full stop
 * inside; in scripts without spaces each two characters count as one word (the common conversion of 1 word to
 * 2 characters for Chinese and Japanese).
 */
export function countWords(text: string, locale: string): number {
  const spaceless = /^(zh|ja|th|lo|km|my)\b/.test(locale)
  if (!spaceless) return text.match(WORD)?.length ?? 0
  const characters = text.match(SPACELESS)?.length ?? 0
  return Math.ceil(characters / 2) + (text.replace(SPACELESS, ' ').match(WORD)?.length ?? 0)
}

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’.,-][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*/gu
const SPACELESS =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/gu
