/** Whether a single full stop ends a sentence: abbreviations, initials, ordinals, numbers. */
import {
  CLOSE_BRACKET,
  DASH,
  DIGIT,
  flagsAt,
  LETTER,
  LOWER,
  OPEN_BRACKET,
  SPACE,
  UPPER,
  WORD,
} from './characters.ts'
import type { Cluster } from './cluster.ts'
import { isAfterNumber, type Next, type Token, tokenBefore, wordAt } from './look-around.ts'
import { FINAL, INNER, MAYBE, NUMERIC, type Rules, TITLE } from './rules.ts'

/** The clause “At 5 p.m.” and its like are no longer than this (code units). */
const INTRO = 48

/**
 * @param start where the sentence begins
 * @param dot offset of the full stop
 * @param next what follows; its kind is `upper`, `digit`, `symbol` or `caseless`
 * @returns whether the sentence ends there
 */
export function endsSentence(
  text: string,
  rules: Rules,
  start: number,
  dot: number,
  cluster: Cluster,
  next: Next,
): boolean {
  const token = tokenBefore(text, dot, start)
  if (token.word === '') return endsAfterGap(text, rules, dot, next)
  if (isPlainNumber(token.word)) return endsAfterNumber(text, rules, token, next)
  // `(Ind.) Smith`: the full stop inside the bracket is the abbreviation's own.
  const own = (cluster.closed & CLOSE_BRACKET) === 0
  const category = categoryOf(text, rules, token, dot)
  if (category !== 0) {
    const verdict = endsAfterAbbreviation(text, rules, start, token, category, next)
    if (verdict !== undefined) return verdict
  }
  if (own || token.word.length <= 4) {
    if (isInitial(token.word)) return isStarter(text, rules, next) && !isPatronymic(text, next)
    if (isDotted(token.word)) return isStarter(text, rules, next)
  }
  if (rules.ordinals && isRoman(token.word)) return isStarter(text, rules, next)
  return true
}

/** A full stop with a space before it, or after a bracket, quotation mark or sign. */
function endsAfterGap(text: string, rules: Rules, dot: number, next: Next): boolean {
  if ((flagsAt(text, dot - 1) & SPACE) === 0) return true
  const token = tokenBefore(text, dot - 1)
  const category = rules.abbreviations.get(token.word) ?? 0
  return (category & (TITLE | INNER)) === 0 || isStarter(text, rules, next)
}

/** Where ordinals have a full stop, a number ends a sentence only if something else says so. */
function endsAfterNumber(text: string, rules: Rules, number: Token, next: Next): boolean {
  if (!rules.ordinals || number.word.length > 3) return true
  if (next.kind === 'digit') return false
  if (isStarter(text, rules, next) || (next.skipped & (OPEN_BRACKET | DASH)) !== 0) return true
  // `Dekret Nr. 3. Lukaschenko`: what is numbered in this way is no ordinal.
  let at = number.start
  while (at > number.start - 3 && (flagsAt(text, at - 1) & SPACE) !== 0) at--
  if (at === number.start) return false
  const label = tokenBefore(text, text.charAt(at - 1) === '.' ? at - 1 : at)
  return label.word === '№' || ((rules.abbreviations.get(label.word) ?? 0) & NUMERIC) !== 0
}

function endsAfterAbbreviation(
  text: string,
  rules: Rules,
  start: number,
  token: Token,
  category: number,
  next: Next,
): boolean | undefined {
  const counted = next.kind === 'digit' || next.kind === 'symbol'
  if ((category & NUMERIC) !== 0 && (counted || isNumeral(text, rules, next))) return false
  const afterNumber = isAfterNumber(text, token.start)
  if ((category & FINAL) !== 0 && (afterNumber || (category & (TITLE | INNER | MAYBE)) === 0)) {
    if (counted)
      return !afterNumber || (TIMES.has(token.word.toLowerCase()) && isClauseNumber(text, next.offset))
    if (isStarter(text, rules, next)) return true
    if (TIMES.has(token.word.toLowerCase()) && TIME_ZONES.has(wordAt(text, next.offset))) return false
    return !(afterNumber && isIntroduction(text, rules, start, token.start))
  }
  if ((category & INNER) !== 0) return false
  if ((category & TITLE) !== 0) {
    if (counted) return false
    // “5th st. The”, «помог им. Он»: a small-letter title that is an ordinary word here.
    return isLower(token.word) && isStarter(text, rules, next)
  }
  if ((category & MAYBE) !== 0) return !counted && isStarter(text, rules, next)
  return undefined
}

const TIME_ZONES = new Set('ET EST EDT CT CST CDT MST MDT PT PST PDT GMT UTC BST CET CEST EET MSK'.split(' '))
const TIMES = new Set(['a.m', 'p.m', 'am', 'pm', 'm'])

/** “at 7 p.m. 20 people left”, but “at 7 p.m. 12 May”: a number that a word in small letters or a time follows. */
function isClauseNumber(text: string, offset: number): boolean {
  const number = wordAt(text, offset)
  const at = offset + number.length
  return (flagsAt(text, at) & SPACE) !== 0 && (flagsAt(text, at + 1) & LOWER) !== 0
}

