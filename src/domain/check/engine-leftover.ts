import { say } from '../saying.ts'
import { type Check, type Fault, hideCodes, MOST } from './check.ts'

/**
 * `engine-leftover`: what machines leave behind: Apertium's `*unknown`, `@untranslated`, `#ungenerated`, masks that
 * did not come back (`_T1_`, `⟦1⟧`), mark-up and character references that were text to the engine. A mark that
 * the source uses itself says nothing.
 */
export const checkEngineLeftovers: Check = ({ source, target }) => {
  const text = hideCodes(target)
  const original = hideCodes(source)
  return LEFTOVERS.flatMap(({ pattern, ordinary, said }): readonly Fault[] => {
    if (ordinary.test(original)) return []
    const found: Fault[] = []
    for (const match of text.matchAll(pattern)) {
      const start = match.index
      found.push({
        check: 'engine-leftover',
        ...said,
        start,
        end: start + match[0].length,
        ...fixOf(match[0], start),
      })
      if (found.length === MOST) break
    }
    return found
  })
}

/** Only a character reference says what should stand in its place. */
function fixOf(met: string, start: number): Pick<Fault, 'fix'> {
  const text = REFERENCES.get(met)
  return text === undefined ? {} : { fix: { start, end: start + met.length, text } }
}

const REFERENCES: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', '’'],
  ['&#39;', '’'],
  ['&#x27;', '’'],
  ['&nbsp;', '\u00a0'],
  ['&#160;', '\u00a0'],
])

const LEFTOVERS = [
  {
    pattern: /(?<![\p{L}\p{N}*@#./_-])[*@#](?=\p{L})/gu,
    ordinary: /[*@#]\p{L}/u,
    said: say('The engine marked a word that it could not translate. Translate it and remove the mark.'),
  },
  {
    pattern: /(?<![\p{L}\p{N}])_ ?[Tt] ?\d{1,4} ?_(?![\p{L}\p{N}])/gu,
    ordinary: /_ ?[Tt] ?\d{1,4} ?_/,
    said: say('A mask for a term or a code is left in the text. Put the term or the code in its place.'),
  },
  {
    pattern: /⟦[^⟦⟧]{0,40}⟧|⟦|⟧/g,
    ordinary: /[⟦⟧]/,
    said: say('A mask for a term or a code is left in the text. Put the term or the code in its place.'),
  },
  {
    pattern: /<\/?[a-zA-Z][^<>]{0,80}>/g,
    ordinary: /</,
    said: say('Mark-up of an engine is left in the text. Remove it.'),
  },
  {
    pattern: /&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[\da-fA-F]{1,6});/g,
    ordinary: /&[#a-zA-Z]/,
    said: say('A character reference is left in the text. Write the character itself.'),
  },
] as const
