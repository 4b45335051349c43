import { CODE, isDigit, kindOf, LONE, WORD } from './leverage-words.ts'

/**
 * Under which keys the index of a memory knows a text. A key stands for a word, two adjacent words, or a few adjacent
 * characters, together with the length of the text: texts of very different lengths are never similar, so they need
 * not be looked at together. Different features may share a key; that costs time and never a match.
 *
 * - Long texts: the first five letters of each word (inflected forms meet), and each two adjacent words.
 * - Texts below about 28 characters: each three adjacent characters, too, so that `Minsk` finds `Minks`.
 * - Scripts without spaces: two adjacent letters; in long texts three, in short ones single letters, too.
 * - Digits are all the same, so that a text is found whatever its numbers are.
 */
export const KEY_BITS = 18

/** Bands of length: one is 1.45 times as long as the one before, so a match of 70 % is at most one band away. */
const BAND = Math.log(1.45)
/** The last band whose texts are indexed by three characters: up to 28 code units. */
const LAST_SHORT_BAND = 8
const PREFIX = 5
/** Features of one text that are indexed: of longer ones the beginning counts. */
const MOST = 2_000

/** Of a long text that is looked for, features by length: long words, and pairs of long words, are the rare ones. */
const MOST_WANTED = { all: 14, short: 30, long: 22 }

/** Keys of a text that is stored. @returns without repeats, ascending, below 2 ** KEY_BITS */
export function storedKeys(text: string): Uint32Array {
  const { features, length } = read(text)
  const found: number[] = []
  pushKeys(features, bandOf(length), found)
  return unique(found)
}

/** All keys of a text in the bands beside its own, too: for comparing with every text there is. */
export function nearKeys(text: string): Uint32Array {
  const { features, length } = read(text)
  const band = bandOf(length)
  const found: number[] = []
  for (let near = band - 1; near <= band + 1; near++) pushKeys(features, near, found)
  return unique(found)
}

/** The few keys under which texts similar to this one are looked for in an index. @returns without repeats, ascending */
export function wantedKeys(text: string): Uint32Array {
  const { features, length } = read(text)
  const band = bandOf(length)
  const rare: Features = {
    all: longest(features.all, MOST_WANTED.all),
    short: longest(features.short, MOST_WANTED.short),
    long: longest(features.long, MOST_WANTED.long),
  }
  const found: number[] = []
  for (let near = band - 1; near <= band + 1; near++) pushKeys(rare, near, found)
  return unique(found)
}

/** Whether a text has about five words at most (fifteen letters of a script without spaces): few features, none rare. */
export function isShortText(text: string): boolean {
  let length = 0
  for (let at = 0; at < text.length && length <= SHORT; at++)
    length += kindOf(text.charCodeAt(at)) === LONE ? 2 : 1
  return length <= SHORT
}
const SHORT = 30

/** A hash and the number of characters it was made of. */
type Feature = { readonly hash: number; readonly size: number }

/** By kind: what every band has, and what only short or only long ones have. */
type Features = {
  readonly all: readonly Feature[]
  readonly short: readonly Feature[]
  readonly long: readonly Feature[]
}

/** Of equally long ones those with the lowest hashes: a choice that has nothing to do with where they stand. */
function longest(features: readonly Feature[], most: number): readonly Feature[] {
  if (features.length <= most) return features
  return features.toSorted((a, b) => b.size - a.size || a.hash - b.hash).slice(0, most)
}

function bandOf(length: number): number {
  return Math.floor(Math.log(Math.max(length, 2)) / BAND)
}

function pushKeys({ all, short, long }: Features, band: number, found: number[]): void {
  for (const { hash } of all) found.push(keyOf(hash, band))
  for (const { hash } of band <= LAST_SHORT_BAND ? short : long) found.push(keyOf(hash, band))
}

/** The mixing steps of MurmurHash3 (Austin Appleby, public domain). */
function keyOf(hash: number, band: number): number {
  let mixed = hash ^ Math.imul(band + 1, 0x9e3779b1)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> (32 - KEY_BITS)
}

function unique(found: readonly number[]): Uint32Array {
  const sorted = Uint32Array.from(found).sort()
  let kept = 0
  for (let at = 0; at < sorted.length; at++) {
    const key = sorted[at] ?? 0
    if (at === 0 || key !== sorted[kept - 1]) sorted[kept++] = key
  }
  return sorted.slice(0, kept)
}

function read(given: string): { readonly features: Features; readonly length: number } {
  const text = given.toLowerCase()
  const all: Feature[] = []
  const short: Feature[] = []
  const long: Feature[] = []
  let length = 0
  // The word so far: its hash, and how many characters went in and how many it has.
  let word = 0
  let taken = 0
  let digits = false
  let previous = 0
  let previousSize = 0
  let [one, two] = [0x20, 0x20]
  const trigram = (unit: number): void => {
    short.push({ hash: combine(combine(combine(7, one), two), unit), size: 3 })
    one = two
    two = unit
  }
  const endWord = (): void => {
    if (taken === 0) return
    all.push({ hash: word, size: taken })
    long.push({ hash: combine(previous, word), size: previousSize + taken })
    previous = word
    previousSize = taken
    word = 0
    taken = 0
    digits = false
    trigram(0x20)
  }
  let loneBefore = 0
  let loneTwoBefore = 0
  for (let at = 0; at < text.length && all.length < MOST; at++) {
    let unit = text.charCodeAt(at)
    const kind = kindOf(unit)
    if (kind !== CODE) length++
    if (kind === LONE) {
      endWord()
      short.push({ hash: combine(3, unit), size: 1 })
      if (loneBefore !== 0) all.push({ hash: combine(combine(5, loneBefore), unit), size: 2 })
      if (loneTwoBefore !== 0) {
        long.push({ hash: combine(combine(combine(11, loneTwoBefore), loneBefore), unit), size: 3 })
      }
      loneTwoBefore = loneBefore
      loneBefore = unit
    } else if (kind === WORD) {
      loneBefore = 0
      loneTwoBefore = 0
      if (isDigit(unit)) {
        if (digits) continue
        digits = true
        unit = 0x30
      } else digits = false
      if (taken++ < PREFIX) word = combine(word, unit)
      trigram(unit)
    } else if (kind !== CODE) endWord()
  }
  endWord()
  return { features: { all, short, long }, length }
}

function combine(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193) + 0x7f4a7c15 + (hash >>> 15)
}
