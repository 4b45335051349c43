/** Our own abbreviation lists as SRX, for the tools of partners. */
import { SRX_HEADER, type SrxLanguageRule, type SrxRule, type SrxRules } from '../domain/srx.ts'
import { INNER, MAYBE, NUMERIC, rulesFor, TITLE } from './rules.ts'

/**
 * The abbreviation lists of some languages as SRX 2.0 rules, with plain break rules after them. What the
 * scanner decides by looking further (what may be a starting word, clauses that only say when, quotations)
 * has no equivalent: titles never break, numbered words not before a number, the others not before a small
 * letter. Words that end a sentence as often as not are left to the break rule.
 * @param languages BCP 47 language subtags, in the order of the maps
 */
export function exportAbbreviations(languages: readonly string[]): SrxRules {
  const languageRules = languages.map((language): SrxLanguageRule => {
    const words = [...rulesFor(language).abbreviations]
    const withCategory = (category: number) =>
      words.filter(([, sum]) => (sum & category) !== 0).map(([word]) => word)
    return {
      name: language,
      rules: [
        ...insideWords(words.map(([word]) => word)),
        ...noBreaks([...withCategory(TITLE), ...withCategory(INNER)], '\\s'),
        ...noBreaks(withCategory(NUMERIC), '\\s+[\\p{Nd}§№(]'),
        ...noBreaks(withCategory(MAYBE), '\\s+[\\p{Nd}\\p{Ll}]'),
        { break: false, before: '[.…]+["”’»)\\]]*', after: '\\s+\\p{Ll}' },
      ],
    }
  })
  const breaks: SrxLanguageRule = {
    name: 'breaks',
    rules: [
      { break: true, before: '[.?!…]["”’»)\\]]*', after: '\\s' },
      { break: true, before: '[。！？]["”’»）」』]*', after: '' },
    ],
  }
  return {
    header: { ...SRX_HEADER, cascade: true },
    languageRules: [...languageRules, breaks],
    maps: [
      ...languages.map((language) => ({ pattern: `${language}(?:[-_].*)?`, languageRule: language })),
      { pattern: '.*', languageRule: 'breaks' },
    ],
  }
}

/** A rule a hundred words keeps expressions short enough for every tool. */
const WORDS_IN_RULE = 100

function noBreaks(words: readonly string[], after: string): readonly SrxRule[] {
  const sorted = [...new Set(words)].sort()
  const rules: SrxRule[] = []
  for (let from = 0; from < sorted.length; from += WORDS_IN_RULE) {
    const some = sorted.slice(from, from + WORDS_IN_RULE).map(escapeWord)
    rules.push({ break: false, before: `(?<![\\p{L}\\p{M}\\p{Nd}])(?:${some.join('|')})\\.`, after })
  }
  return rules
}

/** `z.B` is written `z. B.` as well: no break in the middle. */
function insideWords(words: readonly string[]): readonly SrxRule[] {
  const dotted = [...new Set(words.filter((word) => word.includes('.')))].sort()
  return dotted.map((word) => {
    const dot = word.lastIndexOf('.')
    const [before = '', after = ''] = [word.slice(0, dot), word.slice(dot + 1)].map(escapeWord)
    return { break: false, before: `(?<![\\p{L}\\p{M}\\p{Nd}])${before}\\.`, after: `\\s${after}\\.` }
  })
}

function escapeWord(word: string): string {
  return word.replace(/[^\p{L}\p{M}\p{Nd}]/gu, (mark) => (mark === '.' ? '\\.\\s?' : `\\${mark}`))
}
