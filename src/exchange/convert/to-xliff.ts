import type { InlineCode } from '../../domain/document.ts'
import type { Target } from '../../domain/target.ts'
import type { TmxPair } from '../tmx-model.ts'
import type { ExchangeFile, ExchangeSegment, ReadSegment, ReadXliffFile } from '../xliff-model.ts'
import type { Losses } from './losses.ts'

type About = {
  readonly original: string
  readonly sourceLocale: string
  readonly targetLocale: string
}

/** Files of one language pair as one file of ours, for any version and profile. */
export function exchangeOfXliff(files: readonly ReadXliffFile[], about: About, losses: Losses): ExchangeFile {
  const [first] = files
  const ids = new Map<string, number>()
  losses.add('a file inside the XLIFF became part of one', files.length - 1)
  losses.add(
    'what stands between segments is left out',
    sum(files, (file) => file.ignorables?.length ?? 0),
  )
  losses.add(
    'a note on the whole file is left out',
    sum(files, (file) => file.notes?.length ?? 0),
  )
  return {
    ...base(about),
    ...(files.length === 1 && first?.documentId !== undefined && { documentId: first.documentId }),
    ...(files.length === 1 && first?.exportId !== undefined && { exportId: first.exportId }),
    segments: files.flatMap(({ segments }) => segments.map((one) => segmentOfRead(one, ids, losses))),
  }
}

function segmentOfRead(read: ReadSegment, ids: Map<string, number>, losses: Losses): ExchangeSegment {
  const { source, target, sourceCodes, targetCodes, meaning, note, matches, terms, metadata, mark } = read
  losses.add('metadata of a unit are left out', metadata === undefined ? 0 : 1)
  losses.add('a tool’s own mark of progress is left out', mark === undefined ? 0 : 1)
  const made: Target | undefined =
    target === undefined
      ? undefined
      : {
          text: target,
          state: meaning.state,
          origin: meaning.origin ?? 'human',
          by: meaning.by ?? '',
          version: 1,
        }
  return {
    ...segment(read.id, source, target === undefined ? sourceCodes : targetCodes, ids, losses),
    ...(made === undefined ? {} : { target: made }),
    notes: note === undefined ? [] : [note],
    terms: (terms ?? []).flatMap(({ term, translations, definition }) =>
      translations.map((translation) => ({
        source: term,
        target: translation,
        ...(definition === undefined ? {} : { definition }),
      })),
    ),
    ...(read.translate === false && { translate: false }),
    ...(matches === undefined
      ? {}
      : {
          matches: matches.map((match) => ({
            ...(match.source === undefined ? {} : { source: match.source }),
            target: match.target,
            codes: match.codes,
            origin: match.type === 'mt' || match.type === 'machine-translation' ? 'mt' : 'tm-fuzzy',
            by: match.origin ?? '',
            ...(match.similarity === undefined ? {} : { similarity: match.similarity }),
          })),
        }),
  }
}

/** Pairs of a memory as a file whose segments are translated. */
export function exchangeOfPairs(pairs: readonly TmxPair[], about: About, losses: Losses): ExchangeFile {
  const ids = new Map<string, number>()
  return {
    ...base(about),
    segments: pairs.map((pair, at): ExchangeSegment => {
      losses.add('a property of a pair is left out', pair.properties?.length ?? 0)
      losses.add(
        'a date of a pair is left out',
        pair.created === undefined && pair.changed === undefined ? 0 : 1,
      )
      return {
        ...segment(pair.id ?? `u${at + 1}-s1`, pair.source.text, pair.target.codes, ids, losses),
        target: {
          text: pair.target.text,
          state: 'translated',
          origin: 'human',
          by: pair.by ?? '',
          version: 1,
        },
        notes: pair.note === undefined ? [] : [pair.note],
        terms: [],
      }
    }),
  }
}

function base({ original, sourceLocale, targetLocale }: About): Omit<ExchangeFile, 'segments'> {
  return { original, sourceLocale, targetLocale, format: 'text', segmentationVersion: '' }
}

function segment(
  id: string,
  text: string,
  codes: readonly InlineCode[],
  ids: Map<string, number>,
  losses: Losses,
): Pick<ExchangeSegment, 'segment'> {
  const name = freeId(id, ids)
  losses.add(
    'an id was changed, because XLIFF wants unique ids without spaces and slashes',
    name === id ? 0 : 1,
  )
  return {
    segment: { id: name, unitId: name, unitKind: 'paragraph', start: 0, end: text.length, text, codes },
  }
}

/** An XML NMTOKEN that no other segment has. */
function freeId(id: string, taken: Map<string, number>): string {
  const token = id.replace(/[^\p{L}\p{N}._:-]/gu, '-') || 'segment'
  let number = taken.get(token) ?? 1
  let name = number === 1 ? token : `${token}-${number}`
  // The last number given is remembered, so that many equal ids do not count from the start each time.
  while (number > 1 && taken.has(name)) name = `${token}-${++number}`
  taken.set(token, number + 1)
  if (name !== token) taken.set(name, 1)
  return name
}

function sum<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((total, item) => total + count(item), 0)
}
