import { DomainError } from '../domain/errors.ts'
import type { XmlPiece } from '../xml/records.ts'
import { parseXml, type XmlElement } from '../xml/tree.ts'

/**
 * A record of a large file as a tree. Lines and columns in the tree count from the record's own start: errors about
 * it go through `atLineOf`.
 *
 * @throws DomainError `invalid-input`, `too-large` with line and column in the file
 */
export function recordElement(piece: XmlPiece, file: string | undefined): XmlElement {
  return atLineOf(piece, file, () => parseXml(piece.text, { looseNamespaces: true }))
}

/** The start tag of an element around records. @throws DomainError `invalid-input` unless it has this name */
export function openedElement(
  piece: XmlPiece,
  names: string | ReadonlySet<string>,
  format: string,
  file: string | undefined,
): XmlElement {
  const { line, column, local } = piece
  const right = typeof names === 'string' ? local === names : names.has(local)
  if (!right) {
    const message = `this is not ${format}: its root element is <${local.slice(0, 40)}>`
    throw new DomainError('invalid-input', message, {
      place: { ...(file === undefined ? {} : { file }), line, column },
    })
  }
  const text = piece.text.endsWith('/>') ? piece.text : `${piece.text.slice(0, -1)}/>`
  return atLineOf(piece, file, () => parseXml(text, { looseNamespaces: true }))
}

/** Runs what reads a record; an error that it throws gets the place in the whole file. */
export function atLineOf<T>(piece: XmlPiece, file: string | undefined, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const { line = 1, column = 1 } = error.place ?? {}
    const place = {
      ...(file === undefined ? {} : { file }),
      line: piece.line + line - 1,
      column: line === 1 ? piece.column + column - 1 : column,
    }
    throw new DomainError(error.code, error.message, { place, cause: error.cause })
  }
}
