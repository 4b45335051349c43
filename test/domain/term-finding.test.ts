import { describe, expect, it } from 'vitest'
import { codeCharacter } from '../../src/domain/document.ts'
import type { Concept, Glossary, Term } from '../../src/domain/term.ts'
import { defaultTraits } from '../../src/domain/term-defaults.ts'
import { buildTermIndex, findOccurrences } from '../../src/domain/term-index.ts'
import { judgeTerms } from '../../src/domain/term-verdict.ts'

/** A concept with one term a locale, with the traits that a bare list gives. */
function concept(id: string, texts: Readonly<Record<string, string>>): Concept {
  const terms = Object.entries(texts).map(
    ([locale, text]): Term => ({ locale, text, status: 'preferred', forms: [], ...defaultTraits(text) }),
  )
  return { id, subject: '', definition: '', source: '', enforcement: 'hard', terms }
}

const base = (...concepts: readonly Concept[]): readonly Glossary[] => [
  { name: 'test', version: '', concepts },
]

/** What is found of one term, as it stands in the text. */
function find(locale: string, term: string, text: string): readonly string[] {
  return findOccurrences(buildTermIndex(base(concept('t', { [locale]: term })), locale), text).map(
    ({ start, end }) => text.slice(start, end),
  )
}

/** What the verdicts point at, source and target. */
function judge(texts: Readonly<Record<string, string>>, source: string, target: string): readonly string[] {
  const [from = '', to = ''] = Object.keys(texts)
  const glossaries = base(concept('t', texts))
  return judgeTerms({
    source,
    target,
    occurrences: findOccurrences(buildTermIndex(glossaries, from), source),
    glossaries,
    sourceLocale: from,
    targetLocale: to,
  }).map(
    ({ status, sourceStart, sourceEnd, targetStart, targetEnd }) =>
      `${status} ${source.slice(sourceStart, sourceEnd)} = ${target.slice(targetStart ?? 0, targetEnd ?? 0)}`,
  )
}

describe('finding terms', () => {
  it.each([
    [
      'en',
      'strike committee',
      'Strike-committee members, strike‑committees',
      ['Strike-committee', 'strike‑committees'],
    ],
    ['en', 'polling station', 'two polling\u00a0stations', ['polling\u00a0stations']],
    [
      'en',
      'people’s militia',
      "the people's militia, the peopleʼs militia",
      ["people's militia", 'peopleʼs militia'],
    ],
    [
      'en',
      'Decree No. 3',
      'Decree\u00a0No.\u202f3, Decree No 3, Decree No.3, Decree No. 30',
      ['Decree\u00a0No.\u202f3', 'Decree No 3', 'Decree No.3'],
    ],
    ['fr', 'OMON', "l’OMON, d’OMON, qu’OMON, l'OMON", ['OMON', 'OMON', 'OMON', 'OMON']],
    ['fr', 'élection', 'l’élection, d’élections', ['élection', 'élections']],
    ['it', 'elezione', "l'elezione, dell’elezione", ['elezione', 'elezione']],
    ['es', 'huelga', 'de la huelga, huelgas; los huelguistas', ['huelga', 'huelgas']],
    [
      'de',
      'Miliz',
      'Milizwache, Staatsmiliz, Milizen, OMON-Miliz, Milizionär',
      ['Milizwache', 'Staatsmiliz', 'Milizen', 'Miliz'],
    ],
    ['de', 'OMON', 'OMON-Einheit, OMON-Busse', ['OMON', 'OMON']],
    ['de', 'Streik', 'Der Streik: wir streiken, sie streikten, die Streiks', ['Streik', 'Streiks']],
    ['fr', 'État', 'L’Etat, les États, état', ['Etat', 'États']],
    ['pl', 'strajk', 'strajku, strajki', ['strajku', 'strajki']],
    ['uk', 'сім’я', "сім'ї, сімʼю", ["сім'ї", 'сімʼю']],
  ] as const)('in %s finds %s in “%s”', (locale, term, text, found) => {
    expect(find(locale, term, text)).toEqual(found)
  })

  it('reads letters that look the same in two scripts', () => {
    expect(find('ru', 'ОМОН', 'OМОН, ОMOН, OMOH и ОМОНа')).toEqual(['OМОН', 'ОMOН', 'OMOH', 'ОМОНа'])
    expect(find('be', 'міліцыя', 'мiлiцыi')).toEqual(['мiлiцыi'])
    expect(find('en', 'OMON', 'ОMON came')).toEqual(['ОMON'])
    expect(find('ru', 'КГБ', 'the KGB')).toEqual([])
    expect(find('sr', 'милиција', 'milicija, милиција')).toEqual(['milicija', 'милиција'])
    expect(find('ja', 'OMON', 'ＯＭＯＮが来た')).toEqual(['ＯＭＯＮ'])
  })

  it('reads ў at the beginning of a word as у', () => {
    expect(find('be', 'улада', 'ва ўладзе, улады')).toEqual(['ўладзе', 'улады'])
  })

  it('keeps codes inside the place of a term', () => {
    const [open, close] = [codeCharacter(0), codeCharacter(1)]
    expect(find('ru', 'стачечный комитет', `в ${open}стачечном${close} комитете`)).toEqual([
      `стачечном${close} комитете`,
    ])
    expect(find('de', 'Streikkomitee', `Streik${open}komitees${close}`)).toEqual([`Streik${open}komitees`])
    expect(find('zh', '罢工委员会', `明斯克${open}罢工${close}委员会`)).toEqual([`罢工${close}委员会`])
  })

  it('takes prefixes off in Arabic and Hebrew', () => {
    expect(find('ar', 'شرطة', 'الشرطة وبالشرطة للشرطة شرط')).toEqual(['الشرطة', 'وبالشرطة', 'للشرطة'])
    expect(find('ar', 'لجنة الإضراب', 'قالت لجنة الإضراب')).toEqual(['لجنة الإضراب'])
    expect(find('he', 'משטרה', 'המשטרה ובמשטרה, משטר')).toEqual(['המשטרה', 'ובמשטרה'])
    expect(find('he', 'ועדת השביתה', 'בוועדת, לוועדת השביתה, ועדת השביתה')).toContain('ועדת השביתה')
  })
})

