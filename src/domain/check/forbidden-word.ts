import { languageOf } from '../locale.ts'
import { say } from '../saying.ts'
import { type Check, type Fault, hideCodes, MOST } from './check.ts'
import { byLocale, type CheckSettings } from './settings.ts'

/**
 * `forbidden-word`: a word or a phrase of the settings stands in the target, whole words in any case. Words of
 * languages without spaces are found anywhere. The fix is the word to use instead, where the settings name one and
 * the word stands in the very form of the settings.
 */
export const checkForbiddenWords: Check = ({ target, targetLocale, settings }) => {
  if (settings?.forbiddenWords === undefined) return []
  const list = listOf(settings, targetLocale)
  if (list.size === 0) return []
  return SPACELESS.has(languageOf(targetLocale)) ? anywhere(target, list) : asWords(target, list)
}

type Forbidden = { readonly instead: string | undefined; readonly written: string }
type ForbiddenList = ReadonlyMap<string, Forbidden>

function asWords(target: string, list: ForbiddenList): readonly Fault[] {
  const text = hideCodes(target)
  const words = [...text.matchAll(WORDS)].map(({ 0: word, index }) => ({
    word: fold(word),
    index,
    length: word.length,
  }))
  const longest = Math.max(...[...list.keys()].map((key) => key.split(' ').length))
  const faults: Fault[] = []
  for (const [at, first] of words.entries()) {
    let phrase = ''
    for (let count = 0; count < Math.min(longest, LONGEST_PHRASE); count++) {
      const word = words[at + count]
      if (word === undefined) break
      phrase = count === 0 ? word.word : `${phrase} ${word.word}`
      const known = list.get(phrase)
      if (known !== undefined) faults.push(toFault(target, first.index, word.index + word.length, known))
    }
    if (faults.length >= MOST) break
  }
  return faults
}

function anywhere(target: string, list: ForbiddenList): readonly Fault[] {
  return [...list.values()].flatMap((known) => {
    const start = target.indexOf(known.written)
    return start === -1 ? [] : [toFault(target, start, start + known.written.length, known)]
  })
}

function toFault(target: string, start: number, end: number, { instead, written }: Forbidden): Fault {
  const met = target.slice(start, end)
  const said =
    instead === undefined
      ? say('“{word}” is not used here.', { word: met })
      : say('“{word}” is not used here. Write “{instead}”.', { word: met, instead })
  const certain = instead !== undefined && met === written
  return {
    check: 'forbidden-word',
    ...said,
    start,
    end,
    ...(certain ? { fix: { start, end, text: instead } } : {}),
  }
}

function listOf(settings: CheckSettings, locale: string): ForbiddenList {
  const byTag = lists.get(settings) ?? new Map<string, ForbiddenList>()
  lists.set(settings, byTag)
  const known = byTag.get(locale)
  if (known !== undefined) return known
  const list = new Map<string, Forbidden>()
  for (const { word, instead, locales } of settings.forbiddenWords ?? []) {
    const applies =
      locales === undefined ||
      byLocale(Object.fromEntries(locales.map((tag) => [tag, true])), locale) === true
    const key = (word.match(WORDS) ?? [word]).map(fold).join(' ')
    if (applies) list.set(key, { instead, written: word })
  }
  byTag.set(locale, list)
  return list
}

const fold = (word: string): string => word.normalize('NFC').toLowerCase().replaceAll('’', "'")

/** One list for each settings object, so that many targets share it. */
const lists = new WeakMap<CheckSettings, Map<string, ForbiddenList>>()
const LONGEST_PHRASE = 8
const WORDS = /[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu
const SPACELESS = new Set(['zh', 'ja', 'th', 'lo', 'km', 'my', 'yue'])
