import { type CheckFacts, fact } from './check-facts.ts'

/** Languages that set no-break spaces before units. */
const SPACED_UNITS = { de: 'info', fr: 'info', ru: 'info', be: 'info', uk: 'info', pl: 'info' } as const

/** Checks of how it is written: punctuation, spaces, capitals, letters, lengths, and what whole documents show. */
export const FORM_CHECKS = {
  brackets: fact('Bracket alone', 'warning', 'A bracket was opened and not closed, or the other way round.'),
  quotes: fact(
    'Quotation mark alone',
    'warning',
    'A quotation mark has no partner, so readers can not see where the quotation ends.',
  ),
  'quote-style': fact(
    'Foreign quotation marks',
    'warning',
    'Each language has its own quotation marks: „so“, « ainsi », «так», “assim”.',
    {
      fr: 'info',
      es: 'info',
      pt: 'info',
      it: 'info',
      be: 'info',
      uk: 'info',
      ja: 'info',
      ar: 'off',
      he: 'off',
    },
  ),
  'end-punctuation': fact(
    'Other punctuation at the end',
    'warning',
    'The sentence ends in another mark than the source: a question may have become a statement.',
  ),
  'inverted-mark': fact(
    'No ¿ or ¡',
    'warning',
    'Spanish opens questions and exclamations with an inverted mark.',
  ),
  'punctuation-space': fact(
    'Space at a punctuation mark',
    'warning',
    'A space is missing or too many before or after a punctuation mark. French wants a narrow no-break space before ; : ! ? and inside « », most languages none.',
  ),
  'punctuation-script': fact(
    'Punctuation of another script',
    'warning',
    'Chinese, Japanese and Arabic have marks of their own: ，。？ 、 ، ؟',
  ),
  ellipsis: fact('Three points', 'info', 'One character … keeps the points together at the end of a line.'),
  dash: fact(
    'Hyphen or dash',
    'info',
    'A hyphen joins words; a dash, longer, separates clauses, with spaces as the language wants them.',
    { en: 'off', es: 'info' },
  ),
  'percent-space': fact(
    'Space before %',
    'info',
    'German, French and Spanish put a no-break space before the per cent sign, English and others none.',
    { de: 'warning', fr: 'warning' },
  ),
  'unit-space': fact(
    'Space before a unit',
    'off',
    'Number and unit are separated by a space and kept together by making it a no-break space.',
    SPACED_UNITS,
  ),
  'double-space': fact(
    'Two spaces',
    'warning',
    'Two spaces in a row are a slip of the finger and make holes in print.',
  ),
  'edge-space': fact(
    'Space at the edge',
    'warning',
    'A space at the beginning or end doubles the one that is there anyway, or glues nothing.',
  ),
  'doubled-word': fact('Word twice', 'warning', 'The same word stands twice in a row, as editing leaves it.'),
  'capital-start': fact(
    'Small letter at the start',
    'warning',
    'The source begins a sentence with a capital, the translation does not.',
  ),
  'all-caps': fact(
    'ALL CAPITALS',
    'warning',
    'The source does not shout. Capital letters are read slower and lose the difference between names and words.',
  ),
  'title-case': fact(
    'English Headline Capitals',
    'warning',
    'Capitals on every word of a headline are an English custom and a mistake elsewhere.',
    { en: 'off', de: 'off' },
  ),
  'odd-capitals': fact(
    'TWo capitals',
    'warning',
    'Two capitals at the start of a word are a slip of the finger.',
  ),
  'capital-month': fact(
    'Month or weekday with a capital',
    'warning',
    'Only English and German write months and weekdays with a capital.',
    { en: 'off', de: 'off' },
  ),
  'wrong-script': fact(
    'Letters of another alphabet',
    'warning',
    'Letters that look alike but belong to another alphabet break search and term checks, though nobody can see them.',
  ),
  'odd-character': fact(
    'Damaged or invisible character',
    'warning',
    'The text has characters that are invisible or come from a wrong conversion. They show up as boxes or break search.',
  ),
  'directional-marks': fact(
    'Mark of direction alone',
    'warning',
    'An invisible mark that turns the direction of writing is not closed, so the rest of the line is turned around.',
  ),
  'length-ratio': fact(
    'Much longer or shorter',
    'warning',
    'The lengths are so different that something was probably left out or added.',
  ),
  'too-long': fact('Too long', 'error', 'The text has more characters than the place it is for can hold.'),
  'inconsistent-target': fact(
    'Same source, other translation',
    'info',
    'The same sentence is translated differently elsewhere in this document. Sometimes that is right; often it is an oversight.',
  ),
  'inconsistent-source': fact(
    'Same translation, other source',
    'info',
    'Two different sentences have the same translation. One of them was perhaps pasted into the wrong place.',
  ),
  'subtitle-reading-speed': fact(
    'Subtitle too fast',
    'warning',
    'Viewers can not read that many characters in the time that the subtitle stands.',
  ),
  'subtitle-line-length': fact(
    'Subtitle line too long',
    'warning',
    'A line of a subtitle should have no more than 42 characters.',
  ),
  'subtitle-lines': fact(
    'Subtitle with too many lines',
    'warning',
    'A subtitle should have no more than two lines.',
  ),
} as const satisfies Readonly<Record<string, CheckFacts>>
