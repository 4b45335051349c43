import { languageOf } from '../locale.ts'
import { say } from '../saying.ts'
import { type Check, dropCodes, type Fault } from './check.ts'

/**
 * `too-long`: more code points than the settings allow. `length-ratio`: the target of a sentence of some length is
 * less than a third or more than two and a half times as long, in columns (a Chinese or Japanese character counts
 * three letters, which is what it takes in English).
 */
export const checkLength: Check = ({ source, target, settings, sourceLocale, targetLocale }) => {
  const faults: Fault[] = []
  const most = settings?.maxLength
  const text = dropCodes(target)
  if (most !== undefined && text.length > most) {
    const length = [...text].length
    if (length > most) {
      faults.push({
        check: 'too-long',
        ...say('The text has {length} characters; {most} are allowed.', { length, most }),
      })
    }
  }
  const from = widthOf(dropCodes(source), sourceLocale)
  const to = widthOf(text, targetLocale)
  if (Math.max(from, to) < LONG_ENOUGH) return faults
  const ratio = to / Math.max(from, 1)
  if (ratio < SHORTEST || (ratio > LONGEST && to - from > LONG_ENOUGH)) {
    const said =
      ratio < 1
        ? say('The translation is much shorter than the source. Is something left out?')
        : say('The translation is much longer than the source. Is something added?')
    faults.push({ check: 'length-ratio', ...said })
  }
  return faults
}

function widthOf(text: string, locale: string): number {
  const wide = WIDE_LANGUAGES.has(languageOf(locale)) ? (text.match(WIDE) ?? []).length : 0
  return text.length + 2 * wide
}

const LONG_ENOUGH = 40
const SHORTEST = 0.36
const LONGEST = 2.5
const WIDE_LANGUAGES = new Set(['zh', 'ja', 'ko', 'yue'])
const WIDE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/gu
