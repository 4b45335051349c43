/** “Get out!” Smith said: the words after a quotation that tell who spoke belong to its sentence. */
import { flagsAt, LETTER, QUOTE, SPACE, UPPER } from './characters.ts'
import type { Cluster } from './cluster.ts'
import { type Next, wordAt } from './look-around.ts'
import type { Rules } from './rules.ts'

const ENGLISH_SPEECH = new Set(
  `said says asked asks added told tells wrote writes shouted cried replied yelled exclaimed answered demanded
  whispered screamed chanted declared insisted wondered called responded`.split(/\s+/),
)
const CHINESE_SPEECH = new Set([...'说道问喊叫称說問'])

/** Whether the speaker is named right after the closing mark of a quotation that ends in ! or ?. */
export function isAttributed(text: string, rules: Rules, cluster: Cluster, next: Next): boolean {
  if (next.skipped !== 0) return false
  if (rules.language === 'ja') {
    const mark = text.charAt(next.offset)
    return (
      ((cluster.closed & QUOTE) !== 0 || cluster.strong) &&
      (mark === 'と' || text.startsWith('って', next.offset))
    )
  }
  if ((cluster.closed & QUOTE) === 0) return false
  if (rules.language === 'zh') return namesChineseSpeaker(text, next.offset)
  return rules.language === 'en' && cluster.strong && namesEnglishSpeaker(text, rules, next.offset)
}

/** Up to three capitalised words, then a verb of speech. */
function namesEnglishSpeaker(text: string, rules: Rules, offset: number): boolean {
  let at = offset
  for (let words = 0; words < 4; words++) {
    const word = wordAt(text, at)
    if (words > 0 && ENGLISH_SPEECH.has(word)) return true
    if (word === '' || (flagsAt(text, at) & UPPER) === 0) return false
    // “Who is this?” She said it twice: in an attribution the pronoun would have a small letter.
    if (words === 0 && word !== 'I' && rules.starters.has(word)) return false
    at += word.length
    if (text.charAt(at) === '.') at++
    if ((flagsAt(text, at) & SPACE) === 0) return false
    at++
  }
  return false
}

function namesChineseSpeaker(text: string, offset: number): boolean {
  for (let at = offset; at < offset + 10; at++) {
    if ((flagsAt(text, at) & LETTER) === 0) return false
    if (at > offset && CHINESE_SPEECH.has(text.charAt(at))) return true
  }
  return false
}