/** The category of a token, tried whole, with the part before it (`z. B.`), and after its last apostrophe or hyphen. */
function categoryOf(text: string, rules: Rules, token: Token, dot: number): number {
  const { abbreviations } = rules
  const { word } = token
  if (rules.tails.has(word)) {
    const spaced = spacedAbbreviation(text, rules, token)
    if (spaced !== word) {
      const category = abbreviations.get(spaced)
      if (category !== undefined) return category
    }
  }
  const category = abbreviations.get(word)
  if (category !== undefined) return category
  const joint = Math.max(word.lastIndexOf("'"), word.lastIndexOf('’'), word.lastIndexOf('-'))
  if (joint !== -1 && joint < word.length - 2) return abbreviations.get(word.slice(joint + 1)) ?? 0
  if (text.charCodeAt(dot - 1) === 0x2e) return 0
  return /^\d+[ap]\.m$/i.test(word) ? FINAL : 0
}

/** `z. B` → `z.B`: joins short parts that end in a full stop before the token, at most three. */
function spacedAbbreviation(text: string, rules: Rules, token: Token): string {
  let joined = token.word
  let start = token.start
  for (let parts = 0; parts < 3; parts++) {
    let at = start
    while (at > start - 2 && (flagsAt(text, at - 1) & SPACE) !== 0) at--
    if (at === start || text.charAt(at - 1) !== '.') break
    const previous = tokenBefore(text, at - 1)
    if (previous.word === '' || !rules.parts.has(previous.word)) break
    joined = `${previous.word}.${joined}`
    start = previous.start
  }
  return joined
}

/** Whether the next word has a capital only because it begins a sentence. */
export function isStarter(text: string, rules: Rules, next: Next): boolean {
  if (next.kind === 'caseless') return false
  if (next.kind !== 'upper') return (next.skipped & OPEN_BRACKET) !== 0
  const word = wordAt(text, next.offset)
  // `A. I. Solzhenitsyn`: an initial, not the pronoun.
  if (word.length === 1 && text.charAt(next.offset + 1) === '.') return false
  return rules.starters.has(word)
}

/** `Т. Г. Шевченко`: an initial follows. */
function isPatronymic(text: string, next: Next): boolean {
  return text.charAt(next.offset + 1) === '.'
}

/** A Roman numeral or a single capital: `Art. IV`, `Fig. A`. */
function isNumeral(text: string, rules: Rules, next: Next): boolean {
  if (next.kind !== 'upper') return false
  const word = wordAt(text, next.offset)
  if (word.length === 1) return !rules.starters.has(word) || text.charAt(next.offset + 1) === '.'
  return isRoman(word)
}

/** “In 44 B.C.”, “At 5 a.m.”, «В 2014 г.»: the clause so far only says when. */
function isIntroduction(text: string, rules: Rules, start: number, end: number): boolean {
  let from = Math.max(start, end - INTRO)
  const colon = text.slice(from, end).lastIndexOf(': ')
  if (colon !== -1) from += colon + 2
  else if (from > start) return false
  let at = from
  while (at < end && (flagsAt(text, at) & WORD) === 0) at++
  return rules.intro.has(wordAt(text, at))
}

function isInitial(word: string): boolean {
  if (word.length === 1) return (flagsAt(word, 0) & LETTER) !== 0
  // `Ю.-Г`, `J.-P`, `А.Г`: each part one letter.
  if (word.length > 2 && word.length <= 4) return false
  return word.length === 2 && (flagsAt(word, 0) & UPPER) !== 0 && INITIAL_PAIRS.has(word)
}

/** Two letters for one sound at the head of a name. */
const INITIAL_PAIRS = new Set([
  'Yu',
  'Ya',
  'Ye',
  'Yo',
  'Zh',
  'Kh',
  'Ts',
  'Ch',
  'Sh',
  'Th',
  'Ph',
  'Dz',
  'Дж',
  'Дз',
])

/** Parts of at most three letters with full stops between: `a.s`, `т.зв`, `U.S`, `J.-P`. */
function isDotted(word: string): boolean {
  let part = 0
  let dots = 0
  for (let at = 0; at < word.length; at++) {
    const flags = flagsAt(word, at)
    if (word.charAt(at) === '.') {
      if (part === 0) return false
      dots++
      part = 0
    } else if ((flags & LETTER) !== 0) {
      part++
      if (part > 3) return false
    } else if ((flags & DASH) === 0 && word.charAt(at) !== '-') return false
  }
  return dots > 0 && part > 0
}

function isRoman(word: string): boolean {
  return word.length <= 6 && /^[IVXLC]+$/.test(word)
}

function isLower(word: string): boolean {
  return (flagsAt(word, 0) & LOWER) !== 0
}

/** Digits only, so that it may be an ordinal. */
function isPlainNumber(word: string): boolean {
  for (let at = 0; at < word.length; at++) if ((flagsAt(word, at) & DIGIT) === 0) return false
  return true
}
