import { languageOf } from '../locale.ts'
import { say } from '../saying.ts'
import { type Check, type Fault, faultsAt, hideCodes, mendable } from './check.ts'
import { URLS } from './urls.ts'

/**
 * `punctuation-space`: French without its no-break space before ; : ! ? » and after « (an ordinary space there is an
 * info, for it may break the line); other languages with a space before a mark or inside « »; any language without
 * one after a comma, or between two sentences. Source for French: Lexique des règles typographiques of the
 * Imprimerie nationale; Canadian French spaces the colon and guillemets only.
 */
export const checkPunctuationSpaces: Check = ({ source, target, targetLocale }) => {
  const language = languageOf(targetLocale)
  if (SPACELESS.has(language)) return []
  const text = prose(target)
  const original = prose(source)
  return [
    ...(language === 'fr' ? french(text, targetLocale) : before(text, original, language)),
    ...after(text, original, language),
  ]
}

/** Addresses blanked, with letters, so that neither their points nor their colons count. Offsets stay. */
function prose(text: string): string {
  return hideCodes(text).replace(URLS, (address) => 'x'.repeat(address.length))
}

function french(text: string, locale: string): readonly Fault[] {
  const canadian = locale === 'fr-CA'
  const marks = canadian ? /(?<=([\p{L}\p{N}%)\]]))([ \u2009]?)(:)(?![\p{L}\p{N}/\\)(-])/gu : FRENCH
  const closing = faultsAt(text, marks, (match) => {
    const [run, , space = '', mark = ''] = match
    return frenchFault(match.index, match.index + run.length - 1, space, mark, mark === ':' ? NBSP : NARROW)
  })
  const quotes = faultsAt(text, GUILLEMETS, (match) => {
    const [run, opening, openSpace = '', closeSpace = ''] = match
    const start = match.index
    return opening === '«'
      ? frenchFault(start + 1, start + run.length, openSpace, '«', NBSP)
      : frenchFault(start, start + run.length - 1, closeSpace, '»', NBSP)
  })
  return [...closing, ...quotes, ...faultsAt(text, FRENCH_TIGHT, tightFault)]
}

function tightFault({ 0: run, index }: RegExpExecArray): Fault {
  return mendable(
    'punctuation-space',
    say('No space stands before a comma or a full stop.'),
    index,
    index + run.length,
    '',
  )
}

function frenchFault(start: number, end: number, space: string, mark: string, wanted: string): Fault {
  const said =
    mark === '«'
      ? say('French has a no-break space after {mark}.', { mark })
      : say('French has a no-break space before {mark}.', { mark })
  return {
    ...mendable('punctuation-space', said, start, end, wanted),
    ...(space === '' ? {} : LIGHT),
  }
}

function before(text: string, original: string, language: string): readonly Fault[] {
  const spaced = SPACED.test(original)
    ? []
    : faultsAt(
        text,
        /(?<=[\p{L}\p{N})\]”»"])[ \u00a0\u202f]{1,3}(?=[,;:!?،؛؟](?![\p{L}\p{N})(/,-])|\.(?![\p{L}\p{N}.]))/gu,
        (match) => {
          const end = match.index + match[0].length
          const mark = text.charAt(end)
          return mendable(
            'punctuation-space',
            say('No space stands before {mark}', { mark }),
            match.index,
            end,
            '',
          )
        },
      )
  if (!TIGHT_GUILLEMETS.has(language)) return spaced
  const inside = faultsAt(
    text,
    /(?<=«)[ \u00a0\u202f]{1,3}|[ \u00a0\u202f]{1,3}(?=»)/g,
    ({ 0: run, index }) =>
      mendable('punctuation-space', say('No space stands inside « ».'), index, index + run.length, ''),
  )
  return [...spaced, ...inside]
}

function after(text: string, original: string, language: string): readonly Fault[] {
  const commas = GLUED.test(original)
    ? []
    : faultsAt(text, ALL_GLUED, ({ index }) =>
        mendable(
          'punctuation-space',
          say('A space is missing after {mark}', { mark: text.charAt(index) }),
          index + 1,
          index + 1,
          ' ',
        ),
      )
  if (GLUED_SENTENCES.test(original) || language === 'ar') return commas
  const sentences = faultsAt(text, ALL_GLUED_SENTENCES, ({ index }) =>
    mendable(
      'punctuation-space',
      say('A space is missing between two sentences.'),
      index + 1,
      index + 1,
      ' ',
    ),
  )
  return [...commas, ...sentences]
}

const NBSP = '\u00a0'
const NARROW = '\u202f'
const LIGHT = { severity: 'info' } as const
const SPACELESS = new Set(['zh', 'ja', 'th', 'lo', 'km', 'my', 'yue'])
/** Languages that write « » without spaces inside. */
const TIGHT_GUILLEMETS = new Set(['es', 'pt', 'it', 'ru', 'be', 'uk', 'pl', 'ar', 'el', 'nb', 'no', 'nn'])
/** The mark with the missing or ordinary space; not in 20:30, not in `?!`, not in smileys. */
const FRENCH = /(?<=([\p{L}\p{N}%)\]»€$]))([ \u2009]?)([;:!?])(?![\p{L}\p{N}/\\)(-])/gu
/** Commas and full stops stand close in French, too. */
const FRENCH_TIGHT = /(?<=[\p{L}\p{N})\]»])[ \u00a0\u202f]{1,3}(?=,(?!,)|\.(?![\p{L}\p{N}.]))/gu
/** The opening mark and what follows it, or what stands before the closing one. */
const GUILLEMETS = /(«)([ ]?)(?=[^\s\u00a0\u202f\u2009])|(?<=[^\s\u00a0\u202f\u2009«])([ ]?)»/gu
const SPACED = /[\p{L}\p{N}] [,;:!?](?![\p{L}\p{N})(/-])|[\p{L}\p{N}] \.(?![\p{L}\p{N}.])/u
const GLUED = /\p{L}[,;]\p{L}/u
const ALL_GLUED = /(?<=\p{L})[,;،؛](?=\p{L})/gu
const GLUED_SENTENCES = /\p{Ll}[.!?]\p{Lu}/u
const ALL_GLUED_SENTENCES = /(?<=\p{Ll}{3})[.!?](?=\p{Lu}\p{Ll})/gu
