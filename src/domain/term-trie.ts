/**
 * The terms of one locale as two tries of tokens: one of spellings that stay, one of stems for terms that inflect.
 * costs at most the length of the longest term, however many terms there are.
 */
import { hasClosedCompounds, SHORTEST_PART } from './morphology/compound.ts'
import { stemsOfLemma } from './morphology/stem.ts'
import type { Term } from './term.ts'
import { type Token, tokenize } from './term-tokens.ts'

export type Entry = {
  readonly conceptId: string
  readonly term: Term
  /** Place in the base: earlier concepts win where all else is equal. */
  readonly order: number
  /** The spelling that was put in (the term or one of its forms). */
  readonly tokens: readonly Token[]
  /** `stem`: each word is a form of the entry's; `suffix`: the last word has an s more. */
  readonly way: 'exact' | 'suffix' | 'stem'
}

/**
 * A trie as one map: the keys of a path, each with a blank line after it, lead to its entries; `undefined` means that
 * the path only leads on. One big map takes a fraction of the memory and time that a map for each node does.
 */
export type Paths = Map<string, Entry[] | undefined>

/** The path that goes on from another (the root is '') by one key. Keys never contain white space. */
export function pathOf(parent: string, key: string): string {
  return `${parent}${key}\n`
}

export type TermTrie = {
  readonly language: string
  readonly exact: Paths
  readonly stems: Paths
  /** One-word terms that may be part of a closed compound, by their key; and the lengths that occur. */
  readonly parts: Map<string, Entry[]>
  readonly partLengths: Set<number>
}

export function newTrie(language: string): TermTrie {
  return { language, exact: new Map(), stems: new Map(), parts: new Map(), partLengths: new Set() }
}

/** Puts a term and its forms into the trie. Terms without a word or a mark in them are left out. */
export function addTerm(trie: TermTrie, conceptId: string, term: Term, order: number): void {
  addSpelling(trie, { conceptId, term, order }, term.text, true)
  for (const form of term.forms) addSpelling(trie, { conceptId, term, order }, form, false)
}

type Owner = Pick<Entry, 'conceptId' | 'term' | 'order'>

function addSpelling(trie: TermTrie, owner: Owner, text: string, dictionaryForm: boolean): void {
  const tokens = tokenize(text, trie.language, 'transparent').list
  const last = tokens.at(-1)
  if (last === undefined || tokens.length > LONGEST_TERM) return
  const exact: Entry = { ...owner, tokens, way: 'exact' }
  if (dictionaryForm && owner.term.inflecting) {
    // The dictionary form is a form of itself, so the stems find it, too.
    for (const keys of stemPaths(tokens, trie.language)) {
      insertWithoutDots(trie.stems, keys, { ...owner, tokens, way: 'stem' })
    }
  } else {
    const keys = tokens.map((token) => token.key)
    insertWithoutDots(trie.exact, keys, exact)
    if (dictionaryForm && takesS(last.key, trie.language)) {
      insert(trie.exact, [...keys.slice(0, -1), `${last.key}s`], { ...owner, tokens, way: 'suffix' })
    }
  }
  if (!dictionaryForm) return
  if (tokens.length === 1 && hasClosedCompounds(trie.language) && isPart(last)) {
    const same = trie.parts.get(last.key)
    if (same === undefined) trie.parts.set(last.key, [exact])
    else same.push(exact)
    trie.partLengths.add(last.key.length)
  }
}

/** The stems of a term's words, one list for each combination; few words have more than one. */
function stemPaths(tokens: readonly Token[], language: string): readonly (readonly string[])[] {
  const words = tokens.map(({ kind, key }) => (kind === 'word' ? stemsOfLemma(key, language) : [key]))
  if (words.every((stems) => stems.length === 1)) return [words.flat()]
  let paths: readonly (readonly string[])[] = [[]]
  for (const stems of words) {
    const used = paths.length * stems.length > MOST_PATHS ? stems.slice(0, 1) : stems
    const before = paths
    paths = used.flatMap((stem) => before.map((path) => [...path, stem]))
  }
  return paths
}

/** Acronyms take a hyphen in compounds, so only words with small letters are parts of closed ones. */
function isPart(token: Token): boolean {
  return (
    token.key.length >= SHORTEST_PART &&
    LETTERS.test(token.key) &&
    token.shape.slice(1) === token.key.slice(1)
  )
}

function insert(paths: Paths, keys: readonly string[], entry: Entry): void {
  let path = ''
  for (const [place, key] of keys.entries()) {
    path = pathOf(path, key)
    if (place === keys.length - 1) {
      const entries = paths.get(path)
      if (entries === undefined) paths.set(path, [entry])
      else entries.push(entry)
    } else if (!paths.has(path)) {
      paths.set(path, undefined)
    }
  }
}

/** `Decree No. 3` is also written `Decree No 3`: full stops after two letters or more may be left out. */
function insertWithoutDots(paths: Paths, keys: readonly string[], entry: Entry): void {
  insert(paths, keys, entry)
  if (!keys.includes('.')) return
  const kept = (place: number) =>
    keys[place] !== '.' || place === keys.length - 1 || (keys[place - 1] ?? '').length < 2
  const tokens = entry.tokens.filter((_, place) => kept(place))
  if (tokens.length === keys.length) return
  insert(
    paths,
    keys.filter((_, place) => kept(place)),
    { ...entry, tokens },
  )
}

function takesS(key: string, language: string): boolean {
  return S_LANGUAGES.has(language) && LETTERS.test(key) && !/[sxz]$/.test(key)
}

/** Terms of more tokens than this are sentences; they are ignored. */
export const LONGEST_TERM = 40
const MOST_PATHS = 12
/** Languages that add an s to a name that does not inflect: plural or genitive. */
const S_LANGUAGES = new Set(['en', 'de', 'nl', 'sv', 'da', 'nb', 'no', 'nn'])
const LETTERS = /^[\p{L}\p{M}]+$/u
