import { codeIndexAt } from '../../domain/document.ts'

/**
 * Where a source may be split: before each of its words but the first.
 * @param locale of the source
 * @returns offsets in UTF-16 code units, ascending
 */
export function splitPlaces(source: string, locale: string): readonly number[] {
  const starts: number[] = []
  for (const { index, isWordLike } of new Intl.Segmenter(locale, { granularity: 'word' }).segment(source)) {
    if (isWordLike !== true) continue
    // What opens before a word goes with it: a bracket, a quotation mark, a code.
    let start = index
    while (start > 0 && OPENS.test(source.charAt(start - 1)) && !isSpace(source, start - 1)) start--
    starts.push(start)
  }
  return [...new Set(starts)].slice(1).filter((start) => start > 0)
}

const OPENS = /[\p{Ps}\p{Pi}"'¿¡\ue000-\uf8ff]/u
const isSpace = (text: string, offset: number) => /\s/.test(text.charAt(offset))

/** The likeliest of them: behind a sentence, else behind a clause, else in the middle. @returns its index */
export function likelySplit(source: string, places: readonly number[]): number {
  const middle = source.length / 2
  const ranked = places.map((place, index) => {
    const before = lastCharacter(source, place)
    const weight = /[.!?…。！？؟।]/.test(before)
      ? 0
      : /[;:—–]/.test(before)
        ? 1
        : /[,،、]/.test(before)
          ? 2
          : 3
    return { index, cost: weight * source.length + Math.abs(place - middle) }
  })
  return ranked.toSorted((a, b) => a.cost - b.cost)[0]?.index ?? 0
}

/** Before an offset, without white space, codes and closing marks. */
function lastCharacter(source: string, offset: number): string {
  let at = offset - 1
  while (at > 0 && (/[\s\p{Pe}\p{Pf}"']/u.test(source.charAt(at)) || codeIndexAt(source, at) !== -1)) at--
  return source.charAt(at)
}
