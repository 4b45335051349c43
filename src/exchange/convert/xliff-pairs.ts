import type { TmxPair, TmxProperty } from '../tmx-model.ts'
import type { ReadSegment, ReadXliffFile } from '../xliff-model.ts'
import type { Losses } from './losses.ts'

/**
 * The translated segments of an XLIFF as pairs of a memory. Their ids, notes, states and proposals go along as far as
 * TMX has room for them.
 *
 * @param locales what stands in for languages that the file does not name
 */
export function pairsOfXliff(
  file: ReadXliffFile,
  locales: { readonly source: string; readonly target: string },
  losses: Losses,
): readonly TmxPair[] {
  const translated = file.segments.filter(({ target }) => target !== undefined)
  losses.add('a segment without a translation is left out', file.segments.length - translated.length)
  losses.add(
    'a proposal (alt-trans, match) is left out',
    sum(translated, ({ matches }) => matches?.length ?? 0),
  )
  losses.add(
    'an entry of a glossary inside the file is left out',
    sum(translated, ({ terms }) => terms?.length ?? 0),
  )
  losses.add(
    'metadata of a unit are left out',
    translated.filter(({ metadata }) => metadata !== undefined).length,
  )
  losses.add('what stands between segments is left out', file.ignorables?.length ?? 0)
  return translated.map((segment): TmxPair => {
    const { id, source, sourceCodes, target = '', targetCodes, note, meaning } = segment
    return {
      id,
      source: { locale: file.sourceLocale || locales.source, text: source, codes: sourceCodes },
      target: { locale: file.targetLocale ?? locales.target, text: target, codes: targetCodes },
      properties: propertiesOf(file, segment),
      ...(note === undefined ? {} : { note }),
      ...(meaning.by === undefined ? {} : { by: meaning.by, createdBy: meaning.by }),
    }
  })
}

/** `x-…`: TMX asks for this prefix on what only some tools know (TMX 1.4b, `prop`). */
function propertiesOf({ original }: ReadXliffFile, { state, subState }: ReadSegment): readonly TmxProperty[] {
  const values = { 'x-document': original, 'x-state': state, 'x-substate': subState }
  return Object.entries(values).flatMap(([type, value]) =>
    value === undefined || value === '' ? [] : [{ type, value }],
  )
}

function sum<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((total, item) => total + count(item), 0)
}
