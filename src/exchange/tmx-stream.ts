import { type ByteStreamOptions, decodeXmlStream } from '../xml/decode-stream.ts'
import { type XmlPiece, XmlRecordSplitter } from '../xml/records.ts'
import type { TmxChoice, TmxPair } from './tmx-model.ts'
import { headerOf, pairsOf } from './tmx-read.ts'
import { sameUnit, TMX_END, type TmxAbout, tmxStart, tmxUnit } from './tmx-write.ts'
import { atLineOf, openedElement, recordElement } from './xml-record.ts'

/** Elements of TMX that are read whole. */
export const TMX_RECORDS: ReadonlySet<string> = new Set(['header', 'tu'])

/**
 * Reads a TMX of any size from a byte stream, one unit at a time, with the same rules as `readTmx`. Memory does not
 * grow with the file: it holds one block and one unit.
 *
 * @param bytes UTF-8, UTF-16 or what the XML declaration names, with or without byte order mark
 * @param choice `onBytes` is told how far the stream has been read, for a progress bar
 * @returns pairs in the order of the file
 * @throws DomainError `invalid-input` with line and column: not well-formed, cut off, an internal DTD, or not TMX;
 *   `too-large`: a unit of more than 10 million characters. Pairs before the fault have been handed out by then
 */
export async function* streamTmx(
  bytes: AsyncIterable<Uint8Array>,
  choice: TmxChoice & ByteStreamOptions = {},
): AsyncGenerator<TmxPair> {
  const { file } = choice
  const splitter = new XmlRecordSplitter({ records: TMX_RECORDS, ...(file === undefined ? {} : { file }) })
  const state: TmxState = { locale: undefined, units: 0, started: false }
  for await (const text of decodeXmlStream(bytes, choice)) {
    for (const piece of splitter.push(text)) yield* takePiece(piece, state, choice)
  }
  for (const piece of splitter.flush()) yield* takePiece(piece, state, choice)
  splitter.close()
}

/** How far a TMX has been read. */
export type TmxState = { locale: string | undefined; units: number; started: boolean }

/** @returns the pairs of a unit; none for the pieces around units, which change the state */
export function takePiece(piece: XmlPiece, state: TmxState, choice: TmxChoice): readonly TmxPair[] {
  if (!state.started) {
    state.started = true
    openedElement(piece, 'tmx', 'TMX', choice.file)
    return []
  }
  if (piece.kind === 'open') return []
  const element = recordElement(piece, choice.file)
  if (piece.local === 'header') {
    const header = headerOf(element)
    state.locale = header.sourceLocale
    choice.onHeader?.(header)
    return []
  }
  return atLineOf(piece, choice.file, () => pairsOf(element, state.units++, state.locale, choice))
}

/**
 * Writes TMX 1.4b piece by piece. Pairs that follow one another and have the same unit number become one unit with
 * several languages.
 *
 * @param pairs their codes are numbered in order of appearance in the source
 * @returns pieces of text of about 64 thousand characters, to be encoded as UTF-8
 */
export async function* writeTmxStream(
  pairs: AsyncIterable<TmxPair> | Iterable<TmxPair>,
  about: TmxAbout,
): AsyncGenerator<string> {
  let text = tmxStart(about)
  let unit: TmxPair[] = []
  for await (const pair of pairs) {
    if (!sameUnit(unit[0], pair)) {
      text += tmxUnit(unit)
      unit = []
    }
    unit.push(pair)
    if (text.length < 65_536) continue
    yield text
    text = ''
  }
  yield `${text}${tmxUnit(unit)}${TMX_END}`
}
