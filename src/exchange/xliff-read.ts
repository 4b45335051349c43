import { DomainError, type Place } from '../domain/errors.ts'
import type { ReturnedSegment } from '../domain/merge.ts'
import { attributeOf, childrenNamed, parseXml, type XmlElement } from '../xml/tree.ts'
import { readFile1 } from './xliff-1-read.ts'
import { readFile2 } from './xliff-2-read.ts'
import type { ReadWarning, ReadXliff, ReadXliffFile } from './xliff-model.ts'

/**
 * Reads XLIFF 1.0 to 2.2 of any tool. What breaks a schema but can be read is read.
 *
 * @param text decoded (see `decodeXml`)
 * @param file its name, for the places in errors
 * @throws DomainError `invalid-input`: not well-formed, a DOCTYPE, not XLIFF, an XLIFF without segments;
 *   `too-large`: nested too deep, too many nodes, or more inline codes in a segment than it can hold
 */
export function readXliff(text: string, file?: string): ReadXliff {
  const named = file === undefined ? {} : { file }
  const root = parseXml(text, { ...named, looseNamespaces: true })
  const warnings: ReadWarning[] = []
  const warn = (warning: ReadWarning): void => {
    warnings.push(warning)
  }
  const version = versionOf(root, named, warn)
  try {
    const files = childrenNamed(root, 'file').map((element) =>
      version.startsWith('1.') ? readFile1(text, element, warn) : readFile2(text, root, element, warn),
    )
    if (files.every(({ segments }) => segments.length === 0)) {
      throw new DomainError('invalid-input', 'this XLIFF has no segments: it has no unit with a source', {
        place: { ...named, line: root.line, column: root.column },
      })
    }
    return { version, files, warnings }
  } catch (error) {
    if (!(error instanceof DomainError) || file === undefined) throw error
    const { code, message, cause } = error
    throw new DomainError(code, message, { place: { ...error.place, file }, cause })
  }
}

/** A file's segments as the merge takes them. */
export function returnedSegments({ segments }: ReadXliffFile): readonly ReturnedSegment[] {
  return segments.map(({ id, source, target, meaning }) => ({
    id,
    source,
    ...(target === undefined ? {} : { target }),
    confirmed: meaning.state !== 'initial',
  }))
}

function versionOf(root: XmlElement, named: Place, warn: (warning: ReadWarning) => void): string {
  const place = { ...named, line: root.line, column: root.column }
  if (root.local !== 'xliff') {
    const message = `this is not XLIFF: its root element is <${root.name.slice(0, 40)}>`
    throw new DomainError('invalid-input', message, { place })
  }
  const version = attributeOf(root, 'version')
  if (version === undefined) {
    const { line, column } = root
    warn({ message: 'the root element names no version; the file is read as 1.2', line, column })
    return '1.2'
  }
  if (/^(?:1\.[012]|2\.[012])$/.test(version)) return version
  const message = `XLIFF version “${version.slice(0, 20)}” is unknown; 1.0 to 1.2 and 2.0 to 2.2 are read`
  throw new DomainError('invalid-input', message, { place })
}
