const WHO = [
  'Workers',
  'Teachers',
  'Doctors',
  'Neighbours',
  'Miners',
  'Students',
  'Drivers',
  'Pensioners',
  'Nurses',
  'Engineers',
]
const WHAT = [
  'gathered at the gate',
  'signed an open letter',
  'walked through the yard',
  'read out their demands',
  'asked for a meeting',
  'waited for the director',
  'sang in the courtyard',
]
const WHERE = [
  'in Minsk',
  'near the tractor works',
  'in Hrodna',
  'by the river',
  'in front of the court',
  'at the bus stop',
]
const WHEN = [
  'on Monday',
  'before the shift',
  'after the evening news',
  'for the third day',
  'at noon',
  'on 14 August 2020',
  'without a permit',
]
const TERMS = [
  'OMON officers looked on.',
  'Decree No. 3 was not mentioned.',
  'The strike committee counted them.',
  'Militsiya asked for papers.',
  'Nobody was hurt.',
]

/** A Markdown article of about `words` words in which no sentence stands twice. @param seed another article */
export function makeArticle(words: number, seed: number): string {
  const pick = (list: readonly string[], n: number) => list[n % list.length] ?? ''
  const paragraphs: string[] = []
  let count = 0
  for (let n = 0; count < words; n++) {
    const sentences = Array.from({ length: 5 }, (_, i) => {
      const k = n * 5 + i + seed * 7919
      return `${pick(WHO, k)} ${pick(WHAT, Math.floor(k / 3))} ${pick(WHERE, Math.floor(k / 7))} ${pick(WHEN, k + n)}, said witness ${k}.`
    })
    const paragraph = `${sentences.join(' ')} Note ${seed}-${n}: ${pick(TERMS, n)}`
    paragraphs.push(paragraph)
    count += paragraph.split(/\s+/).length
  }
  return `# Article ${seed}\n\n${paragraphs.join('\n\n')}\n`
}
