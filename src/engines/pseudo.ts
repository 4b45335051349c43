import { codeIndexAt } from '../domain/document.ts'
import type { Engine, GlossaryEntry } from './engine.ts'

const ACCENTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: 'á',
    e: 'é',
    i: 'í',
    o: 'ó',
    u: 'ú',
    y: 'ý',
    A: 'Á',
    E: 'É',
    I: 'Í',
    O: 'Ó',
    U: 'Ú',
    Y: 'Ý',
  }),
)

/**
 * Not a translation: accented, lengthened text between ⟪ and ⟫, to see how a page holds longer words and
 * what is not translated at all. Codes, masks, numbers and addresses stay; terms of the glossary are put in
 * as they are. Never chosen by `auto`; `pretend` keeps its output from being published.
 */
export function createPseudoEngine(): Engine {
  return {
    name: 'pseudo',
    settings: 'accents-1',
    capabilities: {
      maxTexts: 100,
      maxBytes: 1024 * 1024,
      tags: () => true,
      glossary: () => true,
      context: false,
      supports: (pair) => pair.source !== pair.target,
      billed: false,
      pretend: true,
    },
    bytesOf: ({ text }) => Buffer.byteLength(text),
    async translate({ texts, glossary, signal }) {
      signal.throwIfAborted()
      const terms = indexByFirstWord(glossary)
      return {
        texts: texts.map(({ text }) => `⟪${pretendToTranslate(text, terms)}⟫`),
        billedCharacters: 0,
        glossaryApplied: glossary.length > 0,
      }
    },
  }
}

/** Runs of letters, digits and underscores: words, numbers, masks. */
const PIECES = /[\p{L}\p{M}\p{N}_]+/gu
/** What lies between white space and codes, to tell addresses. */
const CHUNKS = /[^\s\ue000-\uf8ff]+/g
const WORD = /^[\p{L}\p{M}]+$/u

function pretendToTranslate(text: string, terms: ReadonlyMap<string, readonly GlossaryEntry[]>): string {
  let out = ''
  let from = 0
  for (const chunk of text.matchAll(CHUNKS)) {
    if (/:\/\/|@/.test(chunk[0])) continue
    for (const found of chunk[0].matchAll(PIECES)) {
      const [piece] = found
      const start = chunk.index + found.index
      if (start < from) continue // inside a term that was just put in
      out += text.slice(from, start)
      const term = terms.get(firstWord(piece))?.find(({ source }) => standsAt(text, start, source))
      out += term === undefined ? pretendPiece(piece) : term.target
      from = start + (term?.source ?? piece).length
    }
  }
  return out + text.slice(from)
}

/** Vowels get an accent and are doubled: about a third more letters than before. */
function pretendPiece(piece: string): string {
  if (!WORD.test(piece)) return piece
  let out = ''
  for (const letter of piece) {
    const accented = ACCENTS.get(letter)
    out += accented === undefined ? letter : accented + accented.toLowerCase()
  }
  return out
}

function indexByFirstWord(glossary: readonly GlossaryEntry[]): ReadonlyMap<string, readonly GlossaryEntry[]> {
  const index = new Map<string, GlossaryEntry[]>()
  for (const entry of glossary) {
    const word = firstWord(entry.source)
    const list = index.get(word)
    if (list === undefined) index.set(word, [entry])
    else list.push(entry)
  }
  for (const list of index.values()) list.sort((a, b) => b.source.length - a.source.length)
  return index
}

function firstWord(text: string): string {
  return /[\p{L}\p{M}]+/u.exec(text)?.[0].toLowerCase() ?? text
}

function standsAt(text: string, offset: number, term: string): boolean {
  const next = offset + term.length
  if (text.slice(offset, next).toLowerCase() !== term.toLowerCase()) return false
  return (
    next >= text.length || codeIndexAt(text, next) !== -1 || !/[\p{L}\p{M}\p{N}]/u.test(text.charAt(next))
  )
}