describe('places of terms', () => {
  it.each([
    [{ en: 'OMON', ar: 'أومون' }, 'Yesterday OMON came.', 'وصلت قوات أومون أمس.', ['ok OMON = أومون']],
    [{ en: 'strike', ar: 'إضراب' }, 'The strike began.', 'بدأ الإضراب.', ['ok strike = الإضراب']],
    [{ en: 'Minsk', he: 'מינסק' }, 'He lives in Minsk.', 'הוא גר במינסק.', ['ok Minsk = במינסק']],
    [{ en: 'OMON', zh: '特警部队' }, 'OMON left Minsk.', '特警部队离开了明斯克。', ['ok OMON = 特警部队']],
    [
      { en: 'strike', ja: 'ストライキ' },
      'A strike began.',
      '工場でストライキが始まった。',
      ['ok strike = ストライキ'],
    ],
    [{ zh: '罢工', en: 'strike' }, '工人们开始罢工。', 'Workers began a strike.', ['ok 罢工 = strike']],
    [{ ar: 'إضراب', en: 'strike' }, 'انتهى الإضراب أمس', 'Strikes ended.', ['ok الإضراب = Strikes']],
    [{ he: 'שביתה', en: 'strike' }, 'השביתה נמשכת', 'The strike goes on', ['ok השביתה = strike']],
    [
      { ja: '機動隊', de: 'OMON' },
      '機動隊が機動隊と',
      'Die OMON mit OMON',
      ['ok 機動隊 = OMON', 'ok 機動隊 = OMON'],
    ],
    [{ en: 'police', th: 'ตำรวจ' }, 'The police came.', 'เจ้าหน้าที่ตำรวจมาถึง', ['ok police = ตำรวจ']],
    [{ en: 'Minsk', ko: '민스크' }, 'in Minsk', '민스크에서', ['ok Minsk = 민스크에서']],
  ] as const)('are right on both sides: %j', (texts, source, target, found) => {
    expect(judge(texts, source, target)).toEqual(found)
  })

  it('are right beside codes, characters outside the BMP and directional marks', () => {
    const [open, close] = [codeCharacter(0), codeCharacter(1)]
    expect(
      judge({ en: 'OMON', ar: 'أومون' }, `👍 ${open}OM${close}ON`, `👍👍 \u200f${open}أومون${close}\u200e!`),
    ).toEqual([`ok OM${close}ON = أومون`])
    expect(judge({ en: 'strike', zh: '罢工' }, 'a 𝔰trike, strike', `𠀀${open}罢${close}工`)).toEqual([
      `ok strike = 罢${close}工`,
    ])
  })

  it('say which of two is missing in a text from right to left', () => {
    expect(
      judge(
        { en: 'Minsk', he: 'מינסק' },
        'Minsk came first, and then they went to Minsk.',
        'מינסק הייתה ראשונה ואז נסעו לשם.',
      ),
    ).toEqual(['ok Minsk = מינסק', 'missing Minsk = '])
  })
})

describe('finding terms, hostile words', () => {
  it.each([
    ['de', 'Haus'],
    ['de', 'Milizen'],
    ['es', 'nación'],
    ['fr', 'l’étés'],
    ['ru', 'закономой'],
    ['be', 'ўладаўў'],
    ['pl', 'iecie'],
    ['uk', 'ієве'],
    ['tr', 'lerinde'],
    ['ar', 'والال'],
    ['en', 'ОOО'],
  ])('take no longer than their length in %s: %s', (locale, part) => {
    const word = part.repeat(Math.ceil(100_000 / part.length))
    const before = process.cpuUsage()
    find(locale, word, `${word} ${word}`)
    find(locale, part, word)
    find(locale, `${part} ${part}`, `${part} `.repeat(20_000))
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1000).toBeLessThan(2_000)
  })
})
