import { XmlRecordSplitter } from '../xml/records.ts'
import type { TmxChoice, TmxPair } from './tmx-model.ts'
import { TMX_RECORDS, type TmxState, takePiece } from './tmx-stream.ts'
import { TMX_END, type TmxAbout, tmxStart, tmxUnits } from './tmx-write.ts'

/**
 * Reads a TMX 1.1 to 1.4b translation memory that is in memory already into pairs; `streamTmx` reads one of any
 * size. A locale matches its own regional forms and its bare language (`pt` and `pt-BR`), never another region
 * (`pt-PT`), and a variant of exactly the locale that is asked for stands before those. A DOCTYPE that names the DTD
 * is passed over.
 *
 * @throws DomainError `invalid-input`: not well-formed, an internal DTD, or not TMX; `too-large`
 */
export function readTmx(text: string, choice: TmxChoice = {}): readonly TmxPair[] {
  const { file } = choice
  const splitter = new XmlRecordSplitter({ records: TMX_RECORDS, ...(file === undefined ? {} : { file }) })
  const state: TmxState = { locale: undefined, units: 0, started: false }
  const pairs = [...splitter.push(text), ...splitter.flush()].flatMap((piece) =>
    takePiece(piece, state, choice),
  )
  splitter.close()
  return pairs
}

/**
 * Writes pairs as TMX 1.4b; `writeTmxStream` does it piece by piece. Pairs that follow one another and have the same
 * unit number become one unit with several languages.
 *
 * @param pairs their codes are numbered in order of appearance in the source
 * @returns the file's text, to be encoded as UTF-8
 */
export function writeTmx(pairs: Iterable<TmxPair>, about: TmxAbout): string {
  return [tmxStart(about), ...tmxUnits(pairs), TMX_END].join('')
}
