import type { PriorTarget, Unit } from '../domain/document.ts'
import { meaningOf2, meaningOf12, UNTRANSLATED_12 } from '../exchange/xliff-states.ts'
import { attributeOf } from '../xml/tree.ts'
import type { Adapter, Aside, Splice } from './adapter.ts'
import { readXliffEntries, type XliffEntry } from './xliff-entries.ts'
import { readPieces } from './xliff-inline.ts'
import { targetText } from './xliff-prior.ts'
import { asidesOf, localeOf, localiseXliffFile } from './xliff-targets.ts'
import { type SourceText, sourceText } from './xliff-text.ts'

/**
 * The translatable units of a bilingual XLIFF file, 1.0 to 2.2, with the translations that it brings along. What is
 * and is not translated is said in docs/formats/xliff.md.
 *
 * @param source decoded document without byte order mark
 * @throws DomainError as `readXliffEntries`; `invalid-input` for more inline codes than a unit can hold
 */
export function readXliffUnits(source: string, file?: string): readonly Unit[] {
  const { entries } = readXliffEntries(source, file)
  return withText(source, entries, file).map(({ entry, read }, index): Unit => {
    const prior = priorOf(entry, read)
    const { text, codes, offsets, escape: mode, whole } = read
    return {
      id: `u${index + 1}`,
      kind: entry.kind,
      text,
      codes,
      offsets,
      escape: mode,
      ...((whole || entry.uncut) && { uncut: true as const }),
      ...(prior !== undefined && { prior }),
    }
  })
}

type ReadEntry = { readonly entry: XliffEntry; readonly read: SourceText }

function withText(
  source: string,
  entries: readonly XliffEntry[],
  file: string | undefined,
): readonly ReadEntry[] {
  return entries.flatMap((entry): readonly ReadEntry[] => {
    const read = sourceText(source, readPieces(entry.from, entry.major), entry.preserve, file)
    return read === undefined ? [] : [{ entry, read }]
  })
}

/** The translation that stands in the file. A copy of the source that nobody called a translation is none. */
function priorOf({ major, to, owner, target, preserve, language }: XliffEntry, read: SourceText) {
  if (to === undefined || target === undefined) return undefined
  const text = targetText(readPieces(to, major), read.keys, preserve)
  if (text === '') return undefined
  const state = attributeOf(major === '1' ? target : owner, 'state')
  const approved = attributeOf(owner, 'approved') === 'yes'
  const meaning =
    major === '1'
      ? meaningOf12(state, attributeOf(target, 'state-qualifier'), approved)
      : meaningOf2(state, attributeOf(owner, 'subState'))
  const untouched = state === undefined || UNTRANSLATED_12.has(state) || state === 'initial'
  if (text === read.text && untouched && !approved) return undefined
  const prior: PriorTarget = {
    locale: localeOf(language),
    text,
    // A file that says nothing of a translation has one nevertheless.
    state: meaning.state === 'initial' && state === undefined ? 'translated' : meaning.state,
    origin: meaning.origin ?? 'human',
  }
  return prior
}

/** Where the translation of each unit of `readXliffUnits` is written: into its target. */
export function asidesOfXliff(source: string, locale?: string): ReadonlyMap<string, Aside> {
  const kept = withText(source, readXliffEntries(source, undefined).entries, undefined)
  const asides = asidesOf(
    source,
    kept.map(({ entry }) => entry),
    locale,
  )
  return new Map(asides.map((aside, index) => [`u${index + 1}`, aside]))
}

/** The file's target language; targets in another one that nothing is written over are taken out. */
export function localiseXliff(source: string, locale: string): readonly Splice[] {
  return localiseXliffFile(source, readXliffEntries(source, undefined), locale)
}

/** Text for element content, or for a CDATA section. What XML 1.0 cannot hold (§2.2) is dropped. */
export function escapeXliff(text: string, mode: string): string {
  const kept = text.replace(NOT_XML, '')
  if (mode === 'cdata') return kept.replaceAll(']]>', ']]]]><![CDATA[>')
  return kept.replace(/[&<>]/g, (character) => REFERENCES.get(character) ?? character)
}

const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

const REFERENCES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
])

/** Bilingual files as content management systems and translation tools send them. */
export const xliffAdapter: Adapter = {
  label: 'XLIFF',
  extensions: ['xlf', 'xliff'],
  mediaTypes: ['application/xliff+xml', 'application/x-xliff+xml', 'application/x-xliff'],
  read: (source, { file }) => readXliffUnits(source, file),
  flavour: { escape: escapeXliff },
  localise: localiseXliff,
  asides: asidesOfXliff,
}
