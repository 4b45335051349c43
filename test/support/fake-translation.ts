/**
 * A language that stand-in servers translate into: every word gets an ending that names the target language,
 * Latin letters become Cyrillic ones for ru, be and uk. Digits, punctuation, addresses and masks stay.
 */
export type FakeOptions = {
  /** Lines of a glossary: their targets come out unchanged, whatever the case of the source. */
  readonly glossary?: ReadonlyMap<string, string>
  /** `half`: every second occurrence of a glossary term is ignored; `source-left`: the source word stays. */
  readonly glossaryFault?: 'half' | 'source-left' | undefined
  /** Words that come out as they went in, as real engines leave names. */
  readonly keepWords?: ReadonlySet<string> | undefined
}

export function fakeTranslate(text: string, target: string, options: FakeOptions = {}): string {
  const language = target.slice(0, 2).toLowerCase()
  const entries = [...(options.glossary ?? [])].sort((a, b) => b[0].length - a[0].length)
  const seen = new Map<string, number>()
  let out = ''
  let from = 0
  for (const chunk of text.matchAll(/\S+/g)) {
    if (/:\/\/|@/.test(chunk[0])) continue
    for (const found of chunk[0].matchAll(/[\p{L}\p{M}\p{N}_]+/gu)) {
      const [piece] = found
      const start = chunk.index + found.index
      if (start < from) continue // inside a term that was just put in
      out += text.slice(from, start)
      from = start + piece.length
      const entry = entries.find(([source]) => standsAt(text, start, source))
      const count = (seen.get(entry?.[0] ?? '') ?? 0) + 1
      if (entry !== undefined) seen.set(entry[0], count)
      if (entry !== undefined && !(options.glossaryFault === 'half' && count % 2 === 0)) {
        from = start + entry[0].length
        out += options.glossaryFault === 'source-left' ? text.slice(start, from) : entry[1]
      } else if (isWord(piece) && options.keepWords?.has(piece) !== true) out += fakeWord(piece, language)
      else out += piece
    }
  }
  return out + text.slice(from)
}

function isWord(piece: string): boolean {
  return /^[\p{L}\p{M}]+$/u.test(piece)
}

function standsAt(text: string, offset: number, term: string): boolean {
  const end = offset + term.length
  if (text.slice(offset, end).toLowerCase() !== term.toLowerCase()) return false
  return !/[\p{L}\p{M}\p{N}]/u.test(text.charAt(end))
}

function fakeWord(word: string, language: string): string {
  if (!CYRILLIC_LANGUAGES.has(language)) return word + language
  return [...(word + language)].map((letter) => LETTERS.get(letter) ?? letter).join('')
}

const CYRILLIC_LANGUAGES = new Set(['ru', 'be', 'uk'])
const LATIN = 'abcdefghijklmnopqrstuvwxyz'
const CYRILLIC = 'абцдефгхіжклмнопкрстувшкуз'
const LETTERS = new Map(
  [...LATIN].flatMap((letter, index): [string, string][] => {
    const other = CYRILLIC.charAt(index)
    return [
      [letter, other],
      [letter.toUpperCase(), other.toUpperCase()],
    ]
  }),
)
