import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  SEGMENTATION_VERSION,
  type SegmentationOptions,
  segmentText,
} from '../../src/segmentation/segment.ts'

function sentences(text: string, locale: string, options?: SegmentationOptions): readonly string[] {
  const found: string[] = []
  let start = 0
  for (const end of segmentText(text, locale, options)) {
    found.push(text.slice(start, end).trim())
    start = end
  }
  return found
}

type Trap = {
  readonly lang: string
  readonly trap: string
  readonly text: string
  readonly expected: readonly string[]
}

const traps: readonly Trap[] = readFileSync(new URL('./fixtures/news-traps.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line))

describe('news traps', () => {
  it('are at least 400, in every language of the newsroom', () => {
    expect(traps.length).toBeGreaterThanOrEqual(400)
    const languages = new Set(traps.map((trap) => trap.lang))
    for (const language of ['en', 'de', 'es', 'fr', 'pt', 'ru', 'be', 'ar', 'hi', 'zh', 'ja', 'th']) {
      expect(languages).toContain(language)
    }
  })

  for (const language of [...new Set(traps.map((trap) => trap.lang))]) {
    it(`are all split right in ${language}`, () => {
      const wrong = traps
        .filter((trap) => trap.lang === language)
        .map((trap) => ({ ...trap, got: sentences(trap.text, language) }))
        .filter((trap) => trap.got.join('|') !== trap.expected.join('|'))
      expect(wrong).toEqual([])
    })
  }
})

describe('segmentText', () => {
  it('gives no offsets for an empty text and one for a text without a stop', () => {
    expect(segmentText('', 'en')).toEqual([])
    expect(segmentText('No stop here', 'en')).toEqual([12])
    expect(segmentText('   ', 'en')).toEqual([3])
  })

  it('gives white space to the sentence before it', () => {
    expect(segmentText(' One.  Two. ', 'en')).toEqual([7, 12])
  })

  it('splits inside a quotation unless told not to', () => {
    const text = '“We won. They know it,” she said. He left.'
    expect(sentences(text, 'en')).toEqual(['“We won.', 'They know it,” she said.', 'He left.'])
    expect(sentences(text, 'en', { splitInQuotes: false })).toEqual([
      '“We won. They know it,” she said.',
      'He left.',
    ])
  })

  it('keeps quotations of every style whole when told so', () => {
    for (const [text, locale] of [
      ['„Wir siegten. Sie wissen es“, sagte sie.', 'de'],
      ['»Wir siegten. Sie wissen es«, sagte sie.', 'de'],
      ['« Nous avons gagné. Ils le savent », dit-elle.', 'fr'],
      ['«Мы победили. Они знают», — сказала она.', 'ru'],
      ["'We won. They don't know it,' she said.", 'en'],
      ['"We won. They know it," she said.', 'en'],
      ['「勝った。皆が知っている。」と彼女は言った。', 'ja'],
    ] as const) {
      expect(sentences(text, locale, { splitInQuotes: false }), text).toEqual([text])
      expect(sentences(text, locale).length, text).toBe(2)
    }
  })

  it('keeps brackets whole unless told not to', () => {
    const text = 'The law (it is old. It was never read.) is secret. He left.'
    expect(sentences(text, 'en')).toEqual(['The law (it is old. It was never read.) is secret.', 'He left.'])
    expect(sentences(text, 'en', { splitInBrackets: true })).toHaveLength(3)
  })

  it('is not held up by a bracket or a quotation mark that nobody closed', () => {
    expect(
      sentences('He left (at last. She stayed. “So be it. They agreed.', 'en', { splitInQuotes: false }),
    ).toEqual(['He left (at last.', 'She stayed.', '“So be it.', 'They agreed.'])
  })

  it('decides as if inline codes were not there, and keeps them with what they touch', () => {
    const open = '\ue000'
    const close = '\ue001'
    expect(sentences(`See ${open}Decree No.${close} 3 now. Then go.`, 'en')).toEqual([
      `See ${open}Decree No.${close} 3 now.`,
      'Then go.',
    ])
    expect(sentences(`${open}Mr${close}. Smith left.`, 'en')).toHaveLength(1)
    expect(sentences(`It ${open}ended.${close} Then he left.`, 'en')).toEqual([
      `It ${open}ended.${close}`,
      'Then he left.',
    ])
    expect(sentences(`It ended. ${open}Then${close} he left.`, 'en')).toEqual([
      'It ended.',
      `${open}Then${close} he left.`,
    ])
    expect(sentences(`It ended.\ue000Then he left.`, 'en')).toEqual(['It ended.\ue000', 'Then he left.'])
    expect(sentences('The OMON\ue000 attacked. Nobody\ue001 spoke.', 'en')).toHaveLength(2)
  })

  it('joins a wrapped line that goes on in lower case and ends at an empty line', () => {
    expect(sentences('It was a cold\nnight in the city.', 'en')).toHaveLength(1)
    expect(sentences('A headline\n\nThe first sentence.', 'en')).toEqual([
      'A headline',
      'The first sentence.',
    ])
  })

  it('does not take a wrapped line before a name for a sentence', () => {
    const text =
      'On the ninth of August the president of the country,\nand many others, among them President\nLukashenko himself, voted early in the day, they said.'
    expect(sentences(text, 'en')).toHaveLength(1)
  })

  it('ends a list item at the line break, whatever the line begins with', () => {
    expect(sentences('• apples\n• pears\n• plums', 'en')).toEqual(['• apples', '• pears', '• plums'])
    expect(sentences('They want:\n1. elections\n2. an amnesty', 'en')).toEqual([
      'They want:',
      '1. elections',
      '2. an amnesty',
    ])
    expect(sentences('They want:\n1. elections\n2. an amnesty', 'en', { splitAtLines: false })).toHaveLength(
      1,
    )
  })

  it('ends at an empty line and at a list marker even before a small letter', () => {
    const line = 'They asked for the following things on that day in the square'
    expect(sentences(`${line}\n\nthe rest goes on.`, 'en')).toHaveLength(2)
    expect(sentences(`${line}:\na) elections`, 'en')).toEqual([`${line}:`, 'a) elections'])
    expect(sentences(`${line}\nand more of the same.`, 'en')).toHaveLength(1)
  })

  it('looks through a code to the word behind it', () => {
    expect(sentences('Tractors, etc. \ue000and\ue001 trucks stopped.', 'en')).toHaveLength(1)
    expect(sentences('He left at 5 p.m. \ue000on\ue001 Friday.', 'en')).toHaveLength(1)
    expect(sentences('He was from the U.S. \ue000The\ue001 others were not.', 'en')).toHaveLength(2)
  })

  it('does not cut before a mark that combines with the white space', () => {
    expect(segmentText('One. \u0301Two.', 'en')).toEqual([10])
    expect(segmentText('One. 🏽Two.', 'en')).toEqual([11])
    expect(segmentText('One. 👩‍🌾 Two.', 'en')).toEqual([5, 15])
  })

  it('does not let a stray bracket swallow a page', () => {
    const page = `He left (at last. ${'They stayed. '.repeat(200)}All of them.) The end.`
    expect(segmentText(page, 'en').length).toBeGreaterThan(200)
  })

  it('knows regional and unknown locales', () => {
    expect(sentences('O Decreto n.º 3 caiu. Fim.', 'pt-BR')).toHaveLength(2)
    expect(sentences('Mr. X came. Yes.', 'tlh')).toHaveLength(2)
    expect(sentences('Dr. X kam. Ja.', 'de-AT')).toHaveLength(2)
  })

  it('reads the terminals of Greek, Armenian, Burmese, Ethiopic and Urdu', () => {
    expect(sentences('Τι έγινε; Κανείς δεν ξέρει.', 'el')).toHaveLength(2)
    expect(sentences('Մութ է: Ես գնում եմ:', 'hy')).toHaveLength(2)
    expect(sentences('Մութ է։ Ես գնում եմ։', 'hy')).toHaveLength(2)
    expect(sentences('ကျွန်တော်။ သူ။', 'my')).toHaveLength(2)
    expect(sentences('ሰላም። ደህና።', 'am')).toHaveLength(2)
    expect(sentences('کیا ہوا؟ کچھ نہیں۔ وہ گیا۔', 'ur')).toHaveLength(3)
  })

  it('reads full-width full stops, and circled numbers at the head of a line', () => {
    expect(sentences('雨だ．風だ．３．５度。', 'ja')).toEqual(['雨だ．', '風だ．', '３．５度。'])
    expect(sentences('They want:\n① elections\n② an amnesty', 'en')).toHaveLength(3)
    expect(sentences('See note ② there.', 'en')).toHaveLength(1)
  })

  it('ends a line of ideographs that is much shorter than the others', () => {
    const long = '選挙の結果について政府は何も発表していないが人々はもうずっと前からそのことをよく'
    expect(sentences(`見出し\n${long}\n知っている。`, 'ja')).toEqual(['見出し', `${long}\n知っている。`])
    expect(sentences('父の\n家です。', 'ja')).toHaveLength(1)
  })

  it('does not take a space before a line break for the end of an abbreviation', () => {
    const line = 'They met him in the middle of the square in the morning and so did'
    expect(sentences(`It was Mr. \nSmith.\n${line} she.`, 'en')[0]).toBe('It was Mr. \nSmith.')
  })

  it('knows an apostrophe for left-out letters from a quotation mark', () => {
    expect(
      sentences("He went 'round it. She saw it. It's James' own.", 'en', { splitInQuotes: false }),
    ).toHaveLength(3)
  })

  it('has a version to be stored with the document', () => {
    expect(SEGMENTATION_VERSION).toMatch(/^\d+$/)
  })
})
