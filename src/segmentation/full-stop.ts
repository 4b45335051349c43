/** Whether a single full stop ends a sentence: abbreviations, initials, ordinals, numbers. */
import { CLOSE_BRACKET, DASH, DIGIT, flagsAt, LETTER, OPEN_BRACKET, SPACE, UPPER } from './characters.ts'
import type { Cluster } from './cluster.ts'
import {
  isAfterNumber,
  isLower,
  isPlainNumber,
  type Next,
  type Token,
  tokenBefore,
  wordAt,
} from './look-around.ts'
import { FINAL, INNER, MAYBE, NUMERIC, type Rules, TITLE } from './rules.ts'
import {
  isClauseNumber,
  isHead,
  isIntroduction,
  isTimeOfDay,
  isYear,
  saysOnlyWhen,
  saysWhen,
} from './when.ts'

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
  if (isHostName(token.word)) return true
  if (own || token.word.length <= 4) {
    if (isInitial(token.word) && isLettered(text, rules, token)) return !isPatronymic(text, next)
    if (isInitial(token.word)) return isStarter(text, rules, next) && !isPatronymic(text, next)
    if (isDotted(token.word)) return isStarter(text, rules, next) && !isHead(text, start, token.start)
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
  // “P.S. I love you”: an abbreviation is no sentence by itself.
  if (token.word.includes('.') && (category & FINAL) !== 0 && isHead(text, start, token.start)) return false
  const afterNumber = isAfterNumber(text, token.start, rules.ordinals)
  if (afterNumber && next.kind === 'upper' && isYear(text, token))
    return !saysOnlyWhen(text, rules, start, token) || isStarter(text, rules, next)
  if ((category & FINAL) !== 0 && (afterNumber || (category & (TITLE | INNER | MAYBE)) === 0)) {
    if (counted) return !afterNumber || (isTimeOfDay(token.word) && isClauseNumber(text, next.offset))
    if (isTimeOfDay(token.word) && saysWhen(text, next.offset)) return false
    if (isStarter(text, rules, next)) return true
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

/** The category of a token, tried whole, with the part before it (`z. B.`), and after its last apostrophe or hyphen. */
function categoryOf(text: string, rules: Rules, token: Token, dot: number): number {
  const { abbreviations } = rules
  const { word } = token
  const spaced = rules.suffixes.has(word) ? spacedCategory(text, rules, token) : undefined
  if (spaced !== undefined) return spaced
  const category = abbreviations.get(word)
  if (category !== undefined) return category
  if (word.length < 3) return 0
  // `Hauptstr. 5`
  if (rules.language === 'de' && word.length > 5 && word.endsWith('str')) return MAYBE
  const joint = Math.max(word.lastIndexOf("'"), word.lastIndexOf('’'), word.lastIndexOf('-'))
  if (joint !== -1 && joint < word.length - 2) return abbreviations.get(word.slice(joint + 1)) ?? 0
  if (text.charCodeAt(dot - 1) === 0x2e || (flagsAt(word, 0) & DIGIT) === 0) return 0
  return /^\d+[ap]\.m$/i.test(word) ? FINAL : 0
}

/** `z. B` → `z.B`: joins the token with the parts before it, as far as an abbreviation may still come of it. */
function spacedCategory(text: string, rules: Rules, token: Token): number | undefined {
  let joined = token.word
  let start = token.start
  let category: number | undefined
  while (rules.suffixes.has(joined)) {
    let at = start
    while (at > start - 2 && (flagsAt(text, at - 1) & SPACE) !== 0) at--
    if (at === start || text.charCodeAt(at - 1) !== 0x2e) break
    const previous = tokenBefore(text, at - 1)
    if (previous.word === '') break
    joined = `${previous.word}.${joined}`
    start = previous.start
    category = rules.abbreviations.get(joined) ?? category
  }
  return category
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

/** “Plan B.”: what is named by a letter. */
function isLettered(text: string, rules: Rules, token: Token): boolean {
  if (rules.lettered.size === 0 || (flagsAt(text, token.start - 1) & SPACE) === 0) return false
  return rules.lettered.has(tokenBefore(text, token.start - 1).word)
}

const DOMAINS = new Set('com org net info edu gov int eu uk de fr es it pl by ru ua io tv me'.split(' '))

/** `bbc.co.uk`, which is no abbreviation although its parts are short. */
function isHostName(word: string): boolean {
  const dot = word.lastIndexOf('.')
  return dot > 2 && word.indexOf('.') > 2 && DOMAINS.has(word.slice(dot + 1))
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
