import { type CheckFacts, fact, fixed } from './check-facts.ts'

/** Checks of what a translation says: words, codes, terms, numbers, addresses, names. */
export const CONTENT_CHECKS = {
  untranslated: fact(
    'Not translated',
    'info',
    'The segment has no translation yet. It would be published in the source language.',
  ),
  empty: fixed('Empty translation', 'error', 'Nothing but spaces stands here, so readers would see a gap.'),
  'same-as-source': fact(
    'Same as the source',
    'warning',
    'The translation repeats the source word for word, which usually means that it was forgotten.',
  ),
  'part-untranslated': fact(
    'Part not translated',
    'warning',
    'Several words of the source in a row stand unchanged in the translation. An engine or a copy-and-paste often leaves such a rest.',
  ),
  'other-language': fact(
    'Another language',
    'warning',
    'The text looks like another language than this edition, as when a file went to the wrong column.',
  ),
  'pretend-translation': fixed(
    'Trial output',
    'error',
    'The pseudo engine made this text to try things out. It is no translation.',
  ),
  'engine-leftover': fixed(
    'Left by an engine',
    'error',
    'Machines mark words they do not know and hide terms behind masks. Such marks must not be published.',
  ),
  'unedited-machine': fact(
    'Machine text confirmed as it is',
    'info',
    'Somebody confirmed what the machine wrote without a change. That may be right, but deserves a second look.',
  ),
  'unedited-fuzzy': fact(
    'Similar sentence confirmed as it is',
    'warning',
    'The memory offered the translation of a similar, not the same, sentence, and nobody changed it. What differs between the two sentences is probably wrong.',
  ),
  'codes-missing': fixed(
    'Code missing',
    'error',
    'Inline codes carry links, emphasis and notes. Without this one the page would break or lose something.',
  ),
  'codes-extra': fixed(
    'Code too many',
    'error',
    'An inline code stands here more often than in the source, which would break the page.',
  ),
  'codes-order': fixed(
    'Codes out of order',
    'error',
    'Codes must enclose each other like brackets, and some keep the order of the source. Otherwise the page breaks.',
  ),
  'term-missing': fixed(
    'Term missing',
    'error',
    'The glossary promises readers one word for this. Use it, or ask for an exception with a reason.',
  ),
  'term-forbidden': fixed(
    'Forbidden term',
    'error',
    'The glossary says that this word must not be used for this concept.',
  ),
  'term-variant': fixed('Admitted variant', 'info', 'The glossary allows this word but prefers another.'),
  'forbidden-word': fact(
    'Forbidden word',
    'error',
    'The house style of this edition does not want this word.',
  ),
  'numbers-differ': fact(
    'Number differs',
    'warning',
    'A number of the source is missing, or one was added. A wrong figure is the most embarrassing correction of all.',
  ),
  'number-format': fact(
    'Number in foreign format',
    'warning',
    'Commas and points in numbers mean different things in different languages: 1,500 is one and a half to a German reader.',
  ),
  'number-sign': fact(
    'Foreign number sign',
    'warning',
    'Every language has its own sign for “number”: № 3, Nr. 3, nº 3.',
    { es: 'info', it: 'info' },
  ),
  ordinal: fact(
    'English ordinal',
    'warning',
    'Endings such as 1st and 20th are English and mean nothing elsewhere.',
  ),
  'currency-differs': fact(
    'Currency differs',
    'warning',
    'The translation names a currency that the source does not, so the sum is another one.',
  ),
  'currency-place': fact(
    'Currency sign in front',
    'warning',
    'Most languages write the currency behind the sum.',
    {
      es: 'info',
      it: 'info',
      pt: 'off',
      zh: 'off',
      ja: 'off',
      ar: 'off',
      he: 'off',
      en: 'off',
      nl: 'off',
      tr: 'off',
    },
  ),
  'time-format': fact(
    'Twelve-hour clock',
    'warning',
    'Readers of this language count twenty-four hours and do not know a.m. and p.m.',
    { es: 'off', ar: 'off', zh: 'off', ja: 'off', en: 'off' },
  ),
  'date-format': fact(
    'English order of a date',
    'warning',
    'Day and month change places between languages; the English order confuses readers.',
  ),
  'urls-differ': fact(
    'Address differs',
    'warning',
    'A web or mail address was changed or lost. A link that leads nowhere, or elsewhere, is worse than none.',
  ),
  'handles-differ': fact(
    'Account name differs',
    'warning',
    'Names such as @nexta_live are addresses. They are the same in every language.',
  ),
  'name-changed': fact(
    'Name changed',
    'warning',
    'A person’s name looks different from the source in more than its spelling. Check who is meant.',
  ),
  'name-missing': fact(
    'Name not found',
    'info',
    'A person named in the source was not found in the translation.',
  ),
  'name-inconsistent': fact(
    'Name written in two ways',
    'info',
    'The same name is spelt differently in this document.',
  ),
} as const satisfies Readonly<Record<string, CheckFacts>>
